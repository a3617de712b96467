"""One module per lesson, one function per exercise: it says whether an answer is right, or why not.

A check prints one message and never raises, so that *Run All* reaches the end. An untouched
answer (``...``) is "not attempted yet". A wrong answer gets a sentence about that answer. Only
while nbgrader grades a notebook, these two are raised as errors, with the same text.

Each check is written as a function that returns what is right about an answer, or raises
`_core.Mistake`; the decorator `_core.exercise` makes it print instead.
"""
