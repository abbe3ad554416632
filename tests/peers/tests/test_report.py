"""The table and the kept results."""

import json
import tempfile
import unittest
from pathlib import Path
from typing import Dict, List

from vmomi_peers import kept, report
from vmomi_peers.row import Row

_MACHINE = {"cores": 2, "processor": "a processor", "memory_gib": 8.0, "system": "Linux", "rustc": "rustc 1.95.0"}
_CONDITIONS: Dict[str, object] = {"date": "2026-01-02", "commit": "abc", "machine": _MACHINE}


def objects(*rows: Row) -> List[Dict[str, object]]:
    return report.objects(rows, _CONDITIONS)


class Table(unittest.TestCase):
    def test_it_says_which_way_is_better_and_what_was_missed(self) -> None:
        fast = Row("decode", "decode", "MB/s", 50, "quick-xml", 100, True, 0.6)
        small = Row("decode", "memory", "MiB", 2, "govmomi", 24, False, 1 / 3)
        lines = report.table(objects(fast, small)).splitlines()
        self.assertIn("2 cores of a processor, 8.0 GiB, Linux, rustc 1.95.0, 2026-01-02, commit abc", lines)
        self.assertEqual(lines[-2].split(), "decode 50 MB/s 100 MB/s 0.5 more >= 0.6 MISSED quick-xml".split())
        self.assertEqual(lines[-1].split(), "memory 2 MiB 24 MiB 1/12 less <= 1/3 met govmomi".split())


class Kept(unittest.TestCase):
    def test_a_kind_measured_again_replaces_itself_alone(self) -> None:
        old = [Row(kind, f"old {kind}", "s", 1, "a peer", 2, False) for kind in ("decode", "build")]
        new = Row("decode", "new decode", "s", 1, "a peer", 2, False)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            kept.keep(objects(*reversed(old)), folder)
            kept.keep(objects(new), folder)
            found = json.loads((folder / "results.json").read_text(encoding="utf-8"))
            document = (folder / "results.md").read_text(encoding="utf-8")
        self.assertEqual([row["measure"] for row in found], ["new decode", "old build"])
        self.assertNotIn("old decode", document)
        self.assertLess(document.index("## Decoding"), document.index("## Building"))
