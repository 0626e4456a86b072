"""From spans and links to casualties and events."""

import pytest

from sijill.annotation import scheme
from sijill.records.models import Toll
from sijill.text.numbers import Count

RAID = """\
شنت [[a1|ARMED|طائرات النظام]] [[e1|AIRSTRIKE|غارة]] على [[f1|FAC|سوق]] في [[l1|LOC|سرمين]] ب[[l2|LOC|إدلب]] \
[[d1|DATE|أمس]] بواسطة [[w1|WEAPON|صواريخ]]، ما أدى إلى [[h1|KILLED|مقتل]] [[c1|COUNT|خمسة]] [[p1|PEOPLE|مدنيين]]، \
بحسب [[o1|ORG|المرصد]].
---
AGENT e1 a1
TARGET e1 f1
PLACE e1 l1
LOCATED_IN f1 l1
LOCATED_IN l1 l2
TIME e1 d1
INSTRUMENT e1 w1
SOURCE e1 o1
CAUSE h1 e1
COUNT h1 c1
VICTIM h1 p1"""


def texts(spans):
    return [span.text for span in spans]


# --- casualties ----------------------------------------------------------------------------------


def test_a_casualty_has_what_the_article_says_of_it(doc_of):
    [casualty] = doc_of(RAID)._.casualties
    assert (casualty.kind, casualty.count) == ("KILLED", Count(5, 5))
    assert casualty.span.text == "مقتل"
    assert texts(casualty.victims) == ["مدنيين"]
    assert casualty.cause.text == "غارة"


def test_a_casualty_without_a_source_has_that_of_its_cause(doc_of):
    assert texts(doc_of(RAID)._.casualties[0].sources) == ["المرصد"]


def test_its_own_source_comes_before_that_of_its_cause(doc_of):
    doc = doc_of(
        "قال [[o1|ORG|المرصد]] إن [[e1|CLASH|اشتباكات]] وقعت وأعلنت [[o2|ORG|الوزارة]] [[h1|KILLED|مقتل]] جندي\n"
        "---\nSOURCE e1 o1\nSOURCE h1 o2\nCAUSE h1 e1"
    )
    assert texts(doc._.casualties[0].sources) == ["الوزارة"]


def test_a_named_victim_is_named(doc_of):
    doc = doc_of("[[h1|KILLED|مقتل]] القيادي [[p1|PER|سالم الحسن]]\n---\nVICTIM h1 p1")
    [casualty] = doc._.casualties
    assert (casualty.names, casualty.count) == (("سالم الحسن",), Count(1, 1))


@pytest.mark.parametrize(
    ("number", "share"),
    [("10", Count(1, 9)), ("العشرات", Count(2, None)), ("اثنين", Count(1, 1))],
)
def test_of_a_number_that_killed_and_injured_share_each_has_a_part(doc_of, number, share):
    doc = doc_of(
        f"[[h1|KILLED|مقتل]] و[[h2|INJURED|إصابة]] [[c1|COUNT|{number}]]\n---\nCOUNT h1 c1\nCOUNT h2 c1"
    )
    assert [(c.kind, c.count) for c in doc._.casualties] == [("KILLED", share), ("INJURED", share)]


def test_a_killing_shares_its_number_with_its_own_harm_word(doc_of):
    doc = doc_of(
        "[[e1|KILLING|إعدام]] و[[h1|KILLED|مقتل]] [[c1|COUNT|10]]\n---\nCOUNT e1 c1\nCOUNT h1 c1"
    )
    assert [c.count for c in doc._.casualties] == [Count(10, 10)] * 2


def test_those_abducted_and_released_share_no_number_but_are_the_same(doc_of):
    doc = doc_of(
        "[[e1|RELEASE|الإفراج]] عن [[c1|COUNT|ثلاثة]] مهندسين [[e2|ABDUCTION|خطفوا]] أمس\n---\nCOUNT e1 c1\nCOUNT e2 c1"
    )
    assert [c.count for c in doc._.casualties] == [Count(3, 3)]


