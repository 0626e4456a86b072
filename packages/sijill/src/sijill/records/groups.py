"""Who the victims are: civilians, fighters, children, women, journalists, medics, aid workers, prisoners."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Span

from sijill.text.orthography import fold

GROUPS = (
    "fighters",
    "civilians",
    "children",
    "women",
    "journalists",
    "medics",
    "aid workers",
    "prisoners",
)
"""The names of the groups. Children, women and the others after them are civilians where nothing else is said."""

_STEMS = {
    "children": "طفل أطفال طفلة طفلين طفلان طفلتين رضيع رضع قاصر قاصرين فتى فتيان تلميذ تلاميذ تلميذة صبي صبية ولد أولاد",
    "women": "امرأة مرأة امرأتين امرأتان نساء سيدة سيدات سيدتين فتاة فتيات فتاتين شابة أم أمهات زوجة زوجته طفلة معلمة طالبة",
    "journalists": "صحفي صحافي صحفية صحافية صحفيين صحافيين صحفيون صحافيون صحفيان إعلامي إعلاميين إعلامية مراسل مصور مراسلين",
    "medics": "طبيب أطباء طبيبة مسعف مسعفين مسعفون مسعفان ممرض ممرضة ممرضين كادر",
    "aid workers": "متطوع متطوعين متطوعون إغاثي إغاثة إنساني",
    "prisoners": "سجين سجناء أسير أسرى معتقل معتقلين معتقلون نزيل نزلاء",
    "civilians": "مدني مدنيين مدنيون مدنيا مدنيان مدنية",
}
_WORD = {fold(word): group for group, words in _STEMS.items() for word in words.split()}
_SPLIT = re.compile(r"\W+")


def group_of(span: Span) -> str:
    """The group of one victim's words, the most telling one; an empty string where the words do not tell.

    >>> import spacy
    >>> doc = spacy.blank("ar")("مقتل ثلاثة أطفال")
    >>> group_of(spacy.tokens.Span(doc, 2, 3, "PEOPLE"))
    'children'
    """
    if span.label_ == "ARMED":
        return "fighters"
    if span.label_ != "PEOPLE":
        return ""
    for word in _SPLIT.split(fold(span.text)):
        bare = word.removeprefix("ال")
        for form in (word, bare, bare.removesuffix("ا")):  # with tanwin: صحافياً
            if form in _WORD:
                return _WORD[form]
    return ""


def groups_of(victims: Iterable[Span]) -> tuple[str, ...]:
    """The groups of victims, each once, in the order of `GROUPS`."""
    found = {group_of(span) for span in victims}
    return tuple(group for group in GROUPS if group in found)
