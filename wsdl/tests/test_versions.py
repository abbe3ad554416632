"""The version graph."""

import unittest

from vmomi_wsdl.errors import DeriveError
from vmomi_wsdl.versions import VersionGraph

from . import fixture


class Graph(unittest.TestCase):
    def setUp(self) -> None:
        self.graph = VersionGraph(fixture.tables(), "vim")

    def test_versions_are_listed_oldest_first(self) -> None:
        self.assertEqual([version.id for version in self.graph.service_versions], ["2.0", "2.5", "6.0"])

    def test_the_newest_is_the_default(self) -> None:
        self.assertEqual(self.graph.resolve("").id, "6.0")

    def test_an_unknown_version_names_the_nearest_and_all(self) -> None:
        with self.assertRaises(DeriveError) as caught:
            self.graph.resolve("6.1")
        self.assertIn("no API version '6.1'; nearest: 6.0", str(caught.exception))
        self.assertIn("available: 2.0, 2.5, 6.0", str(caught.exception))

    def test_members_of_shared_packages_count_from_the_version_that_took_them_in(self) -> None:
        since = self.graph.service_versions[self.graph.since("vmodl.version.version1")]
        self.assertEqual(since.id, "6.0")
        self.assertEqual(self.graph.since("vmodl.version.version0"), 0)

    def test_a_version_is_built_on_the_oldest_of_another_service_that_has_what_it_shares(self) -> None:
        pod = VersionGraph(fixture.pod_tables(), "pod")
        self.assertEqual(pod.built_on(pod.resolve("1.0"), self.graph), "2.5")
        with self.assertRaisesRegex(DeriveError, "vim.version.version10 builds on no version"):
            self.graph.built_on(self.graph.resolve("6.0"), pod)

    def test_a_version_of_another_service_is_refused(self) -> None:
        with self.assertRaises(DeriveError):
            self.graph.since("pbm.version.version1")
