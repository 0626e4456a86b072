"""How well a pipeline reads articles, against their annotation.

Everything is compared by character offsets in the text, so that no choice of tokens hides an error. Each score is given
twice: with borders exactly as annotated, and with the borders of both sides widened to whole words, which forgives a
proclitic or a bracket but not a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from sijill.annotation import scheme
from sijill.annotation.docs import article_to_doc
from sijill.annotation.markup import Article
from sijill.components.scorers import Tally, relation_keys
from sijill.extensions import annotated_value, span_key, spans_of
from sijill.records.scoring import score_records

_WORD = re.compile(r"[^\W_ـ]+(?:[\u064b-\u065fـ]+[^\W_ـ]*)*")
LAYERS = tuple(scheme.LAYERS)
_RECORD_ROWS = {
    "events": "records: kind, day and place",
    "incidents": "records: incidents, B³",
}


def evaluate(nlp: Language, articles: Sequence[Article], batch_size: int = 32) -> dict[str, Any]:
    """Run a pipeline over articles and score all it finds.

    Returns a dict that JSON can hold: ``exact`` and ``widened`` (borders), each with spans by layer
    (``ents``, ``events``, ``harms``, ``counts``), ``relations`` (links inside a sentence, end to end) and ``identity``
    (ALIAS and COREF), each with ``p``, ``r``, ``f`` and ``per_label``; ``relations_on_gold_spans`` and
    ``identity_on_gold_spans``; ``casualties`` (kind, least, most of each casualty, as a bag for each article;
    ``per_label`` has each kind); ``records`` (the fields of events, see `sijill.records.scoring`); ``modality``,
    ``numbers`` and ``days`` (share right of those whose span is right); ``articles``, ``words``.
    """
    docs = list(nlp.pipe((a.text for a in articles), batch_size=batch_size))
    for doc, article in zip(docs, articles):
        doc._.published = article.published
    gold_docs = [article_to_doc(article, nlp.make_doc)[0] for article in articles]
    scores: dict[str, Any] = {
        "articles": len(articles),
        "words": sum(len(a.text.split()) for a in articles),
    }
    for borders in ("exact", "widened"):
        scores[borders] = _score_borders(articles, docs, widen=borders == "widened")
    # What embeds the tokens must run as well: the relations only listen to it.
    scores["relations_on_gold_spans"] = _score_on_gold_spans(
        nlp, gold_docs, ("tok2vec", "transformer", "relations"), scheme.SENTENCE_LINKS
    )
    scores["identity_on_gold_spans"] = _score_on_gold_spans(
        nlp, gold_docs, ("coreference",), scheme.IDENTITY_LINKS
    )
    scores["casualties"] = _score_casualties(gold_docs, docs)
    scores["records"] = score_records(gold_docs, docs)
    scores["modality"] = _share_right(gold_docs, docs, scheme.TRIGGERS, lambda s: s._.modality)
    scores["numbers"] = _share_right(
        gold_docs, docs, scheme.COUNTS, lambda s: annotated_value(s) or _as_range(s._.count)
    )
    scores["days"] = _share_right(gold_docs, docs, ("DATE",), lambda s: s._.iso)
    return scores


def table(scores: dict[str, Any]) -> list[tuple[str, str, str, str, str, str]]:
    """The scores as rows for a table: what, P, R, F exactly, F by whole words, number of gold items."""
    rows = []

    def number(value: float | None) -> str:
        return "" if value is None else f"{100 * value:.1f}"

    for part in (*LAYERS, "relations", "identity"):
        exact, words = scores["exact"][part], scores["widened"][part]
        for label, score in [(part, exact), *exact["per_label"].items()]:
            wide = words if label == part else words["per_label"].get(label, {"f": None})
            name = label if label == part else f"  {label}"
            cells = (number(score[k]) for k in ("p", "r", "f"))
            rows.append((name, *cells, number(wide["f"]), str(score["gold"])))
    for part in ("relations_on_gold_spans", "identity_on_gold_spans", "casualties"):
        score = scores[part]
        kinds = score["per_label"] if part == "casualties" else {}
        for label, one in [(part.replace("_", " "), score), *kinds.items()]:
            name = f"  {label}" if label in kinds else label
            cells = (number(one[k]) for k in ("p", "r", "f"))
            rows.append((name, *cells, "", str(one["gold"])))
    for name, score in scores["records"].items():
        cells = (number(score[k]) for k in ("p", "r", "f"))
        rows.append((_RECORD_ROWS.get(name, f"  {name}"), *cells, "", str(score["gold"])))
    for part in ("modality", "numbers", "days"):
        share = scores[part]
        rows.append((f"{part} right, %", "", "", number(share["right"]), "", str(share["of"])))
    return rows


def widen_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both borders out to whole words; a span without a letter or digit stays as it is."""
    inside = [m.span() for m in _WORD.finditer(text, max(0, start - 60), end + 60)]
    touched = [(s, e) for s, e in inside if s < end and e > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def _score_borders(articles: Sequence[Article], docs: Sequence[Doc], widen: bool) -> dict[str, Any]:
    tallies = {name: Tally() for name in (*LAYERS, "relations", "identity")}
    for article, doc in zip(articles, docs):

        def place(start: int, end: int, text: str = article.text) -> tuple[int, int]:
            return widen_to_words(text, start, end) if widen else (start, end)

        gold = {m.id: (m.label, place(m.start, m.end)) for m in article.spans}
        predicted = {
            span_key(s): (s.label_, place(s.start_char, s.end_char)) for s in spans_of(doc)
        }
        for layer, labels in scheme.LAYERS.items():
            tallies[layer].add(
                (item for item in gold.values() if item[0] in labels),
                (item for item in predicted.values() if item[0] in labels),
            )
        gold_links = [(k.label, (gold[k.head], gold[k.tail])) for k in article.links]
        predicted_links = [
            (
                row["label"],
                tuple(
                    (row[f"{e}_label"], place(row[f"{e}_start"], row[f"{e}_end"]))
                    for e in ("head", "tail")
                ),
            )
            for row in doc._.relation_data
        ]
        for name, labels in (
            ("relations", scheme.SENTENCE_LINKS),
            ("identity", scheme.IDENTITY_LINKS),
        ):
            tallies[name].add(
                (item for item in gold_links if item[0] in labels),
                (item for item in predicted_links if item[0] in labels),
            )
    return {name: _as_dict(tally) for name, tally in tallies.items()}


def _score_on_gold_spans(
    nlp: Language, golds: Sequence[Doc], components: Sequence[str], links: Sequence[str]
) -> dict[str, Any]:
    """Score some links where the components that find them are given gold spans, and the other links."""
    tally = Tally()
    tests = [gold.copy() for gold in golds]
    for doc in tests:
        doc._.relation_data = [row for row in doc._.relation_data if row["label"] not in links]
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in components]):
        tests = list(nlp.pipe(tests))
    for gold, test in zip(golds, tests):
        tally.add(relation_keys(gold, links), relation_keys(test, links))
    return _as_dict(tally)


