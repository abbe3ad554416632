"""The command line of tests/peers/run."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple

from . import build_cost, codec, conditions, kept, listing, programs, recording, report
from .commands import progress
from .failure import Failure
from .programs import Program
from .row import Row

KINDS = ("decode", "encode", "list", "build")
_ROUNDS = 15


class Outcome(NamedTuple):
    """What was measured, and what could not be."""

    rows: List[Row]
    failures: List[Failure]

    def attempt(self, measuring: Callable[[], List[Row]]) -> None:
        """One thing that cannot be measured does not keep the others from it."""
        try:
            self.rows.extend(measuring())
        except Failure as failure:
            progress(f"tests/peers/run: {failure}")
            self.failures.append(failure)

    @property
    def exit_code(self) -> int:
        if any(row.met is False for row in self.rows):
            return 1
        return 2 if self.failures else 0


def main() -> int:
    parser = _parser()
    options = parser.parse_args()
    if options.keep and options.peer:
        parser.error("--keep is for measures beside all peers, and --peer leaves some out")
    outcome = Outcome([], [])
    try:
        with tempfile.TemporaryDirectory(prefix="vmomi-peers-") as folder:
            _measure(options, Path(folder), outcome)
        objects = report.objects(outcome.rows, conditions.describe())
        if options.json:
            options.json.write_text(report.to_json(objects), encoding="utf-8")
        if options.keep:
            kept.keep(objects)
    except (Failure, OSError) as failure:
        print(f"tests/peers/run: {failure}", file=sys.stderr)
        return 2
    if objects:
        print(report.table(objects))
    for failure in outcome.failures:
        print(f"not measured: {failure}", file=sys.stderr)
    return outcome.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tests/peers/run",
        description="Measures vmomi beside vim_rs, quick-xml, govmomi and pyvmomi, which it installs first. "
        "Takes some 40 minutes on 2 cores, of which building takes all but 3; see README.md beside it.",
        epilog="Exit code 0: all demands are met; 1: one is missed; 2: something could not be measured.",
    )
    add = parser.add_argument
    add("--only", action="append", choices=KINDS, help="measure that alone; may be repeated")
    add("--no-build", action="store_true", help="do not measure what building costs, which takes longest")
    add("--peer", action="append", choices=list(programs.PEERS), help="measure beside that alone; may be repeated")
    add("--json", type=Path, metavar="FILE", help="write the measures as an array of objects too")
    add("--keep", action="store_true", help="put the measures into the results kept beside this script")
    add("--rounds", type=int, default=_ROUNDS, metavar="N", help="how often all take turns (default: %(default)s)")
    add("--document", type=Path, metavar="FILE", help="decode that response in place of one recorded now")
    scratch = "where to install and build, with 10 GB free, kept for the next run (default: peers in the target folder)"
    add("--scratch", type=Path, metavar="DIR", default=_target_folder() / "peers", help=scratch)
    return parser


def _measure(options: argparse.Namespace, folder: Path, outcome: Outcome) -> None:
    """Measures what is wanted; raises `Failure` where ours or the response cannot be had."""
    wanted = [kind for kind in options.only or KINDS if kind != "build" or not options.no_build]
    scratch = options.scratch.resolve()
    if any(kind != "build" for kind in wanted):
        prepared = _prepare(options.peer or list(programs.PEERS), scratch, outcome)
    if any(kind in codec.COMPARISONS for kind in wanted):
        document = options.document or _record(scratch, folder)
    for kind in wanted:
        if kind in codec.COMPARISONS:
            outcome.attempt(lambda: codec.speed(kind, document, prepared, options.rounds))
            outcome.attempt(lambda: codec.memory(kind, document, prepared))
        elif kind == "list":
            outcome.attempt(lambda: listing.listing(scratch, prepared, options.rounds))
        else:
            outcome.attempt(lambda: build_cost.build_cost(scratch))


def _prepare(peers: List[str], scratch: Path, outcome: Outcome) -> Dict[str, Program]:
    """The programs by name. A peer that cannot be had is left out and becomes a failure; ours must be there."""
    prepared = {"vmomi": programs.vmomi(scratch)}
    for peer in peers:
        try:
            prepared[peer] = programs.PEERS[peer](scratch)
        except Failure as failure:
            progress(f"tests/peers/run: without {peer}: {failure}")
            outcome.failures.append(failure)
    return prepared


def _record(scratch: Path, folder: Path) -> Path:
    document = folder / "response.xml"
    document.write_bytes(recording.record(scratch))
    return document


def _target_folder() -> Path:
    return Path(os.environ.get("CARGO_TARGET_DIR") or programs.ROOT / "target")
