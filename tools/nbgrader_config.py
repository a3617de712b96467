"""Settings of nbgrader for assignments made from lessons. Change them as you like."""

from nbgrader import preprocessors as steps

c = get_config()  # noqa: F821

# Below the line to fill in, students find nothing where the solution was.
c.ClearSolutions.code_stub = {"python": ""}
# Seconds for one cell. nbgrader's own 30 are too few for cells that train a network.
c.Execute.timeout = 600


class DeduplicateIds(steps.DeduplicateIds):
    """Lets students copy cells: nbgrader 0.9.6 leaves metadata that it refuses."""

    def preprocess_cell(self, cell, resources, cell_index):
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if not cell.metadata.get("nbgrader", True):
            del cell.metadata["nbgrader"]
        return cell, resources


c.Autograde.sanitize_preprocessors = [
    steps.ClearOutput,
    DeduplicateIds,
    steps.OverwriteKernelspec,
    steps.OverwriteCells,
    steps.CheckCellMetadata,
]
