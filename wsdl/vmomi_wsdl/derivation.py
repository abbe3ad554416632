"""From tables to API: picks what a version contains and applies the rules by which VMware writes WSDL."""

from typing import Dict, List, Optional, Set

from .api import (
    Api,
    ArrayType,
    ComplexType,
    Definition,
    Element,
    Enumeration,
    ManagedObject,
    Operation,
    PartContent,
    Property,
    ReferenceType,
    WireType,
)
from .builtin import with_builtin_types
from .errors import DeriveError
from .ordering import source_order
from .services import Part, Service
from .tables import DataType, EnumType, ManagedType, Member, Method, Tables
from .versions import VersionGraph
from .wire import REFERENCE, ROOT_DATA_OBJECT, ROOT_MANAGED_OBJECT, WireTypes

TASK_SUFFIX = "_Task"


def derive(tables: Tables, service: Service, version_id: str) -> Api:
    """The API of `service` at the version with the given id, or at the newest if it is empty.

    Raises `DeriveError` for an unknown version, or tables that contradict themselves.
    """
    return _Derivation(with_builtin_types(tables), service, version_id).run()


class _Derivation:
    def __init__(self, tables: Tables, service: Service, version_id: str) -> None:
        self._tables = tables
        self._service = service
        self._graph = VersionGraph(tables, service.own.package)
        self._version = self._graph.resolve(version_id)
        self._wire = WireTypes(tables, service)
        rows = tables.data_types + tables.enum_types + tables.managed_types
        self._versions_by_name: Dict[str, str] = {row.vmodl: row.version for row in rows}
        self._order = source_order(tables.order)

    def run(self) -> Api:
        api = Api(
            self._service,
            self._version.id,
            [version.id for version in self._graph.up_to(self._version)],
            self._graph,
        )
        for part in self._service.parts:
            api.contents.append(PartContent(part))
        contents = {content.part.package: content for content in api.contents}
        types = [row for row in self._tables.data_types + self._tables.enum_types if self._exists(row)]
        for row in sorted(types, key=lambda row: self._order(row.vmodl)):
            contents[self._package(row.vmodl)].definitions.append(self._definition(row))
        managed = [row for row in self._tables.managed_types if self._exists(row)]
        for row in sorted(managed, key=lambda row: self._order(row.vmodl)):
            api.managed_objects.append(self._managed_object(row))
            contents[self._package(row.vmodl)].operations.extend(
                self._operation(method, row) for method in row.methods if self._contains(method.version)
            )
        self._add_array_types(api)
        _check_references(api)
        return api

    def _contains(self, version: str) -> bool:
        return self._graph.contains(self._version, version)

    def _exists(self, row) -> bool:
        """A nested type exists only where all types around it do, whatever version its row gives."""
        return all(self._contains(version) for version in self._enclosing_versions(row))

    def _since(self, row) -> int:
        return max(self._graph.since(version) for version in self._enclosing_versions(row))

    def _enclosing_versions(self, row) -> List[str]:
        versions = [row.version]
        name = row.vmodl
        while "." in name:
            name = name.rpartition(".")[0]
            if name in self._versions_by_name:
                versions.append(self._versions_by_name[name])
        return versions

    def _package(self, vmodl: str) -> str:
        packages = sorted((part.package for part in self._service.parts), key=len, reverse=True)
        for package in packages:
            if vmodl.startswith(package + "."):
                return package
        raise DeriveError(f"{vmodl} belongs to no package of {self._service.name}")

    def _definition(self, row) -> Definition:
        if isinstance(row, EnumType):
            return Enumeration(row.wire, row.values, row, self._since(row))
        base = None if row.base == ROOT_DATA_OBJECT else self._wire.qualified(row.base)
        return ComplexType(
            row.wire,
            base,
            self._elements(row.fields, row.version),
            row,
            self._since(row),
            self._wire.is_fault(row.vmodl),
        )

    def _elements(self, members, owner_version: str):
        return tuple(
            self._element(member, owner_version) for member in members if self._contains(member.version)
        )

    def _element(self, member: Member, owner_version: str) -> Element:
        """A member newer than its owner is optional whatever its flag: older peers do not send it."""
        optional = member.optional or member.version != owner_version
        return Element(member.name, self._wire.of_member(member), optional)

    def _managed_object(self, row: ManagedType) -> ManagedObject:
        base = None
        if row.base != ROOT_MANAGED_OBJECT:
            base = self._wire.of(row.base).target
        properties = tuple(
            Property(
                Element(member.name, self._wire.of_member(member), member.optional),
                member,
                self._graph.since(member.version),
            )
            for member in row.properties
            if self._contains(member.version)
        )
        return ManagedObject(row.wire, base, properties, row, self._since(row))

    def _operation(self, method: Method, owner: ManagedType) -> Operation:
        name = method.wire
        stem = name[: -len(TASK_SUFFIX)] if name.endswith(TASK_SUFFIX) else name
        result: Optional[Element] = None
        if method.result != "void":
            optional = method.result_optional and not name.endswith(TASK_SUFFIX)
            result = Element("returnval", self._wire.of(method.result), optional)
        faults = tuple(self._wire.qualified(fault).rpartition(":")[2] for fault in method.faults)
        return Operation(
            name,
            stem + "RequestType",
            self._elements(method.parameters, method.version),
            result,
            faults,
            method,
            owner.wire,
            self._graph.since(method.version),
        )

    def _add_array_types(self, api: Api) -> None:
        listed: Set[str] = set()
        for content in api.contents:
            for definition in content.definitions:
                if isinstance(definition, ComplexType):
                    listed.update(e.type.name for e in definition.elements if e.type.is_list)
        for managed in api.managed_objects:
            listed.update(p.element.type.name for p in managed.properties if p.element.type.is_list)
        for operation in api.operations():
            members = operation.parameters + ((operation.result,) if operation.result else ())
            listed.update(element.type.name for element in members if element.type.is_list)
        for content in api.contents:
            with_arrays: List[Definition] = []
            for definition in content.definitions:
                with_arrays.append(definition)
                qualified = f"{content.part.prefix}:{definition.name}"
                if qualified in listed or definition.name == "MethodFault":
                    with_arrays.append(_array_of(qualified))
            content.definitions = with_arrays
        core = api.contents[0]
        core.definitions.append(ReferenceType(REFERENCE))
        core.definitions.append(_array_of(f"{core.part.prefix}:{REFERENCE}"))
        for scalar in _ARRAY_SCALARS:
            core.definitions.append(_array_of(scalar))


