"""From files of articles to their records, one by one: what cannot be read is reported and passed over."""

from __future__ import annotations

import json
import zlib
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from hashlib import sha1
from pathlib import Path
from typing import Any, NamedTuple, Optional

from spacy.language import Language
from spacy.tokens import Doc

from sijill.export.jsonl import open_lines
from sijill.records.schema import ArticleRecord, article_record

ENDINGS = (".txt", ".jsonl", ".jsonl.gz")
"""Files of articles: plain text, one article each, or JSON Lines with one in each line."""

Report = Callable[[str, str], None]
"""Takes where something is (file, or file and line) and what is wrong with it."""


class Source(NamedTuple):
    """An article to read. ``where`` is its file, with the line in JSON Lines; ``done`` the bytes of all files read so far."""

    text: str
    id: str
    published: Optional[date]
    country: str
    where: str
    done: int = 0


class ArticleFile(NamedTuple):
    """A file of articles; ``name`` is the id of the one that a plain text holds."""

    path: Path
    name: str
    size: int


def find_files(
    paths: Iterable[str | Path], report: Report, leave_out: Collection[Path] = ()
) -> list[ArticleFile]:
    """The files of articles among paths, those in folders included, each once.

    A plain text is named by its path inside the folder given, by its bare name where it is given itself, without the
    ending; texts for which this gives one name are named by their paths as given. Files in ``leave_out`` are none.
    """
    outputs = {path.resolve() for path in leave_out}
    taken = set(outputs)
    found: list[ArticleFile] = []
    for path in map(Path, paths):
        inside = sorted(p for p in path.rglob("*") if _is_article_file(p)) if path.is_dir() else []
        for file in inside or [path]:
            try:
                size = file.stat().st_size
            except OSError as error:
                report(str(file), f"cannot be read: {error.strerror}")
                continue
            if not file.name.lower().endswith(ENDINGS):
                report(str(file), f"no file of articles; these end in {', '.join(ENDINGS)}")
            elif file.resolve() in outputs and not inside:
                report(str(file), "is written to, so it is not read")
            elif file.resolve() not in taken:
                taken.add(file.resolve())
                name = file.relative_to(path) if inside else Path(file.name)
                found.append(ArticleFile(file, _without_ending(name), size))
    names = Counter(file.name for file in found)
    return [
        file if names[file.name] == 1 else file._replace(name=_without_ending(file.path))
        for file in found
    ]


def _without_ending(path: Path) -> str:
    return path.with_suffix("").as_posix()


def _is_article_file(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS) and path.is_file()


# --- reading -------------------------------------------------------------------------------------


def read_sources(
    files: Iterable[ArticleFile],
    report: Report,
    *,
    published: date | None = None,
    country: str = "",
    max_length: int = 1_000_000,
) -> Iterator[Source]:
    """The articles of files, in their order.

    What is no article is reported and passed over: files and lines that cannot be read, texts that are empty or longer
    than ``max_length`` characters, and articles with the id of an earlier one, or with its text where there is no id.

    Args:
        published: the day of publication of articles that do not tell theirs.
        country: the country, ISO 3166 of two letters, of articles that do not tell theirs.
    """
    seen: dict[str | bytes, str] = {}
    for source in _all_sources(files, report):
        if len(source.text) > max_length:
            what = f"{len(source.text):,} characters; the pipeline takes {max_length:,} at most"
            report(source.where, what)
        elif (key := source.id or sha1(source.text.encode("utf8")).digest()) in seen:
            report(source.where, f"told already: {seen[key]} has the same id or text")
        else:
            seen[key] = source.where
            yield source._replace(
                published=source.published or published, country=source.country or country
            )


def _all_sources(files: Iterable[ArticleFile], report: Report) -> Iterator[Source]:
    done = 0
    for file in files:
        read = _read_text if file.path.suffix.lower() == ".txt" else _read_lines
        try:
            yield from read(file, report, done)
        except (OSError, EOFError, zlib.error) as error:  # the last two: broken gzip
            report(str(file.path), f"cannot be read: {getattr(error, 'strerror', None) or error}")
        done += file.size


def _read_text(file: ArticleFile, report: Report, done: int) -> Iterator[Source]:
    where = str(file.path)
    try:
        # A byte order mark belongs to the file, not to the text.
        text = file.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report(where, f"not UTF-8: {error.reason} at byte {error.start}")
        return
    if text.strip():
        yield Source(text, file.name, None, "", where, done + file.size)
    else:
        report(where, "no text")


