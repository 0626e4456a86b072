"""Write the corpus's figures into its data card, between the two marks that frame them."""

import re
from pathlib import Path
from typing import Annotated

import typer

from sijill.annotation.corpus import check
from sijill.annotation.markup import Article
from sijill.annotation.statistics import statistics

SPLITS = ("train", "dev", "test")
HEADINGS = {
    "size": "Size",
    "country": "Countries (ISO 3166)",
    "region": "Regions",
    "kind": "Kinds of article",
    "spelling": "Spelling",
    "year": "Years",
    "labels": "Labels",
    "links": "Links",
    "modalities": "Modality of events and harm words",
    "wordings": "Different wordings, spelling apart",
}
FRAME = re.compile(r"(<!-- figures: .*? -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def figures(corpus: Path) -> str:
    """The statistics of each split and of all together, as Markdown tables."""
    sides: list[list[Article]] = []
    for split in SPLITS:
        sound, faults = check([corpus / split], keep_unaligned=True)
        if faults or not sound:
            for fault in faults:
                typer.echo(str(fault))
            typer.echo(
                f"{corpus / split}: not sound, no figures written; see `sijill corpus check`"
            )
            raise typer.Exit(1)
        sides.append(sound)
    counts = [statistics(side) for side in sides]
    whole = statistics([article for side in sides for article in side])
    parts = []
    for name, heading in HEADINGS.items():
        rows = [
            f"| {key} | " + " | ".join(f"{side[name].get(key, 0):,}" for side in (*counts, whole))
            for key in whole[name]
        ]
        head = f"### {heading}\n\n| | {' | '.join(SPLITS)} | all |\n|---|---|---|---|---|\n"
        parts.append(head + "".join(f"{row} |\n" for row in rows))
    return "\n" + "\n".join(parts) + "\n"


def main(
    card: Annotated[Path, typer.Argument(help="The data card, beside train/, dev/ and test/.")],
    unchanged: Annotated[
        bool, typer.Option("--unchanged", help="Write nothing; end with 1 if it would change.")
    ] = False,
) -> None:
    """Renew the figures of a data card."""
    text = card.read_text("utf8")
    if not FRAME.search(text):
        typer.echo(
            f"{card}: no frame for the figures. Add a line <!-- figures: … --> and a line <!-- end of figures -->."
        )
        raise typer.Exit(1)
    renewed = FRAME.sub(lambda match: match[1] + figures(card.parent) + match[2], text)
    if unchanged and renewed != text:
        typer.echo(
            f"{card}: its figures are not those of the corpus. Run scripts/data_card.py {card}"
        )
        raise typer.Exit(1)
    if not unchanged:
        card.write_text(renewed, "utf8")


if __name__ == "__main__":
    typer.run(main)
