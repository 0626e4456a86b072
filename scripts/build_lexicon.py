"""Make the tokenizer's lexicon: which stems Arabic text has, and how well each is attested.

python scripts/build_lexicon.py ../shared/text packages/sijill/src/sijill/text/data/lexicon.tsv
"""

import lzma
import math
import re
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from sijill.text.orthography import LETTERS, MARKS, TATWEEL, fold
from sijill.text.proclitics import Proclitics, Reading, unknown_weight

WORD = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]+")


def count_words(folder: Path) -> Counter[str]:
    """Count the folded words of every *.xz file in a folder."""
    written: Counter[str] = Counter()
    for path in sorted(folder.glob("*.xz")):
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                written.update(WORD.findall(line))
    counts: Counter[str] = Counter()
    for word, count in written.items():
        counts[fold(word)] += count
    return counts


def weigh_stems(counts: Counter[str], proclitics: Proclitics, rounds: int) -> Counter[str]:
    """Weigh every stem by the forms that are likely to be its own.

    Expectation maximisation over the readings of each distinct word. A word counts with the logarithm of its frequency,
    so that a stem of many forms beats a frequent string of one; and a word is no evidence for its own reading.
    """
    words: list[tuple[float, list[Reading]]] = [
        (math.log2(1 + count), proclitics.readings(word)) for word, count in counts.items()
    ]
    beliefs = [[1 / len(readings)] * len(readings) for _, readings in words]
    for last in range(rounds + 1):
        weights: Counter[str] = Counter()
        for (size, readings), belief in zip(words, beliefs):
            for reading, share in zip(readings, belief):
                weights[reading.stem] += size * share
        if last == rounds:
            break
        for position, (size, readings) in enumerate(words):
            if len(readings) > 1:
                scores = [
                    reading.share
                    * (
                        max(weights[reading.stem] - size * share, 0)
                        + size * unknown_weight(reading.stem)
                    )
                    for reading, share in zip(readings, beliefs[position])
                ]
                total = sum(scores)
                beliefs[position] = [score / total for score in scores]
    return weights


def main(
    folder: Annotated[Path, typer.Argument(help="Folder with *.txt.xz, one paragraph a line.")],
    output: Annotated[Path, typer.Argument(help="The table to write.")],
    least: Annotated[float, typer.Option(help="Leave out stems that weigh less.")] = 1.5,
    rounds: Annotated[int, typer.Option(help="Rounds of expectation maximisation.")] = 8,
) -> None:
    """Count the words of a folder of text and write the weight of each stem."""
    proclitics = Proclitics(exceptions=Proclitics.load_exceptions())
    weights = weigh_stems(count_words(folder), proclitics, rounds)
    rows = sorted((stem, weight) for stem, weight in weights.items() if weight >= least)
    output.write_text("".join(f"{stem}\t{weight:.0f}\n" for stem, weight in rows), encoding="utf8")
    print(f"{len(rows)} stems, {output.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    typer.run(main)
