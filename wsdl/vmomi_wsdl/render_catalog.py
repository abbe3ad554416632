"""Writes `catalog.json`: what the API has and WSDL cannot say."""

import json
from typing import Any, Dict, List

from .api import Api, ComplexType, Element, Enumeration, ManagedObject, Operation
from .pins import Pin
from .secrets import is_unmarked_secret
from .tables import Member

FORMAT = 1


def catalog_file(api: Api, origin: Pin) -> str:
    """The catalogue as JSON text, one member per line so that a change is a readable diff."""
    catalog = {
        "format": FORMAT,
        "origin": {"package": origin.package, "version": origin.version, "sha256": origin.sha256},
        "service": {
            "name": api.service.name,
            "namespace": api.service.own.namespace,
            "version": api.version,
            "endpoint": api.service.endpoint,
        },
        "versions": api.versions,
        "data_objects": {
            definition.name: _data_object(api, definition)
            for definition in api.definitions()
            if isinstance(definition, ComplexType)
        },
        "enums": {
            definition.name: {"since": _id(api, definition.since), "vmodl": definition.source.vmodl}
            for definition in api.definitions()
            if isinstance(definition, Enumeration)
        },
        "managed_objects": {managed.name: _managed_object(api, managed) for managed in api.managed_objects},
        "operations": {operation.name: _operation(api, operation) for operation in api.operations()},
    }
    return "\n".join(_lines(catalog)) + "\n"


def _id(api: Api, since: int) -> str:
    return api.graph.service_versions[since].id


def _data_object(api: Api, definition: ComplexType) -> Dict[str, Any]:
    sources = {field.name: field for field in definition.source.fields}
    facts: Dict[str, Any] = {"since": _id(api, definition.since), "vmodl": definition.source.vmodl}
    if definition.source.vmodl in api.open_types:
        facts["open"] = True
    facts["fields"] = {
        element.name: _member(api, definition.name, element, sources[element.name], definition.since)
        for element in definition.elements
    }
    return facts


def _member(api: Api, owner: str, element: Element, source: Member, owner_since: int) -> Dict[str, Any]:
    facts: Dict[str, Any] = {"since": _id(api, max(owner_since, api.graph.since(source.version)))}
    if element.type.target:
        facts["target"] = element.type.target
    if source.secret or is_unmarked_secret(owner, element.name):
        facts["secret"] = True
    if source.privilege:
        facts["privilege"] = source.privilege
    return facts


def _type(element: Element) -> Dict[str, Any]:
    name = element.type.name
    facts: Dict[str, Any] = {"type": name if name.startswith("xsd:") else name.rpartition(":")[2]}
    if element.type.target:
        facts["target"] = element.type.target
    if element.type.is_list:
        facts["list"] = True
    if element.optional:
        facts["optional"] = True
    return facts


def _managed_object(api: Api, managed: ManagedObject) -> Dict[str, Any]:
    facts: Dict[str, Any] = {}
    if managed.base:
        facts["base"] = managed.base
    facts["since"] = _id(api, managed.since)
    facts["vmodl"] = managed.source.vmodl
    facts["properties"] = {
        own.element.name: {**_type(own.element), **_member(api, managed.name, own.element, own.source, managed.since)}
        for own in managed.properties
    }
    return facts


def _operation(api: Api, operation: Operation) -> Dict[str, Any]:
    facts: Dict[str, Any] = {
        "owner": operation.owner,
        "since": _id(api, operation.since),
        "vmodl": operation.source.vmodl,
    }
    if operation.source.privilege:
        facts["privilege"] = operation.source.privilege
    sources = {parameter.name: parameter for parameter in operation.source.parameters}
    facts["parameters"] = {
        element.name: _member(api, operation.name, element, sources[element.name], operation.since)
        for element in operation.parameters
    }
    result: Dict[str, Any] = {}
    if operation.result and operation.result.type.target:
        result["target"] = operation.result.type.target
    if operation.is_task:
        result["task_result"] = _type(operation.task_result) if operation.task_result else None
    if result:
        facts["result"] = result
    return facts


def _lines(catalog: Dict[str, Any]) -> List[str]:
    """Top level and its sections spread over lines, as are the members of a section's entries."""
    lines = ["{"]
    for key, value, comma in _entries(catalog):
        if key == "versions" or not isinstance(value, dict) or key in ("origin", "service"):
            lines.append(f"  {json.dumps(key)}: {json.dumps(value)}{comma}")
            continue
        lines.append(f"  {json.dumps(key)}: {{")
        for name, facts, inner_comma in _entries(value):
            lines += _entry(name, facts, inner_comma)
        lines.append(f"  }}{comma}")
    return lines + ["}"]


def _entry(name: str, facts: Dict[str, Any], comma: str) -> List[str]:
    """One type or operation; its fields, properties or parameters, if any, take a line each."""
    members = next((key for key in ("fields", "properties", "parameters") if facts.get(key)), None)
    if members is None:
        return [f"    {json.dumps(name)}: {json.dumps(facts)}{comma}"]
    before = {key: value for key, value in facts.items() if key != members and key != "result"}
    opening = json.dumps(before)[:-1]
    lines = [f"    {json.dumps(name)}: {opening}, {json.dumps(members)}: {{"]
    for member, value, inner_comma in _entries(facts[members]):
        lines.append(f"      {json.dumps(member)}: {json.dumps(value)}{inner_comma}")
    after = f', "result": {json.dumps(facts["result"])}' if "result" in facts else ""
    return lines + [f"    }}{after}}}{comma}"]


def _entries(values: Dict[str, Any]):
    last = len(values) - 1
    for index, (key, value) in enumerate(values.items()):
        yield key, value, "" if index == last else ","
