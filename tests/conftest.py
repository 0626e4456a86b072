"""Fixtures that all tests share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from sijill.annotation.corpus import blank_pipeline
from sijill.annotation.docs import article_to_doc
from sijill.annotation.markup import Article, parse_article

# What loads a transformer must find all of it on disk. Read when the Hugging Face libraries are first imported.
os.environ["HF_HUB_OFFLINE"] = "1"

FRONT_MATTER = "---\nid: example\npublished: 2023-12-31\n---\n"
"""What `article_of` and `doc_of` put before the markup: four lines, so that the text begins on line 5."""


@pytest.fixture(scope="session")
def nlp() -> Language:
    """An empty pipeline with Sijill's tokenizer."""
    return blank_pipeline()


@pytest.fixture(scope="session")
def article_of() -> Callable[[str], Article]:
    """Inline markup → article. Front matter is not needed, nor ``---`` where no link follows.

    A Sunday, 2023-12-31, is the day of publication.
    """

    def parse(marked: str) -> Article:
        if "\n---" not in marked:
            marked += "\n---"
        article, faults = parse_article(FRONT_MATTER + marked)
        assert not faults, "\n".join(map(str, faults))
        return article

    return parse


@pytest.fixture(scope="session")
def doc_of(nlp: Language, article_of: Callable[[str], Article]) -> Callable[[str], Doc]:
    """Inline markup → Doc with gold annotation; fails where the tokenizer cannot align a span."""

    def read(marked: str) -> Doc:
        doc, unaligned = article_to_doc(article_of(marked), nlp.make_doc)
        assert not unaligned, "\n".join(map(str, unaligned))
        return doc

    return read


@pytest.fixture(scope="session")
def encoder(tmp_path_factory) -> Path:
    """The folder of a tiny encoder of our own, hardly trained; skips where the extra ``trf`` is not installed."""
    pytest.importorskip("spacy_transformers")
    from scripts.encoder import pretrain, tokenizer

    folder = tmp_path_factory.mktemp("encoder")
    texts = [Path(__file__).parent.parent / "corpus/dev"]
    tokenizer(texts, folder, pieces=2000)
    pretrain(texts, folder, width=32, layers=2, heads=2, batch=2, max_steps=5)
    return folder
