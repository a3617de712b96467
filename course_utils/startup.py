"""Importing Keras without what TensorFlow and Keras bring for others than learners."""

import os
import sys
import tempfile
from contextlib import contextmanager


@contextmanager
def light_start():
    """Import Keras without TensorFlow's notes, and without scikit-learn.

    TensorFlow writes about oneDNN and the processor from C++, before any setting of Python's
    can stop it, so the file descriptor itself is redirected while the block runs, and shown if
    the block fails. What TensorFlow would write later is turned down to warnings and errors.

    Keras loads scikit-learn and ``scipy.stats`` wherever they are installed, only to offer
    `keras.wrappers`: 60 MB of a student's memory and more than a second. Inside the block
    scikit-learn cannot be found, unless it was imported before; after the block it can. Only
    `keras.wrappers` will say that it is not installed.

    Yields
    ------
    None
        Put the import into the block.

    Examples
    --------
    >>> with light_start():  # doctest: +SKIP
    ...     import keras
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")  # 0 shows notes, 1 warnings, 2 errors
    without_sklearn = "sklearn" not in sys.modules
    if without_sklearn:
        sys.modules["sklearn"] = None  # Python's way to say: do not look for it
    sys.stderr.flush()
    stderr = os.dup(2)
    with tempfile.TemporaryFile() as notes:
        os.dup2(notes.fileno(), 2)
        try:
            yield
        except BaseException:
            notes.seek(0)
            os.write(stderr, notes.read())
            raise
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
            if without_sklearn:
                del sys.modules["sklearn"]
