"""Records and tables on a terminal. Arabic cells are isolated and set to the right, so that each reads its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.markup import escape
from rich.table import Table
from spacy.tokens import Doc, Span

from sijill.knowledge.places import Place
from sijill.records.acled import explain
from sijill.records.schema import ArticleRecord

_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"


def arabic(text: str) -> str:
    """Arabic text as a cell that reads from right to left whatever stands around it; line ends become blanks."""
    return f"{_RIGHT_TO_LEFT}{escape(' '.join(text.split()))}{_END}" if text else ""


def join(spans: Iterable[Span]) -> str:
    """The words of spans as one cell, each wording once."""
    return arabic("، ".join(dict.fromkeys(span.text for span in spans)))


def number(count) -> str:
    """A `Count` as `6`, `6+`, `3-5`, `≤5` or `?`."""
    least, most = (None, None) if count is None else (count.minimum, count.maximum)
    if least is None and most is None:
        return "?"
    if least == most:
        return str(least)
    if most is None:
        return f"{least}+"
    return f"≤{most}" if least is None else f"{least}-{most}"


def event_table(doc: Doc) -> Table:
    """The events of a Doc, one under the other: what is known of each, a line a field."""
    table = Table(title="Events", show_lines=True, show_header=False)
    table.add_column("kind")
    table.add_column("fields", justify="right")
    for event in doc._.events:
        fields = [
            f"{join(getattr(event, name))}  {name[:-1] if name != 'mentions' else 'words'}"
            for name in (
                "mentions",
                "agents",
                "targets",
                "instruments",
                "places",
                "dates",
                "sources",
            )
            if getattr(event, name)
        ]
        if event.when is not None:
            fields.append(f"{event.when.iso}  when")
        if event.where is not None:
            fields.append(f"{place(event.where)}  where")
        harm = ", ".join(f"{c.kind.lower()} {number(c.count)}" for c in event.casualties)
        if harm:
            fields.append(f"{harm}  harm")
        told = [event.kind, event.modality.lower(), "background" if event.background else ""]
        table.add_row("\n".join(filter(None, told)), "\n".join(fields))
    return table


def place(found: Place) -> str:
    """A place as its name, country and coordinates, to about a kilometre."""
    return f"{arabic(found.name)} {found.country} {found.latitude:.2f} {found.longitude:.2f}"


def casualty_table(doc: Doc) -> Table:
    """The casualties of a Doc, a row each."""
    table = Table(title="Casualties")
    for name in ("kind", "how many", "modality"):
        table.add_column(name)
    for name in ("word", "victims", "cause", "sources"):
        table.add_column(name, justify="right")
    for c in doc._.casualties:
        cause = [c.cause] if c.cause is not None else []
        table.add_row(
            c.kind,
            number(c.count),
            c.modality.lower(),
            arabic(c.span.text),
            join(c.victims),
            join(cause),
            join(c.sources),
        )
    return table


def acled_decisions(record: ArticleRecord) -> Iterator[str]:
    """What ACLED makes of each event of an article, a line each: the row's type and why, or why it is none."""
    words = {event.id: event.mentions[0].text for event in record.events}
    for decision in explain(record):
        told = arabic("، ".join(words[event] for event in decision.events))
        row = decision.row
        what = f"{row.event_type}: {row.sub_event_type}" if row is not None else "no row"
        yield f"{escape(record.id)} {told} {what}: {escape(decision.reason)}"


def rows_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A plain table: the first column to the left, the others to the right."""
    table = Table(title=title)
    for i, name in enumerate(columns):
        table.add_column(name, justify="left" if i == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*map(escape, row))
    return table
