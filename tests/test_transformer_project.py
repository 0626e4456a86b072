"""The transformer twin's road: the steps of project.yml, then its wheel, read by a process that reaches no hub."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.project_copy import GATE, copy_project, run, run_step

pytest.importorskip("spacy_transformers", reason="the extra trf is not installed")


@pytest.fixture(scope="module")
def project(tmp_path_factory, encoder) -> Path:
    """A copy of the project in which the transformer twin was trained on a tiny encoder, evaluated and packaged."""
    folder = copy_project(tmp_path_factory.mktemp("project"), articles=2)
    settings = {
        "trf_config": "configs/test/trf.cfg",
        "trf_gpu": "-1",
        "transformer": encoder,
        "size": "trf",
        "real_dev": "none",
    }
    for step in ("train-trf", "evaluate", "package"):
        run_step(folder, step, **settings)
    return folder


@pytest.fixture(scope="module")
def installed(project, tmp_path_factory) -> dict[str, str]:
    """Variables of an environment in which the packaged pipeline can be imported, and no hub be reached."""
    folder = tmp_path_factory.mktemp("installed")
    run(
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--no-index", "--find-links", project / "packages/dist"),
        *("--target", folder, "ar_sijill_trf"),
        cwd=folder,
    )
    return {**os.environ, "PYTHONPATH": str(folder), "HF_HUB_OFFLINE": "1"}


def test_the_wheel_reads_alone_and_says_what_it_is(project, installed, encoder, tmp_path):
    (tmp_path / "gate.py").write_text(GATE + "    print(json.dumps(nlp.meta))\n", encoding="utf8")

    meta = json.loads(run(sys.executable, "gate.py", "ar_sijill_trf", cwd=tmp_path, env=installed))

    assert meta["name"] == "sijill_trf"
    assert {requirement.split(">")[0] for requirement in meta["requirements"]} >= {
        "sijill",
        "spacy-transformers",
    }
    assert "transformer" in meta["license"] and "vectors" not in meta["license"]
    assert meta["sources"][-1]["name"].startswith(encoder.name)
    assert not any("floret" in source["name"] for source in meta["sources"])
    assert "dev_ents_f" in meta["performance"]


def test_the_model_card_names_the_transformer(project, installed, encoder):
    [card] = Path(installed["PYTHONPATH"]).glob("ar_sijill_trf/*/README.md")
    assert f"{encoder.name}: the transformer that was trained on" in card.read_text("utf8")
