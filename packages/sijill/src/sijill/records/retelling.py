"""What one incident tells twice: its tolls, each of different people once.

COREF says which harm words tell of the same people. Where it is silent, the toll of another sentence is taken to speak of
the people who were counted before, unless its words say otherwise: an incident's dead are told in the headline, in the
body and by each source, and a sum of them is the worst figure to give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from spacy.tokens import Span

from sijill.extensions import Key, span_key
from sijill.records.casualties import KIND_OF_COUNTED_EVENT
from sijill.records.groups import group_of
from sijill.records.links import unique
from sijill.records.models import Casualty, Part
from sijill.text.numbers import Count
from sijill.text.orthography import fold

_LOOK_BACK = 50
"""Tolls of one incident that another is compared with: more than an article has, so that a book costs no square."""
_MOST_SPANS = 50
"""Victims and sources that a toll told again and again gathers."""
_VAGUE = (2, 20, 200, 2000)
"""The least that ``قتلى``, ``عشرات``, ``مئات`` and ``آلاف`` are read as."""
_OTHERS = {
    fold(word) for word in ("آخر", "آخران", "آخرين", "آخرون", "أخرى", "أخريان", "أخريين", "أخريات")
}
_ATTACKERS = tuple(fold(stem) for stem in ("مهاجم", "منفذ", "انتحاري", "معتد"))


def merge_tolls(
    casualties: Iterable[Casualty],
    linked: Mapping[Key, Key],
    names_of: Callable[[Iterable[Span]], set[str]],
) -> list[Casualty]:
    """The casualties of one incident without what is told again.

    Tolls of the same people whose numbers differ stay apart, each with who says so: the later is a rival of the first. A
    smaller one in a later sentence is a part of the toll (one of five dead is named), and a greater one that holds
    several earlier ones makes them its parts.

    Args:
        casualties: in the order of the text.
        linked: the group of each span that COREF joins with others.
        names_of: what groups are told by, known ones by ``#`` and their id.
    """
    casualties = list(casualties)
    merged: list[Casualty] = []
    for i, casualty in enumerate(casualties):
        near = merged[-_LOOK_BACK:]
        same = [e for e in near if _is_linked(e, casualty, linked)]
        agreeing = [
            e
            for e in same
            if _is_stated(e) == _is_stated(casualty) and _agree(e.count, casualty.count)
        ]
        if agreeing:
            _put(merged, agreeing[0], _told_again(agreeing[0], casualty))
        elif same:
            merged.append(_rival(same[0], casualty))
        elif _tells_of_others(casualty, casualties[max(0, i - _LOOK_BACK) : i]):
            merged.append(casualty)
        else:
            heads = [e for e in near if _may_retell(e, casualty, names_of)]
            _retell(merged, heads, casualty)
    return merged


def _retell(merged: list[Casualty], heads: list[Casualty], later: Casualty) -> None:
    """Add a toll that may tell of the people of ``heads`` again."""
    agreeing = [e for e in heads if _agree(e.count, later.count)]
    greater = [e for e in heads if _least(e) > _least(later)]
    disputed = {span_key(e.rival_of) for e in merged[-_LOOK_BACK:] if e.rival_of is not None}
    held = [e for e in heads if span_key(e.span) not in disputed]
    if not heads:
        merged.append(later)
    elif agreeing:
        _put(merged, agreeing[0], _told_again(agreeing[0], later))
    elif greater:
        _put(merged, greater[-1], _with_part(greater[-1], later))
    elif held == heads and (
        _least(later) >= sum(map(_least, heads)) if len(heads) > 1 else bool(heads[0].names)
    ):
        whole = later
        for part in heads:
            whole = _with_part(whole, part)
            merged.remove(part)
        merged.append(whole)
    else:
        merged.append(_rival(max(heads, key=_least), later))


def _is_stated(casualty: Casualty) -> bool:
    return casualty.modality in ("ASSERTED", "ALLEGED")


# --- who they are --------------------------------------------------------------------------------


def _is_linked(earlier: Casualty, later: Casualty, linked: Mapping[Key, Key]) -> bool:
    """Whether links say that two tolls are of the same people, or one is a killing and the other its own harm word."""
    if earlier.kind != later.kind:
        return False
    if linked.get(span_key(earlier.span)) == linked.get(span_key(later.span)):
        return True
    if later.rival_of is not None and span_key(later.rival_of) == span_key(earlier.span):
        return True
    counted_event = {earlier.span.label_, later.span.label_} & KIND_OF_COUNTED_EVENT.keys()
    return bool(counted_event) and _agree(earlier.count, later.count)


def _tells_of_others(casualty: Casualty, casualties: Iterable[Casualty]) -> bool:
    """Whether the words tell of more people (``ثم توفي اثنان آخران``), not of others than the dead (``وإصابة آخرين``)."""
    harm, sentence = casualty.span, casualty.span.sent
    for other in casualties:
        if other.kind != casualty.kind and sentence.start <= other.span.start < harm.start:
            return False
    words = (
        fold(token.text)
        for victim in casualty.victims
        for token in harm.doc[victim.start : victim.end + 1]
    )
    return not _OTHERS.isdisjoint(words)


def _may_retell(
    earlier: Casualty, later: Casualty, names_of: Callable[[Iterable[Span]], set[str]]
) -> bool:
    """Whether a toll of another sentence may be of the same people: nothing says that they are not."""
    if earlier.kind != later.kind or earlier.rival_of is not None:
        return False
    if not (_is_stated(earlier) and _is_stated(later)):
        return False
    if earlier.span.sent.start == later.span.sent.start:
        return False
    return not (
        _differ(_words(earlier.names), _words(later.names))
        or _are_other_groups(_groups(earlier), _groups(later))
        or _differ(_sides(earlier, names_of), _sides(later, names_of))
        or _has_attackers(earlier) != _has_attackers(later)
        and earlier.groups == later.groups == ("fighters",)
    )


def _differ(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and not one & other


def _groups(casualty: Casualty) -> set[str]:
    """The groups of the victims; none where it is open who some of them are."""
    nouns = [v for v in casualty.victims if v.label_ in ("PEOPLE", "ARMED")]
    return set(casualty.groups) if all(map(group_of, nouns)) else set()


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in fold(name).split()}


def _are_other_groups(one: set[str], other: set[str]) -> bool:
    """Whether fighters stand against others, or children against women; civilians may be any but fighters."""
    if not _differ(one, other):
        return False
    return "fighters" in one | other or "civilians" not in one | other


def _sides(casualty: Casualty, names_of: Callable[[Iterable[Span]], set[str]]) -> set[str]:
    """The known armed groups among the victims."""
    armed = [victim for victim in casualty.victims if victim.label_ == "ARMED"]
    return {name for name in names_of(armed) if name.startswith("#")}


def _has_attackers(casualty: Casualty) -> bool:
    return any(stem in fold(victim.text) for victim in casualty.victims for stem in _ATTACKERS)


# --- how many ------------------------------------------------------------------------------------


def _least(casualty: Casualty) -> int:
    return 1 if casualty.count is None else casualty.count.minimum or 0


def _agree(one: Count | None, other: Count | None) -> bool:
    """Whether two figures do not dispute each other: equal, or one tells no number and the other is not below it."""
    if one is None or other is None or one == other:
        return True
    return any(
        _is_vague(a) and (b.minimum or 0) >= a.minimum for a, b in ((one, other), (other, one))
    )


def _is_vague(count: Count) -> bool:
    return count.maximum is None and count.minimum in _VAGUE


def _better(one: Count | None, other: Count | None) -> Count | None:
    """Of two figures that agree the one that tells more."""
    if one is None or other is None or not _is_vague(one):
        return other if one is None else one
    both_vague = _is_vague(other) and (other.minimum or 0) < (one.minimum or 0)
    return one if both_vague else other


def _put(merged: list[Casualty], old: Casualty, new: Casualty) -> None:
    merged[merged.index(old)] = new


def _rival(earlier: Casualty, later: Casualty) -> Casualty:
    return replace(later, rival_of=earlier.rival_of or earlier.span)


def _told_again(earlier: Casualty, later: Casualty) -> Casualty:
    return replace(
        earlier,
        count=_better(earlier.count, later.count),
        victims=_joined(earlier.victims, later.victims),
        names=_each_once(earlier.names, later.names),
        groups=_each_once(earlier.groups, later.groups),
        parts=earlier.parts or later.parts,
        sources=_joined(earlier.sources, later.sources),
        told_again=(*earlier.told_again, later.span, *later.told_again),
    )


def _with_part(whole: Casualty, part: Casualty) -> Casualty:
    """A toll with another as a part of it; a part that it has already is told again."""
    group = part.groups[0] if len(part.groups) == 1 else ""
    known = any(p.group == group and p.count == part.count for p in whole.parts if group)
    own = Part(part.count, group, part.span)
    return replace(
        whole,
        victims=_joined(whole.victims, part.victims),
        names=_each_once(whole.names, part.names),
        groups=_each_once(whole.groups, part.groups) if whole.groups else (),
        parts=whole.parts if known else (*whole.parts, own),
        sources=_joined(whole.sources, part.sources),
        told_again=(*whole.told_again, *([part.span] if known else []), *part.told_again),
    )


def _joined(one: tuple[Span, ...], other: tuple[Span, ...]) -> tuple[Span, ...]:
    return unique([*one, *other]) if len(one) <= _MOST_SPANS else one


def _each_once(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other))) if len(one) <= _MOST_SPANS else one
