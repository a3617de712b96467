"""Checks of lesson 05: The same network in Keras.

They read a model by its attributes, and import no library for it.
"""

import numpy as np

from course_utils.checks._core import Mistake, as_array, as_number, choice, describe, exercise

PER_LAYER = [0, 12_560, 272, 170]
NAMES = ["Flatten", "the first Dense", "the second Dense", "the last Dense"]


@exercise
def parameters_per_layer(answer):
    """How many parameters have Flatten, Dense 16, Dense 16 and Dense 10 on 28 by 28 images?

    Parameters
    ----------
    answer : sequence of int
        Four counts, in the order of the layers.
    """
    if isinstance(answer, (set, frozenset, dict)):
        raise Mistake("per_layer should keep the order of the layers: a list of four numbers.")
    if not isinstance(answer, (list, tuple)) and not (
        isinstance(answer, np.ndarray) and answer.ndim
    ):
        if isinstance(answer, (int, np.integer)) and answer == 13_002:
            raise Mistake("13,002 is the whole network. Asked for is each layer: a list of four.")
        raise Mistake(f"per_layer should be a list of four numbers. You have {describe(answer)}.")
    if any(isinstance(entry, (list, tuple)) for entry in answer):
        raise Mistake(
            "per_layer holds lists. Asked for is one number for each layer: add up its weights "
            "and its biases."
        )
    counts = [as_number(number, f"per_layer[{i}]") for i, number in enumerate(answer)]
    if counts == PER_LAYER[1:]:
        raise Mistake("Your three Dense layers are right. Flatten is a layer too: how many has it?")
    if len(counts) != 4:
        raise Mistake(f"per_layer has {len(counts)} entries. The network has four layers.")
    slips = [
        ([0, 12_544, 256, 160], "those are the weights alone. Each unit has a bias too"),
        ([0, 16, 16, 10], "those are the units (and their biases). Count the weights between them"),
        ([784, 16, 16, 10], "those are the numbers that each layer gives on. Count what it learns"),
        ([0, 32, 272, 170], "the first Dense layer sees all 784 pixels of the flattened image, "
         "not one"),
        ([0, 13_328, 272, 170], "the biases of the first Dense layer belong to its 16 units, not "
         "to the 784 pixels"),
        ([0, 464, 272, 170], "the first Dense layer sees 28 times 28 pixels, not one row"),
    ]  # fmt: skip
    for wrong, message in slips:
        if counts == wrong:
            raise Mistake(f"You have {counts}: {message}.")
    if counts[0] != 0:
        raise Mistake(
            f"You give Flatten {counts[0]:,}. It only lays the rows side by side: what would it "
            "have to learn?"
        )
    for name, number, right in zip(NAMES, counts, PER_LAYER, strict=True):
        if number != right:
            few = "more" if number < right else "fewer"
            raise Mistake(
                f"You give {name} {number:,}, and it has {few}. Multiply the numbers that come in "
                "by the units, and add one bias for each unit."
            )
    return "0, 12,560, 272 and 170: together the 13,002 of lesson 3."


@exercise
def the_same_network(answer):
    """Is a compiled Keras model the equal of ``MLPClassifier(hidden_layer_sizes=(16, 16))``?

    Parameters
    ----------
    answer : keras.Model
        Sequential or functional; activations may be arguments or layers of their own; optimizer,
        loss and metric may be names or objects.
    """
    _is_a_model(answer)
    _is_built(answer)
    layers = _layers(answer)
    dense = _dense_layers(layers)
    _has_the_layers(answer, layers, dense)
    _has_the_activations(dense, answer)
    if (total := answer.count_params()) != 13_002:
        raise Mistake(
            f"Your model has {total:,} parameters, and should have 13,002. Compare each line of "
            "my_model.summary() with what you counted."
        )
    _learns_alike(answer)
    return "Layer for layer, and in the way it learns, it is the network of lesson 3."


