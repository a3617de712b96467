"""What Keras asks its backend's module `nn` for, where the tape needs something of its own.

Three kinds: convolutions and pools, for which Keras's NumPy backend calls JAX; functions that take
the time (a product of matrices, softmax, cross-entropy), each as a single step with its own rule;
and functions written in a way that a tape cannot follow. The functions have Keras's names and
arguments; they work on arrays and on tracers::

    conv(images, kernels, strides=2, padding="same")  # (n, 28, 28, 1) to (n, 14, 14, 32)
"""

import warnings

import numpy as np
from keras.src import backend, tree
from keras.src.backend.common import backend_utils
from keras.src.backend.numpy.core import convert_to_tensor

from keras_numpy import convolution
from keras_numpy.gradients import RULES, RULES_FOR_LISTS, put
from keras_numpy.tape import identity
from keras_numpy.tensors import Tracer, record, unwrap, wrap

# Activations


def _relu(x):
    # Not np.maximum: in a tab it takes four times as long on numbers of mixed signs.
    return np.where(x < 0, np.zeros((), x.dtype), x)


def _softmax(x, axis):
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    powers /= powers.sum(axis=axis, keepdims=True)
    return powers


def _gradient_of_softmax(g, r, axis):
    return r * (g - (g * r).sum(axis=axis, keepdims=True))


def _sigmoid(x):
    small = np.exp(-np.abs(x))  # never overflows
    return np.where(x >= 0, 1, small) / (1 + small)


RULES[_relu] = (lambda g, r, x: g * (r > 0),)  # 0 at 0, and NaN from NaN, as in TensorFlow
RULES[_softmax] = (lambda g, r, x, axis: record(_gradient_of_softmax, g, r, axis),)
RULES[_sigmoid] = (lambda g, r, x: g * r * (1 - r),)


def relu(x):
    return record(_relu, convert_to_tensor(x))


def relu6(x):
    x = convert_to_tensor(x)
    return np.where(np.less(x, 6), record(_relu, x), np.asarray(6, x.dtype))


def leaky_relu(x, negative_slope=0.2):
    x = convert_to_tensor(x)
    return np.where(np.greater(x, 0), x, np.asarray(negative_slope, x.dtype) * x)


def sigmoid(x):
    return record(_sigmoid, convert_to_tensor(x))


def softmax(x, axis=-1):
    return record(_softmax, convert_to_tensor(x), axis)


# Losses


def _log_loss(logits, places, targets):
    """The cross-entropy of each row of logits; `places` or `targets` tells what is right."""
    low = logits - logits.max(axis=-1, keepdims=True)
    total = np.log(np.exp(low).sum(axis=-1))
    if places is None:
        return total * targets.sum(axis=-1) - (low * targets).sum(axis=-1)
    wrong = (places < 0) | (places >= logits.shape[-1])
    if wrong.any():
        raise ValueError(
            f"Received a label value of {places[wrong][-1]} which is outside the valid range of "
            f"[0, {logits.shape[-1]}). Label values: {' '.join(map(str, places))}"
        )
    return total - low[np.arange(len(low)), places]


def _gradient_of_log_loss(g, logits, places, targets):
    p = _softmax(logits, -1)
    if places is None:
        p *= targets.sum(axis=-1, keepdims=True)
        p -= targets
    else:
        p[np.arange(len(p)), places] -= 1
    p *= g[..., None]
    return p


RULES[_log_loss] = (
    lambda g, r, logits, places, targets: record(_gradient_of_log_loss, g, logits, places, targets),
    None,
    None,
)


def _log_loss_of_two(logits, targets):
    """The cross-entropy of each logit on its own, between two classes."""
    return np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))


RULES[_log_loss_of_two] = (
    lambda g, r, logits, targets: g * (record(_sigmoid, logits) - targets),
    lambda g, r, logits, targets: -g * logits,
)


def takes_tensors(function):
    """Mark a function that needs what Keras noted on a tensor, not only its array."""
    function.takes_tensors = True
    return function


