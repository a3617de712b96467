"""Settings of nbgrader for assignments made from lessons. Change them as you like."""

c = get_config()  # noqa: F821

# Below the line to fill in, students find nothing where the solution was.
c.ClearSolutions.code_stub = {"python": ""}
# Seconds for one cell. nbgrader's own 30 are too few for cells that train a network.
c.Execute.timeout = 600
