"""Which types of a service are extended by those of a service that builds on it."""

from typing import FrozenSet, NamedTuple

from .builtin import with_builtin_types
from .nesting import Nesting
from .services import Service
from .tables import Tables, Version
from .versions import VersionGraph


class Importer(NamedTuple):
    """A service that imports the types of another, with its tables."""

    service: Service
    tables: Tables


def extended_by(importer: Importer, service: Service, graph: VersionGraph, version: Version) -> FrozenSet[str]:
    """The VMODL names of the data objects of `service` that one of the importer's own types extends directly.

    The importer is taken as it was at that version of `service`, whose graph is `graph`: those of its versions count
    that build on nothing newer.
    """
    tables = with_builtin_types(importer.tables)
    own_table = importer.service.own.table
    lent = {part.table for part in importer.service.parts if part.from_set == service.name}
    own_graph = VersionGraph(tables, importer.service.versions)
    contemporary = [
        candidate for candidate in own_graph.service_versions if own_graph.needs(candidate) <= graph.all_in(version)
    ]
    nesting = Nesting(tables)
    return frozenset(
        row.base
        for row in tables.data_types
        if tables.homes[row.vmodl] == own_table
        and tables.homes.get(row.base) in lent
        and any(own_graph.all_in(each).issuperset(nesting.versions_around(row)) for each in contemporary)
    )
