"""Imported by Keras, which calls nothing in it."""
