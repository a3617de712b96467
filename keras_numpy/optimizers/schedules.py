"""Learning rates that change while a network trains."""

import math

import numpy as np

from ..missing import getattr_of
from ..tensors import tensor

__getattr__ = getattr_of(__name__)


class LearningRateSchedule:
    """A function of the number of updates so far. Write a class on top of it with ``__call__``."""

    def __call__(self, step):
        raise NotImplementedError(
            f"Learning rate schedule '{type(self).__name__}' must override `__call__(self, step)`."
        )


class CosineDecay(LearningRateSchedule):
    """A straight line up (the warm-up), then half a cosine wave down.

    Parameters
    ----------
    initial_learning_rate : float
        At the start: of the warm-up if there is one, else of the wave.
    decay_steps : int
        Updates of the way down.
    alpha : float, optional
        What is left at the end, as a share of the peak.
    warmup_target : float, optional
        The peak.
    warmup_steps : int, optional
        Updates of the way up.
    """

    def __init__(
        self,
        initial_learning_rate,
        decay_steps,
        alpha=0.0,
        name="CosineDecay",
        warmup_target=None,
        warmup_steps=0,
    ):
        if decay_steps <= 0:
            raise ValueError(
                f"Argument `decay_steps` must be > 0. Received: decay_steps={decay_steps}"
            )
        self.initial_learning_rate, self.decay_steps = initial_learning_rate, decay_steps
        self.alpha, self.name = alpha, name
        self.warmup_target, self.warmup_steps = warmup_target, warmup_steps

    def __call__(self, step):
        step, start, peak = float(step), self.initial_learning_rate, self.warmup_target
        warm_up = 0 if peak is None else self.warmup_steps
        if step < warm_up:
            return tensor(np.float32(start + (peak - start) * step / warm_up))
        done = min(step - warm_up, self.decay_steps) / self.decay_steps
        wave = (1 + math.cos(math.pi * done)) / 2
        share = (1 - self.alpha) * wave + self.alpha
        return tensor(np.float32((start if peak is None else peak) * share))
