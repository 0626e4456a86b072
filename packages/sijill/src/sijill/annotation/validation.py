"""What the scheme asks of an article beyond its form: labels, borders, links, values."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from spacy.tokens import Doc

from sijill.annotation import scheme
from sijill.annotation.markup import Article, Fault, Link, Mark

_MARKS = r"\u064b-\u065f\u0670\u0640"
_LETTER = re.compile(rf"[^\W\d_]|[{_MARKS}]")
_WORD_START = re.compile(rf"(?:{_LETTER.pattern})*\Z")
_PROCLITICS = re.compile(rf"[وفبلكس{_MARKS}]*")
_PUNCTUATION = "،؛,;:.!؟?"
_ENCLOSED = re.compile(r'"[^"]*"|«[^»]*»|“[^”]*”|\([^)]*\)')


def validate(article: Article, doc: Doc, source: str = "") -> list[Fault]:
    """All faults of an article against the scheme, in the order of their lines; an empty list where it is sound.

    ``doc`` is the article's text with sentence starts; ``source`` is named in the faults.
    """
    faults = _Faults(article, source or article.id)
    sentences = [sent.start_char for sent in doc.sents] if len(doc) else []
    for span in article.spans:
        _check_span(article, span, faults)
        _check_sentence(article, span, sentences, faults)
    _check_overlap(article, faults)
    marks = article.by_id
    for link in article.links:
        _check_link(link, marks[link.head], marks[link.tail], sentences, faults)
    _check_values(article, faults)
    return sorted(faults.found, key=lambda fault: (fault.line, fault.column))


class _Faults:
    def __init__(self, article: Article, source: str):
        self.lines = article.lines
        self.source = source
        self.found: list[Fault] = []

    def add(self, key: str, message: str, suggestion: str) -> None:
        line, column = self.lines.get(key, (1, 1))
        self.found.append(Fault(line, column, message, suggestion, self.source))


def _check_span(article: Article, span: Mark, faults: _Faults) -> None:
    text, words = article.text, article.words_of(span)
    if span.label not in scheme.LABELS:
        faults.add(
            span.id, f"{span.id}: no label {span.label}", f"Known are {', '.join(scheme.LABELS)}"
        )
        return
    if not words.strip():
        faults.add(span.id, f"{span.id} is empty", "Take the mark away")
        return
    if words != words.strip():
        faults.add(span.id, f"{span.id} has outer blanks: {words!r}", "Leave them outside")
    if "\n" in words:
        faults.add(span.id, f"{span.id} reaches over a line end", "Mark each line's part by itself")
    if span.end < len(text) and _LETTER.match(text[span.end]) and _LETTER.match(words[-1]):
        faults.add(span.id, f"{span.id} ends inside a word: {words!r}", "Take the whole word")
    before = _WORD_START.search(text, max(0, span.start - 20), span.start)[0]
    if not _PROCLITICS.fullmatch(before) and _LETTER.match(words[0]):
        what = "Only و ف ب ل ك س may stand before a span without a blank"
        faults.add(span.id, f"{span.id} starts inside a word: {before + words!r}", what)
    for does, outer in (("starts", words[0]), ("ends", words[-1])):
        if outer in _PUNCTUATION or (outer in "\"'" and words.count(outer) < 2):
            faults.add(span.id, f"{span.id} {does} with {outer}", "Leave punctuation outside")
    if _ENCLOSED.fullmatch(words):
        what = "Leave quotes and brackets around a span outside"
        faults.add(span.id, f"{span.id} is enclosed: {words}", what)
    if words.startswith("لل") and span.label in ("ARMED", "ORG", "PEOPLE", "FAC"):
        faults.add(span.id, f"{span.id} takes ل in: {words!r}", "Of لل only the second ل is inside")
    if span.modality != scheme.ASSERTED and span.label not in scheme.TRIGGERS:
        faults.add(
            span.id, f"{span.id}: {span.label} has no modality", "Take the MODALITY line away"
        )


def _check_sentence(article: Article, span: Mark, sentences: list[int], faults: _Faults) -> None:
    """A span over a sentence's start could not be learnt; one over a line end is told already."""
    if "\n" in article.words_of(span) or span.start == span.end:
        return
    if bisect_right(sentences, span.start) != bisect_right(sentences, span.end - 1):
        what = "Mark a part of it, or mend where sentences start"
        faults.add(span.id, f"{span.id} reaches into the next sentence", what)


def _check_overlap(article: Article, faults: _Faults) -> None:
    ordered = sorted(article.spans, key=lambda s: (s.start, s.end))
    for left, right in zip(ordered, ordered[1:]):
        if right.start < left.end:
            faults.add(
                right.id, f"{right.id} overlaps {left.id}", "Spans are one flat layer: keep one"
            )


def _check_link(link: Link, head: Mark, tail: Mark, sentences: list[int], faults: _Faults) -> None:
    key = f"{link.label} {link.head} {link.tail}"
    if link.head == link.tail:
        faults.add(key, f"{key} links a span to itself", "Take it away")
    elif not scheme.allows(link.label, head.label, tail.label):
        allowed = ", ".join(scheme.links_between(head.label, tail.label)) or "none"
        message = f"{key}: {link.label} cannot go from {head.label} to {tail.label}"
        faults.add(key, message, f"Allowed between them: {allowed}")
    elif link.label in scheme.IDENTITY_LINKS:
        if head.start < tail.start:
            faults.add(key, f"{key} points forward", f"Write {link.label} {link.tail} {link.head}")
    elif bisect_right(sentences, head.start) != bisect_right(sentences, tail.start):
        faults.add(key, f"{key} leaves its sentence", "Only ALIAS and COREF may; take it away")


def _check_values(article: Article, faults: _Faults) -> None:
    counted = {link.head for link in article.links if link.label == "COUNT"}
    for span in article.spans:
        is_date, is_count = span.label in scheme.VALUES["ISO"], span.label in scheme.VALUES["NUM"]
        if span.value is None:
            if is_date:
                faults.add(span.id, f"{span.id} has no ISO line", f"Add `ISO {span.id} …`")
            elif span.label == "COUNT" or (is_count and span.id not in counted):
                faults.add(span.id, f"{span.id} has no NUM line", f"Add `NUM {span.id} least most`")
        elif isinstance(span.value, str):
            if not is_date:
                faults.add(
                    span.id, f"{span.id}: {span.label} has no ISO value", "Take the line away"
                )
            elif not _is_on_calendar(span.value):
                what = "Write a day, month or year that is, or a range with its first day first"
                faults.add(span.id, f"{span.id}: {span.value} is not on the calendar", what)
        else:
            least, most = span.value
            if not is_count:
                faults.add(
                    span.id, f"{span.id}: {span.label} has no NUM value", "Take the line away"
                )
            elif least is not None and most is not None and least > most:
                faults.add(
                    span.id, f"{span.id}: {least} is more than {most}", "Write the least first"
                )


def _is_on_calendar(iso: str) -> bool:
    """Whether a well-formed ISO value names days that there are, the first of a range first."""
    if iso == "-":
        return True
    try:
        days = [date.fromisoformat((part + "-01-01")[:10]) for part in iso.split("/")]
    except ValueError:
        return False
    return days == sorted(days)
