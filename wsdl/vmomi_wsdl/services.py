"""The services that can be derived. Everything that differs between them stands here, as data."""

from dataclasses import dataclass
from typing import Dict, Tuple

from .errors import DeriveError


@dataclass(frozen=True)
class Part:
    """A VMODL package and the pair of XSD files that carry its types and request messages.

    `uses` names the parts that both files pull in, in the order of VMware's own files: those of the same
    namespace are included, others imported. Without `has_messages`, the package lends the service its
    types alone, and there is no second file.
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
    """A service: its name on the wire, where it is served, its tables in the wheel, and its files.

    The last of `parts` is the service's own; the others are shared packages that come with it.
    `baselines` says, oldest first, from which API version on which version is the oldest that releases
    still serve; it decides what the schema may call required.
    """

    name: str
    endpoint: str
    tables: Tuple[str, ...]
    parts: Tuple[Part, ...]
    baselines: Tuple[Tuple[str, str], ...]

    @property
    def own(self) -> Part:
        return self.parts[-1]

    @property
    def title(self) -> str:
        """`Vim`, as in `VimPortType` and `vimService.wsdl`."""
        return self.own.name[0].upper() + self.own.name[1:]

    def part(self, name: str) -> Part:
        """The part called `name`."""
        return next(part for part in self.parts if part.name == name)

    def package_of(self, vmodl: str) -> str:
        """The package that the type called `vmodl` belongs to: the innermost, as packages nest.

        Raises `DeriveError` if it is none of this service's.
        """
        packages = [part.package for part in self.parts if vmodl.startswith(part.package + ".")]
        if not packages:
            raise DeriveError(f"{vmodl} belongs to no package of {self.name}")
        return max(packages, key=len)


_CORE = Part("core", "vmodl", "urn:vim25", has_messages=False)
_QUERY = Part("query", "vmodl.query", "urn:vim25", uses=("core",))
_REFLECT = Part("reflect", "vmodl.reflect", "urn:reflect", uses=("core",))

_SERVICES: Dict[str, Service] = {
    service.name: service
    for service in (
        Service(
            name="vim25",
            endpoint="/sdk",
            tables=("core", "query", "vim"),
            parts=(
                _CORE,
                _REFLECT,
                _QUERY,
                Part("vim", "vim", "urn:vim25", uses=("core", "reflect", "query")),
            ),
            # Measured: 5.5 to 7.0 call required what 2.5 has already, 8.0 what 6.0 has.
            baselines=(("2.5", "2.5"), ("8.0.0.0", "6.0")),
        ),
    )
}


def service(name: str) -> Service:
    """The service called `name`; raises `DeriveError` naming the known ones."""
    try:
        return _SERVICES[name]
    except KeyError:
        raise DeriveError(f"no service {name!r}", f"known: {', '.join(_SERVICES)}") from None
