"""Choose items of ANT, and carry their annotation between marked text and standoff files."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from sijill.annotation.ant import Item, read_items, read_texts
from sijill.annotation.corpus import read_articles
from sijill.annotation.markup import (
    STANDOFF_SUFFIX,
    Article,
    MarkupError,
    read_article,
    write_article,
)
from sijill.annotation.standoff import format_standoff
from sijill.text.orthography import fold

app = typer.Typer(no_args_is_help=True, help=__doc__)
Source = Annotated[Path, typer.Argument(help="ANT's repository folder, or an archive of it.")]

SEED = 2017
VIOLENT, OTHERS = 400, 50
SPLITS = {"train": 330, "dev": 60, "test": 60}
SHORTEST, LONGEST = 40, 400
"""Words of an item that is chosen."""
MIN_ACTS = 3
"""An item is on violence if it has so many different words of it, spellings and forms apart."""
ACTS = re.compile(
    r"\b[وفبل]?(?:ال)?(?:قتل\w*|مقتل\w*|قتيل\w*|استشهد\w*|استشهاد\w*|شهيد\w*|شهداء|جرح\w*|جريح\w*|اصيب\w*|اصابه|هجوم\w*"
    r"|هجمات|هاجم\w*|تفجير\w*|انفجار\w*|انفجر\w*|فجر نفسه|غاره|غارات|قصف\w*|اشتباك\w*|مواجهات|اعتقل\w*|اعتقال\w*|اغتيال\w*"
    r"|اغتال\w*|خطف\w*|اختطاف\w*|اختطف\w*|طعن\w*|دهس\w*|كمين|اعدام\w*|ذبح\w*|رهائن|اغتصاب|ايقاف|القبض|اطلاق نار"
    r"|اطلق النار|مجزره|انتحاري\w*|لغم|الغام)\b"
)
SHARED = 0.3
"""An item that shares more of its runs of four words with those before it is left out."""


def on_violence(item: Item) -> bool:
    """Whether an item names several acts of violence."""
    return len(set(ACTS.findall(fold(item.article)))) >= MIN_ACTS


def without_duplicates(items: Iterable[Item]) -> list[Item]:
    """The items that repeat no earlier one."""
    kept: list[Item] = []
    seen: set[tuple[str, ...]] = set()
    for item in items:
        words = fold(item.article).split()
        runs = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
        if sum(run in seen for run in runs) <= SHARED * len(runs):
            seen |= runs
            kept.append(item)
    return kept


def sample(items: list[Item], size: int, rng: random.Random) -> list[Item]:
    """So many items at random, from each category and third of length in proportion."""
    strata: dict[tuple[str, int], list[Item]] = defaultdict(list)
    by_length = sorted(items, key=lambda item: len(item.article))
    for rank, item in enumerate(by_length):
        strata[item.category, 3 * rank // len(items)].append(item)
    queue = []
    for members in strata.values():
        rng.shuffle(members)
        queue += [((k + rng.random()) / len(members), item) for k, item in enumerate(members)]
    return [item for _, item in sorted(queue, key=lambda pair: pair[0])[:size]]


def choose(items: Iterable[Item]) -> dict[str, list[Item]]:
    """The items to annotate, by split: violent ones and others in every split alike."""
    rng = random.Random(SEED)
    fitting = [i for i in items if SHORTEST <= len(i.article.split()) <= LONGEST]
    fitting = without_duplicates(fitting)
    violent = sample([i for i in fitting if on_violence(i)], VIOLENT, rng)
    others = sample([i for i in fitting if not on_violence(i)], OTHERS, rng)
    mixed = sorted(
        [
            ((k + 0.5) / len(part), item)
            for part in (violent, others)
            for k, item in enumerate(part)
        ],
        key=lambda pair: pair[0],
    )
    names = [name for name, size in SPLITS.items() for _ in range(size)]
    rng.shuffle(names)
    chosen: dict[str, list[Item]] = {name: [] for name in SPLITS}
    for name, (_, item) in zip(names, mixed):
        chosen[name].append(item)
    return chosen


def to_article(item: Item) -> Article:
    """An item as an article without annotation."""
    meta = {"id": item.docno, "published": item.published.isoformat(), "kind": item.category}
    return Article(meta, item.article)


@app.command("choose")
def choose_command(source: Source, out: Path) -> None:
    """Write the chosen items as articles without marks, a folder a split, for whoever annotates."""
    for split, items in choose(read_items(source)).items():
        (out / split).mkdir(parents=True, exist_ok=True)
        for item in items:
            write_article(to_article(item), out / split / f"{item.docno}.txt")


@app.command("standoff")
def standoff_command(source: Source, marked: Path, out: Path) -> None:
    """Turn marked articles into standoff files, if their text is the item's to the character; ends with 1 otherwise."""
    texts = read_texts(source)
    failed = 0
    for path in sorted(marked.rglob("*.txt")):
        try:
            article = read_article(path)
        except MarkupError as error:
            typer.echo(str(error))
            failed += 1
            continue
        if article.text != texts.get(article.id):
            typer.echo(
                f"{path}: its text is not that of ANT's {article.id}; annotate the text as given"
            )
            failed += 1
            continue
        target = out / path.parent.relative_to(marked) / f"{article.id}{STANDOFF_SUFFIX}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(format_standoff(article), "utf8")
    if failed or not any(marked.rglob("*.txt")):
        typer.echo(f"{failed} files failed" if failed else f"{marked}: no marked article")
        raise typer.Exit(1)


@app.command("markup")
def markup_command(source: Source, standoff: Path, out: Path) -> None:
    """Turn standoff files back into marked articles, to read and mend them; outside of the project's folder, please."""
    readable, faults = read_articles([standoff], read_texts(source))
    for fault in faults:
        typer.echo(str(fault))
    if not standoff.is_dir() or not readable:
        typer.echo(f"{standoff}: no folder with a standoff file that can be read")
        raise typer.Exit(1)
    for path, article in readable:
        target = out / path.parent.relative_to(standoff) / f"{path.stem}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        write_article(article, target)


if __name__ == "__main__":
    app()
