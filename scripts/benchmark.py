"""Measure how fast a pipeline is on one core, beside what it is built on and beside a BERT.

All are measured in one run, in turns, on the same marked articles:

- the tokenizer alone;
- the pipeline's own tok2vec and ner and nothing else: what spaCy itself would take for entities, with the same width, vectors
  and weights. Trained weights are the fair ones: untrained, ner finds other entities than there are, and has other work;
- the pipeline, and the pipeline with its records read (``doc._.events``);
- a token classifier of BERT-base's size on windows of 256 word pieces, with random weights, since speed does not hang on
  what they are. Articles run on into each other, so that no window is padded, and of batches of one window and of eight the
  faster counts. Its 30,000 pieces are learnt from the other articles of the folder; the more pieces a word has, the slower
  it reads, so the table gives that number. A folder of few articles teaches few pieces, so that words have too many.

Words are what blanks separate. Time is that of the processor: what else the machine does takes little from it, and a library
that took a second core would gain nothing. Each figure is the median over the rounds, after one that warms the caches.
"""

import os

# Read when numpy, torch and tokenizers are imported.
os.environ.update(
    dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
    )
)

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Annotated

import spacy
import typer
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from sijill.annotation import scheme
from sijill.annotation.corpus import blank_pipeline, read_articles
from sijill.components.tagging import n_tags

PIPELINE = "pipeline"
BERT_BASE = {
    "vocab_size": 30_000,
    "hidden_size": 768,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 3072,
}
WINDOW = 256


@dataclass(frozen=True)
class Stage:
    """Something that reads so many words when it is run."""

    name: str
    words: int
    run: Callable[[], object]


def count_words(texts: Sequence[str]) -> int:
    """How many words there are, as blanks separate them."""
    return sum(len(text.split()) for text in texts)


def pipeline_stages(model: str, texts: Sequence[str]) -> list[Stage]:
    """The tokenizer, tok2vec (or the transformer) with ner, the pipeline, and the pipeline with its records read."""
    full = spacy.load(model)
    others = [name for name in full.pipe_names if name not in ("tok2vec", "transformer", "ner")]
    bare, tokenizer = spacy.load(model, exclude=others), blank_pipeline()
    words = count_words(texts)

    def read(nlp: Language) -> None:
        deque(nlp.pipe(texts), maxlen=0)

    def read_records() -> None:
        deque((doc._.events for doc in full.pipe(texts)), maxlen=0)

    return [
        Stage("tokenizer", words, partial(read, tokenizer)),
        Stage(" + ".join(bare.pipe_names), words, partial(read, bare)),
        Stage(PIPELINE, words, partial(read, full)),
        Stage("pipeline and records", words, read_records),
    ]


def bert_stages(texts: Sequence[str], max_words: int) -> list[Stage]:
    """BERT in batches of one window and of eight, on the first articles that have ``max_words`` words, or on all.

    Word pieces are learnt from the articles after these, or from all where none is left. Needs torch and transformers.
    """
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import BertConfig, BertForTokenClassification

    sample: list[str] = []
    for text in texts:
        if count_words(sample) >= max_words:
            break
        sample.append(text)
    words = count_words(sample)

    torch.set_num_threads(1)
    pieces = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    pieces.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=BERT_BASE["vocab_size"], special_tokens=["[UNK]"], show_progress=False
    )
    pieces.train_from_iterator(texts[len(sample) :] or texts, trainer)
    config = BertConfig(**BERT_BASE, num_labels=n_tags(len(scheme.ENTITIES)))
    bert = BertForTokenClassification(config).eval()

    def encode() -> torch.Tensor:
        return torch.tensor([i for text in pieces.encode_batch(sample) for i in text.ids])

    def classify(batch_size: int) -> None:
        ids = encode()
        windows = ids[: len(ids) // WINDOW * WINDOW].view(-1, WINDOW)
        rest = ids[windows.numel() :].view(1, -1)
        with torch.inference_mode():
            for batch in [*windows.split(batch_size), rest]:
                if batch.numel():
                    bert(batch)

    name = f"BERT-base, {len(encode()) / words:.2f} pieces a word, by"
    return [Stage(f"{name} {size}", words, partial(classify, size)) for size in (1, 8)]


def measure(stages: Sequence[Stage], rounds: int) -> dict[str, float]:
    """Words a second of processor time: the median of the rounds, by the stage's name."""
    speeds: dict[str, list[float]] = {stage.name: [] for stage in stages}
    for stage in stages:
        stage.run()
    for _ in range(rounds):
        for stage in stages:
            start = time.process_time()
            stage.run()
            speeds[stage.name].append(stage.words / (time.process_time() - start))
    return {name: median(of_rounds) for name, of_rounds in speeds.items()}


def main(
    folder: Annotated[Path, typer.Argument(help="Folder of marked articles.")],
    model: Annotated[str, typer.Argument(help="A pipeline's name or folder.")],
    rounds: Annotated[int, typer.Option(help="How often each is run.", min=1)] = 3,
    bert_words: Annotated[int, typer.Option(help="How many words BERT reads.", min=1)] = 3000,
) -> None:
    """Print words a second on one core, and how many times as fast as each the pipeline is."""
    texts = [article.text for _, article in read_articles([folder])[0]]
    if not texts:
        raise typer.BadParameter(
            f"{folder} has no marked article; give a folder such as corpus/dev"
        )
    stages = pipeline_stages(model, texts)
    with_bert = all(map(find_spec, ("torch", "transformers")))
    berts = bert_stages(texts, bert_words) if with_bert else []
    speeds = measure([*stages, *berts], rounds)
    shown = [*stages, *sorted(berts, key=lambda stage: -speeds[stage.name])[:1]]

    table = Table(caption=f"{count_words(texts):,} words, {rounds} rounds")
    table.add_column(f"{model}, one core")
    table.add_column("words a second", justify="right")
    table.add_column("pipeline / this", justify="right")
    for stage in shown:
        speed = speeds[stage.name]
        table.add_row(stage.name, f"{speed:,.0f}", f"{speeds[PIPELINE] / speed:.2f}")
    Console().print(table)
    if not berts:
        print('BERT-base is left out: it needs torch and transformers (pip install "sijill[trf]")')


if __name__ == "__main__":
    typer.run(main)
