"""Models: layers in a row, and any graph in which each layer reads one other."""

import numpy as np

from .layers import InputLayer, Layer, in_call, standard_shape
from .missing import getattr_of, not_here
from .summary import print_summary
from .tensors import KerasTensor, Tensor, tensor
from .training import Trainer

__getattr__ = getattr_of(__name__)

AT_ONCE = 256  # images that go through a model together when it answers


class Model(Trainer, Layer):
    """A network. ``Model(inputs, outputs)`` gives the part of a graph between the two.

    Parameters
    ----------
    inputs : KerasTensor
        As `Input` returns it, or ``model.inputs[0]``.
    outputs : KerasTensor or list of KerasTensor
        What it answers, for instance ``model.get_layer("conv_1").output``.
    name : str, optional
    """

    def __new__(cls, *args, **others):
        if cls is Model:
            if not args and "inputs" not in others:
                raise not_here("A model of your own, written as a class,")
            cls = Functional
        return super().__new__(cls)

    @property
    def weights(self):
        unique = {id(weight): weight for layer in self.layers for weight in layer.weights}
        return list(unique.values())

    @property
    def trainable_weights(self):
        if not self.trainable:
            return []
        unique = {id(w): w for layer in self.layers for w in layer.trainable_weights}
        return list(unique.values())

    @property
    def non_trainable_weights(self):
        learning = {id(weight) for weight in self.trainable_weights}
        return [weight for weight in self.weights if id(weight) not in learning]

    @Layer.trainable.setter
    def trainable(self, value):
        self._trainable = bool(value)
        for layer in self.layers:
            layer.trainable = value

    def get_layer(self, name=None, index=None):
        """A layer by its name or its place."""
        if index is not None and name is not None:
            raise ValueError(
                f"Provide only a layer name or a layer index. Received: index={index}, name={name}."
            )
        if index is not None:
            if len(self.layers) <= index:
                raise ValueError(
                    f"Was asked to retrieve layer at index {index} but model only has "
                    f"{len(self.layers)} layers."
                )
            return self.layers[index]
        if name is None:
            raise ValueError("Provide either a layer name or layer index at `get_layer`.")
        for layer in self.layers:
            if layer.name == name:
                return layer
        names = [layer.name for layer in self.layers]
        raise ValueError(f"No such layer: {name}. Existing layers are: {names}.")

    def summary(self, print_fn=None, **others):
        """Print the layers, the shapes of what they give, and their parameters."""
        print_summary(self, print_fn, **others)

    def __call__(self, inputs, training=None):
        if isinstance(inputs, KerasTensor):
            return super().__call__(inputs)
        if isinstance(inputs, (str, Layer, type(None))) or callable(inputs):
            return super().__call__(inputs)
        answers = self._answers(np.asarray(inputs), training)
        if isinstance(answers, list):
            return [_as_tensor(answer) for answer in answers]
        return _as_tensor(answers)


def _as_tensor(array):
    return array if isinstance(array, Tensor) else tensor(array)