_ARRAY_SCALARS = (
    "xsd:anyURI", "xsd:boolean", "xsd:byte", "xsd:short", "xsd:int", "xsd:long", "xsd:float",
    "xsd:double", "xsd:string", "xsd:dateTime", "xsd:base64Binary", "xsd:anyType",
)


def _array_of(qualified: str) -> ArrayType:
    name = qualified.rpartition(":")[2]
    return ArrayType("ArrayOf" + name[0].upper() + name[1:], name, qualified)


def _check_references(api: Api) -> None:
    """Every type that the API names must be in it: raises `DeriveError` naming those that are not."""
    defined = {
        f"{content.part.prefix}:{definition.name}" for content in api.contents for definition in content.definitions
    }
    missing = []

    def check(owner: str, name: Optional[str]) -> None:
        if name is not None and not name.startswith("xsd:") and name not in defined:
            missing.append(f"{owner} -> {name}")

    for definition in api.definitions():
        if isinstance(definition, ComplexType):
            check(definition.name, definition.base)
            for element in definition.elements:
                check(f"{definition.name}.{element.name}", element.type.name)
    for operation in api.operations():
        for element in operation.parameters + ((operation.result,) if operation.result else ()):
            check(f"{operation.name}.{element.name}", element.type.name)
        for fault in operation.faults:
            check(operation.name, f"{api.contents[-1].part.prefix}:{fault}")
    if missing:
        raise DeriveError(f"types named but absent at {api.version}: {', '.join(missing[:8])}")
