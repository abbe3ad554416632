"""Writing to disk: all or nothing, and the comparison of `--check`."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from vmomi_wsdl import output
from vmomi_wsdl.errors import DeriveError

FILES = {"a.xsd": "one\n", "b.xsd": "two\n"}


class Output(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.parent = Path(temporary.name)
        self.folder = self.parent / "set"

    def content(self):
        return {path.name: path.read_text() for path in self.folder.iterdir()}

    def test_only_what_differs_is_written(self) -> None:
        self.assertEqual(output.write(FILES, self.folder), ["a.xsd", "b.xsd"])
        self.assertEqual(output.write(FILES, self.folder), [])
        (self.folder / "b.xsd").write_text("other")
        self.assertEqual(output.differing(FILES, self.folder), ["b.xsd"])
        self.assertEqual(output.write(FILES, self.folder), ["b.xsd"])
        self.assertEqual(self.content(), FILES)

    def test_a_failed_run_leaves_everything_as_it_was(self) -> None:
        output.write(FILES, self.folder)
        real, calls = Path.write_bytes, []

        def full_disk(path, data):
            calls.append(path)
            if len(calls) == 2:
                raise OSError(28, "No space left on device")
            return real(path, data)

        with mock.patch.object(Path, "write_bytes", full_disk):
            with self.assertRaisesRegex(DeriveError, "No space left"):
                output.write({"a.xsd": "new", "b.xsd": "new"}, self.folder)
        self.assertEqual(self.content(), FILES)
        self.assertEqual([path.name for path in self.parent.iterdir()], ["set"])

    def test_a_folder_that_cannot_be_made_is_reported(self) -> None:
        (self.parent / "file").write_text("")
        with self.assertRaisesRegex(DeriveError, "cannot write"):
            output.write(FILES, self.parent / "file" / "set")

    def test_schema_files_of_no_set_are_found(self) -> None:
        output.write(FILES, self.folder)
        (self.folder / "old-types.xsd").write_text("")
        (self.folder / "notes.txt").write_text("")
        self.assertEqual(output.left_over(FILES, self.folder), ["old-types.xsd"])
        self.assertEqual(output.left_over(FILES, self.parent / "nowhere"), [])
