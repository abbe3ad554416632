"""Which `ArrayOfX` types there are, and where they stand.

A list inside `anyType` travels as an `ArrayOfX`. VMware's schemas have one for each data object and
enum of which the API has a list anywhere: in a field, property, parameter, result, or result of a task.
"""

from typing import Iterable, Iterator, List, Set

from .api import Api, ArrayType, ComplexType, Definition, Element, ReferenceType
from .versions import VersionGraph
from .wire import LOCALIZED_FAULT, REFERENCE

# Scalars have theirs whether the API has such lists or not: element, type, and the version whose schema
# was the first to list it, as far as VMware's published sets show.
_BASE = "vmodl.version.version0"
_SCALARS = (
    ("anyURI", "xsd:anyURI", "vim.version.version11"),
    ("boolean", "xsd:boolean", _BASE),
    ("byte", "xsd:byte", _BASE),
    ("short", "xsd:short", _BASE),
    ("int", "xsd:int", _BASE),
    ("long", "xsd:long", _BASE),
    ("double", "xsd:double", _BASE),
    ("string", "xsd:string", _BASE),
    ("uri", "xsd:anyURI", "vim.version.v7_0"),
    ("base64Binary", "xsd:base64Binary", "vim.version.version12"),
    ("anyType", "xsd:anyType", _BASE),
)


def add_array_types(api: Api, task_results: Iterable[Element]) -> None:
    """Puts each array type right after its item type, and those of references and scalars into the core."""
    listed = _listed_types(api, task_results)
    core = api.contents[0]
    # A list of faults is written with either name: VMware's schemas know the first, its servers the second.
    fault_lists = {f"{core.part.prefix}:MethodFault"} if f"{core.part.prefix}:{LOCALIZED_FAULT}" in listed else set()
    for content in api.contents:
        definitions: List[Definition] = []
        for definition in content.definitions:
            definitions.append(definition)
            qualified = f"{content.part.prefix}:{definition.name}"
            if qualified in listed | fault_lists:
                definitions.append(ArrayType("ArrayOf" + definition.name, definition.name, qualified))
        content.definitions = definitions
    core.definitions.append(ReferenceType(REFERENCE))
    core.definitions.append(ArrayType("ArrayOf" + REFERENCE, REFERENCE, f"{core.part.prefix}:{REFERENCE}"))
    core.definitions.extend(_scalar_arrays(api.graph, api.version))


def _scalar_arrays(graph: VersionGraph, version: str) -> Iterator[ArrayType]:
    chosen = graph.resolve(version)
    for element, type_name, since in _SCALARS:
        if graph.contains(chosen, since):
            yield ArrayType("ArrayOf" + element[0].upper() + element[1:], element, type_name)


def _listed_types(api: Api, task_results: Iterable[Element]) -> Set[str]:
    elements: List[Element] = list(task_results)
    for definition in api.definitions():
        if isinstance(definition, ComplexType):
            elements.extend(definition.elements)
    for managed in api.managed_objects:
        elements.extend(own.element for own in managed.properties)
    for operation in api.operations():
        elements.extend(operation.elements())
    return {element.type.name for element in elements if element.type.is_list}
