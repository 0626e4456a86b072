"""Our own encoder: its word pieces are those of the folded spelling, its blocks hold the text whole."""

import lzma
from pathlib import Path

import pytest

from sijill.annotation.corpus import read_articles
from sijill.text.orthography import fold

script = pytest.importorskip("scripts.encoder", reason="the extra trf is not installed")
transformers = pytest.importorskip("transformers")
DEV = Path(__file__).parent.parent.parent / "corpus/dev"


@pytest.fixture(scope="module")
def pieces(encoder):
    return transformers.AutoTokenizer.from_pretrained(encoder)


def test_the_saved_rules_spell_as_the_library_folds(nlp):
    folding = script.folding()
    words = {t.text for _, a in read_articles([DEV])[0] for t in nlp.make_doc(a.text)}
    words |= {"إِلَـــى", "مسؤولة", "٣٫٥", "۲۰۱٤", "ﻻ", "کردستان", "أُطلِق", "ABC", "ـ"}
    assert len(words) > 4000
    assert [w for w in words if folding.normalize_str(w) != fold(w)] == []


@pytest.mark.parametrize(
    ("written", "plain"),
    [("قُتِلَ", "قتل"), ("الـــجيش", "الجيش"), ("المسئولة", "المسؤوله"), ("٢٠١٤", "2014")],
)
def test_spellings_of_a_word_have_the_same_pieces(pieces, written, plain):
    assert pieces.tokenize(written) == pieces.tokenize(plain)


def test_letters_digits_and_signs_share_no_piece(pieces):
    assert pieces.tokenize('و5لـ"قصف🚀') == ["و", "5", "ل", '"', *pieces.tokenize("قصف"), "[UNK]"]


def test_the_encoder_is_one_that_transformers_loads(encoder):
    model = transformers.AutoModel.from_pretrained(encoder)
    assert (model.config.hidden_size, model.config.num_hidden_layers) == (32, 2)
    assert model.config.max_position_embeddings == script.MAX_PIECES


def test_blocks_hold_the_paragraphs_one_after_another(pieces):
    paragraph = "قتل ثلاثة مدنيين في قصف."
    ids = [*pieces(paragraph, add_special_tokens=False)["input_ids"], pieces.sep_token_id]
    blocks = script.make_blocks(pieces, iter([paragraph] * 200))
    inside = script.MAX_PIECES - 1
    assert blocks.shape == (len(ids) * 200 // inside, script.MAX_PIECES)
    assert set(blocks[:, 0].tolist()) == {pieces.cls_token_id}
    assert blocks[:, 1:].flatten().tolist() == (ids * 200)[: len(blocks) * inside]


def test_too_little_text_is_said_to_be_so(pieces):
    with pytest.raises(SystemExit, match="one block takes 511"):
        script.make_blocks(pieces, iter(["قصف"]))


def test_texts_are_folders_of_articles_and_files_of_paragraphs(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.txt").write_text(
        "---\nid: x\npublished: 2023-12-31\n---\nوقع [[e1|SHELLING|قصف]].\nثم هدوء.\n---\n", "utf8"
    )
    (tmp_path / "b.xz").write_bytes(lzma.compress("فقرة\n\nأخرى\n".encode()))
    found = list(script.read_paragraphs([tmp_path / "a", tmp_path / "b.xz"]))
    assert found == ["وقع قصف.", "ثم هدوء.", "فقرة", "أخرى"]
