"""A small copy of the project, whose steps tests run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
GATE = """
import json, multiprocessing, subprocess, sys
import spacy

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = spacy.load(sys.argv[1])
    texts = ["قتل مدنيان في قصف على درعا.", "", "هجوم"] * 4
    # Other processes first: they must read words that this one has not.
    two = [doc.to_json() for doc in nlp.pipe(texts, n_process=2)]
    one = [doc.to_json() for doc in nlp.pipe(texts)]
    assert one == two
    doc = nlp(texts[0])
    for view in (doc._.relations, doc._.casualties, doc._.events):
        assert isinstance(view, list)
"""
"""What an installed pipeline must do, as a program that takes its name and has it as ``nlp``; a test adds what it prints."""


def run(*command: str | Path, cwd: Path, **kwargs) -> str:
    """What a command printed; fails where the command does."""
    result = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False, **kwargs
    )
    assert result.returncode == 0, f"{command} failed:\n{result.stdout}\n{result.stderr}"
    return result.stdout


def copy_project(folder: Path, articles: int = 6) -> Path:
    """Copy the project, with a few articles a split and real news without its text, which is passed over."""
    for name in ("configs", "scripts", "seeds", "packages/sijill", "vectors"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("build", "*.egg-info")
        )
    shutil.copy(ROOT / "project.yml", folder)
    (folder / "corpus").mkdir()
    shutil.copy(ROOT / "corpus/public-people.tsv", folder / "corpus")
    for split in ("train", "dev", "test"):
        (folder / "corpus" / split).mkdir(parents=True)
        for article in sorted((ROOT / "corpus" / split).glob("*.txt"))[::3][:articles]:
            shutil.copy(article, folder / "corpus" / split)
        (folder / "corpus/ant" / split).mkdir(parents=True)
        for annotation in sorted((ROOT / "corpus/ant" / split).glob("*.ann"))[:2]:
            shutil.copy(annotation, folder / "corpus/ant" / split)
    return folder


def run_step(folder: Path, step: str, **variables: str | Path) -> None:
    """Run a command or workflow of a copied project with this environment's programs."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = [
        part
        for name, value in {"ant": "no-such-archive", **variables}.items()
        for part in (f"--vars.{name}", value)
    ]
    run(
        *(sys.executable, "-m", "spacy", "project", "run", step, folder, *settings),
        cwd=folder,
        env={**os.environ, "PATH": path},
    )
