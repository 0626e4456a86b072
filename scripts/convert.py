"""Turn marked articles into spaCy's training format."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from sijill.annotation.corpus import check, to_docbin


def main(
    source: Annotated[Path, typer.Argument(help="Folder of marked articles.")],
    target: Annotated[Path, typer.Argument(help="The .spacy file to write.")],
) -> None:
    """Convert all articles of a folder.

    An article with faults is reported and left out; of one with a span on no token borders only that span is.
    """
    console = Console()
    sound, faults = check([source], keep_unaligned=True)
    for fault in faults:
        console.print(escape(str(fault)), style="red", soft_wrap=True, highlight=False)
    if not sound:
        console.print(f"{source}: no article without fault, nothing written", style="red")
        raise typer.Exit(1)
    target.parent.mkdir(parents=True, exist_ok=True)
    to_docbin(sound).to_disk(target)
    console.print(f"{target}: {len(sound)} articles; {len(faults)} faults reported")


if __name__ == "__main__":
    typer.run(main)