def _score_casualties(golds: Sequence[Doc], docs: Sequence[Doc]) -> dict[str, Any]:
    tally = Tally()
    for gold, doc in zip(golds, docs):
        tally.add(_casualty_items(gold), _casualty_items(doc))
    return _as_dict(tally)


def _casualty_items(doc: Doc) -> Iterable[tuple[str, Any]]:
    """Kind and number of each casualty; those alike are told apart by which of them it is."""
    alike: Counter[tuple[str, Any]] = Counter()
    for casualty in doc._.casualties:
        item = casualty.kind, _as_range(casualty.count)
        alike[item] += 1
        yield casualty.kind, (item[1], alike[item])


def _as_range(count) -> tuple[int | None, int | None] | None:
    return None if count is None else (count.minimum, count.maximum)


def _share_right(golds: Sequence[Doc], docs: Sequence[Doc], labels, value) -> dict[str, Any]:
    right = of = 0
    for gold, doc in zip(golds, docs):
        predicted = {span_key(s): s for s in spans_of(doc) if s.label_ in labels}
        for span in spans_of(gold):
            if span_key(span) in predicted:
                of += 1
                right += value(span) == value(predicted[span_key(span)])
    return {"right": right / of if of else None, "of": of}


def _as_dict(tally: Tally) -> dict[str, Any]:
    def one(score) -> dict[str, Any]:
        return {
            "p": float(score.precision),
            "r": float(score.recall),
            "f": float(score.fscore),
            "gold": score.tp + score.fn,
        }

    per_label = {label: one(score) for label, score in sorted(tally.per_label.items())}
    return {**one(tally.total()), "per_label": per_label}
