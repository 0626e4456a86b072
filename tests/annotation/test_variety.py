"""What a corpus must not repeat: wording, openings, names, and the same word for a label."""

from dataclasses import replace

import pytest

from sijill.annotation import variety
from sijill.annotation.variety import check_variety

LONG = "قالت مصادر محلية إن الأهالي عادوا إلى بيوتهم بعد يوم طويل من الخوف والانتظار عند الحاجز"


@pytest.fixture
def corpus_of(article_of):
    """(split, marked text) pairs → articles as if read from files."""

    def make(*pairs: tuple[str, str]):
        articles = []
        for number, (split, marked) in enumerate(pairs, 1):
            article = article_of(marked)
            meta = {**article.meta, "id": f"a{number}"}
            articles.append(replace(article, meta=meta, source=f"{split}/a{number}.txt"))
        return articles

    return make


def messages(articles, **kwargs) -> list[str]:
    return [fault.message for fault in check_variety(articles, **kwargs)]


def test_different_articles_have_no_fault(corpus_of):
    assert (
        messages(corpus_of(("train", LONG), ("dev", "مباراة في كرة القدم انتهت بلا أهداف"))) == []
    )


def test_shared_run_of_eight_words_is_told_over_the_limit(corpus_of):
    run = "عادوا إلى بيوتهم بعد يوم طويل من الخوف"
    found = check_variety(corpus_of(("train", LONG), ("train", f"غير أن السكان {run} كله")))

    assert found[0].message == "shares 8 words with a1: عادوا الي بيوتهم بعد يوم طويل من الخوف"
    assert found[0].source == "train/a2.txt"


@pytest.mark.parametrize(("runs_per_shared_run", "told"), [(20, True), (10, False)])
def test_shared_run_is_told_by_its_share_of_all(corpus_of, monkeypatch, runs_per_shared_run, told):
    """One run of fifteen is shared: more than one in twenty, less than one in ten."""
    monkeypatch.setattr(variety, "RUNS_PER_SHARED_RUN", runs_per_shared_run)
    run = "عادوا إلى بيوتهم بعد يوم طويل من الخوف"
    found = messages(corpus_of(("train", LONG), ("train", f"غير أن السكان {run} كله")))

    assert any("shares 8 words" in message for message in found) is told


def test_near_duplicate_in_another_spelling(corpus_of):
    spelled = LONG.replace("إ", "ا").replace("أ", "ا")
    [found] = [
        m
        for m in messages(corpus_of(("train", LONG), ("train", f"عاجل {spelled}")))
        if "nearly" in m
    ]

    assert found.startswith("is nearly a1: they share 100%")


def test_same_opening(corpus_of):
    found = messages(
        corpus_of(
            ("train", "أفادت مصادر محلية في المدينة اليوم بأن المدارس فتحت أبوابها"),
            ("train", "افادت مصادر محليه في المدينة اليوم، بوقوع خسائر"),
        )
    )

    assert "begins as a1 does: افادت مصادر محليه في المدينه اليوم" in found


NAMED = "{} [[p1|PER|سعدون مطلك]]"


def test_name_in_three_articles(corpus_of):
    [fault] = check_variety(corpus_of(*[("train", NAMED.format(word)) for word in "ابت"]))

    assert fault.message == "the name سعدون مطلك is in 3 articles: a1, a2, a3"
    assert (fault.source, fault.line, fault.column) == ("train/a3.txt", 5, 3)


def test_name_in_two_splits(corpus_of):
    found = messages(corpus_of(("train", NAMED.format("ا")), ("test", NAMED.format("ب"))))

    assert found == ["the name سعدون مطلك is in test and train: a1, a2"]


def test_name_in_two_articles_of_one_split(corpus_of):
    assert messages(corpus_of(("train", NAMED.format("ا")), ("train", NAMED.format("ب")))) == []


def test_public_person_may_be_everywhere(corpus_of):
    articles = corpus_of(*[(split, NAMED.format(split)) for split in ("train", "dev", "test")])

    assert messages(articles, public_people=["سَعدون مطلك"]) == []


@pytest.mark.parametrize(("label", "told"), [("WEAPON", True), ("KILLED", False), ("DATE", False)])
def test_label_of_few_wordings(corpus_of, label, told):
    value = {"KILLED": "\nNUM x 2 -", "DATE": "\nISO x -"}.get(label, "")
    articles = corpus_of(*[("train", f"{n} [[x|{label}|لغم]]\n---{value}") for n in range(100)])
    [fault] = check_variety(articles) or [None]

    assert (fault is not None) is told
    if told:
        assert fault.message == "WEAPON: 10 wordings make up 100% of 100 mentions: لغم"


def test_rare_label_is_not_judged(corpus_of):
    assert messages(corpus_of(*[("train", f"{n} [[x|WEAPON|لغم]]") for n in range(99)])) == []
