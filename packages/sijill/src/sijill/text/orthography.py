"""Arabic spelling: what is a letter, what is only a mark, and which spellings count as the same.

The classes are those of the Unicode charts for Arabic; the foldings are the usual ones of Arabic information
retrieval (Larkey, Ballesteros and Connell 2002, "Improving stemming for Arabic information retrieval"), with hamza
seats folded as well.
"""

import unicodedata

TATWEEL = "\u0640"

# For character classes of regular expressions. Presentation forms are letters too: text copied from PDF has them.
LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    + ("\u0750-\u077f\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc")
)
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
# Invisible: zero-width (non-)joiners and direction marks.
FORMATS = "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"


def _expand(ranges: str) -> list[int]:
    """List the code points of a regular expression's character class."""
    codes: list[int] = []
    pending = False
    for character in ranges:
        if character == "-":
            pending = True
        elif pending:
            codes.extend(range(codes[-1] + 1, ord(character) + 1))
            pending = False
        else:
            codes.append(ord(character))
    return codes


_DELETE = dict.fromkeys([*_expand(MARKS), *_expand(FORMATS), ord(TATWEEL)], "")
_SAME = str.maketrans(
    # Alef forms; hamza on a seat (مسؤول, مسئول); final yeh and teh marbuta; Persian and Urdu letters; number signs.
    "أإآٱٲٳٵ" + "ؤئٶ" + "ىیېےۍ" + "ةہھەۀۃ" + "کڪ" + "\u066b\u066c",
    "ااااااا" + "ءءء" + "ييييي" + "هههههه" + "كك" + ".,",
)
_DIGITS = {
    code: str(unicodedata.digit(chr(code))) for code in [*range(0x660, 0x66A), *range(0x6F0, 0x6FA)]
}
_BASE = _DELETE | _SAME | _DIGITS
_PRESENTATION = {
    code: unicodedata.normalize("NFKC", chr(code)).strip().translate(_BASE)
    for code in _expand("\ufb50-\ufdfb\ufe70-\ufefc")
}
_FOLD = _BASE | _PRESENTATION


def strip_diacritics(text: str) -> str:
    """Return the text without vowel signs, tatweel and invisible marks; every letter stays as it is written."""
    return text.translate(_DELETE)


def fold(word: str) -> str:
    """Return the spelling that all variants of a word share: the tokens' NORM.

    Drops diacritics, tatweel and invisible marks; folds alef forms to ا, hamza on a seat to ء, ى to ي and ة to ه,
    Persian letters and presentation forms to plain Arabic ones, Arabic-Indic digits to 0-9, and capitals to small
    letters. A word that consists of marks alone is returned unchanged.

    >>> fold("إِلَـــى"), fold("مسئولة") == fold("مسؤوله"), fold("٣٫٥")
    ('الي', True, '3.5')
    """
    return word.translate(_FOLD).lower() or word


def fold_letters(word: str) -> tuple[str, list[int]]:
    """Return the folded word and, for each of its letters, where in the word as written that letter stands.

    >>> fold_letters("وَبـه")
    ('وبه', [0, 2, 4])
    """
    folded = [(character.translate(_FOLD), index) for index, character in enumerate(word)]
    return (
        "".join(letters for letters, _ in folded),
        [index for letters, index in folded for _ in letters],
    )
