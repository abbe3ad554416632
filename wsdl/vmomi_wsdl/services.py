"""The services that can be derived. Everything that differs between them stands here, as data."""

from dataclasses import dataclass
from typing import Dict, Tuple

from .errors import DeriveError


@dataclass(frozen=True)
class Part:
    """A VMODL package and the pair of XSD files that carry its types and request messages.

    `uses` names the parts that both files pull in, in the order of VMware's own files. A part of another
    service's namespace is imported, one of the same namespace included.
    """

    name: str
    package: str
    namespace: str
    uses: Tuple[str, ...] = ()
    has_messages: bool = True

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
    """A service: its tables in the wheel, its namespace, where it is served, and its files.

    The last of `parts` is the service's own; the others are shared packages that come with it.
    """

    name: str
    namespace: str
    endpoint: str
    tables: Tuple[str, ...]
    parts: Tuple[Part, ...]

    @property
    def own(self) -> Part:
        return self.parts[-1]

    @property
    def title(self) -> str:
        """`Vim`, as in `VimPortType` and `vimService.wsdl`."""
        return self.own.name[0].upper() + self.own.name[1:]

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)


_CORE = Part("core", "vmodl", "urn:vim25", has_messages=False)
_QUERY = Part("query", "vmodl.query", "urn:vim25", uses=("core",))
_REFLECT = Part("reflect", "vmodl.reflect", "urn:reflect", uses=("core",))

_SERVICES: Dict[str, Service] = {
    service.name: service
    for service in (
        Service(
            name="vim25",
            namespace="urn:vim25",
            endpoint="/sdk",
            tables=("core", "query", "vim"),
            parts=(
                _CORE,
                _REFLECT,
                _QUERY,
                Part("vim", "vim", "urn:vim25", uses=("core", "reflect", "query")),
            ),
        ),
    )
}


def service(name: str) -> Service:
    """The service called `name`; raises `DeriveError` naming the known ones."""
    try:
        return _SERVICES[name]
    except KeyError:
        raise DeriveError(f"no service {name!r}", f"known: {', '.join(_SERVICES)}") from None
