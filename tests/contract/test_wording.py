"""Texts that users read avoid phrases that are wrong in any context."""

import ast
import re
from pathlib import Path

import defector_stats
from defector_stats import data_path

ROOT = Path(__file__).parents[2]
SOURCE = Path(defector_stats.__file__).parent

# CONTRIBUTING.md says what to write instead.
PHRASES = (
    "+ 0",
    "as it stands",
    "as printed by",
    "by a report of",
    "carry on",
    "expected is",
    "in print",
    "in one sitting",
    "is mended",
    "is no row",
    "is not the name of a known",
    "is told in",
    "likewise",
    "mend",
    "mended",
    "mkdtemp",
    "nothing matches",
    "printed since",
    "printed until",
    "stands in",
    "stands there",
    "stood there",
    "two things follow",
    "worked out",
    "works it out",
)
# A phrase may go on in the next line.
PATTERNS = [r"\s+".join(map(re.escape, phrase.split())) for phrase in PHRASES]
BANNED = re.compile(rf"(?<!\w)(?:{'|'.join(PATTERNS)})(?![\w.,]\d|\w)", re.IGNORECASE)


def test_texts_avoid_banned_phrases():
    found = [
        f"{path.name}:{first + text.count(chr(10), 0, match.start())}: {' '.join(match[0].split())}"
        for path, first, text in texts()
        for match in BANNED.finditer(text)
    ]

    assert not found, "\n".join(found)


def texts():
    """Yield each text with its file and the number of its first line."""
    # What is made at a build has its texts from the files below; a folder of answers is made whole.
    pages = [path for path in (ROOT / "docs").rglob("*.md") if not path.match("answers/*/*.md")]
    pages = [path for path in pages if not {"_build", "_generated"} & set(path.parts)]
    kept = [Path(__file__).with_name(name) for name in ("sentences.txt", "commands.txt")]
    # Titles in sources.csv are quoted from others.
    data = [path for path in data_path().iterdir() if path.name != "sources.csv"]
    for path in [ROOT / "README.md", *pages, *kept, *data]:
        if path.exists():  # the wheel has no pages
            yield path, 1, path.read_text(encoding="utf-8")
    changelog = ROOT / "CHANGELOG.md"
    if changelog.exists():
        head, unreleased, *_ = re.split(r"^(?=## )", changelog.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield changelog, 1, head + unreleased
    for path in SOURCE.rglob("*.py*"):
        if path.suffix in {".py", ".pyi"}:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                # Docstrings, and the texts below fields.
                match node:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        yield path, node.lineno, text
