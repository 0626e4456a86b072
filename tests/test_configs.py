"""The training configs: they fit together, and spaCy takes them as they are."""

from pathlib import Path

import pytest
import spacy
from thinc.api import Config

CONFIGS = Path(__file__).parent.parent / "configs"
MD, TINY = CONFIGS / "md.cfg", CONFIGS / "test" / "md.cfg"


@pytest.fixture(params=[MD, TINY], ids=["md", "test"])
def config(request):
    return Config().from_disk(request.param)


def registered_names(section):
    """Which registered function or factory stands where in a section."""
    found = {}
    for key, value in section.items():
        if key == "factory" or key.startswith("@"):
            found[key] = value
        elif isinstance(value, dict):
            found |= {f"{key}.{inner}": name for inner, name in registered_names(value).items()}
    return found


@pytest.mark.parametrize("section", ["nlp", "components", "corpora", "training"])
def test_the_tiny_twin_is_built_of_the_same_parts(section):
    md, tiny = (registered_names(Config().from_disk(path)[section]) for path in (MD, TINY))
    assert md
    assert tiny == md


def test_the_tiny_twin_runs_the_same_components_in_the_same_order():
    md, tiny = Config().from_disk(MD), Config().from_disk(TINY)
    assert tiny["nlp"]["pipeline"] == md["nlp"]["pipeline"]
    assert tiny["training"]["annotating_components"] == md["training"]["annotating_components"]
    assert tiny["training"]["score_weights"] == md["training"]["score_weights"]


def test_the_tiny_twin_is_tiny():
    tiny = Config().from_disk(TINY).interpolate()
    assert tiny["components"]["tok2vec"]["model"]["encode"]["width"] <= 32
    assert tiny["training"]["max_steps"] <= 20


def test_spacy_takes_the_config_without_filling_anything_in(config):
    pipeline = spacy.util.load_model_from_config(config, auto_fill=True)
    assert pipeline.pipe_names == config["nlp"]["pipeline"]
    for name, section in config["components"].items():
        filled = pipeline.config["components"][name]
        assert set(section) <= set(filled)


def test_all_trained_components_listen_to_the_shared_tok2vec(config):
    pipeline = spacy.util.load_model_from_config(config, auto_fill=True)
    listening = [
        name
        for name, pipe in pipeline.pipeline
        if hasattr(pipe, "model")
        and any(node.name == "tok2vec-listener" for node in pipe.model.walk())
    ]
    assert listening == ["ner", "event_types", "casualties", "relations"]


def test_spans_that_relations_learns_from_are_predicted_with_the_tok2vec_s_rows(config):
    """Unless tok2vec annotates too, its listeners see rows of zeros when they annotate: they then find no span."""
    source = config["components"]["relations"]["span_source"]
    assert source == "gold" or config["training"]["annotating_components"][0] == "tok2vec"


def test_articles_reach_training_whole(config):
    """Corpus.v1 drops `doc._` and `doc.spans` as soon as it splits documents."""
    for corpus in config["corpora"].values():
        assert (corpus["max_length"], corpus["gold_preproc"]) == (0, False)


def test_score_weights_name_scores_that_components_give(config):
    pipeline = spacy.util.load_model_from_config(config, auto_fill=True)
    given = {
        score
        for name in pipeline.pipe_names
        for score in pipeline.get_pipe_meta(name).default_score_weights
    }
    assert set(config["training"]["score_weights"]) <= given
    weights = [w for w in config["training"]["score_weights"].values() if w]
    assert sum(weights) == pytest.approx(1.0)
