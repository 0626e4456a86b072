"""From the mentions of an article to its events: one record for each incident."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha1

from spacy.tokens import Doc, Span

from sijill.annotation import scheme
from sijill.extensions import Key, span_key
from sijill.records import clusters
from sijill.records.casualties import find_casualties
from sijill.records.links import Links, unique
from sijill.records.models import Casualty, Event, When
from sijill.records.retelling import merge_tolls
from sijill.records.values import Values, values_of
from sijill.text.numbers import Count
from sijill.text.orthography import fold

Acts = dict[int, list[Span]]

BACKGROUND_DAYS = 90
"""What ended so long before the article is its background, not its news."""

_HARMFUL = frozenset(
    [
        "CLASH",
        "ATTACK",
        "KILLING",
        "AIRSTRIKE",
        "SHELLING",
        "EXPLOSION",
        "SUICIDE_BOMB",
        "RIOT",
        "PROTEST",
        "ACCIDENT",
    ]
)
_STORY = ("AGENT", "PLACE", "TIME", "INSTRUMENT")
_FEW = 20
"""Tolls before another among which the one that it disputes is looked for."""
_LINKS_OF_EVENTS = ("AGENT", "TARGET", "PLACE", "TIME", "INSTRUMENT", "SOURCE", "COUNT")
_VIOLENT = frozenset(
    fold(word)
    for word in [
        "قتل",
        "قتلت",
        "قتلوا",
        "مقتل",
        "قتلى",
        "قتيل",
        "قتيلا",
        "قتيلين",
        "استشهد",
        "استشهدت",
        "استشهاد",
        "شهيد",
        "شهيدا",
        "شهداء",
    ]
)
# What a weapon's words say of the act, the first that fits.
_ACTS_OF_WEAPONS = [
    (act, fold(stems).split())
    for act, stems in (
        ("AIRSTRIKE", "طائر طيران مروحي مسير جوي برميل براميل"),
        ("SHELLING", "قذيف قذائف مدفع صاروخ صواريخ هاون راجم"),
        ("EXPLOSION", "عبوة عبوات لغم ألغام مفخخ ناسف قنبل قنابل متفجر ذخير"),
    )
]
_CONTINUES = frozenset(
    fold(word)
    for word in [
        "أسفر",
        "أسفرت",
        "أدى",
        "أدت",
        "خلف",
        "خلفت",
        "أوقع",
        "أوقعت",
        "تسبب",
        "تسببت",
        "بلغ",
        "بلغت",
        "ارتفع",
        "ارتفعت",
        "حصيلة",
        "وقع",
    ]
)


def find_events(
    doc: Doc,
    links: Links | None = None,
    values: Values | None = None,
    casualties: list[Casualty] | None = None,
) -> list[Event]:
    """One `Event` for each incident, in the order of first mention.

    Its mentions are the triggers that COREF joins, and those of one kind that `sijill.records.clusters` finds to be one.
    A word of death or injury that no event explains makes an event of its own where its links say what happened. Whoever
    has read the links, values or casualties of the Doc already hands them in.
    """
    links, values = links or Links(doc), values or values_of(doc)
    acts = _acts_by_sentence(doc)
    casualties = find_casualties(doc, links) if casualties is None else casualties
    casualties = _explained(casualties, links, acts)
    triggers = list(doc.spans.get("events", ()))
    group_of = _joined([*triggers, *doc.spans.get("harms", ())], links)
    own = _harm_events(casualties, group_of, links, acts)
    triggers = sorted([*triggers, *own.values()], key=lambda span: span.start)
    of_trigger = _casualties_by_trigger(casualties, own)

    reader = clusters.Reader(links, values)
    facts = [
        (
            group_of.get(span_key(trigger), span_key(trigger)),
            reader.facts(trigger, _tolls(of_trigger[span_key(trigger)])),
        )
        for trigger in triggers
    ]

    builder = _Builder(doc, links, values, reader.names)
    events = []
    for cluster in clusters.merge(clusters.join_linked(facts)):
        mentions = sorted(cluster.triggers, key=lambda span: span.start)
        own_casualties = [c for m in mentions for c in of_trigger[span_key(m)]]
        told = sorted(own_casualties, key=lambda c: c.span.start)
        told = merge_tolls(told, group_of, reader.names)
        events.append(builder.event(cluster.modality, mentions, told))
    return events


# --- causes --------------------------------------------------------------------------------------


def _explained(casualties: list[Casualty], links: Links, acts: Acts) -> list[Casualty]:
    """Give harm that no link explains the cause that its place in the text does, if it has no story of its own.

    That is the cause of the harm that it retells; the act of the sentence before, where this one goes on from it
    (``وأسفر الهجوم عن …``, ``وبلغت الحصيلة …``); or, where it only says who counts otherwise, the cause of the toll before it,
    which the toll of another kind beside it shares.
    """
    found: list[Casualty] = []
    for casualty in casualties:
        harm = casualty.span
        if casualty.cause is None:
            told_before = links.root("COREF", harm)
            cause = next(iter(links.tails("CAUSE", told_before)), None)
            if cause is None and not any(links.tails(label, harm) for label in _STORY):
                cause = _act_before(harm, acts)
                rival = _toll_before(casualty, found) if links.tails("SOURCE", harm) else None
                if cause is None and rival is not None:
                    cause = rival.cause
                    casualty = replace(casualty, rival_of=rival.rival_of or rival.span)
                elif cause is None and found and _tells_with(found[-1], casualty):
                    cause = found[-1].cause
            casualty = replace(casualty, cause=cause)
        found.append(casualty)
    return found


def _act_before(harm: Span, acts: Acts) -> Span | None:
    doc, sentence = harm.doc, harm.sent
    if sentence.start in acts or not sentence.start:
        return None
    opening = {fold(token.text) for token in doc[sentence.start : sentence.start + 3]}
    before = acts.get(doc[sentence.start - 1].sent.start, []) if opening & _CONTINUES else []
    return before[-1] if before else None


def _tells_with(earlier: Casualty, later: Casualty) -> bool:
    """Whether a toll is told in one breath with one whose cause is an act of another sentence: ``مقتل 7 وإصابة 20``."""
    sentence, cause = later.span.sent, earlier.cause
    told_before = cause is not None and cause.start < sentence.start
    return told_before and earlier.kind != later.kind and earlier.span.start >= sentence.start


def _toll_before(casualty: Casualty, earlier: list[Casualty]) -> Casualty | None:
    """The last toll of the same kind, of an act that is told, if it is near."""
    for other in reversed(earlier[-_FEW:]):
        if other.kind == casualty.kind and other.cause is not None and other.count is not None:
            return other if clusters.are_near(other.span, casualty.span) else None
    return None


def _acts_by_sentence(doc: Doc) -> Acts:
    """The acts that can do harm, by the first token of their sentence."""
    found: Acts = defaultdict(list)
    for event in doc.spans.get("events", ()):
        if event.label_ in _HARMFUL:
            found[event.sent.start].append(event)
    return found


def _harm_events(
    casualties: Iterable[Casualty], group_of: dict[Key, Key], links: Links, acts: Acts
) -> dict[Key, Span]:
    """An event of its own for each harm that no event explains: harm word → trigger, joined where the harm words are."""
    own: dict[Key, Span] = {}
    for casualty in casualties:
        harm = casualty.span
        if casualty.cause is None and harm.label_ in ("KILLED", "INJURED"):
            kind = _act_of_harm(harm, links, acts)
            if kind:
                trigger = Span(harm.doc, harm.start, harm.end, label=kind, span_id=harm.id_)
                own[span_key(harm)] = trigger
                links.adopt(trigger, harm)
    first: dict[tuple[Key, str], Key] = {}
    for key, trigger in own.items():
        group = group_of.setdefault(key, key)
        first.setdefault((group, trigger.label_), span_key(trigger))
        group_of[span_key(trigger)] = first[group, trigger.label_]
    return own


def _act_of_harm(harm: Span, links: Links, acts: Acts) -> str | None:
    """What was done where only the harm is told: by the means, else an attack if someone did it or the word says so."""
    for weapon in links.tails("INSTRUMENT", harm):
        words = fold(weapon.text)
        for act, stems in _ACTS_OF_WEAPONS:
            if any(stem in words for stem in stems):
                return act
        return "ATTACK"
    if links.tails("AGENT", harm):
        return "ATTACK"
    if harm.sent.start in acts and not links.tails("PLACE", harm):
        return None
    violent = bool(set(fold(harm.text).split()) & _VIOLENT)
    return "ATTACK" if violent and harm.label_ == "KILLED" else None


def _casualties_by_trigger(
    casualties: Iterable[Casualty], own: dict[Key, Span]
) -> dict[Key, list[Casualty]]:
    found: dict[Key, list[Casualty]] = defaultdict(list)
    for casualty in casualties:
        key = span_key(casualty.span)
        if casualty.span.label_ in scheme.EVENTS:
            found[key].append(casualty)
        elif casualty.cause is not None:
            found[span_key(casualty.cause)].append(casualty)
        elif key in own:
            found[span_key(own[key])].append(casualty)
    return found


def _tolls(casualties: Iterable[Casualty]) -> dict[str, Count]:
    return {
        c.kind: c.count
        for c in casualties
        if c.count is not None and c.count.minimum is not None and c.count.exact is not None
    }


# --- what is told twice --------------------------------------------------------------------------


def _joined(spans: list[Span], links: Links) -> dict[Key, Key]:
    """Each trigger → the first of those that COREF joins; a toll told twice joins its causes as well."""
    parent = {span_key(s): span_key(s) for s in spans}

    def root(key: Key) -> Key:
        while parent[key] != key:
            key = parent[key]
        return key

    def join(left: Span, right: Span) -> None:
        a, b = span_key(left), span_key(right)
        if a in parent and b in parent:
            first, second = sorted((root(a), root(b)))
            parent[second] = first

    for span in spans:
        for earlier in links.tails("COREF", span):
            join(span, earlier)
            for cause in links.tails("CAUSE", span):
                for earlier_cause in links.tails("CAUSE", earlier):
                    if cause.label_ == earlier_cause.label_:
                        join(cause, earlier_cause)
    return {key: root(key) for key in parent}


# --- events --------------------------------------------------------------------------------------


class _Builder:
    """Makes events of clusters of one Doc."""

    def __init__(
        self,
        doc: Doc,
        links: Links,
        values: Values,
        names_of: Callable[[Iterable[Span]], set[str]],
    ):
        self._links, self._dates, self._places = links, values.dates, values.places
        self._names_of = names_of
        self._hash = sha1(doc.text.encode("utf8")).hexdigest()
        published = doc._.published
        self._news_from = published - timedelta(BACKGROUND_DAYS) if published else date.min

    def event(self, modality: str, mentions: list[Span], casualties: list[Casualty]) -> Event:
        agents, targets = self._agents_and_targets(mentions)
        sites = [t for t in targets if t.label_ in ("LOC", "FAC")]
        exact = unique([*self._gather("PLACE", mentions), *sites])
        places = unique([*exact, *self._containers([*exact, *targets])])
        dates = self._gather("TIME", mentions)
        placed = [d for d in dates if span_key(d) in self._dates]
        when = When(self._dates[span_key(placed[0])], placed[0]) if placed else None
        known = [self._places[span_key(p)] for p in places if span_key(p) in self._places]
        sources = [*self._gather("SOURCE", mentions), *(s for c in casualties for s in c.sources)]
        scores = [s for m in mentions for s in self._links.scores(_LINKS_OF_EVENTS, m)]
        return Event(
            id=self._id(mentions[0]),
            kind=mentions[0].label_,
            modality=modality,
            mentions=tuple(mentions),
            when=when,
            where=known[0] if known else None,
            agents=agents,
            targets=targets,
            instruments=self._gather("INSTRUMENT", mentions),
            places=places,
            dates=dates,
            casualties=tuple(casualties),
            sources=unique(sources),
            background=when is not None and when.end < self._news_from,
            confidence=sum(scores) / len(scores) if scores else None,
        )

    def _id(self, mention: Span) -> str:
        where = f"{self._hash}:{mention.start_char}:{mention.end_char}"
        return sha1(where.encode("ascii")).hexdigest()[:12]

    def _agents_and_targets(
        self, mentions: Sequence[Span]
    ) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Who did it and to whom. Of a clash a side stays the one that it is first told as, whoever is named first later."""
        if mentions[0].label_ != "CLASH":
            return self._gather("AGENT", mentions), self._gather("TARGET", mentions)
        role_of: dict[str, str] = {}
        found: dict[str, list[Span]] = {"AGENT": [], "TARGET": []}
        for mention in mentions:
            for role in found:
                for span in self._links.tails(role, mention):
                    [name] = self._names_of([span])
                    found[role_of.setdefault(name, role)].append(span)
        return unique(found["AGENT"]), unique(found["TARGET"])

    def _gather(self, label: str, mentions: Iterable[Span]) -> tuple[Span, ...]:
        return unique(tail for mention in mentions for tail in self._links.tails(label, mention))

    def _containers(self, places: list[Span]) -> list[Span]:
        """The places that others lie in, and those that these lie in, nearest first."""
        found: list[Span] = []
        queue = list(places)
        seen = {span_key(place) for place in places}
        while queue:
            for outer in self._links.tails("LOCATED_IN", queue.pop(0)):
                if span_key(outer) not in seen:
                    seen.add(span_key(outer))
                    found.append(outer)
                    queue.append(outer)
        return found
