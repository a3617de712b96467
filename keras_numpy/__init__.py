"""What Keras's NumPy backend needs in order to train, so that Keras runs in a browser tab.

Keras has a backend that computes with NumPy. It needs no compiled library of its own, so it runs
where Python runs, but it cannot train: NumPy has no gradients. This package adds them. One training
step of Keras (forward, loss, backward, optimizer, metrics) is recorded once for each shape of a
batch, and becomes a plain Python function of about 150 calls of NumPy, which is then replayed:
after the first steps, neither Keras nor this package stands between NumPy and the numbers.

tape.py         steps, and the programs they become
tensors.py      what learners see of an array, and what is recorded of one on a tape
gradients.py    the gradient of each function of NumPy
replay.py       a function recorded once for each shape of its arguments
products.py     products of matrices by BLAS
convolution.py  convolution and pooling, forwards and backwards, in plain NumPy
nn.py           functions of Keras that the tape needs in another form
backend.py      `np` for Keras's own modules, and tensors around them
trainer.py      fit, evaluate, predict
hdf5.py         saves and loads where there is no h5py
recipe.toml     the official wheels of Keras, by checksum
patches/        how Keras calls this package: a few lines, each with its reason
stand_ins/      what Keras imports and a browser tab does not have

`tools/keras_numpy.py` makes a patched Keras of all this.
"""
