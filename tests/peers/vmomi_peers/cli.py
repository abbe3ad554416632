"""The command line of tests/peers/run."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Callable, Dict, List

from . import codec, listing, machine, programs, recording, report
from .commands import progress
from .failure import Failure
from .programs import Program
from .row import Row

MEASUREMENTS = ("decode", "encode", "list")
_ROUNDS = 15


def main() -> int:
    options = _parser().parse_args()
    scratch = options.scratch or _target_folder() / "peers"
    failures: List[Failure] = []
    rows: List[Row] = []

    def attempt(measuring: Callable[[], List[Row]]) -> None:
        """One thing that cannot be measured does not keep the others from it."""
        try:
            rows.extend(measuring())
        except Failure as failure:
            progress(f"tests/peers/run: {failure}")
            failures.append(failure)

    with tempfile.TemporaryDirectory(prefix="vmomi-peers-") as temporary:
        try:
            prepared = _prepare(options.peer or list(programs.PEERS), scratch, failures)
            document = options.document or _record(scratch, Path(temporary))
        except (Failure, OSError) as failure:
            print(f"tests/peers/run: {failure}", file=sys.stderr)
            return 2
        wanted = options.only or MEASUREMENTS
        if "decode" in wanted:
            attempt(lambda: codec.speed(codec.DECODING, document, prepared, options.rounds))
            attempt(lambda: codec.memory("decode", document, prepared))
        if "encode" in wanted:
            attempt(lambda: codec.speed(codec.ENCODING, document, prepared, options.rounds))
            attempt(lambda: codec.memory("encode", document, prepared))
        if "list" in wanted:
            attempt(lambda: listing.listing(scratch, prepared, options.rounds))

    described = machine.describe()
    print(report.as_table(rows, described))
    if options.json:
        options.json.write_text(report.as_json(rows, described), encoding="utf-8")
    for failure in failures:
        print(f"not measured: {failure}", file=sys.stderr)
    if any(row.met is False for row in rows):
        return 1
    return 2 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tests/peers/run",
        description="Measures vmomi beside vim_rs, quick-xml, govmomi and pyvmomi, which it installs first.",
        epilog="Exit code 0: all demands are met; 1: one is missed; 2: something could not be measured.",
    )
    add = parser.add_argument
    add("--only", action="append", choices=MEASUREMENTS, help="measure that alone; may be repeated")
    add("--peer", action="append", choices=list(programs.PEERS), help="measure beside that alone; may be repeated")
    add("--json", type=Path, metavar="FILE", help="write the measures as an array of objects too")
    add("--rounds", type=int, default=_ROUNDS, metavar="N", help="how often all take turns (default: %(default)s)")
    add("--document", type=Path, metavar="FILE", help="decode that response in place of one recorded now")
    scratch = "where to install and build, with 5 GB free; kept for the next run (default: peers in cargo's target folder)"
    add("--scratch", type=Path, metavar="DIR", help=scratch)
    return parser


def _prepare(peers: List[str], scratch: Path, failures: List[Failure]) -> Dict[str, Program]:
    """The programs by name. A peer that cannot be had is left out and becomes a failure; ours must be there."""
    prepared = {"vmomi": programs.vmomi(scratch)}
    for peer in peers:
        try:
            prepared[peer] = programs.PEERS[peer](scratch)
        except Failure as failure:
            progress(f"tests/peers/run: without {peer}: {failure}")
            failures.append(failure)
    return prepared


def _record(scratch: Path, folder: Path) -> Path:
    document = folder / "response.xml"
    document.write_bytes(recording.record(scratch))
    return document


def _target_folder() -> Path:
    return Path(os.environ.get("CARGO_TARGET_DIR") or programs.ROOT / "target")
