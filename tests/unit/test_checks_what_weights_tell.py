"""The checks of "What weights tell" say what is wrong with this answer."""

import numpy as np

from course_utils.checks import what_weights_tell as checks
from tests.unit.answers import verdicts

RNG = np.random.default_rng(0)
EARLY = RNG.normal(1, 0.1, size=40)
LATE = EARLY + RNG.normal(0.05, 0.1, size=40)
ACTIVE = RNG.random(40)
DEAD = [6, 17, 20]
ACTIVE[DEAD] = 0
LATE[DEAD] = EARLY[DEAD] + (0.1, 0.1, -0.1)
RISE = LATE > EARLY
N_RIGHT = (RISE & (ACTIVE > 0)).sum()
COEFS = [RNG.normal(size=(784, 40)), RNG.normal(size=(40, 10))]

GIVEN = {"rougher_units": (EARLY, LATE, ACTIVE), "weight_price": (COEFS,)}


def price(coefs, alpha, batch_size=200):
    return 0.5 * alpha * sum(np.sum(np.square(W)) for W in coefs) / batch_size


def price_in_loops(coefs, alpha, batch_size=200):
    total = 0
    for W in coefs:
        for row in W:
            total += row @ row
    return np.array(alpha * total / (2 * batch_size))


def priced(function):
    """A price that takes something else than the squares of the flat weights."""
    return lambda coefs, alpha, batch_size=200: (
        alpha / 2 / batch_size * function(np.concatenate([W.ravel() for W in coefs]))
    )


RIGHT = [
    ("rougher_units", N_RIGHT, "that are not dead got rougher"),
    ("rougher_units", int(N_RIGHT), "that are not dead got rougher"),
    ("rougher_units", float(N_RIGHT), "that are not dead got rougher"),
    ("rougher_units", np.array([N_RIGHT]), "that are not dead got rougher"),
    ("weight_price", price, "small beside its loss"),
    ("weight_price", price_in_loops, "small beside its loss"),
    ("weight_price", priced(lambda w: np.linalg.norm(w) ** 2), "small beside its loss"),
    ("weight_price", priced(lambda w: w @ w), "small beside its loss"),
    ("why_smooth", "b", "Large steps wrote images"),
    ("why_smooth", " B ", "Large steps wrote images"),
    ("why_smooth", "B)", "Large steps wrote images"),
    ("why_smooth", "(b)", "Large steps wrote images"),
    ("why_smooth", "b.", "Large steps wrote images"),
    ("alpha_verdicts", ["overfits", "fits", "underfits"], "High variance on the left"),
    ("alpha_verdicts", ("Overfits", "fits ", "underfits"), "High variance on the left"),
    (
        "alpha_verdicts",
        np.array(["overfits", "fits", "underfits"]),
        "High variance on the left",
    ),
]

WRONG = [
    ("rougher_units", RISE.sum(), "This counts the dead units too"),
    ("rougher_units", (~RISE & (ACTIVE > 0)).sum(), "comparison is reversed"),
    ("rougher_units", (~RISE).sum(), "reversed, and the dead units"),
    ("rougher_units", 37, "all units that are not dead"),
    ("rougher_units", 40, "the number of all units"),
    ("rougher_units", (RISE & (ACTIVE == 0)).sum(), "the condition on active is reversed"),
    ("rougher_units", N_RIGHT / 37, "This is a share of the units"),
    ("rougher_units", RISE.mean(), "the dead units are in it"),
    ("rougher_units", RISE & (ACTIVE > 0), "Count the True"),
    ("rougher_units", 5.5, "You have 5.5"),
    ("rougher_units", "31", "Quotes make it text"),
    ("weight_price", priced(lambda w: 2 * (w**2).sum()), "the factor 1/2 is missing"),
    ("weight_price", lambda c, a, n=200: price(c, a, 1), "by the batch size is missing"),
    ("weight_price", lambda c, a, n=200: 2 * price(c, a, 1), "the factor 1/2 and the division"),
    ("weight_price", lambda c, a, n=200: price(c, 1, n), "alpha is missing"),
    ("weight_price", lambda c, a, n=200: price(c, a, 200), "200 is written in"),
    ("weight_price", lambda c, a, n=200: price(c, 1e-4, n), "0.0001 is written in"),
    ("weight_price", lambda c, a, n=200: price(c[:1], a, n), "only the first matrix"),
    ("weight_price", lambda c, a, n=200: price(c[1:], a, n), "only the last matrix"),
    ("weight_price", priced(lambda w: np.abs(w).sum()), "absolute"),
    ("weight_price", priced(np.sum), "the weights are not squared"),
    ("weight_price", priced(lambda w: w.sum() ** 2), "square each weight first"),
    ("weight_price", priced(np.linalg.norm), "the norm in it"),
    ("weight_price", priced(lambda w: (w**2).mean()), "averaged"),
    ("weight_price", priced(lambda w: w**2), "one number for all matrices"),
    ("weight_price", lambda c, a, n=200: (c**2).sum(), "TypeError", "is a list of matrices"),
    ("weight_price", lambda c, a, n=200: 7, "price gives 7", "add up to 30"),
    ("weight_price", price(COEFS, 1e-4), "price should be a function"),
    ("why_smooth", "a", "active on no image"),
    ("why_smooth", "c", "roughness near 2"),
    ("why_smooth", "d", "alpha is 0.0001 in both networks"),
    ("alpha_verdicts", ["underfits", "fits", "overfits"], "two ends are swapped"),
    ("alpha_verdicts", ["fits", "fits", "underfits"], "the network with alpha 0.0001 fits"),
    ("alpha_verdicts", ["overfits", "fits", "fits"], "the network with alpha 50 fits"),
    ("alpha_verdicts", ["overfits", "underfits", "underfits"], "alpha 10 underfits"),
    ("alpha_verdicts", ["overfits", "overfits", "underfits"], "Compare its two scores"),
    ("alpha_verdicts", ["overfits", "fits"], "has 2 entries"),
    ("alpha_verdicts", "overfits", "a list of three words"),
    ("alpha_verdicts", {"overfits", "fits", "underfits"}, "a list of three words"),
    ("alpha_verdicts", np.array([["overfits", "fits", "underfits"]]), "a list of three words"),
    ("why_smooth", "(D)", "alpha is 0.0001 in both networks"),
    ("why_smooth", "e", "reason", "'e'"),
    ("alpha_verdicts", ["x", "fits", "underfits"], "'x'", "overfits, fits, underfits"),
]

test_answers = verdicts(checks, GIVEN, RIGHT, WRONG)
