"""What a row concludes from its numbers."""

import json
import unittest

from vmomi_peers.row import Row


def row(ours: float, theirs: float, more: bool, demand: float) -> Row:
    return Row("decode", "a measure", "MB/s", ours, "a peer", theirs, more, demand)


class Verdicts(unittest.TestCase):
    def test_where_more_is_better_the_ratio_must_reach_the_demand(self) -> None:
        self.assertTrue(row(350, 100, True, 3.5).met)
        self.assertFalse(row(349, 100, True, 3.5).met)

    def test_where_less_is_better_the_ratio_must_not_pass_the_demand(self) -> None:
        self.assertTrue(row(10, 120, False, 1 / 12).met)
        self.assertFalse(row(11, 120, False, 1 / 12).met)

    def test_the_ratio_of_medians_must_meet_the_demand_too(self) -> None:
        lucky = row(400, 100, True, 3.5)._replace(ours_median=300.0, peer_median=100.0)
        self.assertFalse(lucky.met)
        self.assertTrue(lucky._replace(ours_median=360.0).met)
        self.assertFalse(row(10, 120, False, 1 / 12)._replace(ours_median=12.0, peer_median=120.0).met)

    def test_without_a_demand_there_is_no_verdict(self) -> None:
        self.assertIsNone(row(1, 2, True, 1)._replace(demand=None).met)

    def test_the_ratio_of_medians_needs_both(self) -> None:
        self.assertEqual(row(1, 1, True, 1)._replace(ours_median=3.0, peer_median=2.0).ratio_of_medians, 1.5)
        self.assertIsNone(row(1, 1, True, 1)._replace(ours_median=3.0).ratio_of_medians)


class Objects(unittest.TestCase):
    def test_a_row_comes_back_from_json(self) -> None:
        for before in (row(1, 2, True, 0.6), row(1, 2, False, 0.1)._replace(demand=None, ours_median=1.5)):
            self.assertEqual(Row.from_object(json.loads(json.dumps(before.as_object()))), before)
