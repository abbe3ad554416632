"""What is tolerated."""

import tempfile
import unittest
from pathlib import Path

from vmomi_budget.baseline import Baseline, compare, read, write

RECORDED = Baseline(20.0, 24.0, 1000.0, 5_000_000, {"cores": 2})


class TestBaseline(unittest.TestCase):
    def exceeded(self, **found: float) -> list:
        comparisons = compare(RECORDED, RECORDED._replace(**found))
        return [comparison.measure for comparison in comparisons if comparison.exceeded]

    def test_what_was_recorded_is_within_what_is_tolerated(self) -> None:
        self.assertEqual(self.exceeded(), [])

    def test_a_little_growth_is_not(self) -> None:
        self.assertEqual(self.exceeded(example_bytes=5_260_000), ["example inventory, stripped"])
        self.assertEqual(self.exceeded(example_bytes=5_240_000), [])

    def test_a_slow_machine_is(self) -> None:
        self.assertEqual(self.exceeded(api_wall_seconds=60.0, api_processor_seconds=70.0), [])
        self.assertEqual(self.exceeded(api_wall_seconds=90.0), ["vmomi-api, release build"])

    def test_what_is_written_can_be_read(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "baseline.json"
            write(path, RECORDED)
            self.assertEqual(read(path), RECORDED)


if __name__ == "__main__":
    unittest.main()
