"""Score the linking of reports on clusters of marked articles, and measure its speed on events drawn at random."""

import random
import resource
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, NamedTuple, Optional

import spacy
import typer
from spacy.tokens import Doc

from sijill.annotation import scheme
from sijill.annotation.corpus import blank_pipeline, read_articles
from sijill.annotation.docs import article_to_doc
from sijill.annotation.markup import Article
from sijill.records.incidents import link_events
from sijill.records.incidents.reports import takes_part
from sijill.records.schema import (
    ActorRecord,
    ArticleRecord,
    CasualtyRecord,
    CountRecord,
    DateRecord,
    EventRecord,
    MentionRecord,
    ParticipantRecord,
    PlaceRecord,
    SiteRecord,
    TollRecord,
    article_record,
)

app = typer.Typer(no_args_is_help=True, help=__doc__)

ALONE = "-"
"""What `incident` has for an event that no other article tells."""

Key = tuple[str, str]


class BCubed(NamedTuple):
    """B³ (Bagga and Baldwin 1998) in %."""

    precision: float
    recall: float
    f: float


def b_cubed(gold: dict[Key, str], found: dict[Key, str]) -> BCubed:
    """B³ over the gold reports; one that ``found`` lacks is found in no group, and counts as wrong both ways.

    >>> b_cubed({("a", "1"): "x", ("b", "1"): "x"}, {("a", "1"): "p", ("b", "1"): "q"})
    BCubed(precision=100.0, recall=50.0, f=66.66666666666667)
    """
    of_gold, of_found = _members(gold), _members(found)
    precision = recall = 0.0
    for key, name in gold.items():
        if key in found:
            group = of_found[found[key]]
            both = len(of_gold[name] & group)
            precision += both / len(group)
            recall += both / len(of_gold[name])
    precision, recall = (100 * total / (len(gold) or 1) for total in (precision, recall))
    total = precision + recall
    return BCubed(precision, recall, 2 * precision * recall / total if total else 0.0)


def _members(groups: dict[Key, str]) -> dict[str, set[Key]]:
    members: dict[str, set[Key]] = defaultdict(set)
    for key, name in groups.items():
        members[name].add(key)
    return members


def gold_incidents(article: Article, record: ArticleRecord) -> dict[Key, str]:
    """The incident of each event that takes part, as the front matter names them in order of mention.

    Raises:
        ValueError: the front matter names more or fewer incidents than the annotation tells.
    """
    names = article.meta.get("incident", "").split()
    events = [event.id for event in record.events if takes_part(event)]
    if len(names) != len(events):
        told = [f"{e.kind} {e.mentions[0].text}" for e in record.events]
        raise ValueError(f"{article.source}: {len(names)} incidents, {len(events)} events: {told}")
    return {
        (record.id, event): f"{record.id} {event}" if name == ALONE else name
        for event, name in zip(events, names)
    }


def linked(records: Iterable[ArticleRecord]) -> dict[Key, str]:
    """Each report → the id of its incident."""
    return {
        (report.article, report.event): incident.id
        for incident in link_events(records)
        for report in incident.reports
    }


@app.command()
def evaluate(
    folders: Annotated[list[Path], typer.Argument(help="Folders of clusters of marked articles.")],
    model: Annotated[
        Optional[str], typer.Option(help="A pipeline, to score from the text on as well.")
    ] = None,
    errors: Annotated[bool, typer.Option(help="List the incidents that are not right.")] = False,
) -> None:
    """Print B³ of the linking of gold events and, with a pipeline, of those that it reads."""
    articles, faults = read_articles(folders)
    for fault in faults:
        typer.echo(str(fault), err=True)
    nlp = blank_pipeline()
    docs = [article_to_doc(article, nlp.make_doc)[0] for _, article in articles]
    for doc, (_, article) in zip(docs, articles):
        doc._.country = article.meta.get("country", "")
    records = [article_record(doc) for doc in docs]
    gold: dict[Key, str] = {}
    for (_, article), record in zip(articles, records):
        try:
            gold |= gold_incidents(article, record)
        except ValueError as error:
            typer.echo(str(error), err=True)
    typer.echo(f"{len(articles)} articles, {len(gold)} events, {len(set(gold.values()))} incidents")
    start = time.perf_counter()
    found = linked(records)
    seconds = time.perf_counter() - start
    _print("gold events", b_cubed(gold, found), seconds)
    if errors:
        _print_errors(gold, found)
    if model is not None:
        read = [article_record(doc) for doc in _read(model, docs)]
        start = time.perf_counter()
        found = linked(read)
        seconds = time.perf_counter() - start
        _print(f"read by {model}", b_cubed(gold, _aligned(records, read, found)), seconds)


def _print(what: str, score: BCubed, seconds: float) -> None:
    p, r, f = (f"{value:.1f}" for value in score)
    typer.echo(f"{what}: B³ P {p} R {r} F {f}, linked in {seconds:.2f} s")


