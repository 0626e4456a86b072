"""Compare two annotations of the same articles, as a Markdown table for the data card."""

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
    sides = [
        {article.id: article for _, article in read_articles([side])[0]} for side in (first, second)
    ]
    shared = sorted(sides[0].keys() & sides[1].keys())
    rows = agreement((sides[0][key], sides[1][key]) for key in shared)
    print(f"{len(shared)} articles\n\n| | first | second | both | F |\n|---|---|---|---|---|")
    for row in rows:
        f = "" if row.f is None else f"{100 * row.f:.1f}"
        print(f"| {row.label} | {row.first} | {row.second} | {row.both} | {f} |")


if __name__ == "__main__":
    typer.run(main)
