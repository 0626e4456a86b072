"""What the scheme asks of an article: one faulty article for each kind of fault, and sound ones beside them."""

from dataclasses import replace

import pytest

from sijill.annotation.markup import Fault, Mark
from sijill.annotation.validation import validate

FAULTS = {
    "unknown label": (
        "شنت [[a1|ARMY|فصائل]] هجوماً",
        *(5, 5, "a1: no label ARMY", "Known are PER, ARMED"),
    ),
    "empty span": (
        "شنت [[a1|ARMED|]] هجوماً",
        *(5, 5, "a1 is empty", "Take the mark away"),
    ),
    "only a blank": (
        "شنت[[a1|ARMED| ]]هجوماً",
        *(5, 4, "a1 is empty", "Take the mark away"),
    ),
    "outer blank": (
        "شنت [[a1|ARMED|فصائل ]]هجوماً",
        *(5, 5, "a1 has outer blanks: 'فصائل '", "Leave them outside"),
    ),
    "over a line end": (
        "شنت [[a1|ARMED|فصائل\nمحلية]] هجوماً",
        *(5, 5, "a1 reaches over a line end", "Mark each line's part by itself"),
    ),
    "over a full stop": (
        "قرب [[l1|LOC|مدينة نوى. وفي]] المساء",
        *(
            5,
            5,
            "l1 reaches into the next sentence",
            "Mark a part of it, or mend where sentences start",
        ),
    ),
    "ends inside a word": (
        "قرب [[l1|LOC|در]]عا",
        *(5, 5, "l1 ends inside a word: 'در'", "Take the whole word"),
    ),
    "ends before a diacritic": (
        "شن [[e1|ATTACK|هجوم]]ًا",
        *(5, 4, "e1 ends inside a word: 'هجوم'", "Take the whole word"),
    ),
    "starts inside a word": (
        "قرب ال[[l1|LOC|رقة]]",
        *(5, 7, "l1 starts inside a word: 'الرقة'", "Only و ف ب ل ك س may stand before"),
    ),
    "starts inside a word, behind no proclitic": (
        "قرب ت[[l1|LOC|دمر]]",
        *(5, 6, "l1 starts inside a word: 'تدمر'", "Only و ف ب ل ك س may stand before"),
    ),
    "starts with a comma": (
        "قرب [[l1|LOC|، نوى]]",
        *(5, 5, "l1 starts with ،", "Leave punctuation outside"),
    ),
    "ends with a full stop": (
        "قرب [[l1|LOC|نوى.]]",
        *(5, 5, "l1 ends with .", "Leave punctuation outside"),
    ),
    "starts with half a quotation": (
        'قال [[o1|ORG|"تجمع الأحرار]]"',
        *(5, 5, 'o1 starts with "', "Leave punctuation outside"),
    ),
    "ends with half a quotation": (
        'قال "[[o1|ORG|تجمع الأحرار"]]',
        *(5, 6, 'o1 ends with "', "Leave punctuation outside"),
    ),
    "quoted": (
        'قال [[o1|ORG|"تجمع الأحرار"]]',
        *(
            5,
            5,
            'o1 is enclosed: "تجمع الأحرار"',
            "Leave quotes and brackets around a span outside",
        ),
    ),
    "bracketed": (
        "قال [[o1|ORG|(تجمع الأحرار)]]",
        *(5, 5, "o1 is enclosed: (تجمع الأحرار)", "Leave quotes and brackets"),
    ),
    "both ل of لل": (
        "تتبع [[o1|ORG|للنظام]]",
        *(5, 6, "o1 takes ل in: 'للنظام'", "Of لل only the second ل is inside"),
    ),
    "modality of an entity": (
        "شنت [[a1|ARMED|فصائل]] هجوماً\n---\nMODALITY a1 ALLEGED",
        *(5, 5, "a1: ARMED has no modality", "Take the MODALITY line away"),
    ),
    "link that the scheme does not know": (
        "شنت [[a1|ARMED|فصائل]] [[e1|ATTACK|هجوماً]]\n---\n\nAGENT a1 e1",
        *(8, 1, "AGENT a1 e1: AGENT cannot go from ARMED to ATTACK", "Allowed between them: none"),
    ),
    "link where another may stand": (
        "[[e1|ATTACK|هجوم]] على [[l1|LOC|نوى]]\n---\nTIME e1 l1",
        *(7, 1, "TIME e1 l1: TIME cannot", "Allowed between them: AGENT, TARGET, PLACE, SOURCE"),
    ),
    "link to itself": (
        "قرب [[l1|LOC|نوى]]\n---\nLOCATED_IN l1 l1",
        *(7, 1, "LOCATED_IN l1 l1 links a span to itself", "Take it away"),
    ),
    "link over a line end": (
        "وقع [[e1|ATTACK|هجوم]]\nفي [[l1|LOC|نوى]]\n---\nPLACE e1 l1",
        *(8, 1, "PLACE e1 l1 leaves its sentence", "Only ALIAS and COREF may"),
    ),
    "link over a full stop": (
        "وقع [[e1|ATTACK|هجوم]]. حدث ذلك في [[l1|LOC|نوى]].\n---\nPLACE e1 l1",
        *(7, 1, "PLACE e1 l1 leaves its sentence", "Only ALIAS and COREF may"),
    ),
    "COREF forward": (
        "[[e1|ATTACK|هجوم]] ثم [[e2|ATTACK|الهجوم]]\n---\nCOREF e1 e2",
        *(7, 1, "COREF e1 e2 points forward", "Write COREF e2 e1"),
    ),
    "ALIAS forward": (
        '[[a1|ARMED|تنظيم الدولة]] ("[[a2|ARMED|داعش]]")\n---\nALIAS a1 a2',
        *(7, 1, "ALIAS a1 a2 points forward", "Write ALIAS a2 a1"),
    ),
    "date without value": (
        "وقع هجوم [[d1|DATE|أمس]]",
        *(5, 10, "d1 has no ISO line", "Add `ISO d1 …`"),
    ),
    "count without value": (
        "[[k1|KILLED|قتل]] [[c1|COUNT|ستة]]\n---\nCOUNT k1 c1",
        *(5, 19, "c1 has no NUM line", "Add `NUM c1 least most`"),
    ),
    "harm without count and value": (
        "سقط [[k1|KILLED|قتلى]]",
        *(5, 5, "k1 has no NUM line", "Add `NUM k1 least most`"),
    ),
    "ISO of a place": (
        "قرب [[l1|LOC|نوى]]\n---\nISO l1 2023",
        *(5, 5, "l1: LOC has no ISO value", "Take the line away"),
    ),
    "ISO of a count": (
        "[[c1|COUNT|ستة]] رجال\n---\nISO c1 2023",
        *(5, 1, "c1: COUNT has no ISO value", "Take the line away"),
    ),
    "NUM of an event": (
        "[[e1|ARREST|اعتقال]] رجلين\n---\nNUM e1 2 2",
        *(5, 1, "e1: ARREST has no NUM value", "Take the line away"),
    ),
    "NUM of a date": (
        "وقع [[d1|DATE|أمس]]\n---\nNUM d1 2 2",
        *(5, 5, "d1: DATE has no NUM value", "Take the line away"),
    ),
    "least above most": (
        "[[c1|COUNT|بين 7 و9]] رجال\n---\nNUM c1 9 7",
        *(5, 1, "c1: 9 is more than 7", "Write the least first"),
    ),
    "no day of the calendar": (
        "في [[d1|DATE|30 شباط 2023]]\n---\nISO d1 2023-02-30",
        *(5, 4, "d1: 2023-02-30 is not on the calendar", "Write a day, month or year that is"),
    ),
    "no month of the calendar": (
        "في [[d1|DATE|الشهر الماضي]]\n---\nISO d1 2023-13",
        *(5, 4, "d1: 2023-13 is not on the calendar", "Write a day, month or year that is"),
    ),
    "range from back to front": (
        "في [[d1|DATE|العشر الأواخر]]\n---\nISO d1 2023-12-31/2023-12-21",
        *(5, 4, "d1: 2023-12-31/2023-12-21 is not", "a range with its first day first"),
    ),
}

