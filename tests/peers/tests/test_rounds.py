"""Taking turns, with small programs in the place of those that are measured."""

import sys
import tempfile
import unittest
from pathlib import Path

from vmomi_peers.failure import Failure
from vmomi_peers.rounds import Contestant, take_turns
from vmomi_peers.worker import Worker

# Appends its name to a file each time, and answers that it took so long and came to that.
_PROGRAM = """
import json, sys
name, seconds, log = sys.argv[1:]
for number, measure in enumerate(sys.stdin):
    with open(log, "a") as file:
        file.write(name)
    if measure.strip() == "fail":
        sys.exit(1)
    content = number if measure.strip() == "vary" else 7
    print(json.dumps({"seconds": float(seconds) + number / 10, "content": {"found": content}}), flush=True)
"""


class Turns(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = Path(folder.name) / "log"

    def worker(self, name: str, seconds: float) -> Worker:
        return Worker(name, [sys.executable, "-c", _PROGRAM, name, str(seconds), str(self.log)])

    def test_all_take_turns_and_the_first_time_does_not_count(self) -> None:
        with self.worker("a", 0.1) as a, self.worker("b", 0.2) as b:
            first, second = take_turns([Contestant(a, "work"), Contestant(b, "work")], 3)
        self.assertEqual(self.log.read_text(encoding="utf-8"), "abababab")
        self.assertEqual([round(seconds, 1) for seconds in first.seconds], [0.2, 0.3, 0.4])
        self.assertEqual((round(second.best, 1), round(second.median, 1)), (0.3, 0.4))
        self.assertGreater(a.peak_resident_bytes, 2**20)

    def test_the_slow_take_part_in_every_fifth_round(self) -> None:
        with self.worker("a", 0.1) as a, self.worker("s", 5) as slow:
            _, found = take_turns([Contestant(a, "work"), Contestant(slow, "work")], 6)
        self.assertEqual(len(found.seconds), 2)

    def test_another_result_than_before_is_a_failure(self) -> None:
        with self.worker("a", 0.1) as a, self.assertRaisesRegex(Failure, "another result"):
            take_turns([Contestant(a, "vary")], 1)

    def test_a_program_that_ends_is_a_failure(self) -> None:
        with self.worker("a", 0.1) as a, self.assertRaisesRegex(Failure, "a ended without an answer to 'fail'"):
            take_turns([Contestant(a, "fail")], 1)
