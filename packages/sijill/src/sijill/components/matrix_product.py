"""Which library multiplies matrices.

On a CPU, thinc takes BLIS, whose wheels have no kernels for AVX-512; NumPy's OpenBLAS has.
"""

from functools import cache
from threading import Lock

from spacy.language import Language
from spacy.util import registry
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

_LIMITING = Lock()
"""Held by the one Python thread that limits the library: a limit read inside another's would be kept for good."""


class NumpyProductOps(NumpyOps):
    """Thinc's operations on the CPU; matrices are multiplied by NumPy, and on one thread, as BLIS does it.

    Threads of OpenBLAS hinder each other where other work, or another process of ``nlp.pipe``, has the cores. The limit is NumPy's
    own for as long as a product takes. It holds for the whole process, so that other Python threads meanwhile find it set.
    """

    def __init__(self):
        super().__init__(use_blis=False)

    def gemm(self, x, y, *, out=None, trans1=False, trans2=False):
        if not _LIMITING.acquire(blocking=False):
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        try:
            with _blas().limit(limits=1, user_api="blas"):
                return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        finally:
            _LIMITING.release()


@cache
def _blas() -> ThreadpoolController:
    # Without OpenMP, whose threads the end of the limit would set as well.
    return ThreadpoolController().select(user_api="blas")


@registry.callbacks("sijill.numpy_products.v1")
def create_numpy_products():
    """A callback for ``nlp.after_pipeline_creation``: the layers multiply matrices by NumPy where they would by BLIS."""
    return use_numpy


def use_numpy(nlp: Language) -> Language:
    """Let every layer that is on the CPU multiply by NumPy, of disabled components too; layers on a GPU stay as they are."""
    ops = NumpyProductOps()
    for _, component in nlp.components:
        if model := getattr(component, "model", None):
            for layer in model.walk():
                if type(layer.ops) is NumpyOps:
                    layer.ops = ops
    return nlp
