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
from sijill.text.proclitics import ARTICLE, FAMILY, Proclitics, Reading, relatives, unknown_weight

WORD = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]+")

# How often a stem has each proclitic in running text, against none.
RATES = {"و": 0.1, "ف": 0.015, "ب": 0.08, "ل": 0.07, "ك": 0.01, "س": 0.015}
RATES |= {c + p: share * RATES[p] for c, share in (("و", 0.1), ("ف", 0.03)) for p in "بلكس"}
# A fixed phrase (بمثابة) may make a form this much more frequent than its stem lets expect.
TOO_FREQUENT = 20


def worth(reading: Reading) -> float:
    """Return how far a form tells of its stem: و stands before anything, so وبشكل says little for a stem بشكل."""
    bare = reading.proclitics in ("و", "ف") and not reading.article
    return 0.3 if bare and reading.stem[0] in "بلكس" else 1.0


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


def weigh_stems(counts: Counter[str], proclitics: Proclitics, rounds: int) -> dict[str, float]:
    """Weigh every stem by the forms that are likely to be its own.

    Expectation maximisation over the readings of each distinct word. A word counts with the logarithm of its frequency,
    so that a stem of many forms beats a frequent string of one, and it is no evidence for its own reading. A reading
    that is far too frequent for its stem loses: بقي is no ب + قي, for قي is rare.
    """
    words: list[tuple[int, float, list[Reading]]] = [
        (count, math.log2(1 + count), proclitics.readings(word)) for word, count in counts.items()
    ]
    beliefs = [[1 / len(readings)] * len(readings) for _, _, readings in words]
    stems = {reading.stem for _, _, readings in words for reading in readings}
    families = {stem: [other for other in relatives(stem) if other in stems] for stem in stems}
    for turn in range(rounds + 1):
        weights = dict.fromkeys(stems, 0.0)
        tokens = dict.fromkeys(stems, 0.0)
        for (count, size, readings), belief in zip(words, beliefs):
            for reading, share in zip(readings, belief):
                weights[reading.stem] += size * share * worth(reading)
                tokens[reading.stem] += count * share
        if turn == rounds:
            break
        for position, (count, size, readings) in enumerate(words):
            if len(readings) == 1:
                continue
            scores = []
            for reading, share in zip(readings, beliefs[position]):
                stem = reading.stem
                known = max(
                    weights[stem] - size * share * worth(reading), 0
                ) + size * unknown_weight(stem)
                if turn and families[stem]:
                    known += FAMILY * max(weights[other] for other in families[stem])
                if turn and reading.proclitics:
                    expected = RATES[reading.proclitics] * (tokens[stem] - count * share + 0.5)
                    known *= min(1.0, TOO_FREQUENT * expected / count)
                scores.append(reading.share * proclitics.rarity(stem) * known)
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
    counts = count_words(folder)
    weights = weigh_stems(counts, proclitics, rounds)
    for word, count in counts.items():
        # Shows that a stem in ل takes the article, which the norm of للجنة (اللجنة) and لليبيا (ليبيا) depends on.
        if word.startswith(ARTICLE + "ل"):
            weights[word] = math.log2(1 + count)
    rows = sorted((stem, weight) for stem, weight in weights.items() if weight >= least)
    output.write_text("".join(f"{stem}\t{weight:.0f}\n" for stem, weight in rows), encoding="utf8")
    print(f"{len(rows)} stems, {output.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    typer.run(main)
