"""Articles as spaCy Docs and back, with spans, links, modality and values."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from spacy.tokens import Doc, Span

from sijill.annotation import scheme
from sijill.annotation.markup import Article, Fault, Link, Mark
from sijill.extensions import Relation, annotated_value, set_relations, span_key, spans_of

_META = "sijill.meta"
_ID_LETTER = {"ents": "n", "events": "e", "harms": "h", "counts": "c"}


def article_to_doc(
    article: Article, make_doc: Callable[[str], Doc], source: str = ""
) -> tuple[Doc, list[Fault]]:
    """Turn an article into a Doc with gold annotation.

    A span whose borders are no token borders cannot live on a Doc: it is reported, and its links with it.

    Args:
        make_doc: text to tokens, such as ``nlp.make_doc``.
        source: what the faults name, such as the path of the file.
    """
    doc = make_doc(article.text)
    doc._.article_id = article.id
    doc._.published = article.published
    doc.user_data[_META] = [[key, value] for key, value in article.meta.items()]
    found: dict[str, Span] = {}
    faults = []
    for mark in article.spans:
        modality = "" if mark.modality == scheme.ASSERTED else mark.modality
        span = doc.char_span(mark.start, mark.end, label=mark.label, span_id=modality)
        if span is None:
            line, column = article.lines.get(mark.id, (1, 1))
            near = doc.char_span(mark.start, mark.end, alignment_mode="expand")
            message = f"{mark.id} {article.words_of(mark)!r} does not lie on token borders"
            suggestion = f"The tokens there are {' | '.join(t.text for t in near or ())}"
            faults.append(Fault(line, column, message, suggestion, source or article.id))
        else:
            found[mark.id] = span
    in_order = sorted(found.values(), key=lambda s: s.start)
    doc.set_ents([s for s in in_order if s.label_ in scheme.ENTITIES])
    for layer in ("events", "harms", "counts"):
        doc.spans[layer] = [s for s in in_order if s.label_ in scheme.LAYERS[layer]]
    set_relations(
        doc,
        (
            Relation(link.label, found[link.head], found[link.tail])
            for link in article.links
            if link.head in found and link.tail in found
        ),
    )
    doc._.value_data = [
        _value_row(found[mark.id], mark.value)
        for mark in article.spans
        if mark.id in found and mark.value is not None
    ]
    return doc, faults


def doc_to_article(doc: Doc) -> Article:
    """Turn a Doc with annotation, gold or predicted, into an article. Spans get new ids in the order of the text."""
    numbers = {layer: count(1) for layer in _ID_LETTER}
    ids: dict[tuple[int, int, str], str] = {}
    marks = []
    for span in sorted(spans_of(doc), key=lambda s: (s.start, s.end)):
        layer = scheme.LAYER_OF.get(span.label_, "ents")
        ids[span_key(span)] = span_id = f"{_ID_LETTER[layer]}{next(numbers[layer])}"
        marks.append(
            Mark(
                span_id,
                span.label_,
                span.start_char,
                span.end_char,
                span._.modality,
                annotated_value(span),
            )
        )
    links = [
        Link(relation.label, ids[span_key(relation.head)], ids[span_key(relation.tail)])
        for relation in doc._.relations
        if span_key(relation.head) in ids and span_key(relation.tail) in ids
    ]
    meta = {key: value for key, value in doc.user_data.get(_META, [])}
    meta.setdefault("id", doc._.article_id)
    meta.setdefault("published", doc._.published_iso or "")
    return Article(meta, doc.text, tuple(marks), tuple(links))


def _value_row(span: Span, value) -> dict:
    iso = value if isinstance(value, str) else None
    least, most = (None, None) if iso is not None else value
    start, end, label = span_key(span)
    return {
        "start": start,
        "end": end,
        "label": label,
        "iso": iso,
        "minimum": least,
        "maximum": most,
    }
