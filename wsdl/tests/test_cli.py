"""The command line, on a wheel that holds the test tables."""

import contextlib
import io
import json
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from vmomi_wsdl import cli

from . import fixture


class CommandLine(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.wheel = self.folder / "pyvmomi-0.1-py3-none-any.whl"
        with zipfile.ZipFile(self.wheel, "w") as archive:
            archive.writestr("pyVmomi/_typeinfo_core.py", fixture.VERSIONS + fixture.CORE)
            archive.writestr("pyVmomi/_typeinfo_vim.py", fixture.VIM)
        patched = mock.patch.object(cli, "service", lambda name: fixture.VIM25)
        patched.start()
        self.addCleanup(patched.stop)

    def run_tool(self, *arguments: str):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(["--wheel", str(self.wheel), "--any-hash", *arguments])
        return code, out.getvalue(), err.getvalue()

    def test_derive_check_and_derive_again(self) -> None:
        target = str(self.folder / "set")
        self.assertEqual(self.run_tool("--out", target, "--check")[0], 1)
        code, _, progress = self.run_tool("--out", target)
        self.assertEqual(code, 0)
        self.assertIn("3 managed objects, 4 operations", progress)
        self.assertEqual(self.run_tool("--out", target, "--check")[0], 0)
        self.assertIn("0 changed", self.run_tool("--out", target)[2])
        catalog = json.loads((self.folder / "set" / "catalog.json").read_text())
        self.assertEqual(catalog["origin"]["version"], "0.1")

    def test_check_names_what_is_not_current(self) -> None:
        target = self.folder / "set"
        self.run_tool("--out", str(target))
        (target / "vim.wsdl").write_text("")
        (target / "stray.xsd").write_text("")
        code, _, progress = self.run_tool("--out", str(target), "--check")
        self.assertEqual(code, 1)
        self.assertIn("not current: ", progress)
        self.assertIn("vim.wsdl", progress)
        self.assertIn("stray.xsd", progress)

    def test_versions(self) -> None:
        self.assertEqual(self.run_tool("--list-versions")[:2], (0, "2.0\n2.5\n6.0\n"))
        target = self.folder / "old"
        self.assertEqual(self.run_tool("--version", "2.5", "--out", str(target))[0], 0)
        self.assertIn("urn:vim25/2.5", (target / "vim.wsdl").read_text())

    def test_failures_exit_with_one_and_write_nothing(self) -> None:
        target = self.folder / "none"
        code, _, progress = self.run_tool("--version", "7.0", "--out", str(target))
        self.assertEqual(code, 1)
        self.assertIn("derive: no API version '7.0'", progress)
        self.assertFalse(target.exists())
