"""What a corpus holds, and how its texture compares with another's."""

import pytest

from sijill.annotation.statistics import Measure, compare, statistics

ATTACK = "قرب [[l1|LOC|نوى]] وقع [[e1|ATTACK|هجوم]].\n---\nPLACE e1 l1"


def test_statistics(article_of):
    counts = statistics(
        [article_of(ATTACK), article_of("يهدد بشن [[e1|ATTACK|هجوم]]\n---\nMODALITY e1 PLANNED")]
    )

    assert counts["size"] == {"articles": 2, "words": 7, "spans": 3, "links": 1}
    assert counts["labels"]["ATTACK"] == 2
    assert counts["labels"]["PER"] == 0
    assert counts["links"]["PLACE"] == 1
    assert counts["modalities"]["ASSERTED"] == 1
    assert counts["modalities"]["PLANNED"] == 1
    assert counts["country"] == counts["kind"] == {"?": 2}
    assert counts["year"] == {"2023": 2}


def test_spread_is_read_from_the_front_matter(article_of):
    article = article_of(ATTACK)
    article.meta.update(country="SY", region="درعا", kind="flash", spelling="rough")

    counts = statistics([article])

    assert counts["country"] == {"SY": 1}
    assert counts["region"] == {"درعا": 1}
    assert counts["kind"] == {"flash": 1}
    assert counts["spelling"] == {"rough": 1}


def test_spellings_of_one_wording_count_once(article_of):
    article = article_of("[[l1|LOC|إدلب]] و[[l2|LOC|ادلب]] و[[l3|LOC|نوى]]")

    assert statistics([article])["wordings"]["LOC"] == 2


def test_statistics_of_nothing():
    assert statistics([])["size"] == {"articles": 0, "words": 0, "spans": 0, "links": 0}


@pytest.mark.parametrize(
    ("here", "there", "differs"), [(3.0, 4.0, False), (3.0, 4.1, True), (4.1, 3.0, True)]
)
def test_measure_differs_by_more_than_a_third(here, there, differs):
    assert Measure("", here, there).differs is differs


def test_compare(article_of):
    here = [article_of(ATTACK)]
    there = [article_of("وقع [[e1|ATTACK|هجوم]] كبير جدا اليوم.\nانتهى الخبر الآن هنا يا سادة")]

    measures = {m.name: (m.here, m.there) for m in compare(here, there)}

    assert measures["spans in 100 words"] == (50.0, pytest.approx(100 / 11))
    assert measures["links for each event"] == (1.0, 0.0)
    assert measures["words in a sentence"] == (4.0, 5.5)


def test_word_of_no_other_article_is_out_of_vocabulary(article_of):
    here = [article_of("وقع هجوم"), article_of("وقع قصف")]
    there = [article_of("وقع انفجار كبير قصف")]

    measures = {m.name: (m.here, m.there) for m in compare(here, there)}

    # Of here, هجوم and قصف are out; of there, انفجار and كبير.
    assert measures["out of vocabulary, %"] == (50.0, 50.0)


def test_compare_with_nothing(article_of):
    with pytest.raises(ValueError, match="one side has no article"):
        compare([article_of(ATTACK)], [])
