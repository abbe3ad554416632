"""The command line of `wsdl/derive`."""

import argparse
import sys
from pathlib import Path
from typing import Dict, List, Optional

from . import output
from .derivation import derive
from .errors import DeriveError
from .files import render
from .services import Service, service
from .tables import Tables, parse_tables
from .versions import VersionGraph
from .wheel import Wheel, obtain, pin, read_members

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "pyvmomi"


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the tool and returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except DeriveError as error:
        print(f"derive: {error}", file=sys.stderr)
        return 1


def load_tables(wheel: Wheel, chosen: Service) -> Tables:
    """The parsed tables of a service from a pyvmomi wheel."""
    members = read_members(wheel.path, [f"pyVmomi/_typeinfo_{table}.py" for table in chosen.tables])
    return parse_tables((name, text.decode("utf-8")) for name, text in members.items())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wsdl/derive",
        description="Derives a WSDL and XSD set, and the catalogue of what WSDL cannot say, from pinned pyvmomi.",
        epilog="Exit code 0: done, or current; 1: failed, or --check found differences; 2: wrong usage.",
    )
    parser.add_argument("--service", default="vim25", metavar="NAME", help="which service (default: vim25)")
    parser.add_argument("--version", default="", metavar="ID", help="API version, such as 6.7 (default: the newest)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to write (default: the committed folder)")
    parser.add_argument("--wheel", type=Path, metavar="FILE", help="use this pyvmomi wheel instead of fetching it")
    parser.add_argument("--any-hash", action="store_true", help="accept a --wheel other than the pinned one")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true", help="write nothing; fail if the files are not current")
    action.add_argument("--list-versions", action="store_true", help="list the API versions, oldest first")
    return parser


def _run(options: argparse.Namespace) -> int:
    chosen = service(options.service)
    wheel = obtain(pin(PACKAGE), options.wheel, options.any_hash)
    _progress(f"reading the tables of {wheel.origin.package} {wheel.origin.version}")
    tables = load_tables(wheel, chosen)
    if options.list_versions:
        print("\n".join(version.id for version in VersionGraph(tables, chosen.own.package).service_versions))
        return 0
    api = derive(tables, chosen, options.version)
    counts = ", ".join(f"{count:,} {kind}" for kind, count in api.counts().items())
    _progress(f"{chosen.name} {api.version}: {counts}")
    files = render(api, wheel.origin)
    directory = options.out or ROOT / chosen.name
    return _check(files, directory) if options.check else _write(files, directory)


def _check(files: Dict[str, str], directory: Path) -> int:
    stale = output.differing(files, directory)
    extra = output.left_over(files, directory)
    for name in stale:
        _progress(f"not current: {directory / name}")
    for name in extra:
        _progress(f"not of this set: {directory / name}")
    if stale or extra:
        return 1
    _progress(f"{len(files)} files in {directory} are current")
    return 0


def _write(files: Dict[str, str], directory: Path) -> int:
    changed = output.write(files, directory)
    _progress(f"{len(files)} files in {directory}, {len(changed)} changed")
    return 0


def _progress(message: str) -> None:
    print(message, file=sys.stderr)
