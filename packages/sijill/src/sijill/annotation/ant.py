"""The ANT corpus: real news items, read from its files and cleaned.

ANT (Arabic News Texts) holds items of Jawhara FM, Tunisia, mostly of 2015 to 2017: local news and agency copy. Apache-2.0,
https://github.com/antcorpus/antcorpus.data. Its text is no part of this project; annotations of it are, as offsets into
the text that `Item.article` gives.
"""

from __future__ import annotations

import lzma
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

_FIELD = re.compile(r"<(DOCNO|CAT|TITLE|TIME|TEXT)>(.*?)</\1>", re.DOTALL)
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?\n[ \n]*")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d)/(\d\d)/(\d{4})")


class Item(NamedTuple):
    """One news item. ``docno`` is its name in ANT, such as ``JA-politic-399-20160821``."""

    docno: str
    category: str
    published: date
    title: str
    text: str

    @property
    def article(self) -> str:
        """Title and text, cleaned: the text that annotations point into. The abstract, which repeats it, is left out."""
        return clean(f"{self.title}\n{self.text}")


def clean(text: str) -> str:
    """The text without what only a web page leaves in it; no visible character is changed.

    Invisible marks and control characters are dropped, every run of blanks becomes one blank, lines lose their outer
    blanks, and empty lines go.

    >>> clean(" قتل\\xa0 شخص .\\n\\n \\u200fوأصيب  اثنان ")
    'قتل شخص .\\nوأصيب اثنان'
    """
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text.replace("\r\n", "\n")))
    return _LINE_ENDS.sub("\n", text).strip()


def read_items(source: str | Path) -> Iterator[Item]:
    """All items of ANT, in the order of their names.

    Args:
        source: the repository's folder, or an archive of it (.tar.xz, .tar.gz).

    An item without number, day or text, or that is not UTF-8, is passed over: ANT has a few.

    Raises:
        OSError: the source cannot be opened.
        ValueError: the archive is broken or none.
    """
    source = Path(source)
    if source.is_dir():
        files = sorted(source.rglob("JA-*.txt"), key=lambda path: path.name)
        for path in files:
            yield from _read_item(path.read_bytes())
        return
    try:
        with tarfile.open(source) as archive:
            members = [
                m for m in archive.getmembers() if m.isfile() and Path(m.name).match("JA-*.txt")
            ]
            contents = {Path(m.name).name: archive.extractfile(m).read() for m in members}
    except (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError) as error:
        raise ValueError(f"{source}: no archive that can be read whole: {error}") from error
    for name in sorted(contents):
        yield from _read_item(contents[name])


def read_texts(source: str | Path) -> dict[str, str]:
    """The cleaned text of every item, by its name; see `read_items`."""
    return {item.docno: item.article for item in read_items(source)}


def first_texts(sources: Iterable[str | Path] | None) -> dict[str, str] | None:
    """`read_texts` of the first source that is there; None where none is."""
    source = next((source for source in sources or () if Path(source).exists()), None)
    return None if source is None else read_texts(source)


def _read_item(content: bytes) -> Iterator[Item]:
    try:
        found = _FIELD.findall(content.decode("utf8"))
        fields = {key: value.strip() for key, value in found}
        day = _DAY.match(fields.get("TIME", ""))
        if day is None:
            return
        numbers = (day[1], day[2], day[3]) if day[1] else (day[6], day[5], day[4])
        published = date(*map(int, numbers))
    except ValueError:  # not UTF-8, or no such day
        return
    docno, text = fields.get("DOCNO"), fields.get("TEXT")
    if docno and text:
        yield Item(docno, fields.get("CAT", ""), published, fields.get("TITLE", ""), text)
