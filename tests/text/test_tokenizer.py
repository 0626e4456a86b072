import pickle
import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from sijill.text.proclitics import Proclitics
from sijill.text.sentences import sentence_starts
from sijill.text.tokenizer import ArabicTokenizer

CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "sijill.ArabicTokenizer.v1"}}}
NLP = spacy.blank("ar", config=CONFIG)


def tokens(text):
    return [token.text for token in NLP(text)]


def sentences(text):
    return [sentence.text.strip() for sentence in NLP(text).sents]


WHOLE = """
في فيه فيها كان كانت لا لم لن كل بعد بين بعض كما لكن لكنه ليس فقط لما فيما بينما عما مما كأن سوف هل
له لها لهم به بها بهم لنا لديه لديها لدى كله كلها
وزارة وزير ولاية وكالة وفد وقف وقع وصل وضع وجد وافق واصل وسط وقت وثائق والد والده والدته والي وفاة وقود ولد
فصائل فصيل فرقة فريق فرع فتح فجر فقدان فلول فيلق فرار
كتائب كتيبة كبير كشف كمين كيلومتر كلية كاتم
لجنة لواء لغم لقاء لجأ لاجئين لاعب لحظة لقي ليلة
بلدة بيان بدأ بحث باتت بقي برنامج بلغ بطولة بنادق بيت
سيارة سيطرة ستة سنة سياسة سجن سلاح ستين سيد سأل
بشار بلال لبنان كركوك فلسطين سوريا بغداد وليد ليبيا بيروت كوباني سليمان فاروق وائل باريس بعقوبة سنجار واشنطن
كفرنبل كردستان فراس لؤي بوتين كيري بايدن لحود وسام
"""

SPLIT = """
و+قال و+أضاف و+في و+قد و+هو و+كان و+من و+لكن و+لم و+لا و+ما و+التي و+الذي و+إلى و+والده و+وزارة و+لبنان و+بشار
و+سوريا و+كتائب و+فصائل و+له و+لها و+به و+أن و+وصل و+ستة و+الله و+جرحى
ف+قال ف+إن ف+إنه ف+هو ف+قد ف+لم ف+كان ف+أصيب
ب+أن ب+ما ب+شكل ب+سبب ب+غارة ب+مدينة ب+الرصاص ب+قذائف ب+بغداد ب+سوريا ب+دمشق ب+ذلك ب+هذا ب+دون ب+الإضافة
ل+أن ل+أنه ل+ذلك ل+هذا ل+مدينة ل+تنظيم ل+سوريا ل+داعش ل+يكون ل+يصل ل+مدة ل+كل
ل+لنظام ل+لجيش ل+لقوات ل+لجنة ل+لتحالف ل+لأمن ل+ليبيا ل+لبنان ل+لحصول
ك+ذلك ك+هذا ك+جزء ك+رئيس ك+مراسل
س+يكون س+يتم س+تبدأ س+نعمل س+أقول
و+ب+غارة و+ب+مشاركة و+ب+حسب و+ب+أن و+ب+ذلك و+ل+لنظام و+ل+سوريا و+ل+ذلك و+ك+ذلك و+س+يتم
ف+ل+لنظام ف+ب+حسب ف+س+يكون
"""


@pytest.mark.parametrize("word", WHOLE.split())
def test_words_that_stay_whole(word):
    assert tokens(word) == [word]


@pytest.mark.parametrize("split", SPLIT.split())
def test_attached_proclitics(split):
    assert tokens(split.replace("+", "")) == split.split("+")


@pytest.mark.parametrize(
    "word, split",
    [
        ("وَقَالَ", ["وَ", "قَالَ"]),  # a mark stays with its letter
        ("وبـ", ["و", "بـ"]),
        ("لـتنظيم", ["لـ", "تنظيم"]),
        ("وﻻ", ["و", "ﻻ"]),
        ("ﻻ", ["ﻻ"]),  # a ligature cannot be split
    ],
)
def test_marks_and_ligatures(word, split):
    assert tokens(word) == split


