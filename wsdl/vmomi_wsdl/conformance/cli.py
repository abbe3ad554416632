"""The command line of `wsdl/conformance`."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Dict, List, Optional

from ..command import exit_code
from ..derivation import derive
from ..files import render_set
from ..pins import pin
from ..services import service
from ..source import PACKAGE, TableSource
from ..versions import VersionGraph
from ..wheel import Wheel, obtain
from . import known, reference_sets
from .comparing import compare
from .reading import Description, read_set
from .reference_sets import OSLO, SETS, ReferenceSet

# How many versions on either side of the recorded one `--nearest` tries.
NEIGHBOURS = 3


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the comparison and returns its exit code."""
    options = _parser().parse_args(arguments)
    return exit_code("conformance", lambda: _Run(options).nearest() if options.nearest else _Run(options).conformance())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wsdl/conformance",
        description="Derives the versions of which VMware's own sets are at hand, and compares type by type.",
        epilog="Exit code 0: every difference is listed in known-differences.json and every listed one occurs; 1: not.",
    )
    parser.add_argument("--wheel", type=Path, metavar="FILE", help="use this pyvmomi wheel instead of fetching it")
    parser.add_argument("--oslo-wheel", type=Path, metavar="FILE", help="likewise for oslo.vmware")
    parser.add_argument("--nearest", action="store_true", help="count differences of neighbouring versions instead")
    return parser


class _Run:
    def __init__(self, options: argparse.Namespace) -> None:
        self._pyvmomi: Wheel = obtain(pin(PACKAGE), options.wheel)
        self._oslo: Wheel = obtain(pin(OSLO), options.oslo_wheel)
        self._source = TableSource(self._pyvmomi)

    def conformance(self) -> int:
        groups = known.load()
        totals: Counter = Counter()
        compared: List[str] = []
        failures = 0
        for reference in SETS:
            theirs = self._theirs(reference)
            if theirs is None:
                continue
            ours = self._ours(reference, reference.version)
            verdict = known.judge(reference.name, compare(ours, theirs), groups)
            print(_summary(reference, ours, theirs, sum(verdict.by_rule.values())))
            for text in verdict.unlisted:
                print(f"  UNLISTED  {text}")
            for text in verdict.outdated:
                print(f"  OUTDATED  {text}")
            failures += len(verdict.unlisted) + len(verdict.outdated)
            totals.update(verdict.by_rule)
            compared.append(reference.name)
        print("\nListed differences by reason:")
        for group in groups:
            print(f"  {totals[group.rule]:5}  {group.rule}")
        failures += _report_strangers(groups)
        if failures:
            print(f"\n{failures} differences call for a look: mend the rules, or known-differences.json with a reason.")
        return 1 if failures else 0

    def nearest(self) -> int:
        for reference in SETS:
            theirs = self._theirs(reference)
            if theirs is None:
                continue
            described = service(reference.service)
            graph = VersionGraph(self._source.tables(described), described.versions)
            versions = [version.id for version in graph.service_versions]
            middle = versions.index(reference.version)
            print(f"{reference.name} (recorded: {reference.version})")
            for version in versions[max(0, middle - NEIGHBOURS) : middle + NEIGHBOURS + 1]:
                differences = [d for d in compare(self._ours(reference, version), theirs) if d.aspect != "soapAction"]
                print(f"  {version:>10} {len(differences):6}")
        return 0

    def _ours(self, reference: ReferenceSet, version: str) -> Description:
        described = service(reference.service)
        texts = render_set(derive(self._source.tables(described), described, version), self._pyvmomi.origin)
        return read_set({name: text.encode("utf-8") for name, text in texts.items()})

    def _theirs(self, reference: ReferenceSet) -> Optional[Description]:
        files = reference_sets.load(reference, service(reference.service), self._oslo)
        if files is None:
            print(
                f"{reference.name}: SKIPPED, no {reference.place.folder} in {reference_sets.shared_root()}; "
                "set VMOMI_SHARED to the folder that holds it"
            )
            return None
        return read_set(files)


def _summary(reference: ReferenceSet, ours: Description, theirs: Description, listed: int) -> str:
    types = len(ours.types.keys() & theirs.types.keys())
    enums = len(ours.enums.keys() & theirs.enums.keys())
    elements = sum(len(theirs.types[name].elements) for name in ours.types.keys() & theirs.types.keys())
    operations = len(ours.operations.keys() & theirs.operations.keys())
    extent = f"{operations:,} operations" if theirs.operations else "no operations, as the set has no WSDL"
    return (
        f"{reference.name} against {reference.service} {reference.version}: compared {types:,} types with {elements:,} elements, "
        f"{enums:,} enums, {extent}; {listed:,} listed differences"
    )


def _report_strangers(groups: List[known.Group]) -> int:
    """Entries for sets that do not exist can never be found outdated, so they fail by themselves."""
    names = {reference.name for reference in SETS}
    strangers: Dict[str, str] = {}
    for group in groups:
        for text, sets in group.entries.items():
            strangers.update({name: text for name in sets if name not in names})
    for name, text in sorted(strangers.items()):
        print(f"  OUTDATED  no set is called {name}: {text}")
    return len(strangers)
