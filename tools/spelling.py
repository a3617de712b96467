"""Check the spelling of the prose: the lessons, the instructor's guide and the pages around them.

A word passes if it is in pyspellchecker's English dictionary or in tools/words.txt. Code,
links and capitalised words are left out.
"""

import re
import sys

from spellchecker import SpellChecker

from tools.notebooks import ROOT

# Front matter, fenced code, inline code, formulas, comments and addresses.
NOT_PROSE = re.compile(
    r"""\A---.*?^---$|^```.*?^```$|(`+)(?!`).+?(?<!`)\1(?!`)|\$\$.*?\$\$|\$[^$]*\$|<[^>]*>
    |\]\([^)]*\)|\]\[[^]]*\]|^\[.*?\]:[ ].*?$""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def misspelt(text, spelling):
    """Words of a Markdown text that `spelling` does not know, in order."""
    return sorted(spelling.unknown(re.findall(r"\b[a-z]{2,}\b", NOT_PROSE.sub(" ", text))))


def main():
    """Exit with the unknown words of each page, if there are any."""
    spelling = SpellChecker(language="en")
    spelling.word_frequency.load_words((ROOT / "tools" / "words.txt").read_text().split())
    found = []
    folders = (ROOT, ROOT / "lessons", ROOT / "lessons" / "teaching", ROOT / "site" / "teaching")
    for page in (page for folder in folders for page in sorted(folder.glob("*.md"))):
        if words := misspelt(page.read_text(encoding="utf-8"), spelling):
            found.append(f"{page.relative_to(ROOT)}: {', '.join(words)}")
    if found:
        sys.exit("\n".join([*found, "Correct them, or add them to tools/words.txt."]))


if __name__ == "__main__":
    main()
