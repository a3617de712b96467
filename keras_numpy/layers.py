"""Layers. Each knows two ways through it: forward, and back with the gradient.

``forward`` returns its result and whatever ``backward`` will need again. ``backward`` takes the
gradient of the loss with respect to the result, adds that of the layer's own weights to a
dictionary, and returns that with respect to what came in. All numbers are float32.
"""

import math
import warnings
from types import MappingProxyType

import numpy as np

from . import activations, initializers, regularizers
from .convolution import convolve, gradient_of_images, gradient_of_kernels, in_rows, windows_of
from .missing import EDITION, ELSEWHERE, getattr_of, not_here, refuse
from .ops import matmul
from .tensors import KerasTensor, Node, Variable, generator, tensor, unique_name

__getattr__ = getattr_of(__name__)

OF_EVERY_LAYER = {"dtype": "float32", "autocast": True, "activity_regularizer": None}


class Layer:
    """What all layers have in common: a name, weights, and the graph they stand in.

    Parameters
    ----------
    name : str, optional
    trainable : bool, optional
        Whether `fit` may change the weights.
    **others
        ``input_shape`` is taken by the first layer of a network, with a warning, as Keras does.
    """

    ndim = min_ndim = None  # number of axes of what comes in, with that of the images
    in_keras = MappingProxyType({})  # arguments that are in Keras alone, and their default values
    settings = ()  # names of arguments, which are attributes too

    def __init__(self, name=None, trainable=True, **others):
        kind = type(self).__name__
        if type(self).__module__.split(".")[0] != __name__.split(".")[0]:
            raise not_here("Writing a layer of your own")
        if not isinstance(trainable, bool):
            raise ValueError(
                "Expected `trainable` to be a boolean. "
                f"Received: trainable={trainable} (of type {type(trainable)})"
            )
        shape = others.pop("input_shape", None)
        unknown = refuse(kind, others, OF_EVERY_LAYER | self.in_keras)
        if unknown:
            raise ValueError(f"Unrecognized keyword arguments passed to {kind}: {unknown}")
        self.input_shape_given = None
        if shape is not None:
            warnings.warn(
                "Do not pass an `input_shape`/`input_dim` argument to a layer. When using "
                "Sequential models, prefer using an `Input(shape)` object as the first layer in "
                "the model instead.",
                stacklevel=3,
            )
            self.input_shape_given = standard_shape(shape)
        self.name = unique_name(kind) if name is None else name
        self.nodes, self.built, self._trainable, self.channels = [], False, trainable, None
        self._own_weights = []

    # What a layer is made of

    def build(self, input_shape):
        """Make the weights, now that it is known what comes in."""
        self.built = True

    def add_weight(self, name, shape, initializer, regularizer=None):
        variable = Variable(initializer(shape), name, self.name, regularizer=regularizer)
        self._own_weights.append(variable)
        return variable

    @property
    def weights(self):
        return list(self._own_weights)

    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        self._trainable = bool(value)

    @property
    def trainable_weights(self):
        return self.weights if self.trainable else []

    @property
    def non_trainable_weights(self):
        return [] if self.trainable else self.weights

    variables = property(lambda self: self.weights)
    trainable_variables = property(lambda self: self.trainable_weights)
    non_trainable_variables = property(lambda self: self.non_trainable_weights)

    def get_weights(self):
        """Copies of all weights, as a list of arrays."""
        return [weight.numpy() for weight in self.weights]

    def set_weights(self, weights):
        """Put arrays in place of all weights, in the order in which `get_weights` gives them."""
        own = self.weights
        if len(own) != len(weights):
            raise ValueError(
                f"You called `set_weights(weights)` on layer '{self.name}' with a weight list of "
                f"length {len(weights)}, but the layer was expecting {len(own)} weights."
            )
        for variable, value in zip(own, weights, strict=True):
            if variable.shape != value.shape:
                raise ValueError(
                    f"Layer {self.name} weight shape {variable.shape} is not compatible with "
                    f"provided weight shape {value.shape}."
                )
            variable.assign(value)

    def count_params(self):
        """How many numbers the layer learns."""
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on layer '{self.name}', but the layer isn't "
                "built. You can build it manually via: `layer.build(input_shape)`."
            )
        return sum(math.prod(weight.shape) for weight in self.weights)

    def get_config(self):
        """The settings from which a layer of the same kind can be made."""
        return {"name": self.name, **{name: getattr(self, name) for name in self.settings}}

    # The graph

    @property
    def output(self):
        """The promise of what comes out, where the layer was first used."""
        return self._first_node("output").output

    @property
    def input(self):
        return self._first_node("input").source

    def _first_node(self, which):
        if not self.nodes:
            raise AttributeError(
                f"The layer {self.name} has never been called and thus has no defined {which}."
            )
        return self.nodes[0]

    # Being called

    def __call__(self, inputs, training=None):
        """A promise for a promise, an array for an array."""
        if isinstance(inputs, KerasTensor):
            self._prepare(inputs.shape)
            return Node(self, inputs, self.compute_output_shape(inputs.shape)).output
        inputs = as_array(inputs, self.name)
        self._prepare(inputs.shape)
        return tensor(self.call(inputs, training=bool(training)))

    def call(self, inputs, training=False):
        """The way forward alone."""
        return self.forward(inputs, training)[0]

    def _prepare(self, shape):
        self.check_input(shape)
        if not self.built:
            self.build(shape)

    def check_input(self, shape):
        """Raise Keras's error if something of this shape cannot come in."""
        expected = None
        if self.ndim is not None and len(shape) != self.ndim:
            expected = f"expected ndim={self.ndim}, found ndim={len(shape)}"
        elif self.min_ndim is not None and len(shape) < self.min_ndim:
            expected = f"expected min_ndim={self.min_ndim}, found ndim={len(shape)}"
        if expected:
            expected += f". Full shape received: {shape}"
        elif self.channels is not None and shape[-1] != self.channels:
            expected = (
                f"expected axis -1 of input shape to have value {self.channels}, but received "
                f"input with shape {shape}"
            )
        if expected:
            raise ValueError(
                f"Input 0 with name 'None' of layer '{self.name}' is incompatible with the layer: "
                f"{expected}"
            )

    def compute_output_shape(self, shape):
        return shape

    def forward(self, x, training):
        raise NotImplementedError

    def backward(self, gradient, saved, gradients, needs_input):
        """The way back.

        Parameters
        ----------
        gradient : ndarray
            Of the loss with respect to what came out. May be changed in place.
        saved : object
            What `forward` returned besides its result.
        gradients : dict
            Gets or adds to the gradient of each trainable variable, by the variable's id.
        needs_input : bool
            False where nothing before this layer learns: then nothing needs to be returned.

        Returns
        -------
        ndarray or None
            The gradient with respect to what came in.
        """
        raise NotImplementedError

    def __getattr__(self, name):
        if hasattr(type(self), name):  # a property that raised: its own error says more
            return object.__getattribute__(self, name)
        raise AttributeError(
            f"'{type(self).__name__}' object has no attribute '{name}' in {EDITION}. {ELSEWHERE}"
        )

    def __repr__(self):
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"


