"""`relations`: who did what to whom, where, when, with what: links between spans of one sentence."""

from functools import partial
from typing import Any, Callable, Iterable, Optional

import numpy as np
from spacy.errors import Errors
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example, validate_examples, validate_get_examples
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import Config, Model, Optimizer, set_dropout_rate
from thinc.types import Floats2d

from sijill.annotation import scheme
from sijill.components.relation_model import PairInputs
from sijill.components.relation_pairs import PairBatch, make_pairs
from sijill.components.scorers import relation_keys, score_links
from sijill.extensions import Relation, set_relations, span_key, spans_of

SPAN_SOURCES = ("gold", "predicted", "mixed")

DEFAULT_MODEL = Config().from_str(
    """
[model]
@architectures = "sijill.RelationModel.v1"
hidden_width = 96
feature_width = 16
feature_rows = 1000

[model.tok2vec]
@architectures = "spacy.HashEmbedCNN.v2"
pretrained_vectors = null
width = 96
depth = 4
embed_size = 2000
window_size = 1
maxout_pieces = 3
subword_features = true
"""
)["model"]


class Relations(TrainablePipe):
    """Scores every pair of spans of a sentence that the scheme allows, for all links at once.

    Writes ``doc._.relations``, in the order of the text. A link is written where its score reaches the label's
    threshold; several links may hold between two spans.

    Args:
        span_source: which spans it learns from: ``"gold"``, ``"predicted"`` (the components before it must then be
            ``annotating_components`` of the training), or ``"mixed"``: predicted spans for every second document.
        threshold: the score that a link needs. None takes those tuned on the development set by `tune`, which are
            saved with the component, and one half for labels that have none.
    """

    def __init__(
        self,
        vocab: Vocab,
        model: Model[PairInputs, Floats2d],
        name: str,
        *,
        span_source: str,
        threshold: Optional[float] = None,
        scorer: Optional[Callable] = None,
    ) -> None:
        if span_source not in SPAN_SOURCES:
            raise ValueError(
                f"{name}: span_source is {span_source!r}; it must be one of {', '.join(SPAN_SOURCES)}"
            )
        self.vocab = vocab
        self.model = model
        self.name = name
        self.span_source = span_source
        self.threshold = threshold
        self.scorer = scorer
        self.cfg: dict[str, Any] = {"labels": [], "thresholds": {}}
        self._seen = 0

    @property
    def labels(self) -> tuple[str, ...]:
        """The links that the training data has, in the scheme's order."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> list[str]:
        """The labels as `initialize` takes them."""
        return list(self.labels)

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Optional[Language] = None,
        labels: Optional[list[str]] = None,
    ) -> None:
        """Read the links from all examples (or take ``labels``) and shape the model.

        Raises:
            ValueError: no example has a relation, or a label is no link of the scheme inside a sentence.
        """
        validate_get_examples(get_examples, "Relations.initialize")
        sample: list[Example] = []
        found = set(labels or ())
        for eg in get_examples():
            if labels is None:
                found |= {row["label"] for row in eg.reference._.relation_data}
            if len(sample) < 10:
                sample.append(eg)
        if labels is not None and found - set(scheme.SENTENCE_LINKS):
            unknown = ", ".join(sorted(found - set(scheme.SENTENCE_LINKS)))
            raise ValueError(f"{self.name}: no link of the scheme inside a sentence: {unknown}")
        self.cfg["labels"] = [label for label in scheme.SENTENCE_LINKS if label in found]
        if not self.labels:
            raise ValueError(
                f"{self.name}: no relation to learn from; set doc._.relations on the examples"
            )
        docs = [eg.predicted for eg in sample]
        self.model.initialize(X=(docs, make_pairs(docs, [self._gold_spans(eg) for eg in sample])))

    def predict(self, docs: Iterable[Doc]) -> tuple[PairBatch, np.ndarray]:
        """The candidate pairs of the documents, and their scores between 0 and 1, shape (pairs, sentence links)."""
        docs = list(docs)
        if not self.labels:
            raise ValueError(Errors.E109.format(name=self.name))
        pairs = make_pairs(docs, [spans_of(doc) for doc in docs])
        if not len(pairs):
            return pairs, np.zeros((0, len(scheme.SENTENCE_LINKS)), dtype="float32")
        scores = self.model.ops.to_numpy(self.model.predict((docs, pairs)))
        return pairs, _sigmoid(scores) * pairs.allowed

    def set_annotations(self, docs: Iterable[Doc], scored: tuple[PairBatch, np.ndarray]) -> None:
        """Write the links whose score reaches the threshold to ``doc._.relations``."""
        pairs, scores = scored
        found: list[list[Relation]] = [[] for _ in docs]
        spans = pairs.table.spans
        for pair, link in zip(*np.nonzero(scores >= self._thresholds())):
            head, tail = pairs.heads[pair], pairs.tails[pair]
            relation = Relation(
                scheme.SENTENCE_LINKS[link], spans[head], spans[tail], float(scores[pair, link])
            )
            found[pairs.table.docs[head]].append(relation)
        for doc, relations in zip(docs, found):
            set_relations(doc, relations)

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optional[Optimizer] = None,
        losses: Optional[dict[str, float]] = None,
    ) -> dict[str, float]:
        """Learn from a batch, by one call of the model on exactly these documents; adds the loss to ``losses``."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        validate_examples(examples, "Relations.update")
        if not any(len(eg.predicted) for eg in examples):
            return losses
        set_dropout_rate(self.model, drop)
        pairs = make_pairs(
            [eg.predicted for eg in examples], [self._training_spans(eg) for eg in examples]
        )
        # Without a single pair the model still runs: the last listener of a shared tok2vec must always call back.
        scores, backprop = self.model.begin_update(([eg.predicted for eg in examples], pairs))
        loss, gradient = self.get_loss(examples, pairs, scores)
        backprop(gradient)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(
        self, examples: Iterable[Example], pairs: PairBatch, scores: Floats2d
    ) -> tuple[float, Floats2d]:
        """Binary cross entropy of the allowed links of each pair, and its gradient."""
        truth = self._truth(list(examples), pairs)
        probabilities = _sigmoid(self.model.ops.to_numpy(scores))
        gradient = (probabilities - truth) * pairs.allowed
        right = np.where(truth, probabilities, 1 - probabilities)
        loss = -np.log(np.maximum(right, 1e-7))[pairs.allowed].sum()
        return float(loss), self.model.ops.asarray2f(gradient.astype("float32"))

    def tune(self, examples: Iterable[Example]) -> dict[str, float]:
        """Choose, for each label, the threshold that gives the best F on examples whose documents are predicted.

        The thresholds are used from then on and saved with the component.
        """
        examples = list(examples)
        pairs, scores = self.predict([eg.predicted for eg in examples])
        truth = self._truth(examples, pairs)
        for label in self.labels:
            link = scheme.SENTENCE_LINKS.index(label)
            total = sum(len(relation_keys(eg.reference, [label])) for eg in examples)
            self.cfg["thresholds"][label] = _best_threshold(scores[:, link], truth[:, link], total)
        return dict(self.cfg["thresholds"])

    def _thresholds(self) -> np.ndarray:
        tuned = self.cfg["thresholds"]
        return np.array(
            [
                2.0
                if label not in self.labels
                else self.threshold
                if self.threshold is not None
                else tuned.get(label, 0.5)
                for label in scheme.SENTENCE_LINKS
            ]
        )

    def _truth(self, examples: list[Example], pairs: PairBatch) -> np.ndarray:
        gold = [relation_keys(eg.reference, self.labels) for eg in examples]
        wanted: list[dict] = []
        for keys in gold:
            by_pair: dict = {}
            for label, pair in keys:
                by_pair.setdefault(pair, []).append(scheme.SENTENCE_LINKS.index(label))
            wanted.append(by_pair)
        keys = [span_key(span) for span in pairs.table.spans]
        row_of = {
            (int(doc), key): row for row, (doc, key) in enumerate(zip(pairs.table.docs, keys))
        }
        n = len(pairs.table.spans)
        positive = {
            row_of[(i, head)] * n + row_of[(i, tail)]: links
            for i, by_pair in enumerate(wanted)
            for (head, tail), links in by_pair.items()
            if (i, head) in row_of and (i, tail) in row_of
        }
        truth = np.zeros((len(pairs), len(scheme.SENTENCE_LINKS)), dtype=bool)
        codes = pairs.heads * n + pairs.tails
        for at in np.flatnonzero(np.isin(codes, list(positive))):
            truth[at, positive[int(codes[at])]] = True
        return truth

    def _training_spans(self, eg: Example) -> list[Span]:
        self._seen += 1
        predicted = self.span_source == "predicted" or (
            self.span_source == "mixed" and self._seen % 2 == 0
        )
        return spans_of(eg.predicted) if predicted else self._gold_spans(eg)

    def _gold_spans(self, eg: Example) -> list[Span]:
        spans = (
            eg.predicted.char_span(s.start_char, s.end_char, label=s.label_)
            for s in spans_of(eg.reference)
        )
        return [span for span in spans if span is not None]


