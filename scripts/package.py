"""Build the wheels of the library and of a trained pipeline, with the model card."""

import json
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import spacy
import typer
from spacy.language import Language

from sijill.annotation import scheme

LICENSE = "MIT, vectors CC BY-SA 4.0"
LICENSE_ON_A_TRANSFORMER = "MIT, the transformer's weights under the licence of the transformer"
DESCRIPTION = (
    "Arabic pipeline for reporting on armed conflict: entities, events with type and modality, casualties and their "
    "numbers, and the relations between them."
)
SOURCES = [
    {
        "name": "Sijill corpus: articles written and annotated for the project",
        "license": "CC BY 4.0",
        "author": "The Sijill maintainers",
    },
    {
        "name": "Arabic Wikipedia, 2017-01-20: word counts (tokenizer's lexicon), floret vectors",
        "url": "https://github.com/motazsaad/comparableWikiCoprus",
        "license": "CC BY-SA 4.0",
    },
    {
        "name": "ANT corpus, 2013-2017: word counts (tokenizer's lexicon), floret vectors, annotated articles where listed below",
        "url": "https://github.com/antcorpus/antcorpus.data",
        "license": "Apache-2.0",
    },
]
SPACY_VERSION = ">=3.8.0,<3.9.0"


def main(
    model: Annotated[Path, typer.Argument(help="The trained pipeline.")],
    size: Annotated[str, typer.Argument(help="The last part of its name, such as md.")],
    metrics: Annotated[Path, typer.Argument(help="Folder of the scores that evaluate wrote.")],
    trained_on: Annotated[
        Path, typer.Argument(help="What convert says of the training articles, JSON.")
    ],
    out: Annotated[
        Path, typer.Argument(help="Folder for the wheels; older ones of these names go.")
    ],
) -> None:
    """Build both wheels."""
    library = Path("packages/sijill")
    out.mkdir(parents=True, exist_ok=True)
    for pattern in ("sijill-*.whl", f"ar_sijill_{size}-*.whl"):
        for old in out.glob(pattern):
            old.unlink()
    # What an earlier build left there would come along.
    shutil.rmtree(library / "build", ignore_errors=True)
    build_wheel(library, out)
    scores = {
        path.stem: json.loads(path.read_text("utf8")) for path in sorted(metrics.glob("*.json"))
    }
    with tempfile.TemporaryDirectory() as folder:
        staged, sources = Path(folder) / "model", Path(folder) / "sources"
        nlp = spacy.load(model)
        contents = json.loads(trained_on.read_text("utf8"))
        nlp.meta.update(describe(nlp, size, scores, contents))
        nlp.to_disk(staged)
        (staged / "README.md").write_text(model_card(nlp.meta, scores), encoding="utf8")
        shutil.copy(library / "LICENSE", staged)
        sources.mkdir()
        run("spacy", "package", str(staged), str(sources), "--build", "none", "--force")
        build_wheel(next(sources.iterdir()), out)
    for wheel in sorted(out.glob("*.whl")):
        print(f"{wheel}  {wheel.stat().st_size / 1e6:.1f} MB")


def build_wheel(project: Path, out: Path) -> None:
    """Build the wheel of a project folder with what this environment has installed."""
    run("build", "--wheel", "--no-isolation", "--outdir", str(out), str(project))


def run(module: str, *arguments: str) -> None:
    """Run a Python module; where it fails, show what it said and end."""
    result = subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False
    )
    if result.returncode:
        print(result.stdout, result.stderr, file=sys.stderr)
        raise SystemExit(f"{module} {' '.join(arguments)} failed, see above")


def describe(
    nlp: Language, size: str, scores: dict[str, Any], contents: dict[str, int]
) -> dict[str, Any]:
    """What meta.json says beside what training wrote."""
    transformer = transformer_of(nlp)
    performance = {
        f"{name}_{part}_{key}": result["exact"][part][key]
        for name, result in scores.items()
        for part in result["exact"]
        for key in "prf"
    }
    return {
        "name": f"sijill_{size}",
        "version": version("sijill"),
        "description": DESCRIPTION,
        "author": "The Sijill maintainers",
        "license": LICENSE_ON_A_TRANSFORMER if transformer else LICENSE,
        "sources": sources_on(transformer) if transformer else SOURCES,
        "spacy_version": SPACY_VERSION,
        "performance": {**nlp.meta.get("performance", {}), **performance},
        "sijill": {
            "scheme": list(scheme.LABELS),
            "links": list(scheme.LINKS),
            "trained on": contents,
        },
    }


def transformer_of(nlp: Language) -> str | None:
    """The name of the transformer that a pipeline was trained on, of a folder its last part; None where there is none."""
    if "transformer" not in nlp.pipe_names:
        return None
    name = nlp.config.interpolate()["components"]["transformer"]["model"]["name"]
    return Path(name).name if Path(name).is_dir() or Path(name).is_absolute() else name