@pytest.mark.parametrize(
    "text, split",
    [
        ("حلب،وقتل", "حلب ، و قتل"),
        ("القرية.وقال", "القرية . و قال"),
        ('اليوم".', 'اليوم " .'),
        ("حلب).", "حلب ) ."),
        ("قتيلاً.", "قتيلاً ."),
        ("2014.", "2014 ."),
        ("و5", "و 5"),
        ("الـ20", "الـ 20"),
        ("5كم", "5 كم"),
        ("١٢٠غارة", "١٢٠ غارة"),
        ('لـ"تنظيم الدولة"', 'لـ " تنظيم الدولة "'),
        ('وب"داعش"', 'و ب " داعش "'),
        ("“جيش الفتح”:", "“ جيش الفتح ” :"),
        ("و/أو", "و / أو"),
        ("لBBC", "ل BBC"),
        ("#سوريا_الآن", "# سوريا _ الآن"),
        ("3,500", "3,500"),
        ("3.5", "3.5"),
        ("٣٫٥", "٣٫٥"),
        ("3،500", "3،500"),
        ("2014،2015", "2014 ، 2015"),
        ("50%", "50 %"),
        ("2015/7/25", "2015/7/25"),
        ("2015-07-25", "2015-07-25"),
        ("2011-2015", "2011 - 2015"),
        ("12:30", "12:30"),
        ("أ.ف.ب", "أ.ف.ب"),
        ("https://example.com/a?b=1&c=2.", "https://example.com/a?b=1&c=2 ."),
        ("www.example.com،", "www.example.com ،"),
        ("example.com/article/4081664", "example.com/article/4081664"),
        ("info@example.org", "info@example.org"),
        ("قال...", "قال ..."),
        ("<b>حلب</b>", "< b > حلب < / b >"),
        ("👍🏽حلب", "👍🏽 حلب"),
    ],
)
def test_punctuation_and_figures(text, split):
    assert tokens(text) == split.split()


@pytest.mark.parametrize(
    "word, norms",
    [
        ("للنظام", ["ل", "النظام"]),
        ("وللنظام", ["و", "ل", "النظام"]),
        ("للجنة", ["ل", "اللجنه"]),
        ("للجان", ["ل", "اللجان"]),
        ("للأمم", ["ل", "الامم"]),
        ("لله", ["ل", "الله"]),
        ("للذين", ["ل", "الذين"]),
        ("لليبيا", ["ل", "ليبيا"]),
        ("للبنان", ["ل", "لبنان"]),
        ("لمدينة", ["ل", "مدينه"]),
        ("إِلَى", ["الي"]),
        ("لـ", ["ل"]),
        ("٣٫٥", ["3.5"]),
    ],
)
def test_norm(word, norms):
    assert [token.norm_ for token in NLP(word)] == norms


def test_whitespace_is_spacys():
    assert tokens("حلب  درعا") == ["حلب", " ", "درعا"]
    assert tokens(" حلب\n\nدرعا ") == [" ", "حلب", "\n\n", "درعا"]
    doc = NLP("حلب درعا ")
    assert [token.whitespace_ for token in doc] == [" ", " "]


@pytest.mark.parametrize(
    "expected",
    [
        ["قتل خمسة مدنيين.", "وأصيب آخرون."],
        ["هل تعود؟", "نعم!", "قال ذلك."],
        ["ماذا؟!", "لا أدري."],
        ["قتل في 2014.", "ثم عاد."],
        ["في مدينة (حلب).", "ثم عاد."],
        ['قال: "انتهى الأمر. سنعود غدا."', "ثم خرج."],
        ['قال "انتهى الأمر".', "ثم خرج."],
        ["قال «انتهى. سنعود» ثم خرج.", "وعاد."],
        ['وقال "تجمع أحرار حوران، إن فصائل قاتلت.', "ثم عاد."],  # never closed
        ["زار د. محمد الخالد المدينة.", "ثم عاد."],
        ["قال جورج و. بوش ذلك.", "ثم عاد."],
        ["نقلت أ.ف.ب عن مصدر.", "ثم عاد."],
        ["توفي سنة 1948 م.", "ثم عاد."],
        ["بلغت 3.5 ملايين.", "ثم عاد."],
        ["في 25.7.2015 قتل.", "ثم عاد."],
        ["انظر www.example.com اليوم.", "ثم عاد."],
        ["قال ... ثم صمت.", "وعاد."],
        ["1. قتل خمسة.", "2. أصيب ثلاثة."],
        ["قال: نعم!، ثم خرج.", "وعاد."],
    ],
)
def test_sentences(expected):
    assert sentences(" ".join(expected)) == expected


def test_a_missing_space_does_not_hide_a_sentence():
    assert sentences("قتل خمسة مدنيين.وأصيب آخرون.") == ["قتل خمسة مدنيين.", "وأصيب آخرون."]


def test_spelled_letters_of_a_foreign_name_stay_in_one_sentence():
    text = "قالت شركة (إس.إن.سي.بي) إن القطار تأخر.وعاد لاحقا."
    assert sentences(text) == ["قالت شركة (إس.إن.سي.بي) إن القطار تأخر.", "وعاد لاحقا."]


def test_one_stop_between_short_words_ends_a_sentence():
    assert sentences("لم ينج منه.ولم يعد.") == ["لم ينج منه.", "ولم يعد."]


def test_a_line_end_always_starts_a_sentence():
    text = "عنوان بلا نقطة\nقال (د.\nمحمد) «نعم\nلا»"
    assert sentences(text) == text.split("\n")


def test_whitespace_belongs_to_the_sentence_before():
    assert [sent.text for sent in NLP("\nأولا.  ثانيا.\n \nثالثا\n").sents] == [
        "\nأولا.  ",
        "ثانيا.\n \n",
        "ثالثا\n",
    ]
    assert [sent.text for sent in NLP("\n\n").sents] == ["\n\n"]