class Functional(Model):
    """The part of a graph between an input and its outputs."""

    def __init__(self, inputs, outputs, name=None, trainable=True, **others):
        super().__init__(name=name, trainable=trainable, **others)
        flat = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
        results = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
        for what, given, tensors in (("inputs", inputs, flat), ("outputs", outputs, results)):
            for one in tensors:
                if not isinstance(one, KerasTensor):
                    raise ValueError(
                        f"All `{what}` values must be KerasTensors. Received: {what}={given} "
                        f"including invalid value {one} of type {type(one)}"
                    )
        if len(flat) != 1:
            raise not_here("A network with several inputs")
        self.inputs, self.outputs = flat, results
        self._several = isinstance(outputs, (list, tuple))
        self._nodes = _between(flat[0], results)
        self.built = True

    @property
    def input_shape(self):
        return self.inputs[0].shape

    @property
    def output_shape(self):
        shapes = [one.shape for one in self.outputs]
        return shapes if len(shapes) > 1 else shapes[0]

    input = property(lambda self: self.inputs[0])
    output = property(lambda self: self.outputs if self._several else self.outputs[0])

    @property
    def layers(self):
        first = self.inputs[0].node.layer
        begin = [first] if isinstance(first, InputLayer) else []
        return list(dict.fromkeys([*begin, *(node.layer for node in self._nodes)]))

    def get_config(self):
        raise not_here("clone_model of a functional model")

    def _summary_layers(self):
        return self.layers

    def _is_a_chain(self):
        """Whether each layer reads the one before it."""
        sources = [id(node.source) for node in self._nodes]
        return len(set(sources)) == len(sources) == len({n.layer for n in self._nodes})

    def compute_output_shape(self, shape):
        if len(self.outputs) > 1:
            raise not_here("A model with several outputs inside a model")
        return (shape[0], *self.output_shape[1:])

    def check_input(self, shape):
        one, other = (
            numbers[1:-1] if numbers[-1:] == (1,) else numbers[1:]
            for numbers in (tuple(shape), self.input_shape)
        )
        if len(one) != len(other) or any(
            s is not None and e is not None and s != e for s, e in zip(one, other, strict=True)
        ):
            expected = (None, *self.input_shape[1:])
            shape = shape[:-1] if shape[-1:] == (1,) else shape
            raise ValueError(
                f"Input 0 with name '{self.inputs[0].node.layer.name}' of layer '{self.name}' is "
                f"incompatible with the layer: expected shape={expected}, found shape={shape}"
            )

    def check_rank(self, shape):
        """Raise Keras's error if images of this shape have too many axes or too few."""
        expected = self.input_shape
        missing = len(expected) - len(shape)
        one_less, one_more = missing == 1 and expected[-1] == 1, missing == -1 and shape[-1] == 1
        if missing and not one_less and not one_more:
            raise ValueError(
                f"Invalid input shape for input Tensor(shape={shape}, dtype=float32) with name "
                f"'{self.inputs[0].name}' and path ''. Expected shape {expected}, but input has "
                f"incompatible shape {shape}"
            )

    def _standard(self, x):
        """Images as float32, with the number of axes that the model was made for."""
        self.check_rank(x.shape)
        missing = len(self.input_shape) - x.ndim
        if missing == 1:
            x = x[..., np.newaxis]
        elif missing == -1:
            x = x[..., 0]
        return np.asarray(x, dtype=np.float32)

    def _check(self, shape, training):
        self.check_input(shape)

    def _answers(self, x, training):
        self.check_input(x.shape)
        return self.answers_in_parts(x, training)

    def answers_in_parts(self, x, training):
        """The outputs for images, a few hundred at a time."""
        parts = [
            self.forward(self._standard(x[start : start + AT_ONCE]), training)[0]
            for start in range(0, max(len(x), 1), AT_ONCE)
        ]
        if self._several:
            return [_joined(some) for some in zip(*parts, strict=True)]
        return _joined(parts)

    def forward(self, x, training):
        """Through all layers. Returns the outputs, and what each layer will need again."""
        values, tape = {id(self.inputs[0]): x}, []
        uses = [id(node.source) for node in self._nodes]
        kept = {id(one) for one in self.outputs}
        for place, node in enumerate(self._nodes):
            source = id(node.source)
            node.layer.check_input(values[source].shape)
            values[id(node.output)], saved = node.layer.forward(values[source], bool(training))
            tape.append(saved if training else None)
            if source not in kept and source not in uses[place + 1 :]:
                del values[source]  # nobody reads it any more
        results = [values[id(one)] for one in self.outputs]
        return (results if self._several else results[0]), tape

    def backward(self, gradient, saved, gradients, needs_input):
        """Through all layers in reverse."""
        learning, waiting = set(), {id(self.outputs[0]): gradient}
        for node in self._nodes:  # tensors that depend on something that learns
            if id(node.source) in learning or node.layer.trainable_weights:
                learning.add(id(node.output))
        for node, kept in zip(reversed(self._nodes), reversed(saved), strict=True):
            gradient = waiting.pop(id(node.output), None)
            if gradient is None:
                continue
            source = id(node.source)
            needed = needs_input or source in learning
            if not needed and not node.layer.trainable_weights:
                continue
            gradient = node.layer.backward(gradient, kept, gradients, needed)
            if needed:
                before = waiting.get(source)
                waiting[source] = gradient if before is None else before + gradient
        return waiting.get(id(self.inputs[0]))


def _joined(parts):
    """Arrays as one, in the usual order of memory, with their logits if they have them."""
    if len(parts) == 1 and parts[0].flags.c_contiguous:
        return parts[0]
    whole = tensor(np.ascontiguousarray(np.concatenate(parts)))
    if all(hasattr(part, "_keras_logits") for part in parts):
        whole._keras_logits = np.concatenate([part._keras_logits for part in parts])
    return whole


def _between(first, results):
    """The uses of layers on the way from an input to some outputs, each after the one it reads."""
    nodes = []
    for result in results:
        way = []
        while result is not first:
            node = result.node
            if node is None or node.source is None:
                raise ValueError("Output with path `` is not connected to `inputs`")
            if node in nodes:
                break
            way.append(node)
            result = node.source
        nodes += reversed(way)
    return nodes


