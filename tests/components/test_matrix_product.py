"""Layers on the CPU multiply matrices by NumPy, and find what they found by BLIS."""

import numpy as np
from thinc.api import Linear, NumpyOps, chain

from sijill.components.matrix_product import use_numpy


class Component:
    def __init__(self, model=None):
        self.model = model


class Pipeline:
    def __init__(self, *components):
        self.pipeline = [(str(i), component) for i, component in enumerate(components)]


def test_every_layer_multiplies_by_numpy():
    layers = Linear(3, 4), Linear(2, 3)
    model = chain(*layers).initialize()
    X = np.random.default_rng(0).normal(size=(5, 4)).astype("float32")
    assert all(layer.ops.use_blis for layer in layers)
    before = model.predict(X)

    use_numpy(Pipeline(Component(model), Component(), object()))

    assert not any(layer.ops.use_blis for layer in layers)
    assert np.allclose(model.predict(X), before, atol=1e-6)


def test_layers_with_other_ops_stay_as_they_are():
    class OtherOps(NumpyOps):
        pass

    layer = Linear(3, 4)
    layer.ops = ops = OtherOps()
    use_numpy(Pipeline(Component(layer)))
    assert layer.ops is ops
