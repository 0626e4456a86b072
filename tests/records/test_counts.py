"""How many people a harm word speaks of."""

import pytest

from sijill.records.counts import add_counts, count_of, is_part, total_of
from sijill.text.numbers import Count


def total(doc):
    """The total of a Doc's one harm word, from the links that the markup gives."""
    [harm] = doc.spans["harms"]
    tails = {"COUNT": [], "VICTIM": []}
    for relation in doc._.relations:
        tails.setdefault(relation.label, []).append(relation.tail)
    return total_of(harm, tails["COUNT"], tails["VICTIM"])


def test_a_count_is_taken_as_it_stands(doc_of):
    doc = doc_of("[[h1|KILLED|مقتل]] [[c1|COUNT|12]] مدنياً\n---\nCOUNT h1 c1")
    assert total(doc) == Count(12, 12)


def test_several_counts_add_up(doc_of):
    doc = doc_of(
        "[[h1|KILLED|مقتل]] [[c1|COUNT|3]] مدنيين و[[c2|COUNT|خمسة]] عسكريين\n---\nCOUNT h1 c1\nCOUNT h1 c2"
    )
    assert total(doc) == Count(8, 8)


def test_a_sum_is_open_where_one_of_its_counts_is(doc_of):
    doc = doc_of(
        "[[h1|KILLED|مقتل]] [[c1|COUNT|أكثر من 10]] مدنيين و[[c2|COUNT|جندي]]\n---\nCOUNT h1 c1\nCOUNT h1 c2"
    )
    assert total(doc).maximum is None


@pytest.mark.parametrize("which", ["بينهم", "من بينهم", "بينهن", "منهم", "من ضمنهم"])
def test_parts_of_a_total_are_not_added(doc_of, which):
    doc = doc_of(
        f"[[h1|KILLED|مقتل]] [[c1|COUNT|10]] مدنيين {which} [[c2|COUNT|3]] أطفال\n---\nCOUNT h1 c1\nCOUNT h1 c2"
    )
    assert total(doc) == Count(10, 10)


def test_all_parts_of_a_list_are_left_out(doc_of):
    doc = doc_of(
        "[[h1|KILLED|مقتل]] [[c1|COUNT|10]] مدنيين بينهم [[c2|COUNT|3]] أطفال و[[c3|COUNT|2]] من النساء\n"
        "---\nCOUNT h1 c1\nCOUNT h1 c2\nCOUNT h1 c3"
    )
    assert total(doc) == Count(10, 10)


def test_a_part_counts_where_the_total_has_no_number(doc_of):
    doc = doc_of("[[h1|KILLED|قتل]] مدنيون بينهم [[c1|COUNT|3]] أطفال\n---\nCOUNT h1 c1")
    assert total(doc) == Count(3, 3)


def test_a_part_said_in_the_sentence_before_does_not_reach_over_the_full_stop(doc_of):
    doc = doc_of("قتل ثلاثة بينهم طفل. وجرح [[c1|COUNT|7]]")
    assert not is_part(doc.spans["counts"][0])


@pytest.mark.parametrize(
    ("harm", "count"),
    [
        ("قتيلان", Count(2, 2)),
        ("قتيلين", Count(2, 2)),
        ("قتيل", Count(1, 1)),
        ("قتلى", Count(2, None)),
        ("شهداء", Count(2, None)),
        ("مقتل", None),
    ],
)
def test_without_a_count_the_harm_word_s_own_number_decides(doc_of, harm, count):
    assert total(doc_of(f"سقوط [[h1|KILLED|{harm}]] في القصف")) == count


@pytest.mark.parametrize(
    ("people", "count"),
    [("طفلين", Count(2, 2)), ("طفل", Count(1, 1)), ("مدنيين", Count(2, None))],
)
def test_a_noun_for_the_victims_gives_its_number(doc_of, people, count):
    doc = doc_of(f"[[h1|KILLED|مقتل]] [[p1|PEOPLE|{people}]] في القصف\n---\nVICTIM h1 p1")
    assert total(doc) == count


def test_one_named_victim_is_one(doc_of):
    doc = doc_of("[[h1|KILLED|مقتل]] [[p1|PER|سالم الحسن]]\n---\nVICTIM h1 p1")
    assert total(doc) == Count(1, 1)


def test_two_named_victims_are_two(doc_of):
    doc = doc_of(
        "[[h1|KILLED|مقتل]] [[p1|PER|سالم الحسن]] و[[p2|PER|مازن العلي]]\n---\nVICTIM h1 p1\nVICTIM h1 p2"
    )
    assert total(doc) == Count(2, 2)


def test_a_noun_in_apposition_to_a_name_is_not_counted_again(doc_of):
    doc = doc_of(
        "[[h1|KILLED|مقتل]] [[p1|PEOPLE|الشاب]] [[p2|PER|سالم الحسن]]\n---\nVICTIM h1 p1\nVICTIM h1 p2"
    )
    assert total(doc) == Count(1, 1)


def test_a_count_beats_the_victims_and_the_harm_word(doc_of):
    doc = doc_of(
        "[[h1|KILLED|قتلى]] وهم [[c1|COUNT|4]] [[p1|PEOPLE|أطفال]]\n---\nCOUNT h1 c1\nVICTIM h1 p1"
    )
    assert total(doc) == Count(4, 4)


