"""From tables to API: picks what a version contains and applies the rules by which VMware writes WSDL."""

from typing import Iterable, Iterator, List, Optional, Sequence, Tuple, TypeVar, Union

from .api import (
    Api,
    ComplexType,
    Definition,
    Element,
    Enumeration,
    ManagedObject,
    Operation,
    PartContent,
    Property,
    WireType,
)
from .arrays import add_array_types
from .builtin import with_builtin_types, withdrawn_in
from .extensions import Importer, extended_by
from .integrity import check
from .nesting import AnyRow, Nesting
from .ordering import source_order
from .services import Service
from .tables import DataType, EnumType, ManagedType, Member, Method, Tables
from .versions import VersionGraph
from .wire import ROOT_DATA_OBJECT, ROOT_MANAGED_OBJECT, WireTypes

TASK_SUFFIX = "_Task"

Row = TypeVar("Row", bound=AnyRow)


def derive(tables: Tables, service: Service, version_id: str, importers: Sequence[Importer] = ()) -> Api:
    """The API of `service` at the version with the given id, or at the newest if it is empty.

    `importers` are the services that build on this one, with their tables: they tell which types are extended outside.

    Raises `DeriveError` for an unknown version, or tables that contradict themselves.
    """
    return _Derivation(with_builtin_types(tables), service, version_id).run(importers)


class _Derivation:
    def __init__(self, tables: Tables, service: Service, version_id: str) -> None:
        self._tables = tables
        self._service = service
        self._graph = VersionGraph(tables, service.versions)
        self._version = self._graph.resolve(version_id)
        self._wire = WireTypes(tables, service)
        self._nesting = Nesting(tables)
        self._baseline = self._find_baseline()

    def run(self, importers: Sequence[Importer]) -> Api:
        api = Api(
            self._service,
            self._version.id,
            [version.id for version in self._graph.up_to(self._version)],
            self._graph,
            [PartContent(part) for part in self._service.parts],
            open_types=frozenset().union(
                *(extended_by(importer, self._service, self._graph, self._version) for importer in importers)
            ),
        )
        contents = {content.part.table: content for content in api.contents}
        homes = self._tables.homes
        types: List[Union[DataType, EnumType]] = [*self._tables.data_types, *self._tables.enum_types]
        for row in self._select(types):
            contents[homes[row.vmodl]].definitions.append(self._definition(row))
        for managed in self._select(self._tables.managed_types):
            content = contents[homes[managed.vmodl]]
            if content.part.has_messages:
                api.managed_objects.append(self._managed_object(managed))
                content.operations.extend(self._operations(managed))
        add_array_types(api, (op.task_result for op in api.operations() if op.task_result))
        check(api)
        return api

    def _find_baseline(self) -> str:
        """The oldest version that releases of the chosen version still serve: by the service's data, else the first."""
        fitting = [base for since, base in self._service.baselines if self._contains(self._graph.resolve(since).name)]
        return self._graph.resolve(fitting[-1]).name if fitting else self._graph.service_versions[0].name

    def _contains(self, version: str) -> bool:
        return self._graph.contains(self._version, version)

    def _select(self, rows: Iterable[Row]) -> List[Row]:
        """The rows that exist at the chosen version, in the order of the files.

        A nested type exists only where all types around it do, whatever version its own row gives.
        """
        order = source_order(self._tables.order)
        chosen = [row for row in rows if all(self._contains(version) for version in self._nesting.versions_around(row))]
        return sorted(chosen, key=lambda row: order(row.vmodl))

    def _since(self, row: AnyRow) -> int:
        return max(self._graph.since(version) for version in self._nesting.versions_around(row))

    def _definition(self, row: Union[DataType, EnumType]) -> Definition:
        if isinstance(row, EnumType):
            return Enumeration(row.wire, row.values, row, self._since(row))
        base = None if row.base == ROOT_DATA_OBJECT else self._wire.qualified(row.base)
        listed = [field for field in row.fields if not self._is_withdrawn(row, field)]
        elements = tuple(
            self._element(field, row.version, self._wire.of_field(row, field)) for field in self._existing(listed)
        )
        return ComplexType(row.wire, base, elements, row, self._since(row), self._wire.is_fault(row.vmodl))

    def _is_withdrawn(self, row: DataType, field: Member) -> bool:
        version = withdrawn_in(row.vmodl, field.name)
        return version is not None and self._contains(version)

    def _existing(self, members: Iterable[Member]) -> List[Member]:
        return [member for member in members if self._contains(member.version)]

    def _element(self, member: Member, owner_version: str, wire_type: WireType) -> Element:
        """A member newer than its owner is optional whatever its flag, since older peers do not send it.

        That ends at the oldest version still served: what it has already, all peers send.
        """
        added_later = member.version != owner_version
        served_by_all = self._graph.since(member.version) <= self._graph.since(self._baseline)
        return Element(member.name, wire_type, member.optional or (added_later and not served_by_all))

    def _managed_object(self, row: ManagedType) -> ManagedObject:
        base = None if row.base == ROOT_MANAGED_OBJECT else self._wire.of(row.base).target
        properties = tuple(
            Property(Element(member.name, self._wire.of_member(member), member.optional), member)
            for member in self._existing(row.properties)
        )
        return ManagedObject(row.wire, base, properties, row, self._since(row))

    def _operations(self, owner: ManagedType) -> Iterator[Operation]:
        for method in owner.methods:
            if self._contains(method.version):
                yield self._operation(method, owner)

    def _operation(self, method: Method, owner: ManagedType) -> Operation:
        is_task = method.wire.endswith(TASK_SUFFIX)
        stem = method.wire[: -len(TASK_SUFFIX)] if is_task else method.wire
        parameters = tuple(
            self._element(parameter, method.version, self._wire.of_member(parameter))
            for parameter in self._existing(method.parameters)
        )
        result, task_result = self._results(method, is_task)
        return Operation(
            method.wire,
            stem + "RequestType",
            parameters,
            result,
            is_task,
            task_result,
            tuple(self._wire.qualified(fault) for fault in method.faults),
            method,
            owner.wire,
            self._graph.since(method.version),
        )

    def _results(self, method: Method, is_task: bool) -> Tuple[Optional[Element], Optional[Element]]:
        """What the call returns and what the task yields; of a task, the flag speaks of the latter."""
        if is_task:
            returned = Element("returnval", self._wire.of(method.result), False)
            return returned, self._outcome("result", method.outcome, method.result_optional)
        return self._outcome("returnval", method.result, method.result_optional), None

    def _outcome(self, name: str, vmodl: str, optional: bool) -> Optional[Element]:
        return None if vmodl == "void" else Element(name, self._wire.of(vmodl), optional)
