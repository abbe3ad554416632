"""The results that are kept with the project: of each kind of measure those of the last run that was kept."""

import json
from pathlib import Path
from typing import Dict, List, Sequence

from . import report

FOLDER = Path(__file__).resolve().parent.parent
_TITLES = {
    "decode": "Decoding",
    "encode": "Encoding",
    "list": "Listing",
    "build": "Building",
}
_HEAD = """# Results

Written by `tests/peers/run --keep`; [README.md](README.md) says what is measured and how. The same as
objects: [results.json](results.json).
"""


def keep(objects: Sequence[Dict[str, object]], folder: Path = FOLDER) -> None:
    """Puts these rows, as JSON's objects, in the place of those of the same kinds, and writes the document anew."""
    kept = folder / "results.json"
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
    replaced = {row["kind"] for row in objects}
    rows = [row for row in before if row["kind"] not in replaced] + list(objects)
    rows.sort(key=lambda row: list(_TITLES).index(row["kind"]))
    kept.write_text(report.to_json(rows), encoding="utf-8")
    (folder / "results.md").write_text(_document(rows), encoding="utf-8")


def _document(rows: List[Dict[str, object]]) -> str:
    """The results as a document, with a part for each kind."""
    parts = [_HEAD]
    for kind, title in _TITLES.items():
        found = [row for row in rows if row["kind"] == kind]
        if found:
            parts.append(f"\n## {title}\n\n```text\n{report.table(found)}\n```\n")
    return "".join(parts)
