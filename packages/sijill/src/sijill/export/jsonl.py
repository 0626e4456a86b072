"""JSON Lines: an article a line, complete. The one form that needs nothing else and that every tool reads."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from sijill.export.files import whole_file
from sijill.records.schema import ArticleRecord


@contextmanager
def writer(path: Path) -> Iterator[Callable[[ArticleRecord], None]]:
    """Write articles to a ``.jsonl`` file, or a ``.jsonl.gz`` one."""
    with ExitStack() as stack:
        part = stack.enter_context(whole_file(path))
        file = stack.enter_context(part.open("wb"))
        if path.suffix.lower() == ".gz":
            # Without name and time, so that the same records give the same file.
            zipped = gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0)
            file = stack.enter_context(zipped)

        def write(article: ArticleRecord) -> None:
            file.write(article.model_dump_json().encode("utf8") + b"\n")

        yield write


def open_lines(path: Path) -> IO[bytes]:
    """Open a file for reading, unpacked where its ending is ``.gz``."""
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")


def read(path: Path, report: Callable[[str], None] | None = None) -> Iterator[ArticleRecord]:
    """Read the articles back; empty lines are passed over.

    Args:
        report: takes what is wrong with a line that is no article, with file and line; such lines are then passed over.

    Raises:
        OSError: the file cannot be opened, or is no whole gzip file.
        ValueError: a line is no article and there is no ``report``; the message gives file and line.
    """
    with open_lines(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield ArticleRecord.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"]))
                what = f"{path}:{number}: no record of an article: {where} {first['msg']}"
                if report is None:
                    raise ValueError(what) from error
                report(what)
