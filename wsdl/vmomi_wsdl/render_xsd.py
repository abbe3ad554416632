"""Writes the XSD files: one of types and one of request messages per part."""

from typing import Iterable, List

from .api import Api, ArrayType, ComplexType, Definition, Element, Enumeration, Operation, PartContent
from .services import Part

XSD = "http://www.w3.org/2001/XMLSchema"


def header(comment: str) -> List[str]:
    return ['<?xml version="1.0" encoding="UTF-8" ?>', "<!--", *(f"   {line}" for line in comment.splitlines()), "-->"]


def types_file(api: Api, content: PartContent, comment: str) -> str:
    """`vim-types.xsd` and its like."""
    lines = header(comment) + _open_schema(api, content.part)
    lines += _references(api, content.part)
    for definition in content.definitions:
        lines += _definition(definition)
    return _text(lines + ["</schema>"])


def messages_file(api: Api, content: PartContent, comment: str) -> str:
    """`vim-messagetypes.xsd` and its like: one `XRequestType` per operation."""
    lines = header(comment) + _open_schema(api, content.part)
    lines += _references(api, content.part)
    lines.append(f'   <include schemaLocation="{content.part.types_file}" />')
    core = api.service.parts[0].prefix
    for operation in content.operations:
        lines += _request(operation, core)
    return _text(lines + ["</schema>"])


def schema_attributes(api: Api, part: Part) -> List[str]:
    """The lines between `<schema` and `>`, less their indentation."""
    namespaces = {part.prefix: part.namespace}
    lines = [f'targetNamespace="{part.namespace}"', f'xmlns="{XSD}"', _xmlns(part.prefix, part.namespace)]
    lines.append(_xmlns("xsd", XSD))
    for name in part.uses:
        used = api.service.part(name)
        if used.prefix not in namespaces:
            namespaces[used.prefix] = used.namespace
            lines.append(_xmlns(used.prefix, used.namespace))
    return lines + ['elementFormDefault="qualified"']


def reference(part: Part, used: Part, file: str) -> str:
    """An `include` for a file of the same namespace, else an `import`; sets lie side by side."""
    if used.from_set is not None:
        file = f"../{used.from_set}/{file}"
    if used.namespace == part.namespace:
        return f'<include schemaLocation="{file}" />'
    return f'<import namespace="{used.namespace}" schemaLocation="{file}" />'


def element_line(element: Element) -> str:
    """`<element name=... type=... minOccurs=... maxOccurs=... />`."""
    occurs = (' minOccurs="0"' if element.optional else "") + (' maxOccurs="unbounded"' if element.type.is_list else "")
    return f'<element name="{element.name}" type="{element.type.name}"{occurs} />'


def _xmlns(prefix: str, namespace: str) -> str:
    return f'xmlns:{prefix}="{namespace}"'


def _open_schema(api: Api, part: Part) -> List[str]:
    return ["<schema", *(f"   {line}" for line in schema_attributes(api, part)), ">"]


def _references(api: Api, part: Part) -> List[str]:
    used = (api.service.part(name) for name in part.uses)
    return ["   " + reference(part, other, other.types_file) for other in used]


def _definition(definition: Definition) -> List[str]:
    if isinstance(definition, ComplexType):
        return _complex_type(definition)
    if isinstance(definition, Enumeration):
        return [
            f'   <simpleType name="{definition.name}">',
            '      <restriction base="xsd:string">',
            *(f'         <enumeration value="{value}" />' for value in definition.values),
            "      </restriction>",
            "   </simpleType>",
        ]
    if isinstance(definition, ArrayType):
        return [
            f'   <complexType name="{definition.name}">',
            "      <sequence>",
            f'         <element name="{definition.element}" type="{definition.type}" minOccurs="0" maxOccurs="unbounded" />',
            "      </sequence>",
            "   </complexType>",
        ]
    return [
        f'   <complexType name="{definition.name}">',
        "      <simpleContent>",
        '         <extension base="xsd:string">',
        '            <attribute name="type" type="xsd:string"/>',
        "         </extension>",
        "      </simpleContent>",
        "   </complexType>",
    ]


def _complex_type(definition: ComplexType) -> List[str]:
    opening = f'   <complexType name="{definition.name}">'
    if definition.base is None:
        return [opening, *_sequence(definition.elements, "      "), "   </complexType>"]
    return [
        opening,
        "      <complexContent>",
        f'         <extension base="{definition.base}">',
        *_sequence(definition.elements, "            "),
        "         </extension>",
        "      </complexContent>",
        "   </complexType>",
    ]


def _request(operation: Operation, core: str) -> List[str]:
    return [
        f'   <complexType name="{operation.request_type}">',
        "      <sequence>",
        f'         <element name="_this" type="{core}:ManagedObjectReference" />',
        *(f"         {element_line(element)}" for element in operation.parameters),
        "      </sequence>",
        "   </complexType>",
    ]


def _sequence(elements: Iterable[Element], indent: str) -> List[str]:
    inner = [f"{indent}   {element_line(element)}" for element in elements]
    return [f"{indent}<sequence>", *inner, f"{indent}</sequence>"]


def _text(lines: List[str]) -> str:
    return "\n".join(lines) + "\n"
