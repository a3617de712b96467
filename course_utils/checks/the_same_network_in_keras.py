"""Checks of the lesson "The same network in Keras".

A model is judged by what it computes, then by the way it learns. Keras is not imported: whoever has
a model to check has imported it, and the attributes of the model tell all that is needed.
"""

from itertools import product

import numpy as np

from course_utils.checks._core import (
    Mistake,
    as_array,
    as_list,
    as_number,
    call,
    choice,
    describe,
    exercise,
    listed,
)
from course_utils.checks._parameter_counts import compare_counts, of_dense

SHAPES = [(784, 16), (16,), (16, 16), (16,), (16, 10), (10,)]  # of the network's weights
RIGHT = ("relu", "relu", "softmax")  # the activations of its layers
PLACES = ("first hidden", "second hidden", "last")
RESHAPES = ("Flatten", "Reshape", "Lambda")  # layers that may lay the pixels side by side
ALPHA, BATCH = 0.0001, 200  # the usual penalty of MLPClassifier, and its batch
# What Adam can be told besides its rate: the values that change nothing, and what others do.
OF_ADAM = {
    "weight_decay": ((None, 0), "it shrinks all weights at each step. Leave it out"),
    "clipnorm": ((None,), "it shortens long gradients. Leave it out"),
    "global_clipnorm": ((None,), "it shortens long gradients. Leave it out"),
    "clipvalue": ((None,), "it cuts off large gradients. Leave it out"),
    "use_ema": ((False,), "it averages the weights over the steps. Leave it out"),
    "gradient_accumulation_steps": ((None, 1), "one step for several batches. Leave it out"),
    "amsgrad": ((False,), "that is another rule for the steps. Leave it out"),
    "beta_1": ((0.9,), "MLPClassifier has 0.9"),
    "beta_2": ((0.999,), "MLPClassifier has 0.999"),
}


def _softmax(sums):
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


ACTIVATIONS = {
    "relu": lambda sums: np.maximum(sums, 0),
    "none": lambda sums: sums,
    "sigmoid": lambda sums: 1 / (1 + np.exp(-sums)),
    "tanh": np.tanh,
    "softmax": _softmax,
    "softmax twice": lambda sums: _softmax(_softmax(sums)),
}


@exercise
def parameters_per_layer(answer: object) -> str:
    """Parameters of Flatten, Dense 16, Dense 16 and Dense 10 on 28 by 28 images.

    Parameters
    ----------
    answer : list of int
        Four counts, in the order of the layers.
    """
    if isinstance(answer, (int, float, np.number)) and answer in (13_002, 13.002):
        raise Mistake("13,002 is the whole network. The question asks for each layer: four counts.")
    counts = as_list(answer, "per_layer", "four counts")
    if len(counts) == 3:
        raise Mistake("per_layer has 3 entries. Flatten is a layer too: how many does it have?")
    if len(counts) == 4 and (flatten := as_number(counts[0], "per_layer[0]")) != 0:
        raise Mistake(
            f"For Flatten you have {flatten:,}. It only lays the rows side by side: what would it "
            "have to learn?"
        )
    one_pixel = {32: "it sees all 784 pixels of the flattened image, not one"}
    one_row = {464: "it sees 28 * 28 pixels, not one row"}
    layers = [
        ("Flatten", 0, {}),
        ("the first Dense", 12_560, of_dense(16, 784) | one_pixel | one_row),
        ("the second Dense", 272, of_dense(16, 16)),
        ("the last Dense", 170, of_dense(10, 16)),
    ]
    compare_counts(answer, "per_layer", "four counts", layers)
    return '0, 12,560, 272 and 170: together the 13,002 of "Training a multilayer perceptron".'


@exercise
def the_same_network(answer: object) -> str:
    """A compiled Keras model, the equal of ``MLPClassifier(hidden_layer_sizes=(16, 16))``.

    Parameters
    ----------
    answer : keras.Model
        In any style: what counts is what it computes from the same weights. It is left as it was.
    """
    _takes_images(answer)
    rng = np.random.default_rng(0)
    images = rng.random((20, 28, 28, 1), dtype=np.float32)
    weights = [rng.normal(0, shape[0] ** -0.5, shape).astype(np.float32) for shape in SHAPES]
    computed = _computed(answer, images, weights)
    if not _close(computed, _forward(images, weights, RIGHT)):
        _about_layers(answer)
        _about_activations(answer, computed, images, weights)
    _learns_alike(answer)
    return "With the same weights it answers as MLPClassifier does, and it learns the same way."