def _is_a_model(answer):
    if answer is None:
        raise Mistake(
            "my_model is None. compile returns nothing: first my_model = keras.Sequential([...]), "
            "then my_model.compile(...) in a line of its own."
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


def _is_built(model):
    """Mistake unless the model knows the shape of an image, and it is the right one."""
    if not model.layers:
        raise Mistake("Your model has no layers yet. Write them into the list.")
    shape = getattr(model, "input_shape", None)
    if shape is None:
        raise Mistake(
            "Your model does not know yet what comes in, so it has no weights. Begin the list "
            "with keras.Input((28, 28, 1))."
        )
    if not isinstance(shape, tuple) or isinstance(shape[0], tuple):
        raise Mistake("Your model has several inputs. It needs one, the image.")
    image = tuple(shape[1:])
    if image == (28, 28, 1):
        return
    hints = {
        (28, 28): "the channel is missing at the end: 1, for grey.",
        (784,): "the image comes as it is, and the network flattens it.",
        (784, 1): "the image comes as it is, and the network flattens it.",
        (1, 28, 28): "in Keras the channel stands last.",
    }
    hint = hints.get(image, "28 rows, 28 columns, 1 channel.")
    if len(image) == 4:
        hint = "Input gets the shape of one image; how many there are stays open."
    raise Mistake(f"Your Input has the shape {image}. It should be (28, 28, 1): {hint}")


def _kind(layer):
    return type(layer).__name__


def _layers(model):
    """All layers in order, those of models inside the model in their place, without the input."""
    found = []
    for layer in model.layers:
        if hasattr(layer, "layers"):
            found += _layers(layer)
        elif _kind(layer) != "InputLayer":
            found.append(layer)
    return found


ACTIVATION_LAYERS = ("Activation", "ReLU", "Softmax")


def _activation(layer):
    """Name of the activation of a layer, as ``relu`` or ``softmax``."""
    if _kind(layer) in ("ReLU", "Softmax"):
        return _kind(layer).lower()
    function = getattr(layer, "activation", None)
    if function is None:
        return "linear"
    if isinstance(function, str):
        return function.lower()
    return str(getattr(function, "__name__", type(function).__name__)).lower()


def _dense_layers(layers):
    """(layer, activations) of each Dense layer; an Activation layer counts with the one before."""
    dense = []
    for layer in layers:
        if _kind(layer) == "Dense":
            dense.append((layer, []))
        may_have_one = _kind(layer) in ("Dense", *ACTIVATION_LAYERS)
        if dense and may_have_one and (name := _activation(layer)) != "linear":
            dense[-1][1].append(name)
    return dense


def _has_the_layers(model, layers, dense):
    """Mistake unless the model is Flatten and Dense layers of 16, 16 and 10 units."""
    kinds = [_kind(layer) for layer in layers]
    hints = {
        "Rescaling": "The images of this network are scaled already.",
        "Dropout": "MLPClassifier has none.",
        "Conv2D": "Convolutions come in lesson 7.",
        "BatchNormalization": "MLPClassifier has none.",
    }
    for kind in kinds:
        if kind not in ("Flatten", "Reshape", "Dense", *ACTIVATION_LAYERS):
            hint = hints.get(kind, "Flatten and three Dense layers are all that it takes.")
            raise Mistake(f"Your model has a layer that MLPClassifier has not, {kind}. {hint}")
    if not dense:
        raise Mistake("Your model has no Dense layer yet. It needs three: 16, 16 and 10 units.")
    place = kinds.index("Dense")
    flattens = [k for k in range(len(kinds)) if kinds[k] in ("Flatten", "Reshape")]
    if not flattens:
        raise Mistake(
            f"Flatten is missing: your model gives {tuple(model.output_shape)} and has "
            f"{model.count_params():,} parameters. Each pixel goes through it alone. Put Flatten "
            "before the first Dense."
        )
    if min(flattens) > place:
        raise Mistake("Flatten comes too late: it should stand before the first Dense layer.")
    comes_in = dense[0][0].get_weights()[0].shape[0]
    if comes_in != 784:
        raise Mistake(
            f"Your first Dense layer sees {comes_in} numbers. It should see all 784 pixels of an "
            "image, side by side."
        )
    units = [layer.units for layer, _ in dense]
    if units != [16, 16, 10]:
        raise Mistake(f"Your Dense layers have {_list(units)} units. {_about_units(units)}")
    without = [i for i, (layer, _) in enumerate(dense) if not getattr(layer, "use_bias", True)]
    if without:
        raise Mistake("Your Dense layers have no biases. Leave out use_bias=False.")


def _about_units(units):
    if units == [16, 16]:
        return "The outputs are missing: one more, with ten units."
    if units == [16, 10]:
        return "One hidden layer is missing: (16, 16) means two of them."
    if len(units) > 1 and units[0] == 784:
        return "The 784 inputs are the pixels, not a layer of units: leave that one out."
    if len(units) == 3 and units[-1] != 10:
        return "The last layer needs one unit for each of the ten digits."
    if len(units) > 3:
        return "That is one layer too many: it should be 16, 16 and 10."
    return "It should be 16, 16 and 10."


def _list(numbers):
    *most, last = [str(number) for number in numbers]
    return f"{', '.join(most)} and {last}" if most else last


def _has_the_activations(dense, model):
    *hidden, (_, last) = dense
    for order, (_, names) in zip(("first", "second"), hidden, strict=True):
        if not names:
            raise Mistake(
                f"Your {order} hidden layer has no activation: it passes its sums on as they are. "
                'MLPClassifier uses activation="relu" there.'
            )
        if set(names) != {"relu"}:
            raise Mistake(
                f"Your {order} hidden layer has the activation {names[-1]}. MLPClassifier uses "
                "relu there unless you choose another."
            )
    if not last and _settings(getattr(model, "loss", None)).get("from_logits"):
        raise Mistake(
            "Your loss applies softmax itself (from_logits=True), so your network trains alike, "
            "but it answers with ten sums. For probabilities give the last layer "
            'activation="softmax", and leave from_logits out.'
        )
    if not last:
        raise Mistake(
            "Softmax is missing: your last layer gives ten sums, not ten probabilities. "
            'Give it activation="softmax".'
        )
    if last == ["softmax"]:
        return
    if set(last) == {"softmax"}:
        raise Mistake("Softmax comes twice at the end: once in the Dense layer, once after it.")
    hints = {
        "relu": "It cuts sums below 0; the ten would not add up to 1.",
        "sigmoid": "It judges each digit by itself; the ten would not add up to 1.",
    }
    name = next(name for name in last if name != "softmax")
    raise Mistake(f"Your last layer has the activation {name}. {hints.get(name, '')} Take softmax.")


def _learns_alike(model):
    """Mistake unless optimizer, loss and metric are those of MLPClassifier."""
    optimizer, loss = getattr(model, "optimizer", None), getattr(model, "loss", None)
    if optimizer is None:
        raise Mistake(
            "The layers are right. Your model is not compiled yet: my_model.compile(optimizer=..., "
            "loss=..., metrics=[...])."
        )
    kind = _plain(optimizer if isinstance(optimizer, str) else _kind(optimizer))
    if kind != "adam":
        named = " (what compile takes if you name none)" if kind == "rmsprop" else ""
        name = optimizer if isinstance(optimizer, str) else _kind(optimizer)
        raise Mistake(
            f'Your optimizer is {name}{named}. MLPClassifier uses Adam: optimizer="adam".'
        )
    rate = float(getattr(optimizer, "learning_rate", 0.001))
    if not np.isclose(rate, 0.001, rtol=1e-3):
        raise Mistake(f"Your Adam has the learning rate {rate:.4g}. MLPClassifier has 0.001.")
    _has_the_loss(loss)
    _has_the_metric(model)


def _plain(name):
    """A name as Keras compares it: RMSprop and rms_prop are the same."""
    return str(name).replace("_", "").replace(" ", "").lower()


def _has_the_loss(loss):
    if isinstance(loss, dict):
        loss = list(loss.values())
    if not isinstance(loss, str) and hasattr(loss, "__len__") and len(loss) == 1:
        loss = loss[0]
    if loss is None:
        raise Mistake("Your model has no loss: compile needs one to know which number must fall.")
    name = loss if isinstance(loss, str) else getattr(loss, "name", None)
    kind = _plain(name or getattr(loss, "__name__", _kind(loss)))
    kinds = {kind, _plain(_kind(loss))}  # an object may have been given another name
    right = "sparse_categorical_crossentropy"
    if _plain(right) not in kinds:
        hints = {
            "categoricalcrossentropy": "It expects one-hot labels, ten switches for each image. "
            f"The labels here are integers: {right}.",
            "binarycrossentropy": f"It is for two classes. For ten, with integers: {right}.",
            "meansquarederror": "It is for numbers on a scale. MLPClassifier uses "
            f"cross-entropy: {right}.",
        }
        hints["mse"] = hints["meansquarederror"]
        hint = hints.get(kind) or hints.get(_plain(_kind(loss)))
        hint = hint or f"MLPClassifier uses cross-entropy: {right}."
        raise Mistake(f"Your loss is {name or _kind(loss)}. {hint}")
    if _settings(loss).get("from_logits"):
        raise Mistake(
            "Your loss is told from_logits=True: it expects sums and applies softmax to them. "
            "Your last layer has done that already, so leave from_logits out."
        )


def _settings(loss):
    """The settings of a loss that is an object."""
    return loss.get_config() if hasattr(loss, "get_config") else {}


def _has_the_metric(model):
    if not hasattr(model, "get_compile_config"):
        return
    config = model.get_compile_config()
    metrics = config.get("metrics")
    names = [_metric_name(metric) for metric in _flat(metrics)]
    if not names and config.get("loss_weights"):
        raise Mistake(
            "What you give compile in third place is taken for loss_weights. Name it: "
            'metrics=["accuracy"].'
        )
    if not names:
        raise Mistake(
            "Your model would report the loss alone: the metric is missing. Add "
            'metrics=["accuracy"] to compile.'
        )
    if {"accuracy", "acc", "sparsecategoricalaccuracy"} & set(names):
        return
    if "Accuracy" in names:
        raise Mistake(
            "keras.metrics.Accuracy() asks whether two numbers are equal, and ten probabilities "
            'are none of the digits. The name works it out: metrics=["accuracy"].'
        )
    if "categoricalaccuracy" in names:
        raise Mistake(
            "Your metric is categorical_accuracy, for one-hot labels. The labels here are "
            'integers: metrics=["accuracy"] works it out.'
        )
    raise Mistake(f'Your metric is {names[0]}. Asked for is metrics=["accuracy"].')


def _flat(metrics):
    """The metrics of a model in one list, however they are nested."""
    if isinstance(metrics, (list, tuple)):
        return [one for metric in metrics for one in _flat(metric)]
    if isinstance(metrics, dict) and "class_name" not in metrics:
        return [one for metric in metrics.values() for one in _flat(metric)]
    return [] if metrics is None else [metrics]


def _metric_name(metric):
    """Plain name of a metric, given by name, as a function or as an object (serialised)."""
    if not isinstance(metric, dict):
        return _plain(metric)
    if metric["class_name"] == "function":
        return _plain(metric["config"])
    # the object Accuracy is not what the name "accuracy" stands for
    return "Accuracy" if metric["class_name"] == "Accuracy" else _plain(metric["class_name"])


@exercise
def without_flatten(answer):
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
def loss_for_labels(answer):
    """Which loss goes with integer labels, and which with one-hot labels?

    Parameters
    ----------
    answer : dict of str to str
        Keys ``integers`` and ``one-hot``; values are names of losses.
    """
    if not isinstance(answer, dict):
        raise Mistake(
            'loss_for should be a dictionary, {"integers": "...", "one-hot": "..."}. You have '
            f"{describe(answer)}."
        )
    given = {_label_kind(key): value for key, value in answer.items()}
    for key in ("integers", "one-hot"):
        if key not in given:
            raise Mistake(f"loss_for has no entry for {key!r}. It needs {key!r} as a key.")
    names = {}
    for key in ("integers", "one-hot"):
        names[key] = _plain(given[key]).replace("-", "") if isinstance(given[key], str) else ""
        if names[key] not in ("categoricalcrossentropy", "sparsecategoricalcrossentropy"):
            raise Mistake(
                f"For {key!r} you have {given[key]!r}. Choose between "
                '"categorical_crossentropy" and "sparse_categorical_crossentropy".'
            )
    sparse = [key for key, name in names.items() if name.startswith("sparse")]
    if sparse == ["one-hot"]:
        raise Mistake(
            "The two are exchanged. Sparse means that of ten switches only the place of the one "
            "that is on is given: an integer."
        )
    if len(sparse) == 2:
        raise Mistake(
            "You have the sparse loss for both. It looks a probability up at the place that an "
            "integer names; ten switches name no place."
        )
    if not sparse:
        raise Mistake(
            "You have categorical_crossentropy for both. It multiplies ten switches with ten "
            "logarithms, and an integer is not ten switches."
        )
    return "Sparse looks up, the other multiplies with the switches. The loss is the same."


def _label_kind(key):
    plain = _plain(key).replace("-", "")
    return {"integers": "integers", "integer": "integers", "onehot": "one-hot"}.get(plain, key)


@exercise
def carried_weights(answer, model, fitted, images, probabilities):
    """Do the weights of a scikit-learn network give the same probabilities in Keras?

    Parameters
    ----------
    answer : list of ndarray
        Six arrays, as ``set_weights`` takes them.
    model : keras.Model
        A fresh network for images of shape (28, 28, 1). Its weights are replaced.
    fitted : MLPClassifier
        Its ``coefs_`` and ``intercepts_`` are read.
    images : ndarray of shape (n, 28, 28), float32
        Scaled to [0, 1].
    probabilities : ndarray of shape (n, 10)
        What the fitted network says about them.
    """
    if hasattr(answer, "layers"):
        raise Mistake(
            "carried is a whole model. Asked for is what its set_weights takes: a list of six "
            "arrays, from the coefs_ and intercepts_ of the fitted network."
        )
    if not isinstance(answer, (list, tuple)):
        raise Mistake(f"carried should be a list of six arrays. You have {describe(answer)}.")
    coefs, intercepts = list(fitted.coefs_), list(fitted.intercepts_)
    right = [array for pair in zip(coefs, intercepts, strict=True) for array in pair]
    if len(answer) == 2 and isinstance(answer[0], (list, tuple)):
        raise Mistake("carried holds two lists. Keras takes one list of six arrays.")
    if len(answer) == 3 and all(isinstance(pair, (list, tuple)) for pair in answer):
        raise Mistake(
            "carried holds three pairs, in the right order. Keras takes one list of six arrays: "
            "open the pairs."
        )
    arrays = [as_array(array, f"carried[{i}]") for i, array in enumerate(answer)]
    shapes = [array.shape for array in arrays]
    expected = [array.shape for array in right]
    slips = [
        (coefs, "these are the weights alone; after each matrix Keras expects its biases"),
        (intercepts, "these are the biases alone; before each stands its matrix of weights"),
        (coefs + intercepts, "all the matrices come first, then all the biases. Keras goes layer "
         "by layer: the matrix of a layer, then its biases"),
        ([array for pair in zip(intercepts, coefs, strict=True) for array in pair],
         "in each layer the biases come first. Keras expects the matrix, then the biases"),
        ([array.T for array in right], "the matrices are transposed. Both libraries have one row "
         "for each input and one column for each unit: leave them as they are"),
        (right[::-1], "the order is turned round: begin with the layer next to the pixels"),
    ]  # fmt: skip
    for wrong, message in slips:
        if shapes == [array.shape for array in wrong]:
            raise Mistake(f"carried has {len(arrays)} arrays, but {message}.")
    if len(arrays) != 6:
        raise Mistake(
            f"carried has {len(arrays)} arrays. Three Dense layers have six: a matrix and the "
            "biases of each."
        )
    for i, (shape, wanted) in enumerate(zip(shapes, expected, strict=True)):
        if shape != wanted:
            raise Mistake(f"carried[{i}] has shape {shape}. Keras expects {wanted} there.")
    model.set_weights(arrays)
    given = model.predict(np.asarray(images)[..., np.newaxis], verbose=0)
    largest = np.abs(given - probabilities).max()
    if not largest < 1e-5:
        place = next(i for i in range(6) if not np.allclose(arrays[i], right[i], atol=1e-6))
        why = "It is not what the fitted network has"
        if not arrays[place].any():
            why = "It is all zeros"
        elif place == 2 and np.allclose(arrays[2], right[2].T):
            why = "It is transposed, which its square shape does not show"
        raise Mistake(
            f"The shapes are right, but a probability is off by up to {largest:.2g}. Look at "
            f"carried[{place}]: {why[0].lower()}{why[1:]}."
        )
    return f"{given.size:,} probabilities, the same in both libraries to 1e-5."
