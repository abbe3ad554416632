"""Taking over what tests/budget/run measures, with a small script in its place."""

import tempfile
import unittest
from pathlib import Path
from typing import List

from vmomi_peers.build_cost import build_cost
from vmomi_peers.failure import Failure
from vmomi_peers.row import Row

# Does with its options what the real one does, and ends with the code put in.
_SCRIPT = """
import argparse, json, sys
parser = argparse.ArgumentParser()
parser.add_argument("--json")
parser.add_argument("--scratch")
row = {"measure": "debug build", "unit": "s", "ours": 20.0, "peer": "vim_rs", "peer_value": 200.0, "budget": 1 / 12,
       "ratio": 0.1, "within_budget": False}
with open(parser.parse_args().json, "w") as file:
    json.dump([row], file)
print("a table")
sys.exit(CODE)
"""


class BuildCost(unittest.TestCase):
    def run_with(self, code: int) -> List[Row]:
        with tempfile.TemporaryDirectory() as name:
            script = Path(name) / "run"
            script.write_text(_SCRIPT.replace("CODE", str(code)), encoding="utf-8")
            return build_cost(Path(name), script)

    def test_a_budget_becomes_a_demand(self) -> None:
        (row,) = self.run_with(1)
        self.assertEqual((row.kind, row.peer, row.demand, row.met), ("build", "vim_rs", 1 / 12, False))

    def test_what_could_not_be_measured_is_a_failure(self) -> None:
        with self.assertRaises(Failure):
            self.run_with(2)