def test_harm_that_is_denied_is_kept_with_zero(doc_of):
    doc = doc_of(
        "وقع [[e1|EXPLOSION|انفجار]] دون [[h1|INJURED|إصابات]]\n---\nCAUSE h1 e1\nMODALITY h1 DENIED"
    )
    [casualty] = doc._.casualties
    assert (casualty.modality, casualty.count) == ("DENIED", Count(0, 0))


@pytest.mark.parametrize(
    ("trigger", "label", "kind"),
    [
        ("إعدام", "KILLING", "KILLED"),
        ("اعتقال", "ARREST", "DETAINED"),
        ("خطف", "ABDUCTION", "ABDUCTED"),
        ("نزوح", "DISPLACEMENT", "DISPLACED"),
    ],
)
def test_whoever_an_event_counts_is_a_casualty_of_it(doc_of, trigger, label, kind):
    doc = doc_of(
        f"[[e1|{label}|{trigger}]] [[c1|COUNT|7]] [[p1|PEOPLE|شبان]]\n---\nCOUNT e1 c1\nTARGET e1 p1"
    )
    [casualty] = doc._.casualties
    assert (casualty.kind, casualty.count) == (kind, Count(7, 7))
    assert (texts(casualty.victims), casualty.cause.text) == (["شبان"], trigger)


def test_who_is_released_is_no_casualty(doc_of):
    doc = doc_of(
        "[[e1|RELEASE|الإفراج]] عن [[c1|COUNT|عشرات]] [[p1|PEOPLE|السجناء]]\n---\nCOUNT e1 c1\nTARGET e1 p1"
    )
    assert doc._.casualties == []
    assert doc._.events[0].casualties == ()


def test_an_attack_counts_nobody_by_itself(doc_of):
    assert (
        doc_of("[[e1|ATTACK|هجوم]] على [[p1|PEOPLE|مدنيين]]\n---\nTARGET e1 p1")._.casualties == []
    )


def test_what_is_no_person_is_no_victim(doc_of):
    doc = doc_of(
        "[[e1|KILLING|اغتيال]] [[p1|PER|سالم]] في [[f1|FAC|منزل]]\n---\nTARGET e1 p1\nTARGET e1 f1"
    )
    assert texts(doc._.casualties[0].victims) == ["سالم"]


def test_casualties_come_in_the_order_of_the_text(doc_of):
    doc = doc_of("[[e1|ARREST|اعتقال]] رجل و[[h1|KILLED|مقتل]] آخر و[[e2|ABDUCTION|خطف]] ثالث")
    assert [c.kind for c in doc._.casualties] == ["DETAINED", "KILLED", "ABDUCTED"]


# --- events --------------------------------------------------------------------------------------


def test_an_event_has_what_the_article_says_of_it(doc_of):
    [event] = doc_of(RAID)._.events
    assert (event.kind, event.modality, texts(event.mentions)) == (
        "AIRSTRIKE",
        "ASSERTED",
        ["غارة"],
    )
    assert texts(event.agents) == ["طائرات النظام"]
    assert texts(event.targets) == ["سوق"]
    assert texts(event.instruments) == ["صواريخ"]
    assert event.date_expressions == ("أمس",)
    assert texts(event.sources) == ["المرصد"]


def test_a_casualty_goes_to_the_event_that_caused_it(doc_of):
    doc = doc_of(
        "وقع [[e1|EXPLOSION|انفجار]] و[[e2|CLASH|اشتباك]] أوقع [[h1|KILLED|قتيلين]]\n---\nCAUSE h1 e2"
    )
    explosion, clash = doc._.events
    assert explosion.casualties == ()
    assert [c.count for c in clash.casualties] == [Count(2, 2)]


def test_an_event_that_counts_people_has_them_among_its_casualties(doc_of):
    [event] = doc_of("[[e1|ARREST|اعتقال]] [[c1|COUNT|7]] شبان\n---\nCOUNT e1 c1")._.events
    assert [(c.kind, c.count) for c in event.casualties] == [("DETAINED", Count(7, 7))]


