"""A corpus of marked articles: checked, and turned into spaCy's training format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import DocBin

from sijill.annotation.docs import article_to_doc
from sijill.annotation.markup import Article, Fault, MarkupError, article_paths, read_article
from sijill.annotation.standoff import read_standoff
from sijill.annotation.validation import validate


def blank_pipeline() -> Language:
    """An empty Arabic pipeline with Sijill's tokenizer."""
    tokenizer = {"@tokenizers": "sijill.ArabicTokenizer.v1"}
    return spacy.blank("ar", config={"nlp": {"tokenizer": tokenizer}})


def check(
    paths: Iterable[str | Path],
    *,
    keep_unaligned: bool = False,
    texts: Mapping[str, str] | None = None,
) -> tuple[list[Article], list[Fault]]:
    """Read all articles of files and folders and validate each.

    Returns the articles that are without fault, and all faults. A file that cannot be read is reported like any other
    fault, and the next one is read.

    Args:
        keep_unaligned: count an article as sound although some span lies on no token borders; it is reported all the
            same.
        texts: see `read_articles`.
    """
    nlp = blank_pipeline()
    sound: list[Article] = []
    seen: dict[str, Path] = {}
    readable, faults = read_articles(paths, texts)
    for path, article in readable:
        doc, unaligned = article_to_doc(article, nlp.make_doc, source=str(path))
        found = validate(article, doc, source=str(path))
        if article.id in seen:
            what = f"the id {article.id} is also that of {seen[article.id]}"
            found.append(Fault(1, 1, what, "Give each article its own", str(path)))
        seen.setdefault(article.id, path)
        faults += unaligned + found
        if not found and (keep_unaligned or not unaligned):
            sound.append(article)
    return sound, faults


def read_articles(
    paths: Iterable[str | Path], texts: Mapping[str, str] | None = None
) -> tuple[list[tuple[Path, Article]], list[Fault]]:
    """Read all articles of files and folders as they stand, whatever the scheme says of them.

    A file that cannot be read is left out, its faults are returned, and the next one is read.

    Args:
        texts: article ids → texts, for standoff files. Without it they are passed over; with it, one whose text is
            missing or is not the one annotated is a fault.
    """
    paths = list(paths)
    readable: list[tuple[Path, Article]] = []
    faults: list[Fault] = []
    files = [(path, read_article) for path in article_paths(paths)]
    if texts is not None:
        read = partial(read_standoff, texts=texts)
        files += [(path, read) for path in article_paths(paths, standoff=True)]
    for path, read_file in files:
        try:
            readable.append((path, read_file(path)))
        except MarkupError as error:
            faults += error.faults
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            faults.append(Fault(1, 1, what, "Look at the path", str(path)))
    return readable, faults


def to_docbin(articles: Iterable[Article]) -> DocBin:
    """Articles as a DocBin with gold annotation, for `spacy.Corpus`.

    A span that lies on no token borders is left out, with its links; `check` reports it.
    """
    nlp = blank_pipeline()
    docbin = DocBin(
        attrs=["ORTH", "NORM", "ENT_IOB", "ENT_TYPE", "SENT_START"], store_user_data=True
    )
    for article in articles:
        docbin.add(article_to_doc(article, nlp.make_doc)[0])
    return docbin