def as_array(x, layer):
    """What came in as float32."""
    if isinstance(x, (str, Layer, type(None))) or callable(x):
        raise ValueError(
            f"Inputs to a layer should be tensors. Got '{x}' (of type {type(x)}) as input for "
            f"layer '{layer}'."
        )
    return np.asarray(x, dtype=np.float32)


def add(gradients, variable, gradient):
    """Add to the gradient of a variable that has one already: its layer is used twice."""
    before = gradients.get(id(variable))
    gradients[id(variable)] = gradient if before is None else before + gradient


def standard_shape(shape):
    """A shape as a tuple of whole numbers and None."""
    if not isinstance(shape, (tuple, list)):
        if shape is None:
            raise ValueError("Undefined shapes are not supported.")
        raise ValueError(f"Cannot convert '{shape}' to a shape.")
    for size in shape:
        if size is None:
            continue
        if not isinstance(size, (int, np.integer)) or isinstance(size, bool):
            raise ValueError(f"Cannot convert '{tuple(shape)}' to a shape. Found invalid entry "
                             f"'{size}' of type '{type(size)}'. ")  # fmt: skip
        if size < 0:
            raise ValueError(
                f"Cannot convert '{tuple(shape)}' to a shape. Negative dimensions are not allowed."
            )
    return tuple(shape)


