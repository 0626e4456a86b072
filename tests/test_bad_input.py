"""Whatever a text holds, it comes back as given and nothing raises."""

from pathlib import Path

import pytest
import spacy
from spacy.training import Example
from thinc.api import Config, fix_random_seed

from sijill.annotation.docs import article_to_doc

CONFIG = Path(__file__).parent.parent / "configs" / "test" / "md.cfg"
ARTICLE = """[[h1|KILLED|قُتل]] [[c1|COUNT|3]] [[p1|PEOPLE|مدنيين]] جراء [[e1|SHELLING|قصف]] [[a1|ARMED|الجيش]] \
[[l1|LOC|سرمين]]. وتبنى [[a2|ARMED|قوات النظام]] [[e2|SHELLING|القصف]].
---
COUNT h1 c1
VICTIM h1 p1
CAUSE h1 e1
AGENT e1 a1
TARGET e1 l1
ALIAS a2 a1
COREF e2 e1"""

LONG = 200_000
TEXTS = {
    "empty": "",
    "one word": "هجوم",
    "one letter": "ه",
    "blank": " ",
    "only blanks": "   \t \u00a0\u2003 ",
    "only line ends": "\n\n\r\n\u2028\u0085",
    "NUL": "قتل\x00 ثلاثة\x00\x00 مدنيين",
    "control marks": "قتل\x01\x02\x07\x08 ثلاثة \x1b[31mمدنيين\x7f\x9f",
    "direction marks": "\u202bقتل\u202c \u2067ثلاثة\u2069 \u200fمدنيين\u200e\u061c \ufeffفي \u202eسرمين",
    "joiners": "قـــتل\u200c ثلا\u200dثة ـ ــ \u0640\u064b",
    "marks alone": "\u064b\u064c\u064d \u0651 \u0670",
    "emoji": "قتل 😀 ثلاثة 👩‍👩‍👧‍👦 مدنيين 🇸🇾🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️",
    "HTML": '<p class="a">قتل <b>3</b>&nbsp;مدنيين<br/></p><script>x="</p>"</script><!-- قصف -->',
    "our own markup": "[[h1|KILLED|قتل]] ]] [[ | ---\n---\nAGENT e1 a1",
    "not characters": "قتل \ufffe\uffff\U0010ffff \ufffd ثلاثة",
    "other scripts": "قتل three 三人 τρεις трое मदन ๓ 3٣۳",
    "marks piled up": "ق" + "\u0301" * 500 + " قتل",
    "punctuation": "!؟.،؛:\"'«»()[]{}…–—-_*/\\|~" * 20,
    "numbers": "٣٬٥٠٠ 3,500.75.2015/7/25-12:30 " + "9" * 400,
    "addresses": "https://example.org/" + "a/" * 300 + " user@example.org @name www.x.y",
}
LONG_TEXTS = {
    "one long word": "ا" * LONG,
    "a long word with proclitics": "وبال" * (LONG // 4),
    "letters and digits": "ب7" * (LONG // 2),
    "one long number": "9" * LONG,
    "full stops": "." * LONG,
    "quotation marks": '"' * LONG,
    "tatweel": "ـ" * LONG,
    "sentences without blanks": "قُتل3مدنيينجراءقصفالجيش." * (LONG // 24),
    "marks on marks": "ق" + "\u064b" * LONG,
    "emoji joined": "👩\u200d" * (LONG // 2),
    "line ends": "\n" * LONG,
}


@pytest.fixture(scope="module")
def pipeline(article_of):
    """The tiny twin of the real pipeline, trained until it finds something in anything."""
    fix_random_seed(0)
    pipeline = spacy.util.load_model_from_config(Config().from_disk(CONFIG), auto_fill=True)
    gold, _ = article_to_doc(article_of(ARTICLE), pipeline.make_doc)
    examples = [Example(pipeline.make_doc(gold.text), gold)]
    optimizer = pipeline.initialize(lambda: examples)
    optimizer.learn_rate = 0.02
    for _ in range(40):
        pipeline.update(examples, sgd=optimizer)
    return pipeline


def read_everything(doc):
    return doc._.relations, doc._.casualties, doc._.events, [s._.count for s in doc.spans["counts"]]


def test_the_pipeline_finds_something_at_all(pipeline, article_of):
    doc = pipeline(article_of(ARTICLE).text)
    assert doc.ents
    assert all(doc.spans[layer] for layer in ("events", "harms", "counts"))
    assert doc._.relations


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_any_text_comes_back_as_given(pipeline, text):
    doc = pipeline(text)
    read_everything(doc)
    assert doc.text == text


def test_a_batch_of_bad_texts_comes_back_as_given(pipeline):
    docs = list(pipeline.pipe(TEXTS.values(), batch_size=7))
    assert [doc.text for doc in docs] == list(TEXTS.values())


@pytest.mark.parametrize("name", ["one long word", "sentences without blanks", "full stops"])
def test_a_long_text_without_a_blank_comes_back_as_given(pipeline, name):
    text = LONG_TEXTS[name]
    doc = pipeline(text)
    read_everything(doc)
    assert doc.text == text


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS.keys())
def test_the_tokenizer_takes_a_megabyte_of_anything(nlp, text):
    megabyte = (text * 5)[:1_000_000]
    assert nlp.tokenizer(megabyte).text == megabyte


def test_a_pipeline_takes_a_megabyte(nlp):
    text = "a" * 2**20
    assert nlp(text).text == text


@pytest.mark.parametrize("text", ["\ud800", "قتل \udfff ثلاثة"])
def test_a_lone_surrogate_is_refused_by_name_and_place(pipeline, text):
    with pytest.raises(ValueError, match=r"lone surrogate at character \d"):
        pipeline(text)
