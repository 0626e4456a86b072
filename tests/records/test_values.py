"""Days, places and actors of a Doc's spans."""

from datetime import date

from sijill.records import values


def by_text(doc):
    return {span.text: span for span in doc.ents}


def test_a_date_is_read_from_the_day_of_publication(doc_of):
    [span] = doc_of("[[d1|DATE|مساء السبت]]").ents
    assert span._.iso == "2023-12-30"


def test_the_day_of_publication_may_be_set_later(doc_of):
    doc = doc_of("[[d1|DATE|أمس]]")
    doc._.published = date(2020, 3, 1)
    assert doc.ents[0]._.iso == "2020-02-29"


def test_what_an_annotator_gave_counts(doc_of):
    doc = doc_of("[[d1|DATE|أمس]] و[[d2|DATE|اليوم]]\n---\nISO d1 2011-01-01\nISO d2 -")
    assert [span._.iso for span in doc.ents] == ["2011-01-01", None]


def test_a_date_takes_its_year_from_the_one_before(doc_of):
    doc = doc_of(
        "[[d1|DATE|عام 2015]] ثم [[d2|DATE|في اليوم التالي]] و[[d3|DATE|آذار من العام نفسه]]"
    )
    assert by_text(doc)["آذار من العام نفسه"]._.iso == "2015-03"


def test_a_place_is_chosen_by_what_it_lies_in(doc_of):
    syrian, libyan = (
        doc_of(f"[[l1|LOC|طرابلس]] في [[l2|LOC|{country}]]\n---\nLOCATED_IN l1 l2")
        for country in ("لبنان", "ليبيا")
    )
    assert [by_text(doc)["طرابلس"]._.place.country for doc in (syrian, libyan)] == ["LB", "LY"]


def test_the_words_before_a_place_tell_its_kind(doc_of):
    town, area = (doc_of(f"في {word} [[l1|LOC|درعا]]").ents[0] for word in ("مدينة", "محافظة"))
    assert (town._.place.precision, area._.place.precision) == ("place", "governorate")


def test_an_unknown_place_is_none(doc_of):
    assert doc_of("[[l1|LOC|خربة زقزوقة]]").ents[0]._.place is None


def test_the_army_is_that_of_the_country(doc_of):
    doc = doc_of("[[a1|ARMED|الجيش]] في [[l1|LOC|دمشق]]")
    assert doc.ents[0]._.actor.country == "SY"
    doc._.country = "IQ"
    assert doc.ents[0]._.actor.country == "IQ"


def test_an_alias_has_the_actor_of_the_name(doc_of):
    doc = doc_of("[[a1|ARMED|لواء الفجر المبين]] أو [[a2|ARMED|داعش]]\n---\nALIAS a2 a1")
    assert doc.ents[0]._.actor == doc.ents[1]._.actor != None  # noqa: E711


def test_other_spans_have_no_values(doc_of):
    [span] = doc_of("[[p1|PER|سالم الحسن]]").ents
    assert (span._.iso, span._.place, span._.actor) == (None, None, None)


def test_all_values_at_once_are_those_one_by_one(doc_of):
    doc = doc_of("قصف [[a1|ARMED|الجيش اليمني]] [[l1|LOC|عدن]] [[d1|DATE|أمس]]")
    found = values.values_of(doc)
    assert found == (
        values.dates_of(doc),
        values.places_of(doc),
        values.actors_of(doc),
        values.country_of(doc),
    )
    assert all(found)
