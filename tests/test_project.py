"""The whole road on a tiny pipeline: every step of project.yml, then the wheels in a fresh environment."""

import json
import venv
from pathlib import Path

import pytest

from tests.project_copy import GATE, ROOT, copy_project, run, run_step

SIZE = "test"
STEPS = ("check", "convert", "vectors", "train", "evaluate", "package")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project with six articles a split, every step up to `package` run."""
    folder = copy_project(tmp_path_factory.mktemp("project"))
    for step in STEPS:
        run_step(
            folder,
            step,
            size=SIZE,
            config=f"configs/{SIZE}/md.cfg",
            max_steps="20",
            real_dev="none",
        )
    return folder


@pytest.fixture(scope="module")
def fresh_python(project, tmp_path_factory) -> Path:
    """The Python of a fresh environment with nothing but the packaged pipeline and what it asks for."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(
        *(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--constraint", ROOT / "requirements.txt"),
        *("--find-links", project / "packages/dist", f"ar_sijill_{SIZE}"),
        cwd=folder,
    )
    return python


def test_evaluation_writes_scores_of_dev_and_test(project):
    scores = json.loads((project / f"metrics/{SIZE}/dev.json").read_text("utf8"))

    assert scores["articles"] == 6
    assert set(scores["exact"]) == {"ents", "events", "harms", "counts", "relations", "identity"}
    assert (project / f"metrics/{SIZE}/test.json").exists()
    assert not (project / f"metrics/{SIZE}/ant-test.json").exists()


def test_meta_says_what_the_pipeline_is(project, fresh_python):
    code = f"import json, spacy; print(json.dumps(spacy.load('ar_sijill_{SIZE}').meta))"
    meta = json.loads(run(fresh_python, "-c", code, cwd=project.parent))

    assert meta["name"] == f"sijill_{SIZE}"
    assert meta["license"] == "MIT, vectors CC BY-SA 4.0"
    assert meta["spacy_version"] == ">=3.8.0,<3.9.0"
    assert [source["license"] for source in meta["sources"]][0] == "CC BY 4.0"
    assert "PER" in meta["labels"]["ner"]
    assert meta["labels"]["event_types"] and meta["labels"]["relations"]
    assert any(requirement.startswith("sijill") for requirement in meta["requirements"])
    assert "dev_ents_f" in meta["performance"]
    assert meta["sijill"]["trained on"]["invented articles"] == 6
    assert meta["sijill"]["trained on"]["real articles (ANT)"] == 0


SAVED = """
    nlp.to_disk("saved")
    code = "import spacy; print(len(spacy.load('saved')('قتل مدنيان').spans))"
    print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
"""


def test_fresh_environment_loads_pipes_saves_and_loads_again(project, fresh_python, tmp_path):
    (tmp_path / "gate.py").write_text(GATE + SAVED, encoding="utf8")

    assert run(fresh_python, "gate.py", f"ar_sijill_{SIZE}", cwd=tmp_path).strip() == "3"


def test_seed_command_counts_facts(project, fresh_python):
    out = run(
        *(fresh_python, "scripts/seed.py", f"ar_sijill_{SIZE}"),
        *("seeds/seed.txt", "seeds/expected.yaml"),
        cwd=project,
    )

    assert "of 30 facts found" in out


def test_model_card_gives_the_measured_scores(project, fresh_python):
    code = f"import ar_sijill_{SIZE} as m; print(next(m.Path(m.__file__).parent.rglob('README.md')).read_text('utf8'))"
    card = run(fresh_python, "-c", code, cwd=project.parent)
    f = json.loads((project / f"metrics/{SIZE}/dev.json").read_text("utf8"))["exact"]["ents"]["f"]

    assert f"| {100 * f:.1f} |" in card
