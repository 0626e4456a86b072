"""Which mentions are one incident where COREF links are silent."""

import pytest

from sijill.knowledge.places import Place
from sijill.records.clusters import contains, same_place


def mentions(doc):
    return [[span.text for span in event.mentions] for event in doc._.events]


def test_a_headline_and_its_body_are_one_incident(doc_of):
    doc = doc_of(
        "[[e1|SHELLING|قصف]] على [[l1|LOC|سرمين]]\nتعرضت [[l2|LOC|سرمين]] ل[[e2|SHELLING|قصف مدفعي]]\n"
        "---\nTARGET e1 l1\nTARGET e2 l2"
    )
    assert mentions(doc) == [["قصف", "قصف مدفعي"]]


def test_a_summary_and_its_details_are_one_incident(doc_of):
    doc = doc_of(
        "وقع [[e1|EXPLOSION|انفجار]] في [[l1|LOC|عدن]] [[d1|DATE|أمس]]. وأصاب [[e2|EXPLOSION|انفجار]] [[l2|LOC|عدن]] [[d2|DATE|السبت]] حافلة\n"
        "---\nPLACE e1 l1\nTIME e1 d1\nPLACE e2 l2\nTIME e2 d2"
    )
    assert mentions(doc) == [["انفجار", "انفجار"]]


def test_a_definite_noun_takes_up_the_incident_before_it(doc_of):
    doc = doc_of(
        "وقع [[e1|ATTACK|هجوم]] في [[l1|LOC|نوى]]. واستمر [[e2|ATTACK|الهجوم]] ساعة\n---\nPLACE e1 l1"
    )
    assert mentions(doc) == [["هجوم", "الهجوم"]]


@pytest.mark.parametrize(
    ("why", "first", "second", "links"),
    [
        ("place", "[[l1|LOC|نوى]]", "[[l2|LOC|حلب]]", "PLACE e1 l1\nPLACE e2 l2"),
        ("day", "[[l1|DATE|أمس]]", "[[l2|DATE|الاثنين]]", "TIME e1 l1\nTIME e2 l2"),
        ("agent", "[[l1|ARMED|داعش]]", "[[l2|ARMED|حزب الله]]", "AGENT e1 l1\nAGENT e2 l2"),
    ],
)
def test_incidents_that_differ_stay_apart(doc_of, why, first, second, links):
    doc = doc_of(f"[[e1|ATTACK|هجوم]] {first}. وكان [[e2|ATTACK|الهجوم]] {second}\n---\n{links}")
    assert len(doc._.events) == 2


def test_incidents_of_a_round_up_stay_apart(doc_of):
    doc = doc_of(
        "[[e1|CLASH|اشتباك]] في [[l1|LOC|نوى]]، و[[e2|CLASH|اشتباك]] قرب الحدود\n---\nPLACE e1 l1"
    )
    assert len(doc._.events) == 2


def test_a_plan_is_not_what_happened(doc_of):
    doc = doc_of(
        "هدد ب[[e1|ATTACK|هجوم]] على [[l1|LOC|نوى]]. ثم وقع [[e2|ATTACK|الهجوم]] على [[l2|LOC|نوى]]\n"
        "---\nTARGET e1 l1\nTARGET e2 l2\nMODALITY e1 PLANNED"
    )
    assert [event.modality for event in doc._.events] == ["PLANNED", "ASSERTED"]


def test_whoever_is_not_known_may_be_anyone(doc_of):
    doc = doc_of(
        "شن [[a1|ARMED|ملثمون غرباء]] [[e1|ATTACK|هجوماً]]. وتبنى [[a2|ARMED|داعش]] [[e2|ATTACK|الهجوم]]\n---\nAGENT e1 a1\nAGENT e2 a2"
    )
    assert len(doc._.events) == 1


def test_a_link_does_not_join_what_happened_in_two_places(doc_of):
    doc = doc_of(
        "[[e1|SHELLING|قصف]] على [[l1|LOC|حلب]]، و[[e2|SHELLING|قصف]] على [[l2|LOC|عدن]]\n"
        "---\nTARGET e1 l1\nTARGET e2 l2\nCOREF e2 e1"
    )
    assert len(doc._.events) == 2


NAWA = Place("نوى", 32.89, 36.04, "SY", "درعا", "إزرع")
DARAA = Place("درعا", 32.9, 36.2, "SY", "درعا", precision="governorate")


def test_a_governorate_contains_its_towns():
    assert contains(DARAA, NAWA)
    assert not contains(NAWA, DARAA)


def test_a_country_contains_its_places_only():
    syria = Place("سوريا", 35, 38, "SY", precision="country")
    assert contains(syria, NAWA)
    assert not contains(syria, Place("عدن", 12.8, 45.0, "YE"))


def test_places_near_each_other_may_be_one():
    assert same_place(NAWA, Place("الشيخ سعد", 32.84, 36.03, "SY"))
    assert not same_place(NAWA, Place("إنخل", 33.02, 36.13, "SY"))


@pytest.mark.parametrize("another", ["آخر", "مماثل", "ثانٍ"])
def test_another_incident_is_another(doc_of, another):
    doc = doc_of(
        f"وقع [[e1|ATTACK|هجوم]] في [[l1|LOC|عدن]] [[d1|DATE|أمس]]. ثم وقع [[e2|ATTACK|هجوم]] {another} في [[l2|LOC|عدن]] "
        "[[d2|DATE|أمس]]\n---\nPLACE e1 l1\nTIME e1 d1\nPLACE e2 l2\nTIME e2 d2"
    )
    assert len(doc._.events) == 2


def test_another_person_is_no_other_incident(doc_of):
    doc = doc_of(
        "[[h1|KILLED|قتل]] [[p1|PEOPLE|شخص]] و[[h2|INJURED|أصيب]] [[p2|PEOPLE|آخر]] برصاص [[a1|ARMED|مجهولين]] في [[l1|LOC|نوى]] "
        "[[d1|DATE|أمس]]\n---\nVICTIM h1 p1\nVICTIM h2 p2\n"
        + "\n".join(
            f"{link} {h} {to}"
            for h in ("h1", "h2")
            for link, to in [("AGENT", "a1"), ("PLACE", "l1"), ("TIME", "d1")]
        )
    )
    assert mentions(doc) == [["قتل", "أصيب"]]


def test_a_first_paragraph_is_no_title(doc_of):
    doc = doc_of(
        "اندلعت [[e1|CLASH|اشتباكات]] بين [[a1|ARMED|الحوثيين]] والجيش.\nوبدأ [[a2|ARMED|الحوثيون]] [[e2|CLASH|معركة]] للثأر\n"
        "---\nAGENT e1 a1\nAGENT e2 a2"
    )
    assert len(doc._.events) == 2
