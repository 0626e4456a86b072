"""The command line, `sijill`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from spacy.language import Language

    from sijill.extract import Source
    from sijill.records.schema import ArticleRecord

app = typer.Typer(no_args_is_help=True, help="Arabic conflict reporting as records.")
corpus_app = typer.Typer(no_args_is_help=True, help="Marked articles: check and count them.")
app.add_typer(corpus_app, name="corpus")
console = Console()
errors = Console(stderr=True)

Paths = Annotated[list[Path], typer.Argument(help="Marked articles, or folders of them (*.txt).")]


Ant = Annotated[
    Optional[Path],
    typer.Option(
        help="ANT's folder or archive; with it, articles annotated by standoff (*.ann) are read too."
    ),
]


@corpus_app.command("check")
def corpus_check(
    paths: Paths,
    public_people: Annotated[
        Optional[Path],
        typer.Option(
            help="Full names that any number of articles may hold: a table, names first (TSV)."
        ),
    ] = None,
    ant: Ant = None,
) -> None:
    """Check marked articles against the scheme, and all together for what they repeat; ends with 1 if anything is wrong."""
    from sijill.annotation.corpus import check
    from sijill.annotation.variety import check_variety

    try:
        lines = public_people.read_text("utf8").splitlines() if public_people else []
    except (OSError, UnicodeDecodeError) as error:
        errors.print(escape(f"{public_people}: cannot be read as UTF-8: {error}"), style="red")
        raise typer.Exit(1) from error
    sound, faults = check(paths, texts=_texts(ant))
    names = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    # Real news repeats itself; only what is written here must not.
    repeated = check_variety([a for a in sound if not a.is_standoff], names)
    for fault in [*faults, *repeated]:
        errors.print(escape(str(fault)), soft_wrap=True, highlight=False)
    bad = len({fault.source for fault in faults})
    console.print(
        f"{len(sound)} articles are sound, {bad} are not ({len(faults)} faults); "
        f"{len(repeated)} repetitions over the limits."
    )
    if faults or repeated or not sound:
        raise typer.Exit(1)


@corpus_app.command("stats")
def corpus_stats(
    paths: Paths,
    against: Annotated[
        Optional[Path],
        typer.Option(help="Compare texture with the marked articles of this folder instead."),
    ] = None,
    ant: Ant = None,
) -> None:
    """Count what marked articles hold and how they are spread; articles with faults are left out and counted."""
    from sijill.annotation.corpus import check, read_articles
    from sijill.annotation.statistics import compare, statistics
    from sijill.display import rows_table

    texts = _texts(ant)
    sound, faults = check(paths, texts=texts)
    if not sound:
        errors.print("No article without fault here; see `sijill corpus check`.", style="red")
        raise typer.Exit(1)
    if against is None:
        for name, counts in statistics(sound).items():
            rows = [(key, f"{n:,}") for key, n in counts.items()]
            console.print(rows_table(name, ("", "number"), rows))
    else:
        others, unreadable = read_articles([against], texts)
        for fault in unreadable:
            errors.print(escape(str(fault)), soft_wrap=True, highlight=False)
        try:
            measures = compare(sound, [article for _, article in others])
        except ValueError as error:
            errors.print(escape(str(error)), style="red")
            raise typer.Exit(1) from error
        rows = [
            (m.name, f"{m.here:.1f}", f"{m.there:.1f}", "differs" if m.differs else "")
            for m in measures
        ]
        console.print(rows_table("texture", ("", "here", "there", ""), rows))
    if faults:
        bad = len({fault.source for fault in faults})
        errors.print(f"{bad} articles have faults and are left out; see `sijill corpus check`.")


def _texts(ant: Optional[Path]) -> Optional[dict[str, str]]:
    """The texts of ANT; ends with 1 where they cannot be read."""
    from sijill.annotation.ant import read_texts

    try:
        return None if ant is None else read_texts(ant)
    except (OSError, ValueError) as error:
        errors.print(escape(f"{ant}: cannot be read: {error}"), style="red")
        raise typer.Exit(1) from error


@app.command("read")
def read(
    file: Annotated[Path, typer.Argument(help="A plain text file, UTF-8; - for standard input.")],
    model: Annotated[
        str, typer.Option(help="An installed pipeline or its folder.")
    ] = "ar_sijill_md",
    published: Annotated[
        Optional[str], typer.Option(help="Date of publication, as 2023-12-31.")
    ] = None,
) -> None:
    """Read one article and show its records."""
    from sijill.display import casualty_table, event_table

    day = _day(published)
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        text = content.decode("utf8")
    except (OSError, UnicodeDecodeError) as error:
        errors.print(escape(f"{file}: cannot be read as UTF-8 text: {error}"), style="red")
        raise typer.Exit(1) from error
    nlp = _pipeline(model)
    try:
        doc = nlp(text)
    except ValueError as error:  # a text longer than the pipeline takes
        errors.print(escape(f"{file}: {error}"), style="red")
        raise typer.Exit(1) from error
    doc._.published = day
    for table, nothing in (
        (event_table(doc), "No event found."),
        (casualty_table(doc), "No casualty found."),
    ):
        console.print(table if table.row_count else nothing)


def _day(published: Optional[str]) -> Optional[date]:
    """The day that --published gives; ends with 1 where it is none."""
    try:
        return date.fromisoformat(published) if published else None
    except ValueError as error:
        what = f"--published {published}: no date. Write it as 2023-12-31."
        errors.print(escape(what), style="red")
        raise typer.Exit(1) from error


def _pipeline(model: str) -> Language:
    """The pipeline of that name; ends with 1 where none loads."""
    import spacy

    try:
        return spacy.load(model)
    except (OSError, ValueError) as error:
        what = f"{model}: no pipeline that loads. Install its wheel or name a folder. {error}"
        errors.print(escape(what), style="red")
        raise typer.Exit(1) from error


@app.command("extract")
def extract(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Plain texts (*.txt), an article each, or JSON Lines (*.jsonl, *.jsonl.gz) with text, and if told id, "
            "published and country; or folders of them. UTF-8."
        ),
    ],
    to: Annotated[
        list[Path],
        typer.Option(
            help="File to write, its form by its ending: .jsonl, .jsonl.gz, .parquet, .duckdb, .xlsx, .geojson, .csv, "
            ".acled.csv, .ucdp.csv or .hxl.csv. May be given several times."
        ),
    ],
    model: Annotated[
        str, typer.Option(help="An installed pipeline or its folder.")
    ] = "ar_sijill_md",
    published: Annotated[
        Optional[str],
        typer.Option(
            help="Date of publication of articles that do not tell theirs, as 2023-12-31."
        ),
    ] = None,
    country: Annotated[
        str,
        typer.Option(
            help="Country that articles are about that do not tell theirs, ISO 3166, as SY."
        ),
    ] = "",
    batch_size: Annotated[
        int, typer.Option(min=1, help="Articles that the pipeline takes at once.")
    ] = 64,
    processes: Annotated[
        int, typer.Option(min=1, help="Processes that share the pipeline's work.")
    ] = 1,
    explain: Annotated[
        bool, typer.Option(help="Tell of each event its ACLED row, or why it is none.")
    ] = False,
) -> None:
    """Read articles and write their records. What cannot be read is reported and skipped; ends with 1 if that is all, or where nothing can be written."""
    from sijill.export import form_of
    from sijill.extract import extract_records, find_files, read_country, read_sources

    skipped: list[str] = []

    def report(where: str, what: str) -> None:
        skipped.append(where)
        errors.print(escape(f"{where}: {what}"), soft_wrap=True, highlight=False)

    day = _day(published)
    try:
        country = read_country(country)
        for path in to:
            form_of(path)
    except ValueError as error:
        errors.print(escape(str(error)), style="red", soft_wrap=True)
        raise typer.Exit(1) from error
    found = find_files(files, report, leave_out=to)
    if not found:
        errors.print("No file of articles here.", style="red")
        raise typer.Exit(1)
    nlp = _pipeline(model)
    sources = read_sources(found, report, published=day, country=country, max_length=nlp.max_length)
    records = extract_records(nlp, sources, report, batch_size=batch_size, processes=processes)
    if explain:
        records = _explained(records)
    try:
        articles, events = _write_all(records, to, sum(file.size for file in found))
    except (OSError, ValueError, ImportError) as error:
        errors.print(escape(f"Nothing is written: {error}"), style="red", soft_wrap=True)
        raise typer.Exit(1) from error
    console.print(
        f"{articles:,} articles with {events:,} events written to {', '.join(map(str, to))}; "
        f"{len(skipped):,} skipped.",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )


def _explained(
    records: Iterable[tuple[ArticleRecord, Source]],
) -> Iterator[tuple[ArticleRecord, Source]]:
    """Pass records through, and print what ACLED makes of their events."""
    from sijill.display import acled_decisions

    for record, source in records:
        for line in acled_decisions(record):
            console.print(line, soft_wrap=True, highlight=False)
        yield record, source


def _write_all(
    records: Iterable[tuple[ArticleRecord, Source]], to: list[Path], size: int
) -> tuple[int, int]:
    """Write records to all files at once under a progress bar; how many articles and events they were."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from sijill.export import open_writer

    columns = ("{task.percentage:>3.0f}%", "{task.fields[articles]:,} articles")
    progress = Progress(
        BarColumn(),
        *map(TextColumn, columns),
        TimeRemainingColumn(),
        console=errors,
        disable=not errors.is_terminal,
    )
    articles = events = 0
    with ExitStack() as stack:
        writers = [stack.enter_context(open_writer(path)) for path in dict.fromkeys(to)]
        stack.enter_context(progress)
        task = progress.add_task("", total=size, articles=0)
        for record, source in records:
            for write in writers:
                write(record)
            articles += 1
            events += len(record.events)
            progress.update(task, completed=source.done, articles=articles)
        if not articles:
            raise ValueError("no article could be read")
    return articles, events


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of the records of an article."""
    import json

    from sijill.records.schema import ArticleRecord

    form = ArticleRecord.model_json_schema(mode="serialization")
    form = {"$schema": "https://json-schema.org/draft/2020-12/schema", **form}
    typer.echo(json.dumps(form, ensure_ascii=False, indent=2))


@app.command("link")
def link(
    records: Annotated[
        list[Path],
        typer.Argument(help="Records of articles (*.jsonl, *.jsonl.gz, *.parquet, *.duckdb)."),
    ],
    to: Annotated[Path, typer.Option(help="The file of incidents to write (*.jsonl).")],
) -> None:
    """Bring reports of one incident by several articles together; an incident a line. Lines that are no record are reported and skipped."""
    from sijill.export.files import whole_file
    from sijill.records.incidents import link_events

    counts = {"articles": 0, "broken": 0}
    try:
        incidents = link_events(_articles(records, counts))
        with whole_file(to) as part, part.open("w", encoding="utf8") as file:
            file.writelines(f"{incident.model_dump_json()}\n" for incident in incidents)
    except (OSError, EOFError, ValueError, ImportError) as error:
        errors.print(escape(f"cannot be read or written: {error}"), style="red", soft_wrap=True)
        raise typer.Exit(1) from error
    reports = sum(len(incident.reports) for incident in incidents)
    several = sum(len(incident.reports) > 1 for incident in incidents)
    console.print(
        f"{counts['articles']:,} articles, {counts['broken']:,} broken lines skipped; {reports:,} reports of "
        f"{len(incidents):,} incidents, {several:,} of them told by several articles.",
        soft_wrap=True,
    )
    if not counts["articles"]:
        raise typer.Exit(1)


def _articles(paths: list[Path], counts: dict[str, int]) -> Iterator[ArticleRecord]:
    """The articles of files; counts them and the lines of JSON that are none."""
    from sijill.export import jsonl, read_records

    def report(what: str) -> None:
        counts["broken"] += 1
        errors.print(escape(what), soft_wrap=True, highlight=False)

    for path in paths:
        tables = path.suffix.lower() in (".parquet", ".duckdb")
        for article in read_records(path) if tables else jsonl.read(path, report):
            counts["articles"] += 1
            yield article


if __name__ == "__main__":
    app()
