"""The tables inside a pyvmomi wheel, each parsed once however many services are read from it."""

from typing import Dict, List, Sequence

from .extensions import Importer
from .pins import Pin
from .services import Service
from .tables import Tables, file_name, join, parse_table
from .wheel import Wheel, read_members

PACKAGE = "pyvmomi"
_FOLDER = "pyVmomi"


class TableSource:
    """A wheel as the tables of services."""

    def __init__(self, wheel: Wheel) -> None:
        self._wheel = wheel
        self._parsed: Dict[str, Tables] = {}

    @property
    def origin(self) -> Pin:
        """What the wheel is."""
        return self._wheel.origin

    def tables(self, service: Service) -> Tables:
        """The tables of a service; raises `DeriveError` if the wheel lacks one or holds something else."""
        return join(self._table(name) for name in service.tables)

    def importers(self, service: Service, services: Sequence[Service]) -> List[Importer]:
        """Those of the services that import types of a service, with their tables; raises as `tables` does."""
        importing = (other for other in services if service.name in other.imports)
        return [Importer(other, self.tables(other)) for other in importing]

    def _table(self, name: str) -> Tables:
        if name not in self._parsed:
            path = f"{_FOLDER}/{file_name(name)}"
            text = read_members(self._wheel.path, [path])[path]
            self._parsed[name] = parse_table(name, text.decode("utf-8"))
        return self._parsed[name]
