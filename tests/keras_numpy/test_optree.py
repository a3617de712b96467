"""The stand-in for optree does to any tree what optree does."""

import doctest
import importlib.util
import random
import sys
from collections import OrderedDict, defaultdict, deque, namedtuple
from pathlib import Path

import optree
import pytest

FOLDER = Path(__file__).parents[2] / "keras_numpy" / "stand_ins" / "optree"
SEEDS = range(1000)
Point = namedtuple("Point", "x y")
Other = namedtuple("Other", "x y")


class Tracked(list):
    """Registered, as Keras registers its own list."""

    def tree_flatten(self):
        return self, None

    @classmethod
    def tree_unflatten(cls, metadata, children):
        return cls(children)

    def __repr__(self):
        return f"Tracked({super().__repr__()})"


class Named:
    """Registered, with names for its children and something to compare."""

    def __init__(self, label, names, children):
        self.label, self.names, self.children = label, names, children

    def __repr__(self):
        return f"Named({self.label}, {self.names}, {self.children})"


def open_named(named):
    return named.children, (named.label, named.names), named.names


def make_named(metadata, children):
    return Named(*metadata, list(children))


class Unregistered(dict):
    """Not registered: a leaf, like an object of a subclass of a registered class."""

    def __repr__(self):
        return f"Unregistered({super().__repr__()})"


class SubclassOfTracked(Tracked):
    pass


