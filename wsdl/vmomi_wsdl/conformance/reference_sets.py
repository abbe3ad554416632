"""VMware's own sets, which the derived ones are compared with: where each is, and which version it describes.

None of them is part of the project. Those that a WSDL comes with name their version in `soapAction`; for the others
it is the one with the fewest differences, which `wsdl/conformance --nearest` shows.
"""

import os
from pathlib import Path
from typing import Dict, NamedTuple, Optional, Sequence, Union

from ..services import Service
from ..wheel import Wheel, read_members

WORKSPACE = Path(__file__).resolve().parents[3]


class Shared(NamedTuple):
    """A folder below the one that `VMOMI_SHARED` names, by default `../shared` beside the workspace."""

    folder: str


class Packaged(NamedTuple):
    """A folder inside the wheel of oslo.vmware."""

    folder: str


class ReferenceSet(NamedTuple):
    name: str
    version: str
    place: Union[Shared, Packaged]


OSLO = "oslo.vmware"

VIM25_SETS: Sequence[ReferenceSet] = (
    ReferenceSet("vim25-5.5", "5.5", Shared("wsdl/vim25-5.5")),
    ReferenceSet("vim25-6.7", "6.7", Shared("wsdl/vim25-6.7")),
    ReferenceSet("oslo-6.5", "6.5", Packaged("oslo_vmware/wsdl/6.5")),
    ReferenceSet("oslo-6.7", "6.7", Packaged("oslo_vmware/wsdl/6.7")),
    ReferenceSet("oslo-7.0", "7.0.0.0", Packaged("oslo_vmware/wsdl/7.0")),
    ReferenceSet("oslo-8.0", "8.0.0.0", Packaged("oslo_vmware/wsdl/8.0")),
)


def shared_root() -> Path:
    """Where the sets that no package carries are looked for."""
    return Path(os.environ.get("VMOMI_SHARED") or WORKSPACE / ".." / "shared")


def load(reference: ReferenceSet, service: Service, oslo: Wheel) -> Optional[Dict[str, bytes]]:
    """The files of a set by name, or nothing if it is not on this machine.

    The package has no WSDL for vim25 and no request messages, only the files of types.
    """
    types = [part.types_file for part in service.parts]
    if isinstance(reference.place, Packaged):
        members = read_members(oslo.path, [f"{reference.place.folder}/{name}" for name in types])
        return {path.rpartition("/")[2]: content for path, content in members.items()}
    folder = shared_root() / reference.place.folder
    if not folder.is_dir():
        return None
    messages = [part.messages_file for part in service.parts if part.has_messages]
    interfaces = [f"{service.own.name}.wsdl", f"{service.own.name}Service.wsdl"]
    return {name: (folder / name).read_bytes() for name in types + messages + interfaces}
