"""List what a pipeline reads otherwise than marked articles say: spans by layer, or relations, each in its sentence.

On held-out articles these are the pipeline's errors; on those it has learnt, or a close kin of them has, look for errors of
annotation among them first.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple, Optional

import spacy
import typer
from rich.console import Console
from rich.markup import escape
from spacy.tokens import Doc

from sijill.annotation import scheme
from sijill.annotation.ant import first_texts
from sijill.annotation.corpus import read_articles
from sijill.annotation.docs import article_to_doc
from sijill.components.scorers import relation_keys
from sijill.display import arabic, rows_table
from sijill.extensions import span_key, spans_of

NONE = "—"
_CONTEXT = 60


class Error(NamedTuple):
    """Where annotation and pipeline differ: what each says (`NONE` where it says nothing), and the characters concerned."""

    annotated: str
    found: str
    start: int
    end: int


def main(
    model: Annotated[str, typer.Argument(help="A pipeline's folder or name.")],
    sources: Annotated[list[Path], typer.Argument(help="Marked articles or folders of them.")],
    layer: Annotated[
        str, typer.Option(help=f"{', '.join(scheme.LAYERS)} or relations.")
    ] = "events",
    ant: Annotated[
        Optional[list[Path]],
        typer.Option(help="Where ANT's text may be: a folder or an archive."),
    ] = None,
) -> None:
    """Print each error with the words around it, then how often each kind occurs."""
    console = Console(soft_wrap=True, highlight=False)
    if layer not in (*scheme.LAYERS, "relations"):
        raise typer.BadParameter(f"{layer}: no layer of the scheme", param_hint="--layer")
    nlp = spacy.load(model)
    articles, faults = read_articles(sources, first_texts(ant))
    for fault in faults:
        console.print(escape(str(fault)), style="red")
    kinds: Counter[tuple[str, str]] = Counter()
    for path, article in articles:
        gold = article_to_doc(article, nlp.make_doc)[0]
        found = nlp(article.text)
        errors = (
            relation_errors(gold, found)
            if layer == "relations"
            else span_errors(gold, found, layer)
        )
        for error in sorted(errors, key=lambda e: e.start):
            kinds[error.annotated.split(":")[0], error.found.split(":")[0]] += 1
            console.print(
                f"{escape(Path(path).stem)}  {escape(error.annotated)} → {escape(error.found)}  "
                f"{arabic(in_context(article.text, error))}"
            )
    rows = [(annotated, found, str(n)) for (annotated, found), n in kinds.most_common()]
    console.print(rows_table(f"{layer}: {kinds.total()}", ("annotated", "found", "times"), rows))


def span_errors(gold: Doc, found: Doc, layer: str) -> Iterator[Error]:
    """Spans of a layer that one has and the other has not; those that overlap are one error."""
    labels = scheme.LAYERS[layer]
    annotated, predicted = (
        {span_key(span) for span in spans_of(doc) if span.label_ in labels} for doc in (gold, found)
    )
    missed, false = sorted(annotated - predicted), sorted(predicted - annotated)
    touched = set()
    for start, end, label in missed:
        over = [other for other in false if other[0] < end and start < other[1]]
        touched.update(over)
        told = " + ".join(f"{name}:{found.text[s:e]}" for s, e, name in over)
        yield Error(label, told or NONE, start, end)
    for start, end, label in false:
        if (start, end, label) not in touched:
            yield Error(NONE, label, start, end)


def relation_errors(gold: Doc, found: Doc) -> Iterator[Error]:
    """Links inside a sentence that one has and the other has not, as they are scored."""
    annotated, predicted = (relation_keys(doc, scheme.SENTENCE_LINKS) for doc in (gold, found))
    for key in sorted(annotated ^ predicted):
        label, (head, tail) = key
        start, end = min(head[0], tail[0]), max(head[1], tail[1])
        told = f"{label}:{gold.text[head[0] : head[1]]}>{gold.text[tail[0] : tail[1]]}"
        yield Error(*((told, NONE) if key in annotated else (NONE, told)), start, end)


def in_context(text: str, error: Error) -> str:
    """The words concerned, between brackets, and some on either side."""
    before, after = text[max(0, error.start - _CONTEXT) : error.start], text[error.end :][:_CONTEXT]
    return f"{before}【{text[error.start : error.end]}】{after}"


if __name__ == "__main__":
    typer.run(main)
