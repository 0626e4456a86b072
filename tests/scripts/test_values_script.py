"""What the measuring of values prints."""

import pytest
from typer.testing import CliRunner

from scripts.values import app

ARTICLE = """\
---
id: a
published: 2023-12-31
---
[[h1|KILLED|مقتل]] [[c1|COUNT|خمسة]] و[[c2|COUNT|تسعة]] في [[l1|LOC|نوى]] ب[[l2|LOC|درعا]] [[d1|DATE|أمس]] برصاص [[a1|ARMED|داعش]]
---
COUNT h1 c1
COUNT h1 c2
LOCATED_IN l1 l2
ISO d1 2023-12-30
NUM c1 5 5
NUM c2 8 8
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf8")
    return tmp_path


def test_accuracy(folder):
    lines = CliRunner().invoke(app, ["accuracy", str(folder)]).stdout.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["COUNT", "right", "50.0", "%", "of", "2"],
        ["DATE", "right", "100.0", "%", "of", "1"],
        ["LOC", "known", "100.0", "%", "of", "2"],
        ["ARMED", "known", "100.0", "%", "of", "1"],
    ]


def test_speed_tells_of_all_four(folder):
    result = CliRunner().invoke(app, ["speed", str(folder)])
    names = [line.split()[0] for line in result.stdout.splitlines()]
    assert names == ["numbers", "dates", "actors", "places"]
