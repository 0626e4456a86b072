"""Layers on the CPU multiply matrices by NumPy, and find what they found by BLIS."""

import pickle
from contextlib import contextmanager
from threading import Thread, current_thread, main_thread

import numpy as np
import spacy
from thinc.api import Linear, NumpyOps, chain
from threadpoolctl import threadpool_info, threadpool_limits

from sijill.components import matrix_product
from sijill.components.matrix_product import NumpyProductOps, use_numpy


class Component:
    def __init__(self, model=None):
        self.model = model


class Pipeline:
    def __init__(self, *components):
        self.components = [(str(i), component) for i, component in enumerate(components)]


def test_every_layer_multiplies_by_numpy():
    layers = Linear(3, 4), Linear(2, 3)
    model = chain(*layers).initialize()
    X = np.random.default_rng(0).normal(size=(5, 4)).astype("float32")
    assert all(type(layer.ops) is NumpyOps for layer in layers)
    before = model.predict(X)

    use_numpy(Pipeline(Component(model), Component(), object()))

    assert all(isinstance(layer.ops, NumpyProductOps) for layer in layers)
    assert np.allclose(model.predict(X), before, atol=1e-6)


def test_layers_with_other_ops_stay_as_they_are():
    class OtherOps(NumpyOps):
        pass

    layer = Linear(3, 4)
    layer.ops = ops = OtherOps()
    use_numpy(Pipeline(Component(layer)))
    assert layer.ops is ops


def test_layers_of_disabled_components_multiply_by_numpy_too():
    nlp = spacy.blank("ar")
    tok2vec = nlp.add_pipe("tok2vec")
    nlp.disable_pipe("tok2vec")
    use_numpy(nlp)
    assert all(isinstance(layer.ops, NumpyProductOps) for layer in tok2vec.model.walk())


def test_a_product_takes_one_thread(monkeypatch):
    threads = []

    def product(self, x, y, **options):
        threads.extend(lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas")

    monkeypatch.setattr(NumpyOps, "gemm", product)
    with threadpool_limits(2, user_api="blas"):
        NumpyProductOps().gemm(np.ones((2, 2)), np.ones((2, 2)))
    assert set(threads) <= {1}


def test_a_thread_that_multiplies_meanwhile_sets_no_limit_of_its_own(monkeypatch):
    """It would read the other's limit, and set it for good once both are done."""
    ops, X, limits = NumpyProductOps(), np.ones((2, 2)), []

    class Library:
        @contextmanager
        def limit(self, **options):
            limits.append(options)
            yield

    def product(self, x, y, **options):
        if current_thread() is main_thread():
            thread = Thread(target=ops.gemm, args=(x, y))
            thread.start()
            thread.join()

    monkeypatch.setattr(matrix_product, "_blas", Library)
    monkeypatch.setattr(NumpyOps, "gemm", product)
    ops.gemm(X, X)
    assert len(limits) == 1
    ops.gemm(X, X)
    assert len(limits) == 2


def test_layers_survive_pickling():
    """As ``nlp.pipe(n_process=2)`` wants where processes are spawned."""
    assert type(pickle.loads(pickle.dumps(NumpyProductOps()))) is NumpyProductOps
