"""Scores of pipelines whose scores are known: one reads all that is annotated, one finds nothing."""

import json
from contextlib import nullcontext

import pytest
from spacy.tokens import Doc, Span

from sijill.annotation import scheme
from sijill.annotation.docs import article_to_doc
from sijill.evaluation import evaluate, table, widen_to_words

ARTICLES = [
    """\
شنت [[a1|ARMED|فصائل محلية]] [[e1|ATTACK|هجوماً]] على [[f1|FAC|منزل]] في [[l1|LOC|نوى]] [[d1|DATE|مساء السبت]].
أسفر [[e2|ATTACK|الهجوم]] عن [[k1|KILLED|مقتل]] [[c1|COUNT|ستة]] [[q1|PEOPLE|مدنيين]] و[[i1|INJURED|إصابة]] رجل.
---
AGENT e1 a1
TARGET e1 f1
PLACE e1 l1
TIME e1 d1
CAUSE k1 e2
COUNT k1 c1
VICTIM k1 q1
COREF e2 e1
MODALITY e2 ALLEGED
ISO d1 2023-12-30
NUM c1 6 6
NUM i1 1 1
""",
    "ونُفي [[e1|ARREST|اعتقال]] [[c1|COUNT|عشرات]] قرب [[l1|LOC|درعا]]\n"
    "---\nCOUNT e1 c1\nPLACE e1 l1\nMODALITY e1 DENIED\nNUM c1 20 -",
]


class Reader:
    """As much of a pipeline as `evaluate` asks for; what it finds is what ``change`` leaves of the gold Doc."""

    pipe_names = ("relations",)

    def __init__(self, nlp, articles, change=lambda doc: None):
        self.make_doc = nlp.make_doc
        self.articles = {article.text: article for article in articles}
        self.change = change

    def read(self, text):
        doc, _ = article_to_doc(self.articles[text], self.make_doc)
        self.change(doc)
        return doc

    def pipe(self, texts, batch_size=1):
        for text in texts:
            finds_nothing = isinstance(text, Doc) and "relations" not in self.pipe_names
            yield text if finds_nothing else self.read(getattr(text, "text", text))

    def select_pipes(self, enable):
        return nullcontext()


@pytest.fixture(scope="module")
def articles(article_of):
    return [article_of(marked) for marked in ARTICLES]


@pytest.fixture(scope="module")
def scores_of(nlp, articles):
    return lambda change=lambda doc: None: evaluate(Reader(nlp, articles, change), articles)


def forget_everything(doc):
    doc.ents = []
    doc.spans.clear()
    doc._.relation_data = []
    doc._.value_data = []


PARTS = (*scheme.LAYERS, "relations", "identity")
borders = pytest.mark.parametrize("borders", ["exact", "widened"])


# --- all, nothing, some --------------------------------------------------------------------------


@borders
@pytest.mark.parametrize("part", PARTS)
def test_reading_all_scores_1(scores_of, borders, part):
    score = scores_of()[borders][part]
    assert (score["p"], score["r"], score["f"]) == (1, 1, 1)
    assert all(one["f"] == 1 for one in score["per_label"].values())


@pytest.mark.parametrize("part", ["relations_on_gold_spans", "casualties"])
def test_reading_all_scores_1_beyond_borders(scores_of, part):
    score = scores_of()[part]
    assert (score["p"], score["r"]) == (1, 1)
    assert score["f"] == pytest.approx(1)


def test_reading_all_has_modality_and_numbers_right(scores_of):
    scores = scores_of()
    assert scores["modality"] == {"right": 1, "of": 5}
    assert scores["numbers"] == {"right": 1, "of": 2}


@borders
@pytest.mark.parametrize("part", PARTS)
def test_finding_nothing_scores_0(scores_of, borders, part):
    score = scores_of(forget_everything)[borders][part]
    assert (score["p"], score["r"], score["f"]) == (0, 0, 0)
    assert score["gold"] > 0


@pytest.mark.parametrize("part", ["relations_on_gold_spans", "casualties"])
def test_finding_nothing_scores_0_beyond_borders(scores_of, part):
    score = scores_of(forget_everything)[part]
    assert (score["p"], score["r"], score["f"]) == (0, 0, 0)
    assert score["gold"] > 0


def test_finding_nothing_has_no_modality_and_numbers(scores_of):
    scores = scores_of(forget_everything)
    assert scores["modality"] == scores["numbers"] == {"right": None, "of": 0}


def test_sizes(scores_of):
    scores = scores_of()
    assert (scores["articles"], scores["words"]) == (2, 23)
    gold = {part: scores["exact"][part]["gold"] for part in PARTS}
    assert gold == {
        "ents": 6,
        "events": 3,
        "harms": 2,
        "counts": 2,
        "relations": 9,
        "identity": 1,
    }
    assert scores["casualties"]["gold"] == 3


def test_a_missed_layer_lowers_its_own_score_alone(scores_of):
    def forget_harms(doc):
        doc.spans["harms"] = []

    scores = scores_of(forget_harms)["exact"]
    assert scores["harms"]["r"] == 0
    assert scores["events"]["r"] == 1


