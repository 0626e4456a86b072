"""Read and write marked articles, the format of the corpus.

An article is front matter, the text with its spans marked inline, and one line for each link, modality and value::

    ---
    id: sy-daraa-0014
    published: 2023-12-31
    country: SY
    ---
    شنت [[a1|ARMED|فصائل محلية]] [[e1|ATTACK|هجوماً]]
    ---
    AGENT e1 a1

Nothing here raises on the first fault: a reading collects all of them, each with its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sijill.annotation import scheme

MARK = re.compile(r"\[\[([A-Za-z0-9]+)\|([A-Z_]+)\|([^\[\]|]*)\]\]")
FENCE = "---"
STANDOFF_SUFFIX = ".ann"
"""The ending of files that annotate a text apart from it."""
_ISO = re.compile(r"(-|\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?)$")
_NUMBER = re.compile(r"\d{1,12}|-")
_UNWRITABLE = re.compile(r"\[\[|\]\]|^---\s*$|\r\n|\r\Z", re.MULTILINE)

NumRange = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of text: ``text[start:end]`` carries ``label``.

    ``value`` is the ISO text of a DATE (``"-"`` where it cannot be placed) or the least and the most of a COUNT or a
    harm word; None where the article states none.
    """

    id: str
    label: str
    start: int
    end: int
    modality: str = scheme.ASSERTED
    value: str | NumRange | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link from the span with id ``head`` to the one with id ``tail``."""

    label: str
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in an article, where, and what to do about it. Lines and columns count from 1."""

    line: int
    column: int
    message: str
    suggestion: str
    source: str = ""

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}: {self.message}. {self.suggestion}"


@dataclass(frozen=True)
class Article:
    """A marked article. ``meta`` is the front matter in its order, ``published`` its date of publication."""

    meta: dict[str, str]
    text: str
    spans: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    lines: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)
    """Line and column in the file of each span id and each ``(label, head, tail)`` joined by blanks."""
    source: str = field(default="", compare=False)
    """The file that the article was read from, as its faults name it."""

    @property
    def id(self) -> str:
        """What the article is called, or an empty string."""
        return self.meta.get("id", "")

    @property
    def published(self) -> date | None:
        """The day of publication; None where the front matter names none."""
        return _read_day(self.meta.get("published", ""))

    @property
    def split(self) -> str:
        """The folder that the file lies in, such as ``train``; an empty string where it was read from none."""
        return Path(self.source).parent.name

    @property
    def is_standoff(self) -> bool:
        """Whether the annotation was read from a file of its own, apart from the text."""
        return Path(self.source).suffix == STANDOFF_SUFFIX

    @property
    def first_line(self) -> int:
        """The line of the file on which the text begins."""
        return len(self.meta) + 3

    @property
    def by_id(self) -> dict[str, Mark]:
        """Each span id → its span."""
        return {span.id: span for span in self.spans}

    def words_of(self, span: Mark) -> str:
        """The words that a span marks."""
        return self.text[span.start : span.end]