def _sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def _best_threshold(scores: np.ndarray, truth: np.ndarray, total: int) -> float:
    """The threshold with the best F of ``scores >= threshold`` against ``truth``, of ``total`` that could be found.

    Kept between 0.1 and 0.9, and at one half where there are under ten to judge by.
    """
    if total < 10 or not truth.any():
        return 0.5
    candidates = np.arange(0.1, 0.91, 0.05)
    chosen = scores[:, None] >= candidates
    hits = (chosen & truth[:, None]).sum(axis=0)
    f = 2 * hits / (chosen.sum(axis=0) + total)
    return round(float(candidates[f.argmax()]), 2)


score_relations = partial(score_links, prefix="relations", links=list(scheme.SENTENCE_LINKS))


@registry.scorers("sijill.relations_scorer.v1")
def make_relations_scorer() -> Callable:
    """The scorer of `relations`, for the config."""
    return score_relations


@Language.factory(
    "sijill_relations",
    requires=["doc.ents", "doc.spans"],
    assigns=["doc._.relations"],
    default_config={
        "model": DEFAULT_MODEL,
        "span_source": "mixed",
        "threshold": None,
        "scorer": {"@scorers": "sijill.relations_scorer.v1"},
    },
    default_score_weights={
        "relations_f": 1.0,
        "relations_p": 0.0,
        "relations_r": 0.0,
        "relations_per_type": None,
    },
)
def make_relations(
    nlp: Language,
    name: str,
    model: Model[PairInputs, Floats2d],
    span_source: str,
    threshold: Optional[float],
    scorer: Optional[Callable],
) -> Relations:
    """Make the component from its config."""
    return Relations(
        nlp.vocab, model, name, span_source=span_source, threshold=threshold, scorer=scorer
    )
