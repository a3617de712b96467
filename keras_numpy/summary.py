"""The table that ``model.summary()`` prints, made with rich, as Keras makes it."""

import math
import shutil

import numpy as np

from .missing import refuse

IN_KERAS = {"line_length": None, "positions": None, "expand_nested": False,
            "show_trainable": False, "layer_range": None}  # fmt: skip


def print_summary(model, print_fn=None, **others):
    """Print layers, shapes and parameters of a model.

    Parameters
    ----------
    model : Model
    print_fn : callable, optional
        Gets the whole text, without colours.
    """
    import rich.console
    import rich.table

    if unknown := refuse("summary", others, IN_KERAS):
        raise TypeError(
            f"Model.summary() got an unexpected keyword argument '{next(iter(unknown))}'"
        )
    in_a_row = model._is_a_chain()
    headers = ["Layer (type)", "Output Shape", "Param #", "Connected to"][: 3 if in_a_row else 4]
    ends = [0.45, 0.80, 1.0] if in_a_row else [0.3, 0.56, 0.74, 1.0]
    length = min(88 if in_a_row else 108, shutil.get_terminal_size().columns - 4)
    edges = [0, *(int(end * length) for end in ends)]
    columns = [
        rich.table.Column(header, justify=justify, width=right - left)
        for header, justify, left, right in zip(
            headers, ("left", "left", "right", "left"), edges, edges[1:], strict=False
        )
    ]
    table = rich.table.Table(*columns, width=length, show_lines=True)
    for layer in model._summary_layers():
        row = [_name(layer), _shape(layer), _parameters(layer)]
        table.add_row(*row, *([] if in_a_row else [_connections(model, layer)]))
    totals = {"Trainable": model.trainable_weights, "Non-trainable": model.non_trainable_weights}
    if model.optimizer is not None and model.optimizer.built:
        totals["Optimizer"] = model.optimizer.variables
    console = rich.console.Console(
        highlight=False, **({"force_terminal": False, "color_system": None} if print_fn else {})
    )
    if print_fn:
        console.begin_capture()
    console.print(f'[bold]Model: "{_plain(model.name)}"[/]')
    console.print(table)
    total = [one for variables in totals.values() for one in variables]
    for title, variables in {"Total": total, **totals}.items():
        count = sum(math.prod(one.shape) for one in variables)
        size = sum(math.prod(one.shape) * np.dtype(one.dtype).itemsize for one in variables)
        console.print(f"[bold] {title} params: [/][color(34)]{count:,}[/] ({_memory(size)})")
    if print_fn:
        print_fn(console.end_capture())


def _plain(text):
    import rich.markup

    return rich.markup.escape(text)


def _name(layer):
    return f"{_plain(layer.name)} ([color(33)]{type(layer).__name__}[/])"


def _shape(layer):
    if not layer.nodes:
        return "?"
    sizes = [f"[color({45 if s is None else 34})]{s}[/]" for s in layer.nodes[-1].output.shape]
    return f"({', '.join(sizes)})"


def _parameters(layer):
    if not layer.built:
        return "[color(34)]0[/] (unbuilt)"
    return f"[color(34)]{layer.count_params():,}[/]"


def _connections(model, layer):
    """Where what comes in comes from: name, which use of that layer, which of its outputs."""
    sources = [
        node.source.node
        for node in layer.nodes
        if node.source is not None and node in model._nodes and node.source.node
    ]
    texts = [f"{s.layer.name}[[color(34)]{s.number}[/]][[color(34)]0[/]]" for s in sources]
    return ", ".join(texts) or "-"


def _memory(size):
    units = ["B", "KB", "MB", "GB"]
    while size >= 1024 and len(units) > 1:
        size /= 1024
        units.pop(0)
    return f"{size:.2f} {units[0]}"
