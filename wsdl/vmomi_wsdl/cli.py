"""The command line of `wsdl/derive`."""

import argparse
import sys
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence

from . import output
from .command import exit_code
from .derivation import derive
from .errors import DeriveError
from .files import render
from .pins import pin
from .services import Service, all_services, service
from .source import PACKAGE, TableSource
from .versions import VersionGraph
from .wheel import obtain

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SERVICE = "vim25"


class Target(NamedTuple):
    """A set to derive: the service, its API version (empty for the newest), and the folder of the set."""

    service: Service
    version: str
    directory: Path


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the tool and returns its exit code."""
    options = _parser().parse_args(arguments)
    return exit_code("derive", lambda: _run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wsdl/derive",
        description="Derives WSDL and XSD sets, and the catalogues of what WSDL cannot say, from pinned pyvmomi: "
        "those of all services at their newest versions, unless told otherwise.",
        epilog="Exit code 0: done, or current; 1: failed, or --check found differences; 2: wrong usage.",
    )
    names = ", ".join(each.name for each in all_services())
    parser.add_argument("--service", metavar="NAME", help=f"only this one of {names}")
    parser.add_argument(
        "--version", metavar="ID", help="API version, such as 6.7 (default: the newest); without --service, of vim25"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write (default: the committed folders); of all services, a "
        "folder for each in DIR",
    )
    parser.add_argument(
        "--with-imports", action="store_true", help="with --service and --out: write a folder in DIR for the service "
        "and for each that it imports types from, at the version that it builds on"
    )
    parser.add_argument("--wheel", type=Path, metavar="FILE", help="use this pyvmomi wheel instead of fetching it")
    parser.add_argument("--any-hash", action="store_true", help="accept a --wheel other than the pinned one")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true", help="write nothing; fail if the files are not current")
    action.add_argument(
        "--list-versions", action="store_true", help="list the API versions of the service, oldest first"
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.with_imports and not (options.service and options.out):
        raise DeriveError("--with-imports goes with --service and --out")
    single = options.service or options.version is not None or options.list_versions
    chosen = service(options.service or DEFAULT_SERVICE) if single else None
    source = TableSource(obtain(pin(PACKAGE), options.wheel, options.any_hash))
    _progress(f"reading the tables of {source.origin.package} {source.origin.version}")
    if options.list_versions:
        print("\n".join(version.id for version in VersionGraph(source.tables(chosen), chosen.versions).service_versions))
        return 0
    # All are derived before the first is written, so that one that fails leaves everything as it was.
    sets = {target.directory: _render(source, target) for target in _targets(options, chosen, source)}
    if options.check:
        return max([_check(files, directory) for directory, files in sets.items()])
    for directory, files in sets.items():
        changed = output.write(files, directory)
        _progress(f"{len(files)} files in {directory}, {len(changed)} changed")
    return 0


def _targets(options: argparse.Namespace, chosen: Optional[Service], source: TableSource) -> Sequence[Target]:
    """The sets that the options ask for."""
    root: Path = options.out or ROOT
    version: str = options.version or ""
    if chosen is None:
        return [Target(each, "", root / each.name) for each in all_services()]
    if options.with_imports:
        tables = source.tables(chosen)
        graph = VersionGraph(tables, chosen.versions)
        targets: List[Target] = []
        for imported in map(service, chosen.imports):
            needed = graph.built_on(graph.resolve(version), VersionGraph(tables, imported.versions))
            targets.append(Target(imported, needed, root / imported.name))
        return [*targets, Target(chosen, version, root / chosen.name)]
    return [Target(chosen, version, options.out or ROOT / chosen.name)]


def _render(source: TableSource, target: Target) -> Dict[str, str]:
    importers = source.importers(target.service, all_services())
    api = derive(source.tables(target.service), target.service, target.version, importers)
    counts = ", ".join(f"{count:,} {kind}" for kind, count in api.counts().items())
    _progress(f"{target.service.name} {api.version}: {counts}")
    return render(api, source.origin)


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


def _progress(message: str) -> None:
    print(message, file=sys.stderr)
