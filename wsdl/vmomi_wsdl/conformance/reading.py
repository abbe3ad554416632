"""Reads a WSDL and XSD set, VMware's or a derived one, into plain facts that can be compared."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Dict, Mapping, NamedTuple, Optional, Tuple

from ..errors import DeriveError

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"


class ElementFacts(NamedTuple):
    name: str
    type: str
    min_occurs: str
    max_occurs: str


class TypeFacts(NamedTuple):
    """A complex type; `kind` tells an ordinary one from one with text content."""

    file: str
    kind: str
    base: Optional[str]
    elements: Tuple[ElementFacts, ...]
    attributes: Tuple[Tuple[str, str], ...]


class EnumFacts(NamedTuple):
    file: str
    values: Tuple[str, ...]


class OperationFacts(NamedTuple):
    """`faults` are (name, element type) pairs; `bound` are the fault names that the binding gives."""

    request_type: str
    result: Optional[ElementFacts]
    faults: Tuple[Tuple[str, str], ...]
    bound: Tuple[str, ...]
    soap_action: str


@dataclass
class Description:
    """All that a set of files says.

    Of the elements for faults those of other namespaces that no operation declares are left out: VMware's interfaces
    have one for every fault of every file that they import, whatever their service raises.
    """

    types: Dict[str, TypeFacts] = field(default_factory=dict)
    enums: Dict[str, EnumFacts] = field(default_factory=dict)
    operations: Dict[str, OperationFacts] = field(default_factory=dict)
    fault_elements: Dict[str, str] = field(default_factory=dict)
    services: Dict[str, Tuple[str, str]] = field(default_factory=dict)


def read_set(files: Mapping[str, bytes]) -> Description:
    """Reads files given by name.

    Raises `DeriveError`, naming file and construct, on broken XML, on a construct outside the dialect, and
    on a name defined twice.
    """
    description = Description()
    for name, text in sorted(files.items()):
        try:
            root = ET.fromstring(text)
            if root.tag == _XSD + "schema":
                _read_schema(name, root, description)
            elif root.tag == _WSDL + "definitions":
                _Interface(name, root, description).read()
            else:
                raise DeriveError(f"{name}: neither WSDL nor XSD: {root.tag}")
        except ET.ParseError as error:
            raise DeriveError(f"{name}: not well-formed: {error}") from error
        except KeyError as error:
            raise DeriveError(f"{name}: a construct lacks its attribute {error}") from error
    return description


def _read_schema(file: str, schema: ET.Element, description: Description) -> None:
    for node in schema:
        if node.tag == _XSD + "complexType":
            _put(description.types, node.attrib["name"], _complex_type(file, node), file)
        elif node.tag == _XSD + "simpleType":
            _put(description.enums, node.attrib["name"], _enumeration(file, node), file)
        elif node.tag not in (_XSD + "include", _XSD + "import", _XSD + "element"):
            raise DeriveError(f"{file}: unexpected {_local(node.tag)} in a schema")


def _put(table: Dict, name: str, facts, file: str) -> None:
    if name in table:
        raise DeriveError(f"{file}: {name} is defined twice")
    table[name] = facts


def _complex_type(file: str, node: ET.Element) -> TypeFacts:
    kind, base, body = "sequence", None, node
    for wrapper, its_kind in (("complexContent", "sequence"), ("simpleContent", "text")):
        content = node.find(_XSD + wrapper)
        if content is not None:
            extension = content.find(_XSD + "extension")
            if extension is None:
                raise DeriveError(f"{file}: {node.attrib['name']}: {wrapper} without extension")
            kind, base, body = its_kind, extension.attrib["base"], extension
    attributes = tuple((a.attrib["name"], a.attrib["type"]) for a in body.findall(_XSD + "attribute"))
    return TypeFacts(file, kind, base, _sequence(body), attributes)


def _sequence(body: ET.Element) -> Tuple[ElementFacts, ...]:
    return tuple(_element(node) for node in body.findall(f"{_XSD}sequence/{_XSD}element"))


def _element(node: ET.Element) -> ElementFacts:
    attributes = node.attrib
    return ElementFacts(
        attributes["name"], attributes["type"], attributes.get("minOccurs", "1"), attributes.get("maxOccurs", "1")
    )


def _enumeration(file: str, node: ET.Element) -> EnumFacts:
    return EnumFacts(file, tuple(value.attrib["value"] for value in node.iter(_XSD + "enumeration")))


class _Interface:
    """One WSDL document."""

    def __init__(self, file: str, root: ET.Element, description: Description) -> None:
        self._file = file
        self._root = root
        self._description = description
        self._elements: Dict[str, ET.Element] = {
            node.attrib["name"]: node for node in root.iterfind(f"{_WSDL}types/{_XSD}schema/{_XSD}element")
        }
        self._messages: Dict[str, str] = {
            message.attrib["name"]: _unqualified(self._child(message, _WSDL + "part").attrib["element"])
            for message in root.findall(_WSDL + "message")
        }
        self._bindings: Dict[str, ET.Element] = {
            node.attrib["name"]: node for node in root.iterfind(f"{_WSDL}binding/{_WSDL}operation")
        }

    def read(self) -> None:
        for service in self._root.findall(_WSDL + "service"):
            port = self._child(service, _WSDL + "port")
            address = self._child(port, _SOAP + "address").attrib["location"]
            self._description.services[service.attrib["name"]] = (_unqualified(port.attrib["binding"]), address)
        used = {"versionURI"}
        for operation in self._root.iterfind(f"{_WSDL}portType/{_WSDL}operation"):
            request, response = (
                self._element_of(self._child(operation, _WSDL + direction)) for direction in ("input", "output")
            )
            used |= {request.attrib["name"], response.attrib["name"]}
            facts = self._operation(operation, request, response)
            _put(self._description.operations, operation.attrib["name"], facts, self._file)
        own = self._root.attrib["targetNamespace"].rpartition(":")[2] + ":"
        declared = {fault for facts in self._description.operations.values() for _name, fault in facts.faults}
        for name, node in self._elements.items():
            of = node.attrib.get("type", "")
            if name not in used and (of.startswith(own) or _unqualified(of) in declared):
                self._description.fault_elements[name] = of

    def _operation(self, operation: ET.Element, request: ET.Element, response: ET.Element) -> OperationFacts:
        name = operation.attrib["name"]
        binding = self._bindings.get(name)
        if binding is None:
            raise DeriveError(f"{self._file}: operation {name} has no binding")
        faults = tuple(
            (fault.attrib["name"], _unqualified(self._element_of(fault).attrib["type"]))
            for fault in operation.findall(_WSDL + "fault")
        )
        return OperationFacts(
            _unqualified(request.attrib["type"]),
            next(iter(_sequence(self._child(response, _XSD + "complexType"))), None),
            faults,
            tuple(fault.attrib["name"] for fault in binding.findall(_WSDL + "fault")),
            self._child(binding, _SOAP + "operation").attrib["soapAction"],
        )

    def _element_of(self, node: ET.Element) -> ET.Element:
        """The element that the message of an input, output or fault carries."""
        message = _unqualified(node.attrib["message"])
        element = self._elements.get(self._messages.get(message, ""))
        if element is None:
            raise DeriveError(f"{self._file}: message {message} leads to no element")
        return element

    def _child(self, node: ET.Element, tag: str) -> ET.Element:
        child = node.find(tag)
        if child is None:
            raise DeriveError(f"{self._file}: {_local(node.tag)} {node.attrib.get('name', '')} without {_local(tag)}")
        return child


def _unqualified(name: str) -> str:
    return name.rpartition(":")[2]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