def test_one_wrong_label(scores_of):
    def call_all_places_buildings(doc):
        doc.ents = [
            Span(doc, e.start, e.end, "FAC" if e.label_ == "LOC" else e.label_) for e in doc.ents
        ]

    ents = scores_of(call_all_places_buildings)["exact"]["ents"]
    assert (ents["p"], ents["r"]) == (pytest.approx(4 / 6), pytest.approx(4 / 6))
    assert ents["per_label"]["LOC"] == {"p": 0, "r": 0, "f": 0, "gold": 2}
    assert ents["per_label"]["FAC"]["p"] == pytest.approx(1 / 3)


def test_one_wrong_modality(scores_of):
    def assert_all(doc):
        doc.spans["events"] = [Span(doc, s.start, s.end, s.label_) for s in doc.spans["events"]]

    assert scores_of(assert_all)["modality"] == {"right": 3 / 5, "of": 5}


def test_one_wrong_number(scores_of):
    def read_words(doc):
        doc._.value_data = [
            {**row, "minimum": 7} if row["label"] == "COUNT" and row["minimum"] == 6 else row
            for row in doc._.value_data
        ]

    scores = scores_of(read_words)
    assert scores["numbers"] == {"right": 1 / 2, "of": 2}
    assert scores["casualties"]["p"] == pytest.approx(2 / 3)


def test_casualties_alike_count_each_by_itself(nlp, article_of):
    article = article_of(
        "[[k1|KILLED|مقتل]] رجل ثم [[k2|KILLED|مقتل]] رجل\n---\nNUM k1 1 1\nNUM k2 1 1"
    )

    def forget_the_second(doc):
        doc.spans["harms"] = list(doc.spans["harms"])[:1]

    scores = evaluate(Reader(nlp, [article], forget_the_second), [article])
    assert (scores["casualties"]["p"], scores["casualties"]["r"]) == (1, 0.5)


def test_borders_inside_a_word_are_wrong_exactly_and_right_by_words(nlp, article_of):
    """The gold span stops short of the word's end, so that no token border is there."""
    article = article_of("قرب [[l1|LOC|درع]]ا")

    class Whole(Reader):
        def read(self, text):
            doc = self.make_doc(text)
            doc.ents = [doc.char_span(4, 8, label="LOC")]
            return doc

    scores = evaluate(Whole(nlp, [article]), [article])
    assert scores["exact"]["ents"]["f"] == 0
    assert scores["widened"]["ents"]["f"] == 1


def test_pipeline_without_relations(nlp, articles):
    reader = Reader(nlp, articles)
    reader.pipe_names = ()
    assert evaluate(reader, articles)["relations_on_gold_spans"]["r"] == 0


def test_no_articles(nlp):
    scores = evaluate(Reader(nlp, []), [])
    assert scores["articles"] == 0
    assert scores["exact"]["ents"]["f"] == 0


def test_real_pipeline_without_components(nlp, articles):
    scores = evaluate(nlp, articles)
    assert scores["exact"]["events"]["r"] == 0
    assert scores["exact"]["relations"]["gold"] == 9


# --- what comes of the scores --------------------------------------------------------------------


def test_scores_are_json(scores_of):
    scores = scores_of()
    assert json.loads(json.dumps(scores)) == scores


def test_table(scores_of):
    rows = {row[0]: row[1:] for row in table(scores_of())}
    assert rows["ents"] == ("100.0", "100.0", "100.0", "100.0", "6")
    assert rows["  ATTACK"] == ("100.0", "100.0", "100.0", "100.0", "2")
    assert rows["casualties"] == ("100.0", "100.0", "100.0", "", "3")
    assert rows["  DETAINED"] == ("100.0", "100.0", "100.0", "", "1")
    assert rows["modality right, %"] == ("", "", "100.0", "", "5")


def test_table_of_nothing_found(scores_of):
    rows = {row[0]: row[1:] for row in table(scores_of(forget_everything))}
    assert rows["relations"] == ("0.0", "0.0", "0.0", "0.0", "9")
    assert rows["modality right, %"] == ("", "", "", "", "0")


# --- borders widened to words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "widened"),
    [
        ("قرب <نوى>", "<نوى>"),
        ("قرب ب<نوى>", "<بنوى>"),
        ("قرب <نو>ى", "<نوى>"),
        ("شن <هجوم>ًا عنيفا", "<هجومًا>"),
        ("من <ريف درع>ا الغربي", "<ريف درعا>"),
        ('مقر <"حزب البعث">', "<حزب البعث>"),
        ('مقر "<حزب البعث>"', "<حزب البعث>"),
        ("قرب <نوى،> ثم", "<نوى>"),
        ("قرب (<نوى>)", "<نوى>"),
        ('مقاتلو لـ<"تنظيم> الدولة', "<تنظيم>"),
        ("سقط و<5> قتلى", "<و5>"),
        ("سقط <٣> قتلى", "<٣>"),
        ("يوم <،> ثم", "<،>"),
        ("يوم <> ثم", "<>"),
        ("<نوى>", "<نوى>"),
        ("مدينة حلب<،>وقتل", "<،>"),
    ],
)
def test_widen_to_words(marked, widened):
    text = marked.replace("<", "").replace(">", "")
    start, end = widen_to_words(text, marked.index("<"), marked.index(">") - 1)
    assert f"<{text[start:end]}>" == widened
