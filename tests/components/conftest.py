"""Small marked articles, and tiny pipelines that learn them by heart."""

from copy import deepcopy

import pytest
from spacy.training import Example
from thinc.api import fix_random_seed

from sijill.annotation.corpus import blank_pipeline
from sijill.annotation.docs import article_to_doc

ARTICLES = (
    """[[h1|KILLED|قُتل]] [[c1|COUNT|3]] [[p1|PEOPLE|مدنيين]] جراء [[e1|SHELLING|قصف]] [[a1|ARMED|قوات النظام]] \
بلدة [[l1|LOC|سرمين]] في ريف [[l2|LOC|إدلب]].
---
COUNT h1 c1
VICTIM h1 p1
CAUSE h1 e1
AGENT e1 a1
TARGET e1 l1
LOCATED_IN l1 l2""",
    """شن [[a1|ARMED|تنظيم الدولة]] [[e1|ATTACK|هجوماً]] على [[f1|FAC|حاجز]] قرب [[l1|LOC|تدمر]] \
[[d1|DATE|مساء السبت]]، ما أدى إلى [[h1|INJURED|إصابة]] [[c1|COUNT|نحو عشرة]] [[a2|ARMED|جنود]]. ثم تبنى \
[[a3|ARMED|داعش]] [[e2|ATTACK|الهجوم]].
---
AGENT e1 a1
TARGET e1 f1
PLACE e1 l1
TIME e1 d1
CAUSE h1 e1
COUNT h1 c1
VICTIM h1 a2
AGENT e2 a3
ALIAS a3 a1
COREF e2 e1""",
    """هددت [[a1|ARMED|فصائل محلية]] ب[[e1|ATTACK|اقتحام]] [[f1|FAC|مخفر]] في [[l1|LOC|جاسم]].
---
AGENT e1 a1
TARGET e1 f1
PLACE e1 l1
MODALITY e1 PLANNED""",
    """[[e1|ARREST|اعتقلت]] [[a1|ARMED|قوات الأمن]] [[c1|COUNT|خمسة]] [[p1|PEOPLE|ناشطين]] في \
[[l1|LOC|السويداء]]، بحسب [[o1|ORG|المرصد السوري]].
---
AGENT e1 a1
COUNT e1 c1
TARGET e1 p1
PLACE e1 l1
SOURCE e1 o1""",
    """نفت [[o1|ORG|وزارة الداخلية]] سقوط [[h1|KILLED|قتلى]] في [[e1|CLASH|الاشتباكات]].
---
SOURCE e1 o1
CAUSE h1 e1
MODALITY h1 DENIED""",
)

TINY_TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 32,
    "depth": 1,
    "embed_size": 300,
    "window_size": 1,
    "maxout_pieces": 2,
    "subword_features": True,
}
SHARED_TOK2VEC = {"@architectures": "spacy.Tok2VecListener.v1", "width": 32}
TINY_MODELS = {
    "tok2vec": {**TINY_TOK2VEC},
    "sijill_event_types": {
        "@architectures": "sijill.SpanTagger.v1",
        "hidden_width": 32,
        "modality_window": 2,
        "context_width": 8,
        "tok2vec": TINY_TOK2VEC,
    },
    "sijill_relations": {
        "@architectures": "sijill.RelationModel.v1",
        "hidden_width": 32,
        "feature_width": 8,
        "feature_rows": 100,
        "tok2vec": TINY_TOK2VEC,
    },
}
TINY_MODELS["sijill_casualties"] = {**TINY_MODELS["sijill_event_types"], "context_width": 0}


@pytest.fixture(autouse=True)
def same_weights_every_time():
    fix_random_seed(0)


@pytest.fixture(scope="session")
def read(article_of):
    """Marked text as the gold Doc of a pipeline."""
    return lambda pipeline, marked: article_to_doc(article_of(marked), pipeline.make_doc)[0]


@pytest.fixture(scope="session")
def examples_of(read):
    """Training examples for a pipeline: articles, bare on the predicted side."""

    def examples_of(pipeline, articles=ARTICLES):
        gold = [read(pipeline, marked) for marked in articles]
        return [Example(pipeline.make_doc(doc.text), doc) for doc in gold]

    return examples_of


@pytest.fixture(scope="session")
def pipeline_of():
    """A pipeline of some factories with tiny models, not initialised; names are those of the design."""

    def pipeline_of(*factories, shared=False, **config):
        pipeline = blank_pipeline()
        for factory in ("tok2vec", *factories) if shared else factories:
            settings = dict(config.get(factory.removeprefix("sijill_"), {}))
            if factory in TINY_MODELS:
                settings["model"] = deepcopy(TINY_MODELS[factory])
                if shared and factory != "tok2vec":
                    settings["model"]["tok2vec"] = deepcopy(SHARED_TOK2VEC)
            pipeline.add_pipe(factory, name=factory.removeprefix("sijill_"), config=settings)
        return pipeline

    return pipeline_of


@pytest.fixture(scope="session")
def train():
    """Train a pipeline on examples until it knows them by heart."""

    def train(pipeline, examples, steps=80, **kwargs):
        fix_random_seed(0)
        optimizer = pipeline.initialize(lambda: examples)
        optimizer.learn_rate = 0.01
        losses = {}
        for _ in range(steps):
            losses = {}
            fresh = [Example(pipeline.make_doc(eg.text), eg.reference) for eg in examples]
            pipeline.update(fresh, sgd=optimizer, losses=losses, **kwargs)
        return losses

    return train
