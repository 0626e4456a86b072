"""A compact encoder of our own for configs/trf.cfg: a WordPiece of our spelling, then a BERT that learns to fill gaps.

Both are plain Hugging Face folders. Texts are folders of marked articles, or files with one paragraph a line, xz.
"""

import lzma
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import torch
import typer
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from tokenizers.processors import TemplateProcessing
from torch.nn.functional import cross_entropy, pad
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForMaskedLM,
    DataCollatorForLanguageModeling,
    PreTrainedTokenizerFast,
)

from sijill.annotation.corpus import read_articles
from sijill.text.orthography import FORMATS, MARKS, TATWEEL, fold

MAX_PIECES = 512
IGNORED = -100  # what the collator writes where there is no gap
SPECIAL = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "mask": "[MASK]"}

app = typer.Typer(no_args_is_help=True)
Texts = Annotated[
    list[Path], typer.Argument(help="Files of texts, xz, or folders of marked articles.")
]
Folder = Annotated[Path, typer.Option(help="The encoder's folder.")]


@app.command()
def tokenizer(
    texts: Texts,
    out: Folder,
    pieces: Annotated[int, typer.Option(help="Size of the vocabulary.")] = 30_000,
) -> None:
    """Learn word pieces from texts, as they are spelt after `fold`."""
    wordpiece = Tokenizer(models.WordPiece(unk_token=SPECIAL["unk"]))
    wordpiece.normalizer = folding()
    # Letters, digits and each other sign stand apart, as in our tokens: no piece spans two of them.
    wordpiece.pre_tokenizer = pre_tokenizers.Split(
        Regex(r"[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}\s]"), "removed", invert=True
    )
    wordpiece.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=pieces, special_tokens=list(SPECIAL.values()), show_progress=False
    )
    wordpiece.train_from_iterator(read_paragraphs(texts), trainer)
    cls, sep = SPECIAL["cls"], SPECIAL["sep"]
    wordpiece.post_processor = TemplateProcessing(
        single=f"{cls} $A {sep}",
        special_tokens=[(token, wordpiece.token_to_id(token)) for token in (cls, sep)],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=wordpiece,
        model_max_length=MAX_PIECES,
        **{f"{name}_token": token for name, token in SPECIAL.items()},
    ).save_pretrained(out)


@app.command()
def pretrain(
    texts: Texts,
    out: Folder,
    width: Annotated[int, typer.Option(help="Width of a word piece's vector.")] = 384,
    layers: Annotated[int, typer.Option(help="Layers of attention.")] = 6,
    heads: Annotated[int, typer.Option(help="Heads of each layer.")] = 6,
    epochs: Annotated[int, typer.Option(help="Passes over the texts.")] = 40,
    batch: Annotated[int, typer.Option(help="Blocks of 512 pieces a step.")] = 32,
    learn_rate: Annotated[float, typer.Option(help="The highest learning rate.")] = 5e-4,
    max_steps: Annotated[int, typer.Option(help="Stop after so many; 0: when the passes end.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the weights, the order and the gaps.")] = 0,
) -> None:
    """Train a BERT to fill the gaps of texts cut into blocks, on a GPU where there is one."""
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pieces = AutoTokenizer.from_pretrained(out)
    blocks = make_blocks(pieces, read_paragraphs(texts))
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=4 * width,
        max_position_embeddings=MAX_PIECES,
        pad_token_id=pieces.pad_token_id,
    )
    model = BertForMaskedLM(config).to(device)
    print(f"{model.num_parameters() / 1e6:.1f} million parameters, {blocks.numel():,} pieces")
    steps = max_steps or epochs * -(-len(blocks) // batch)
    optimizer = torch.optim.AdamW(model.parameters(), lr=learn_rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, learn_rate, total_steps=steps, pct_start=0.05, anneal_strategy="linear"
    )
    mask = DataCollatorForLanguageModeling(pieces)
    start, total = time.perf_counter(), 0.0
    for step, rows in enumerate(islice(batches(len(blocks), batch), steps), 1):
        inputs, labels = mask.torch_mask_tokens(blocks[rows])
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            # Only gaps are scored: a score for each of the vocabulary's pieces, at every place, is most of the work.
            gaps = (labels != IGNORED).to(device)
            vectors = model.bert(input_ids=inputs.to(device)).last_hidden_state[gaps]
            loss = cross_entropy(model.cls(vectors).float(), labels.to(device)[gaps])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        total += loss.item()
        if step % 100 == 0 or step == steps:
            speed = step * batch * MAX_PIECES / (time.perf_counter() - start)
            mean = total / (step % 100 or 100)
            print(f"step {step} of {steps}: loss {mean:.3f}, {speed:,.0f} pieces a second")
            total = 0.0
    model.save_pretrained(out)


def folding() -> normalizers.Normalizer:
    """`sijill.text.orthography.fold` as rules that are saved with a tokenizer, and that keep the offsets of its pieces.

    As there, a mark that stands by itself stays: papers write a tatweel for a dash, and a token needs a piece.
    """
    marks = f"[{MARKS}{TATWEEL}]+"
    by_target: dict[str, str] = {}
    for code in range(0x0600, 0x0700):
        letter = chr(code)
        if (folded := fold(letter)) != letter:
            by_target[folded] = by_target.get(folded, "") + letter
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(f"[{FORMATS}]"), ""),
            normalizers.Replace(Regex(rf"(?<=\p{{Lo}}){marks}|{marks}(?=\p{{Lo}})"), ""),
            *(
                normalizers.Replace(Regex(f"[{sources}]"), target)
                for target, sources in by_target.items()
            ),
            normalizers.Lowercase(),
        ]
    )


def read_paragraphs(texts: list[Path]) -> Iterator[str]:
    """The paragraphs of all texts."""
    for path in texts:
        if path.is_dir():
            for _, article in read_articles([path])[0]:
                yield from filter(None, article.text.splitlines())
        else:
            with lzma.open(path, "rt", encoding="utf8") as file:
                yield from filter(None, map(str.strip, file))


def make_blocks(pieces: PreTrainedTokenizerFast, paragraphs: Iterator[str]) -> torch.Tensor:
    """All paragraphs one after another, cut into blocks of equal length, shape (blocks, 512); the rest is left out.

    Raises:
        SystemExit: the texts do not fill one block.
    """
    ids: list[torch.Tensor] = []
    while some := list(islice(paragraphs, 1000)):
        encoded = pieces(some, add_special_tokens=False, verbose=False)["input_ids"]
        ids += [torch.tensor([*row, pieces.sep_token_id], dtype=torch.int32) for row in encoded]
    inside = MAX_PIECES - 1
    flat = torch.cat(ids) if ids else torch.zeros(0, dtype=torch.int32)
    if len(flat) < inside:
        raise SystemExit(
            f"the texts have {len(flat)} pieces; one block takes {inside}. Give more text"
        )
    blocks = flat[: len(flat) // inside * inside].view(-1, inside).long()
    return pad(blocks, (1, 0), value=pieces.cls_token_id)


def batches(blocks: int, size: int) -> Iterator[torch.Tensor]:
    """Numbers of blocks, shuffled anew in each pass, for ever."""
    while True:
        yield from torch.randperm(blocks).split(size)


if __name__ == "__main__":
    app()
