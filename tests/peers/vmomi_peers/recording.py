"""Records the response that decoding is measured on."""

import argparse
import sys
import tempfile
from pathlib import Path

from . import simulator
from .commands import progress
from .failure import Failure
from .soap import Session, reference, returned_reference

MACHINES = 1250
PROPERTIES = ("config", "runtime", "guest", "summary")


def main() -> int:
    options = _parser().parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="vmomi-record-") as folder:
            document = record(options.scratch or Path(folder), options.machines)
        options.file.write_bytes(document)
    except Failure as failure:
        print(f"tests/peers/record: {failure}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"tests/peers/record: {options.file}: {error.strerror}", file=sys.stderr)
        return 2
    progress(f"{options.file}: {len(document):,} bytes")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tests/peers/record",
        description="Records one RetrievePropertiesEx response from the simulator: of every virtual machine its "
        + ", ".join(PROPERTIES)
        + ". UUIDs, references and the like are the same each time; times differ.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="where the response goes")
    parser.add_argument(
        "--machines", type=int, default=MACHINES, metavar="N", help="how many virtual machines (default: %(default)s)"
    )
    parser.add_argument("--scratch", type=Path, metavar="DIR", help="where to build the simulator, to keep it")
    return parser


def record(scratch: Path, machines: int = MACHINES) -> bytes:
    """The body of the response, as the server sent it."""
    with simulator.Simulator(simulator.program(scratch), machines) as server:
        session = Session(server)
        progress("recording the response")
        response = session.call("RetrievePropertiesEx", _everything_of_every_machine(session))
        session.close()
    found = response.count(b"<objects>")
    if found != machines:
        raise Failure(f"the response holds {found:,} objects in place of {machines:,}")
    return response


def _everything_of_every_machine(session: Session) -> str:
    """The arguments of the call, with a view made for it."""
    view = returned_reference(
        session.call(
            "CreateContainerView",
            reference("_this", session.manager("viewManager"))
            + reference("container", session.manager("rootFolder"))
            + "<type>VirtualMachine</type><recursive>true</recursive>",
        )
    )
    paths = "".join(f"<pathSet>{name}</pathSet>" for name in PROPERTIES)
    traversal = "<type>ContainerView</type><path>view</path><skip>false</skip>"
    return (
        reference("_this", session.manager("propertyCollector"))
        + f"<specSet><propSet><type>VirtualMachine</type>{paths}</propSet>"
        + f"<objectSet>{reference('obj', view)}<skip>true</skip>"
        + f'<selectSet xsi:type="TraversalSpec">{traversal}</selectSet></objectSet></specSet>'
        + "<options></options>"
    )