@pytest.fixture(scope="module")
def stand_in():
    name = "stand_in_for_optree"
    spec = importlib.util.spec_from_file_location(name, FOLDER / "__init__.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for each in (optree, module):
        each.register_pytree_node_class(Tracked, namespace="keras")
        each.register_pytree_node(Named, open_named, make_named, namespace="keras")
    yield module
    for cls in (Tracked, Named):
        optree.unregister_pytree_node(cls, namespace="keras")


def random_keys(rng, size):
    pool = rng.choice([["b", "a", "c", "d"], [3, 1, 2.5, 0], ["b", 1, "a", 0], [(1,), "a", 2, "b"]])
    return rng.sample(pool, size)


def node(rng, children):
    """A node of some kind, with these children."""
    keys = random_keys(rng, len(children))
    kinds = [
        list,
        tuple,
        Tracked,
        lambda items: dict(zip(keys, items, strict=True)),
        lambda items: OrderedDict(zip(keys, items, strict=True)),
        lambda items: defaultdict(int, zip(keys, items, strict=True)),
        lambda items: deque(items, maxlen=rng.choice([None, 5])),
        lambda items: Named(rng.choice("uv"), list("pqrs"[: len(items)]), list(items)),
        SubclassOfTracked,
        lambda items: Unregistered(zip(keys, items, strict=True)),
    ]
    if len(children) == 2:
        kinds += [Point._make, Other._make]
    return rng.choice(kinds)(children)


def random_tree(rng, depth=3):
    if depth == 0 or rng.random() < 0.3:
        return rng.choice([None, rng.randrange(10), "text", 2.5])
    return node(rng, [random_tree(rng, depth - 1) for _ in range(rng.randrange(4))])


def like(rng, tree):
    """A tree that is like another one, except here and there."""
    if rng.random() < 0.06:
        return random_tree(rng, 1)
    kind = type(tree)
    if isinstance(tree, dict) and kind is not Unregistered:
        items = [(key, like(rng, value)) for key, value in tree.items()]
        rng.shuffle(items)
        if rng.random() < 0.06:
            items.append(("new", 1))
        return rng.choice([dict, OrderedDict, lambda pairs: defaultdict(int, pairs)])(items)
    if kind is Named:
        label = rng.choice("uv") if rng.random() < 0.06 else tree.label
        return Named(label, tree.names, [like(rng, child) for child in tree.children])
    if kind in (list, tuple, Tracked, deque):
        kind = rng.choice([list, tuple, Tracked, deque]) if rng.random() < 0.06 else kind
        return kind(like(rng, child) for child in tree)
    if kind in (Point, Other):
        kind = rng.choice([Point, Other]) if rng.random() < 0.06 else kind
        return kind(*(like(rng, child) for child in tree))
    return tree


def outcome(function, *arguments, **options):
    """What a function returns, as text that tells types and the order of keys, or its error."""
    try:
        return repr(function(*arguments, **options))
    except ValueError:
        return "ValueError"


def same(stand_in, name, *arguments, **options):
    """What both return, after they were found to return the same."""
    expected = outcome(getattr(optree, name), *arguments, **options)
    assert outcome(getattr(stand_in, name), *arguments, **options) == expected, arguments
    return expected


@pytest.fixture(params=[{}, {"none_is_leaf": True}], ids=["None is a node", "None is a leaf"])
def options(request):
    return request.param


@pytest.mark.parametrize("namespace", ["keras", ""])
def test_it_takes_trees_apart_and_makes_them_again(stand_in, options, namespace):
    options = options | {"namespace": namespace}
    for seed in SEEDS:
        tree = random_tree(random.Random(seed))
        same(stand_in, "tree_paths", tree, **options)
        same(stand_in, "tree_is_leaf", tree, **options)
        paths, leaves, spec = optree.tree_flatten_with_path(tree, **options)
        own_paths, own_leaves, own_spec = stand_in.tree_flatten_with_path(tree, **options)
        assert (own_paths, own_leaves) == (paths, leaves)
        assert stand_in.tree_flatten(tree, **options)[0] == leaves
        assert (own_spec.num_nodes, own_spec.num_leaves) == (spec.num_nodes, spec.num_leaves)
        new = [f"new {leaf}" for leaf in leaves]
        remade = repr(stand_in.tree_unflatten(own_spec, iter(new)))
        assert remade == repr(optree.tree_unflatten(spec, new))


def test_it_maps_one_tree(stand_in, options):
    for seed in SEEDS:
        tree = random_tree(random.Random(seed))
        same(stand_in, "tree_map", lambda leaf: (leaf, leaf), tree, namespace="keras", **options)


def test_it_maps_trees_that_match_and_refuses_others(stand_in, options):
    results = []
    for seed in SEEDS:
        rng = random.Random(seed)
        tree = random_tree(rng)
        trees = [tree, like(rng, tree), like(rng, tree)]
        results.append(
            same(stand_in, "tree_map", lambda *a: a, *trees, namespace="keras", **options)
        )
    assert 100 < results.count("ValueError") < 900  # the trees are of both kinds


def test_it_stops_where_it_is_told_to(stand_in, options):
    def is_leaf(node):
        return isinstance(node, (list, dict)) and len(node) == 2

    for seed in SEEDS:
        tree = random_tree(random.Random(seed))
        for name, first in (("tree_map", [repr]), ("tree_paths", [])):
            same(stand_in, name, *first, tree, is_leaf=is_leaf, namespace="keras", **options)


def test_it_calls_nothing_if_trees_do_not_match(stand_in):
    calls = []
    with pytest.raises(ValueError, match=r"list \[2\].*, got 3"):
        stand_in.tree_map(lambda *leaves: calls.append(leaves), [1, [2]], [1, 3])
    assert not calls


def test_it_refuses_too_few_and_too_many_leaves(stand_in):
    spec = stand_in.tree_flatten([1, (2, 3)])[1]
    for leaves in ([1, 2], [1, 2, 3, 4]):
        with pytest.raises(ValueError, match=f"Expected 3 leaves, got {len(leaves)}"):
            stand_in.tree_unflatten(spec, leaves)


def test_a_class_is_registered_once(stand_in):
    with pytest.raises(ValueError, match="already registered"):
        stand_in.register_pytree_node_class(Tracked, namespace="keras")


def test_its_example(stand_in):
    assert doctest.testmod(stand_in) == doctest.TestResults(failed=0, attempted=1)
