"""`coreference`: which mentions are one thing: ALIAS between entities, COREF between triggers.

Mentions are read in the order of the text. Each joins the earlier cluster that a logistic model finds likeliest, or
begins one of its own (the mention-synchronous clustering of Luo et al. 2004). The features are few and speak for
themselves, so the weights are learnt from the training examples at initialisation, in closed steps, and reading them
tells why two mentions were joined.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from operator import mul
from typing import Any, Callable, Iterable, Iterator, NamedTuple, Optional

import numpy as np
import srsly
from spacy import util
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.pipeline.pipe import Pipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from sijill.annotation import scheme
from sijill.components.scorers import score_links
from sijill.extensions import Key, get_modality, relation_row, row_keys, span_key, spans_of
from sijill.text.orthography import fold

_GAP = re.compile(
    r"[\s\"'“”«»()\[\]ـ–\-،,]*(?:(?:أو|او|المعروف|المعروفة|باسم|بـ|ب)[\s\"'“”«»()ـ]*)*"
)
_ALIASED = ("PER", "ARMED", "ORG", "PEOPLE", "LOC", "FAC", "WEAPON")
_TRIGGER_LAYERS = ("events", "harms")
_SAME_KIND = {"ORG": "ARMED", "PEOPLE": "ARMED"}
_LABELS_OF_KIND = {
    kind: frozenset(label for label in _ALIASED if _SAME_KIND.get(label, label) == kind)
    for kind in _ALIASED
}
_WINDOW = 100
"""Clusters, the newest, that a mention may join: so that time grows with the length of a text, not with its square."""

ALIAS_FEATURES = (
    "bias",
    "stands beside it",
    "person: part of the name",
    "same first word, shorter",
    "shares a word",
    "joined in training",
    "apart in training",
    "definite single word",
    "the latest of its label",
    "another label",
)
COREF_FEATURES = (
    "bias",
    "same word",
    "definite",
    "same sentence",
    "next sentence",
    "further than three sentences",
    "shares a place",
    "other places",
    "shares a date",
    "other dates",
    "shares an actor or victim",
    "other actors",
    "same number",
    "other number",
    "no argument of its own",
    "the latest of its label",
    "the latest of all",
    "several of its label before",
    "modality differs",
    "another label",
    "how often the two labels are joined",
)


FeatureRow = tuple[float, ...]


class Mention(NamedTuple):
    """What is compared of a span: its offsets in the text, its label, its `name_key` or `word_key`."""

    start: int
    end: int
    label: str
    name: str
    definite: bool
    modality: str = scheme.ASSERTED
    sentence: int = 0

    @property
    def key(self) -> Key:
        """The key of the span."""
        return self[:3]


@dataclass
class Cluster:
    """Mentions of one thing so far, and what they say of it."""

    first: Mention
    latest: Mention
    label: str
    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    facts: dict[str, set[str]] = field(default_factory=dict)


class Coreference(Pipe):
    """Adds ALIAS and COREF to ``doc._.relations``; each points from a mention to the first of its cluster.

    Args:
        threshold: the likelihood from which a mention joins a cluster. A mention has many clusters to choose from and
            most are wrong, so one that is likeliest of all deserves trust below one half: 0.3 gave the best F on the
            training articles (docs/experiments.md).
    """

    def __init__(
        self, name: str, *, threshold: float = 0.3, scorer: Optional[Callable] = None
    ) -> None:
        self.name = name
        self.threshold = threshold
        self.scorer = scorer
        self.cfg: dict[str, Any] = {
            "alias": [],
            "coref": [],
            "joined": {},
            "apart": {},
            "joined_labels": {},
            "apart_labels": {},
        }
        self._learnt = _Learnt(self.cfg)

    @property
    def labels(self) -> tuple[str, ...]:
        """The links that the component can set."""
        return scheme.IDENTITY_LINKS

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Optional[Language] = None
    ) -> None:
        """Learn the weights from the gold clusters of all examples."""
        docs = [eg.reference for eg in get_examples()]
        joined: Counter[str] = Counter()
        apart: Counter[str] = Counter()
        for doc in docs:
            together, separate = _name_pairs(doc)
            joined.update(together)
            apart.update(separate)
        self.cfg["joined"] = dict(joined)
        self.cfg["apart"] = {pair: n for pair, n in apart.items() if pair in joined}
        self.cfg["joined_labels"], self.cfg["apart_labels"] = _label_pairs(docs)
        self._learnt = _Learnt(self.cfg)
        for task, links in (("alias", "ALIAS"), ("coref", "COREF")):
            rows, truth = [], []
            for doc in docs:
                gold = _gold_clusters(doc, links)
                for features, same in self._training_pairs(doc, task, gold):
                    rows.append(features)
                    truth.append(same)
            if rows and any(truth):
                self.cfg[task] = _fit_logistic(np.array(rows), np.array(truth)).round(4).tolist()

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        rows = [row for row in doc._.relation_data if row["label"] not in scheme.IDENTITY_LINKS]
        rows += self._links(_AliasReader(doc, text, self._learnt), "alias", "ALIAS")
        # ALIAS goes first: other names of the actors help to tell incidents apart.
        rows += self._links(_CorefReader(doc, text, self._learnt, rows), "coref", "COREF")
        doc._.relation_data = rows
        return doc

    def _links(
        self, reader: "_AliasReader | _CorefReader", task: str, label: str
    ) -> Iterator[dict[str, Any]]:
        weights = self.cfg[task]
        if not weights:
            return

        # Nearly all features are yes or no, so that most rows have been seen before.
        @cache
        def likelihood(row: FeatureRow) -> float:
            return 1 / (1 + math.exp(min(-sum(map(mul, weights, row)), 30)))

        clusters: list[Cluster] = []
        for mention in reader.mentions:
            known = reader.same_name(mention)
            score = 1.0
            if known is None:
                near = clusters[-_WINDOW:]
                candidates = reader.candidates(mention, near)
                if candidates:
                    scores = [*map(likelihood, reader.features(mention, candidates, near))]
                    score = max(scores)
                    if score >= self.threshold:
                        known = candidates[scores.index(score)]
            if known is None:
                clusters.append(reader.new_cluster(mention))
            else:
                if reader.is_link(mention, known):
                    yield relation_row(label, mention.key, known.first.key, score)
                reader.join(mention, known)

    def _training_pairs(
        self, doc: Doc, task: str, gold: dict[tuple, tuple]
    ) -> Iterator[tuple[FeatureRow, bool]]:
        if task == "alias":
            reader = _AliasReader(doc, doc.text, self._learnt, leave_out=_name_pairs(doc))
        else:
            reader = _CorefReader(doc, doc.text, self._learnt, doc._.relation_data)
        clusters: list[Cluster] = []
        for mention in reader.mentions:
            own = gold.get(mention.key, mention.key)
            known = reader.same_name(mention)
            if known is None:
                near = clusters[-_WINDOW:]
                candidates = reader.candidates(mention, near)
                rows = reader.features(mention, candidates, near)
                for cluster, features in zip(candidates, rows):
                    first = cluster.first.key
                    same = gold.get(first, first) == own
                    yield features, same
                    if same:
                        known = cluster
            if known is None:
                clusters.append(reader.new_cluster(mention))
            else:
                reader.join(mention, known)

    def to_bytes(self, *, exclude: tuple = ()) -> bytes:
        """Serialise what was learnt."""
        return util.to_bytes({"cfg": lambda: srsly.json_dumps(self.cfg)}, exclude)

    def from_bytes(self, bytes_data: bytes, *, exclude: tuple = ()) -> "Coreference":
        """Take over what `to_bytes` gave."""
        util.from_bytes(
            bytes_data, {"cfg": lambda b: self.cfg.update(srsly.json_loads(b))}, exclude
        )
        self._learnt = _Learnt(self.cfg)
        return self

    def to_disk(self, path, *, exclude: tuple = ()) -> None:
        """Write what was learnt to a folder."""
        util.to_disk(path, {"cfg": lambda p: srsly.write_json(p, self.cfg)}, exclude)

    def from_disk(self, path, *, exclude: tuple = ()) -> "Coreference":
        """Read what `to_disk` wrote."""
        util.from_disk(path, {"cfg": lambda p: self.cfg.update(srsly.read_json(p))}, exclude)
        self._learnt = _Learnt(self.cfg)
        return self


class _Learnt:
    """What training counted of names and labels, as the readers look it up.

    ``joined_names`` are the names that training joined to another: most names of a text are none, and need no look at
    each pair. ``log_odds`` has, for two labels that training joined, how often it did.
    """

    def __init__(self, cfg: dict):
        self.joined, self.apart = cfg["joined"], cfg["apart"]
        self.joined_names = {name for pair in self.joined for name in pair.split("\t")}
        self.log_odds: dict[str, dict[str, float]] = {}
        for pair, n_joined in cfg["joined_labels"].items():
            left, right = pair.split("\t")
            odds = math.log((n_joined + 0.5) / (cfg["apart_labels"].get(pair, 0) + 5))
            self.log_odds.setdefault(left, {})[right] = odds
            self.log_odds.setdefault(right, {})[left] = odds


class _AliasReader:
    """Entity mentions and the features of joining one to a cluster."""

    def __init__(
        self,
        doc: Doc,
        text: str,
        learnt: _Learnt,
        leave_out: Optional[tuple[Counter, Counter]] = None,
    ):
        self.text = text
        self.learnt = learnt
        # While learning, what this very document taught is taken off, or every pair would look known.
        self.less_joined, self.less_apart = leave_out or (Counter(), Counter())
        self.mentions = []
        for ent in doc.ents:
            label = ent.label_
            if label in _ALIASED:
                start, end = ent.start_char, ent.end_char
                name = name_key(text[start:end])
                self.mentions.append(
                    Mention(start, end, label, name, text.startswith("ال", start, end))
                )
        self.words = {mention.name: mention.name.split() for mention in self.mentions}
        self.word_sets = {name: set(words) for name, words in self.words.items()}
        self.by_name: dict[tuple[str, str], Cluster] = {}

    def same_name(self, mention: Mention) -> Optional[Cluster]:
        return self.by_name.get((_kind(mention.label), mention.name))

    def candidates(self, mention: Mention, clusters: list[Cluster]) -> list[Cluster]:
        labels = _LABELS_OF_KIND[_kind(mention.label)]
        return [c for c in clusters if c.label in labels]

    def features(
        self, mention: Mention, candidates: list[Cluster], clusters: list[Cluster]
    ) -> list[FeatureRow]:
        """One row of ALIAS_FEATURES for each candidate."""
        start, _, label, name, definite, *_ = mention
        in_training = name in self.learnt.joined_names
        words, word_set = self.words[name], self.word_sets[name]
        is_person, latest = label == "PER", _latest(candidates)
        definite_word = len(words) == 1 and definite
        rows = []
        for cluster in candidates:
            joined, apart = self._seen_in_training(name, cluster.names) if in_training else (0, 0)
            shares_a_word = not word_set.isdisjoint(cluster.words)
            is_part = same_first_word = False
            if shares_a_word:
                longer = [n for n in cluster.names if word_set < self.word_sets[n]]
                is_part = is_person and bool(longer)
                same_first_word = not is_person and any(
                    self.words[n][0] == words[0] for n in longer
                )
            rows.append(
                (
                    1.0,
                    self._stands_beside(cluster.latest.end, start),
                    is_part,
                    same_first_word,
                    shares_a_word,
                    math.log1p(joined),
                    math.log1p(apart),
                    definite_word,
                    cluster is latest,
                    cluster.label != label,
                )
            )
        return rows

    def new_cluster(self, mention: Mention) -> Cluster:
        cluster = Cluster(mention, mention, mention.label)
        self.join(mention, cluster)
        return cluster

    def join(self, mention: Mention, cluster: Cluster) -> None:
        cluster.latest = mention
        cluster.names.add(mention.name)
        cluster.words |= self.word_sets[mention.name]
        self.by_name[_kind(mention.label), mention.name] = cluster

    def is_link(self, mention: Mention, cluster: Cluster) -> bool:
        return mention.name != cluster.first.name

    def _seen_in_training(self, name: str, others: set[str]) -> tuple[int, int]:
        """How many articles join the name to one of the others, and how many keep it apart from each of them."""
        joined, apart = self.learnt.joined, self.learnt.apart
        # Pairs that no article joins are not in ``apart`` either.
        known = [pair for other in others if (pair := _pair(name, other)) in joined]
        if not known:
            return 0, 0
        together = [joined[p] - self.less_joined[p] for p in known]
        separate = [apart.get(p, 0) - self.less_apart[p] for p in known]
        return max(*together, 0), max(min(separate), 0) if len(known) == len(others) else 0

    def _stands_beside(self, end: int, start: int) -> bool:
        if start - end >= 25:
            return False
        gap = self.text[end:start]
        return "\n" not in gap and "،" not in gap and bool(_GAP.fullmatch(gap))


class _CorefReader:
    """Triggers and the features of joining one to an earlier incident; ``relations`` are the document's so far."""

    def __init__(self, doc: Doc, text: str, learnt: _Learnt, relations: list[dict[str, Any]]):
        self.log_odds = learnt.log_odds
        self.facts = _facts_of_triggers(text, relations)
        sentences = np.cumsum(doc.to_array([SENT_START]).ravel() == 1).tolist()
        self.mentions = []
        triggers = [
            span
            for layer in _TRIGGER_LAYERS
            for span in doc.spans.get(layer, ())
            if span.label_ in scheme.TRIGGERS
        ]
        for span in sorted(triggers, key=lambda s: (s.start, s.end)):
            modality = get_modality(span)
            if modality != "GENERAL":
                start, end, label = span_key(span)
                self.mentions.append(
                    Mention(
                        start,
                        end,
                        label,
                        word_key(text[start:end]),
                        text.startswith("ال", start, end),
                        modality,
                        sentences[span.start],
                    )
                )

    def same_name(self, mention: Mention) -> Optional[Cluster]:
        return None

    def candidates(self, mention: Mention, clusters: list[Cluster]) -> list[Cluster]:
        labels = self.log_odds.get(mention.label, {})
        return [c for c in clusters if c.label in labels]

    def features(
        self, mention: Mention, candidates: list[Cluster], clusters: list[Cluster]
    ) -> list[FeatureRow]:
        """One row of COREF_FEATURES for each candidate."""
        _, _, label, name, definite, modality, sentence = mention
        facts, log_odds = self.facts.get(mention.key, {}), self.log_odds.get(label, {})
        same_label = [c for c in clusters if c.label == label]
        latest, latest_of_label = _latest(clusters), _latest(same_label)
        rows = []
        for cluster in candidates:
            distance = sentence - cluster.latest.sentence
            compared: list[bool] = []
            for kind in ("place", "date", "actor", "number"):
                mine, theirs = facts.get(kind), cluster.facts.get(kind)
                known = bool(mine and theirs)
                shared = known and not mine.isdisjoint(theirs)
                compared += shared, known and not shared
            rows.append(
                (
                    1.0,
                    name in cluster.names,
                    definite,
                    distance == 0,
                    distance == 1,
                    distance > 3,
                    *compared,
                    not facts,
                    cluster is latest_of_label,
                    cluster is latest,
                    len(same_label) > 1,
                    modality != cluster.first.modality,
                    cluster.label != label,
                    log_odds[cluster.label],
                )
            )
        return rows

    def new_cluster(self, mention: Mention) -> Cluster:
        cluster = Cluster(mention, mention, mention.label)
        self.join(mention, cluster)
        return cluster

    def join(self, mention: Mention, cluster: Cluster) -> None:
        cluster.latest = mention
        cluster.names.add(mention.name)
        for kind, values in self.facts.get(mention.key, {}).items():
            cluster.facts.setdefault(kind, set()).update(values)

    def is_link(self, mention: Mention, cluster: Cluster) -> bool:
        return True


