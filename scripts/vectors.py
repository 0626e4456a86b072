"""Floret vectors for the tok2vec's static features: train them on unlabelled text, or unpack those that are kept.

Words are the tokenizer's, in their NORM: a proclitic, a diacritic or a hamza makes no other word.
"""

import lzma
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import spacy
import typer
from spacy.training.initialize import convert_vectors

from sijill.annotation.corpus import blank_pipeline

app = typer.Typer(no_args_is_help=True)


@app.command()
def train(
    texts: Annotated[list[Path], typer.Argument(help="Texts, xz, one paragraph a line.")],
    out: Annotated[Path, typer.Option(help="The table to write, floret's format, xz.")],
    dimensions: Annotated[int, typer.Option(help="Width of a vector.")] = 100,
    rows: Annotated[int, typer.Option(help="Rows of the hash table.")] = 20_000,
    epochs: Annotated[int, typer.Option(help="Passes over the text.")] = 5,
    threads: Annotated[int, typer.Option(help="Threads to train with.")] = 2,
) -> None:
    """Tokenize the texts and train skipgram vectors on them, two hashes for each subword of 3 to 5 letters."""
    import floret  # has no wheel for Python 3.13, and nothing else needs it

    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "norms.txt"
        with text.open("w", encoding="utf8") as file:
            file.writelines(line + "\n" for line in read_norms(texts))
        model = floret.train_unsupervised(
            str(text),
            model="skipgram",
            mode="floret",
            hashCount=2,
            bucket=rows,
            minn=3,
            maxn=5,
            minCount=5,
            dim=dimensions,
            epoch=epochs,
            thread=threads,
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.floret"
        model.save_floret_vectors(str(table))
        out.write_bytes(lzma.compress(table.read_bytes(), preset=9))


@app.command()
def unpack(
    table: Annotated[Path, typer.Argument(help="A table in floret's format, xz.")],
    out: Annotated[Path, typer.Argument(help="Folder for the vectors as spaCy reads them.")],
) -> None:
    """Turn a kept table into what a training config takes as vectors; words are looked up by their NORM."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "table.floret"
        plain.write_bytes(lzma.decompress(table.read_bytes()))
        nlp = spacy.blank("ar")
        convert_vectors(nlp, plain, truncate=0, prune=-1, mode="floret", attr="NORM")
        out.mkdir(parents=True, exist_ok=True)
        nlp.to_disk(out)


def read_norms(texts: list[Path]) -> Iterator[str]:
    """The NORMs of each paragraph of more than three tokens, joined by blanks."""
    nlp = blank_pipeline()
    for path in texts:
        with lzma.open(path, "rt", encoding="utf8") as file:
            for line in file:
                words = [t.norm_ for t in nlp.make_doc(line.strip()) if not t.is_space]
                if len(words) > 3:
                    yield " ".join(words)


if __name__ == "__main__":
    app()
