"""Find files of the course, such as quizzes: beside the lessons, or inside the package."""

from pathlib import Path

PACKAGE = Path(__file__).parent
# In an installed package (a browser tab has one, too), and in a clone of the course.
FOLDERS = (PACKAGE, PACKAGE.parent / "lessons")


def course_files(pattern: str) -> dict[str, Path]:
    """Find files of the course.

    Parameters
    ----------
    pattern : str
        Folder and ending, such as ``"quizzes/*.json"``.

    Returns
    -------
    dict of str to Path
        The files by their names without the ending, in alphabetical order.
    """
    return {path.stem: path for folder in FOLDERS for path in sorted(folder.glob(pattern))}
