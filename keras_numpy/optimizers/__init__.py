"""Optimizers: how a gradient becomes a step."""

import numpy as np

from ..missing import getattr_of, not_here, refuse, unknown
from ..tensors import Variable, tensor, unique_name
from . import schedules

__getattr__ = getattr_of(__name__)

IN_KERAS = {
    "weight_decay": None, "clipnorm": None, "clipvalue": None, "global_clipnorm": None,
    "use_ema": False, "ema_momentum": 0.99, "ema_overwrite_frequency": None,
    "loss_scale_factor": None, "gradient_accumulation_steps": None,
}  # fmt: skip


class Optimizer:
    """What all optimizers share: a learning rate, a count of the updates, and their own variables.

    Parameters
    ----------
    learning_rate : float, LearningRateSchedule or callable
    name : str, optional
    """

    own = ()  # names of the variables it keeps for each variable of the network

    def __init__(self, learning_rate, name=None, others=()):
        if unknown := refuse(type(self).__name__, dict(others), IN_KERAS):
            raise ValueError(f"Argument(s) not recognized: {unknown}")
        self.name = name or unique_name(type(self).__name__).lower()
        self.built, self.state = False, {}
        self.iterations = Variable(0, "iterations", self.name, trainable=False, dtype="int64")
        number = isinstance(learning_rate, (int, float, np.number))
        if not number and not callable(learning_rate):
            raise ValueError(
                "Argument `learning_rate` should be float, or an instance of "
                "LearningRateSchedule, or a callable (that takes in the current iteration value "
                "and returns the corresponding learning rate value). Received instead: "
                f"learning_rate={learning_rate}"
            )
        self._schedule = None if number else learning_rate
        self._rate = Variable(learning_rate if number else 0, "learning_rate", self.name)

    @property
    def learning_rate(self):
        """The rate of the next update."""
        if self._schedule is None:
            return self._rate
        if isinstance(self._schedule, schedules.LearningRateSchedule):
            return self._schedule(self.iterations)
        return tensor(np.float32(self._schedule()))

    @learning_rate.setter
    def learning_rate(self, value):
        if self._schedule is not None:
            raise TypeError(
                "This optimizer was created with a `LearningRateSchedule` object as its "
                "`learning_rate` constructor argument, hence its learning rate is not settable. "
                "If you need the learning rate to be settable, you should instantiate the "
                "optimizer with a float `learning_rate` argument."
            )
        self._rate.assign(np.float32(value))

    @property
    def variables(self):
        rate = [] if self._schedule is not None else [self._rate]
        kept = list(self.state.values())
        by_kind = [states[k] for k in range(len(self.own)) for states in kept]
        return [self.iterations, *rate, *by_kind]

    def build(self, variables):
        """Make the optimizer's own variables, of the same shapes as those of the network."""
        self.built = True
        for one in variables:
            self.state[id(one)] = [
                Variable(np.zeros(one.shape), name, self.name, trainable=False) for name in self.own
            ]
        self._room = {id(one): np.empty_like(one.array) for one in variables}
        self._known = list(variables)  # keeps them, so that no id is used again

    def apply_gradients(self, gradients_and_variables):
        """One update."""
        pairs = list(gradients_and_variables)
        if not self.built:
            self.build([variable for _, variable in pairs])
        rate = np.float32(self.learning_rate)
        for gradient, variable in pairs:
            if id(variable) not in self.state:
                raise ValueError(
                    f"Unknown variable: {variable}. This optimizer can only be called for the "
                    "variables it was originally built with. When working with a new set of "
                    "variables, you should recreate a new optimizer instance."
                )
            own = [state.array for state in self.state[id(variable)]]
            self.step(variable.array, gradient, rate, self._room[id(variable)], *own)
        self.iterations.array += 1

    def step(self, weights, gradient, rate, room, *own):
        """Change the weights, and the optimizer's own arrays, in place; `room` may be used."""
        raise NotImplementedError