class InputLayer(Layer):
    """Where images come in. `Input` makes one."""

    def __init__(
        self, shape=None, batch_size=None, dtype=None, batch_shape=None, name=None, **others
    ):
        super().__init__(name=name, dtype=dtype, **others)
        if shape is None and batch_shape is None:
            raise ValueError("You must pass a `shape` argument.")
        self.batch_shape = batch_shape or (batch_size, *standard_shape(shape))
        self.built = True
        Node(self, None, self.batch_shape, name)

    def get_config(self):
        return {"name": self.name, "batch_shape": self.batch_shape}

    def call(self, inputs, training=False):
        return inputs


def Input(shape=None, batch_size=None, dtype=None, batch_shape=None, name=None, **others):
    """The promise of images of a shape.

    Parameters
    ----------
    shape : tuple
        Of one image. How many come at once stays open.
    """
    return InputLayer(shape, batch_size, dtype, batch_shape, name, **others).output


class _WithKernel(Layer):
    """What `Dense` and `Conv2D` share: a kernel, biases, an activation."""

    in_keras = MappingProxyType({"kernel_constraint": None, "bias_constraint": None})

    def __init__(
        self,
        activation,
        use_bias,
        kernel_initializer,
        bias_initializer,
        kernel_regularizer,
        bias_regularizer,
        others,
    ):
        super().__init__(**others)
        self.activation, self.use_bias = activations.get(activation), use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)

    settings = ("activation", "use_bias", "kernel_initializer", "bias_initializer",
                "kernel_regularizer", "bias_regularizer")  # fmt: skip

    def build_weights(self, kernel_shape):
        self.channels = kernel_shape[-2]
        self._kernel = self.add_weight(
            "kernel", kernel_shape, self.kernel_initializer, self.kernel_regularizer
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                "bias", kernel_shape[-1:], self.bias_initializer, self.bias_regularizer
            )
        self.built = True

    @property
    def kernel(self):
        if not self.built:
            raise AttributeError("You must build the layer before accessing `kernel`.")
        return self._kernel

    def finish(self, sums):
        """Biases and activation, in the memory of the sums."""
        if self.bias is not None:
            sums += self.bias.array
        return activations.apply(self.activation, sums)

    def add_gradients(self, gradients, kernel, gradient):
        """Those of the kernel (a function) and of the biases, from that of the sums in rows."""
        if self.trainable:
            add(gradients, self.kernel, kernel())
            if self.bias is not None:
                add(
                    gradients,
                    self.bias,
                    matmul(np.ones((1, len(gradient)), np.float32), gradient)[0],
                )


class Dense(_WithKernel):
    """Units that each see all numbers along the last axis.

    Parameters
    ----------
    units : int
    activation : str or callable, optional
    use_bias : bool, optional
    kernel_initializer, bias_initializer : str or Initializer, optional
    kernel_regularizer, bias_regularizer : str or regularizer, optional
    """

    min_ndim = 2
    in_keras = _WithKernel.in_keras | {
        "lora_rank": None, "lora_alpha": None, "quantization_config": None
    }  # fmt: skip
    settings = ("units", *_WithKernel.settings)

    def __init__(
        self,
        units,
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        **others,
    ):
        if not isinstance(units, int) or units <= 0:
            raise ValueError(
                "Received an invalid value for `units`, expected a positive integer. "
                f"Received: units={units}"
            )
        super().__init__(activation, use_bias, kernel_initializer, bias_initializer,
                         kernel_regularizer, bias_regularizer, others)  # fmt: skip
        self.units = units

    def build(self, input_shape):
        self.build_weights((input_shape[-1], self.units))

    def compute_output_shape(self, shape):
        return (*shape[:-1], self.units)

    def forward(self, x, training):
        rows = np.ascontiguousarray(x.reshape(-1, x.shape[-1]))
        y = self.finish(matmul(rows, self.kernel.array))
        y_shaped = y.reshape(*x.shape[:-1], self.units) if x.ndim != 2 else y
        return y_shaped, (rows, y, x.shape)

    def backward(self, gradient, saved, gradients, needs_input):
        rows, y, shape = saved
        gradient = gradient.reshape(y.shape) if gradient.shape != y.shape else gradient
        gradient = activations.backward(self.activation, gradient, y)
        self.add_gradients(gradients, lambda: matmul(rows.T, gradient), gradient)
        if needs_input:
            return matmul(gradient, self.kernel.array.T).reshape(shape)
        return None


