"""The command line of `wsdl/bump`."""

import argparse
import shlex
import sys
from pathlib import Path
from typing import List, NamedTuple, Optional

from ..command import exit_code
from ..errors import DeriveError
from ..pins import PINS_FILE, Pin, pin
from ..source import PACKAGE
from ..wheel import obtain
from .changelog import with_section
from .pinning import fetch_release, released, with_pin
from .staging import Staging
from .tools import Codegen, derive

WORKSPACE = Path(__file__).resolve().parents[3]

_NEXT = """Next:
  git diff --stat; git diff CHANGELOG.md    look at what changed
  wsdl/conformance                          the rules still give VMware's own sets
  tests/run                                 everything else; where a test states a number of the API, it is told there
"""


class Release(NamedTuple):
    """Where a bump goes: a release, and its wheel on disk."""

    pin: Pin
    wheel: Path


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the tool and returns its exit code."""
    options = _parser().parse_args(arguments)
    return exit_code("bump", lambda: _bump(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wsdl/bump",
        description="Takes the workspace to another release of pyvmomi: pins it, derives the WSDL of every service, "
        "generates the API again, puts the difference into CHANGELOG.md, and reports what changed. When a step fails, "
        "nothing is changed.",
        epilog="Exit code 0: done, or nothing to do; 1: failed; 2: wrong usage; 130: interrupted.",
    )
    parser.add_argument("version", nargs="?", metavar="VERSION", help="release of pyvmomi (default: the newest on PyPI)")
    parser.add_argument("--wheel", type=Path, metavar="FILE", help="take the release from this wheel instead of PyPI")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the report there as well")
    parser.add_argument(
        "--workspace", type=Path, default=WORKSPACE, metavar="DIR", help="the workspace (default: the one this is in)"
    )
    parser.add_argument(
        "--codegen", metavar="COMMAND", help="how to run vmomi-codegen (default: cargo run in the workspace)"
    )
    return parser


def _bump(options: argparse.Namespace) -> int:
    workspace: Path = options.workspace.resolve()
    pins = workspace / "wsdl" / PINS_FILE.name
    before = pin(PACKAGE, pins)
    release = _release(options, before)
    codegen = Codegen(shlex.split(options.codegen)) if options.codegen else Codegen.of_workspace(workspace)
    _progress(f"from {PACKAGE} {before.version} to {release.pin.version}")
    with Staging(workspace) as staging:
        old, new = workspace / "wsdl", staging.root / "wsdl"
        (new / pins.name).write_text(with_pin(pins.read_text(encoding="utf-8"), release.pin), encoding="utf-8")
        derive(staging.root, release.wheel)
        codegen.generate(staging.root)
        if not staging.changes():
            _progress("nothing to do: that release is pinned, and everything is current")
            return 0
        title = f"API: {PACKAGE} {before.version} to {release.pin.version}"
        text = f"# {title}\n\n{codegen.difference(old, new, staging.root, 2)}\n"
        if before != release.pin:
            changelog = staging.root / "CHANGELOG.md"
            section = f"### {title}\n\n{codegen.difference(old, new, staging.root, 4)}"
            changelog.write_text(with_section(changelog.read_text(encoding="utf-8"), section), encoding="utf-8")
        if options.report:
            _write(options.report, text)
        changed = staging.apply()
    print(text, end="")
    _progress(f"{len(changed)} files changed\n{_NEXT}")
    return 0


def _release(options: argparse.Namespace, pinned: Pin) -> Release:
    """The release that is asked for; the one that is pinned has to have its hash."""
    if options.wheel:
        found = released(PACKAGE, options.wheel)
        if options.version and options.version != found.version:
            raise DeriveError(f"{options.wheel.name} is release {found.version}, not {options.version}")
    elif options.version == pinned.version:
        return Release(pinned, obtain(pinned).path)
    else:
        _progress(f"fetching {PACKAGE} {options.version or 'of the newest release'} with pip")
        found = fetch_release(PACKAGE, options.version)
    if found.version == pinned.version and found != pinned:
        raise DeriveError(
            f"the wheel of {PACKAGE} {found.version} has SHA-256 {found.sha256}, but {pinned.sha256} is pinned",
            "A release does not change: look at both before you pin another hash.",
        )
    return Release(found, options.wheel.resolve() if options.wheel else obtain(found).path)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DeriveError(f"cannot write {path}: {error.strerror or error}") from error


def _progress(message: str) -> None:
    print(message, file=sys.stderr)