class MarkupError(ValueError):
    """An article that cannot be used as it stands. ``faults`` says all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


def read_article(path: str | Path) -> Article:
    """Read a marked article from a file.

    Raises:
        MarkupError: the file is not UTF-8, or not a marked article; its message lists every fault by line and column.
        OSError: the file cannot be opened.
    """
    path = Path(path)
    article, faults = parse_article(read_utf8(path), source=str(path))
    if faults:
        raise MarkupError(faults)
    return article


def parse_article(content: str, source: str = "article") -> tuple[Article, list[Fault]]:
    """Parse a marked article; returns what could be read of it, and the faults of its form.

    ``source`` is named in the faults. Line ends of Windows are read as ``\\n``.
    """
    lines = content.replace("\r\n", "\n").lstrip("\ufeff").split("\n")
    fences = [i for i, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        what = "Begin the file with a line ---, the front matter, a second line ---, the text and a third line ---"
        return Article({}, ""), [Fault(1, 1, "no front matter", what, source)]
    body_end = fences[2] if len(fences) > 2 else len(lines)
    meta, faults = parse_front_matter(lines[1 : fences[1]], source)
    if len(fences) < 3:
        what = "Close the text with a line ---, even where no link follows"
        faults.append(Fault(len(lines), 1, "the text is not closed", what, source))
    reader = _BodyReader(first_line=fences[1] + 2, source=source)
    reader.read_text("\n".join(lines[fences[1] + 1 : body_end]))
    for number, line in enumerate(lines[body_end + 1 :], body_end + 2):
        reader.read_tail_line(line, number)
    article = Article(
        meta, reader.text, tuple(reader.marks.values()), tuple(reader.links), reader.lines, source
    )
    return article, faults + reader.faults


def format_article(article: Article) -> str:
    """The article as a file's content; `parse_article` gives it back.

    Raises:
        ValueError: the text holds ``[[``, ``]]``, a line ``---`` or a line end of Windows, a span ``[``, ``]`` or
            ``|``, or two spans overlap.
    """
    out = [FENCE, *(f"{key}: {value}" for key, value in article.meta.items()), FENCE]
    unwritable = _UNWRITABLE.search(article.text)
    if unwritable:
        what = f"the text holds {unwritable[0]!r}, which the markup cannot carry"
        raise ValueError(f"{article.id}: {what}")
    pieces, last = [], 0
    for span in sorted(article.spans, key=lambda s: s.start):
        if span.start < last:
            raise ValueError(f"{article.id}: span {span.id} overlaps the one before it")
        if re.search(r"[\[\]|]", article.words_of(span)):
            raise ValueError(f"{article.id}: span {span.id} holds [, ] or |")
        pieces += [
            article.text[last : span.start],
            f"[[{span.id}|{span.label}|{article.words_of(span)}]]",
        ]
        last = span.end
    out += ["".join([*pieces, article.text[last:]]), FENCE, *tail_lines(article)]
    return "\n".join(out) + "\n"


def tail_lines(article: Article) -> list[str]:
    """The lines after the text: links, modalities and values."""
    out = [f"{link.label} {link.head} {link.tail}" for link in article.links]
    for span in article.spans:
        if span.modality != scheme.ASSERTED:
            out.append(f"MODALITY {span.id} {span.modality}")
        if isinstance(span.value, str):
            out.append(f"ISO {span.id} {span.value}")
        elif span.value is not None:
            out.append(
                f"NUM {span.id} " + " ".join("-" if n is None else str(n) for n in span.value)
            )
    return out


def write_article(article: Article, path: str | Path) -> None:
    """Write the article to a file, as `format_article` gives it."""
    Path(path).write_bytes(format_article(article).encode("utf8"))


def article_paths(paths: Iterable[str | Path], *, standoff: bool = False) -> Iterator[Path]:
    """The article files among ``paths``, each once, folders searched through in the order of their files' names.

    Marked articles, or with ``standoff`` the files that annotate a text apart from it. A path that is no folder and no
    standoff file is taken for a marked article.
    """
    seen: set[Path] = set()
    for path in map(Path, paths):
        if path.is_dir():
            pattern = f"*{STANDOFF_SUFFIX}" if standoff else "*.txt"
            found = sorted(p for p in path.rglob(pattern) if p.is_file())
        else:
            found = [path] if (path.suffix == STANDOFF_SUFFIX) is standoff else []
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def read_utf8(path: Path) -> str:
    """The content of a file.

    Raises:
        MarkupError: it is not UTF-8; the fault names the line.
        OSError: it cannot be opened.
    """
    try:
        return path.read_bytes().decode("utf8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault(line, 1, f"not UTF-8: {error.reason}", "Save the file as UTF-8", str(path))
        raise MarkupError([fault]) from error


def parse_front_matter(lines: list[str], source: str) -> tuple[dict[str, str], list[Fault]]:
    """Read the lines between the first two fences; the first of them is line 2 of the file."""
    meta: dict[str, str] = {}
    line_of: dict[str, int] = {}
    faults = []
    for number, line in enumerate(lines, 2):
        key, colon, value = line.partition(":")
        if not colon or not key.strip():
            faults.append(Fault(number, 1, f"no key in {line!r}", "Write `key: value`", source))
        elif key.strip() in meta:
            faults.append(
                Fault(number, 1, f"{key.strip()} stands twice", "Keep one of them", source)
            )
        else:
            meta[key.strip()] = value.strip()
            line_of[key.strip()] = number
    faults += [
        Fault(1, 1, f"the front matter has no {key}", f"Add `{key}: …`", source)
        for key in ("id", "published")
        if not meta.get(key)
    ]
    if meta.get("published") and not _read_day(meta["published"]):
        message = f"published is no date: {meta['published']}"
        faults.append(Fault(line_of["published"], 1, message, "Write it as 2023-12-31", source))
    return meta, faults


def _read_day(iso: str) -> date | None:
    """The day that ISO text names; None for what is no day, and for 20231231, which not every Python reads."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return None
    return day if day.isoformat() == iso else None


