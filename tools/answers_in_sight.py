"""Exercises whose answer a later cell of the lesson gives, and what hides it from students.

A lesson goes on without its learner's answers, so some of its later cells compute the same again.
Where the library has a function for it, the cell calls that in assignments and handouts. Where it
has none, the exercise is worth no points: site/teaching/grading.md lists these.
"""

# By lesson: code that gives an answer, and what stands there for students.
REWORDED = {
    "a_network_by_hand": {
        """\
    a = flat(images)
    for W, b in zip(network.coefs_[:-1], network.intercepts_[:-1], strict=True):
        a = np.maximum(a @ W + b, 0)
    return softmax(a @ network.coefs_[-1] + network.intercepts_[-1])
""": """\
    # To see your own work here, call your forward in place of predict_proba.
    return network.predict_proba(flat(images))
""",
        ':.3f}, by hand")': ':.3f}")',
    },
    "what_each_layer_looks_for": {
        "(W1 @ W2 @ W3).T  # (784, 512)(512, 256)(256, 10) -> (784, 10) -> (10, 784)": (
            "networks.seen_through(W1, W2, W3)  # (10, 784)"
        ),
        "(V1 @ V2 @ V3).T  # the same three shapes": "networks.seen_through(V1, V2, V3)",
        "  # the product of the matrices, transposed": "",
    },
    "where_a_network_looks": {
        """\
def in_plane(rows):
    part = rows[: len(sample)]
    directions = np.linalg.svd(part - part.mean(axis=0), full_matrices=False)[2]
    return (rows - rows.mean(axis=0)) @ directions[:2].T
""": """\
from sklearn.decomposition import PCA


def in_plane(rows):
    part = rows[: len(sample)]
    return PCA(2, svd_solver="full").fit(part).transform(rows)
""",
    },
}

# By lesson: the checks that are worth no points.
WITHOUT_POINTS = {
    "how_a_network_learns": {"cost_of_half", "update", "train"},
    "seeing_the_weights": {"weight_images", "changed_answers"},
    "what_weights_tell": {"weight_price"},
    "the_same_network_in_keras": {"the_same_network"},
    "what_each_layer_looks_for": {"touched_pixels", "local_bias"},
    "training_a_convolutional_network": {"moved_at_random"},
    "inside_a_convolutional_network": {"dead_maps"},
    "your_own_digits": {"darkness", "find_ink", "crop", "new_size", "place"},
}


def reword(notebook, name):
    """Change what gives answers, in the cells of a lesson that are not its solutions.

    Raises
    ------
    ValueError
        If the lesson has no such code: it has changed since.
    """
    for code, instead in REWORDED.get(name, {}).items():
        cells = [
            cell
            for cell in notebook.cells
            if code in cell.source and "solution" not in cell.metadata.get("tags", [])
        ]
        if not cells:
            raise ValueError(f"expected {code!r} in {name}, got none: change REWORDED.")
        for cell in cells:
            cell.source = cell.source.replace(code, instead)
