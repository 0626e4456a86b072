"""Augmented articles: other spellings, other names, and annotation that still says the same of them."""

import random
import re
from itertools import chain as joined
from pathlib import Path

import pytest
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

from sijill.annotation.augmenters import (
    RATES,
    create_chain,
    create_press_orthography_augmenter,
    create_swap_names_augmenter,
)
from sijill.annotation.corpus import to_docbin
from sijill.annotation.docs import doc_to_article
from sijill.annotation.markup import article_paths, read_article
from sijill.text.dates import read_date
from sijill.text.numbers import read_count

ROOT = Path(__file__).parents[2]
NO_CHANGES = dict.fromkeys(RATES, 0.0)
ALWAYS = 1e9  # a rate that no draw from the exponential distribution brings below one


@pytest.fixture(autouse=True)
def same_chance_every_time():
    random.seed(0)


@pytest.fixture(scope="module")
def example_of(nlp, doc_of):
    def example_of(marked: str, country: str = "SY") -> Example:
        doc = doc_of(marked)
        doc._.country = country
        return Example(nlp.make_doc(doc.text), doc)

    return example_of


@pytest.fixture(scope="module")
def corpus_examples(nlp):
    """Every thirtieth article of the training corpus."""
    articles = [read_article(path) for path in list(article_paths([ROOT / "corpus/train"]))[::30]]
    return [Example(nlp.make_doc(doc.text), doc) for doc in to_docbin(articles).get_docs(nlp.vocab)]


@pytest.fixture
def augmented(nlp, example_of):
    """Marked text → the article that an augmenter makes of it."""

    def augmented(augmenter, marked: str, country: str = "SY"):
        [new] = augmenter(nlp, example_of(marked, country))
        return doc_to_article(new.reference)

    return augmented


def words(article, label: str) -> list[str]:
    return [article.words_of(span) for span in article.spans if span.label == label]


# --- spelling ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("hamza", "أعلن [[p1|PER|أحمد]] إصابته", "اعلن احمد اصابته"),
        ("madda", "[[c1|COUNT|آلاف]]", "الاف"),
        ("teh_marbuta", "في [[l1|LOC|الرقة]] أمس", "في الرقه أمس"),
        ("heh", "قرب منزله.", "قرب منزلة."),
        ("alef_maksura", "[[h1|KILLED|قتلى]] في المشفى", "قتلي في المشفي"),
        ("yeh", "مدير [[f1|FAC|مشفى]] محلي", "مدير مشفى محلى"),
        ("blank_before_mark", "في [[l1|LOC|نوى]]، وفق", "في نوى ، وفق"),
        ("no_blank_after_mark", "في [[l1|LOC|نوى]]، وفق", "في نوى،وفق"),
        ("waw_apart", "[[h1|KILLED|قتلى]] و[[h2|INJURED|جرحى]]", "قتلى و جرحى"),
        ("diacritics", "شن [[e1|ATTACK|هجوماً]].", "شن هجوما."),
        ("digits", "مقتل [[c1|COUNT|12]] [[v1|PEOPLE|مدنياً]]", "مقتل ١٢ مدنياً"),
        ("digits", "مقتل [[c1|COUNT|١٢]] [[v1|PEOPLE|مدنياً]]", "مقتل 12 مدنياً"),
        ("digits", "سلاح من طراز M16", "سلاح من طراز M16"),
    ],
)
def test_spelling(augmented, kind, text, expected):
    augmenter = create_press_orthography_augmenter(1.0, {**NO_CHANGES, kind: ALWAYS})
    assert augmented(augmenter, text).text == expected


def test_tatweel_is_put_in(augmented):
    augmenter = create_press_orthography_augmenter(1.0, {**NO_CHANGES, "tatweel": ALWAYS})
    article = augmented(augmenter, "قرب [[l1|LOC|مسجد]]")
    assert article.text == "قـرب مـسـجد"
    assert words(article, "LOC") == ["مـسـجد"]


def test_quotation_marks_change_in_pairs(augmented):
    augmenter = create_press_orthography_augmenter(1.0, {**NO_CHANGES, "quotes": ALWAYS})
    found = {augmented(augmenter, 'صحيفة "[[o1|ORG|الوطن]]" قالت').text for _ in range(20)}
    assert found == {f"صحيفة {a}الوطن{b} قالت" for a, b in ('""', "«»", "“”")}