def _takes_images(answer):
    """Raise `Mistake` unless the answer is a model with a known input shape, that of an image."""
    if answer is None:
        raise Mistake(
            "my_model is None. compile returns nothing: first my_model = keras.Sequential([...]), "
            "then my_model.compile(...) on a line of its own."
        )
    if isinstance(answer, (list, tuple)):
        raise Mistake("my_model is a list of layers. Put the list into keras.Sequential(...).")
    if hasattr(answer, "hidden_layer_sizes"):
        raise Mistake("my_model is scikit-learn's network. Write its equal with keras.Sequential.")
    if hasattr(answer, "history") and hasattr(answer, "epoch"):
        raise Mistake("my_model is what fit returns, a record of a run. Name the model itself.")
    if isinstance(answer, type) or not hasattr(answer, "layers"):
        raise Mistake(
            "my_model should be a Keras model, keras.Sequential([...]). You have "
            f"{describe(answer)}."
        )
    if not answer.layers:
        raise Mistake("Your model has no layers yet. Write them into the list.")
    shape = getattr(answer, "input_shape", None)
    if shape is None:
        raise Mistake(
            "Your model does not know yet what comes in, so it has no weights. Begin the list "
            "with keras.Input((28, 28, 1))."
        )
    if not isinstance(shape, tuple) or isinstance(shape[0], tuple):
        raise Mistake("Your model has several inputs. It needs one, the image.")
    if not isinstance(answer.output_shape, tuple) or isinstance(answer.output_shape[0], tuple):
        raise Mistake("Your model has several outputs. It needs one, the ten probabilities.")
    image = shape[1:]
    hint = "28 rows, 28 columns, 1 channel"
    if len(image) == 4:
        hint = "Input takes the shape of one image, without the number of images"
    elif image == (28, 28):
        hint = "the channel is missing at the end: 1, for grey"
    elif image == (1, 28, 28):
        hint = "in Keras the channel comes last"
    elif 784 in image:
        hint = "the image comes as it is, and the network flattens it"
    if image != (28, 28, 1):
        raise Mistake(f"Your Input has the shape {image}. It should be (28, 28, 1): {hint}.")


def _computed(model, images, weights):
    """What a model makes of images with these weights; None if its own have other shapes.

    The model gets its own weights back.
    """
    own = model.get_weights()
    if _shapes(own) != SHAPES:
        return None
    try:
        model.set_weights(weights)
        return np.asarray(call(model, "my_model", images))  # predict would compile it
    finally:
        model.set_weights(own)


def _forward(images, weights, activations):
    """What dense layers with these weights, matrix and biases in turn, make of images."""
    values = images.reshape(len(images), -1)
    for matrix, biases, name in zip(weights[::2], weights[1::2], activations, strict=True):
        values = ACTIVATIONS[name](values @ matrix + biases)
    return values


def _close(computed, expected):
    return np.shape(computed) == expected.shape and np.allclose(computed, expected, atol=1e-4)


def _layers(model):
    """All layers in order, without the input; models inside the model are unpacked."""
    found = []
    for layer in model.layers:
        found += _layers(layer) if hasattr(layer, "layers") else [layer]
    return [layer for layer in found if _kind(layer) != "InputLayer"]


def _kind(thing):
    return type(thing).__name__


def _about_layers(model):
    """Raise `Mistake` if a layer is missing, superfluous, or has another size."""
    kinds = [_kind(layer) for layer in _layers(model)]
    for kind in kinds:
        if kind not in (*RESHAPES, "Dense", "Activation", "ReLU", "Softmax"):
            raise _no_such_layer(kind)
    shapes = _shapes(model.get_weights())
    matrices = [shape for shape in shapes if len(shape) == 2]
    if not matrices:
        raise Mistake("Your model has no Dense layer yet. It needs three: 16, 16 and 10 units.")
    n_inputs, units = matrices[0][0], [shape[1] for shape in matrices]
    if n_inputs == 1 and len(model.output_shape) == 4:
        raise Mistake(
            f"Flatten is missing: your model gives {tuple(model.output_shape)} and has "
            f"{model.count_params():,} parameters. Each pixel goes through it alone. Put Flatten "
            "before the first Dense."
        )
    if n_inputs == 1:
        raise Mistake("Flatten comes too late: it belongs before the first Dense layer.")
    if n_inputs != 784:
        raise Mistake(
            f"Your first Dense layer sees {n_inputs} numbers. It should see all 784 pixels of an "
            "image, side by side."
        )
    if units != [16, 16, 10]:
        hint = "It should be 16, 16 and 10."
        if units == [16, 16]:
            hint = "The outputs are missing: one more, with ten units."
        elif units == [16, 10]:
            hint = "One hidden layer is missing: (16, 16) means two of them."
        elif len(units) > 1 and units[0] == 784:
            hint = "The 784 inputs are the pixels, not a layer of units: leave that one out."
        elif len(units) == 3 and units[-1] != 10:
            hint = "The last layer needs one unit for each of the ten digits."
        elif len(units) > 3:
            hint = "That is one layer too many: it should be 16, 16 and 10."
        raise Mistake(f"Your Dense layers have {listed(units)} units. {hint}")
    if len(shapes) < len(SHAPES):
        raise Mistake("Your Dense layers have no biases. Leave out use_bias=False.")


