"""The agreement of two folders of annotations, as a table."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts/agreement.py"
ARTICLE = "---\nid: a\npublished: 2023-12-31\n---\nقرب [[l1|{label}|نوى]]\n---\n"


def run(*args) -> subprocess.CompletedProcess:
    command = [sys.executable, SCRIPT, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def write(folder: Path, content: str) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text(content, encoding="utf8")
    return folder


def test_table(tmp_path):
    first = write(tmp_path / "first", ARTICLE.format(label="LOC"))
    second = write(tmp_path / "second", ARTICLE.format(label="FAC"))

    assert "| entities | 1 | 1 | 0 | 0.0 |" in run(first, second).stdout
    assert "| entities | 1 | 1 | 1 | 100.0 |" in run(first, first).stdout


def test_nothing_in_common(tmp_path):
    result = run(write(tmp_path / "first", ARTICLE.format(label="LOC")), tmp_path / "missing")

    assert result.returncode == 1
    assert "share no article" in result.stderr


def test_texts_that_differ(tmp_path):
    first = write(tmp_path / "first", ARTICLE.format(label="LOC"))
    second = write(tmp_path / "second", ARTICLE.format(label="LOC").replace("قرب", "عند"))

    assert "have not the same text" in run(first, second).stderr