class Conv2D(_WithKernel):
    """Kernels that slide over images; the arithmetic is in `convolution`.

    Parameters
    ----------
    filters : int
        How many kernels.
    kernel_size : int or tuple
        Rows and columns of a kernel.
    strides : int or tuple, optional
    padding : {"valid", "same"}, optional
    activation, use_bias, ...
        As for `Dense`.
    """

    min_ndim = 4
    in_keras = _WithKernel.in_keras | {
        "data_format": None, "dilation_rate": (1, 1), "groups": 1
    }  # fmt: skip
    settings = ("filters", "kernel_size", "strides", "padding", *_WithKernel.settings)

    def __init__(
        self,
        filters,
        kernel_size,
        strides=(1, 1),
        padding="valid",
        activation=None,
        use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        **others,
    ):
        super().__init__(activation, use_bias, kernel_initializer, bias_initializer,
                         kernel_regularizer, bias_regularizer, others)  # fmt: skip
        if filters is not None and filters <= 0:
            raise ValueError(
                "Invalid value for argument `filters`. Expected a strictly positive value. "
                f"Received filters={filters}."
            )
        self.filters, self.padding = filters, standard_padding(padding)
        self.kernel_size = pair(kernel_size, "kernel_size")
        self.strides = pair(strides, "strides")
        self._windows = None  # a table that can be used again, where nobody needs it

    def build(self, input_shape):
        self.build_weights((*self.kernel_size, input_shape[-1], self.filters))
        self.compute_output_shape(input_shape)

    def compute_output_shape(self, shape):
        sizes = sizes_of_output(shape, self.kernel_size, self.strides, self.padding)
        if any(size is not None and size <= 0 for size in sizes):
            kernel = (*self.kernel_size, shape[-1], self.filters)
            raise ValueError(
                "Computed output size would be zero or negative. Received `inputs "
                f"shape={shape}`, `kernel shape={kernel}`, `dilation_rate=[1 1]`, "
                f"`strides={self.strides}`, `padding={self.padding}`."
            )
        return (shape[0], *sizes, self.filters)

    def forward(self, x, training):
        images = padded(x, self.kernel_size, self.strides, self.padding, 0)
        table, self._windows = self._windows, None
        windows = windows_of(images, *self.kernel_size, self.strides, out=table)
        y = self.finish(convolve(windows, self.kernel.array))
        self._windows = None if training else windows  # backward needs it first
        return y, (windows, y, x.shape, images.shape)

    def backward(self, gradient, saved, gradients, needs_input):
        windows, y, shape, padded_shape = saved
        gradient = activations.backward(self.activation, gradient, y)
        self.add_gradients(
            gradients, lambda: gradient_of_kernels(windows, gradient), in_rows(gradient)
        )
        self._windows = windows
        if needs_input:
            images = gradient_of_images(gradient, self.kernel.array, padded_shape, self.strides)
            return cropped(images, shape, self.kernel_size, self.strides, self.padding)
        return None


