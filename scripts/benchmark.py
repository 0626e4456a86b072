"""Measure how fast the tokenizer and a pipeline are, on one core, on a folder of marked articles."""

import time
from pathlib import Path
from typing import Annotated, Optional

import spacy
import typer

from sijill.annotation.corpus import blank_pipeline, read_articles


def main(
    folder: Annotated[Path, typer.Argument(help="Folder of marked articles.")],
    model: Annotated[Optional[str], typer.Argument(help="A pipeline's name or folder.")] = None,
    rounds: Annotated[int, typer.Option(help="How often to read the folder.")] = 3,
) -> None:
    """Print words a second, words being what blanks separate; the caches are warm."""
    texts = [article.text for _, article in read_articles([folder])[0]]
    words = rounds * sum(len(text.split()) for text in texts)
    stages = {"tokenizer": blank_pipeline()}
    if model is not None:
        stages[f"pipeline {model}"] = spacy.load(model)
    for name, nlp in stages.items():
        list(nlp.pipe(texts))
        start = time.perf_counter()
        for _ in range(rounds):
            list(nlp.pipe(texts))
        print(f"{name}: {words / (time.perf_counter() - start):,.0f} words a second")


if __name__ == "__main__":
    typer.run(main)
