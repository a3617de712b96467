"""Data, figures, widgets and checks for teaching how neural networks read digits."""