def test_sentence_starts_needs_no_doc():
    assert sentence_starts(["نعم", ".", "لا", "."], [False, True, False, False]) == [0, 2]
    assert sentence_starts([], []) == []


@pytest.mark.parametrize("text", ["", " ", "\n", "حلب", "."])
def test_small_texts(text):
    doc = NLP(text)
    assert doc.text == text
    assert doc.has_annotation("SENT_START")
    assert len(list(doc.sents)) == bool(text)


JUNK = (
    "\x00\x01\x1b\x7f\x85\xa0\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u0640\u064b\u0651\u0670"
    "وفبلكسالنظامةىءئ٠٣٫٬،؛؟.!?\"'«»“”()[]{}<>/\\:;-_=*~@#%&+09aZé中👍🏽👨‍👩‍👧🇸🇾 \n\t\r"
)


@given(st.text())
def test_any_text_comes_back(text):
    assert NLP.tokenizer(text).text == text


@given(st.text(alphabet=JUNK))
def test_arabic_junk_comes_back(text):
    doc = NLP.tokenizer(text)
    assert doc.text == text
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text


@given(st.binary())
def test_binary_junk_comes_back(data):
    text = data.decode("latin-1")
    assert NLP.tokenizer(text).text == text


@pytest.mark.parametrize(
    "unit",
    [
        "ا",
        "و",
        "ل",
        "a",
        "1",
        ".",
        "a.",
        "1.",
        "1/",
        "1،",
        "www.",
        "http://((",
        "a@",
        "ا.",
        "\u200f",
        "و\u200f",
        "\u0640",
    ]
    + ["\x00", "👍", "\u200d", '"', "«", "\n", " ", "\t", "<p>", "-", "١"],
)
def test_a_megabyte_without_a_space_is_quick(unit):
    text = unit * (1_000_000 // len(unit))
    start = time.perf_counter()
    assert NLP.tokenizer(text).text == text
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("text", ["\ud800", "حلب \udfff درعا"])
def test_a_lone_surrogate_is_an_error_that_says_so(text):
    with pytest.raises(ValueError, match="lone surrogate"):
        NLP(text)


def small():
    return Proclitics({"شار": 50}, ["ب+شر"])


def test_the_lexicon_decides():
    assert tokens("بشار") == ["بشار"]
    tokenizer = ArabicTokenizer(NLP.vocab, small())
    assert [token.text for token in tokenizer("بشار بشر")] == ["ب", "شار", "ب", "شر"]


def test_bytes_and_disk(tmp_path):
    tokenizer = ArabicTokenizer(NLP.vocab, small())
    tokenizer.to_disk(tmp_path / "tokenizer")
    for other in (
        ArabicTokenizer(NLP.vocab).from_bytes(tokenizer.to_bytes()),
        ArabicTokenizer(NLP.vocab).from_disk(tmp_path / "tokenizer"),
        pickle.loads(pickle.dumps(tokenizer)),
    ):
        assert [token.text for token in other("بشار")] == ["ب", "شار"]


def test_loading_forgets_what_was_cached():
    tokenizer = ArabicTokenizer(NLP.vocab)
    assert len(tokenizer("بشار")) == 1
    tokenizer.from_bytes(ArabicTokenizer(NLP.vocab, small()).to_bytes())
    assert len(tokenizer("بشار")) == 2


def test_a_pipeline_keeps_its_lexicon(tmp_path):
    nlp = spacy.blank("ar", config=CONFIG)
    nlp.tokenizer = ArabicTokenizer(nlp.vocab, small())
    nlp.to_disk(tmp_path / "model")
    for other in (
        spacy.load(tmp_path / "model"),
        spacy.blank("ar", config=CONFIG).from_bytes(nlp.to_bytes()),
    ):
        assert [token.text for token in other("بشار")] == ["ب", "شار"]
        assert [token.norm_ for token in other("للنظام إلى")] == ["ل", "النظام", "الي"]


def test_two_processes():
    texts = ["وبغارة للنظام في حلب.", "قتل بشار."]
    here = [[token.text for token in doc] for doc in NLP.pipe(texts)]
    assert [[token.text for token in doc] for doc in NLP.pipe(texts, n_process=2)] == here


def test_the_cache_is_bounded():
    tokenizer = ArabicTokenizer(NLP.vocab, cache_size=10)
    text = " ".join(f"كلمة{i}" for i in range(100))
    assert tokenizer(text).text == text
    assert len(tokenizer._cache) <= 10


def test_norms_and_sentences_survive_serialisation():
    doc = NLP("قال للنظام. ثم عاد.")
    copy = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert [token.norm_ for token in copy] == [token.norm_ for token in doc]
    assert [sent.start for sent in copy.sents] == [0, 4]
    (stored,) = DocBin(attrs=["NORM", "SENT_START"], docs=[doc]).get_docs(NLP.vocab)
    assert [token.norm_ for token in stored] == [token.norm_ for token in doc]
