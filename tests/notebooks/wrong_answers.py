"""A wrong answer to every exercise: what the learner writes, and what the check must say."""

WRONG_ANSWERS = {
    "01": {
        "flat_shape": ("flat_shape = (200, 28, 28)", "the shape before"),
        "position": (
            "def position(row, column):\n    return 28 * column + row",
            "down the columns",
        ),
        "safe_distance": (
            "def safe_distance(a, b):\n    return np.sqrt(((a - b).astype(float) ** 2).sum())",
            "You convert the difference",
        ),
        "nearest_mean": (
            "mean_guesses = nearest(X_test, mean_images.reshape(10, 784))",
            "Divide the means by 255",
        ),
        "same_neighbours": ('reason = "C"', "many different images"),
    },
    "03": {
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
        "remedy": ('remedy = "d"', "taken part in the choice"),
    },
    "04": {
        "panel_count": ("n_panels = 64 + 32", "96 counts both hidden layers"),
        "weight_images": (
            "unit_images = weights.reshape(-1, 28, 28)",
            "transpose before you reshape",
        ),
        "active_share": ("active = (X_train @ weights > 0).mean(axis=0)", "the biases are missing"),
        "why_smooth": ('reason = "a"', "active on no image"),
        "alpha_verdicts": (
            'verdicts = ["overfits", "underfits", "underfits"]',
            "the network with alpha 10 underfits",
        ),
    },
}
