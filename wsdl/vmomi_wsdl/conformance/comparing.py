"""Compares two sets type by type and operation by operation."""

from typing import Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple

from .reading import Description, ElementFacts, EnumFacts, OperationFacts, TypeFacts


class Difference(NamedTuple):
    """What differs: `aspect` is the kind of difference, `subject` the type, field or operation.

    `ours` is what was derived, `theirs` what VMware's file says; either is empty where there is nothing.
    """

    aspect: str
    subject: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        if not self.ours and not self.theirs:
            return f"{self.aspect}: {self.subject}"
        return f"{self.aspect}: {self.subject}: derived {self.ours or 'none'}, VMware's {self.theirs or 'none'}"


def compare(ours: Description, theirs: Description) -> List[Difference]:
    """All differences, sorted; sets without any WSDL are compared in their types alone."""
    found: List[Difference] = []
    with_operations = bool(theirs.operations)
    found += _presence("type", _relevant(ours.types, with_operations), theirs.types)
    found += _presence("enum", ours.enums, theirs.enums)
    for name in theirs.types:
        if name in ours.types:
            found += _types(name, ours.types[name], theirs.types[name])
    for name, facts in theirs.enums.items():
        if name in ours.enums:
            found += _enums(name, ours.enums[name], facts)
    if with_operations:
        found += _presence("operation", ours.operations, theirs.operations)
        for name, operation in theirs.operations.items():
            if name in ours.operations:
                found += _operations(name, ours.operations[name], operation)
        found += _presence("fault element", ours.fault_elements, theirs.fault_elements)
        found += _value("services", "", str(ours.services), str(theirs.services))
    return sorted(found)


def _relevant(types: Dict[str, TypeFacts], with_operations: bool) -> Iterable[str]:
    return [name for name, facts in types.items() if with_operations or "messagetypes" not in facts.file]


def _presence(kind: str, ours: Iterable[str], theirs: Iterable[str]) -> Iterator[Difference]:
    ours, theirs = set(ours), set(theirs)
    for name in ours - theirs:
        yield Difference(f"{kind} only derived", name, "", "")
    for name in theirs - ours:
        yield Difference(f"{kind} only in VMware's", name, "", "")


def _value(aspect: str, subject: str, ours: Optional[str], theirs: Optional[str]) -> Iterator[Difference]:
    if ours != theirs:
        yield Difference(aspect, subject, ours or "", theirs or "")


def _types(name: str, ours: TypeFacts, theirs: TypeFacts) -> Iterator[Difference]:
    yield from _value("file", name, ours.file, theirs.file)
    yield from _value("kind", name, ours.kind, theirs.kind)
    yield from _value("base", name, ours.base, theirs.base)
    yield from _value("attributes", name, str(ours.attributes), str(theirs.attributes))
    yield from _elements(name, ours.elements, theirs.elements)


def _elements(owner: str, ours: Tuple[ElementFacts, ...], theirs: Tuple[ElementFacts, ...]) -> Iterator[Difference]:
    our_names, their_names = [e.name for e in ours], [e.name for e in theirs]
    yield from _presence("element", (f"{owner}.{n}" for n in our_names), (f"{owner}.{n}" for n in their_names))
    our_shared = [name for name in our_names if name in their_names]
    their_shared = [name for name in their_names if name in our_names]
    yield from _value("order", owner, " ".join(our_shared), " ".join(their_shared))
    by_name = {element.name: element for element in theirs}
    for element in ours:
        if element.name in by_name:
            yield from _element(f"{owner}.{element.name}", element, by_name[element.name])


def _element(subject: str, ours: Optional[ElementFacts], theirs: Optional[ElementFacts]) -> Iterator[Difference]:
    if ours is None or theirs is None:
        yield from _value("result", subject, ours and ours.type, theirs and theirs.type)
        return
    yield from _value("element type", subject, ours.type, theirs.type)
    yield from _value("minOccurs", subject, ours.min_occurs, theirs.min_occurs)
    yield from _value("maxOccurs", subject, ours.max_occurs, theirs.max_occurs)


def _enums(name: str, ours: EnumFacts, theirs: EnumFacts) -> Iterator[Difference]:
    yield from _value("file", name, ours.file, theirs.file)
    yield from _presence("value", (f"{name}.{v}" for v in ours.values), (f"{name}.{v}" for v in theirs.values))
    our_shared = [value for value in ours.values if value in theirs.values]
    their_shared = [value for value in theirs.values if value in ours.values]
    yield from _value("value order", name, " ".join(our_shared), " ".join(their_shared))


def _operations(name: str, ours: OperationFacts, theirs: OperationFacts) -> Iterator[Difference]:
    yield from _value("request type", name, ours.request_type, theirs.request_type)
    yield from _element(f"{name}.returnval", ours.result, theirs.result)
    yield from _presence("fault", (f"{name}.{f}" for f, _ in ours.faults), (f"{name}.{f}" for f, _ in theirs.faults))
    our_shared = [fault for fault in ours.faults if fault in theirs.faults]
    their_shared = [fault for fault in theirs.faults if fault in ours.faults]
    yield from _value("fault order", name, str(our_shared), str(their_shared))
    yield from _value("bound faults", name, str([f for f, _ in ours.faults]), str(list(ours.bound)))
    yield from _value("soapAction", name, ours.soap_action, theirs.soap_action)
