"""Importing Keras without the notes that TensorFlow writes for its own developers."""

import os
import sys
import tempfile
from contextlib import contextmanager


@contextmanager
def without_notes():
    """Hold back what libraries write to stderr while they start; show it if the start fails.

    TensorFlow writes about oneDNN and the processor from C++, before any setting of Python's
    can stop it, so the file descriptor itself is redirected. What it would write later is
    turned down to warnings and errors.

    Yields
    ------
    None
        Put the import into the block.

    Examples
    --------
    >>> with without_notes():  # doctest: +SKIP
    ...     import keras
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")  # 0 shows notes, 1 warnings, 2 errors
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
