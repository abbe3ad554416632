"""The command line, on a wheel that holds the test tables."""

import contextlib
import io
import json
import tempfile
import unittest
import zipfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

from vmomi_wsdl import cli

from . import fixture

SERVICES = {"vim25": fixture.VIM25, "pod": fixture.POD_SERVICE}


class CommandLine(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.wheel = self.folder / "pyvmomi-0.1-py3-none-any.whl"
        with zipfile.ZipFile(self.wheel, "w") as archive:
            archive.writestr("pyVmomi/_typeinfo_core.py", fixture.VERSIONS + fixture.CORE)
            archive.writestr("pyVmomi/_typeinfo_vim.py", fixture.VIM)
            archive.writestr("pyVmomi/_typeinfo_pod.py", fixture.POD)
        for name, value in (("service", SERVICES.__getitem__), ("all_services", lambda: list(SERVICES.values()))):
            patched = mock.patch.object(cli, name, value)
            patched.start()
            self.addCleanup(patched.stop)

    def run_tool(self, *arguments: str):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(["--wheel", str(self.wheel), "--any-hash", *arguments])
        return code, out.getvalue(), err.getvalue()

    def test_derive_check_and_derive_again(self) -> None:
        target = self.folder / "set"
        arguments = ("--service", "vim25", "--out", str(target))
        self.assertEqual(self.run_tool(*arguments, "--check")[0], 1)
        code, _, progress = self.run_tool(*arguments)
        self.assertEqual(code, 0)
        self.assertIn("3 managed objects, 4 operations", progress)
        self.assertEqual(self.run_tool(*arguments, "--check")[0], 0)
        self.assertIn("0 changed", self.run_tool(*arguments)[2])
        catalog = json.loads((target / "catalog.json").read_text())
        self.assertEqual(catalog["origin"]["version"], "0.1")

    def test_without_a_service_it_derives_all_each_into_its_folder(self) -> None:
        target = self.folder / "sets"
        self.assertEqual(self.run_tool("--out", str(target))[0], 0)
        self.assertEqual(sorted(path.name for path in target.iterdir()), ["pod", "vim25"])
        self.assertEqual(self.run_tool("--out", str(target), "--check")[0], 0)
        (target / "pod" / "pod.wsdl").unlink()
        code, _, progress = self.run_tool("--out", str(target), "--check")
        self.assertEqual(code, 1)
        self.assertIn("pod.wsdl", progress)

    def test_with_imports_it_stands_by_itself_at_the_versions_it_builds_on(self) -> None:
        target = self.folder / "sets"
        self.assertEqual(self.run_tool("--service", "pod", "--with-imports", "--out", str(target))[0], 0)
        imported = (target / "pod" / "../vim25/vim-types.xsd").read_text()
        self.assertIn("vim25 API version 2.5.", imported)
        self.assertIn("goes with --service and --out", self.run_tool("--with-imports")[2])

    def test_check_names_what_is_not_current(self) -> None:
        target = self.folder / "set"
        arguments = ("--service", "vim25", "--out", str(target))
        self.run_tool(*arguments)
        (target / "vim.wsdl").write_text("")
        (target / "stray.xsd").write_text("")
        code, _, progress = self.run_tool(*arguments, "--check")
        self.assertEqual(code, 1)
        self.assertIn("not current: ", progress)
        self.assertIn("vim.wsdl", progress)
        self.assertIn("stray.xsd", progress)

    def test_versions(self) -> None:
        self.assertEqual(self.run_tool("--list-versions")[:2], (0, "2.0\n2.5\n6.0\n"))
        self.assertEqual(self.run_tool("--list-versions", "--service", "pod")[:2], (0, "1.0\n"))
        target = self.folder / "old"
        self.assertEqual(self.run_tool("--version", "2.5", "--out", str(target))[0], 0)
        self.assertIn("urn:vim25/2.5", (target / "vim.wsdl").read_text())

    def test_failures_exit_with_one_and_write_nothing(self) -> None:
        target = self.folder / "none"
        code, _, progress = self.run_tool("--version", "7.0", "--out", str(target))
        self.assertEqual(code, 1)
        self.assertIn("derive: no API version '7.0'", progress)
        self.assertFalse(target.exists())

    def test_a_service_that_cannot_be_derived_leaves_the_others_unwritten(self) -> None:
        target = self.folder / "none"
        *shared, own = fixture.POD_SERVICE.parts
        broken = replace(fixture.POD_SERVICE, parts=(*shared, replace(own, table="missing")))
        services = [fixture.VIM25, broken]
        with mock.patch.object(cli, "all_services", lambda: services):
            code, _, progress = self.run_tool("--out", str(target))
        self.assertEqual(code, 1)
        self.assertIn("missing", progress)
        self.assertFalse(target.exists())
