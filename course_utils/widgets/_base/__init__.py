"""What widgets share.

================== ==========================================================================
assets             joining JavaScript and CSS files into one, and the files that are shared
explorer           a widget that runs in the browser alone, on data that is sent once
live_figure        controls above a figure that follows them
standalone_figure  a figure that pyplot does not keep open
training_figure    a progress bar and curves while a network trains
slider             a slider that screen readers can name
live_region        text that screen readers announce
keyboard_guard     keys pressed in a widget are not commands of the notebook
static_fallback    the picture that is shown where no kernel runs
================== ==========================================================================
"""