class Sequential(Model):
    """Layers in a row.

    Parameters
    ----------
    layers : list of Layer, optional
        May begin with `Input`; without it the weights are made when the first images come.
    trainable : bool, optional
    name : str, optional
    """

    def __init__(self, layers=None, trainable=True, name=None):
        super().__init__(name=name, trainable=trainable)
        self._layers, self._graph = [], None
        for layer in layers or []:
            self._append(layer)
        if self._layers:
            self._build_if_possible()

    def add(self, layer):
        """One more layer at the end."""
        self._append(layer)
        self._build_if_possible()

    def pop(self):
        """Take the last layer away."""
        layer = self._layers.pop()
        self.built, self._graph = False, None
        if self._layers:
            self._build_if_possible()
        return layer

    def _append(self, layer):
        if not self._layers and getattr(layer, "input_shape_given", None):
            self._append(InputLayer(layer.input_shape_given))
        if isinstance(layer, KerasTensor) and isinstance(layer.node.layer, InputLayer):
            layer = layer.node.layer
        if not isinstance(layer, Layer):
            raise ValueError(
                "Only instances of `keras.Layer` can be added to a Sequential model. Received: "
                f"{layer} (of type {type(layer)})"
            )
        if any(layer.name == other.name and layer is not other for other in self._layers):
            raise ValueError(
                "All layers added to a Sequential model should have unique names. Name "
                f"'{layer.name}' is already the name of a layer in this model. Update the `name` "
                "argument to pass a unique name."
            )
        if isinstance(layer, InputLayer) and self._layers:
            first = self._layers[0]
            if isinstance(first, InputLayer):
                raise ValueError(
                    f"Sequential model '{self.name}' has already been configured to use input "
                    f"shape {first.batch_shape}. You cannot add a different Input layer to it."
                )
        self._layers.append(layer)
        self.built, self._graph = False, None

    def _build_if_possible(self):
        first = self._layers[0]
        if len(self._layers) > 1:
            if isinstance(first, InputLayer):
                self.build(first.batch_shape)
            elif isinstance(first, Model) and first.built:
                self.build(first.input_shape)

    def build(self, input_shape=None):
        """Make the weights for images of a shape, which begins with None."""
        if not self._layers:
            raise ValueError(
                f"Sequential model {self.name} cannot be built because it has no layers. Call "
                "`model.add(layer)`."
            )
        if not isinstance(self._layers[0], InputLayer):
            self._layers.insert(0, InputLayer(batch_shape=standard_shape(input_shape)))
        elif self._layers[0].batch_shape != tuple(input_shape):
            raise ValueError(
                f"Sequential model '{self.name}' has already been configured to use input shape "
                f"{self._layers[0].batch_shape}. You cannot build it with input_shape "
                f"{tuple(input_shape)}"
            )
        first = result = self._layers[0].output
        for layer in self._layers[1:]:
            result = layer(result)
        self._graph, self.built = Functional(first, result), True

    @property
    def layers(self):
        begins = bool(self._layers) and isinstance(self._layers[0], InputLayer)
        return self._layers[1:] if begins else self._layers[:]

    @property
    def inputs(self):
        return self._of_graph("inputs", "inputs")

    @property
    def outputs(self):
        return self._of_graph("outputs", "outputs")

    @property
    def input_shape(self):
        return self._of_graph("input_shape", "input shape")

    @property
    def output_shape(self):
        return self._of_graph("output_shape", "output shape")

    def _of_graph(self, name, words):
        if self._graph is None:
            raise AttributeError(f"Sequential model '{self.name}' has no defined {words} yet.")
        return getattr(self._graph, name)

    def get_config(self):
        """The name, and a copy of each layer, made anew from its settings."""
        copies = [type(layer)(**layer.get_config()) for layer in self._layers]
        return {"layers": copies, "name": self.name}

    @property
    def _nodes(self):
        return self._graph._nodes

    def _summary_layers(self):
        return self.layers

    def _is_a_chain(self):
        return True

    def compute_output_shape(self, shape):
        if self._graph is None:
            self.build(shape)
        return self._graph.compute_output_shape(shape)

    def _standard(self, x):
        return self._graph._standard(x)

    def _check(self, shape, training):
        self._in_frame(shape, training, self._graph.check_rank, shape)

    def _answers(self, x, training):
        if self._graph is None:
            self.build((None, *x.shape[1:]))
        return self._in_frame(x.shape, training, self._graph.answers_in_parts, x, training)

    def forward(self, x, training):
        return self._in_frame(x.shape, training, self._graph.forward, x, training)

    def _in_frame(self, shape, training, function, *arguments):
        """Call a function; put Keras's frame around the text of a ValueError."""
        try:
            return function(*arguments)
        except ValueError as error:
            if str(error).startswith("Exception encountered"):
                raise
            inputs = f"Tensor(shape={shape}, dtype=float32)"
            text = in_call(self, error, inputs=inputs, training=training, mask=None)
            raise ValueError(text) from None

    def backward(self, gradient, saved, gradients, needs_input):
        return self._graph.backward(gradient, saved, gradients, needs_input)


def clone_model(model, **others):
    """A model of the same layers with first weights of its own.

    Parameters
    ----------
    model : Sequential

    Returns
    -------
    Sequential
    """
    if others:
        raise not_here(f"clone_model({', '.join(others)})")
    if not isinstance(model, Sequential):
        raise not_here("clone_model of a functional model")
    return Sequential(**model.get_config())
