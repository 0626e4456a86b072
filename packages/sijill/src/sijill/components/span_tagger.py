"""The trainable component behind `event_types` and `casualties`: it finds labelled words and their modality."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Optional

import numpy as np
from spacy.errors import Errors
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example, validate_examples, validate_get_examples
from spacy.vocab import Vocab
from thinc.api import Config, Model, Optimizer, set_dropout_rate
from thinc.types import Floats2d

from sijill.annotation import scheme
from sijill.components.span_tagger_model import predict_modalities, predict_tags, predict_vectors
from sijill.components.tagging import best_path, decode, encode, n_tags

FoundSpan = tuple[int, int, int, int]
"""First token, token after the last, number of the label, number of the modality."""

DEFAULT_MODEL = Config().from_str(
    """
[model]
@architectures = "sijill.SpanTagger.v1"
hidden_width = 96
modality_window = 4
context_width = 64

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


class SpanTagger(TrainablePipe):
    """Finds the spans of some layers of the scheme, and the modality of those that have one.

    Subclasses say which ``layers``. Spans are read as BIO tags by the best valid path; the modality of a span is the
    one with the highest mean score over its tokens. Spans go to ``doc.spans[layer]``, the modality to the span's id
    (read it as ``span._.modality``), so both survive every way of storing a Doc.
    """

    layers: tuple[str, ...] = ()

    def __init__(
        self,
        vocab: Vocab,
        model: Model[list[Doc], list[Floats2d]],
        name: str,
        *,
        scorer: Optional[Callable] = None,
    ) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.scorer = scorer
        self.cfg: dict[str, Any] = {"labels": []}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the component can set, sorted."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> list[str]:
        """The labels as `initialize` takes them."""
        return list(self.labels)

    def add_label(self, label: str) -> int:
        """Add a label before initialisation; returns 1 where it is new, else 0.

        Raises:
            ValueError: the label belongs to none of the component's layers, or the model already has its shape.
        """
        if label in self.labels:
            return 0
        if scheme.LAYER_OF.get(label) not in self.layers:
            allowed = ", ".join(self._layer_labels())
            raise ValueError(f"{self.name}: {label!r} is not one of its labels ({allowed})")
        if self.model.get_ref("tags").has_dim("nO"):
            raise ValueError(f"{self.name}: labels cannot be added once the model is initialised")
        self.cfg["labels"] = sorted([*self.labels, label])
        self.vocab.strings.add(label)
        return 1

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Optional[Language] = None,
        labels: Optional[list[str]] = None,
    ) -> None:
        """Read the labels from all examples (or take ``labels``) and shape the model.

        Raises:
            ValueError: no example has a span of the component's layers.
        """
        validate_get_examples(get_examples, f"{type(self).__name__}.initialize")
        sample: list[Doc] = []
        found: set[str] = set(labels or ())
        for eg in get_examples():
            if labels is None:
                found |= {
                    span.label_
                    for layer in self.layers
                    for span in eg.reference.spans.get(layer, ())
                }
            if len(sample) < 10:
                sample.append(eg.x)
        if not found and not self.labels:
            raise ValueError(
                f"{self.name}: no span to learn from. "
                f"Give examples with doc.spans[{'] or doc.spans['.join(map(repr, self.layers))}]"
            )
        for label in sorted(found):
            self.add_label(label)
        for modality in scheme.MODALITIES:
            self.vocab.strings.add(modality)
        tags = self.model.get_ref("tags")
        if tags.has_dim("nO") is None:
            tags.set_dim("nO", n_tags(len(self.labels)))
        self.model.initialize(X=sample)

    def predict(self, docs: Iterable[Doc]) -> list[list[FoundSpan]]:
        """The spans of each document, in the order of the text."""
        docs = list(docs)
        self._require_labels()
        if not any(len(doc) for doc in docs):
            return [[] for _ in docs]
        vectors, rows = predict_vectors(self.model, docs)
        tags = _log_softmax(self.model.ops.to_numpy(predict_tags(self.model, vectors, rows)))
        ends = np.cumsum([len(doc) for doc in docs])
        paths = np.concatenate([best_path(rows) for rows in np.split(tags, ends[:-1])])
        tokens = np.flatnonzero(paths)
        modalities = np.zeros((len(paths), len(scheme.TRIGGER_MODALITIES)), dtype="float32")
        if len(tokens):
            scores = predict_modalities(self.model, vectors, rows[tokens])
            modalities[tokens] = _log_softmax(self.model.ops.to_numpy(scores))
        return [
            [
                (start, end, label, int(rows[start:end].mean(axis=0).argmax()))
                for start, end, label in decode(path)
            ]
            for path, rows in zip(np.split(paths, ends[:-1]), np.split(modalities, ends[:-1]))
        ]

    def set_annotations(self, docs: Iterable[Doc], found: list[list[FoundSpan]]) -> None:
        """Write the spans that `predict` found to ``doc.spans``; blanks are no span."""
        for doc, doc_spans in zip(docs, found):
            layers: dict[str, list[Span]] = {layer: [] for layer in self.layers}
            for start, end, label, modality in doc_spans:
                name = self.labels[label]
                trigger = name in scheme.TRIGGERS and modality
                span_id = scheme.TRIGGER_MODALITIES[modality] if trigger else ""
                span = Span(doc, start, end, label=name, span_id=span_id)
                if not span.text.isspace():
                    layers[scheme.LAYER_OF[name]].append(span)
            for layer, spans in layers.items():
                doc.spans[layer] = spans

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
        validate_examples(examples, f"{type(self).__name__}.update")
        if not any(len(eg.predicted) for eg in examples):
            return losses
        set_dropout_rate(self.model, drop)
        scores, backprop = self.model.begin_update([eg.predicted for eg in examples])
        loss, gradient = self.get_loss(examples, scores)
        backprop(gradient)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(
        self, examples: Iterable[Example], scores: list[Floats2d]
    ) -> tuple[float, list[Floats2d]]:
        """Cross entropy of the tags of all tokens and of the modality of the triggers' tokens, and its gradient.

        Documents without any of the component's layers are not annotated: they teach nothing.
        """
        split = n_tags(len(self.labels))
        loss, gradients = 0.0, []
        for eg, doc_scores in zip(examples, scores):
            array = self.model.ops.to_numpy(doc_scores)
            gradient = np.zeros_like(array)
            if any(layer in eg.reference.spans for layer in self.layers):
                spans, modalities = self._gold(eg)
                tags = encode(spans, len(array))
                loss += _cross_entropy(array[:, :split], tags, gradient[:, :split])
                rows = np.flatnonzero(modalities >= 0)
                part = np.zeros((len(rows), len(scheme.TRIGGER_MODALITIES)), dtype=array.dtype)
                loss += _cross_entropy(array[rows, split:], modalities[rows], part)
                gradient[rows, split:] = part
            gradients.append(self.model.ops.asarray2f(gradient))
        return loss, gradients

    def _gold(self, eg: Example) -> tuple[list[tuple[int, int, int]], np.ndarray]:
        """Gold spans on the predicted document's tokens, and a modality class a token (-1: none)."""
        doc = eg.predicted
        modalities = np.full(len(doc), -1, dtype="int64")
        spans = []
        for layer in self.layers:
            for gold in eg.reference.spans.get(layer, ()):
                here = doc.char_span(gold.start_char, gold.end_char)
                if here is None or gold.label_ not in self.labels:
                    continue
                spans.append((here.start, here.end, self.labels.index(gold.label_)))
                if gold.label_ in scheme.TRIGGERS:
                    modalities[here.start : here.end] = scheme.TRIGGER_MODALITIES.index(
                        gold._.modality
                    )
        return spans, modalities

    def _layer_labels(self) -> Iterator[str]:
        for layer in self.layers:
            yield from scheme.LAYERS[layer]

    def _require_labels(self) -> None:
        if not self.labels:
            raise ValueError(Errors.E109.format(name=self.name))


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    shifted = scores - scores.max(axis=1, keepdims=True, initial=-np.inf) if scores.size else scores
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)) if scores.size else scores


def _cross_entropy(scores: np.ndarray, truth: np.ndarray, gradient: np.ndarray) -> float:
    """Cross entropy summed over rows; writes its gradient."""
    if not len(truth):
        return 0.0
    log_p = _log_softmax(scores)
    rows = np.arange(len(truth))
    gradient[:] = np.exp(log_p)
    gradient[rows, truth] -= 1
    return float(-log_p[rows, truth].sum())
