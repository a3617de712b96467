"""What this edition does not have: errors that say so, and where it works."""

import dis
import sys

EDITION = "the course's NumPy edition of Keras, which runs in the browser"
ELSEWHERE = "All of Keras works on Binder and on a laptop."


def not_here(what):
    """The error for something that is in Keras and not here.

    Parameters
    ----------
    what : str
        The missing thing as a student would write it, for example ``"keras.layers.LSTM"``.

    Returns
    -------
    NotImplementedError
        To be raised by the caller.
    """
    return NotImplementedError(f"{what} is not part of {EDITION}. {ELSEWHERE}")


def unknown(kind, identifier, known):
    """Keras's error for a name that it does not know, with the names that are known here.

    Parameters
    ----------
    kind : str
        What is named, for example ``"optimizer"``.
    identifier : object
        What was given.
    known : iterable of str
    """
    names = ", ".join(sorted(known))
    return ValueError(
        f"Could not interpret {kind} identifier: {identifier}. Here, in {EDITION}, these are "
        f"known: {names}. {ELSEWHERE}"
    )


def getattr_of(module):
    """A ``__getattr__`` for a module: its error names the module, the edition and the way out.

    Parameters
    ----------
    module : str
        ``__name__`` of the module.

    Returns
    -------
    callable
        Raises AttributeError, or ImportError where the name is asked for by ``from ... import``,
        because that statement would replace the text of an AttributeError by its own.
    """
    module = module.replace("keras_numpy", "keras")

    def __getattr__(name):
        text = f"module '{module}' has no attribute '{name}' in {EDITION}. {ELSEWHERE}"
        caller = sys._getframe(1)
        by_import = caller.f_code.co_code[caller.f_lasti] == dis.opmap["IMPORT_FROM"]
        if by_import and not name.startswith("__"):
            raise ImportError(text)
        raise AttributeError(text)

    return __getattr__


def refuse(what, given, known):
    """Refuse keyword arguments that Keras has and this edition has not, unless they change nothing.

    Parameters
    ----------
    what : str
        The class or function, for example ``"Conv2D"``.
    given : dict
        Keyword arguments that were left over.
    known : dict
        Keyword arguments that Keras takes, and the values it takes for them by default.

    Returns
    -------
    dict
        Arguments that Keras does not know either. Who called raises Keras's error for them.

    Raises
    ------
    NotImplementedError
        If one of the known arguments has another value than the default.
    """
    for name, value in given.items():
        if name in known and value is not None and value != known[name]:
            raise not_here(f"{what}({name}={value!r})")
    return {name: value for name, value in given.items() if name not in known}
