"""`casualties`: finds the words of death, injury and disappearance, and how many people they speak of.

The words are found by the trained tagger; what a count comes to is read from its words by rules, when asked for
(``span._.count``).
"""

from typing import Any, Callable, Optional

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model
from thinc.types import Floats2d

from sijill.components.scorers import score_layers
from sijill.components.span_tagger import DEFAULT_MODEL, SpanTagger


class Casualties(SpanTagger):
    """Writes ``doc.spans["harms"]`` and ``doc.spans["counts"]``; see `SpanTagger`."""

    layers = ("harms", "counts")


def score_casualties(examples, **kwargs: Any) -> dict[str, Any]:
    """Precision, recall and F of harm words and counts, and the accuracy of the harm words' modality."""
    return score_layers(examples, layers=list(Casualties.layers), **kwargs)


@registry.scorers("sijill.casualties_scorer.v1")
def make_casualties_scorer() -> Callable:
    """The scorer of `casualties`, for the config."""
    return score_casualties


@Language.factory(
    "sijill_casualties",
    assigns=["doc.spans"],
    default_config={"model": DEFAULT_MODEL, "scorer": {"@scorers": "sijill.casualties_scorer.v1"}},
    default_score_weights={
        "harms_f": 0.5,
        "harms_p": 0.0,
        "harms_r": 0.0,
        "harms_per_type": None,
        "harms_modality_acc": 0.0,
        "counts_f": 0.5,
        "counts_p": 0.0,
        "counts_r": 0.0,
        "counts_per_type": None,
    },
)
def make_casualties(
    nlp: Language, name: str, model: Model[list[Doc], list[Floats2d]], scorer: Optional[Callable]
) -> Casualties:
    """Make the component from its config."""
    return Casualties(nlp.vocab, model, name, scorer=scorer)