def _no_such_layer(kind):
    hints = {
        "Rescaling": "The images of this network are scaled already.",
        "Conv2D": 'Convolutions come in "Convolution by hand".',
    }
    hint = hints.get(kind, "Flatten and three Dense layers are all that it takes.")
    return Mistake(f"Your model has a layer that MLPClassifier does not have, {kind}. {hint}")


def _about_activations(model, computed, images, weights):
    """Raise the `Mistake` that names the first wrong activation."""
    for found in product(ACTIVATIONS, repeat=3):
        if not _close(computed, _forward(images, weights, found)):
            continue
        if found == ("relu", "relu", "none") and _from_logits(_flat(getattr(model, "loss", None))):
            raise Mistake(
                "Your loss applies softmax itself (from_logits=True), so your network trains "
                "alike, but it answers with ten sums. For probabilities give the last layer "
                'activation="softmax", and leave from_logits out.'
            )
        place = next(i for i in range(3) if found[i] != RIGHT[i])
        layer = PLACES[place]
        has = "no activation" if found[place] == "none" else f"the activation {found[place]}"
        why = "relu: MLPClassifier uses it there unless you choose another"
        if layer == "last":
            why = "softmax: it turns ten sums into ten probabilities, which add up to 1"
        raise Mistake(f"Your {layer} layer has {has}. It should have {why}.")
    names = [_name(getattr(layer, "activation", layer)).lower() for layer in _layers(model)]
    names = [name for name in names if name not in ("flatten", "reshape", "lambda", "linear")]
    if names == [*RIGHT]:
        raise Mistake(
            "Each of your layers is right, but with the same weights the model does not answer as "
            "MLPClassifier does. Pass the image through one layer after the other."
        )
    raise Mistake(
        f"Your layers have the right sizes, but their activations are {listed(names or ['none'])}. "
        f"They should be {listed(RIGHT)}."
    )


def _learns_alike(model):
    """Raise `Mistake` unless optimizer, loss and metric are those of MLPClassifier."""
    for kind in map(_kind, _layers(model)):
        if "Dropout" in kind or "Noise" in kind:  # does something only while it trains
            raise _no_such_layer(kind)
    _can_learn(model)
    _has_no_other_penalty(model)
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        raise Mistake(
            "The layers are right. Your model is not compiled yet: my_model.compile(optimizer=..., "
            "loss=..., metrics=[...])."
        )
    kind = _kind(optimizer)
    if kind != "Adam":
        named = " (what compile uses if you name none)" if kind == "RMSprop" else ""
        raise Mistake(
            f'Your optimizer is {kind}{named}. MLPClassifier uses Adam: optimizer="adam".'
        )
    schedule = getattr(optimizer, "_learning_rate", None)
    if callable(schedule):
        raise Mistake(
            f"The learning rate of your Adam follows a schedule, {_name(schedule)}. In "
            "MLPClassifier it stays at 0.001."
        )
    rate = float(optimizer.learning_rate)
    if not np.isclose(rate, 0.001, rtol=1e-3):
        raise Mistake(f"Your Adam has the learning rate {rate:.4g}. MLPClassifier has 0.001.")
    _is_the_usual_adam(optimizer)
    _has_the_loss(_flat(model.loss))
    _has_the_metric(model.get_compile_config())


