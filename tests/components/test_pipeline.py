"""All components together: as registered, as configured, saved and sent to other processes."""

import multiprocessing
from importlib.metadata import distribution

import pytest
import spacy
from spacy import registry
from spacy.tokens import Doc, DocBin

from sijill.annotation import scheme
from sijill.annotation.corpus import blank_pipeline

ENTRY_POINTS = [e for e in distribution("sijill").entry_points if e.group.startswith("spacy_")]
FACTORIES = sorted(e.name for e in ENTRY_POINTS if e.group == "spacy_factories")
COMPONENTS = (
    "ner",
    "sijill_event_types",
    "sijill_casualties",
    "sijill_relations",
    "sijill_coreference",
)


def found(doc):
    """All that the pipeline has written to a Doc, as plain values."""
    return {
        "spans": [
            (s.start_char, s.end_char, s.label_, s._.modality, s._.count)
            for spans in (doc.ents, *doc.spans.values())
            for s in spans
        ],
        "relations": [tuple(row.values()) for row in doc._.relation_data],
        "casualties": [(c.kind, c.count, c.span.text) for c in doc._.casualties],
        "events": [(e.kind, e.place_names, len(e.mentions)) for e in doc._.events],
    }


def links(record):
    """The relations inside sentences, without their scores."""
    return {row[:-1] for row in record["relations"] if row[0] in scheme.SENTENCE_LINKS}


@pytest.fixture(scope="module")
def taught(pipeline_of, examples_of, train):
    pipeline = pipeline_of(*COMPONENTS, shared=True)
    annotates = ["tok2vec", "ner", "event_types", "casualties"]
    train(pipeline, examples_of(pipeline), steps=120, annotates=annotates)
    return pipeline


@pytest.fixture(scope="module")
def texts(nlp, examples_of):
    return [*(eg.text for eg in examples_of(nlp)), "", "كلمة"]


@pytest.fixture(scope="module")
def alone(taught, texts):
    return [found(taught(text)) for text in texts]


def test_the_whole_pipeline_learns_five_articles_by_heart(alone, examples_of, nlp):
    for eg, record in zip(examples_of(nlp), alone):
        gold = found(eg.reference)
        assert record["spans"] == gold["spans"]
        assert record["events"] == gold["events"]
        assert links(record) == links(gold)


def test_every_score_of_every_component_is_there(taught, examples_of):
    scores = taught.evaluate(examples_of(taught))
    for name in ("ents_f", "events_f", "harms_f", "counts_f", "relations_f"):
        assert scores[name] == 1.0
    assert scores["identity_f"] > 0


def test_a_batch_is_read_as_its_texts_alone(taught, texts, alone):
    assert [found(doc) for doc in taught.pipe(texts, batch_size=3)] == alone


def test_two_processes_read_as_one(taught, texts, alone):
    assert [found(doc) for doc in taught.pipe(texts, n_process=2, batch_size=3)] == alone


def test_two_processes_read_as_one_under_spawn(taught, texts, alone, tmp_path):
    taught.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method("spawn", force=True)
    try:
        assert [found(doc) for doc in loaded.pipe(texts, n_process=2, batch_size=3)] == alone
    finally:
        multiprocessing.set_start_method(before, force=True)


def test_a_saved_pipeline_reads_as_before(taught, texts, alone, tmp_path):
    taught.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert [found(loaded(text)) for text in texts] == alone


def test_a_pipeline_from_bytes_reads_as_before(taught, texts, alone, pipeline_of):
    again = pipeline_of(*COMPONENTS, shared=True).from_bytes(taught.to_bytes())
    assert [found(again(text)) for text in texts] == alone


def test_docs_survive_docbin_and_bytes(taught, texts, alone):
    docs = [taught(text) for text in texts]
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    assert [found(doc) for doc in DocBin().from_bytes(stored).get_docs(taught.vocab)] == alone
    assert [found(Doc(taught.vocab).from_bytes(doc.to_bytes())) for doc in docs] == alone


def test_a_pipeline_made_from_its_own_config_has_the_same_config(taught):
    again = spacy.util.load_model_from_config(taught.config, auto_fill=True)
    assert again.config.to_str() == taught.config.to_str()
    assert again.pipe_names == taught.pipe_names


@pytest.mark.parametrize("factory", FACTORIES)
def test_the_default_config_of_each_component_stands_by_itself(factory):
    pipeline = blank_pipeline()
    pipeline.add_pipe(factory)
    again = spacy.util.load_model_from_config(pipeline.config, auto_fill=False, validate=True)
    assert again.config.to_str() == pipeline.config.to_str()


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_setting_that_a_component_has_not_is_refused(factory):
    with pytest.raises(ValueError, match="colour"):
        blank_pipeline().add_pipe(factory, config={"colour": "red"})


@pytest.mark.parametrize("factory", FACTORIES)
def test_each_factory_loads_by_its_name(factory):
    assert spacy.blank("ar").has_factory(factory)


@pytest.mark.parametrize(
    ("group", "name"),
    [(e.group, e.name) for e in ENTRY_POINTS if e.group != "spacy_factories"],
)
def test_each_registered_function_loads_by_its_name(group, name):
    assert callable(getattr(registry, group.removeprefix("spacy_")).get(name))


def test_each_registered_name_begins_with_the_library_s():
    assert ENTRY_POINTS
    assert all(e.name.startswith(("sijill.", "sijill_")) for e in ENTRY_POINTS)


def test_every_component_says_what_it_writes():
    pipeline = blank_pipeline()
    for factory in FACTORIES:
        pipeline.add_pipe(factory)
        assert pipeline.get_pipe_meta(factory).assigns