def _read_lines(file: ArticleFile, report: Report, done: int) -> Iterator[Source]:
    with open_lines(file.path) as lines:
        packed = getattr(lines, "fileobj", lines)
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{file.path}:{number}"
            try:
                source = read_line(line, where)
            except ValueError as error:
                report(where, str(error))
            else:
                yield source._replace(done=done + _position(packed))


def _position(file: Any) -> int:
    try:
        return file.tell()
    except OSError:  # a pipe has none
        return 0


def read_line(line: bytes, where: str = "") -> Source:
    """The article of a line: an object with ``text``, and if told ``id``, ``published`` and ``country``.

    Raises:
        ValueError: the line is no such object; the message says why.

    >>> read_line('{"text": "نزح السكان", "published": "2023-12-31"}'.encode()).published
    datetime.date(2023, 12, 31)
    """
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON: {error}") from error
    if not isinstance(fields, dict):
        raise ValueError("no JSON object")
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("no text")
    return Source(
        text=_whole(text),
        id=_id(fields.get("id")),
        published=_published(fields.get("published")),
        country=read_country(fields.get("country")),
        where=where,
    )


def _whole(text: str) -> str:
    try:
        text.encode("utf8")
    except UnicodeEncodeError as error:
        raise ValueError(f"half a character (a lone surrogate) at {error.start}") from error
    return text


def _id(value: Any) -> str:
    if value is None or isinstance(value, (str, int)):
        return "" if value is None else _whole(str(value))
    raise ValueError("id: neither text nor number")


def _published(value: Any) -> date | None:
    if value in (None, ""):
        return None
    try:
        return read_day(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"published {value!r}: no date such as 2023-12-31") from error


def read_day(value: str) -> date:
    """The day of ``2023-12-31``, also with a time after it (``2023-12-31T10:00:00Z``).

    Raises:
        ValueError: it is none.
    """
    if value[10:11] not in ("", "T", " "):
        raise ValueError(f"{value}: no date")
    return date.fromisoformat(value[:10])


def read_country(value: Any) -> str:
    """A country as ISO 3166 code of two letters, an empty string for nothing.

    Raises:
        ValueError: it is none.

    >>> read_country("sy")
    'SY'
    """
    if value in (None, ""):
        return ""
    if isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha():
        return value.upper()
    raise ValueError(f"country {value!r}: no code of two letters such as SY")


# --- records -------------------------------------------------------------------------------------


def extract_records(
    nlp: Language,
    sources: Iterable[Source],
    report: Report,
    *,
    batch_size: int = 64,
    processes: int = 1,
) -> Iterator[tuple[ArticleRecord, Source]]:
    """The records of articles, in their order, with what they were read from.

    An article at which the pipeline or the making of records fails is reported and passed over.

    Args:
        batch_size: articles that the pipeline takes at once.
        processes: processes among which the pipeline's work is shared.
    """
    for doc, source in _docs(nlp, sources, report, batch_size, processes):
        doc._.published = source.published
        doc._.country = source.country
        doc._.article_id = source.id
        try:
            record = article_record(doc)
        except Exception as error:
            report(source.where, _told(error))
        else:
            yield record, source


def _docs(
    nlp: Language, sources: Iterable[Source], report: Report, batch_size: int, processes: int
) -> Iterator[tuple[Doc, Source]]:
    sources = iter(sources)
    waiting: deque[Source] = deque()

    def feed() -> Iterator[tuple[str, Source]]:
        for source in sources:
            waiting.append(source)
            yield source.text, source

    while True:
        docs = nlp.pipe(feed(), as_tuples=True, batch_size=batch_size, n_process=processes)
        try:
            for doc, source in docs:
                waiting.popleft()
                yield doc, source
            return
        except Exception:
            # One of those in the pipe ended it: each alone shows which, then the others go on.
            failed = 0
            for source in waiting:
                try:
                    doc = nlp(source.text)
                except Exception as error:
                    failed += 1
                    report(source.where, _told(error))
                else:
                    yield doc, source
            waiting.clear()
            if not failed:  # it was none of them
                raise


def _told(error: Exception) -> str:
    return f"fails: {type(error).__name__}: {error}"
