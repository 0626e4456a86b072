"""Annotations apart from their text, for text that may not be given away.

A standoff file is a marked article without its text: front matter, a line ``---``, then a line for each span, link,
modality and value::

    ---
    id: JA-localNews-1042-20150611
    published: 2015-06-11
    length: 512
    sha1: 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
    ---
    SPAN e1 ATTACK 10 14
    AGENT e1 a1

Offsets count the characters of the text whose length and SHA-1 (of its UTF-8) the header gives. No word of it is there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from sijill.annotation.markup import (
    FENCE,
    Article,
    Fault,
    Mark,
    MarkupError,
    TailReader,
    parse_front_matter,
    read_utf8,
    tail_lines,
)

_SPAN = re.compile(r"SPAN ([A-Za-z0-9]+) ([A-Z_]+) (\d{1,9}) (\d{1,9})")


def sha1(text: str) -> str:
    """The SHA-1 of a text's UTF-8, as a standoff file's header gives it."""
    return hashlib.sha1(text.encode("utf8"), usedforsecurity=False).hexdigest()


def format_standoff(article: Article) -> str:
    """The article's annotation as a standoff file's content; `parse_standoff` with its text gives it back."""
    meta = {**article.meta, "length": str(len(article.text)), "sha1": sha1(article.text)}
    spans = sorted(article.spans, key=lambda span: span.start)
    out = [FENCE, *(f"{key}: {value}" for key, value in meta.items()), FENCE]
    out += [f"SPAN {span.id} {span.label} {span.start} {span.end}" for span in spans]
    return "\n".join([*out, *tail_lines(article)]) + "\n"


def parse_standoff(content: str, text: str, source: str = "article") -> tuple[Article, list[Fault]]:
    """Lay a standoff file's annotation over its text; returns the article, and the faults of its form.

    A text that is not the one annotated is a fault, and the article has no annotation then: offsets are never moved.
    """
    lines = content.replace("\r\n", "\n").lstrip("\ufeff").split("\n")
    meta, faults, body = _read_header(lines, source)
    length, digest = meta.pop("length", ""), meta.pop("sha1", "")
    if not faults and (length, digest) != (str(len(text)), sha1(text)):
        what = f"the text of {meta['id']} is not the one annotated: {len(text)} characters, not {length}"
        advice = "Take the release that the docs name, cleaned by `sijill.annotation.ant.clean`"
        faults.append(Fault(1, 1, what, advice, source))
    if faults:
        return Article(meta, text, source=source), faults
    reader = TailReader(source)
    numbered = list(enumerate(lines[body:], body + 1))
    for number, line in numbered:
        if line.startswith("SPAN "):
            _read_span(line, number, len(text), reader)
    for number, line in numbered:
        if not line.startswith("SPAN "):
            reader.read_tail_line(line, number)
    marks = tuple(reader.marks.values())
    for left, right in pairwise(sorted(marks, key=lambda mark: (mark.start, mark.end))):
        if right.start < left.end:
            where = reader.lines[right.id]
            what = f"{right.id} overlaps {left.id}"
            reader.faults.append(Fault(*where, what, "Spans are one flat layer: keep one", source))
    article = Article(meta, text, marks, tuple(reader.links), reader.lines, source)
    return article, reader.faults


def read_standoff(path: str | Path, texts: Mapping[str, str]) -> Article:
    """Read the article that a standoff file annotates; its text is that of ``texts`` under the file's name.

    Raises:
        MarkupError: the file is not UTF-8 or not in form, or the text is missing or another; its message lists the
            faults.
        OSError: the file cannot be opened.
    """
    path = Path(path)
    text = texts.get(path.stem)
    if text is None:
        advice = "Look whether the source is whole"
        raise MarkupError([Fault(1, 1, f"no text for {path.stem}", advice, str(path))])
    article, faults = parse_standoff(read_utf8(path), text, str(path))
    if faults:
        raise MarkupError(faults)
    return article


def _read_header(lines: list[str], source: str) -> tuple[dict[str, str], list[Fault], int]:
    """The front matter, its faults, and the index of the line after it."""
    fences = [i for i, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        what = "Begin the file with a line ---, the front matter and a second line ---"
        return {}, [Fault(1, 1, "no front matter", what, source)], 0
    meta, faults = parse_front_matter(lines[1 : fences[1]], source)
    faults += [
        Fault(1, 1, f"the front matter has no {key}", f"Add `{key}: …`", source)
        for key in ("length", "sha1")
        if not meta.get(key)
    ]
    return meta, faults, fences[1] + 1


def _read_span(line: str, number: int, length: int, reader: TailReader) -> None:
    match = _SPAN.fullmatch(line.strip())
    if not match:
        what = "Write `SPAN id LABEL start end`"
        reader.faults.append(Fault(number, 1, f"no span: {line!r}", what, reader.source))
        return
    start, end = int(match[3]), int(match[4])
    if not start < end <= length:
        what = f"{match[1]} lies outside the text or is empty: {start} to {end}"
        advice = f"The text has {length} characters"
        reader.faults.append(Fault(number, 1, what, advice, reader.source))
        return
    reader.add_mark(Mark(match[1], match[2], start, end), (number, 1))
