"""Score a pipeline on folders of marked articles."""

import json
from pathlib import Path
from typing import Annotated, Optional

import spacy
import typer
from rich.console import Console
from rich.markup import escape

from sijill.annotation.ant import first_texts
from sijill.annotation.corpus import read_articles
from sijill.display import rows_table
from sijill.evaluation import evaluate, table


def main(
    model: Annotated[str, typer.Argument(help="A pipeline's folder or name.")],
    folders: Annotated[list[Path], typer.Argument(help="Folders of marked articles.")],
    out: Annotated[Optional[Path], typer.Option(help="Folder for NAME.json of each.")] = None,
    ant: Annotated[
        Optional[list[Path]],
        typer.Option(
            help="Where ANT's text may be: a folder or an archive; the first that is there is read."
        ),
    ] = None,
) -> None:
    """Print one table for each folder, and write its scores as JSON. A folder that is not there is passed over."""
    console = Console(width=100)
    nlp = spacy.load(model)
    try:
        texts = first_texts(ant)
    except (OSError, ValueError) as error:
        console.print(escape(f"ANT cannot be read: {error}"), style="red", soft_wrap=True)
        raise typer.Exit(1) from error
    for folder in folders:
        name = name_of(folder)
        articles, faults = read_articles([folder], texts) if folder.exists() else ([], [])
        for fault in faults:
            console.print(escape(str(fault)), style="red", soft_wrap=True, highlight=False)
        if not articles:
            console.print(f"{folder}: no article that is here with its text, passed over")
            if out is not None:  # scores of an earlier pipeline must not enter the model card
                (out / f"{name}.json").unlink(missing_ok=True)
            continue
        scores = evaluate(nlp, [article for _, article in articles])
        title = f"{folder}: {scores['articles']} articles, {scores['words']:,} words"
        columns = ("", "P", "R", "F", "F, whole words", "gold")
        console.print(rows_table(title, columns, table(scores)))
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            path = out / f"{name}.json"
            path.write_text(json.dumps(scores, indent=1), encoding="utf8")
            console.print(f"written to {path}")


def name_of(folder: Path) -> str:
    """What a folder's scores are called: its path inside of the corpus, or its name."""
    parts = folder.parts
    inside = parts[parts.index("corpus") + 1 :] if "corpus" in parts else parts[-1:]
    return "-".join(inside)


if __name__ == "__main__":
    typer.run(main)