class MaxPooling2D(Layer):
    """The largest number of each window.

    Parameters
    ----------
    pool_size : int or tuple, optional
    strides : int or tuple, optional
        The size of the window if not given: windows lie side by side.
    padding : {"valid", "same"}, optional
    """

    ndim = 4
    in_keras = MappingProxyType({"data_format": None})
    settings = ("pool_size", "strides", "padding")

    def __init__(self, pool_size=(2, 2), strides=None, padding="valid", **others):
        super().__init__(**others)
        self.pool_size = pair(pool_size, "pool_size")
        self.strides = self.pool_size if strides is None else pair(strides, "strides")
        self.padding = padding

    def compute_output_shape(self, shape):
        sizes = sizes_of_output(shape, self.pool_size, self.strides, self.padding)
        if any(size is not None and size <= 0 for size in sizes):
            (down, right), numbers = self.pool_size, " ".join(str(size) for size in shape)
            message = (
                "Computed output size would be zero or negative. Received: "
                f"`inputs.shape=[{numbers}]`, `pool_size=[{down} {right}]`, "
                f"`strides={self.strides}`, `padding={self.padding}`."
            )
            raise ValueError(in_call(self, message, args=(str(KerasTensor(shape)),)))
        return (shape[0], *sizes, shape[-1])

    def _places(self, images, shape):
        """For each place in a window: what lies there in all windows."""
        (down, right), (_, rows, columns, _) = self.strides, shape
        for i in range(self.pool_size[0]):
            for j in range(self.pool_size[1]):
                yield images[:, i : i + rows * down : down, j : j + columns * right : right]

    def forward(self, x, training):
        images = padded(x, self.pool_size, self.strides, self.padding, -np.inf)
        first, *others = self._places(images, self.compute_output_shape(x.shape))
        largest = first.copy(order="K")
        for other in others:
            np.maximum(largest, other, out=largest)
        return largest, (images, largest, x.shape)

    def backward(self, gradient, saved, gradients, needs_input):
        """The gradient goes where the largest number came from; of equals, to the first."""
        if not needs_input:
            return None
        images, largest, shape = saved
        result = np.zeros_like(images)
        left = gradient.copy(order="K")  # what is not handed out yet
        places = zip(
            self._places(images, largest.shape), self._places(result, largest.shape), strict=True
        )
        overlap = any(s < p for s, p in zip(self.strides, self.pool_size, strict=True))
        for numbers, theirs in places:
            part = np.multiply(left, numbers == largest, out=None if overlap else theirs)
            left -= part
            if overlap:
                theirs += part
        return cropped(result, shape, self.pool_size, self.strides, self.padding)


def pair(value, name):
    """One number for both directions, or two."""
    numbers = (value, value) if isinstance(value, (int, np.integer)) else value
    message = f"The `{name}` argument must be a tuple of 2 integers. Received {name}={value}"
    try:
        numbers = tuple(numbers)
        if len(numbers) != 2:
            raise TypeError
        numbers = tuple(int(number) for number in numbers)
    except (TypeError, ValueError):
        raise ValueError(message) from None
    if wrong := {number for number in numbers if number <= 0}:
        raise ValueError(f"{message}, including values {wrong} that do not satisfy `value > 0`")
    return numbers


def standard_padding(padding):
    if not isinstance(padding, str) or padding.lower() not in ("valid", "same"):
        raise ValueError(
            "The `padding` argument must be a list/tuple or one of {'valid', 'same'}. "
            f"Received: {padding}"
        )
    return padding.lower()