class TailReader:
    """Collects spans, and the links, modalities and values that the lines after a text give them, with all faults."""

    def __init__(self, source: str):
        self.source = source
        self.marks: dict[str, Mark] = {}
        self.links: list[Link] = []
        self.lines: dict[str, tuple[int, int]] = {}
        self.faults: list[Fault] = []

    def add_mark(self, mark: Mark, where: tuple[int, int]) -> None:
        """Take a span in, unless its id is taken."""
        if mark.id in self.marks:
            self._fault(where, f"the id {mark.id} stands twice", "Give each span its own id")
            return
        self.marks[mark.id] = mark
        self.lines[mark.id] = where

    def read_tail_line(self, line: str, number: int) -> None:
        """Take in one line: a link, a modality or a value. Empty lines and those that begin with # say nothing."""
        line = line.strip()
        if not line or line.startswith("#"):
            return
        kind, *rest = line.split()
        where = (number, 1)
        if kind == "MODALITY":
            self._read_modality(rest, where, line)
        elif kind in scheme.VALUES:
            self._read_value(kind, rest, where, line)
        elif kind in scheme.LINKS:
            self._read_link(kind, rest, where, line)
        else:
            known = ", ".join([*scheme.LINKS, "MODALITY", *scheme.VALUES])
            self._fault(where, f"no link, modality or value: {line!r}", f"Known are {known}")

    def _read_modality(self, rest: list[str], where: tuple[int, int], line: str) -> None:
        if len(rest) != 2 or rest[1] not in scheme.MODALITIES:
            known = ", ".join(scheme.MODALITIES)
            self._fault(
                where, f"no modality: {line!r}", f"Write `MODALITY id VALUE`, one of {known}"
            )
        elif self._known(rest[:1], where, line):
            if self.marks[rest[0]].modality != scheme.ASSERTED:
                self._fault(where, f"{rest[0]} has a modality already", "Keep one of them")
                return
            self.marks[rest[0]] = replace(self.marks[rest[0]], modality=rest[1])

    def _read_value(self, kind: str, rest: list[str], where: tuple[int, int], line: str) -> None:
        value: str | NumRange
        if kind == "ISO" and len(rest) == 2 and _ISO.match(rest[1]):
            value = rest[1]
        elif kind == "NUM" and len(rest) == 3 and all(map(_NUMBER.fullmatch, rest[1:])):
            least, most = (None if n == "-" else int(n) for n in rest[1:])
            value = (least, most)
        else:
            form = "`ISO id 2015-07-25` or `ISO id -`" if kind == "ISO" else "`NUM id 6 -`"
            self._fault(where, f"no value: {line!r}", f"Write {form}")
            return
        if self._known(rest[:1], where, line):
            if self.marks[rest[0]].value is not None:
                self._fault(where, f"{rest[0]} has a value already", "Keep one of them")
                return
            self.marks[rest[0]] = replace(self.marks[rest[0]], value=value)

    def _read_link(self, label: str, rest: list[str], where: tuple[int, int], line: str) -> None:
        if len(rest) != 2:
            self._fault(where, f"no link: {line!r}", f"Write `{label} from to`")
        elif self._known(rest, where, line):
            link = Link(label, *rest)
            key = f"{label} {link.head} {link.tail}"
            if key in self.lines:
                self._fault(where, f"{line!r} stands twice", "Keep one of them")
                return
            self.links.append(link)
            self.lines[key] = where

    def _known(self, ids: list[str], where: tuple[int, int], line: str) -> bool:
        unknown = [i for i in ids if i not in self.marks]
        for span_id in unknown:
            self._fault(
                where, f"no span {span_id} for {line!r}", "Mark it in the text or mend the id"
            )
        return not unknown

    def _fault(self, where: tuple[int, int], message: str, suggestion: str) -> None:
        self.faults.append(Fault(*where, message, suggestion, self.source))


class _BodyReader(TailReader):
    """Reads the marks of a text too."""

    def __init__(self, first_line: int, source: str):
        super().__init__(source)
        self.first_line = first_line
        self.text = ""

    def read_text(self, marked: str) -> None:
        pieces: list[str] = []
        length = last = 0
        for match in MARK.finditer(marked):
            before = marked[last : match.start()]
            self._look_for_broken_marks(marked, last, match.start())
            span_id, label, words = match.groups()
            start = length + len(before)
            length = start + len(words)
            pieces += [before, words]
            last = match.end()
            where = self._position(marked, match.start())
            self.add_mark(Mark(span_id, label, start, length), where)
        self._look_for_broken_marks(marked, last, len(marked))
        self.text = "".join([*pieces, marked[last:]])

    def _look_for_broken_marks(self, marked: str, start: int, end: int) -> None:
        for match in re.finditer(r"\[\[|\]\]", marked[start:end]):
            at = start + match.start()
            what = f"a broken mark: {marked[max(0, at - 10) : at + 25]!r}"
            self._fault(
                self._position(marked, at), what, "Write [[id|LABEL|words]], without [ ] | inside"
            )

    def _position(self, marked: str, at: int) -> tuple[int, int]:
        line_start = marked.rfind("\n", 0, at) + 1
        return self.first_line + marked.count("\n", 0, at), at - line_start + 1
