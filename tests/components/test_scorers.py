"""Scores, counted by hand."""

import pickle

import pytest
from spacy import registry
from spacy.tokens import Doc
from spacy.training import Example

from sijill.components.scorers import Tally, relation_keys, score_layers, score_links
from sijill.extensions import set_relations

SENTENCE = """[[h1|KILLED|مقتل]] [[c1|COUNT|ثلاثة]] في [[e1|SHELLING|قصف]] على [[l1|LOC|سرمين]]
---
COUNT h1 c1
CAUSE h1 e1
TARGET e1 l1"""


@pytest.fixture
def gold(doc_of):
    return doc_of(SENTENCE)


@pytest.fixture
def predicted(gold):
    return gold.copy()


def test_a_tally_counts_hits_misses_and_false_finds():
    tally = Tally()
    tally.add([("KILLED", 1), ("KILLED", 2), ("INJURED", 3)], [("KILLED", 1), ("KILLED", 9)])
    killed, total = tally.per_label["KILLED"], tally.total()
    assert (killed.tp, killed.fp, killed.fn) == (1, 1, 1)
    assert (total.tp, total.fp, total.fn) == (1, 1, 2)
    assert tally.total(["INJURED"]).fn == 1


def test_scores_are_plain_numbers_named_as_spacy_names_them():
    tally = Tally()
    tally.add([("KILLED", 1), ("KILLED", 2)], [("KILLED", 1)])
    assert tally.as_scores("harms") == {
        "harms_p": pytest.approx(1.0),
        "harms_r": pytest.approx(0.5),
        "harms_f": pytest.approx(2 / 3),
        "harms_per_type": {"KILLED": {"p": 1.0, "r": 0.5, "f": pytest.approx(2 / 3)}},
    }
    assert type(tally.as_scores("harms")["harms_f"]) is float


def test_what_is_as_the_gold_is_perfect(gold, predicted):
    scores = score_layers([Example(predicted, gold)], layers=["events", "harms", "counts"])
    assert {scores[f"{layer}_f"] for layer in ("events", "harms", "counts")} == {1.0}


def test_a_border_that_is_off_is_both_missed_and_false(gold, predicted):
    predicted.spans["counts"] = [predicted.char_span(5, 13, label="COUNT")]
    scores = score_layers([Example(predicted, gold)], layers=["counts"])
    assert (scores["counts_p"], scores["counts_r"]) == (0.0, 0.0)


def test_a_wrong_label_is_both_missed_and_false(gold, predicted):
    predicted.spans["harms"] = [predicted.char_span(0, 4, label="INJURED")]
    scores = score_layers([Example(predicted, gold)], layers=["harms"])
    assert set(scores["harms_per_type"]) == {"KILLED", "INJURED"}
    assert scores["harms_f"] == 0.0


def test_modality_is_scored_where_the_trigger_is_right(gold, predicted):
    harm = gold.spans["harms"][0]
    gold.spans["harms"] = [
        gold.char_span(harm.start_char, harm.end_char, "KILLED", span_id="DENIED")
    ]
    scores = score_layers([Example(predicted, gold)], layers=["harms"])
    assert (scores["harms_f"], scores["harms_modality_acc"]) == (1.0, 0.0)


def test_modality_is_unknown_where_no_trigger_is_right(gold, predicted):
    predicted.spans["harms"] = []
    assert score_layers([Example(predicted, gold)], layers=["harms"])["harms_modality_acc"] is None


def test_counts_have_no_modality_to_score(gold, predicted):
    assert "counts_modality_acc" not in score_layers([Example(predicted, gold)], layers=["counts"])


def test_what_the_gold_does_not_annotate_is_unknown(nlp, predicted):
    bare = nlp.make_doc(predicted.text)
    scores = score_layers([Example(predicted, bare)], layers=["harms"])
    scores |= score_links([Example(predicted, bare)], prefix="relations", links=["COUNT"])
    assert set(scores.values()) == {None}


def test_documents_without_annotation_are_left_out_of_the_count(nlp, gold, predicted):
    bare = Example(predicted, nlp.make_doc(predicted.text))
    scores = score_layers([bare, Example(predicted, gold)], layers=["harms"])
    assert scores["harms_p"] == 1.0


def test_what_was_not_predicted_at_all_is_missed(nlp, gold):
    bare = nlp.make_doc(gold.text)
    scores = score_layers([Example(bare, gold)], layers=["harms"])
    scores |= score_links([Example(bare, gold)], prefix="relations", links=["COUNT", "CAUSE"])
    assert (scores["harms_r"], scores["relations_r"]) == (0.0, 0.0)


def test_no_example_has_no_score():
    assert score_layers([], layers=["counts"])["counts_f"] is None
    assert score_links([], prefix="relations", links=["COUNT"])["relations_f"] is None


def test_links_are_scored_one_by_one(gold, predicted):
    set_relations(predicted, [r for r in predicted._.relations if r.label != "CAUSE"])
    links = ["COUNT", "CAUSE", "TARGET"]
    scores = score_links([Example(predicted, gold)], prefix="relations", links=links)
    assert (scores["relations_p"], scores["relations_r"]) == (1.0, pytest.approx(2 / 3))
    assert scores["relations_per_type"]["CAUSE"]["r"] == 0.0


def test_a_link_between_a_span_of_the_wrong_type_is_wrong(gold, predicted):
    head, place = predicted.spans["events"][0], predicted.ents[0]
    wrong = predicted.char_span(place.start_char, place.end_char, label="FAC")
    predicted._.relations = [("TARGET", head, wrong, 1.0)]
    scores = score_links([Example(predicted, gold)], prefix="relations", links=["TARGET"])
    assert scores["relations_f"] == 0.0


def test_gold_and_predicted_tokens_may_differ(nlp, gold):
    letters = Doc(nlp.vocab, list(gold.text), [False] * len(gold.text))
    letters._.relation_data = gold._.relation_data
    assert relation_keys(letters, ["COUNT", "TARGET"]) == relation_keys(gold, ["COUNT", "TARGET"])
    for layer in ("events", "harms", "counts"):
        spans = gold.spans[layer]
        letters.spans[layer] = [
            letters.char_span(s.start_char, s.end_char, label=s.label_) for s in spans
        ]
    assert score_layers([Example(letters, gold)], layers=["harms"])["harms_f"] == 1.0


@pytest.mark.parametrize(
    "name", ["event_types_scorer", "casualties_scorer", "relations_scorer", "coreference_scorer"]
)
def test_a_scorer_can_be_sent_to_another_process(name, gold, predicted):
    scorer = registry.scorers.get(f"sijill.{name}.v1")()
    again = pickle.loads(pickle.dumps(scorer))
    examples = [Example(predicted, gold)]
    assert again(examples) == scorer(examples) != {}


@pytest.mark.parametrize("name", ["relations_scorer", "coreference_scorer"])
def test_the_labels_of_a_component_do_not_narrow_what_is_scored(name, gold, predicted):
    scorer = registry.scorers.get(f"sijill.{name}.v1")()
    examples = [Example(predicted, gold)]
    assert scorer(examples, labels=[]) == scorer(examples)