def _read(target, output, from_logits):
    """Return target, output, and the logits under a softmax or sigmoid, if there are any.

    Keras notes them on the output: they tell more, where an output is rounded to 0 or 1.
    """
    logits = getattr(output, "_keras_logits", None)
    if from_logits and logits is not None:
        warnings.warn(
            "The loss was told `from_logits=True`, but the output comes from a softmax or sigmoid: "
            "it is no logits. Was this intended?",
            stacklevel=2,
        )
    elif from_logits:
        logits = output
    return [None if x is None else convert_to_tensor(x) for x in unwrap((target, output, logits))]


def _check_shapes(target, output):
    what = "rank (ndim)" if target.ndim != output.ndim else "shape"
    if target.shape != output.shape:
        raise ValueError(
            f"Arguments `target` and `output` must have the same {what}. Received: "
            f"target.shape={target.shape}, output.shape={output.shape}"
        )


def _clipped(output):
    return np.clip(output, backend.epsilon(), 1 - backend.epsilon())


@takes_tensors
def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    target, output, logits = _read(target, output, from_logits)
    if axis not in (-1, output.ndim - 1):
        raise ValueError(f"Only axis=-1 is currently supported. Received: axis={axis}")
    if target.ndim == output.ndim and target.shape[-1] == 1:
        target = np.squeeze(target, -1)
    if target.ndim != output.ndim - 1:
        raise ValueError(
            "Argument `output` must have rank (ndim) `target.ndim - 1`. Received: "
            f"target.shape={target.shape}, output.shape={output.shape}"
        )
    if target.shape != output.shape[:-1]:
        raise ValueError(
            "Arguments `target` and `output` must have the same shape up until the last "
            f"dimension: target.shape={target.shape}, output.shape={output.shape}"
        )
    logits = np.log(_clipped(output)) if logits is None else logits
    rows = np.reshape(logits, (-1, output.shape[-1]))
    places = np.reshape(target, (-1,)).astype("int64")
    return np.reshape(record(_log_loss, rows, places, None), target.shape)


@takes_tensors
def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    target, output, logits = _read(target, output, from_logits)
    _check_shapes(target, output)
    target = target.astype(output.dtype)
    if logits is None:
        output = _clipped(output / np.sum(output, axis=axis, keepdims=True))
        return -np.sum(target * np.log(output), axis=axis)
    if axis not in (-1, output.ndim - 1):
        logits, target = np.moveaxis(logits, axis, -1), np.moveaxis(target, axis, -1)
    return record(_log_loss, logits, None, target)


@takes_tensors
def binary_crossentropy(target, output, from_logits=False):
    target, output, logits = _read(target, output, from_logits)
    _check_shapes(target, output)
    target = target.astype(output.dtype)
    if logits is None:
        output = _clipped(output)
        return -(target * np.log(output) + (1 - target) * np.log(1 - output))
    return record(_log_loss_of_two, logits, target)


# Convolution and pooling, of images of one and two dimensions


def _convolve(images, kernels, windows, strides, dilation):
    return convolution.convolve(windows, kernels)  # the images are there for their gradient


def _windows_for(g, kernels, strides, dilation):
    return record(convolution.windows_of, g, kernels.shape[:2], strides, dilation)


RULES[_convolve] = (
    lambda g, r, images, kernels, windows, strides, dilation: record(
        convolution.gradient_of_images,
        *(record(convolution.in_rows, g), kernels, images.shape, strides, dilation),
    ),
    lambda g, r, images, kernels, windows, strides, dilation: record(
        convolution.gradient_of_kernels, record(convolution.in_rows, g), windows
    ),
)
RULES[convolution.windows_of] = (None,)  # its part of the gradient is in the rule of _convolve
RULES[convolution.in_rows] = (
    lambda g, r, x: np.transpose(
        np.reshape(g, (*x.shape[1:3], x.shape[0], x.shape[3])), (2, 0, 1, 3)
    ),
)
RULES[convolution.gradient_of_images] = (  # the transposed convolution
    lambda g, r, rows, kernels, shape, strides, dilation: record(
        convolution.in_rows,
        record(_convolve, g, kernels, _windows_for(g, kernels, strides, dilation), strides,
               dilation),
    ),
    lambda g, r, rows, kernels, shape, strides, dilation: record(
        convolution.gradient_of_kernels, rows, _windows_for(g, kernels, strides, dilation)
    ),
)  # fmt: skip
RULES[convolution.max_pool] = (
    lambda g, r, images, size, strides: record(
        convolution.gradient_of_max_pool, g, images, r, size, strides
    ),
)


