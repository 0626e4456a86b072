"""Marked articles are read and written, and every fault of their form is told with its place."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.annotation import scheme
from sijill.annotation.markup import (
    MARK,
    Article,
    Link,
    Mark,
    MarkupError,
    article_paths,
    format_article,
    parse_article,
    read_article,
    write_article,
)

EXAMPLE = """\
---
id: sy-example-01
published: 2023-12-31
country: SY
---
شنت [[a1|ARMED|فصائل محلية]] [[e1|ATTACK|هجوماً]] [[d1|DATE|مساء السبت]].
و[[k1|KILLED|قتل]] [[c1|COUNT|ما لا يقل عن ستة]] [[q1|PEOPLE|مدنيين]]، ونُفي [[e2|ARREST|اعتقال]] أحد.
---
AGENT e1 a1
TIME e1 d1
COUNT k1 c1
VICTIM k1 q1
ISO d1 2023-12-30
NUM c1 6 -
MODALITY e2 DENIED
"""


def parse(content: str) -> Article:
    article, faults = parse_article(content)
    assert not faults
    return article


# --- reading -------------------------------------------------------------------------------------


def test_front_matter():
    article = parse(EXAMPLE)
    assert article.meta == {"id": "sy-example-01", "published": "2023-12-31", "country": "SY"}
    assert article.id == "sy-example-01"
    assert article.published == date(2023, 12, 31)


def test_text_is_without_marks():
    assert parse(EXAMPLE).text == (
        "شنت فصائل محلية هجوماً مساء السبت.\nوقتل ما لا يقل عن ستة مدنيين، ونُفي اعتقال أحد."
    )


def test_span():
    article = parse(EXAMPLE)
    assert article.spans[0] == Mark("a1", "ARMED", 4, 15)
    assert article.words_of(article.spans[0]) == "فصائل محلية"


def test_links():
    links = parse(EXAMPLE).links
    assert links[0] == Link("AGENT", "e1", "a1")
    assert [link.label for link in links] == ["AGENT", "TIME", "COUNT", "VICTIM"]


@pytest.mark.parametrize(
    ("span_id", "modality", "value"),
    [
        ("a1", "ASSERTED", None),
        ("e1", "ASSERTED", None),
        ("e2", "DENIED", None),
        ("d1", "ASSERTED", "2023-12-30"),
        ("c1", "ASSERTED", (6, None)),
    ],
)
def test_modality_and_value(span_id, modality, value):
    span = parse(EXAMPLE).by_id[span_id]
    assert (span.modality, span.value) == (modality, value)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("ISO d1 2023", "2023"),
        ("ISO d1 2023-12", "2023-12"),
        ("ISO d1 2023-12-30", "2023-12-30"),
        ("ISO d1 2023-12-30/2023-12-31", "2023-12-30/2023-12-31"),
        ("ISO d1 -", "-"),
        ("NUM d1 6 6", (6, 6)),
        ("NUM d1 - 9", (None, 9)),
        ("NUM d1 0 0", (0, 0)),
        ("  NUM   d1 2 -  ", (2, None)),
    ],
)
def test_values(line, value):
    content = f"---\nid: x\npublished: 2023-12-31\n---\n[[d1|DATE|أمس]]\n---\n{line}\n"
    assert parse(content).spans[0].value == value


@pytest.mark.parametrize(
    "content",
    [
        EXAMPLE.replace("\n", "\r\n"),
        "\ufeff" + EXAMPLE,
        EXAMPLE.replace("---\n", "---  \n"),
        EXAMPLE.rstrip("\n"),
        EXAMPLE + "\n# AGENT e1 zz is a comment\n\n",
    ],
    ids=["Windows", "BOM", "blanks after a fence", "no last line end", "comment"],
)
def test_same_article_from(content):
    assert parse(content) == parse(EXAMPLE)


def test_text_keeps_its_blanks_and_empty_lines():
    content = "---\nid: x\npublished: 2023-12-31\n---\n  عنوان \n\nنص  [قصير]\t\n---\n"
    assert parse(content).text == "  عنوان \n\nنص  [قصير]\t"


def test_places_of_marks_and_links_in_the_file():
    lines = parse(EXAMPLE).lines
    assert lines["a1"] == (6, 5)
    assert lines["k1"] == (7, 2)
    assert lines["AGENT e1 a1"] == (9, 1)


# --- faults --------------------------------------------------------------------------------------

HEAD = "---\nid: x\npublished: 2023-12-31\n---\n"
BODY = "[[e1|ATTACK|هجوم]] و[[a1|ARMED|فصائل]] [[d1|DATE|أمس]]\n---\n"

FAULTS = {
    "no front matter": ("نص بلا رأس", 1, 1, "no front matter", "Begin the file with a line ---"),
    "empty file": ("", 1, 1, "no front matter", "Begin the file with a line ---"),
    "front matter not first": ("\n" + HEAD + BODY, 1, 1, "no front matter", "Begin the file"),
    "text not closed": (HEAD + "نص\nآخر", 6, 1, "the text is not closed", "Close the text"),
    "line without key": (
        "---\nid: x\npublished: 2023-12-31\nعنوان\n---\n" + BODY,
        *(4, 1, "no key in 'عنوان'", "Write `key: value`"),
    ),
    "key twice": (
        "---\nid: x\nid: y\npublished: 2023-12-31\n---\n" + BODY,
        *(3, 1, "id stands twice", "Keep one of them"),
    ),
    "no id": (
        "---\npublished: 2023-12-31\n---\n" + BODY,
        *(1, 1, "the front matter has no id", "Add `id: …`"),
    ),
    "no published": (
        "---\nid: x\npublished:\n---\n" + BODY,
        *(1, 1, "the front matter has no published", "Add `published: …`"),
    ),
    "published no date": (
        "---\nid: x\ncountry: SY\n published: 2023-13-01\n---\n" + BODY,
        *(4, 1, "published is no date: 2023-13-01", "Write it as 2023-12-31"),
    ),
    "published without hyphens": (
        "---\nid: x\npublished: 20231231\n---\n" + BODY,
        *(3, 1, "published is no date: 20231231", "Write it as 2023-12-31"),
    ),
    "mark not closed": (
        HEAD + "سطر\nشنت [[a1|ARMED|فصائل هجوماً\n---\n",
        *(6, 5, "a broken mark: 'سطر\\nشنت [[a1|ARMED|فصائل هجوماً'", "Write [[id|LABEL|words]]"),
    ),
    "mark not opened": (
        HEAD + "شنت فصائل]]\n---\n",
        *(5, 10, "a broken mark: 'شنت فصائل]]'", "without [ ] | inside"),
    ),
    "id twice": (
        HEAD + "[[a1|LOC|نوى]] و[[a1|LOC|درعا]]\n---\n",
        *(5, 17, "the id a1 stands twice", "Give each span its own id"),
    ),
    "unknown line": (
        HEAD + BODY + "AGNT e1 a1\n",
        *(7, 1, "no link, modality or value: 'AGNT e1 a1'", "Known are AGENT, TARGET"),
    ),
    "link with one end": (
        HEAD + BODY + "\nAGENT e1\n",
        *(8, 1, "no link: 'AGENT e1'", "Write `AGENT from to`"),
    ),
    "link to no span": (
        HEAD + BODY + "AGENT e1 a7\n",
        *(7, 1, "no span a7 for 'AGENT e1 a7'", "Mark it in the text or mend the id"),
    ),
    "link twice": (
        HEAD + BODY + "AGENT e1 a1\nAGENT e1 a1\n",
        *(8, 1, "'AGENT e1 a1' stands twice", "Keep one of them"),
    ),
    "unknown modality": (
        HEAD + BODY + "MODALITY e1 MAYBE\n",
        *(7, 1, "no modality: 'MODALITY e1 MAYBE'", "one of ALLEGED, DENIED, PLANNED, GENERAL"),
    ),
    "modality of no span": (
        HEAD + BODY + "MODALITY e9 DENIED\n",
        *(7, 1, "no span e9 for 'MODALITY e9 DENIED'", "Mark it in the text"),
    ),
    "modality twice": (
        HEAD + BODY + "MODALITY e1 DENIED\nMODALITY e1 ALLEGED\n",
        *(8, 1, "e1 has a modality already", "Keep one of them"),
    ),
    "no ISO value": (
        HEAD + BODY + "ISO d1 30.12.2023\n",
        *(7, 1, "no value: 'ISO d1 30.12.2023'", "Write `ISO id 2015-07-25` or `ISO id -`"),
    ),
    "no NUM value": (
        HEAD + BODY + "NUM a1 6\n",
        *(7, 1, "no value: 'NUM a1 6'", "Write `NUM id 6 -`"),
    ),
    "NUM of endless digits": (
        HEAD + BODY + f"NUM a1 {'9' * 5000} -\n",
        *(7, 1, "no value: 'NUM a1 999", "Write `NUM id 6 -`"),
    ),
    "value twice": (
        HEAD + BODY + "ISO d1 -\nISO d1 2023-12-30\n",
        *(8, 1, "d1 has a value already", "Keep one of them"),
    ),
}


@pytest.mark.parametrize(
    ("content", "line", "column", "message", "suggestion"), FAULTS.values(), ids=FAULTS
)
def test_fault(content, line, column, message, suggestion):
    _, [fault] = parse_article(content, source="x.txt")
    assert (fault.line, fault.column) == (line, column)
    assert fault.message.startswith(message)
    assert suggestion in fault.suggestion
    assert str(fault).startswith(f"x.txt:{line}:{column}: {message}")


def test_all_faults_of_an_article_are_told():
    _, faults = parse_article("---\nid: x\n---\n[[a1|LOC|نوى]]\n---\nAGENT a1 b1\nNUM a1\n")
    assert [fault.line for fault in faults] == [1, 6, 7]


def test_label_in_small_letters_is_a_broken_mark():
    _, faults = parse_article(HEAD + "[[a1|loc|نوى]]\n---\n")
    assert [(fault.column, fault.message[:13]) for fault in faults] == [
        (1, "a broken mark"),
        (13, "a broken mark"),
    ]


# --- files ---------------------------------------------------------------------------------------


def test_write_and_read(tmp_path):
    write_article(parse(EXAMPLE), tmp_path / "example.txt")
    assert (tmp_path / "example.txt").read_bytes() == EXAMPLE.encode("utf8")
    assert read_article(tmp_path / "example.txt") == parse(EXAMPLE)


def test_read_article_with_faults(tmp_path):
    path = tmp_path / "faulty.txt"
    path.write_text(EXAMPLE.replace("AGENT e1 a1", "AGENT e1 a9"), encoding="utf8")
    with pytest.raises(MarkupError, match="faulty.txt:9:1: no span a9") as caught:
        read_article(path)
    assert len(caught.value.faults) == 1


def test_read_article_that_is_not_utf8(tmp_path):
    path = tmp_path / "windows.txt"
    path.write_bytes(EXAMPLE.encode("cp1256"))
    with pytest.raises(MarkupError, match="windows.txt:6:1: not UTF-8.* Save the file as UTF-8"):
        read_article(path)


def test_article_paths(tmp_path):
    for name in ("b.txt", "a.txt", "notes.md", "deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = article_paths([tmp_path, tmp_path / "missing.txt"])
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == ["a.txt", "b.txt", "deep/c.txt", "missing.txt"]


def test_an_article_that_two_folders_hold_is_given_once(tmp_path):
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "a.txt").touch()
    assert len(list(article_paths([tmp_path, tmp_path / "train"]))) == 1


META = {"id": "x", "published": "2023-12-31"}


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (Article(META, "نص [[قديم"), "the text holds '\\[\\['"),
        (Article(META, "نص ]]"), "the text holds '\\]\\]'"),
        (Article(META, "سطر\n---\nسطر"), "the text holds '---"),
        (Article(META, "سطر\r\nسطر"), "the text holds"),
        (Article(META, "سطر\r"), "the text holds"),
        (Article(META, "مقر [س]", (Mark("f1", "FAC", 0, 7),)), "span f1 holds"),
        (
            Article(META, "ريف درعا", (Mark("l1", "LOC", 0, 8), Mark("l2", "LOC", 4, 8))),
            "span l2 overlaps",
        ),
    ],
    ids=["[[", "]]", "fence", "Windows line end", "carriage return", "brackets", "overlap"],
)
def test_what_the_markup_cannot_carry(article, message):
    with pytest.raises(ValueError, match=message):
        format_article(article)


# --- any article, any text -----------------------------------------------------------------------

PIECES = st.sampled_from(
    ["---", "id:", "published:", "2023-12-31", ":", "#", "هجوم", "\ufeff", "\x00", "\u2028"]
    + ["[[a1|ARMED|فصائل]]", "[[a1|", "[[", "]]", "|", "[", "]", "a1", "e1"]
    + ["AGENT", "COREF", "MODALITY", "DENIED", "ISO", "2023-12", "NUM", "-", "6"]
)
NOISE = st.lists(PIECES | st.sampled_from([" ", "\n", "\r\n", "\n---\n"]) | st.text(max_size=3))


@given(NOISE.map("".join))
def test_parsing_never_raises(content):
    article, faults = parse_article(content)
    assert faults or article.id


@given(NOISE.map("".join))
def test_parsing_never_raises_behind_a_good_start(content):
    article, _ = parse_article(HEAD + BODY + content)
    assert article.text == "هجوم وفصائل أمس"


@given(NOISE.map("".join))
def test_text_without_fault_holds_no_mark(content):
    article, faults = parse_article(HEAD + content + "\n---\n")
    assert faults or not MARK.search(article.text)


PLAIN = st.text(st.sampled_from('ابتث ومن،.\n\t|-12«»"\u064b\u200f😀'), max_size=8)
WORDS = st.text(st.sampled_from("ابتث و،.\n\"'()-3"), max_size=8)
VALUES = (
    st.none()
    | st.sampled_from(["-", "2023", "2023-12-30", "2022-10-11/2022-10-20"])
    | st.tuples(st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
)


@st.composite
def articles(draw) -> Article:
    text, spans = "", []
    for number in range(draw(st.integers(0, 4))):
        text += draw(PLAIN)
        start = len(text)
        text += draw(WORDS)
        spans.append(
            Mark(
                f"s{number}",
                draw(st.sampled_from(scheme.LABELS)),
                start,
                len(text),
                draw(st.sampled_from(scheme.TRIGGER_MODALITIES)),
                draw(VALUES),
            )
        )
    text += draw(PLAIN)
    ids = st.sampled_from([span.id for span in spans] or ["none"])
    links = st.builds(Link, st.sampled_from(list(scheme.LINKS)), ids, ids)
    drawn = draw(st.lists(links, max_size=4, unique=True)) if spans else []
    country = draw(st.sampled_from(["SY", "a: b", "قطاع غزة", ""]))
    return Article({**META, "country": country}, text, tuple(spans), tuple(drawn))


@given(articles().filter(lambda article: "---" not in article.text))
@settings(max_examples=300)
def test_what_is_written_is_read_back(article):
    assert parse_article(format_article(article)) == (article, [])


def test_brackets_around_a_span_are_read_back():
    article = Article(META, "تنظيم [داعش]", (Mark("a1", "ARMED", 7, 11),))
    assert parse_article(format_article(article)) == (article, [])
