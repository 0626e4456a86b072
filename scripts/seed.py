"""Count how many of a list of expected facts a pipeline finds in an article.

What an expectation file may say is written in seeds/README.md. Nothing here knows any article.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import spacy
import srsly
import typer
from rich.console import Console
from spacy.tokens import Doc, Span

from sijill.extensions import spans_of


@dataclass
class Reading:
    """A read article, with what assertions ask of it."""

    doc: Doc

    def find(self, wanted: dict[str, Any]) -> list[Span]:
        """Spans with one of the wanted labels that overlap the n-th place where the wanted text stands."""
        places = [m.span() for m in re.finditer(re.escape(wanted["text"]), self.doc.text)]
        nth = wanted.get("occurrence", 1)
        if nth > len(places):
            raise ValueError(
                f"{wanted['text']!r} stands {len(places)} times in the article, not {nth}"
            )
        start, end = places[nth - 1]
        labels = as_list(wanted["label"])
        return [
            s
            for s in spans_of(self.doc)
            if s.label_ in labels and s.start_char < end and s.end_char > start
        ]

    def holds(self, assertion: dict[str, Any]) -> bool:
        """Whether an assertion is true of the article as read."""
        kind = next((key for key in assertion if key in CHECKS), None)
        if kind is None:
            raise ValueError(f"no assertion: {assertion}. Known are {', '.join(CHECKS)}")
        return CHECKS[kind](self, assertion[kind], assertion)


def check_span(reading: Reading, wanted: dict, assertion: dict) -> bool:
    modalities = as_list(assertion.get("modality"))
    return any(
        (not modalities or span._.modality in modalities)
        and ("count" not in assertion or is_count(span._.count, assertion["count"]))
        for span in reading.find(wanted)
    )


def check_link(reading: Reading, wanted: dict, assertion: dict) -> bool:
    heads, tails = reading.find(wanted["head"]), reading.find(wanted["tail"])
    labels = as_list(wanted["label"])
    return any(
        r.label in labels and has(heads, r.head) and has(tails, r.tail)
        for r in reading.doc._.relations
    )


def check_no_link(reading: Reading, wanted: dict, assertion: dict) -> bool:
    return not check_link(reading, wanted, assertion)


def check_casualty(reading: Reading, wanted: dict, assertion: dict) -> bool:
    harms = reading.find(wanted["harm"])
    return any(
        has(harms, casualty.span)
        and casualty.kind == wanted["kind"]
        and ("count" not in wanted or is_count(casualty.count, wanted["count"]))
        and all(
            any(has(casualty.victims, span) for span in reading.find(victim))
            for victim in wanted.get("victims", ())
        )
        and set(wanted.get("names", ())) <= set(casualty.names)
        for casualty in reading.doc._.casualties
    )


def check_same_event(reading: Reading, wanted: list, assertion: dict) -> bool:
    groups = [reading.find(span) for span in wanted]
    return any(
        all(any(has(members, span) for span in group) for group in groups)
        for members in event_members(reading.doc)
    )


def check_different_event(reading: Reading, wanted: list, assertion: dict) -> bool:
    groups = [reading.find(span) for span in wanted]
    return all(groups) and not check_same_event(reading, wanted, assertion)


def check_any_of(reading: Reading, wanted: list, assertion: dict) -> bool:
    return any(reading.holds(one) for one in wanted)


CHECKS = {
    "span": check_span,
    "link": check_link,
    "no_link": check_no_link,
    "casualty": check_casualty,
    "same_event": check_same_event,
    "different_event": check_different_event,
    "any_of": check_any_of,
}


def event_members(doc: Doc) -> list[list[Span]]:
    """The words of each event: its mentions and those of its casualties."""
    return [
        [
            *event.mentions,
            *(
                span
                for c in event.casualties
                for span in (c.span, *c.told_again, *(part.span for part in c.parts))
            ),
        ]
        for event in doc._.events
    ]


def has(spans: Iterable[Span], wanted: Span) -> bool:
    return any(s.label == wanted.label and s.start == wanted.start for s in spans)


def is_count(count: Any, wanted: list) -> bool:
    return count is not None and [count.minimum, count.maximum] == list(wanted)


def as_list(value: Any) -> list:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def main(
    model: Annotated[str, typer.Argument(help="A pipeline's name or folder.")],
    article: Annotated[Path, typer.Argument(help="The article, plain text.")],
    expected: Annotated[Path, typer.Argument(help="What it should give, YAML.")],
) -> None:
    """Print each expected fact, found or not, and how many are found."""
    console = Console()
    expectation = srsly.read_yaml(expected)
    facts = expectation["facts"]
    reading = Reading(spacy.load(model)(article.read_text("utf8")))
    reading.doc._.published = expectation["published"]
    found = 0
    for fact in facts:
        failed = [one for one in fact["expect"] if not reading.holds(one)]
        found += not failed
        console.print(
            f"{'[green]found[/]' if not failed else '[red]not  [/]'} {fact['id']:>2}  {fact['fact']}"
        )
    console.print(f"{found} of {len(facts)} facts found")


if __name__ == "__main__":
    typer.run(main)
