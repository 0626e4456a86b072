"""Items of ANT are read from its folder or an archive, and cleaned of what only a web page leaves."""

import tarfile
from datetime import date

import pytest

from sijill.annotation.ant import clean, read_items, read_texts

ITEM = """\
<DOC>
<DOCNO>{docno}</DOCNO>
<CAT>localNews</CAT>
<TITLE>هدوء في المدينة</TITLE>
<TIME>{time}</TIME>
<AUTHOR></AUTHOR>
<ABSTRACT>
ملخص
</ABSTRACT>
<TEXT>
عاد الهدوء\u00a0 إلى المدينة .
 \u200f
وفتحت المدارس
</TEXT>
</DOC>
"""


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("قتل\u00a0شخص", "قتل شخص"),
        ("قتل  \t شخص ،وأصيب آخر .", "قتل شخص ،وأصيب آخر ."),
        ("\u200fقتل\u202c شخص\ufeff", "قتل شخص"),
        ("قتل\r\n\r\n \n شخص \n", "قتل\nشخص"),
        ("الـ20 قتيلاً «إرهابي”", "الـ20 قتيلاً «إرهابي”"),
    ],
)
def test_clean(text, cleaned):
    assert clean(text) == cleaned
    assert clean(cleaned) == cleaned


@pytest.fixture
def folder(tmp_path):
    category = tmp_path / "antcorpus" / "localNews"
    category.mkdir(parents=True)
    for number, time in ((1, "2017-06-02T08:21:00+01:00"), (2, "03/11/2016")):
        docno = f"JA-localNews-{number}-x"
        content = ITEM.format(docno=docno, time=time)
        (category / f"{docno}.txt").write_text(content, encoding="utf8")
    empty = "<DOC><DOCNO>JA-localNews-3-x</DOCNO><TIME>03/11/2016</TIME><TEXT>\n</TEXT></DOC>"
    (category / "JA-localNews-3-x.txt").write_text(empty, encoding="utf8")
    return tmp_path / "antcorpus"


def test_items_of_a_folder(folder):
    first, second = read_items(folder)

    assert (first.docno, first.category) == ("JA-localNews-1-x", "localNews")
    assert (first.published, second.published) == (date(2017, 6, 2), date(2016, 11, 3))
    assert first.article == "هدوء في المدينة\nعاد الهدوء إلى المدينة .\nوفتحت المدارس"


def test_archive_gives_what_the_folder_gives(folder, tmp_path):
    archive = tmp_path / "ant.tar.xz"
    with tarfile.open(archive, "w:xz") as tar:
        tar.add(folder, "antcorpus")

    assert list(read_items(archive)) == list(read_items(folder))


def test_archive_that_is_cut_off(folder, tmp_path):
    archive = tmp_path / "ant.tar.xz"
    with tarfile.open(archive, "w:xz") as tar:
        tar.add(folder, "antcorpus")
    archive.write_bytes(archive.read_bytes()[:200])

    with pytest.raises(ValueError, match="no archive that can be read whole"):
        list(read_items(archive))


@pytest.mark.parametrize(
    "content", ["قتل".encode("cp1256"), ITEM.format(docno="JA-x", time="2016-13-40").encode()]
)
def test_item_that_cannot_be_read_is_passed_over(folder, content):
    (folder / "JA-broken.txt").write_bytes(content)

    assert len(list(read_items(folder))) == 2


def test_texts_by_name(folder):
    assert list(read_texts(folder)) == ["JA-localNews-1-x", "JA-localNews-2-x"]


def test_missing_source(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(read_items(tmp_path / "missing.tar.xz"))