def _can_learn(model):
    """Raise `Mistake` if a layer is frozen, or starts from weights that are all alike."""
    dense = [layer for layer in _layers(model) if _kind(layer) == "Dense"]
    if len(model.trainable_weights) < len(SHAPES):
        frozen = [place for place, layer in _placed(dense) if not layer.trainable_weights]
        which = f"Your {listed(frozen)} layer is" if len(frozen) == 1 else "Layers of yours are"
        if not model.trainable_weights:
            which = "Your whole network is"
        raise Mistake(
            f"{which} frozen (trainable=False), so fit would not change those weights. "
            "MLPClassifier learns all of its 13,002."
        )
    for place, layer in _placed(dense):
        kernel = np.asarray(layer.get_weights()[0])
        if np.ptp(kernel) == 0:
            raise Mistake(
                f"The weights of your {place} layer are all {kernel.flat[0]:g}. MLPClassifier "
                "draws the first weights at random, and so does Keras if you leave out "
                "kernel_initializer."
            )


def _placed(dense):
    """Dense layers with the names of their places, if there are as many as there should be."""
    return zip(PLACES, dense, strict=True) if len(dense) == len(PLACES) else ()


def _has_no_other_penalty(model):
    """Raise `Mistake` unless the layers have no penalty, or that of MLPClassifier."""
    usual = ALPHA / (2 * BATCH)
    strengths = []
    for layer in _layers(model):
        for part in ("bias_regularizer", "activity_regularizer"):
            if getattr(layer, part, None) is not None:
                raise Mistake(
                    f"You have set a penalty with {part}. MLPClassifier has one for its weights "
                    "alone, not for biases or outputs: leave it out."
                )
        for part in ("kernel_constraint", "bias_constraint"):
            if getattr(layer, part, None) is not None:
                raise Mistake(f"You have set {part}. MLPClassifier has no limits: leave it out.")
        if _kind(layer) == "Dense":
            strengths.append(_strength(layer.kernel_regularizer))
    if None in strengths:
        raise Mistake(
            "Your penalty is not a number times the sum of the squared weights, as that of "
            "MLPClassifier is. Use keras.regularizers.L2, or no penalty."
        )
    for strength in strengths:
        if strength and not np.isclose(strength, usual, rtol=0.05):
            ratio = float(f"{strength / usual:.3g}")
            raise Mistake(
                f"Your penalty, L2({strength:.3g}), is {ratio:,g} times that of MLPClassifier, "
                "which divides alpha, 0.0001, by twice the 200 images of a batch: "
                "L2(0.0001 / 400). Or leave it out."
            )
    if 0 in strengths and any(strengths):
        raise Mistake(
            "Your penalty is right, but not all of your layers have it. In MLPClassifier it is "
            "for the weights of all three. Or leave it out: it is small."
        )


def _strength(regularizer):
    """The number c of a penalty c * sum(w**2), 0 without one, None for one of another kind."""
    if regularizer is None:
        return 0.0
    ones, other = np.ones((3, 4), np.float32), np.arange(12, dtype=np.float32).reshape(3, 4)
    strength = float(np.asarray(regularizer(ones))) / (ones**2).sum()
    expected = strength * (other**2).sum()
    return strength if np.isclose(float(np.asarray(regularizer(other))), expected) else None


def _is_the_usual_adam(optimizer):
    for setting, (usual, hint) in OF_ADAM.items():
        value = getattr(optimizer, setting, None)
        if value is not None and value not in usual:
            raise Mistake(f"Your Adam has {setting}={value}: {hint}.")
    if (epsilon := getattr(optimizer, "epsilon", 0)) > 1e-6:
        raise Mistake(
            f"Your Adam has epsilon={epsilon:g}. It should be far smaller than the steps: 1e-8 in "
            "MLPClassifier, 1e-7 in Keras if you say nothing."
        )


def _has_the_loss(losses):
    if not losses:
        raise Mistake("Your model has no loss: compile needs one to know which number must fall.")
    name, right = _name(losses[0]), "sparse_categorical_crossentropy"
    if _plain(name) != _plain(right):
        regression = f"It is for numbers on a scale. MLPClassifier uses cross-entropy: {right}."
        hints = {
            "categoricalcrossentropy": "It expects one-hot labels, ten switches for each image. "
            f"The labels here are integers: {right}.",
            "binarycrossentropy": f"It is for two classes. For ten, with integers: {right}.",
            "meansquarederror": regression,
            "mse": regression,
        }
        hint = hints.get(_plain(name), f"MLPClassifier uses cross-entropy: {right}.")
        raise Mistake(f"Your loss is {name}. {hint}")
    if _from_logits(losses):
        raise Mistake(
            "Your loss is told from_logits=True: it expects sums and applies softmax to them. "
            "Your last layer has done that already, so leave from_logits out."
        )


