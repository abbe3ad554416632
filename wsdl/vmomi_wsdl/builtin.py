"""Rows that the tables lack or hold differently from the wire, each with its reason."""

from dataclasses import replace
from typing import Dict, FrozenSet, List

from .errors import DeriveError
from .tables import F_OPTIONAL, DataType, Member, Tables

_BASE = "vmodl.version.version0"
_FAULT_DETAIL = "vmodl.version.version1"

# pyvmomi builds these three in code when it loads DynamicData, so no table lists them.
_ADDED = (
    DataType(
        "vmodl.LocalizedMethodFault",
        "LocalizedMethodFault",
        "vmodl.DynamicData",
        _BASE,
        (
            Member("fault", "vmodl.MethodFault", _BASE, 0),
            Member("localizedMessage", "string", _BASE, F_OPTIONAL),
        ),
    ),
    DataType(
        "vmodl.MethodFault",
        "MethodFault",
        "vmodl.DataObject",
        _BASE,
        (
            Member("faultCause", "vmodl.MethodFault", _FAULT_DETAIL, F_OPTIONAL),
            Member("faultMessage", "vmodl.LocalizableMessage[]", _FAULT_DETAIL, F_OPTIONAL),
        ),
    ),
    DataType("vmodl.RuntimeFault", "RuntimeFault", "vmodl.MethodFault", _BASE, ()),
)

# An early extension mechanism that VMware's schemas stopped listing after 5.5 and no server fills.
_REMOVED_FIELDS: Dict[str, FrozenSet[str]] = {
    "vmodl.DynamicArray": frozenset({"dynamicType"}),
    "vmodl.DynamicData": frozenset({"dynamicType", "dynamicProperty"}),
}


def with_builtin_types(tables: Tables) -> Tables:
    """The tables with the built-in rows put in and the obsolete fields taken out.

    Raises `DeriveError` when a correction no longer applies, so that none outlives its reason.
    """
    rows: List[DataType] = []
    removed = set()
    for row in tables.data_types:
        obsolete = _REMOVED_FIELDS.get(row.vmodl, frozenset())
        kept = tuple(field for field in row.fields if field.name not in obsolete)
        if obsolete and len(kept) + len(obsolete) == len(row.fields):
            removed.add(row.vmodl)
        rows.append(row._replace(fields=kept))
    missing = sorted(set(_REMOVED_FIELDS) - removed)
    present = sorted({row.vmodl for row in rows} & {row.vmodl for row in _ADDED})
    if missing or present:
        raise DeriveError(f"corrections that no longer apply: {', '.join(missing + present)}")
    return replace(tables, data_types=list(_ADDED) + rows)