def _pair(value, n):
    """(down, right), of a number or of a tuple of n numbers."""
    value = (value,) * n if isinstance(value, int) else tuple(value)
    return (1, *value) if n == 1 else value


def _in_two_dimensions(operation):
    """Call it with images (n, rows, columns, channels), whatever they come as."""

    def run(images, *args, data_format=None, **kwargs):
        n = images.ndim - 2
        if n not in (1, 2):
            raise NotImplementedError(
                "Keras's NumPy backend has convolutions and pools of one and two dimensions. For "
                f"an input of shape {images.shape}, use TensorFlow, on a laptop or in Binder."
            )
        channels_first = backend.standardize_data_format(data_format) == "channels_first"
        if channels_first:
            images = np.moveaxis(images, 1, -1)
        if n == 1:
            images = np.expand_dims(images, 1)
        result = operation(images, *args, n=n, **kwargs)
        if n == 1:
            result = np.squeeze(result, 1)
        return np.moveaxis(result, -1, 1) if channels_first else result

    return run


def _padded(images, size, strides, dilation, padding, value=0):
    """The images, and zeros around them if the windows are to begin at the edge."""
    if padding.lower() == "valid":
        return images
    widths = []
    for n, k, s, d in zip(images.shape[1:3], size, strides, dilation, strict=True):
        missing = max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
        widths.append((missing // 2, missing - missing // 2))
    if not any(map(any, widths)):
        return images
    return np.pad(images, ((0, 0), *widths, (0, 0)), constant_values=value)


@_in_two_dimensions
def _conv(images, kernels, strides, padding, dilation, *, n):
    strides, dilation = _pair(strides, n), _pair(dilation, n)
    kernels = np.expand_dims(kernels, 0) if n == 1 else kernels
    size = kernels.shape[:2]
    n_groups, rest = divmod(images.shape[-1], kernels.shape[2])
    if rest:
        raise ValueError(
            "The number of input channels must be evenly divisible by kernel's in_channels. "
            f"Received input channels {images.shape[-1]} and kernel in_channels "
            f"{kernels.shape[2]}. "
        )
    images = _padded(images, size, strides, dilation, padding)
    if min(convolution.n_windows(images.shape[1:3], size, strides, dilation)) < 1:
        raise ValueError(
            "The convolution operation resulted in an empty output. This can happen if the input "
            "is too small for the given kernel size, strides, dilation rate, and padding mode. "
            "Please check the input shape and convolution parameters."
        )
    groups = [images], [kernels]
    if n_groups > 1:
        groups = np.split(images, n_groups, axis=-1), np.split(kernels, n_groups, axis=-1)
    maps = []
    for part, some in zip(*groups, strict=True):
        windows = record(convolution.windows_of, part, size, strides, dilation)
        maps.append(record(_convolve, part, some, windows, strides, dilation))
    return maps[0] if n_groups == 1 else np.concatenate(maps, axis=-1)


def conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    inputs, kernel = convert_to_tensor(inputs), convert_to_tensor(kernel)
    return _conv(inputs, kernel, strides, padding, dilation_rate, data_format=data_format)


@_in_two_dimensions
def _depthwise(images, kernels, strides, padding, dilation, *, n):
    """Each channel with kernels of its own: (height, width, channels, kernels for a channel)."""
    strides, dilation = _pair(strides, n), _pair(dilation, n)
    kernels = np.expand_dims(kernels, 0) if n == 1 else kernels
    size = kernels.shape[:2]
    images = _padded(images, size, strides, dilation, padding)
    out = convolution.n_windows(images.shape[1:3], size, strides, dilation)
    maps = 0
    for i, j, there in convolution.places_of(size, out, strides, dilation):
        maps = maps + np.expand_dims(images[:, *there], -1) * kernels[i, j]
    return np.reshape(maps, (*maps.shape[:3], -1))


def depthwise_conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    inputs, kernel = convert_to_tensor(inputs), convert_to_tensor(kernel)
    return _depthwise(inputs, kernel, strides, padding, dilation_rate, data_format=data_format)


def separable_conv(inputs, depthwise_kernel, pointwise_kernel, strides=1, padding="valid",
                   data_format=None, dilation_rate=1):  # fmt: skip
    maps = depthwise_conv(inputs, depthwise_kernel, strides, padding, data_format, dilation_rate)
    return conv(maps, pointwise_kernel, 1, "valid", data_format)


@_in_two_dimensions
def _conv_transpose(maps, kernels, strides, padding, output_padding, dilation, *, n):
    """The gradient of a convolution, run forwards; Keras cuts its edges, or widens them."""
    margins = backend_utils.compute_conv_transpose_padding_args_for_jax(
        (*maps.shape[:1], *maps.shape[3 - n : 3], maps.shape[3]),
        *(kernels.shape, strides, padding, output_padding, dilation),
    )
    margins = [(0, 0), *margins] if n == 1 else margins
    strides, dilation = _pair(strides, n), _pair(dilation, n)
    kernels = np.expand_dims(kernels, 0) if n == 1 else kernels
    shape, cut = [], []
    for rows, k, s, d, (low, high) in zip(
        maps.shape[1:3], kernels.shape, strides, dilation, margins, strict=False
    ):
        span = (k - 1) * d + 1
        whole, start = (rows - 1) * s + span, span - 1 - low
        stop = start + (rows - 1) * s + 1 + low + high - span + 1
        # Wider than the maps reach, but not so much that another window would fit.
        shape.append(whole)
        cut.append((start, stop))
    full = maps.shape[0], *shape, kernels.shape[2]
    rows = record(convolution.in_rows, maps)
    images = record(convolution.gradient_of_images, rows, kernels, full, strides, dilation)
    beyond = [(0, max(stop - n, 0)) for (_, stop), n in zip(cut, shape, strict=True)]
    if any(map(any, beyond)):
        images = np.pad(images, ((0, 0), *beyond, (0, 0)))
    return images[:, *(slice(start, stop) for start, stop in cut)]


def conv_transpose(inputs, kernel, strides=1, padding="valid", output_padding=None,
                   data_format=None, dilation_rate=1):  # fmt: skip
    inputs, kernel = convert_to_tensor(inputs), convert_to_tensor(kernel)
    return _conv_transpose(
        inputs, kernel, strides, padding, output_padding, dilation_rate, data_format=data_format
    )


@_in_two_dimensions
def _max_pool(images, size, strides, padding, *, n):
    size, strides = _pair(size, n), _pair(size if strides is None else strides, n)
    lowest = -np.inf if images.dtype.kind == "f" else np.iinfo(images.dtype).min
    images = _padded(images, size, strides, (1, 1), padding, lowest)
    return record(convolution.max_pool, images, size, strides)


def max_pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    return _max_pool(
        convert_to_tensor(inputs), pool_size, strides, padding, data_format=data_format
    )


@_in_two_dimensions
def _average_pool(images, size, strides, padding, *, n):
    size, strides = _pair(size, n), _pair(size if strides is None else strides, n)
    there = np.ones((1, *images.shape[1:3], 1), images.dtype)  # what lies beyond does not count
    images, there = (_padded(x, size, strides, (1, 1), padding) for x in (images, there))
    out = convolution.n_windows(images.shape[1:3], size, strides)
    total = count = 0
    for _, _, place in convolution.places_of(size, out, strides, (1, 1)):
        total, count = total + images[:, *place], count + there[:, *place]
    return total / count


def average_pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    return _average_pool(
        convert_to_tensor(inputs), pool_size, strides, padding, data_format=data_format
    )


# What a tape cannot follow as Keras writes it


def one_hot(x, num_classes, axis=-1, dtype=None, sparse=False):
    if sparse:
        raise ValueError("Unsupported value `sparse=True` with numpy backend")
    x = convert_to_tensor(x)
    num_classes = num_classes or int(np.max(x)) + 1
    axis = axis % (x.ndim + 1)
    places = np.arange(num_classes).reshape([-1 if i == axis else 1 for i in range(x.ndim + 1)])
    return np.equal(np.expand_dims(x, axis), places).astype(dtype or "float32")


def top_k(x, k, sorted=True):
    """Of equal numbers the first, as in TensorFlow."""
    index = np.argsort(-x.astype("float64"), axis=-1, kind="stable")[..., :k]
    return np.take_along_axis(x, index, axis=-1), index.astype("int32")


def stop_gradient(variable):
    return record(identity, convert_to_tensor(variable))


def scatter(indices, values, shape):
    index = tuple(np.moveaxis(convert_to_tensor(indices), -1, 0))
    return record(put, convert_to_tensor(values), tuple(shape), index)


def segment_sum(data, segment_ids, num_segments=None, sorted=False):
    """Negative segments are left out, as in TensorFlow."""
    ids = convert_to_tensor(segment_ids)
    n = num_segments or int(np.max(ids)) + 1
    there = np.reshape(ids >= 0, (-1, *[1] * (data.ndim - 1))).astype(data.dtype)
    return record(put, data * there, (n, *data.shape[1:]), (np.maximum(ids, 0),))


class _Gradient:
    """A learner's own gradient. Two recordings of it are the same: the program leaves it out."""

    def __init__(self, function):
        self.function = function

    def __eq__(self, other):
        return isinstance(other, _Gradient)

    def __hash__(self):
        return 0


def _with_gradient(output, gradient, *inputs):
    return output


def _own_rule(g, output, gradient, *inputs):
    found = gradient.function(*(g if isinstance(output, list) else [g]))
    return zip(inputs, found if isinstance(found, (list, tuple)) else (found,), strict=False)


RULES_FOR_LISTS[_with_gradient] = _own_rule


class custom_gradient:
    """As `keras.ops.custom_gradient`: a function that returns its result and its gradient."""

    def __init__(self, fun):
        self.fun = fun

    def __call__(self, *args, **kwargs):
        output, gradient = self.fun(*args, **kwargs)
        several = isinstance(output, (list, tuple))
        output = list(map(stop_gradient, output)) if several else stop_gradient(output)
        result = wrap(record(_with_gradient, output, _Gradient(gradient), *args))
        return tuple(result) if several else result


def cond(pred, true_fn, false_fn):
    """On a tape go both ways, and take the right one of each result and each variable."""
    pred = convert_to_tensor(pred)
    if type(pred) is not Tracer:
        return true_fn() if pred else false_fn()
    result, one = pred.tape.branch(true_fn)
    other_result, other = pred.tape.branch(false_fn)
    pred.tape.choose(pred.node, one, other)
    return tree.map_structure(
        lambda a, b: a if a is b else np.where(pred, a, b), result, other_result
    )


def logsumexp(x, axis=None, keepdims=False):
    x = convert_to_tensor(x)
    largest = record(identity, np.max(x, axis=axis, keepdims=True))
    largest = np.where(np.isfinite(largest), largest, np.zeros((), x.dtype))
    total = np.log(np.sum(np.exp(x - largest), axis=axis, keepdims=True)) + largest
    return total if keepdims else np.squeeze(total, axis)


def fft(x):
    """Of a pair, the real and the imaginary part; along the last axis."""
    result = np.fft.fft(x[0] + 1j * x[1])
    return result.real, result.imag


def fft2(x):
    """As `fft`, along the last two axes."""
    result = np.fft.fft2(x[0] + 1j * x[1])
    return result.real, result.imag
