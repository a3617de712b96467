"""Read by every kernel of the environment that the course is installed in, before any cell.

One thread for matrix products. The networks are small: a second thread gains nothing on an idle
machine, makes training four times as slow on a busy one, and changes the last digits.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
