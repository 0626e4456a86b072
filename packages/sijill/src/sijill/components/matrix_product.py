"""Which library multiplies matrices.

On a CPU, thinc takes BLIS, whose wheels have no kernels for AVX-512; NumPy's OpenBLAS has.
"""

from spacy.language import Language
from spacy.util import registry
from thinc.api import NumpyOps


@registry.callbacks("sijill.numpy_products.v1")
def create_numpy_products():
    """A callback for ``nlp.after_pipeline_creation``: the pipeline's layers multiply matrices by NumPy where they would by BLIS.

    OpenBLAS takes as many threads as there are cores, or OMP_NUM_THREADS.
    """
    return use_numpy


def use_numpy(nlp: Language) -> Language:
    """Let every layer that is on the CPU multiply by NumPy; layers on a GPU stay as they are."""
    for _, component in nlp.pipeline:
        if model := getattr(component, "model", None):
            for layer in model.walk():
                if type(layer.ops) is NumpyOps:
                    layer.ops = NumpyOps(use_blis=False)
    return nlp
