"""The API bump: each step by itself, and the command on a small workspace with stand-ins for the programs it runs."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from vmomi_wsdl.archive import sha256_of
from vmomi_wsdl.bump import cli
from vmomi_wsdl.bump.changelog import with_section
from vmomi_wsdl.bump.pinning import fetch_release, released, with_pin
from vmomi_wsdl.bump.staging import Staging
from vmomi_wsdl.command import exit_code
from vmomi_wsdl.errors import DeriveError
from vmomi_wsdl.pins import Pin
from vmomi_wsdl.wheel import obtain

CHANGELOG = "# Changelog\n\n## Unreleased\n\n### Added\n\n- One.\n\n## 0.1.0\n\n- First.\n"

# Stands for `wsdl/derive`: what the wheel holds becomes the catalogue, and one that holds nothing cannot be derived.
DERIVE = """
import json, sys, zipfile
from pathlib import Path
folder = Path(__file__).parent / "vim25"
facts = json.loads(zipfile.ZipFile(sys.argv[2]).read("facts"))
if not facts:
    sys.exit("derive: no such table")
folder.joinpath("catalog.json").write_text(json.dumps(facts))
folder.joinpath("old.xsd").unlink(missing_ok=True)
folder.joinpath("new.xsd").write_text("new")
"""

# Stands for `vmomi-codegen`.
CODEGEN = """
import sys
from pathlib import Path
if sys.argv[1] == "generate":
    Path("generated/api.rs").write_text(Path("wsdl/vim25/catalog.json").read_text())
elif Path("no-diff").exists():
    sys.exit(3)
else:
    print("#" * int(sys.argv[-1]), "vim25\\n\\n- " + Path(sys.argv[3], "vim25", "new.xsd").read_text())
