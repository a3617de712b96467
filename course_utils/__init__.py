"""What the lessons share: the data, small networks as arrays, figures and checks."""