def _print_errors(gold: dict[Key, str], found: dict[Key, str]) -> None:
    groups = _members(found)
    for name, members in sorted(_members(gold).items()):
        parts = defaultdict(list)
        for key in sorted(members):
            parts[found.get(key, "")].append(key[0])
        strangers = {key[0] for part in parts for key in groups[part] - members}
        if len(parts) > 1 or strangers:
            typer.echo(f"{name}: {list(parts.values())} with {sorted(strangers)}")


def _read(model: str, docs: Sequence[Doc]) -> Iterator[Doc]:
    nlp = spacy.load(model)
    for doc, gold in zip(nlp.pipe(doc.text for doc in docs), docs):
        doc._.article_id, doc._.published = gold._.article_id, gold._.published
        doc._.country = gold._.country
        yield doc


def _aligned(
    records: Sequence[ArticleRecord], read: Sequence[ArticleRecord], found: dict[Key, str]
) -> dict[Key, str]:
    """Gold events → incidents of the events read that share most words with them, each taken once."""
    groups: dict[Key, str] = {}
    for gold, own in zip(records, read):
        shares = sorted(
            (
                (-len(_words(e) & _words(other)), i, j)
                for i, e in enumerate(gold.events)
                for j, other in enumerate(own.events)
                if _words(e) & _words(other)
            ),
        )
        used: set[str] = set()
        for _, i, j in shares:
            one, other = gold.events[i].id, own.events[j].id
            if one not in used and other not in used and (own.id, other) in found:
                groups[gold.id, one] = found[own.id, other]
                used |= {one, other}
    return groups


def _words(event: EventRecord) -> set[tuple[int, int]]:
    return {(mention.start, mention.end) for mention in event.mentions}


@app.command()
def speed(
    events: Annotated[int, typer.Option(help="How many events.")] = 100_000,
    places: Annotated[int, typer.Option(help="How many places they are in.")] = 5_000,
    years: Annotated[int, typer.Option(help="Over how many years.")] = 10,
    seed: Annotated[int, typer.Option(help="Of the draw.")] = 0,
) -> None:
    """Print the seconds and the peak memory of linking events drawn at random, an article each."""
    start = time.perf_counter()
    incidents = link_events(draw(events, places, years, random.Random(seed)))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    typer.echo(
        f"{events:,} events, {len(incidents):,} incidents: {seconds:.1f} s, drawing them included; "
        f"peak memory {peak:.2f} GiB"
    )


def draw(events: int, places: int, years: int, rng: random.Random) -> Iterator[ArticleRecord]:
    """Articles of one event each, told in groups of one to six; a few places have many events, most have few."""
    sites = [
        PlaceRecord(
            name=f"place {i}",
            latitude=rng.uniform(12, 37),
            longitude=rng.uniform(9, 52),
            country=rng.choice(["SY", "IQ", "YE", "SD", "LY"]),
            admin1=f"governorate {i % 80}",
            admin2="",
            code="",
            precision="place" if i % 20 else "governorate",
            score=1.0,
        )
        for i in range(places)
    ]
    weights = [1 / (i + 10) for i in range(places)]
    drawn = 0
    while drawn < events:
        site = rng.choices(sites, weights)[0]
        day = date(2015, 1, 1) + timedelta(days=rng.randrange(365 * years))
        kind, killed = rng.choice(scheme.EVENTS), rng.randrange(20)
        actor = rng.randrange(60)
        for _ in range(min(rng.randint(1, 6), events - drawn)):
            yield _article(drawn, site, day, kind, killed + rng.randint(0, 1), actor, rng)
            drawn += 1


def _article(
    number: int,
    place: PlaceRecord,
    day: date,
    kind: str,
    killed: int,
    actor: int,
    rng: random.Random,
) -> ArticleRecord:
    def mention(text: str, label: str) -> MentionRecord:
        return MentionRecord(text=text, label=label, start=0, end=len(text))

    armed = ActorRecord(id=f"a{actor}", name=f"actor {actor}", english="", kind="", country="")
    casualty = CasualtyRecord(
        kind="KILLED",
        modality="ASSERTED",
        mention=mention("مقتل", "KILLED"),
        count=CountRecord(minimum=killed, maximum=killed),
        names=[f"name{rng.randrange(500)} family{rng.randrange(500)}"]
        if rng.random() < 0.3
        else [],
    )
    event = EventRecord(
        id=f"e{number}",
        kind=kind,
        modality="ASSERTED",
        background=False,
        when=DateRecord(
            mention=mention("أمس", "DATE"), iso=str(day), start=day, end=day, precision="day"
        ),
        where=[SiteRecord(mention=mention(place.name, "LOC"), place=place)],
        agents=[ParticipantRecord(mention=mention(armed.name, "ARMED"), actor=armed)],
        casualties=[casualty],
        killed=TollRecord(low=killed, best=killed, high=killed),
        mentions=[mention(kind, kind)],
    )
    return ArticleRecord(
        id=f"article {number}",
        published=day + timedelta(days=rng.randint(0, 2)),
        country=place.country,
        sha1=f"{number:040x}",
        events=[event],
    )


if __name__ == "__main__":
    app()