def sizes_of_output(shape, window, strides, padding):
    """Rows and columns of what comes out, None where those of what comes in are open."""
    sizes = []
    for size, length, stride in zip(shape[1:3], window, strides, strict=True):
        room = size if size is None or padding == "same" else size - length + 1
        sizes.append(room if room is None else -(-room // stride))
    return tuple(sizes)


def margins(shape, window, strides, padding):
    """What to add before and after: ((0, 0), (rows, rows), (columns, columns), (0, 0))."""
    if padding != "same":
        return ((0, 0),) * 4
    result = []
    for size, length, stride in zip(shape[1:3], window, strides, strict=True):
        missing = max((-(-size // stride) - 1) * stride + length - size, 0)
        result.append((missing // 2, missing - missing // 2))
    return ((0, 0), *result, (0, 0))


def padded(x, window, strides, padding, value):
    if padding != "same":
        return x
    return np.pad(x, margins(x.shape, window, strides, padding), constant_values=value)


def cropped(x, shape, window, strides, padding):
    """Without the margins that `padded` added to something of this shape."""
    _, (top, _), (left, _), _ = margins(shape, window, strides, padding)
    return x[:, top : top + shape[1], left : left + shape[2]]


class Flatten(Layer):
    """Each image as one row of numbers."""

    min_ndim = 1
    in_keras = MappingProxyType({"data_format": None})

    def compute_output_shape(self, shape):
        return (shape[0], None if None in shape[1:] else math.prod(shape[1:]))

    def forward(self, x, training):
        return x.reshape(len(x), -1), x.shape

    def backward(self, gradient, saved, gradients, needs_input):
        return gradient.reshape(saved)


class Reshape(Layer):
    """Each image in another shape.

    Parameters
    ----------
    target_shape : tuple
        Of one image; one of the numbers may be -1.
    """

    settings = ("target_shape",)

    def __init__(self, target_shape, **others):
        super().__init__(**others)
        self.target_shape = tuple(target_shape)

    def compute_output_shape(self, shape):
        if None in shape[1:]:
            raise not_here("Reshape of a shape that is open")
        numbers, known = math.prod(shape[1:]), math.prod(s for s in self.target_shape if s != -1)
        target = tuple(numbers // known if s == -1 else s for s in self.target_shape)
        if math.prod(target) != numbers:
            message = (
                "The total size of the tensor must be unchanged. Received: "
                f"input_shape={shape[1:]}, target_shape={self.target_shape}"
            )
            raise ValueError(in_call(self, message, args=(str(KerasTensor(shape)),)))
        return (shape[0], *target)

    def forward(self, x, training):
        return x.reshape(self.compute_output_shape(x.shape)), x.shape

    def backward(self, gradient, saved, gradients, needs_input):
        return gradient.reshape(saved)


def in_call(layer, message, **arguments):
    """The text of an error inside a layer, in the frame that Keras puts around it."""
    kind = type(layer).__name__
    lines = [f"  • {name}={value}" for name, value in arguments.items()]
    lines.append("  • kwargs=<class 'inspect._empty'>")
    return (
        f"Exception encountered when calling {kind}.call().\n\n\x1b[1m{message}\x1b[0m\n\n"
        f"Arguments received by {kind}.call():\n" + "\n".join(lines)
    )


class Rescaling(Layer):
    """Numbers times a factor, plus an offset.

    Parameters
    ----------
    scale : float
    offset : float, optional
    """

    settings = ("scale", "offset")

    def __init__(self, scale, offset=0.0, **others):
        super().__init__(**others)
        self.scale, self.offset = scale, offset

    def forward(self, x, training):
        y = x * np.float32(self.scale)
        if self.offset:
            y += np.float32(self.offset)
        return y, None

    def backward(self, gradient, saved, gradients, needs_input):
        return gradient * np.float32(self.scale) if needs_input else None


class Dropout(Layer):
    """While training: some numbers become 0, the others grow, so that the sum stays on average.

    Parameters
    ----------
    rate : float
        The share of numbers that become 0.
    seed : int, optional
    """

    in_keras = MappingProxyType({"noise_shape": None})
    settings = ("rate", "seed")

    def __init__(self, rate, seed=None, **others):
        super().__init__(**others)
        if not 0 <= rate <= 1:
            raise ValueError(
                "Invalid value received for argument `rate`. Expected a float value between 0 "
                f"and 1. Received: rate={rate}"
            )
        self.rate, self.seed, self._rng = rate, seed, generator(seed)

    def forward(self, x, training):
        if not training or self.rate == 0:
            return x, None
        kept = self._rng.random(x.shape, dtype=np.float32) >= self.rate
        factors = kept * np.float32(1 / (1 - self.rate) if self.rate < 1 else 0)
        return x * factors, factors

    def backward(self, gradient, saved, gradients, needs_input):
        return gradient if saved is None else gradient * saved


class Activation(Layer):
    """An activation as a layer of its own.

    Parameters
    ----------
    activation : str or callable
    """

    settings = ("activation",)

    def __init__(self, activation, **others):
        super().__init__(**others)
        self.activation = activations.get(activation)

    @property
    def function(self):
        return activations.function_of(self.activation)

    def forward(self, x, training):
        y = self.function(x)
        return y, y

    def backward(self, gradient, saved, gradients, needs_input):
        return activations.backward(self.function, gradient, saved) if needs_input else None


class ReLU(Activation):
    """The activation `relu` as a layer."""

    settings = ()
    in_keras = MappingProxyType({"max_value": None, "negative_slope": 0.0, "threshold": 0.0})

    def __init__(self, **others):
        Layer.__init__(self, **others)

    function = staticmethod(activations.relu)


class Softmax(ReLU):
    """The activation `softmax` as a layer."""

    in_keras = MappingProxyType({"axis": -1})
    function = staticmethod(activations.softmax)
