"""Compare two annotations of the same articles, as a Markdown table for the data card."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sijill.annotation.agreement import agreement
from sijill.annotation.corpus import read_articles


def main(
    first: Annotated[Path, typer.Argument(help="Folder of marked articles.")],
    second: Annotated[Path, typer.Argument(help="Folder of the same, annotated by another.")],
) -> None:
    """Print agreement by group and label over the articles that both folders hold."""
    sides = []
    for side in (first, second):
        readable, faults = read_articles([side])
        for fault in faults:
            print(fault, file=sys.stderr)
        sides.append({article.id: article for _, article in readable})
    shared = sorted(sides[0].keys() & sides[1].keys())
    if not shared:
        print(f"{first} and {second} share no article that can be read", file=sys.stderr)
        raise typer.Exit(1)
    try:
        rows = agreement((sides[0][key], sides[1][key]) for key in shared)
    except ValueError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    print(f"{len(shared)} articles\n\n| | first | second | both | F |\n|---|---|---|---|---|")
    for row in rows:
        f = "" if row.f is None else f"{100 * row.f:.1f}"
        print(f"| {row.label} | {row.first} | {row.second} | {row.both} | {f} |")


if __name__ == "__main__":
    typer.run(main)