def test_an_unpaired_quotation_mark_stays(augmented):
    augmenter = create_press_orthography_augmenter(1.0, {**NO_CHANGES, "quotes": ALWAYS})
    assert augmented(augmenter, 'صحيفة "الوطن قالت').text == 'صحيفة "الوطن قالت'


def test_unknown_rates_are_refused():
    with pytest.raises(ValueError, match="hamzas"):
        create_press_orthography_augmenter(1.0, {"hamzas": 0.5})


# --- names ---------------------------------------------------------------------------------------


def test_a_surname_alone_gets_the_new_surname(augmented):
    text = "قال [[p1|PER|محمود خالد الزعبي]] إن [[p2|PER|الزعبي]] ورد على ل[[p3|PER|لزعبي]]."
    full, alone, after_l = words(augmented(create_swap_names_augmenter(1.0), text), "PER")
    assert full != "محمود خالد الزعبي"
    assert full.endswith(" " + alone)
    assert after_l == (alone[1:] if alone.startswith("ال") else alone)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("أبو محمد الشامي", "أبو .+"),
        ("أبي بكر الحلبي", "أبي .+"),
    ],
)
def test_a_kunya_stays_one(augmented, name, pattern):
    [new] = words(augmented(create_swap_names_augmenter(1.0), f"قال [[p1|PER|{name}]]"), "PER")
    assert new != name
    assert re.fullmatch(pattern, new)


def test_women_get_names_of_women(augmented):
    from sijill.annotation.augmenters import _people

    for _ in range(20):
        article = augmented(
            create_swap_names_augmenter(1.0), "قالت [[p1|PER|فاطمة]] [[p2|PER|الزعبي]]"
        )
        assert words(article, "PER")[0] in _people().names["arab", "female"]


def test_a_name_that_may_be_a_mans_or_a_womans_keeps_its_first_part(augmented):
    [new] = words(augmented(create_swap_names_augmenter(1.0), "قتلت [[p1|PER|فيبي الحلبي]]"), "PER")
    assert new.startswith("فيبي ")


@pytest.mark.parametrize("name", ["سوريا", "دمشق", "إدلب", "ريف إدلب الجنوبي", "مكان بلا اسم"])
def test_countries_governorates_and_unknown_places_stay(augmented, name):
    assert words(augmented(create_swap_names_augmenter(1.0), f"في [[l1|LOC|{name}]]"), "LOC") == [
        name
    ]


def test_towns_get_names_of_towns_of_the_same_country(augmented):
    from sijill.knowledge.gazetteer import Gazetteer

    text = "مدينة [[l1|LOC|نوى]] وبلدة [[l2|LOC|تسيل]] ثم [[l3|LOC|نوى]]"
    first, second, third = words(augmented(create_swap_names_augmenter(1.0), text), "LOC")
    assert first == third
    assert {first, second}.isdisjoint({"نوى", "تسيل"})
    assert Gazetteer.load().find(first, country="SY")[0].country == "SY"


def test_the_article_is_written_as_it_must_be_after_l(augmented):
    augmenter = create_swap_names_augmenter(1.0)
    for _ in range(20):
        article = augmented(augmenter, "قرب [[l2|LOC|الصنمين]] وصلوا ل[[l1|LOC|لصنمين]]")
        first, after_l = words(article, "LOC")
        assert after_l == (first[1:] if first.startswith("ال") else first)


@pytest.mark.parametrize(
    ("text", "label", "head"),
    [
        ("هاجمت [[a1|ARMED|حركة أحرار الشام]]", "ARMED", "حركة"),
        ("قالت [[o1|ORG|وزارة الصحة]]", "ORG", "وزارة"),
        ("ذكرت [[o1|ORG|وكالة سانا]]", "ORG", "وكالة"),
    ],
)
def test_groups_and_organisations_keep_their_class_noun(augmented, text, label, head):
    old = re.search(r"\|([^|]*)\]\]", text)[1]
    [new] = words(augmented(create_swap_names_augmenter(1.0), text), label)
    assert new != old
    assert new.split()[0] == head


@pytest.mark.parametrize("name", ["مسلحون مجهولون", "قوات النظام", "الجيش", "التنظيم", "داعش"])
def test_groups_that_are_only_described_stay(augmented, name):
    assert words(augmented(create_swap_names_augmenter(1.0), f"[[a1|ARMED|{name}]]"), "ARMED") == [
        name
    ]


