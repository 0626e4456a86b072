"""What a terminal shows of records: every field, each Arabic cell by itself from right to left."""

import re

import pytest
from rich.console import Console

from sijill.display import (
    acled_decisions,
    arabic,
    casualty_table,
    event_table,
    join,
    number,
    rows_table,
)
from sijill.records.schema import article_record
from sijill.text.numbers import Count

RIGHT_TO_LEFT, END = "\u2067", "\u2069"

ATTACK = """\
شنت [[a1|ARMED|فصائل محلية]] [[e1|ATTACK|هجوماً]] بـ[[w1|WEAPON|عبوة ناسفة]] على [[a2|ARMED|مجموعة]] في \
[[l1|LOC|نوى]] بريف [[l2|LOC|درعا]] [[d1|DATE|مساء السبت]]، أدى إلى [[k1|KILLED|مقتل]] [[c1|COUNT|ستة]] \
[[q1|PEOPLE|مدنيين]]، بحسب [[o1|ORG|المرصد]].
---
AGENT e1 a1
TARGET e1 a2
INSTRUMENT e1 w1
PLACE e1 l1
TIME e1 d1
SOURCE e1 o1
LOCATED_IN l1 l2
CAUSE k1 e1
COUNT k1 c1
VICTIM k1 q1
MODALITY e1 ALLEGED
ISO d1 2023-12-30
NUM c1 6 -
"""


def shown(table, width: int = 100) -> str:
    """The table as a terminal of that width shows it, without the marks that turn the direction."""
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(table)
    return capture.get().replace(RIGHT_TO_LEFT, "").replace(END, "")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("درعا", f"{RIGHT_TO_LEFT}درعا{END}"),
        ("ريف\n درعا", f"{RIGHT_TO_LEFT}ريف درعا{END}"),
        ("", ""),
    ],
)
def test_arabic(text, cell):
    assert arabic(text) == cell


def test_join_names_each_wording_once(doc_of):
    doc = doc_of("قرب [[l1|LOC|نوى]] و[[l2|LOC|جاسم]] ثم [[l3|LOC|نوى]]")
    assert join(doc.ents) == arabic("نوى، جاسم")


def test_join_of_nothing():
    assert join([]) == ""


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(6, 6), "6"),
        (Count(6, None), "6+"),
        (Count(3, 5), "3-5"),
        (Count(None, 5), "≤5"),
        (Count(0, 0), "0"),
        (Count(None, None), "?"),
        (None, "?"),
    ],
)
def test_number(count, words):
    assert number(count) == words


@pytest.mark.parametrize(
    "line",
    [
        "هجوماً  words",
        "فصائل محلية  agent",
        "مجموعة  target",
        "عبوة ناسفة  instrument",
        "نوى، درعا  place",
        "مساء السبت  date",
        "المرصد  source",
        "killed 6+  harm",
    ],
)
def test_event_table_shows(doc_of, line):
    assert line in shown(event_table(doc_of(ATTACK)))


def test_event_table_shows_day_and_place_as_values(doc_of):
    text = shown(event_table(doc_of(ATTACK)))
    assert "2023-12-30  when" in text
    assert re.search(r"نوى\S* SY 32\.\d\d 36\.\d\d  where", text)


def test_event_table_marks_what_is_long_ago(doc_of):
    doc = doc_of("[[e1|CLASH|اشتباك]] [[d1|DATE|عام 2011]]\n---\nTIME e1 d1")
    assert "background" in shown(event_table(doc))


def test_event_table_shows_kind_and_modality(doc_of):
    text = shown(event_table(doc_of(ATTACK)))
    assert "ATTACK" in text
    assert "alleged" in text


def test_event_table_leaves_out_what_is_not_known(doc_of):
    text = shown(event_table(doc_of("وقع [[e1|CLASH|اشتباك]]")))
    assert "اشتباك  words" in text
    assert "agent" not in text
    assert "harm" not in text


def test_acled_decisions_tell_of_every_event(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] بين [[a1|ARMED|الجيش]] و[[a2|ARMED|داعش]] في [[l1|LOC|حلب]]، وهدد ب[[e2|ATTACK|هجوم]]\n"
        "---\nAGENT e1 a1\nTARGET e1 a2\nPLACE e1 l1\nMODALITY e2 PLANNED"
    )
    clash, threat = acled_decisions(article_record(doc))
    assert clash.startswith(f"example {RIGHT_TO_LEFT}اشتباك{END} Battles: Armed clash: ")
    assert threat.startswith(f"example {RIGHT_TO_LEFT}هجوم{END} no row: ")


def test_casualty_table(doc_of):
    text = shown(casualty_table(doc_of(ATTACK)))
    [row] = [line for line in text.splitlines() if "KILLED" in line]
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells == ["KILLED", "6+", "asserted", "مقتل", "مدنيين", "هجوماً", "المرصد"]


@pytest.mark.parametrize("table", [event_table, casualty_table])
def test_tables_of_an_empty_doc(nlp, table):
    assert shown(table(nlp(""))).strip().startswith(("Events", "Casualties"))


@pytest.mark.parametrize("table", [event_table, casualty_table])
def test_brackets_of_an_article_are_no_markup(nlp, table):
    """`[/]` and `[red]` mean something to rich; in an article they are text."""
    doc = nlp("مقتل [red] و[/] \\")
    harm = doc.char_span(0, 4, label="KILLED")
    event = doc.char_span(5, len(doc.text), label="KILLING")
    doc.spans["harms"], doc.spans["events"] = [harm], [event]
    assert "[red] و[/] \\" in shown(table(doc))


def test_rows_table():
    text = shown(rows_table("labels", ("", "number"), [("ATTACK", "1,200"), ("[/PER]", "3")]))
    lines = [line.strip("│ ") for line in text.splitlines()]
    assert lines[0].strip() == "labels"
    assert "ATTACK │  1,200" in lines
    assert "[/PER] │      3" in lines
