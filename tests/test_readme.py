"""README's Python examples, run on the gold annotation of their sentence: they must print what README shows."""

import re
from pathlib import Path

import spacy

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"```python\n(.*?)```\n+```\n(.*?)```", re.DOTALL)

MARKED = """قال [[o1|ORG|المرصد السوري لحقوق الإنسان]] إن [[a1|ARMED|مسلحين مجهولين]] \
[[e1|ATTACK|هاجموا]] [[f1|FAC|حاجزاً لقوات النظام]] قرب مدينة [[l1|LOC|نوى]] [[d1|DATE|مساء السبت]]، \
ما أدى إلى [[k1|KILLED|مقتل]] [[c1|COUNT|ثلاثة]] [[a3|ARMED|عناصر]] و[[i1|INJURED|إصابة]] \
[[c2|COUNT|ما لا يقل عن خمسة]] [[a4|ARMED|آخرين]].
---
AGENT e1 a1
TARGET e1 f1
PLACE e1 l1
TIME e1 d1
SOURCE e1 o1
COUNT k1 c1
VICTIM k1 a3
CAUSE k1 e1
COUNT i1 c2
VICTIM i1 a4
CAUSE i1 e1
NUM c1 3 3
NUM c2 5 -
ISO d1 2023-12-30"""


def test_readme_examples_print_what_they_show(doc_of, monkeypatch, capsys):
    """The examples are read one after the other: later ones use what earlier ones made."""
    gold = doc_of(MARKED)

    def read(text: str):
        assert text == gold.text
        return gold

    monkeypatch.setattr(spacy, "load", lambda name: read)
    names: dict = {}
    examples = BLOCK.findall((ROOT / "README.md").read_text("utf8"))
    assert len(examples) == 3
    for code, shown in examples:
        exec(compile(code, "README.md", "exec"), names)
        assert capsys.readouterr().out == shown