SOUND = {
    "nothing marked": "لم يقع شيء",
    "empty text": "",
    "behind proclitics": "و[[a1|ARMED|فصائل]] ب[[l1|LOC|نوى]] تتبع ل[[o1|ORG|لنظام]] لـ[[a2|ARMED|داعش]]",
    "name that quotes split": 'قرب [[f1|FAC|مقر "حزب البعث"]] و[[f2|FAC|"النور" و"الهدى"]]',
    "LOC that begins with لل": "قرب [[l1|LOC|لله]]",
    "modality": "يهدد بشن [[e1|ATTACK|هجوم]]\n---\nMODALITY e1 PLANNED",
    "harm with a count": "[[k1|KILLED|قتل]] [[c1|COUNT|ستة]]\n---\nCOUNT k1 c1\nNUM c1 6 6",
    "harm with a value": "سقط [[k1|KILLED|قتيلان]]\n---\nNUM k1 2 2",
    "event without a count": "جرى [[e1|ARREST|اعتقال]] رجلين",
    "date that cannot be placed": "في [[d1|DATE|وقت ما]]\n---\nISO d1 -",
    "leap day": "في [[d1|DATE|29 شباط 2024]]\n---\nISO d1 2024-02-29",
    "range of years": "بين [[d1|DATE|2013 و2015]]\n---\nISO d1 2013/2015",
    "COREF across lines": "[[e1|ATTACK|هجوم]].\n[[e2|ATTACK|الهجوم]].\n---\nCOREF e2 e1",
}


@pytest.fixture
def faults_of(article_of, nlp):
    def find(marked: str) -> list[Fault]:
        article = article_of(marked)
        return validate(article, nlp.make_doc(article.text), source="x.txt")

    return find


@pytest.mark.parametrize(
    ("marked", "line", "column", "message", "suggestion"), FAULTS.values(), ids=FAULTS
)
def test_fault(faults_of, marked, line, column, message, suggestion):
    [fault] = faults_of(marked)
    assert (fault.source, fault.line, fault.column) == ("x.txt", line, column)
    assert fault.message.startswith(message)
    assert suggestion in fault.suggestion


@pytest.mark.parametrize("marked", SOUND.values(), ids=SOUND)
def test_sound(faults_of, marked):
    assert faults_of(marked) == []


def test_overlap(article_of, nlp):
    """Inline markup cannot say it, but what a program built may overlap."""
    article = replace(
        article_of("قرب ريف درعا"), spans=(Mark("l1", "LOC", 4, 12), Mark("l2", "LOC", 8, 12))
    )
    [fault] = validate(article, nlp.make_doc(article.text))
    assert fault.message == "l2 overlaps l1"


def test_faults_come_in_the_order_of_lines(faults_of):
    faults = faults_of(
        "[[d1|DATE|أمس]] وقع [[e1|ATTACK|هجوم]]\nفي [[l1|LOC|نوى.]]\n---\nPLACE e1 l1\nTIME l1 d1"
    )
    assert [(fault.line, fault.column) for fault in faults] == [(5, 1), (6, 4), (8, 1), (9, 1)]
