"""Where sentences start, by rule: after a line's end, a full stop, ؟ or !

Not at a stop inside quotation marks, nor at one that only abbreviates (`د.`) or numbers a point of a list (`1.`). Stops
inside numbers, addresses and acronyms are no tokens of their own and never come up. Three dots end nothing.
"""

from collections.abc import Sequence

ENDS = frozenset(".؟?!۔")
OPENING_QUOTES = frozenset("“«‹„")
CLOSING_QUOTES = frozenset("”»›")
QUOTES = OPENING_QUOTES | CLOSING_QUOTES | frozenset('"')
CLOSERS = ENDS | CLOSING_QUOTES | frozenset("\"')]}")
# After one of these a quotation mark may open without a space before it; before one of these it closes.
BEFORE_QUOTE = frozenset("([{:،,؛;-–—/")
AFTER_QUOTE = frozenset(".؟?!،,؛;:)]}…-–—/")
# A sentence does not start with one of these.
CONTINUATION = frozenset("،,؛;:")
ABBREVIATIONS = frozenset(
    ["إلخ", "الخ", "Dr", "Mr", "Mrs", "Ms", "St", "No", "vs", "Jr", "Sr", "Inc", "Ltd", "Co"]
)
NEWLINES = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def is_mark(token: str) -> bool:
    """Say whether a token can matter to where sentences start."""
    return (
        token in ENDS or token in QUOTES or (token.isspace() and any(c in NEWLINES for c in token))
    )


def quotations(
    words: Sequence[str], spaces: Sequence[bool], marks: Sequence[int]
) -> dict[int, int]:
    """Pair the quotation marks of one line: where each quotation opens, and where it closes.

    An opening mark that nothing closes is dropped as soon as the next one opens.
    """
    pairs: dict[int, int] = {}
    opened: int | None = None
    for i in marks:
        word = words[i]
        if word not in QUOTES:
            continue
        before = words[i - 1] if i and not spaces[i - 1] else ""
        after = words[i + 1] if i + 1 < len(words) and not spaces[i] else ""
        left = bool(before) and not before.isspace() and before not in BEFORE_QUOTE
        right = bool(after) and not after.isspace() and after not in AFTER_QUOTE
        if word in "«»" or left == right:
            opens = word in OPENING_QUOTES or (
                word not in CLOSING_QUOTES and (opened is None or before.endswith("ـ"))
            )
        else:
            opens = right
        if opens:
            opened = i
        elif opened is not None:
            pairs[opened] = i
            opened = None
    return pairs


def abbreviates(words: Sequence[str], spaces: Sequence[bool], i: int, start: int) -> bool:
    """Say whether the stop at i belongs to the token before it, in a sentence that begins at start."""
    before = words[i - 1]
    if words[i] != "." or spaces[i - 1]:
        return False
    if before.isdecimal():
        return i - 1 == start
    # 1948 م. is an era, and the stop a full stop.
    single = (
        len(before) == 1 and before.isalpha() and not (i - start > 1 and words[i - 2].isdecimal())
    )
    return single or before in ABBREVIATIONS or _in_acronym(words, spaces, i)


def _in_acronym(words: Sequence[str], spaces: Sequence[bool], i: int) -> bool:
    """Say whether the stop at i stands between the spelled letters of a foreign name, as in إس.إن.سي.بي."""

    def glued(left: int) -> bool:
        """Whether short words stand on both sides of the stop after ``left``, without a space."""
        return (
            0 <= left < len(words) - 2
            and words[left + 1] == "."
            and not (spaces[left] or spaces[left + 1])
            and all(word.isalpha() and len(word) <= 3 for word in (words[left], words[left + 2]))
        )

    return glued(i - 1) and (glued(i - 3) or glued(i + 1))


def sentence_starts(
    words: Sequence[str], spaces: Sequence[bool], marks: Sequence[int] | None = None
) -> list[int]:
    """Return the indices of the tokens that start a sentence; whitespace belongs to the sentence before it.

    marks are the indices of the tokens for which is_mark holds, if they are known already.
    """
    if not words:
        return []
    if marks is None:
        marks = [i for i, word in enumerate(words) if is_mark(word)]
    starts = [0]
    line: list[int] = []
    for mark in [*marks, len(words)]:
        if mark == len(words) or words[mark].isspace():
            if line:
                starts.extend(_starts_in_line(words, spaces, line, starts[-1], mark))
            _start_after(words, mark, starts)
            line = []
        else:
            line.append(mark)
    return starts


def _start_after(words: Sequence[str], i: int, starts: list[int]) -> None:
    """Let a sentence start at the first token after i that is not whitespace."""
    i += 1
    while i < len(words) and words[i].isspace():
        i += 1
    if i < len(words) and not all(word.isspace() for word in words[starts[-1] : i]):
        starts.append(i)


def _starts_in_line(
    words: Sequence[str], spaces: Sequence[bool], marks: list[int], start: int, stop: int
) -> list[int]:
    """Find the sentences that start inside one line: tokens start to stop."""
    starts = [start]
    pairs = quotations(words, spaces, marks) if len(marks) > 1 else {}
    closing = -1
    for i in marks:
        if i in pairs:
            closing = pairs[i]
        if words[i] not in ENDS or i <= starts[-1] or abbreviates(words, spaces, i, starts[-1]):
            continue
        end = i
        while (
            end + 1 < stop
            and not spaces[end]
            and words[end + 1] in CLOSERS
            and end + 1 not in pairs
        ):
            end += 1
        after = end + 1
        if end >= closing and after < stop and words[after] not in CONTINUATION:
            _start_after(words, end, starts)
    return starts[1:]