_FACT_OF_LINK = {
    "PLACE": "place",
    "TIME": "date",
    "AGENT": "actor",
    "TARGET": "actor",
    "VICTIM": "actor",
    "COUNT": "number",
}


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name as it is compared: folded spelling, words without the article."""
    return " ".join(_strip_article(word) for word in fold(name).split())


@lru_cache(maxsize=4096)
def word_key(word: str) -> str:
    """A trigger as it is compared: folded, without article and without the alif of the accusative."""
    key = _strip_article(fold(word))
    return key[:-1] if len(key) > 3 and key.endswith("ا") else key


def _strip_article(word: str) -> str:
    return word[2:] if len(word) > 4 and word.startswith("ال") else word


def _latest(clusters: list[Cluster]) -> Optional[Cluster]:
    return max(clusters, key=lambda cluster: cluster.latest.start, default=None)


def _kind(label: str) -> str:
    return _SAME_KIND.get(label, label)


def _pair(left: str, right: str) -> str:
    return f"{left}\t{right}" if left < right else f"{right}\t{left}"


def _facts_of_triggers(
    text: str, relations: list[dict[str, Any]]
) -> dict[Key, dict[str, set[str]]]:
    facts: dict[Key, dict[str, set[str]]] = {}
    canonical: dict[Key, str] = {}
    containers: dict[Key, set[str]] = {}
    for row in relations:
        if row["label"] == "ALIAS":
            head, (start, end, _) = row_keys(row)
            canonical[head] = name_key(text[start:end])
        elif row["label"] == "LOCATED_IN":
            head, (start, end, _) = row_keys(row)
            containers.setdefault(head, set()).add(name_key(text[start:end]))
    for row in relations:
        kind = _FACT_OF_LINK.get(row["label"])
        if kind is None:
            continue
        head, tail = row_keys(row)
        start, end, label = tail
        values = {canonical.get(tail, name_key(text[start:end]))}
        if kind == "place" or label in ("LOC", "FAC"):
            kind = "place"
            values |= containers.get(tail, set())
        facts.setdefault(head, {}).setdefault(kind, set()).update(values)
    return facts


def _gold_clusters(doc: Doc, label: str) -> dict[tuple, tuple]:
    """Each mention that has a link → the first mention of its cluster."""
    first: dict[tuple, tuple] = {}
    for relation in sorted(doc._.relations, key=lambda r: r.head.start):
        if relation.label == label:
            target = span_key(relation.tail)
            first[span_key(relation.head)] = first.get(target, target)
    return first


def _name_pairs(doc: Doc) -> tuple[Counter, Counter]:
    """Pairs of names that one document joins by ALIAS, and pairs of one kind that it keeps apart."""
    aliases = [(r.head, r.tail) for r in doc._.relations if r.label == "ALIAS"]
    joined = {_pair(name_key(a.text), name_key(b.text)) for a, b in aliases}
    names: dict[str, set[str]] = {}
    for ent in doc.ents:
        if ent.label_ in _ALIASED:
            names.setdefault(_kind(ent.label_), set()).add(name_key(ent.text))
    apart = {
        _pair(a, b) for group in names.values() for a in group for b in group if a < b
    } - joined
    return Counter(joined), Counter(apart)


def _label_pairs(docs: list[Doc]) -> tuple[dict[str, int], dict[str, int]]:
    """How often triggers of two labels are one incident in an article, and how often they are not."""
    joined: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for doc in docs:
        gold = _gold_clusters(doc, "COREF")
        triggers = [span for span in spans_of(doc) if span.label_ in scheme.TRIGGERS]
        for i, right in enumerate(triggers):
            for left in triggers[:i]:
                a, b = span_key(left), span_key(right)
                same = gold.get(a, a) == gold.get(b, b)
                (joined if same else apart)[_pair(left.label_, right.label_)] += 1
    return dict(joined), {pair: n for pair, n in apart.items() if pair in joined}


def _fit_logistic(rows: np.ndarray, truth: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Weights of a logistic regression with an L2 penalty, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    penalty = ridge * np.eye(rows.shape[1])
    penalty[0, 0] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (p - truth) + penalty @ weights
        curvature = (rows * (p * (1 - p))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


score_coreference = partial(score_links, prefix="identity", links=list(scheme.IDENTITY_LINKS))


@registry.scorers("sijill.coreference_scorer.v1")
def make_coreference_scorer() -> Callable:
    """The scorer of `coreference`, for the config."""
    return score_coreference


@Language.factory(
    "sijill_coreference",
    requires=["doc.ents", "doc.spans", "doc._.relations"],
    assigns=["doc._.relations"],
    default_config={"threshold": 0.3, "scorer": {"@scorers": "sijill.coreference_scorer.v1"}},
    default_score_weights={
        "identity_f": 0.0,
        "identity_p": 0.0,
        "identity_r": 0.0,
        "identity_per_type": None,
    },
)
def make_coreference(
    nlp: Language, name: str, threshold: float, scorer: Optional[Callable]
) -> Coreference:
    """Make the component from its config."""
    return Coreference(name, threshold=threshold, scorer=scorer)
