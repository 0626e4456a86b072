"""A corpus is checked file by file: what is broken is told with its line, and the next file is read."""

from pathlib import Path

import pytest

from sijill.annotation.corpus import blank_pipeline, check, to_docbin

HEAD = "---\nid: {id}\npublished: 2023-12-31\ncountry: SY\n---\n"
BODY = "قرب [[l1|LOC|نوى]] وقع [[e1|ATTACK|هجوم]].\n---\nPLACE e1 l1\n"


@pytest.fixture
def folder(tmp_path):
    """A folder to which `write(name, content)` adds a file; ``{id}`` in it becomes the file's name."""

    class Folder:
        path = tmp_path

        def write(self, name: str, content: str | bytes = HEAD + BODY) -> Path:
            path = tmp_path / name
            if isinstance(content, str):
                content = content.replace("{id}", path.stem).encode("utf8")
            path.write_bytes(content)
            return path

    return Folder()


BROKEN = {
    "not UTF-8": ("---\nid: b\npublished: 2023-12-31\n---\nقرب نوى\n---\n".encode("cp1256"), 5),
    "no front matter": ("قرب نوى وقع هجوم", 1),
    "no published": ("---\nid: b\n---\nقرب نوى\n---\n", 1),
    "unknown link": (HEAD + BODY + "NEAR e1 l1\n", 9),
    "link to no span": (HEAD + BODY + "PLACE e1 l2\n", 9),
    "link that is not allowed": (HEAD + BODY + "TIME e1 l1\n", 9),
    "broken mark": (HEAD + "قرب [[l1|LOC|نوى\n---\n", 6),
    "empty file": ("", 1),
    "NUL": ("\x00\x01\x02", 1),
}


@pytest.mark.parametrize(("content", "line"), BROKEN.values(), ids=BROKEN)
def test_broken_file_is_told_and_the_others_are_read(folder, content, line):
    folder.write("a.txt")
    broken = folder.write("b.txt", content)
    folder.write("c.txt")
    sound, faults = check([folder.path])
    assert [article.id for article in sound] == ["a", "c"]
    assert (faults[0].source, faults[0].line) == (str(broken), line)
    assert faults[0].message
    assert faults[0].suggestion


def test_missing_file_is_told_and_the_others_are_read(folder):
    good = folder.write("a.txt")
    sound, [fault] = check([folder.path / "missing.txt", good])
    assert [article.id for article in sound] == ["a"]
    assert fault.message == "cannot be read: No such file or directory"


def test_all_faults_of_all_files_are_told(folder):
    folder.write("a.txt", HEAD + BODY + "NEAR e1 l1\nPLACE e1\n")
    folder.write("b.txt", HEAD + BODY + "TIME e1 l1\n")
    _, faults = check([folder.path])
    assert [(Path(fault.source).name, fault.line) for fault in faults] == [
        ("a.txt", 9),
        ("a.txt", 10),
        ("b.txt", 9),
    ]


def test_id_of_two_articles(folder):
    first, second = folder.write("a.txt"), folder.write("b.txt", HEAD.format(id="a") + BODY)
    sound, [fault] = check([folder.path])
    assert len(sound) == 1
    assert fault.source == str(second)
    assert fault.message == f"the id a is also that of {first}"


def test_empty_folder(folder):
    assert check([folder.path]) == ([], [])


# --- a span on no token borders ------------------------------------------------------------------

# وزارة is one word, but the rules of the scheme cannot know.
MISALIGNED = HEAD + "قالت و[[o1|ORG|زارة]] الصحة.\n---\n"


@pytest.mark.parametrize(("keep_unaligned", "sound"), [(False, []), (True, ["a"])])
def test_misaligned_span_is_reported(folder, keep_unaligned, sound):
    path = folder.write("a.txt", MISALIGNED)
    found, [fault] = check([path], keep_unaligned=keep_unaligned)
    assert [article.id for article in found] == sound
    assert (fault.source, fault.line, fault.column) == (str(path), 6, 7)
    assert fault.message == "o1 'زارة' does not lie on token borders"
    assert fault.suggestion == "The tokens there are وزارة"


def test_misaligned_span_is_left_out_of_the_docbin(folder, nlp):
    path = folder.write("a.txt", MISALIGNED)
    [doc] = to_docbin(check([path], keep_unaligned=True)[0]).get_docs(nlp.vocab)
    assert doc.ents == ()


# --- DocBin --------------------------------------------------------------------------------------


def test_docbin_has_a_doc_for_each_article(folder, nlp):
    folder.write("a.txt")
    folder.write("b.txt")
    docs = list(to_docbin(check([folder.path])[0]).get_docs(nlp.vocab))
    assert [doc._.article_id for doc in docs] == ["a", "b"]
    assert [[ent.text for ent in doc.ents] for doc in docs] == [["نوى"], ["نوى"]]


def test_blank_pipeline_has_the_tokenizer_and_nothing_else():
    nlp = blank_pipeline()
    assert nlp.lang == "ar"
    assert nlp.pipe_names == []
    assert [token.text for token in nlp("وقصف.")] == ["و", "قصف", "."]
