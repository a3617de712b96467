"""The tree functions of optree that Keras calls, in plain Python.

A tree is a value, or a tuple, list, dict and the like of trees; its values are its leaves. To walk
a tree is to open each of its nodes: into its children, and a function that makes such a node again
from new children::

    >>> tree_map(lambda x: 10 * x, {"b": [1, 2], "a": (3,)})
    {'b': [10, 20], 'a': (30,)}

As in optree, a dict is walked in the order of its sorted keys and keeps its own order, and `None`
is a node without children unless ``none_is_leaf`` is true.
"""

from collections import OrderedDict, defaultdict, deque

from . import utils as utils  # as `import optree.utils` does in Keras

_registered = {}  # (class, namespace): how to open its objects, and how to make them again


def register_pytree_node(cls, flatten_func, unflatten_func, namespace):
    if (cls, namespace) in _registered:
        raise ValueError(f"{cls} is already registered in namespace {namespace!r}.")
    _registered[cls, namespace] = flatten_func, unflatten_func
    return cls


def register_pytree_node_class(cls, namespace):
    return register_pytree_node(cls, cls.tree_flatten, cls.tree_unflatten, namespace)


def _sorted(keys):
    """Sort keys, by their types if need be. Keys without an order stay as they are."""
    for order in (None, lambda key: (f"{type(key).__module__}.{type(key).__qualname__}", key)):
        try:
            return sorted(keys, key=order)
        except TypeError:
            pass
    return list(keys)


def _open(node, none_is_leaf, namespace):
    """Open a node.

    Returns what it has in common with nodes of the same structure, its children, their keys, and
    a function that makes the node again; or None for a leaf.
    """
    kind = type(node)
    if (kind, namespace) in _registered:
        flatten, unflatten = _registered[kind, namespace]
        children, metadata, *keys = flatten(node)
        children = list(children)
        keys = list(keys[0]) if keys else range(len(children))
        make = lambda new: unflatten(metadata, tuple(new))  # noqa: E731
        return (kind, metadata, len(children)), children, keys, make
    if kind in (dict, OrderedDict, defaultdict):
        keys = list(node) if kind is OrderedDict else _sorted(node)
        order = dict.fromkeys(node)
        empty = defaultdict(node.default_factory) if kind is defaultdict else kind()
        make = lambda new: empty | order | dict(zip(keys, new, strict=True))  # noqa: E731
        return (dict, set(keys)), [node[key] for key in keys], keys, make
    if kind in (tuple, list):
        make = kind
    elif kind is deque:
        length = node.maxlen
        make = lambda new: deque(new, length)  # noqa: E731
    elif isinstance(node, tuple) and hasattr(kind, "_fields"):  # a namedtuple
        make = kind._make
    elif node is None and not none_is_leaf:
        return (kind,), [], [], lambda new: None
    else:
        return None
    return (kind, len(node)), node, range(len(node)), make


class PyTreeSpec:
    """A tree without its leaves: what makes its root, and its children. A leaf has neither."""

    def __init__(self, make=None, children=()):
        self.make, self.children = make, children
        self.num_nodes = 1 + sum(child.num_nodes for child in children)
        self.num_leaves = sum(child.num_leaves for child in children) if make else 1

    def fill(self, leaves):
        """Make the tree, with the next leaves of an iterator."""
        if not self.make:
            return next(leaves)
        return self.make([child.fill(leaves) for child in self.children])


def _walk(trees, is_leaf=None, none_is_leaf=False, namespace=""):
    """Walk down trees together, as far as the first one goes.

    Returns the paths of its leaves, at each path a row of what all the trees have there, and the
    first tree's spec.
    """
    paths, rows = [], []

    def walk(path, node, *others):
        opened = None if is_leaf and is_leaf(node) else _open(node, none_is_leaf, namespace)
        if opened is None:
            paths.append(path)
            rows.append((node, *others))
            return PyTreeSpec()
        structure, children, keys, make = opened
        columns = [children]
        for other in others:
            opened = _open(other, none_is_leaf, namespace)
            if opened is None or opened[0] != structure:
                kind = type(node).__name__
                raise ValueError(f"Expected the {kind} {node!r} or one like it, got {other!r}.")
            by_key = dict(zip(opened[2], opened[1], strict=True))
            columns.append([by_key[key] for key in keys])
        children = [walk((*path, key), *row) for key, *row in zip(keys, *columns, strict=True)]
        return PyTreeSpec(make, children)

    spec = walk((), *trees)
    return paths, rows, spec


def tree_is_leaf(tree, none_is_leaf=False, namespace=""):
    return _open(tree, none_is_leaf, namespace) is None


def tree_flatten_with_path(tree, **options):
    paths, rows, spec = _walk([tree], **options)
    return paths, [leaf for (leaf,) in rows], spec


def tree_flatten(tree, **options):
    return tree_flatten_with_path(tree, **options)[1:]


def tree_paths(tree, **options):
    return tree_flatten_with_path(tree, **options)[0]


def tree_unflatten(spec, leaves):
    leaves = list(leaves)
    if len(leaves) != spec.num_leaves:
        raise ValueError(f"Expected {spec.num_leaves} leaves, got {len(leaves)}.")
    return spec.fill(iter(leaves))


def tree_map(func, tree, *rests, **options):
    _, rows, spec = _walk([tree, *rests], **options)
    return tree_unflatten(spec, [func(*row) for row in rows])
