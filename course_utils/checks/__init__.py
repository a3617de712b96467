"""One module per lesson, one function per exercise: is this answer right, and if not, why not?

A check prints one message and never raises, so that *Run All* reaches the end. An untouched
answer (``...``) is "not attempted yet". A wrong one is met with a sentence about that answer.
"""
