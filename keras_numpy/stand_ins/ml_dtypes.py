"""What Keras asks ml_dtypes for, where there are only NumPy's own types.

The types themselves are compiled code. To ask for one is an error that says where there are some;
NumPy's limits of its own numbers are what Keras needs otherwise.
"""

from numpy import finfo as finfo
from numpy import iinfo as iinfo


def __getattr__(name):
    if name == "bfloat16" or name.startswith("float8"):
        raise NotImplementedError(
            f"Numbers of type {name} need the package ml_dtypes, which a browser tab does not "
            "have: use float32 here, or run this on a laptop or in Binder."
        )
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
