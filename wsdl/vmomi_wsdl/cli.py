"""The command line of `wsdl/derive`."""

import argparse
import sys
from pathlib import Path
from typing import List, Optional

from . import output
from .derivation import derive
from .errors import DeriveError
from .files import render
from .services import service
from .tables import Tables, parse_tables
from .versions import VersionGraph
from .wheel import obtain, pin, read_members

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "pyvmomi"


def main(arguments: Optional[List[str]] = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except DeriveError as error:
        print(f"derive: {error}", file=sys.stderr)
        return 1


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


def load_tables(wheel: Path, service_name: str) -> Tables:
    """The parsed tables of a service from a pyvmomi wheel."""
    names = [f"pyVmomi/_typeinfo_{table}.py" for table in service(service_name).tables]
    return parse_tables(zip(names, read_members(wheel, names)))


def _run(options: argparse.Namespace) -> int:
    chosen = service(options.service)
    origin = pin(PACKAGE)
    wheel = obtain(origin, options.wheel, options.any_hash)
    tables = load_tables(wheel, chosen.name)
    if options.list_versions:
        for version in VersionGraph(tables, chosen.own.package).service_versions:
            print(version.id)
        return 0
    api = derive(tables, chosen, options.version)
    files = render(api, origin)
    counts = ", ".join(f"{count:,} {kind}" for kind, count in api.counts().items())
    print(f"{chosen.name} {api.version}: {counts}", file=sys.stderr)
    directory = options.out or ROOT / chosen.name
    if options.check:
        stale = output.differing(files, directory)
        for name in stale:
            print(f"not current: {directory / name}", file=sys.stderr)
        return 1 if stale else 0
    changed = output.write(files, directory)
    print(f"{len(files)} files in {directory}, {len(changed)} changed", file=sys.stderr)
    return 0
