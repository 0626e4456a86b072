"""Train floret vectors on unlabelled text, for the tok2vec's static features.

Words are the tokenizer's, in their NORM: a proclitic, a diacritic or a hamza makes no other word.
"""

import lzma
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import floret
import typer

from sijill.annotation.corpus import blank_pipeline


def main(
    texts: Annotated[list[Path], typer.Argument(help="Texts, xz, one paragraph a line.")],
    out: Annotated[Path, typer.Option(help="The table to write, in floret's format.")],
    dimensions: Annotated[int, typer.Option(help="Width of a vector.")] = 100,
    rows: Annotated[int, typer.Option(help="Rows of the hash table.")] = 20_000,
    epochs: Annotated[int, typer.Option(help="Passes over the text.")] = 5,
    threads: Annotated[int, typer.Option(help="Threads to train with.")] = 2,
) -> None:
    """Tokenize the texts and train skipgram vectors on them, two hashes for each subword of 3 to 5 letters."""
    with tempfile.NamedTemporaryFile("w", encoding="utf8", suffix=".txt") as file:
        for line in read_norms(texts):
            file.write(line + "\n")
        file.flush()
        model = floret.train_unsupervised(
            file.name,
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
    model.save_floret_vectors(str(out))


def read_norms(texts: list[Path]) -> Iterator[str]:
    nlp = blank_pipeline()
    for path in texts:
        with lzma.open(path, "rt", encoding="utf8") as file:
            for line in file:
                words = [t.norm_ for t in nlp.make_doc(line.strip()) if not t.is_space]
                if len(words) > 3:
                    yield " ".join(words)


if __name__ == "__main__":
    typer.run(main)