def _has_the_metric(config):
    """Raise `Mistake` unless what ``get_compile_config`` returns has the accuracy."""
    names, right = [_name(metric) for metric in _flat(config["metrics"])], 'metrics=["accuracy"]'
    if not names and config.get("loss_weights"):
        raise Mistake(f"The third argument of compile is loss_weights. Name yours: {right}.")
    if not names:
        raise Mistake(
            f"Your model would report the loss alone: the metric is missing. Add {right} to "
            "compile."
        )
    # The object Accuracy is not what the name "accuracy" stands for.
    plain = {name if name == "Accuracy" else _plain(name) for name in names}
    if {"accuracy", "acc", "sparsecategoricalaccuracy"} & plain:
        return
    hint = ""
    if "Accuracy" in plain:
        hint = " Accuracy asks whether two numbers are equal, and probabilities are no digits."
    elif "categoricalaccuracy" in plain:
        hint = " That is for one-hot labels. The labels here are integers."
    raise Mistake(f"Your metric is {listed(names)}.{hint} It should be {right}.")


def _flat(things):
    """Losses or metrics in one list, however they are nested."""
    if isinstance(things, dict) and "class_name" not in things:
        things = list(things.values())
    if isinstance(things, (list, tuple)):
        return [one for thing in things for one in _flat(thing)]
    return [] if things is None else [things]


def _name(thing):
    """Name of a loss, metric, activation or layer: text, function, object, or one as a dict."""
    if isinstance(thing, dict) and "class_name" in thing:
        return thing["config"] if thing["class_name"] == "function" else thing["class_name"]
    return thing if isinstance(thing, str) else getattr(thing, "__name__", _kind(thing))


def _plain(name):
    """A name as Keras compares it: RMSprop and rms_prop are the same."""
    return name.replace("_", "").replace("-", "").replace(" ", "").lower()


def _from_logits(losses):
    return any(one.get_config().get("from_logits") for one in losses if hasattr(one, "get_config"))


@exercise
def without_flatten(answer: object) -> str:
    """Why a model without Flatten has 474 parameters and gives (None, 28, 28, 10).

    Parameters
    ----------
    answer : str
        One of the letters a to d.
    """
    wrong = {
        "a": "Input((28, 28, 1)) is fine: with Flatten after it the same Input gives 13,002. "
        "Which layer of yours is not in the summary?",
        "c": "The number of units decides how many sums there are, never which inputs they see: "
        "a Dense unit is connected with every number along the last axis. How many are there?",
        "d": "compile adds no weights: it says how to learn. All weights are there as soon as the "
        "layers know what comes in.",
    }
    choice(answer, "what_went_wrong", "abcd", wrong)
    return "One number in, 16 units: 1 * 16 + 16 = 32 parameters in place of 12,560."


@exercise
def loss_for_labels(answer: object) -> str:
    """The loss that goes with integer labels, and the one that goes with one-hot labels.

    Parameters
    ----------
    answer : dict
        Keys ``integers`` and ``one-hot``; values are losses, by name, as function, class or object.
    """
    if not isinstance(answer, dict):
        raise Mistake(
            'loss_for should be a dictionary, {"integers": "...", "one-hot": "..."}. You have '
            f"{describe(answer)}."
        )
    kinds = {"integers": "integers", "integer": "integers", "onehot": "one-hot"}
    given = {kinds.get(_plain(str(key)), key): loss for key, loss in answer.items()}
    losses = {}
    for key in ("integers", "one-hot"):
        if key not in given:
            raise Mistake(f"loss_for has no entry for {key!r}. It needs {key!r} as a key.")
        losses[key] = _plain(str(_name(given[key])))
        if losses[key] not in ("categoricalcrossentropy", "sparsecategoricalcrossentropy"):
            raise Mistake(
                f"For {key!r} you have {describe(given[key])}. Choose between "
                '"categorical_crossentropy" and "sparse_categorical_crossentropy".'
            )
        if not isinstance(given[key], type) and _from_logits([given[key]]):
            raise Mistake(
                f"The loss for {key!r} is told from_logits=True: it expects sums. The networks of "
                "this lesson give probabilities, so leave from_logits out."
            )
    sparse = [key for key, loss in losses.items() if loss.startswith("sparse")]
    if sparse == ["one-hot"]:
        raise Mistake(
            "The two are swapped. Sparse means that of ten switches only the place of the one "
            "that is on is given: an integer."
        )
    if len(sparse) == 2:
        raise Mistake(
            "You have the sparse loss for both. It looks up a probability at the place that an "
            "integer names; ten switches name no place."
        )
    if not sparse:
        raise Mistake(
            "You have categorical_crossentropy for both. It multiplies ten switches by ten "
            "logarithms, and an integer is not ten switches."
        )
    return "Sparse looks up, the other multiplies by the switches. The loss is the same."