def test_weapons_keep_gender_number_and_state(augmented):
    from sijill.annotation.augmenters import _alike

    [new] = words(
        augmented(create_swap_names_augmenter(1.0), "انفجرت [[w1|WEAPON|عبوة ناسفة]]"), "WEAPON"
    )
    assert new != "عبوة ناسفة"
    assert new in _alike("weapons.tsv", ("kind", "form"))["عبوه ناسفه"]


@pytest.mark.parametrize(
    ("old", "pattern"),
    [
        ("5", "[3-79]"),
        ("٥", "[٣-٧٩]"),
        ("خمسة", "ثلاثة|أربعة|خمسة|ستة|سبعة|تسعة"),
        ("خمسه", "ثلاثه|اربعه|خمسه|سته|سبعه|تسعه"),
        ("خمس", "ثلاث|أربع|خمس|ست|سبع|تسع"),
        ("خمسة عشر", "(ثلاثة|أربعة|خمسة|ستة|سبعة|تسعة) عشر"),
        ("نحو أربعين", "نحو (عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع)ين"),
        ("أكثر من 260", "أكثر من 2[2-9]0"),
        ("قتيلين", "قتيلين"),
        ("اثنين", "اثنين"),
        ("11", "11"),
        ("عشرات", "عشرات"),
    ],
)
def test_numbers_keep_the_form_that_the_noun_agrees_with(augmented, old, pattern):
    found = set()
    for _ in range(10):
        article = augmented(create_swap_names_augmenter(1.0), f"[[c1|COUNT|{old}]]")
        found.update(words(article, "COUNT"))
    assert all(re.fullmatch(pattern, new) for new in found)
    assert (len(found) > 1) == (pattern != old)


def test_the_value_of_a_number_is_that_of_its_new_words(augmented):
    for _ in range(10):
        article = augmented(
            create_swap_names_augmenter(1.0),
            "[[h1|KILLED|مقتل]] [[c1|COUNT|أكثر من 60]]\n---\nCOUNT h1 c1\nNUM c1 61 -",
        )
        [count] = [span for span in article.spans if span.label == "COUNT"]
        read = read_count(article.words_of(count))
        assert count.value == (read.minimum, None)


def test_numbers_that_others_are_reckoned_from_stay(augmented):
    text = (
        "من [[c1|COUNT|9]] [[v1|PEOPLE|مدنيين]] نجا 4 و[[h1|KILLED|قتل]] البقية\n---\n"
        "NUM c1 9 9\nNUM h1 5 5"
    )
    assert words(augmented(create_swap_names_augmenter(1.0), text), "COUNT") == ["9"]


@pytest.mark.parametrize(
    ("old", "iso", "pattern"),
    [
        ("مساء السبت", "2023-12-30", "مساء (الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)"),
        ("12 أيار/مايو 2016", "2016-05-12", r"12 [^/ ]+( [^/ ]+)?/\S+ 2016"),
        ("أمس السبت", "2023-12-30", "أمس السبت"),
        ("31 أيار 2016", "2016-05-31", "31 أيار 2016"),
        ("اليوم التالي", "2023-12-25", "اليوم التالي"),
    ],
)
def test_days_and_months_change_with_their_values(augmented, old, iso, pattern):
    found = set()
    for _ in range(10):
        article = augmented(
            create_swap_names_augmenter(1.0), f"[[d1|DATE|{old}]]\n---\nISO d1 {iso}"
        )
        [date] = article.spans
        found.add(article.words_of(date))
        assert re.fullmatch(pattern, article.words_of(date))
        if article.words_of(date) != old:
            assert date.value == read_date(article.words_of(date), article.published).iso
    assert (len(found) > 1) == (pattern != old)


def test_unknown_labels_are_refused():
    with pytest.raises(ValueError, match="FAC"):
        create_swap_names_augmenter(1.0, ["FAC"])