def test_harm_that_is_denied_is_none_at_all(doc_of):
    doc = doc_of("انفجار دون [[h1|INJURED|إصابات]]\n---\nMODALITY h1 DENIED")
    assert total(doc) == Count(0, 0)


def test_a_denied_number_stays_the_number_that_is_denied(doc_of):
    doc = doc_of(
        "نفى الجيش [[h1|KILLED|مقتل]] [[c1|COUNT|12]] جندياً\n---\nCOUNT h1 c1\nMODALITY h1 DENIED"
    )
    assert total(doc) == Count(12, 12)


def test_an_annotator_s_number_beats_the_words(doc_of):
    doc = doc_of("[[h1|KILLED|مقتل]] [[c1|COUNT|12]]\n---\nCOUNT h1 c1\nNUM c1 12 -")
    assert total(doc) == Count(12, None)


def test_an_annotator_s_number_of_the_harm_word_is_taken(doc_of):
    doc = doc_of("[[h1|KILLED|مقتل]] البقية\n---\nNUM h1 5 5")
    assert total(doc) == Count(5, 5)


def test_a_limit_behind_the_noun_is_read(doc_of):
    doc = doc_of("[[h1|KILLED|مقتل]] [[c1|COUNT|3]] جنود على الأقل\n---\nCOUNT h1 c1")
    assert total(doc) == Count(3, None)


def test_a_count_without_a_number_leaves_the_total_open(doc_of):
    doc = doc_of("[[h1|KILLED|مقتل]] [[c1|COUNT|البقية]]\n---\nCOUNT h1 c1")
    assert total(doc) is None


def test_other_spans_have_no_count(doc_of):
    doc = doc_of("[[e1|ATTACK|هجومان]] في [[l1|LOC|درعا]]")
    assert [count_of(span) for span in (*doc.ents, *doc.spans["events"])] == [None, None]


def test_a_victim_of_no_letters_does_no_harm(nlp, doc_of):
    doc = doc_of("[[h1|KILLED|مقتل]] 5")
    spaces = nlp.make_doc(" \n ")
    victim = spaces.char_span(0, 3, label="PEOPLE", alignment_mode="expand")
    assert total_of(doc.spans["harms"][0], [], [victim]) is None


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        ([Count(2, 2), Count(3, 3)], Count(5, 5)),
        ([Count(2, None), Count(3, 3)], Count(5, None)),
        ([Count(None, 9), Count(3, 3)], Count(3, 12)),
        ([Count(4, 4)], Count(4, 4)),
    ],
)
def test_sums(counts, total):
    assert add_counts(counts) == total


def test_a_noun_that_and_joins_to_a_name_is_added(doc_of):
    doc = doc_of(
        "[[h1|KILLED|مقتل]] [[p1|PER|سالم الحمد]] و[[v1|PEOPLE|طفلين]]\n---\nVICTIM h1 p1\nVICTIM h1 v1"
    )
    assert total(doc) == Count(3, 3)


def test_a_word_that_only_ends_like_among_them_makes_no_part(doc_of):
    doc = doc_of("تعرض أمنهم لخطر فقتل [[c1|COUNT|7]]")
    assert not is_part(doc.spans["counts"][0])


def test_a_limit_before_the_count_is_read(doc_of):
    doc = doc_of("[[h1|KILLED|القتلى]] تجاوز عددهم [[c1|COUNT|40]]\n---\nCOUNT h1 c1")
    assert total(doc) == Count(41, None)


def test_a_sum_is_approximate_where_one_of_its_counts_is(doc_of):
    doc = doc_of(
        "[[h1|KILLED|مقتل]] [[c1|COUNT|نحو 10]] مدنيين و[[c2|COUNT|3]] جنود\n---\nCOUNT h1 c1\nCOUNT h1 c2"
    )
    assert (total(doc), total(doc).approximate) == (Count(13, 13), True)


@pytest.mark.parametrize(
    ("marked", "count"),
    [
        ("[[h1|KILLED|قتل]] أحد [[v1|ARMED|المهاجمين]]", Count(1, 1)),
        ("[[h1|KILLED|قتل]] عنصران من [[v1|ARMED|الجيش الوطني]]", Count(2, 2)),
        ("بات [[v1|ARMED|جنديان]] في عداد [[h1|MISSING|المفقودين]]", Count(2, 2)),
    ],
)
def test_the_word_before_the_victims_says_how_many_of_them(doc_of, marked, count):
    assert total(doc_of(f"{marked}\n---\nVICTIM h1 v1")) == count


def test_a_list_of_victims_says_how_many_a_plural_means(doc_of):
    links = "\n---\nVICTIM h1 p1\nVICTIM h1 p2"
    names = "[[p1|PER|سالم الحسن]] و[[p2|PER|مازن العلي]]"
    assert total(doc_of(f"[[h1|KILLED|الشهداء]]: {names}{links}")) == Count(2, 2)
    assert total(doc_of(f"من [[h1|KILLED|الشهداء]] {names}{links}")) == Count(2, None)
