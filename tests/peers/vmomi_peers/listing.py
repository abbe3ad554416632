"""Listing the virtual machines of a server, connected: what a call costs from end to end."""

from contextlib import ExitStack
from pathlib import Path
from typing import Dict, List, NamedTuple

from . import simulator
from .failure import Failure
from .programs import Program
from .recording import MACHINES
from .rounds import Contestant, take_turns
from .row import Row
from .worker import Worker


class Comparison(NamedTuple):
    """A measure of ours beside one of a peer, as their programs call them."""

    measure: str
    ours: str
    peer: str
    theirs: str


_WHOLE = f"list {MACHINES:,} machines, 2 properties"
_PAGES = f"{_WHOLE}, pages of 100"
# vim_rs always asks for pages of 100; so it stands beside ours both ways.
_COMPARISONS = (
    Comparison(_WHOLE, "list", "vim_rs", "list in pages"),
    Comparison(_PAGES, "list in pages", "vim_rs", "list in pages"),
    Comparison(_WHOLE, "list", "govmomi", "list"),
    Comparison(_WHOLE, "list", "pyvmomi", "list"),
)


def listing(scratch: Path, programs: Dict[str, Program], rounds: int) -> List[Row]:
    """The rows of those peers whose programs are there; the time is that of the call and of the view it needs."""
    comparisons = [comparison for comparison in _COMPARISONS if comparison.peer in programs]
    if not comparisons:
        return []
    pairs = [pair for each in comparisons for pair in (("vmomi", each.ours), (each.peer, each.theirs))]
    order = list(dict.fromkeys(pairs))
    with ExitStack() as stack:
        server = stack.enter_context(simulator.Simulator(simulator.program(scratch), MACHINES, tls=True))
        arguments = [f"{server.host}:{server.port}", server.user, server.password]
        workers = {}
        for name in dict.fromkeys(name for name, _ in order):
            lister = programs[name].lister
            if lister is None:
                raise Failure(f"{programs[name].name} has no program that lists")
            workers[name] = stack.enter_context(Worker(programs[name].name, lister + arguments))
        found = take_turns([Contestant(workers[name], measure) for name, measure in order], rounds)
    times = dict(zip(order, found))
    if len({tuple(sorted(each.content.items())) for each in found}) > 1:
        raise Failure(f"the programs did not list the same: {[(who, each.content) for who, each in times.items()]}")
    return [
        Row(
            "list",
            each.measure,
            "ms",
            times["vmomi", each.ours].best * 1000,
            programs[each.peer].name,
            times[each.peer, each.theirs].best * 1000,
            False,
            None,
            times["vmomi", each.ours].median * 1000,
            times[each.peer, each.theirs].median * 1000,
        )
        for each in comparisons
    ]
