"""VMware's own sets, which the derived ones are compared with: where each is, and which version it describes.

None of them is part of the project. Those that a WSDL comes with name their version in `soapAction`, but for `pbm-7.0`,
which names one of before its release; for that and the others it is the version with the fewest differences, which
`wsdl/conformance --nearest` shows.
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
    """A set of VMware's: the service and version that it describes, and whether there is WSDL, or types alone."""

    name: str
    service: str
    version: str
    place: Union[Shared, Packaged]
    has_interface: bool


OSLO = "oslo.vmware"

SETS: Sequence[ReferenceSet] = (
    ReferenceSet("vim25-5.5", "vim25", "5.5", Shared("wsdl/vim25-5.5"), has_interface=True),
    ReferenceSet("vim25-6.7", "vim25", "6.7", Shared("wsdl/vim25-6.7"), has_interface=True),
    ReferenceSet("oslo-6.5", "vim25", "6.5", Packaged("oslo_vmware/wsdl/6.5"), has_interface=False),
    ReferenceSet("oslo-6.7", "vim25", "6.7", Packaged("oslo_vmware/wsdl/6.7"), has_interface=False),
    ReferenceSet("oslo-7.0", "vim25", "7.0.0.0", Packaged("oslo_vmware/wsdl/7.0"), has_interface=False),
    ReferenceSet("oslo-8.0", "vim25", "8.0.0.0", Packaged("oslo_vmware/wsdl/8.0"), has_interface=False),
    ReferenceSet("pbm-5.5", "pbm", "1.0", Packaged("oslo_vmware/wsdl/5.5"), has_interface=True),
    ReferenceSet("pbm-6.0", "pbm", "2.0", Packaged("oslo_vmware/wsdl/6.0"), has_interface=True),
    ReferenceSet("pbm-6.5", "pbm", "6.5", Packaged("oslo_vmware/wsdl/6.5"), has_interface=True),
    ReferenceSet("pbm-6.7", "pbm", "6.7", Packaged("oslo_vmware/wsdl/6.7"), has_interface=True),
    ReferenceSet("pbm-7.0", "pbm", "7.0.0.0", Packaged("oslo_vmware/wsdl/7.0"), has_interface=True),
    ReferenceSet("pbm-8.0", "pbm", "8.0.0.0", Packaged("oslo_vmware/wsdl/8.0"), has_interface=True),
)


def shared_root() -> Path:
    """Where the sets that no package carries are looked for."""
    return Path(os.environ.get("VMOMI_SHARED") or WORKSPACE / ".." / "shared")


def load(reference: ReferenceSet, service: Service, oslo: Wheel) -> Optional[Dict[str, bytes]]:
    """The files of a set by name, without those that it has of another service; nothing if it is not on this machine."""
    own = [part for part in service.parts if part.from_set is None]
    names = [part.types_file for part in own]
    if reference.has_interface:
        names += [part.messages_file for part in own if part.has_messages]
        names += [f"{service.own.name}.wsdl", f"{service.own.name}Service.wsdl"]
    if isinstance(reference.place, Packaged):
        members = read_members(oslo.path, [f"{reference.place.folder}/{name}" for name in names])
        return {path.rpartition("/")[2]: content for path, content in members.items()}
    folder = shared_root() / reference.place.folder
    if not folder.is_dir():
        return None
    return {name: (folder / name).read_bytes() for name in names}
