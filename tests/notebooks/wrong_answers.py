"""A wrong answer to every exercise: what the learner writes, and what the check must say."""

WRONG_ANSWERS = {
    "start_here": {
        "pixels": ("n_pixels = 56", "that is 28 + 28"),
        "after_three_runs": ("last_total = 15", "the first time"),
        "images_in_shape": ("n_images = 28", "the rows of each image"),
        "superscript": ('meaning = "A"', "without brackets"),
    },
    "from_pixels_to_vectors": {
        "flat_shape": ("flat_shape = (200, 28, 28)", "the shape before"),
        "position": (
            "def position(row, column):\n    return 28 * column + row",
            "down the columns",
        ),
        "safe_distance": (
            "def safe_distance(a, b):\n    return np.sqrt(((a - b).astype(float) ** 2).sum())",
            "When the difference becomes another type",
        ),
        "nearest_mean": (
            "mean_guesses = nearest(X_test, mean_images.reshape(10, 784))",
            "divide the means by 255",
        ),
        "same_neighbours": ('reason = "C"', "many different images"),
    },
    "a_network_by_hand": {
        "neuron_by_hand": ("my_neuron = (-4, -4, 3)", "Flip all three signs"),
        "layer_shapes": ("layer_shapes = [(784, 16), (16,), (16,)]", "scikit-learn stores it"),
        "line_with_the_slip": ("slip_line = 3", "Line 3 is fine"),
        "forward": (
            "def forward(X, weights, biases):\n"
            "    for W, b in zip(weights, biases):\n        X = np.maximum(X @ W + b, 0)\n"
            "    return softmax(X)",
            "ReLU is applied to the last layer",
        ),
    },
    "how_a_network_learns": {
        "cost_of_half": ("cost_of_half = 0.5", "the factor 1/2"),
        "tanh_slope": (
            "def tanh_slope(a):\n    return a * (1 - a)",
            "the slope of the sigmoid",
        ),
        "update": (
            "def update(weights, biases, grad_W, grad_b, rate):\n"
            "    return ([W + rate * g for W, g in zip(weights, grad_W)],\n"
            "        [b + rate * g for b, g in zip(biases, grad_b)])",
            "uphill",
        ),
        "train": (
            "def train(X, Y, weights, biases, rate, n_passes):\n"
            "    for _ in range(n_passes):\n        for i in range(0, len(X), 100):\n"
            "            grad_W, grad_b = gradient(X[:100], Y[:100], weights, biases)\n"
            "            weights = [W - rate * g for W, g in zip(weights, grad_W)]\n"
            "            biases = [b - rate * g for b, g in zip(biases, grad_b)]\n"
            "    return weights, biases",
            "each batch is the first 100 rows",
        ),
        "cross_entropy_of_guessing": ("know_nothing = np.log10(10)", "to base 10"),
    },
    "training_a_multilayer_perceptron": {
        "parameters_of_16_16": (
            "n_parameters = 784 * 16 + 16 * 16 + 16 * 10",
            "those are the weights alone",
        ),
        "learned_by_fit": (
            'learned = {"coefs_", "learning_rate_init"}',
            "learning_rate_init is chosen before training",
        ),
        "updates_of_20_epochs": ("n_updates = 60_000 // 200", "that is one epoch"),
        "line_with_the_slip": ("slip_line = 2", "Line 2 is fine"),
        "recognised_per_digit": (
            "recognised = np.diag(confusion) / confusion.sum(axis=0)",
            "you divided by the sums of columns",
        ),
    },
    "choosing_a_network": {
        "smallest_good": (
            "def smallest_good(scores):\n    return scores.mean(axis=1).argmax()",
            "that is the best row",
        ),
        "remedy": ('remedy = "d"', "taken part in the choice"),
        "stops_and_keeps": ("stops_and_keeps = (7, 4)", "It stops after more than three"),
        "my_grid": (
            'my_grid = {"hidden_layer_sizes": [(20, 40, 80)], "learning_rate_init": [0.001, 0.003],'
            ' "batch_size": [50, 200]}',
            "one network with three hidden layers",
        ),
        "n_fits": ("n_fits = 60", "the refit is missing"),
    },
    "seeing_the_weights": {
        "panel_count": ("n_panels = 64 + 32", "96 counts both hidden layers"),
        "weight_images": (
            "unit_images = weights.reshape(-1, 28, 28)",
            "transpose before you reshape",
        ),
        "rough": (
            "def rough(image):\n    return (np.diff(image) ** 2).mean() / image.var()",
            "only neighbours side by side",
        ),
        "active_share": ("active = (X_train @ weights > 0).mean(axis=0)", "the biases are missing"),
        "changed_answers": (
            "changed = np.array([((hidden @ (W2 * (np.arange(40) != u)[:, None]) + b2)"
            ".argmax(axis=1) == answers).sum() for u in range(40)])",
            "the comparison is reversed",
        ),
    },
    "what_weights_tell": {
        "rougher_units": ("n_rougher = (late < early)[active > 0].sum()", "comparison is reversed"),
        "weight_price": (
            "def price(coefs, alpha, batch_size=200):\n"
            "    return alpha * sum((W**2).sum() for W in coefs) / batch_size",
            "the factor 1/2 is missing",
        ),
        "why_smooth": ('reason = "a"', "active on no image"),
        "alpha_verdicts": (
            'verdicts = ["overfits", "underfits", "underfits"]',
            "the network with alpha 10 underfits",
        ),
    },
    "the_same_network_in_keras": {
        "parameters_per_layer": (
            "per_layer = [0, 784 * 16, 16 * 16, 16 * 10]",
            "those are the weights alone",
        ),
        "the_same_network": (
            "my_model = keras.Sequential([keras.Input((28, 28, 1)),\n"
            '    keras.layers.Dense(16, activation="relu"), keras.layers.Dense(10)])',
            "Flatten is missing",
        ),
        "without_flatten": ('what_went_wrong = "d"', "compile adds no weights"),
        "loss_for_labels": (
            'loss_for = {"integers": "categorical_crossentropy",\n'
            '    "one-hot": "sparse_categorical_crossentropy"}',
            "The two are swapped",
        ),
        "carried_weights": (
            "carried = mlps[0].coefs_ + mlps[0].intercepts_",
            "all the matrices come first",
        ),
    },
    "what_each_layer_looks_for": {
        "output_pictures": (
            "def output_pictures(W1, W2, W3):\n    return (W1 @ W2 @ W3).reshape(10, 28, 28)",
            "transpose before you reshape",
        ),
        "why_clear": ('reason = "A"', "each seen once"),
        "touched_pixels": (
            "touched = np.array([(pixels[train_labels == d] > 0).sum(axis=0) for d in range(10)])",
            "counts, sums, means or maxima",
        ),
        "local_bias": ("local_bias = (b1 @ W2 + b2) @ W3 + b3", "the masks are missing"),
    },
    "convolution_by_hand": {
        "convolve": (
            'def convolve(image, kernel):\n    return convolve2d(image, kernel, mode="valid")',
            "turned by 180°",
        ),
        "moving_kernel": (
            "kernel = [[0, 0, 0], [0, 0, 1], [0, 0, 0]]",
            "it moves the image to the left",
        ),
        "output_size": (
            "def output_size(size, kernel, stride=1, padding=0):\n"
            "    return (size + padding - kernel) // stride + 1",
            "padding is added on one side only",
        ),
        "pool": (
            "def pool(feature_map):\n    return feature_map[::2, ::2]",
            "it takes the first pixel of each window",
        ),
        "another_network": (
            "another = [16 * 5 * 5, 23_050, 23_450]",
            "those are the weights alone",
        ),
    },
    "training_a_convolutional_network": {
        "parameter_counts": (
            "n_parameters = [320, 64 * (3 * 3 + 1), 16_010]",
            "each kernel reads all 32 maps",
        ),
        "learning_rate": (
            "def rate_of(update):\n    return peak * (1 + np.cos(np.pi * update / n_updates)) / 2",
            "It gives",
        ),
        "moved_at_random": (
            "def moved_at_random(images, rng):\n    return moved(images, 3)",
            "Each image moves in one direction only",
        ),
        "why_it_falls": ('reason = "a"', "The kernels slide over the whole image"),
    },
    "inside_a_convolutional_network": {
        "map_values": (
            "values = np.maximum((patches * kernel).sum(axis=(1, 2)) + bias, 0)",
            "the pixels are not scaled",
        ),
        "cosine": (
            "def cosine(a, b):\n    return (a * b).sum()",
            "not divided by the two lengths",
        ),
        "layer_shapes": (
            "shapes = [(28, 28, 32), (14, 14, 32), (14, 14, 64), (7, 7, 64)]",
            "smaller than the image by 2",
        ),
        "dead_maps": (
            'dead = np.flatnonzero((highest["conv_2"] == 0).any(axis=0))',
            "all instead of any",
        ),
    },
    "where_a_network_looks": {
        "drop_per_digit": (
            "drop = np.array([((answers == d) & (test_labels == d)).sum()\n"
            "    - ((answers_without == d) & (test_labels == d)).sum() for d in range(10)])",
            "these are counts of images",
        ),
        "favourites": ('shown = "A"', "nearly all fours, but not the average"),
        "adversarial": ("adversarial = few - 40 * np.sign(slope)", "np.clip"),
        "plane": ("plane = rows @ directions[:2].T", "the mean row is not subtracted"),
    },
    "your_own_digits": {
        "darkness": (
            "def my_darkness(photo):\n    return photo.mean(axis=2)",
            "not inverted",
        ),
        "find_ink": (
            "def my_find_ink(dark):\n    return dark > (dark.min() + dark.max()) / 2",
            "one threshold for the whole picture",
        ),
        "crop": (
            "def my_crop(ink):\n"
            "    rows, columns = np.nonzero(ink)\n"
            "    return ink[rows.min() : rows.max(), columns.min() : columns.max()]",
            "the last row and the last column",
        ),
        "new_size": (
            "def my_size(height, width):\n    return 20, 20",
            "the proportions are lost",
        ),
        "place": (
            "def my_place(small):\n"
            "    image = np.zeros((28, 28))\n"
            "    top, left = ((28 - side) // 2 for side in small.shape)\n"
            "    image[top : top + small.shape[0], left : left + small.shape[1]] = small\n"
            "    return image",
            "the middle of the box",
        ),
    },
}