@exercise
def carried_weights(
    answer: object,
    model: object,
    fitted: object,
    images: np.ndarray,
    probabilities: np.ndarray,
) -> str:
    """The weights of a scikit-learn network, in an order that gives the same network in Keras.

    Parameters
    ----------
    answer : list of ndarray
        Six arrays, as ``set_weights`` takes them.
    model : keras.Model
        A network of the same layers, for images of shape (28, 28, 1). It is left as it was.
    fitted : MLPClassifier
        Its ``coefs_`` and ``intercepts_`` are read.
    images : ndarray of shape (n, 28, 28), float32
        Scaled to [0, 1].
    probabilities : ndarray of shape (n, 10)
        What the fitted network says about them.
    """
    if hasattr(answer, "layers"):
        raise Mistake(
            "carried is a whole model. It should be what set_weights takes: a list of six arrays, "
            "from the coefs_ and intercepts_ of the fitted network."
        )
    if not isinstance(answer, (list, tuple)):
        raise Mistake(f"carried should be a list of six arrays. You have {describe(answer)}.")
    if len(answer) == 2 and isinstance(answer[0], (list, tuple)):
        raise Mistake("carried holds two lists. Keras takes one list of six arrays.")
    if len(answer) == 3 and all(isinstance(pair, (list, tuple)) for pair in answer):
        raise Mistake(
            "carried holds three pairs, in the right order. Keras takes one list of six arrays: "
            "unpack the pairs."
        )
    arrays = [as_array(array, f"carried[{i}]") for i, array in enumerate(answer)]
    coefs, intercepts = list(fitted.coefs_), list(fitted.intercepts_)
    right = [array for pair in zip(coefs, intercepts, strict=True) for array in pair]
    biases_first = [array for pair in zip(intercepts, coefs, strict=True) for array in pair]
    mistakes = [
        (coefs, "these are the weights alone; after each matrix Keras expects its biases"),
        (intercepts, "these are the biases alone; before each comes its matrix of weights"),
        (coefs + intercepts, "all the matrices come first, then all the biases. Keras goes layer "
         "by layer: the matrix of a layer, then its biases"),
        (biases_first, "in each layer the biases come first. Keras expects the matrix, then the "
         "biases"),
        ([array.T for array in right], "the matrices are transposed. Both libraries have one row "
         "for each input and one column for each unit: leave them as they are"),
        (right[::-1], "the order is reversed: begin with the layer next to the pixels"),
    ]  # fmt: skip
    for wrong, message in mistakes:
        if _shapes(arrays) == _shapes(wrong):
            raise Mistake(f"carried has {len(arrays)} arrays, but {message}.")
    if len(arrays) != 6:
        raise Mistake(
            f"carried has {len(arrays)} arrays. Three Dense layers have six: a matrix and the "
            "biases of each."
        )
    for i, (shape, expected) in enumerate(zip(_shapes(arrays), SHAPES, strict=True)):
        if shape != expected:
            raise Mistake(f"carried[{i}] has shape {shape}. Keras expects {expected} there.")
    computed = _computed(model, np.asarray(images)[..., np.newaxis], arrays)
    largest = np.abs(computed - probabilities).max()
    if not largest < 1e-5:
        differs = [not np.allclose(a, r, atol=1e-6) for a, r in zip(arrays, right, strict=True)]
        i = differs.index(True) if any(differs) else 0
        why = "it is not what the fitted network has"
        if not arrays[i].any():
            why = "it is all zeros"
        elif i == 2 and np.allclose(arrays[2], right[2].T):
            why = "it is transposed, which its square shape does not show"
        raise Mistake(
            f"The shapes are right, but a probability is off by up to {largest:.2g}. Look at "
            f"carried[{i}]: {why}."
        )
    return f"{computed.size:,} probabilities, the same in both libraries to 1e-5."


def _shapes(arrays):
    return [array.shape for array in arrays]
