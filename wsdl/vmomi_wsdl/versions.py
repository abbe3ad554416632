"""The version graph: which versions an API version contains, and since when something exists."""

import difflib
from typing import Dict, FrozenSet, List

from .errors import DeriveError
from .tables import Tables, Version


class VersionGraph:
    """Versions of one service, oldest first, over the versions of the shared packages below it."""

    def __init__(self, tables: Tables, package: str) -> None:
        prefix = package + ".version."
        self._versions = tables.versions
        self._contains: Dict[str, FrozenSet[str]] = {
            name: frozenset(tables.parents.get(name, ())) | {name} for name in tables.versions
        }
        own = [version for version in tables.versions.values() if version.name.startswith(prefix)]
        self.newest = _only(name for name in tables.newest if name.startswith(prefix))
        # An ancestor contains strictly less than its descendant, so the count is a topological order.
        self.service_versions: List[Version] = sorted(
            own, key=lambda version: (len(self._contains[version.name]), version.name)
        )
        self._since: Dict[str, int] = {}
        for index, version in enumerate(self.service_versions):
            for name in sorted(self._contains[version.name]):
                self._since.setdefault(name, index)

    def resolve(self, wanted: str) -> Version:
        """The version with the given id, such as `6.7`; the empty string means the newest.

        Raises `DeriveError` naming the nearest and all available ids.
        """
        for version in self.service_versions:
            if version.id == wanted or (not wanted and version.name == self.newest):
                return version
        ids = [version.id for version in self.service_versions]
        near = difflib.get_close_matches(wanted, ids, n=3, cutoff=0.5)
        raise DeriveError(
            f"no API version {wanted!r}" + (f"; nearest: {', '.join(near)}" if near else ""),
            f"available: {', '.join(ids)}",
        )

    def up_to(self, version: Version) -> List[Version]:
        """The service versions that `version` contains, oldest first, ending with itself."""
        contained = self._contains[version.name]
        return [candidate for candidate in self.service_versions if candidate.name in contained]

    def built_on(self, version: Version, other: "VersionGraph") -> str:
        """The id of the oldest version of `other`, a service that this one shares types with, that has all of them.

        Raises `DeriveError` if none has.
        """
        needed = self.needs(version)
        for candidate in other.service_versions:
            if needed <= other._contains[candidate.name]:
                return candidate.id
        raise DeriveError(f"{version.name} builds on no version of the service that it shares types with")

    def needs(self, version: Version) -> FrozenSet[str]:
        """The names of the versions in `version` that are of other packages."""
        return self._contains[version.name] - {candidate.name for candidate in self.service_versions}

    def all_in(self, version: Version) -> FrozenSet[str]:
        """The names of the versions in `version`, of whatever package, and its own."""
        return self._contains[version.name]

    def contains(self, version: Version, name: str) -> bool:
        """Whether something introduced in the version called `name` exists in `version`."""
        return name in self._contains[version.name]

    def since(self, name: str) -> int:
        """Index in `service_versions` of the earliest one that contains the version called `name`.

        Versions of shared packages (`vmodl.*`, `vmodl.query.*`) count from the service version that
        first took them in. Raises `DeriveError` for a version that no service version contains.
        """
        try:
            return self._since[name]
        except KeyError:
            raise DeriveError(f"version {name} belongs to no version of this service") from None


def _only(names) -> str:
    found = list(names)
    if len(found) != 1:
        raise DeriveError(f"expected one newest version in the tables, found {found}")
    return found[0]
