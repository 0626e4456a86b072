"""Put the packaged wheels into the folder of the release, with what made them, how good they are and how they read."""

import hashlib
import json
import shutil
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import spacy
import typer
from spacy.tokens import Doc

from sijill.extensions import span_key, spans_of

MADE_OF = (
    "configs/md.cfg",
    "corpus/train",
    "corpus/dev",
    "corpus/ant",
    "packages/sijill/src",
    "vectors",
)
PARTS = ("ents", "events", "harms", "counts", "relations", "identity")


def main(
    model: Annotated[Path, typer.Argument(help="The pipeline that was packaged.")],
    dist: Annotated[Path, typer.Argument(help="Folder of the wheels.")],
    metrics: Annotated[Path, typer.Argument(help="Folder of the scores that evaluate wrote.")],
    out: Annotated[Path, typer.Argument(help="Folder of the release; what is there goes.")],
    article: Annotated[
        Path, typer.Argument(help="A text that the release must go on reading alike.")
    ],
) -> None:
    """Copy the wheels and write release.json beside them."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    wheels = [
        Path(shutil.copy(wheel, out))
        for pattern in ("sijill-*.whl", "ar_sijill_md-*.whl")
        for wheel in dist.glob(pattern)
    ]
    nlp = spacy.load(model)
    facts = {
        "version": version("sijill"),
        "wheels": {wheel.name: sha256([wheel]) for wheel in wheels},
        "made of": {name: sha256(files_of(Path(name))) for name in MADE_OF},
        "scores": {path.stem: f_scores(path) for path in sorted(metrics.glob("*.json"))},
        "article": article.as_posix(),
        "reading": reading(nlp(article.read_text("utf8"))),
    }
    (out / "release.json").write_text(
        json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf8"
    )
    for wheel in wheels:
        print(f"{wheel}  {wheel.stat().st_size / 1e6:.1f} MB")


def files_of(path: Path) -> list[Path]:
    """The files of a folder, what Python makes left out, or the file itself."""
    inside = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]
    return sorted(p for p in inside if "__pycache__" not in p.parts and ".egg-info" not in str(p))


def sha256(files: Iterable[Path]) -> str:
    """One hash of several files, names and contents."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode("utf8") + b"\0" + file.read_bytes())
    return digest.hexdigest()


def f_scores(path: Path) -> dict[str, float]:
    """F of each part, exact borders, and of casualties, in per cent."""
    scores: dict[str, Any] = json.loads(path.read_text("utf8"))
    found = {part: scores["exact"][part]["f"] for part in PARTS}
    found["casualties"] = scores["casualties"]["f"]
    return {name: round(100 * f, 1) for name, f in found.items()}


def reading(doc: Doc) -> list[tuple[int, int, str]]:
    """What a pipeline finds in a text, as offsets and labels."""
    return sorted(span_key(span) for span in spans_of(doc))


if __name__ == "__main__":
    typer.run(main)
