"""In place of TensorFlow, where there is none: an import error that says what to do instead."""

raise ModuleNotFoundError(
    "A browser tab has no TensorFlow: Keras computes with NumPy here. Write `import keras` in "
    "place of `tf.keras`, and `keras.ops` in place of functions such as `tf.reduce_mean`; code "
    "that needs TensorFlow itself runs on a laptop or in Binder.",
    name="tensorflow",
)
