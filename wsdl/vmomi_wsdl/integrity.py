"""Checks that a derived API is whole before it is written."""

from collections import Counter
from typing import List, Optional

from .api import Api, ComplexType
from .errors import DeriveError


def check(api: Api) -> None:
    """Raises `DeriveError` for a type that is named but absent, and for a name defined twice."""
    problems = _absent(api) + _duplicates(api)
    if problems:
        raise DeriveError(f"{api.service.name} {api.version} is not whole: {'; '.join(problems[:8])}")


def _absent(api: Api) -> List[str]:
    defined = {
        f"{content.part.prefix}:{definition.name}" for content in api.contents for definition in content.definitions
    }
    absent: List[str] = []

    def need(owner: str, name: Optional[str]) -> None:
        if name is not None and not name.startswith("xsd:") and name not in defined:
            absent.append(f"{owner} needs {name}")

    for definition in api.definitions():
        if isinstance(definition, ComplexType):
            need(definition.name, definition.base)
            for element in definition.elements:
                need(f"{definition.name}.{element.name}", element.type.name)
    for operation in api.operations():
        for element in operation.elements():
            need(f"{operation.name}.{element.name}", element.type.name)
        for fault in operation.faults:
            need(operation.name, fault)
    return absent


def _duplicates(api: Api) -> List[str]:
    duplicates: List[str] = []
    for content in api.contents:
        names = Counter(definition.name for definition in content.definitions)
        names.update(operation.request_type for operation in content.operations)
        duplicates += [f"{name} is defined twice" for name, count in names.items() if count > 1]
    return duplicates
