"""The services that can be derived. Everything that differs between them stands here, as data."""

from dataclasses import dataclass, replace
from typing import Dict, Optional, Sequence, Tuple

from .errors import DeriveError


@dataclass(frozen=True)
class Part:
    """A table of pyvmomi's and the pair of XSD files that carry its types and request messages.

    `uses` names the parts that both files pull in, in the order of VMware's own files: those of the same
    namespace are included, others imported. Without `has_messages`, the part lends the service its
    types alone, and there is no second file. A part with `from_set` belongs to the set of that service,
    whose files are imported instead of written again. `reflect` has no table: it is empty.
    """

    name: str
    namespace: str
    table: Optional[str] = None
    uses: Tuple[str, ...] = ()
    has_messages: bool = True
    from_set: Optional[str] = None

    @property
    def prefix(self) -> str:
        return self.namespace.rpartition(":")[2]

    @property
    def types_file(self) -> str:
        return f"{self.name}-types.xsd"

    @property
    def messages_file(self) -> str:
        return f"{self.name}-messagetypes.xsd"


@dataclass(frozen=True)
class Service:
    """A service: its name on the wire, where it is served, its API versions, and its files.

    The last of `parts` is the service's own; the others are shared packages that come with it. API versions
    are those of the package `versions`, in `pbm.version.v9_1_1_0` the first word. `baselines` says, oldest
    first, from which API version on which version is the oldest that releases still serve, where that is not
    the first of all; it decides what the schema may call required.
    """

    name: str
    endpoint: str
    versions: str
    parts: Tuple[Part, ...]
    baselines: Tuple[Tuple[str, str], ...]

    @property
    def own(self) -> Part:
        return self.parts[-1]

    @property
    def title(self) -> str:
        """`Vim`, as in `VimPortType` and `vimService.wsdl`."""
        return self.own.name[0].upper() + self.own.name[1:]

    @property
    def tables(self) -> Tuple[str, ...]:
        """The tables that the service is read from, in the order of its parts."""
        return tuple(part.table for part in self.parts if part.table)

    @property
    def imports(self) -> Tuple[str, ...]:
        """The services whose sets this one imports types from."""
        return tuple(sorted({part.from_set for part in self.parts if part.from_set}))

    def part(self, name: str) -> Part:
        """The part called `name`."""
        return next(part for part in self.parts if part.name == name)


_CORE = Part("core", "urn:vim25", "core", has_messages=False)
_QUERY = Part("query", "urn:vim25", "query", uses=("core",))
_REFLECT = Part("reflect", "urn:reflect", uses=("core",))
_VIM = Part("vim", "urn:vim25", "vim", uses=("core", "reflect", "query"))

_VIM25 = Service(
    name="vim25",
    endpoint="/sdk",
    versions="vim",
    parts=(_CORE, _REFLECT, _QUERY, _VIM),
    # Measured: 5.5 to 7.0 call required what 2.5 has already, 8.0 what 6.0 has.
    baselines=(("2.5", "2.5"), ("8.0.0.0", "6.0")),
)


def _beside_vim25(name: str, endpoint: str, file: str = "") -> Service:
    """A service of the namespace `urn:NAME` whose types build on those of vim25.

    `file` is the name of its table and its files, if they are called otherwise. None has added anything required to
    what was there before, so there are no baselines to measure.
    """
    shared = tuple(replace(part, has_messages=False, from_set=_VIM25.name) for part in _VIM25.parts)
    own = Part(file or name, f"urn:{name}", file or name, uses=tuple(part.name for part in shared))
    return Service(name, endpoint, versions=name, parts=(*shared, own), baselines=())


# Which client uses which path, and where the names of the files come from, README.md tells.
_SERVICES: Dict[str, Service] = {
    service.name: service
    for service in (
        _VIM25,
        _beside_vim25("pbm", "/pbm/sdk"),
        _beside_vim25("sms", "/sms/sdk"),
        _beside_vim25("eam", "/eam/sdk"),
        _beside_vim25("vslm", "/vslm/sdk"),
        _beside_vim25("vsan", "/vsanHealth", file="vsanhealth"),
    )
}


def service(name: str) -> Service:
    """The service called `name`; raises `DeriveError` naming the known ones."""
    try:
        return _SERVICES[name]
    except KeyError:
        raise DeriveError(f"no service {name!r}", f"known: {', '.join(_SERVICES)}") from None


def all_services() -> Sequence[Service]:
    """Every service, each after those that it imports types from."""
    return tuple(_SERVICES.values())