# --- annotation ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "augmenter",
    [
        create_press_orthography_augmenter(1.0, dict.fromkeys(RATES, 0.4)),
        create_swap_names_augmenter(1.0),
        create_chain(create_swap_names_augmenter(1.0), create_press_orthography_augmenter(1.0)),
    ],
    ids=["spelling", "names", "both"],
)
def test_annotation_says_the_same_of_the_new_text(nlp, corpus_examples, augmenter):
    changed = 0
    for example in corpus_examples:
        [new] = augmenter(nlp, example)
        changed += new is not example
        old_article, article = map(doc_to_article, (example.reference, new.reference))
        assert new.predicted.text == new.reference.text == article.text
        assert article.meta == old_article.meta
        assert [(s.id, s.label, s.modality) for s in article.spans] == [
            (s.id, s.label, s.modality) for s in old_article.spans
        ]
        assert set(article.links) == set(old_article.links)
        for span in joined(
            new.reference.ents, *(new.reference.spans[k] for k in new.reference.spans)
        ):
            assert new.text[span.start_char : span.end_char] == span.text
            assert not any(token.is_sent_start for token in span[1:])
            assert span.text == span.text.strip()
    assert changed > len(corpus_examples) / 2


def test_what_lies_between_the_names_stays(nlp, corpus_examples):
    def between(doc):
        article = doc_to_article(doc)
        borders = [0, *(b for s in article.spans for b in (s.start, s.end)), len(article.text)]
        return [article.text[a:b] for a, b in zip(borders[::2], borders[1::2])]

    for example in corpus_examples:
        [new] = create_swap_names_augmenter(1.0)(nlp, example)
        assert between(new.reference) == between(example.reference)


def test_level_zero_changes_nothing(nlp, corpus_examples):
    augmenter = create_chain(
        create_swap_names_augmenter(0.0), create_press_orthography_augmenter(0.0)
    )
    assert all(list(augmenter(nlp, example)) == [example] for example in corpus_examples)


def test_the_original_is_kept_if_asked_for(nlp, example_of):
    example = example_of("قال [[p1|PER|محمود الزعبي]]")
    first, second = create_swap_names_augmenter(1.0, keep_original=True)(nlp, example)
    assert first is example
    assert second.text != example.text


def test_an_article_that_has_nothing_to_change_passes_once(nlp, example_of):
    for text in ("", "قال", "!"):
        example = example_of(text)
        for augmenter in (
            create_swap_names_augmenter(1.0, keep_original=True),
            create_press_orthography_augmenter(1.0, NO_CHANGES, keep_original=True),
        ):
            assert list(augmenter(nlp, example)) == [example]


def test_layers_that_are_not_annotated_stay_so(nlp):
    doc = nlp.make_doc("أعلن أحمد")
    augmenter = create_press_orthography_augmenter(1.0, {**NO_CHANGES, "hamza": ALWAYS})
    [new] = augmenter(nlp, Example(nlp.make_doc(doc.text), doc))
    assert new.text == "اعلن احمد"
    assert not new.reference.spans
    assert not new.reference.has_annotation("ENT_IOB")


def test_the_same_seed_gives_the_same_article(nlp, corpus_examples):
    augmenter = create_chain(
        create_swap_names_augmenter(1.0), create_press_orthography_augmenter(1.0)
    )
    texts = []
    for _ in range(2):
        random.seed(5)
        texts.append([new.text for example in corpus_examples for new in augmenter(nlp, example)])
    assert texts[0] == texts[1]


# --- training ------------------------------------------------------------------------------------


def test_spacy_trains_with_the_block_of_the_docs(corpus_examples, tmp_path):
    path = tmp_path / "train.spacy"
    DocBin(
        attrs=["ORTH", "NORM", "ENT_IOB", "ENT_TYPE", "SENT_START"],
        docs=[example.reference for example in corpus_examples],
        store_user_data=True,
    ).to_disk(path)
    config = load_config(
        ROOT / "configs/test/md.cfg",
        overrides={"paths.train": str(path), "paths.dev": str(path), "training.max_steps": 2},
    )
    config["training"]["eval_frequency"] = 2
    config["corpora"]["train"]["augmenter"] = {
        "@augmenters": "sijill.chain.v1",
        "*": {
            "names": {"@augmenters": "sijill.swap_names.v1", "level": 0.5, "keep_original": True},
            "spelling": {
                "@augmenters": "sijill.press_orthography.v1",
                "level": 0.3,
                "rates": {"digits": 0.2},
            },
        },
    }
    nlp = init_nlp(config)
    train(nlp, tmp_path)
    assert (tmp_path / "model-last").exists()
