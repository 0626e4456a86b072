"""Each kind of assertion that an expectation file may make, and the seed article's own file on its gold annotation."""

from pathlib import Path

import pytest
import srsly

from scripts.seed import Reading
from sijill.annotation.docs import article_to_doc
from sijill.annotation.markup import read_article

SEEDS = Path(__file__).parents[2] / "seeds"
FACTS = srsly.read_yaml(SEEDS / "expected.yaml")["facts"]

SENTENCE = """\
شن [[a1|ARMED|مسلحون]] [[e1|ATTACK|هجوماً]] على [[f1|FAC|حاجز]] قرب [[l1|LOC|نوى]]، وأسفر [[e2|CLASH|الاشتباك]] عن \
[[k1|KILLED|مقتل]] [[p1|PER|سامر الحلو]] و[[i1|INJURED|إصابة]] [[c1|COUNT|ثلاثة]] [[a2|ARMED|جنود]]، بعد \
[[e3|ARREST|اعتقال]] سابق قرب [[l2|LOC|نوى]].
---
AGENT e1 a1
TARGET e1 f1
PLACE e1 l1
COREF e2 e1
CAUSE k1 e2
VICTIM k1 p1
CAUSE i1 e2
COUNT i1 c1
VICTIM i1 a2
PLACE e3 l2
MODALITY e3 DENIED
NUM k1 1 1
NUM c1 3 3
"""

ATTACK = "{text: هجوماً, label: ATTACK}"
CLASH = "{text: الاشتباك, label: CLASH}"
ARREST = "{text: اعتقال, label: ARREST}"
KILLED = "{text: مقتل, label: KILLED}"
INJURED = "{text: إصابة, label: INJURED}"
GUNMEN = "{text: مسلحون, label: ARMED}"
NAWA_2 = "{text: نوى, label: LOC, occurrence: 2}"

HOLDING = [
    f"span: {ATTACK}",
    "span: {text: هجوماً, label: [CLASH, ATTACK]}",
    "span: {text: شن مسلحون هجوماً, label: ATTACK}",  # it overlaps
    "span: {text: هجوم, label: ATTACK}",
    f"span: {NAWA_2}",
    f"{{span: {ATTACK}, modality: ASSERTED}}",
    f"{{span: {ARREST}, modality: [GENERAL, DENIED]}}",
    "{span: {text: ثلاثة, label: COUNT}, count: [3, 3]}",
    f"link: {{label: AGENT, head: {ATTACK}, tail: {GUNMEN}}}",
    f"link: {{label: [SOURCE, AGENT], head: {ATTACK}, tail: {GUNMEN}}}",
    f"link: {{label: PLACE, head: {ARREST}, tail: {NAWA_2}}}",
    f"no_link: {{label: AGENT, head: {CLASH}, tail: {GUNMEN}}}",
    f"no_link: {{label: PLACE, head: {ATTACK}, tail: {NAWA_2}}}",
    f"casualty: {{kind: KILLED, harm: {KILLED}}}",
    f"casualty: {{kind: KILLED, harm: {KILLED}, count: [1, 1], names: [سامر الحلو]}}",
    f"casualty: {{kind: INJURED, harm: {INJURED}, victims: [{{text: جنود, label: ARMED}}]}}",
    f"same_event: [{ATTACK}, {CLASH}]",
    f"same_event: [{ATTACK}, {CLASH}, {KILLED}, {INJURED}]",
    f"different_event: [{ATTACK}, {ARREST}]",
    f"different_event: [{KILLED}, {ARREST}]",
    f"any_of: [span: {ARREST}, span: {{text: اعتقال, label: RELEASE}}]",
]

FAILING = [
    "span: {text: هجوماً, label: CLASH}",
    "span: {text: شن, label: ATTACK}",
    f"{{span: {ARREST}, modality: ASSERTED}}",
    "{span: {text: ثلاثة, label: COUNT}, count: [3, null]}",
    f"{{span: {ATTACK}, count: [1, 1]}}",
    f"link: {{label: TARGET, head: {ATTACK}, tail: {GUNMEN}}}",
    f"link: {{label: AGENT, head: {GUNMEN}, tail: {ATTACK}}}",
    f"link: {{label: PLACE, head: {ATTACK}, tail: {NAWA_2}}}",
    f"no_link: {{label: AGENT, head: {ATTACK}, tail: {GUNMEN}}}",
    f"casualty: {{kind: INJURED, harm: {KILLED}}}",
    f"casualty: {{kind: KILLED, harm: {KILLED}, count: [2, null]}}",
    f"casualty: {{kind: KILLED, harm: {KILLED}, names: [سامر]}}",
    f"casualty: {{kind: KILLED, harm: {KILLED}, victims: [{{text: جنود, label: ARMED}}]}}",
    "casualty: {kind: KILLED, harm: {text: سابق, label: KILLED}}",
    f"same_event: [{ATTACK}, {ARREST}]",
    f"same_event: [{ATTACK}, {{text: سابق, label: ATTACK}}]",
    f"different_event: [{ATTACK}, {INJURED}]",
    f"different_event: [{ATTACK}, {{text: سابق, label: ATTACK}}]",  # what is not found is not told apart
    f"any_of: [span: {{text: سابق, label: ATTACK}}, {{span: {ARREST}, modality: PLANNED}}]",
]


@pytest.fixture(scope="module")
def reading(doc_of):
    return Reading(doc_of(SENTENCE))


@pytest.mark.parametrize("assertion", HOLDING)
def test_holds(reading, assertion):
    assert reading.holds(srsly.yaml_loads(assertion)) is True


@pytest.mark.parametrize("assertion", FAILING)
def test_does_not_hold(reading, assertion):
    assert reading.holds(srsly.yaml_loads(assertion)) is False


def test_text_that_does_not_stand_in_the_article(reading):
    with pytest.raises(ValueError, match="'نوى' stands 2 times in the article, not 3"):
        reading.holds(srsly.yaml_loads("span: {text: نوى, label: LOC, occurrence: 3}"))


# --- the seed article ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seed(nlp):
    doc, unaligned = article_to_doc(read_article(SEEDS / "marked.txt"), nlp.make_doc)
    assert not unaligned
    return Reading(doc)


def test_marked_article_is_the_seed_article():
    text = (SEEDS / "seed.txt").read_bytes()
    assert read_article(SEEDS / "marked.txt").text.encode("utf8") == text


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact["id"]))
def test_fact_holds_on_the_gold_annotation(seed, fact):
    assert [one for one in fact["expect"] if not seed.holds(one)] == []


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact["id"]))
def test_fact_does_not_hold_where_nothing_is_found(seed, nlp, fact):
    nothing = Reading(nlp.make_doc(seed.doc.text))
    assert not all(nothing.holds(one) for one in fact["expect"])


def test_words_of_the_facts_stand_in_the_article(seed):
    assert [w for fact in FACTS for w in fact["words"] if w not in seed.doc.text] == []


def test_the_facts_of_the_issue_are_there():
    assert [fact["id"] for fact in FACTS[:24]] == list(range(1, 25))


def test_command(tmp_path, seed, monkeypatch):
    """The command prints a line for each fact, and how many are found."""
    from typer import Typer
    from typer.testing import CliRunner

    from scripts import seed as script

    monkeypatch.setattr(script.spacy, "load", lambda name: lambda text: seed.doc)
    app = Typer()
    app.command()(script.main)
    files = [str(SEEDS / "seed.txt"), str(SEEDS / "expected.yaml")]
    result = CliRunner().invoke(app, ["ar_sijill_md", *files])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == f"{len(FACTS)} of {len(FACTS)} facts found"