def test_a_casualty_without_a_cause_belongs_to_no_event(doc_of):
    doc = doc_of("وقع [[e1|CLASH|اشتباك]]. و[[h1|KILLED|مقتل]] جندي")
    assert doc._.events[0].casualties == ()
    assert len(doc._.casualties) == 1


def test_places_are_the_exact_one_first_then_those_around_it(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] في [[l1|LOC|نوى]] ب[[l2|LOC|ريف درعا]] في [[l3|LOC|درعا]]، [[l4|LOC|سوريا]]\n"
        "---\nPLACE e1 l1\nLOCATED_IN l1 l2\nLOCATED_IN l2 l3\nLOCATED_IN l3 l4"
    )
    assert doc._.events[0].place_names == ("نوى", "ريف درعا", "درعا", "سوريا")


def test_a_place_that_is_hit_is_a_place_of_the_event(doc_of):
    doc = doc_of(
        "[[e1|SHELLING|قصف]] [[l1|LOC|سرمين]] ب[[l2|LOC|إدلب]]\n---\nTARGET e1 l1\nLOCATED_IN l1 l2"
    )
    assert doc._.events[0].place_names == ("سرمين", "إدلب")


def test_places_that_lie_in_each_other_do_not_go_on_for_ever(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] في [[l1|LOC|نوى]] و[[l2|LOC|درعا]]\n---\nPLACE e1 l1\nLOCATED_IN l1 l2\nLOCATED_IN l2 l1"
    )
    assert doc._.events[0].place_names == ("نوى", "درعا")


def test_mentions_of_one_incident_are_one_event(doc_of):
    doc = doc_of(
        "شن [[a1|ARMED|التنظيم]] [[e1|ATTACK|هجوماً]]. ووقع [[e2|ATTACK|الهجوم]] في [[l1|LOC|نوى]] [[d1|DATE|أمس]].\n"
        "---\nAGENT e1 a1\nPLACE e2 l1\nTIME e2 d1\nCOREF e2 e1"
    )
    [event] = doc._.events
    assert texts(event.mentions) == ["هجوماً", "الهجوم"]
    assert (texts(event.agents), event.place_names) == (["التنظيم"], ("نوى",))


def test_a_chain_of_mentions_is_one_event(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] ثم [[e2|CLASH|المعركة]] ثم [[e3|CLASH|المواجهات]]\n---\nCOREF e2 e1\nCOREF e3 e2"
    )
    assert [len(event.mentions) for event in doc._.events] == [3]


def test_an_event_has_the_kind_and_modality_of_its_first_mention(doc_of):
    doc = doc_of(
        "[[e1|ATTACK|هجوم]] أعقبه [[e2|CLASH|الاشتباك]]\n---\nCOREF e2 e1\nMODALITY e1 ALLEGED"
    )
    [event] = doc._.events
    assert (event.kind, event.modality) == ("ATTACK", "ALLEGED")


def test_a_place_named_at_two_mentions_is_listed_once_by_name(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] في [[l1|LOC|نوى]]. و[[e2|CLASH|الاشتباك]] في [[l2|LOC|نوى]]\n"
        "---\nPLACE e1 l1\nPLACE e2 l2\nCOREF e2 e1"
    )
    assert doc._.events[0].place_names == ("نوى",)


def test_one_toll_told_twice_joins_the_events_that_caused_it(doc_of):
    doc = doc_of(
        "[[e1|ATTACK|هجوم]] أوقع [[h1|KILLED|قتيلين]]. وكان [[e2|ATTACK|الهجوم]] أدى إلى [[h2|KILLED|مقتل]] اثنين\n"
        "---\nCAUSE h1 e1\nCAUSE h2 e2\nCOREF h2 h1"
    )
    assert [texts(event.mentions) for event in doc._.events] == [["هجوم", "الهجوم"]]


def test_events_come_in_the_order_of_their_first_mention(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] و[[e2|ATTACK|هجوم]] ثم [[e3|CLASH|الاشتباك]]\n---\nCOREF e3 e1"
    )
    assert [event.kind for event in doc._.events] == ["CLASH", "ATTACK"]


