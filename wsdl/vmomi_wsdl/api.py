"""The API of one service at one version, in the terms of WSDL: what the files will say, before any XML."""

from dataclasses import dataclass, field
from typing import Dict, FrozenSet, Iterator, List, NamedTuple, Optional, Tuple, Union

from .services import Part, Service
from .tables import DataType, EnumType, ManagedType, Member, Method
from .versions import VersionGraph


RUNTIME_FAULT = "RuntimeFault"


class WireType(NamedTuple):
    """A type as XSD writes it, `xsd:string` or `vim25:AboutInfo`, and what a reference points to."""

    name: str
    is_list: bool = False
    target: Optional[str] = None


class Element(NamedTuple):
    """A field, property, parameter or result."""

    name: str
    type: WireType
    optional: bool


class ComplexType(NamedTuple):
    """A data object or fault; `base` is a qualified name, `source` the row that it was made from."""

    name: str
    base: Optional[str]
    elements: Tuple[Element, ...]
    source: DataType
    since: int
    is_fault: bool


class Enumeration(NamedTuple):
    """An enum."""

    name: str
    values: Tuple[str, ...]
    source: EnumType
    since: int


class ArrayType(NamedTuple):
    """`ArrayOfX`, which carries a list inside `anyType`."""

    name: str
    element: str
    type: str


class ReferenceType(NamedTuple):
    """`ManagedObjectReference`: text with a `type` attribute."""

    name: str


Definition = Union[ComplexType, Enumeration, ArrayType, ReferenceType]


class Operation(NamedTuple):
    """An operation; `faults` are qualified names of the declared ones, less `RuntimeFault`.

    `task_result` is what the task yields in the end, absent when that is nothing.
    """

    name: str
    request_type: str
    parameters: Tuple[Element, ...]
    result: Optional[Element]
    is_task: bool
    task_result: Optional[Element]
    faults: Tuple[str, ...]
    source: Method
    owner: str
    since: int

    def elements(self) -> Tuple[Element, ...]:
        """The parameters, and the result if there is one."""
        return self.parameters + ((self.result,) if self.result else ())


class Property(NamedTuple):
    """A property of a managed object, which WSDL does not know."""

    element: Element
    source: Member


class ManagedObject(NamedTuple):
    """A managed object; `base` is absent for those directly below the root of all."""

    name: str
    base: Optional[str]
    properties: Tuple[Property, ...]
    source: ManagedType
    since: int


@dataclass
class PartContent:
    """What one part of a service holds, in the order of its files."""

    part: Part
    definitions: List[Definition] = field(default_factory=list)
    operations: List[Operation] = field(default_factory=list)


@dataclass
class Api:
    """A service at one version; `versions` are the ids up to it, and every `since` is an index into
    the service versions of `graph`. `open_types` are the VMODL names of the types that other services extend.
    """

    service: Service
    version: str
    versions: List[str]
    graph: VersionGraph
    contents: List[PartContent] = field(default_factory=list)
    managed_objects: List[ManagedObject] = field(default_factory=list)
    open_types: FrozenSet[str] = frozenset()

    def own_contents(self) -> List[PartContent]:
        """The parts whose files belong to this set; the others it imports."""
        return [content for content in self.contents if content.part.from_set is None]

    def definitions(self) -> Iterator[Definition]:
        """All definitions of this set."""
        return (definition for content in self.own_contents() for definition in content.definitions)

    def operations(self) -> Iterator[Operation]:
        """All operations, the service's own first, as VMware lists them."""
        return (operation for content in reversed(self.contents) for operation in content.operations)

    def faults(self) -> Iterator[Tuple[str, ComplexType]]:
        """The faults that the interface has messages for, with the prefix of each, in the order of `operations`.

        Those are all of this set, and of the sets that it imports those that an operation declares.
        """
        declared = {fault for operation in self.operations() for fault in operation.faults}
        declared.add(f"{self.contents[0].part.prefix}:{RUNTIME_FAULT}")
        for content in reversed(self.contents):
            prefix = content.part.prefix
            for definition in content.definitions:
                if isinstance(definition, ComplexType) and definition.is_fault:
                    if content.part.from_set is None or f"{prefix}:{definition.name}" in declared:
                        yield prefix, definition

    def counts(self) -> Dict[str, int]:
        """How many there are of each kind, for the summary."""
        kinds = [type(definition) for definition in self.definitions()]
        return {
            "data objects": kinds.count(ComplexType),
            "enums": kinds.count(Enumeration),
            "array types": kinds.count(ArrayType),
            "managed objects": len(self.managed_objects),
            "operations": sum(len(content.operations) for content in self.contents),
        }