class SGD(Optimizer):
    """A step against the gradient; with momentum, the steps before it still count.

    Parameters
    ----------
    learning_rate : float or schedule, optional
    momentum : float, optional
        How much of the last step is kept.
    nesterov : bool, optional
        Whether the gradient counts once more, as if it were measured a step ahead.
    """

    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, name=None, **others):
        super().__init__(learning_rate, name, others)
        if not isinstance(momentum, float) or not 0 <= momentum <= 1:
            raise ValueError("`momentum` must be a float between [0, 1].")
        self.momentum, self.nesterov = momentum, nesterov
        self.own = ("momentum",) if momentum else ()

    def step(self, weights, gradient, rate, room, *own):
        step = np.multiply(gradient, rate, out=room)
        if not own:
            weights -= step
            return
        (speed,) = own
        speed *= np.float32(self.momentum)
        speed -= step
        if self.nesterov:
            weights += np.float32(self.momentum) * speed - step
        else:
            weights += speed


class RMSprop(Optimizer):
    """Each weight has a step of its own: the gradient over the root of its mean square.

    Parameters
    ----------
    learning_rate : float or schedule, optional
    rho : float, optional
        How slowly the mean forgets.
    epsilon : float, optional
        Added to the root, so that nothing is divided by 0.
    """

    own = ("velocity",)

    def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False,
                 name=None, **others):  # fmt: skip
        super().__init__(learning_rate, name, others)
        if momentum or centered:
            raise not_here("RMSprop with momentum or centered")
        self.rho, self.epsilon = rho, epsilon

    def step(self, weights, gradient, rate, room, squares):
        squares *= np.float32(self.rho)
        np.multiply(gradient, gradient, out=room)
        room *= np.float32(1 - self.rho)
        squares += room
        np.add(squares, np.float32(self.epsilon), out=room)
        np.sqrt(room, out=room)
        np.divide(gradient, room, out=room)
        room *= rate
        weights -= room


class Adam(Optimizer):
    """The mean of the gradients over the root of the mean of their squares.

    Both means begin at 0 and are too small at first; the step makes up for it.

    Parameters
    ----------
    learning_rate : float or schedule, optional
    beta_1, beta_2 : float, optional
        How slowly the means forget.
    epsilon : float, optional
        Added to the root, so that nothing is divided by 0.
    """

    own = ("momentum", "velocity")

    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False,
                 name=None, **others):  # fmt: skip
        super().__init__(learning_rate, name, others)
        if amsgrad:
            raise not_here("Adam(amsgrad=True)")
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def step(self, weights, gradient, rate, room, mean, squares):
        update = np.float32(int(self.iterations) + 1)
        one = np.float32(1)
        power_1, power_2 = np.float32(self.beta_1) ** update, np.float32(self.beta_2) ** update
        # mean += (gradient - mean) * (1 - beta_1), and the same for the squares
        np.subtract(gradient, mean, out=room)
        room *= np.float32(1 - self.beta_1)
        mean += room
        np.multiply(gradient, gradient, out=room)
        room -= squares
        room *= np.float32(1 - self.beta_2)
        squares += room
        # weights -= rate * mean / (sqrt(squares) + epsilon)
        np.sqrt(squares, out=room)
        room += np.float32(self.epsilon)
        np.divide(mean, room, out=room)
        room *= rate * np.sqrt(one - power_2) / (one - power_1)
        weights -= room


BY_NAME = {"adam": Adam, "sgd": SGD, "rmsprop": RMSprop}


def get(identifier):
    """An optimizer by its name, or the object that is given."""
    if identifier is None or isinstance(identifier, Optimizer):
        return identifier
    name = identifier.lower() if isinstance(identifier, str) else None
    if name in BY_NAME:
        return BY_NAME[name]()
    raise unknown("optimizer", identifier, BY_NAME)