def test_the_source_of_a_toll_is_a_source_of_its_event(doc_of):
    doc = doc_of(
        "أوقع [[e1|CLASH|اشتباك]] [[h1|KILLED|قتلى]] بحسب [[o1|ORG|المرصد]]\n---\nCAUSE h1 e1\nSOURCE h1 o1"
    )
    assert texts(doc._.events[0].sources) == ["المرصد"]


# --- harm that no link explains --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("means", "kind"),
    [
        ("رصاص", "ATTACK"),
        ("عبوة ناسفة", "EXPLOSION"),
        ("قذائف الهاون", "SHELLING"),
        ("طائرة مسيّرة", "AIRSTRIKE"),
    ],
)
def test_harm_without_a_named_event_is_an_event_of_its_kind(doc_of, means, kind):
    doc = doc_of(
        f"[[h1|KILLED|قتل]] [[c1|COUNT|شخصان]] ب[[w1|WEAPON|{means}]] في [[l1|LOC|نوى]]\n"
        "---\nCOUNT h1 c1\nINSTRUMENT h1 w1\nPLACE h1 l1"
    )
    [event] = doc._.events
    assert (event.kind, texts(event.mentions), event.place_names) == (kind, ["قتل"], ("نوى",))
    assert event.killed == Toll(2, 2, 2)


def test_its_victims_are_the_targets(doc_of):
    doc = doc_of(
        "[[h1|KILLED|قتل]] [[a1|ARMED|مجهولون]] [[p1|PEOPLE|مزارعاً]]\n---\nAGENT h1 a1\nVICTIM h1 p1"
    )
    assert texts(doc._.events[0].targets) == ["مزارعاً"]


def test_a_natural_death_is_no_event(doc_of):
    assert doc_of("[[h1|KILLED|وفاة]] الوزير السابق")._.events == []


def test_a_sentence_that_goes_on_tells_the_harm_of_the_one_before(doc_of):
    doc = doc_of(
        "وقع [[e1|CLASH|اشتباك]] في البلدة. وبلغت الحصيلة [[c1|COUNT|9]] [[h1|KILLED|قتلى]]\n---\nCOUNT h1 c1"
    )
    assert doc._.events[0].killed == Toll(9, 9, 9)


def test_a_side_of_a_clash_is_on_one_side_only(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] بين [[a1|ARMED|الحوثيين]] و[[b1|ARMED|الجيش اليمني]]. وخاض [[b2|ARMED|الجيش اليمني]] [[e2|CLASH|الاشتباك]] "
        "ضد [[a2|ARMED|الحوثيين]]\n---\nAGENT e1 a1\nTARGET e1 b1\nAGENT e2 b2\nTARGET e2 a2\nCOREF e2 e1"
    )
    [event] = doc._.events
    assert texts(event.agents) == ["الحوثيين"] * 2
    assert texts(event.targets) == ["الجيش اليمني"] * 2


def test_two_tribes_are_two_sides(doc_of):
    """The register has one nameless actor for both."""
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] بين [[a1|ARMED|عشيرة الجاف]] و[[b1|ARMED|عشيرة زنكنه]] في [[l1|LOC|كلار]]\n"
        "---\nAGENT e1 a1\nTARGET e1 b1\nPLACE e1 l1"
    )
    [event] = doc._.events
    assert (texts(event.agents), texts(event.targets)) == (["عشيرة الجاف"], ["عشيرة زنكنه"])


def test_the_injured_of_a_toll_retold_have_its_cause(doc_of):
    doc = doc_of(
        "[[h1|KILLED|قتل]] [[c1|COUNT|7]] في [[e1|EXPLOSION|انفجار]] أمس. وأكد [[o1|ORG|المستشفى]] [[h2|KILLED|مقتل]] "
        "[[c2|COUNT|7]] و[[h3|INJURED|إصابة]] [[c3|COUNT|20]]\n"
        "---\nCAUSE h1 e1\nCOUNT h1 c1\nCOUNT h2 c2\nCOUNT h3 c3\nSOURCE h2 o1\nSOURCE h3 o1"
    )
    [event] = doc._.events
    assert (event.killed, event.injured) == (Toll(7, 7, 7), Toll(20, 20, 20))


