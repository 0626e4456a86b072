"""Choosing items of ANT, and the way of an annotation from marked text to standoff and back, into training."""

import json
import random
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import DocBin
from typer.testing import CliRunner

from scripts import ant, convert
from sijill.annotation.ant import Item
from sijill.annotation.corpus import blank_pipeline
from sijill.annotation.markup import read_article

ITEM = (
    "<DOC>\n<DOCNO>{docno}</DOCNO>\n<CAT>localNews</CAT>\n<TITLE>هجوم قرب نوى</TITLE>\n<TIME>03/11/2016</TIME>\n"
    "<TEXT>\nقتل شخص في الهجوم .\n</TEXT>\n</DOC>\n"
)
MARKED = (
    "---\nid: {docno}\npublished: 2016-11-03\nkind: localNews\n---\n"
    "[[e1|ATTACK|هجوم]] قرب [[l1|LOC|نوى]]\n[[k1|KILLED|قتل]] [[p1|PEOPLE|شخص]] في [[e2|ATTACK|الهجوم]] .\n---\n"
    "PLACE e1 l1\nCOREF e2 e1\nVICTIM k1 p1\nCAUSE k1 e2\nNUM k1 1 1\n"
)
DOCNO = "JA-localNews-1-20161103"


@pytest.fixture
def source(tmp_path) -> Path:
    """A folder of ANT with one item."""
    folder = tmp_path / "antcorpus"
    folder.mkdir()
    (folder / f"{DOCNO}.txt").write_text(ITEM.format(docno=DOCNO), encoding="utf8")
    return folder


@pytest.fixture
def marked(tmp_path) -> Path:
    """The item, annotated."""
    folder = tmp_path / "marked"
    (folder / "train").mkdir(parents=True)
    (folder / "train" / f"{DOCNO}.txt").write_text(MARKED.format(docno=DOCNO), encoding="utf8")
    return folder


def call(*arguments) -> str:
    result = CliRunner().invoke(ant.app, list(map(str, arguments)))
    assert result.exit_code in (0, 1), result.exception
    return f"{result.exit_code} {result.output}"


# --- standoff ------------------------------------------------------------------------------------


def test_marked_text_to_standoff_and_back(source, marked, tmp_path):
    assert call("standoff", source, marked, tmp_path / "ant").startswith("0")
    assert call("markup", source, tmp_path / "ant", tmp_path / "back").startswith("0")

    content = (tmp_path / "ant/train" / f"{DOCNO}.ann").read_text("utf8")
    assert content.isascii()
    again = read_article(tmp_path / "back/train" / f"{DOCNO}.txt")
    assert again == read_article(marked / "train" / f"{DOCNO}.txt")


def test_text_changed_in_one_character_is_refused(source, marked, tmp_path):
    path = marked / "train" / f"{DOCNO}.txt"
    path.write_text(path.read_text("utf8").replace(" .", "."), encoding="utf8")
    said = call("standoff", source, marked, tmp_path / "ant")

    assert said.startswith("1")
    assert "its text is not that of ANT's" in said
    assert not (tmp_path / "ant").exists()


# --- training ------------------------------------------------------------------------------------


def convert_to(target: Path, *sources: Path, **kwargs) -> dict:
    convert.main(target, list(sources), **kwargs)
    return json.loads(target.with_suffix(".json").read_text("utf8"))


def test_convert_with_and_without_the_text(source, marked, tmp_path):
    call("standoff", source, marked, tmp_path / "ant")
    invented = tmp_path / "invented"
    invented.mkdir()
    (invented / "a.txt").write_text(MARKED.format(docno="a"), encoding="utf8")
    target = tmp_path / "train.spacy"
    folders = (invented, tmp_path / "ant")

    with_text = convert_to(target, *folders, ant=[tmp_path / "missing", source])
    docs = list(DocBin().from_disk(target).get_docs(blank_pipeline().vocab))
    without = convert_to(target, *folders, ant=[tmp_path / "missing"])

    assert (with_text["invented articles"], with_text["real articles (ANT)"]) == (1, 1)
    assert [doc._.article_id for doc in docs] == ["a", DOCNO]
    assert [ent.text for ent in docs[1].ents] == ["نوى", "شخص"]
    assert (without["invented articles"], without["real articles (ANT)"]) == (1, 0)


# --- choice --------------------------------------------------------------------------------------

VIOLENT = "هجوم وتفجير وقصف واشتباكات"


def items(count: int, violent: bool = True) -> list[Item]:
    """Items of fifty words, no two alike."""
    rng = random.Random(count + violent)
    made = []
    for number in range(count):
        words = ["".join(rng.choices("بتثجحخدذرزس", k=5)) for _ in range(50)]
        text = " ".join([VIOLENT if violent else "هدوء وسلام", *words])
        category = "localNews" if number % 2 else "internationalNews"
        made.append(Item(f"JA-{violent:d}-{number}", category, date(2016, 1, 1), "", text))
    return made


def test_choice_has_its_sizes_and_no_item_twice():
    chosen = ant.choose(items(500) + items(100, violent=False))
    names = [item.docno for split in chosen.values() for item in split]

    assert {split: len(members) for split, members in chosen.items()} == ant.SPLITS
    assert len(set(names)) == 450
    assert sum(ant.on_violence(item) for split in chosen.values() for item in split) == 400


def test_choice_is_the_same_each_time():
    pool = items(500) + items(100, violent=False)

    assert ant.choose(pool) == ant.choose(pool)


def test_sample_keeps_the_proportions_of_categories():
    """Nine in ten are of one category; a plain sample of ten would often miss the other."""
    pool = [
        item._replace(category="localNews" if n % 10 else "sport")
        for n, item in enumerate(items(200))
    ]
    for seed in range(20):
        sample = ant.sample(pool, 20, random.Random(seed))
        assert sum(item.category == "sport" for item in sample) in (1, 2, 3)


@pytest.mark.parametrize(("words", "violent"), [("هجوم وتفجير وقصف", True), ("هجوم وتفجير", False)])
def test_violence_is_three_different_words(words, violent):
    assert ant.on_violence(items(1)[0]._replace(text=f"{words} هدوء")) is violent


def test_items_too_short_or_too_long_are_not_chosen():
    short = [item._replace(text=" ".join(item.text.split()[:30])) for item in items(50)]
    long = [item._replace(text=f"{item.text} " * 10) for item in items(51)]
    chosen = ant.choose(items(500) + short + long + items(100, violent=False))

    lengths = [len(item.article.split()) for split in chosen.values() for item in split]
    assert min(lengths) >= ant.SHORTEST
    assert max(lengths) <= ant.LONGEST


def test_item_that_repeats_another_is_left_out():
    first, second = items(2)
    again = first._replace(docno="JA-again")

    assert ant.without_duplicates([first, second, again]) == [first, second]
