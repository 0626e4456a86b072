"""Measure numbers, dates, places and actors by themselves: how many are right on marked articles, and how fast they are."""

import csv
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Optional

import typer
from spacy.tokens import Doc

from sijill.annotation.ant import first_texts
from sijill.annotation.corpus import blank_pipeline, read_articles
from sijill.annotation.docs import article_to_doc
from sijill.annotation.markup import Article
from sijill.knowledge import actors, places
from sijill.records.values import actors_of, places_of
from sijill.text.dates import DateInterval, read_date, read_dates
from sijill.text.numbers import read_count

app = typer.Typer(no_args_is_help=True, help=__doc__)
Folders = Annotated[list[Path], typer.Argument(help="Folders of marked articles.")]
Ant = Annotated[Optional[list[Path]], typer.Option(help="Where ANT's text may be.")]


@app.command("accuracy")
def accuracy(folders: Folders, ant: Ant = None) -> None:
    """Print the share of COUNTs and DATEs read as annotated, and of LOCs and ARMED that are known, folder by folder."""
    nlp = blank_pipeline()
    texts = first_texts(ant)
    for folder in folders:
        articles = [article for _, article in read_articles([folder], texts)[0]]
        docs = [article_to_doc(article, nlp.make_doc)[0] for article in articles]
        known_places = [
            key in found for doc in docs for found in [places_of(doc)] for key in _keys(doc, "LOC")
        ]
        known_actors = [
            key in found
            for doc in docs
            for found in [actors_of(doc)]
            for key in _keys(doc, "ARMED")
        ]
        print(f"{folder}: {len(articles)} articles")
        for name, right in (
            ("COUNT right", list(_counts_right(articles))),
            ("DATE right", list(_dates_right(articles))),
            ("LOC known", known_places),
            ("ARMED known", known_actors),
        ):
            share = 100 * sum(right) / len(right) if right else 0
            print(f"  {name:12} {share:5.1f} % of {len(right):,}")


def _keys(doc: Doc, label: str) -> list[tuple[int, int, str]]:
    return [(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ == label]


def _counts_right(articles: Iterable[Article]) -> Iterable[bool]:
    for article in articles:
        for span in article.spans:
            if span.label == "COUNT" and span.value is not None:
                after = article.text[span.end : span.end + 60]
                count = read_count(article.text[span.start : span.end], after=after)
                yield count is not None and (count.minimum, count.maximum) == span.value


def _dates_right(articles: Iterable[Article]) -> Iterable[bool]:
    for article in articles:
        spans = [s for s in article.spans if s.label == "DATE" and s.value is not None]
        phrases = [article.text[s.start : s.end] for s in spans]
        for span, found in zip(spans, read_dates(phrases, article.published)):
            yield (found.iso if found else "-") == span.value


@app.command("speed")
def speed(folders: Folders) -> None:
    """Print how many phrases, places and actors a second are read on one core, caches warm."""
    articles = [article for _, article in read_articles(folders)[0]]
    spans = [(article, span) for article in articles for span in article.spans]

    def words(label: str) -> list[tuple[str, date | None]]:
        return [(a.text[s.start : s.end], a.published) for a, s in spans if s.label == label]

    by_article = [[a.text[s.start : s.end] for s in a.spans if s.label == "LOC"] for a in articles]
    lists = [[places.Mention(name) for name in names] for names in by_article]
    register = actors.ActorRegister.load()
    for name, items, read in (
        ("numbers", words("COUNT"), lambda item: read_count(item[0])),
        ("dates", words("DATE"), lambda item: read_date(*item)),
        ("actors", words("ARMED"), lambda item: register.find(item[0], country="SY", on=item[1])),
    ):
        print(f"{name:8} {_per_second(items, read, len(items)):12,.0f} a second")
    mentions = sum(map(len, lists))
    print(f"{'places':8} {_per_second(lists, places.resolve_places, mentions):12,.0f} a second")


def _per_second(items: list, read: Callable, size: int, rounds: int = 5) -> float:
    for item in items:
        read(item)
    start = time.perf_counter()
    for _ in range(rounds):
        for item in items:
            read(item)
    return rounds * size / (time.perf_counter() - start)


@app.command("dateparser")
def compare_dateparser(
    table: Annotated[Path, typer.Argument(help="phrase, published, earlier, iso: a TSV file.")],
) -> None:
    """Print how many phrases of a table read_date and dateparser (installed by hand) put on the right day."""
    import dateparser

    with table.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    def ours(row: dict[str, str]) -> DateInterval | None:
        published = date.fromisoformat(row["published"]) if row["published"] else None
        earlier = [DateInterval.from_iso(iso) for iso in row["earlier"].split(";") if iso]
        return read_date(row["phrase"], published, earlier=earlier)

    def theirs(row: dict[str, str]) -> DateInterval | None:
        base = datetime.fromisoformat(row["published"] or "2023-12-31")
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        found = dateparser.parse(row["phrase"], locales=["ar-SY"], settings=settings)
        return None if found is None else DateInterval(found.date(), found.date())

    for name, read in (("sijill", ours), ("dateparser, ar-SY", theirs)):
        exact = first = 0
        for row in rows:
            wanted = DateInterval.from_iso(row["iso"]) if row["iso"] != "-" else None
            found = read(row)
            exact += found == wanted
            first += (found and found.start) == (wanted and wanted.start)
        print(
            f"{name}: {100 * exact / len(rows):.1f} % exact, {100 * first / len(rows):.1f} % first day"
        )


if __name__ == "__main__":
    app()
