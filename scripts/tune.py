"""Choose the score that each relation needs, on the development set, and save it with the pipeline."""

from pathlib import Path
from typing import Annotated

import spacy
import typer
from spacy.tokens import DocBin
from spacy.training import Example


def main(
    model: Annotated[Path, typer.Argument(help="The trained pipeline; it is changed.")],
    dev: Annotated[Path, typer.Argument(help="The development set, a .spacy file.")],
) -> None:
    """Tune the thresholds of `relations`."""
    nlp = spacy.load(model)
    gold = list(DocBin(store_user_data=True).from_disk(dev).get_docs(nlp.vocab))
    predicted = nlp.pipe(doc.text for doc in gold)
    relations = nlp.get_pipe("relations")
    thresholds = relations.tune([Example(p, g) for p, g in zip(predicted, gold)])
    nlp.to_disk(model)
    for label, threshold in thresholds.items():
        print(f"{label:12} {threshold:.2f}")


if __name__ == "__main__":
    typer.run(main)
