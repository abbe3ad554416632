"""Which versions a row of the tables needs."""

from typing import Dict, Iterator, List, Union

from .tables import DataType, EnumType, ManagedType, Tables

AnyRow = Union[DataType, EnumType, ManagedType]


class Nesting:
    """The types of some tables, each of which exists only where all types around it do."""

    def __init__(self, tables: Tables) -> None:
        rows: List[AnyRow] = [*tables.data_types, *tables.enum_types, *tables.managed_types]
        self._versions: Dict[str, str] = {row.vmodl: row.version for row in rows}

    def versions_around(self, row: AnyRow) -> Iterator[str]:
        """The version of a row, and those of the types that it is nested in."""
        yield row.version
        outer = row.vmodl.rpartition(".")[0]
        while outer:
            if outer in self._versions:
                yield self._versions[outer]
            outer = outer.rpartition(".")[0]
