"""Settings of nbgrader for assignments made from lessons. Change them as you like."""

import warnings
from pathlib import Path

from nbgrader import preprocessors as steps
from nbgrader.plugins import FileNameCollectorPlugin

c = get_config()  # noqa: F821

# Below the line to fill in, students find nothing where the solution was.
c.ClearSolutions.code_stub = {"python": ""}
# Seconds for one cell. nbgrader's own 30 are too few for cells that train a network.
c.Execute.timeout = 600


# nbgrader 0.9.6 writes the first submission of a student in an order that SQLAlchemy warns of.
warnings.filterwarnings("ignore", r"Object of type <Submitted\w+> not in session")


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


class StudentIsFileName(FileNameCollectorPlugin):
    """Lets zip_collect take ada.ipynb in downloaded/ASSIGNMENT/archive as what ada has sent."""

    def collect(self, submitted_file):
        path = Path(submitted_file)
        if path.suffix != ".ipynb":
            return None
        return {"student_id": path.stem, "file_id": self.parent.coursedir.assignment_id}


c.ZipCollectApp.collector_plugin = StudentIsFileName
