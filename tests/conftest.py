"""Fixtures that all tests share."""

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from sijill.annotation.corpus import blank_pipeline
from sijill.annotation.docs import article_to_doc
from sijill.annotation.markup import Article, parse_article

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
