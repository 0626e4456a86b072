"""The command line, `sijill`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape

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
    import spacy

    from sijill.display import casualty_table, event_table

    try:
        day = date.fromisoformat(published) if published else None
    except ValueError as error:
        what = f"--published {published}: no date. Write it as 2023-12-31."
        errors.print(escape(what), style="red")
        raise typer.Exit(1) from error
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        text = content.decode("utf8")
    except (OSError, UnicodeDecodeError) as error:
        errors.print(escape(f"{file}: cannot be read as UTF-8 text: {error}"), style="red")
        raise typer.Exit(1) from error
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as error:
        what = f"{model}: no pipeline that loads. Install its wheel or name a folder. {error}"
        errors.print(escape(what), style="red")
        raise typer.Exit(1) from error
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


if __name__ == "__main__":
    app()