def test_a_source_that_counts_otherwise_gives_a_rival_toll(doc_of):
    doc = doc_of(
        "أوقع [[e1|EXPLOSION|انفجار]] [[c1|COUNT|20]] [[h1|KILLED|قتيلا]]. وتحدث [[q1|PEOPLE|مصدر]] عن [[c2|COUNT|25]] [[h2|KILLED|قتيلا]]\n"
        "---\nCAUSE h1 e1\nCOUNT h1 c1\nCOUNT h2 c2\nSOURCE h2 q1"
    )
    [event] = doc._.events
    assert event.killed == Toll(20, 20, 25)
    assert [texts(c.sources) for c in event.casualties] == [[], ["مصدر"]]


# --- tolls ---------------------------------------------------------------------------------------


def test_tolls_of_different_people_add_up(doc_of):
    doc = doc_of(
        "أوقع [[e1|CLASH|اشتباك]] [[h1|KILLED|مقتل]] [[c1|COUNT|3]] جنود و[[h2|KILLED|مقتل]] [[c2|COUNT|ما لا يقل عن 4]] مدنيين\n"
        "---\nCAUSE h1 e1\nCAUSE h2 e1\nCOUNT h1 c1\nCOUNT h2 c2"
    )
    assert doc._.events[0].killed == Toll(7, 7, None)


def test_two_numbers_for_the_same_people_are_both_kept(doc_of):
    doc = doc_of(
        "أوقع [[e1|CLASH|اشتباك]] [[c1|COUNT|3]] [[h1|KILLED|قتلى]]، ثم قيل [[c2|COUNT|5]] [[h2|KILLED|قتلى]]\n"
        "---\nCAUSE h1 e1\nCAUSE h2 e1\nCOUNT h1 c1\nCOUNT h2 c2\nCOREF h2 h1"
    )
    [event] = doc._.events
    assert event.killed == Toll(3, 3, 5)
    assert event.casualties[1].rival_of.text == "قتلى"


def test_harm_that_is_only_feared_does_not_count(doc_of):
    doc = doc_of(
        "يهدد [[e1|ATTACK|هجوم]] ب[[h1|KILLED|مقتل]] [[c1|COUNT|مئات]]\n"
        "---\nCAUSE h1 e1\nCOUNT h1 c1\nMODALITY h1 PLANNED"
    )
    assert doc._.events[0].killed is None


def test_a_part_of_a_toll_is_kept_and_not_added(doc_of):
    doc = doc_of(
        "أوقع [[e1|SHELLING|قصف]] [[h1|KILLED|مقتل]] [[c1|COUNT|7]] [[p1|PEOPLE|مدنيين]] بينهم [[c2|COUNT|3]] [[p2|PEOPLE|أطفال]]\n"
        "---\nCAUSE h1 e1\nCOUNT h1 c1\nCOUNT h1 c2\nVICTIM h1 p1\nVICTIM h1 p2"
    )
    [event] = doc._.events
    [casualty] = event.casualties
    assert event.killed == Toll(7, 7, 7)
    assert [(part.count, part.group) for part in casualty.parts] == [(Count(3, 3), "children")]
    assert casualty.groups == ("civilians", "children")


# --- where and when ------------------------------------------------------------------------------


def test_an_event_has_its_day_and_its_place(doc_of):
    [event] = doc_of(RAID)._.events
    assert (event.when.iso, event.when.text) == ("2023-12-30", "أمس")
    assert (event.where.name, event.where.country) == ("سرمين", "SY")


def test_an_unknown_place_keeps_its_words(doc_of):
    [event] = doc_of("[[e1|CLASH|اشتباك]] في [[l1|LOC|خربة زقزوقة]]\n---\nPLACE e1 l1")._.events
    assert (event.where, event.place_names) == (None, ("خربة زقزوقة",))


