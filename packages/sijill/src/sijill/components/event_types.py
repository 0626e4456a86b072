"""`event_types`: finds the words that name an act, its type and its modality."""

from typing import Any, Callable, Optional

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model
from thinc.types import Floats2d

from sijill.components.scorers import score_layers
from sijill.components.span_tagger import DEFAULT_MODEL, SpanTagger


class EventTypes(SpanTagger):
    """Writes ``doc.spans["events"]``: triggers, labelled with the scheme's event types; see `SpanTagger`."""

    layers = ("events",)


def score_event_types(examples, **kwargs: Any) -> dict[str, Any]:
    """Precision, recall and F of triggers with their type, and the accuracy of their modality."""
    return score_layers(examples, layers=list(EventTypes.layers), **kwargs)


@registry.scorers("sijill.event_types_scorer.v1")
def make_event_types_scorer() -> Callable:
    """The scorer of `event_types`, for the config."""
    return score_event_types


@Language.factory(
    "sijill_event_types",
    assigns=["doc.spans"],
    default_config={"model": DEFAULT_MODEL, "scorer": {"@scorers": "sijill.event_types_scorer.v1"}},
    default_score_weights={
        "events_f": 1.0,
        "events_p": 0.0,
        "events_r": 0.0,
        "events_per_type": None,
        "events_modality_acc": 0.0,
    },
)
def make_event_types(
    nlp: Language, name: str, model: Model[list[Doc], list[Floats2d]], scorer: Optional[Callable]
) -> EventTypes:
    """Make the component from its config."""
    return EventTypes(nlp.vocab, model, name, scorer=scorer)
