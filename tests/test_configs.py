"""The training configs: they fit together, and spaCy takes them as they are."""

from pathlib import Path

import pytest
import spacy
from thinc.api import Config

CONFIGS = Path(__file__).parent.parent / "configs"
PAIRS = [(CONFIGS / name, CONFIGS / "test" / name) for name in ("md.cfg", "trf.cfg")]
twins = pytest.mark.parametrize(("full", "tiny"), PAIRS, ids=["md", "trf"])


@pytest.fixture(params=sum(PAIRS, ()), ids=["md", "test-md", "trf", "test-trf"])
def config(request):
    return Config().from_disk(request.param)


@pytest.fixture
def pipeline(config):
    """What spaCy makes of the config, without weights."""
    if "transformer" in config["components"]:
        pytest.importorskip("spacy_transformers")
    return spacy.util.load_model_from_config(config, auto_fill=True)


def shared(config):
    """The component that embeds the tokens for all others, and what its listeners are called."""
    first = config["nlp"]["pipeline"][0]
    return first, f"{first}-listener"


def registered_names(section):
    """Which registered function or factory stands where in a section."""
    found = {}
    for key, value in section.items():
        if key == "factory" or key.startswith("@"):
            found[key] = value
        elif isinstance(value, dict):
            found |= {f"{key}.{inner}": name for inner, name in registered_names(value).items()}
    return found


@twins
@pytest.mark.parametrize("section", ["nlp", "components", "corpora", "training"])
def test_the_tiny_twin_is_built_of_the_same_parts(full, tiny, section):
    expected, found = (registered_names(Config().from_disk(path)[section]) for path in (full, tiny))
    assert expected
    assert found == expected


@twins
def test_the_tiny_twin_runs_the_same_components_in_the_same_order(full, tiny):
    full, tiny = Config().from_disk(full), Config().from_disk(tiny)
    assert tiny["nlp"]["pipeline"] == full["nlp"]["pipeline"]
    assert tiny["training"]["annotating_components"] == full["training"]["annotating_components"]
    assert tiny["training"]["score_weights"] == full["training"]["score_weights"]


def test_the_transformer_twin_has_the_same_components_after_the_first(config):
    md = Config().from_disk(PAIRS[0][0])
    assert config["nlp"]["pipeline"][1:] == md["nlp"]["pipeline"][1:]
    assert (
        config["training"]["annotating_components"][1:]
        == (md["training"]["annotating_components"][1:])
    )
    assert config["training"]["score_weights"] == md["training"]["score_weights"]
    for name in md["nlp"]["pipeline"][1:]:
        assert config["components"][name]["factory"] == md["components"][name]["factory"]


@twins
def test_the_tiny_twin_is_tiny(full, tiny):
    tiny = Config().from_disk(tiny).interpolate()
    assert tiny["training"]["max_steps"] <= 20
    assert tiny["components"]["relations"]["model"]["hidden_width"] <= 32
    if "tok2vec" in tiny["components"]:
        assert tiny["components"]["tok2vec"]["model"]["encode"]["width"] <= 32


def test_spacy_takes_the_config_without_filling_anything_in(config, pipeline):
    assert pipeline.pipe_names == config["nlp"]["pipeline"]
    for name, section in config["components"].items():
        filled = pipeline.config["components"][name]
        assert set(section) <= set(filled)


def test_all_trained_components_listen_to_the_shared_one(config, pipeline):
    _, listener = shared(config)
    listening = [
        name
        for name, pipe in pipeline.pipeline
        if hasattr(pipe, "model") and any(node.name == listener for node in pipe.model.walk())
    ]
    assert listening == ["ner", "event_types", "casualties", "relations"]


def test_spans_that_relations_learns_from_are_predicted_with_real_rows(config):
    """Unless the shared component annotates too, its listeners see rows of zeros when they annotate: they find no span."""
    source = config["components"]["relations"]["span_source"]
    assert source == "gold" or config["training"]["annotating_components"][0] == shared(config)[0]


def test_articles_reach_training_whole(config):
    """Corpus.v1 drops `doc._` and `doc.spans` as soon as it splits documents."""
    for corpus in config["corpora"].values():
        assert (corpus["max_length"], corpus["gold_preproc"]) == (0, False)


def test_score_weights_name_scores_that_components_give(config, pipeline):
    given = {
        score
        for name in pipeline.pipe_names
        for score in pipeline.get_pipe_meta(name).default_score_weights
    }
    assert set(config["training"]["score_weights"]) <= given
    weights = [w for w in config["training"]["score_weights"].values() if w]
    assert sum(weights) == pytest.approx(1.0)