def test_what_is_long_ago_is_background(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] [[d1|DATE|أمس]]، بعد [[e2|ATTACK|هجوم]] في [[d2|DATE|عام 2018]]\n"
        "---\nTIME e1 d1\nTIME e2 d2"
    )
    assert [event.background for event in doc._.events] == [False, True]


def test_the_id_comes_from_the_text_and_the_place_in_it(doc_of):
    first, again = doc_of(RAID)._.events[0], doc_of(RAID)._.events[0]
    other = doc_of(RAID.replace("أمس", "اليوم"))._.events[0]
    assert first.id == again.id != other.id


def test_confidence_is_that_of_the_links(doc_of):
    doc = doc_of(RAID)
    for row in doc._.relation_data:
        row["score"] = 0.5
    assert doc._.events[0].confidence == 0.5


@pytest.mark.parametrize("marked", ["", "كلمة", "لا [[l1|LOC|خبر]] هنا"])
def test_a_text_without_triggers_has_no_record(doc_of, marked):
    doc = doc_of(marked)
    assert (doc._.casualties, doc._.events) == ([], [])


def test_a_cause_that_is_no_longer_among_the_events_empties_nothing(doc_of):
    """Whoever filters `doc.spans["events"]` still gets the other records."""
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] و[[e2|ATTACK|هجوم]] أوقع [[h1|KILLED|قتيلين]]\n---\nCAUSE h1 e2"
    )
    doc.spans["events"] = [doc.spans["events"][0]]
    assert [event.kind for event in doc._.events] == ["CLASH"]
    assert [c.kind for c in doc._.casualties] == ["KILLED"]


def test_reading_the_records_changes_nothing_in_the_doc(doc_of):
    doc = doc_of(RAID)
    before = doc.to_bytes()
    assert doc._.events and doc._.casualties
    assert doc.to_bytes() == before


@pytest.mark.parametrize("label", scheme.EVENTS)
def test_every_kind_of_event_gives_an_event(doc_of, label):
    assert [event.kind for event in doc_of(f"وقع [[e1|{label}|حدث]]")._.events] == [label]


def test_an_event_has_a_toll_that_is_told_again_once(doc_of):
    doc = doc_of(
        "[[e1|ATTACK|هجوم]] أوقع [[h1|KILLED|قتيلين]]. و[[e2|ATTACK|الهجوم]] أدى إلى [[h2|KILLED|مقتل]] [[c1|COUNT|اثنين]]\n"
        "---\nCAUSE h1 e1\nCAUSE h2 e2\nCOREF h2 h1\nCOREF e2 e1\nCOUNT h2 c1\nNUM h1 2 2\nNUM c1 2 2"
    )
    [casualty] = doc._.events[0].casualties
    assert (casualty.count, texts(casualty.told_again)) == (Count(2, 2), ["مقتل"])


def test_tolls_that_differ_are_both_kept(doc_of):
    doc = doc_of(
        "[[e1|ATTACK|هجوم]] أوقع [[h1|KILLED|قتيلين]]. و[[e2|ATTACK|الهجوم]] أدى إلى [[h2|KILLED|مقتل]] [[c1|COUNT|خمسة]]\n"
        "---\nCAUSE h1 e1\nCAUSE h2 e2\nCOREF h2 h1\nCOREF e2 e1\nCOUNT h2 c1\nNUM h1 2 2\nNUM c1 5 5"
    )
    assert [c.count for c in doc._.events[0].casualties] == [Count(2, 2), Count(5, 5)]


def test_a_killing_and_its_own_harm_word_are_one_casualty(doc_of):
    doc = doc_of(
        "[[e1|KILLING|اغتيال]] [[p1|PER|سالم الحمد]] الذي [[h1|KILLED|قتل]] بالرصاص\n"
        "---\nTARGET e1 p1\nVICTIM h1 p1\nCAUSE h1 e1\nNUM h1 1 1"
    )
    [casualty] = doc._.events[0].casualties
    assert (casualty.kind, casualty.names) == ("KILLED", ("سالم الحمد",))
