"""Decoding and encoding: speed, allocations and memory."""

from contextlib import ExitStack
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional

from .commands import progress
from .failure import Failure
from .programs import Program
from .rounds import Contestant, Times, take_turns
from .row import Row
from .worker import Worker

MIB = 2**20


class Comparison(NamedTuple):
    """A measure of ours beside one of a peer, as their programs call them."""

    measure: str
    ours: str
    peer: str
    theirs: str
    # What of the peer it is, unless that goes without saying.
    part: str = ""
    demand: Optional[float] = None


WHOLE = "decode a whole response"
PIECES = "decode it in pieces of 16 KiB"
_DECODING = (
    Comparison(WHOLE, "decode", "quick-xml", "events", "Reader, events only", 0.6),
    Comparison(WHOLE, "decode", "quick-xml", "resolved events", "NsReader, events only"),
    Comparison(WHOLE, "decode", "vim_rs", "decode", demand=3.5),
    Comparison(WHOLE, "decode", "govmomi", "decode", demand=10),
    Comparison(WHOLE, "decode", "pyvmomi", "decode"),
    Comparison(PIECES, "decode in pieces", "quick-xml", "events in pieces", "Reader, events only"),
    Comparison(PIECES, "decode in pieces", "govmomi", "decode"),
    Comparison(PIECES, "decode in pieces", "pyvmomi", "decode"),
)
_ENCODING = (
    Comparison("encode it again", "encode", "vim_rs", "encode"),
    Comparison("encode it again", "encode", "govmomi", "encode"),
    Comparison("encode it again", "encode", "pyvmomi", "encode"),
)
COMPARISONS = {"decode": _DECODING, "encode": _ENCODING}
# How many times its XML a response may take in memory.
_MEMORY_DEMAND = 3.0
# What a program says of the memory that it used, and how the table calls that.
_COUNTS = (
    ("allocations", "allocations", "count", 1),
    ("allocated_bytes", "bytes allocated", "MiB", MIB),
    ("peak_bytes", "peak heap beside the input", "MiB", MIB),
)


def speed(kind: str, document: Path, programs: Dict[str, Program], rounds: int) -> List[Row]:
    """The rows of those comparisons, of decoding or encoding, whose programs are there."""
    comparisons = [comparison for comparison in COMPARISONS[kind] if comparison.peer in programs]
    # Each once, ours and the peers' by turns.
    pairs = [pair for each in comparisons for pair in (("vmomi", each.ours), (each.peer, each.theirs))]
    order = list(dict.fromkeys(pairs))
    with ExitStack() as stack:
        workers = {
            name: stack.enter_context(Worker(programs[name].name, programs[name].codec + [str(document)]))
            for name in dict.fromkeys(name for name, _ in order)
        }
        contestants = [Contestant(workers[name], measure) for name, measure in order]
        times = dict(zip(order, take_turns(contestants, rounds)))
    _require_equal_work(times)
    megabytes = document.stat().st_size / 1e6
    rows = []
    for comparison in comparisons:
        ours, theirs = times["vmomi", comparison.ours], times[comparison.peer, comparison.theirs]
        rows.append(
            Row(
                kind,
                comparison.measure,
                "MB/s",
                megabytes / ours.best,
                " ".join(filter(None, [programs[comparison.peer].name, comparison.part])),
                megabytes / theirs.best,
                True,
                comparison.demand,
                megabytes / ours.median,
                megabytes / theirs.median,
            )
        )
    return rows


def memory(kind: str, document: Path, programs: Dict[str, Program]) -> List[Row]:
    """What one repetition of decoding or encoding allocates, and what its process holds at most."""
    verb = {"decode": "decoding", "encode": "encoding"}[kind]
    # Those that do the same as ours; quick-xml builds no values.
    equals = [comparison.peer for comparison in COMPARISONS[kind] if comparison.theirs == kind]
    names = ["vmomi"] + [name for name in dict.fromkeys(equals) if name in programs]
    counts, resident = {}, {}
    for name in names:
        progress(f"counting what {verb} allocates: {programs[name].name}")
        counts[name] = _once(programs[name], programs[name].counting, document, kind)[0]
        resident[name] = _once(programs[name], programs[name].codec, document, kind)[1]
    rows = []
    if kind == "decode":
        rows += _beside_the_document(document, programs["vmomi"], float(str(counts["vmomi"]["peak_bytes"])))
    peers = [name for name in names if name != "vmomi"]
    for key, label, unit, scale in _COUNTS:
        for name in peers:
            if key in counts[name]:
                ours, theirs = (float(str(counts[who][key])) / scale for who in ("vmomi", name))
                rows.append(Row(kind, f"{label}, {verb}", unit, ours, programs[name].name, theirs, False))
    for name in peers:
        ours, theirs = (resident[who] / MIB for who in ("vmomi", name))
        rows.append(Row(kind, f"peak resident memory, {verb}", "MiB", ours, programs[name].name, theirs, False))
    return rows


def _beside_the_document(document: Path, ours: Program, values: float) -> List[Row]:
    """The memory of a response beside the size of its XML, with that held whole and with it passing through."""
    size = document.stat().st_size
    progress("counting what decoding in pieces allocates")
    in_pieces = float(str(_once(ours, ours.counting, document, "decode in pieces")[0]["peak_bytes"]))
    xml = "the XML itself"
    return [
        Row("decode", "peak heap, XML and values", "MiB", (size + values) / MIB, xml, size / MIB, False, _MEMORY_DEMAND),
        Row("decode", "peak heap, decoding in pieces", "MiB", in_pieces / MIB, xml, size / MIB, False, _MEMORY_DEMAND),
    ]


def _once(program: Program, command: List[str], document: Path, measure: str) -> "tuple[Dict[str, object], int]":
    """What a fresh process finds in one repetition, and the most memory that it had."""
    with Worker(program.name, command + [str(document)]) as worker:
        found = worker.perform(measure)
    return found, worker.peak_resident_bytes


def _require_equal_work(times: "Dict[tuple[str, str], Times]") -> None:
    """Raises `Failure` unless all that decoded came to as many objects, properties and devices."""
    decoded = {who: found.content for who, found in times.items() if "objects" in found.content}
    if len({tuple(sorted(content.items())) for content in decoded.values()}) > 1:
        contents = "; ".join(f"{name} ({measure}): {content}" for (name, measure), content in decoded.items())
        raise Failure(f"the programs did not decode the same: {contents}")
