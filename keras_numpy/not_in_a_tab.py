"""Errors for what a browser tab cannot do. Each says where it works."""

from importlib.util import find_spec


def no_download(address, path):
    """The error for a file that Keras did not find at a path and cannot download."""
    text = f"Python in a browser tab cannot download {address}: run this on a laptop or in Binder"
    if address.endswith("/mnist.npz") and find_spec("course_utils"):
        text += ", or use load_mnist from course_utils.datasets"
    elif not address.endswith(".h5"):  # these need h5py, too
        text += f", or upload the file and copy it to {path}"
    return OSError(text + ".")