"""


def facts(version: str, *enums: str):
    sections = {name: {} for name in ("data_objects", "managed_objects", "operations")}
    return {"service": {"name": "vim25", "version": version}, "enums": {name: {} for name in enums}, **sections}


class Workspace(unittest.TestCase):
    """A workspace of a few files, at release 1.0."""

    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.root = self.folder / "workspace"
        for name, text in {
            "wsdl/derive": DERIVE,
            "wsdl/pins.txt": f"# pins\npyvmomi==1.0 --hash=sha256:{'0' * 64}\nother==2 --hash=sha256:{'1' * 64}\n",
            "wsdl/vim25/catalog.json": json.dumps(facts("8.0", "A")),
            "wsdl/vim25/old.xsd": "old",
            "generated/api.rs": "old",
            "CHANGELOG.md": CHANGELOG,
            "Cargo.toml": "untouched",
        }.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def content(self):
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_text() for path in paths}


class Stage(Workspace):
    def edit(self, staging: Staging) -> None:
        (staging.root / "wsdl/pins.txt").write_text("pins")
        (staging.root / "wsdl/vim25/old.xsd").unlink()
        (staging.root / "generated/sub").mkdir()
        (staging.root / "generated/sub/new.rs").write_text("new")

    def test_what_changed_takes_the_place_of_what_was(self) -> None:
        with Staging(self.root) as staging:
            self.assertEqual(staging.changes(), [])
            self.edit(staging)
            expected = ["generated/sub/new.rs", "wsdl/pins.txt", "wsdl/vim25/old.xsd"]
            self.assertEqual(staging.changes(), expected)
            self.assertEqual(staging.apply(), expected)
        content = self.content()
        self.assertEqual((content["wsdl/pins.txt"], content["generated/sub/new.rs"]), ("pins", "new"))
        self.assertNotIn("wsdl/vim25/old.xsd", content)
        self.assertEqual(content["Cargo.toml"], "untouched")
        self.assertFalse(list(self.root.glob(".bump-*")))

    def test_being_terminated_is_an_orderly_end(self) -> None:
        before = self.content()
        ended = io.StringIO()

        def run() -> int:
            with Staging(self.root) as staging:
                self.edit(staging)
                os.kill(os.getpid(), signal.SIGTERM)
            return 0

        handler = signal.getsignal(signal.SIGTERM)
        with contextlib.redirect_stderr(ended):
            self.assertEqual(exit_code("bump", run), 130)
        self.assertEqual(ended.getvalue(), "bump: interrupted\n")
        self.assertIs(signal.getsignal(signal.SIGTERM), handler)
        self.assertEqual(self.content(), before)

    def test_a_copy_that_fails_half_way_is_removed(self) -> None:
        before = self.content()
        full, interrupted = OSError(28, "No space left on device"), KeyboardInterrupt()
        for failure, raised in ((full, DeriveError), (interrupted, KeyboardInterrupt)):
            with mock.patch("shutil.copy2", side_effect=failure), self.assertRaises(raised), Staging(self.root):
                pass
            self.assertEqual(self.content(), before)

    def test_without_being_applied_it_leaves_nothing(self) -> None:
        before = self.content()
        with self.assertRaises(KeyboardInterrupt), Staging(self.root) as staging:
            self.edit(staging)
            raise KeyboardInterrupt
        self.assertEqual(self.content(), before)

    def test_wherever_moving_fails_everything_is_put_back(self) -> None:
        before = self.content()
        real = os.replace
        for failing in range(4):
            calls = []

            def full_disk(source, target):
                calls.append(target)
                if len(calls) == failing + 1:
                    raise OSError(28, "No space left on device", str(target))
                return real(source, target)

            with self.subTest(failing=failing), Staging(self.root) as staging:
                self.edit(staging)
                with mock.patch("os.replace", full_disk):
                    with self.assertRaisesRegex(DeriveError, "left as it was: .*No space left"):
                        staging.apply()
            self.assertEqual(self.content(), before)
            self.assertFalse((self.root / "generated/sub").exists())


class Texts(unittest.TestCase):
    def test_the_section_comes_last_among_the_unreleased(self) -> None:
        text = with_section(CHANGELOG, "### API\n\n- Two.\n")
        self.assertEqual(
            text, "# Changelog\n\n## Unreleased\n\n### Added\n\n- One.\n\n### API\n\n- Two.\n\n## 0.1.0\n\n- First.\n"
        )
        only = with_section("# Changelog\n\n## Unreleased\n", "### API")
        self.assertEqual(only, "# Changelog\n\n## Unreleased\n\n### API\n")
        with self.assertRaisesRegex(DeriveError, "no heading '## Unreleased'"):
            with_section("# Changelog\n", "### API")

    def test_only_the_line_of_the_package_is_replaced(self) -> None:
        text = "# a\npyvmomi==1 --hash=sha256:00\noslo==2 --hash=sha256:11\n"
        self.assertEqual(
            with_pin(text, Pin("pyvmomi", "2.0", "ff")), "# a\npyvmomi==2.0 --hash=sha256:ff\noslo==2 --hash=sha256:11\n"
        )
        with self.assertRaisesRegex(DeriveError, "0 lines for none"):
            with_pin(text, Pin("none", "2.0", "ff"))


class Command(Workspace):
    def setUp(self) -> None:
        super().setUp()
        (self.folder / "codegen.py").write_text(CODEGEN)
        self.wheel = self.make_wheel("2.0", facts("9.0", "A", "B"))

    def make_wheel(self, version: str, content) -> Path:
        wheel = self.folder / f"pyvmomi-{version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("facts", json.dumps(content))
        return wheel

    def bump(self, *arguments: str):
        out, err = io.StringIO(), io.StringIO()
        codegen = f"{sys.executable} {self.folder / 'codegen.py'}"
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(["--workspace", str(self.root), "--codegen", codegen, *arguments])
        return code, out.getvalue(), err.getvalue()

    def test_it_pins_derives_generates_and_tells(self) -> None:
        written = self.folder / "report.md"
        code, out, err = self.bump("--wheel", str(self.wheel), "--report", str(written))
        self.assertEqual(code, 0, err)
        content = self.content()
        self.assertIn(f"pyvmomi==2.0 --hash=sha256:{sha256_of(self.wheel)}\nother==2 ", content["wsdl/pins.txt"])
        self.assertEqual(json.loads(content["generated/api.rs"])["service"]["version"], "9.0")
        self.assertNotIn("wsdl/vim25/old.xsd", content)
        section = "### API: pyvmomi 1.0 to 2.0\n\n#### vim25\n\n- new\n\n## 0.1.0"
        self.assertIn(section, content["CHANGELOG.md"])
        self.assertEqual(out, "# API: pyvmomi 1.0 to 2.0\n\n## vim25\n\n- new\n")
        self.assertEqual(written.read_text(), out)
        self.assertIn("6 files changed", err)
        self.assertIn("tests/run", err)

    def test_a_second_time_there_is_nothing_to_do(self) -> None:
        self.bump("--wheel", str(self.wheel))
        before = self.content()
        code, out, err = self.bump("--wheel", str(self.wheel), "2.0")
        self.assertEqual((code, out), (0, ""))
        self.assertIn("nothing to do", err)
        self.assertEqual(self.content(), before)

    def test_whichever_step_fails_nothing_is_changed(self) -> None:
        before = self.content()
        broken = str(self.make_wheel("3.0", {}))
        self.assertIn("deriving failed", self.failure("--wheel", broken))
        self.assertIn("is release 2.0, not 2.1", self.failure("--wheel", str(self.wheel), "2.1"))
        self.assertIn("is no wheel of pyvmomi", self.failure("--wheel", str(self.folder / "codegen.py")))
        self.assertIn("cannot run nowhere", self.failure("--wheel", str(self.wheel), "--codegen", "nowhere"))
        self.assertEqual(self.content(), before)
        (self.folder / "codegen.py").write_text(CODEGEN.replace('Path("no-diff").exists()', "True"))
        self.assertIn("comparing failed with exit code 3", self.failure("--wheel", str(self.wheel)))
        (self.root / "CHANGELOG.md").write_text("# Changelog\n")
        (self.folder / "codegen.py").write_text(CODEGEN)
        self.assertIn("no heading", self.failure("--wheel", str(self.wheel)))
        self.assertEqual(self.content(), {**before, "CHANGELOG.md": "# Changelog\n"})

    def failure(self, *arguments: str) -> str:
        code, out, err = self.bump(*arguments)
        self.assertEqual((code, out), (1, ""))
        return err

    def test_a_release_that_is_pinned_must_have_its_hash(self) -> None:
        other = self.make_wheel("1.0", facts("8.0"))
        self.assertIn("A release does not change", self.failure("--wheel", str(other)))

    def test_without_a_version_pip_finds_the_newest(self) -> None:
        commands = []

        def pip(command, **_):
            commands.append(command)
            if command[-1] == "pyvmomi==0":
                return subprocess.CompletedProcess(command, 1, stdout="Looking\nERROR: no such release\nnotice")
            Path(command[command.index("--dest") + 1], self.wheel.name).write_bytes(self.wheel.read_bytes())
            return subprocess.CompletedProcess(command, 0, stdout="")

        cache = mock.patch.dict("os.environ", {"XDG_CACHE_HOME": str(self.folder / "cache")})
        with cache, mock.patch("subprocess.run", pip):
            found = fetch_release("pyvmomi", None)
            self.assertEqual(found, Pin("pyvmomi", "2.0", sha256_of(self.wheel)))
            self.assertEqual(commands[0][-1], "pyvmomi")
            self.assertEqual(obtain(found).path.parent, self.folder / "cache" / "vmomi")
            with self.assertRaisesRegex(DeriveError, "a wheel of pyvmomi==0: ERROR: no such release"):
                fetch_release("pyvmomi", "0")

    def test_a_wheel_tells_its_release(self) -> None:
        self.assertEqual(released("pyvmomi", self.wheel), Pin("pyvmomi", "2.0", sha256_of(self.wheel)))
        with self.assertRaisesRegex(DeriveError, "no wheel of oslo.vmware"):
            released("oslo.vmware", self.wheel)
