"""Where the tables and VMware's schemas disagree on the root types: each correction with its reason."""

from dataclasses import replace
from typing import Dict, FrozenSet, Optional

from .errors import DeriveError
from .tables import F_OPTIONAL, DataType, Member, Tables

_HOME = "core"
_BASE = "vmodl.version.version0"
_FAULT_DETAIL = "vmodl.version.version1"

_DYNAMIC_TYPE = Member("dynamicType", "string", _BASE, F_OPTIONAL)
_DYNAMIC_PROPERTY = Member("dynamicProperty", "vmodl.DynamicProperty[]", _BASE, F_OPTIONAL)

# pyvmomi builds these three in code when it loads DynamicData, so no table lists them. It also gives
# faults a field `msg`, and DynamicData as their base; neither is on the wire.
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
            _DYNAMIC_TYPE,
            _DYNAMIC_PROPERTY,
            Member("faultCause", "vmodl.MethodFault", _FAULT_DETAIL, F_OPTIONAL),
            Member("faultMessage", "vmodl.LocalizableMessage[]", _FAULT_DETAIL, F_OPTIONAL),
        ),
    ),
    DataType("vmodl.RuntimeFault", "RuntimeFault", "vmodl.MethodFault", _BASE, ()),
)

# An extension mechanism that no server fills; VMware's schemas list it up to 5.5 and not from 6.0 on.
_WITHDRAWN_FIELDS: Dict[str, FrozenSet[str]] = {
    "vmodl.DynamicArray": frozenset({"dynamicType"}),
    "vmodl.DynamicData": frozenset({"dynamicType", "dynamicProperty"}),
    "vmodl.MethodFault": frozenset({"dynamicType", "dynamicProperty"}),
}
_WITHDRAWN_IN = "vim.version.version10"


def with_builtin_types(tables: Tables) -> Tables:
    """The tables with the built-in rows put in.

    Raises `DeriveError` when a correction no longer applies, so that none outlives its reason.
    """
    known = {row.vmodl: {field.name for field in row.fields} for row in tables.data_types}
    twice = [row.vmodl for row in _ADDED if row.vmodl in known]
    known.update({row.vmodl: {field.name for field in row.fields} for row in _ADDED})
    gone = [owner for owner, names in _WITHDRAWN_FIELDS.items() if not names <= known.get(owner, set())]
    if twice or gone:
        raise DeriveError(f"corrections that no longer apply to the tables: {', '.join(twice + gone)}")
    return replace(
        tables,
        data_types=list(_ADDED) + tables.data_types,
        order=[row.vmodl for row in _ADDED] + tables.order,
        homes={**tables.homes, **{row.vmodl: _HOME for row in _ADDED}},
    )


def withdrawn_in(owner: str, field: str) -> Optional[str]:
    """The version from which on the field is no longer listed, if there is one."""
    return _WITHDRAWN_IN if field in _WITHDRAWN_FIELDS.get(owner, ()) else None
