"""`event_types`: triggers, their types and their modality."""

import pytest


@pytest.fixture(scope="module")
def taught(pipeline_of, examples_of, train):
    pipeline = pipeline_of("sijill_event_types")
    train(pipeline, examples_of(pipeline))
    return pipeline


def test_a_trigger_is_found_with_its_type(taught):
    doc = taught("شن تنظيم الدولة هجوماً على حاجز قرب تدمر مساء السبت.")
    assert [(span.text, span.label_) for span in doc.spans["events"]] == [("هجوماً", "ATTACK")]


def test_what_is_threatened_is_planned(taught):
    doc = taught("هددت فصائل محلية باقتحام مخفر في جاسم.")
    assert [span._.modality for span in doc.spans["events"]] == ["PLANNED"]


def test_what_is_told_as_fact_is_asserted_and_has_no_id(taught):
    doc = taught("شن تنظيم الدولة هجوماً على حاجز قرب تدمر مساء السبت.")
    assert [(span._.modality, span.id_) for span in doc.spans["events"]] == [("ASSERTED", "")]


def test_it_writes_its_own_layer_only(taught):
    assert list(taught("نفت وزارة الداخلية سقوط قتلى في الاشتباكات.").spans) == ["events"]


def test_a_harm_word_is_none_of_its_labels(taught):
    with pytest.raises(ValueError, match="'KILLED' is not one of its labels"):
        taught.get_pipe("event_types").add_label("KILLED")


def test_it_scores_the_modality_of_the_triggers_it_finds(taught, read, examples_of):
    examples = examples_of(taught)
    asserted = examples[2]
    asserted.reference.spans["events"] = [
        span.doc.char_span(span.start_char, span.end_char, label=span.label_)
        for span in asserted.reference.spans["events"]
    ]
    scores = taught.evaluate([asserted])
    assert (scores["events_f"], scores["events_modality_acc"]) == (1.0, 0.0)
