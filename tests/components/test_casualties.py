"""`casualties`: words of harm, and what their counts come to."""

import pytest

from sijill.text.numbers import Count


@pytest.fixture(scope="module")
def taught(pipeline_of, examples_of, train):
    pipeline = pipeline_of("sijill_casualties")
    train(pipeline, examples_of(pipeline))
    return pipeline


def test_harm_words_and_counts_are_found(taught):
    doc = taught("قُتل 3 مدنيين جراء قصف قوات النظام بلدة سرمين في ريف إدلب.")
    spans = [*doc.spans["harms"], *doc.spans["counts"]]
    assert [(s.text, s.label_) for s in spans] == [("قُتل", "KILLED"), ("3", "COUNT")]


def test_a_count_is_read_as_a_number(taught):
    doc = taught("شن تنظيم الدولة هجوماً على حاجز، ما أدى إلى إصابة نحو عشرة جنود.")
    assert [span._.count for span in doc.spans["counts"]] == [Count(10, 10)]


def test_harm_that_is_denied_is_denied(taught):
    doc = taught("نفت وزارة الداخلية سقوط قتلى في الاشتباكات.")
    assert [span._.modality for span in doc.spans["harms"]] == ["DENIED"]


def test_it_writes_both_of_its_layers_even_where_it_finds_nothing(taught):
    assert {name: len(spans) for name, spans in taught("").spans.items()} == {
        "harms": 0,
        "counts": 0,
    }


def test_counts_have_no_modality(taught):
    doc = taught("قُتل 3 مدنيين جراء قصف قوات النظام بلدة سرمين في ريف إدلب.")
    assert [span.id_ for span in doc.spans["counts"]] == [""]


def test_an_event_is_none_of_its_labels(taught):
    with pytest.raises(ValueError, match="'ATTACK' is not one of its labels"):
        taught.get_pipe("casualties").add_label("ATTACK")