def sources_on(transformer: str) -> list[dict[str, str]]:
    """What a pipeline on a transformer is made from: no vectors, but what that transformer brings."""
    return [
        *({**source, "name": source["name"].replace(", floret vectors", "")} for source in SOURCES),
        {
            "name": f"{transformer}: the transformer that was trained on",
            "license": "its own; read its card before you pass the pipeline on",
        },
    ]


def model_card(meta: dict[str, Any], scores: dict[str, Any]) -> str:
    """The model card, Markdown."""
    parts = ("ents", "events", "harms", "counts", "relations", "identity")
    names = {"identity": "ALIAS, COREF", "ents": "entities", "harms": "harm words"}
    tables = []
    for name, result in scores.items():
        rows = [
            f"| {names.get(part, part)} | {pct(result['exact'][part]['p'])} | {pct(result['exact'][part]['r'])} "
            f"| {pct(result['exact'][part]['f'])} | {pct(result['widened'][part]['f'])} "
            f"| {result['exact'][part]['gold']} |"
            for part in parts
        ]
        rows += [
            f"| {part.replace('_', ' ')} | {pct(result[part]['p'])} | {pct(result[part]['r'])} "
            f"| {pct(result[part]['f'])} | | {result[part]['gold']} |"
            for part in ("relations_on_gold_spans", "identity_on_gold_spans", "casualties")
        ]
        rows += [
            f"| {part} | {pct(result['records'][key]['p'])} | {pct(result['records'][key]['r'])} "
            f"| {pct(result['records'][key]['f'])} | | {result['records'][key]['gold']} |"
            for key, part in (
                ("events", "events: kind, day and place"),
                ("casualties", "casualties of the right event"),
                ("incidents", "mentions of one incident, B³"),
            )
        ]
        head = f"### {name}: {result['articles']} articles, {result['words']:,} words\n"
        columns = "| | P | R | F | F, whole words | gold |\n|---|---|---|---|---|---|"
        shares = ", ".join(
            f"{part} right in {pct(result[part]['right'])} % of {result[part]['of']}"
            for part in ("modality", "numbers", "days")
            if result[part]["of"]
        )
        tables.append("\n".join([head, columns, *rows, "", f"Of spans found rightly: {shares}."]))
    return f"""# {meta["lang"]}_{meta["name"]} {meta["version"]}

{DESCRIPTION}

Needs the library `sijill` ({meta["version"]}), which `pip` finds beside this wheel:
`pip install --find-links FOLDER {meta["lang"]}_{meta["name"]}`.

## What it is for
Reading Arabic news on armed conflict into records that a person checks: every figure points at its words in the text.
It is no judge of truth: it says what an article says, and who is named as saying so.

## What it was trained on
{sentence(meta["sijill"]["trained on"])} See the data card in `corpus/README.md`.

## How good it is
Measured end to end by `spacy project run evaluate`: no gold span is given, a link counts only where both its spans are
right. `dev` and `test` are invented articles of the same making as the training data; `ant-dev` and `ant-test` are
real items of ANT; `real-dev` is real news of other papers, 2015, whose errors were read while this was made. Sets whose text was
not at hand are not listed.

{chr(10).join(tables)}

Casualties are compared as (kind, least, most) for each article; events with what the same assembly makes of the annotation.

{gap(scores)}

## What it cannot do
Places and actors are those that the library's tables know; others keep their words. Relations reach no further than a
sentence, but for aliases and repeated mentions of an incident. Dialect, poetry and social media are not what it has seen.

Licence: {meta["license"]}. Made with spaCy {meta["spacy_version"]}, from:
{chr(10).join(f"- {source['name']} ({source['license']})" for source in meta["sources"])}
"""


def gap(scores: dict[str, Any]) -> str:
    """How far the sets lie apart, and why, in words; empty where one was not measured."""
    names = ("test", "ant-test", "real-dev")
    if not set(names) <= scores.keys():
        return ""
    told = "; ".join(
        f"{name} " + ", ".join(pct(scores[key]["exact"][part]["f"]) for key in names)
        for part, name in (("ents", "entities"), ("events", "events"), ("relations", "relations"))
    )
    return (
        f"F on `test`, `ant-test` and `real-dev`: {told}. All three flatter, each in its way. `test` repeats the wording and the subjects of "
        "the invented articles trained on, `ant-test` the one site whose other items were trained on. `real-dev` is of other papers, but its errors "
        "were read and articles written that teach such wordings, though none of its sentences; it is small, so that another seed moves "
        "it by some points. Papers that nobody has looked at will be read worse: expect less than `ant-test` says."
    )


def sentence(contents: dict[str, int]) -> str:
    """What a pipeline was trained on, in words."""
    invented, real = contents["invented articles"], contents["real articles (ANT)"]
    said = f"{invented} articles written and annotated for the project, with invented persons and incidents (CC BY 4.0)"
    if real:
        said += f", and {real} real news items of the ANT corpus (Apache-2.0), annotated for the project"
    else:
        said += "; no real news"
    return f"{said}: {contents['words']:,} words."


def pct(value: float | None) -> str:
    """A share in per cent, empty where it is unknown."""
    return "" if value is None else f"{100 * value:.1f}"


if __name__ == "__main__":
    typer.run(main)
