"""What the benchmark measures, on two articles, with an untrained pipeline and a tiny BERT."""

from pathlib import Path

import pytest
import spacy
from spacy.training import Example
from thinc.api import Config
from typer import Typer
from typer.testing import CliRunner

from scripts import benchmark
from sijill.annotation.corpus import read_articles
from sijill.annotation.docs import article_to_doc

CONFIG = Path(__file__).parents[2] / "configs" / "test" / "md.cfg"
ARTICLE = """\
---
id: {id}
published: 2023-12-31
---
شن [[a1|ARMED|مسلحون]] [[e1|ATTACK|هجوماً]] قرب [[l1|LOC|نوى]]، و[[h1|KILLED|قُتل]] [[c1|COUNT|ثلاثة]] {who}.
---
AGENT e1 a1
COUNT h1 c1
"""
WORDS = 8 + 9
TINY_BERT = {
    "vocab_size": 50,
    "hidden_size": 8,
    "num_hidden_layers": 1,
    "num_attention_heads": 1,
    "intermediate_size": 8,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    for name, who in (("a", "جنود"), ("b", "جنود  سوريين")):
        (folder / f"{name}.txt").write_text(ARTICLE.format(id=name, who=who), "utf8")
    return folder


@pytest.fixture(scope="module")
def texts(folder):
    return [article.text for _, article in read_articles([folder])[0]]


@pytest.fixture(scope="module")
def model(folder, tmp_path_factory):
    """Folder of a pipeline of the tiny configuration, with random weights."""
    nlp = spacy.util.load_model_from_config(Config().from_disk(CONFIG), auto_fill=True)
    articles = [article for _, article in read_articles([folder])[0]]
    gold = [article_to_doc(article, nlp.make_doc)[0] for article in articles]
    nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc) for doc in gold])
    path = tmp_path_factory.mktemp("model")
    nlp.to_disk(path)
    return path


@pytest.fixture
def command():
    app = Typer()
    app.command()(benchmark.main)
    return lambda *args: CliRunner().invoke(app, [*map(str, args), "--rounds", "1"])


def rows(output):
    """The table's rows: name, and the two figures without their commas."""
    cells = [line.strip("│").split("│") for line in output.splitlines() if line.startswith("│")]
    return {name.strip(): [float(x.replace(",", "")) for x in figures] for name, *figures in cells}


def test_every_stage_reads_all_words(model, texts):
    stages = benchmark.pipeline_stages(str(model), texts)
    assert [(stage.name, stage.words) for stage in stages] == [
        ("tokenizer", WORDS),
        ("tok2vec + ner", WORDS),
        ("pipeline", WORDS),
        ("pipeline and records", WORDS),
    ]


def test_tok2vec_and_ner_stand_bare(model, texts, monkeypatch):
    loaded = []
    load = spacy.load
    monkeypatch.setattr(
        benchmark.spacy, "load", lambda *args, **kw: loaded.append(load(*args, **kw)) or loaded[-1]
    )
    benchmark.pipeline_stages(str(model), texts)
    assert ["tok2vec", "ner"] in [nlp.pipe_names for nlp in loaded]


def test_speed_is_words_by_time(monkeypatch):
    clock = iter([10.0, 12.0, 20.0, 24.0, 30.0, 33.0])
    monkeypatch.setattr(benchmark.time, "process_time", lambda: next(clock))
    runs = []
    stage = benchmark.Stage("stage", 12, lambda: runs.append(1))
    assert benchmark.measure([stage], rounds=3) == {"stage": 4.0}
    assert len(runs) == 4


def test_the_table_compares_each_with_the_pipeline(folder, model, command, monkeypatch):
    monkeypatch.setattr(benchmark, "find_spec", lambda name: None)
    result = command(folder, model)
    assert result.exit_code == 0, result.output
    table = rows(result.stdout)
    assert list(table) == ["tokenizer", "tok2vec + ner", "pipeline", "pipeline and records"]
    assert table["pipeline"][1] == 1.0
    assert f"{WORDS} words, 1 rounds" in result.stdout
    assert "BERT-base is left out" in result.stdout


def test_bert_is_measured_where_torch_is(folder, model, command, monkeypatch):
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    monkeypatch.setattr(benchmark, "BERT_BASE", TINY_BERT)
    result = command(folder, model)
    assert result.exit_code == 0, result.output
    [bert] = [name for name in rows(result.stdout) if name.startswith("BERT")]
    assert "left out" not in result.stdout


def test_bert_reads_no_more_articles_than_its_words_need(texts, monkeypatch):
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    monkeypatch.setattr(benchmark, "BERT_BASE", TINY_BERT)
    assert {stage.words for stage in benchmark.bert_stages(texts, 1)} == {8}
    assert {stage.words for stage in benchmark.bert_stages(texts, 1000)} == {WORDS}


def test_a_folder_without_articles_is_refused(tmp_path, model, command):
    result = command(tmp_path, model)
    assert result.exit_code == 2
    assert "no marked article" in result.output
