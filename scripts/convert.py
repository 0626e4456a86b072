"""Turn marked articles into spaCy's training format."""

import json
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.console import Console
from rich.markup import escape

from sijill.annotation.ant import first_texts
from sijill.annotation.corpus import check, to_docbin


def main(
    target: Annotated[Path, typer.Argument(help="The .spacy file to write.")],
    sources: Annotated[list[Path], typer.Argument(help="Folders of articles.")],
    ant: Annotated[
        Optional[list[Path]],
        typer.Option(
            help="Where ANT's text may be: a folder or an archive; the first that is there is read."
        ),
    ] = None,
) -> None:
    """Convert all articles of folders, and write beside the target what they were, as JSON.

    An article with faults is reported and left out; of one with a span on no token borders only that span is. Articles
    annotated by standoff are left out, and the output says so, where their text is not there.
    """
    console = Console()
    try:
        texts = first_texts(ant)
    except (OSError, ValueError) as error:
        console.print(escape(f"ANT cannot be read: {error}"), style="red", soft_wrap=True)
        raise typer.Exit(1) from error
    sound, faults = check(sources, keep_unaligned=True, texts=texts)
    for fault in faults:
        console.print(escape(str(fault)), style="red", soft_wrap=True, highlight=False)
    if not sound:
        console.print("no article without fault, nothing written", style="red")
        raise typer.Exit(1)
    target.parent.mkdir(parents=True, exist_ok=True)
    to_docbin(sound).to_disk(target)
    real = sum(article.is_standoff for article in sound)
    contents = {
        "invented articles": len(sound) - real,
        "real articles (ANT)": real,
        "words": sum(len(article.text.split()) for article in sound),
    }
    target.with_suffix(".json").write_text(json.dumps(contents, indent=1), "utf8")
    left_out = "" if texts is not None else "; ANT's text is not here, its articles are left out"
    console.print(f"{target}: {contents}; {len(faults)} faults reported{left_out}")


if __name__ == "__main__":
    typer.run(main)
