"""Reads pyvmomi's `_typeinfo_*.py` tables without running them.

The tables are Python source, but all they hold is a sequence of calls with literal arguments. They
are read with `ast`, so none of pyvmomi's code is executed, and whatever is not one of the known calls
is refused by name instead of being skipped.
"""

import ast
from dataclasses import dataclass, field
from typing import Callable, Dict, Iterable, List, NamedTuple, Optional, Tuple

from .errors import DeriveError

F_LINK, F_LINKABLE, F_OPTIONAL, F_SECRET = 1, 2, 4, 8
_FLAGS = {
    "F_LINK": F_LINK,
    "F_LINKABLE": F_LINKABLE,
    "F_OPTIONAL": F_OPTIONAL,
    "F_SECRET": F_SECRET,
}


class Member(NamedTuple):
    """A field of a data object, a property of a managed object, or a parameter of a method."""

    name: str
    type: str
    version: str
    flags: int
    privilege: Optional[str] = None

    @property
    def optional(self) -> bool:
        return bool(self.flags & F_OPTIONAL)

    @property
    def secret(self) -> bool:
        return bool(self.flags & F_SECRET)

    @property
    def link(self) -> bool:
        return bool(self.flags & F_LINK)


class DataType(NamedTuple):
    """A data object, or a fault: the tables tell them apart by ancestry alone."""

    vmodl: str
    wire: str
    base: str
    version: str
    fields: Tuple[Member, ...]


class EnumType(NamedTuple):
    vmodl: str
    wire: str
    version: str
    values: Tuple[str, ...]


class Method(NamedTuple):
    """`result` is what the wire carries, `outcome` what the caller finally gets: they differ for tasks."""

    vmodl: str
    wire: str
    version: str
    parameters: Tuple[Member, ...]
    result_flags: int
    result: str
    outcome: str
    privilege: Optional[str]
    faults: Tuple[str, ...]

    @property
    def result_optional(self) -> bool:
        return bool(self.result_flags & F_OPTIONAL)


class ManagedType(NamedTuple):
    vmodl: str
    wire: str
    base: str
    version: str
    properties: Tuple[Member, ...]
    methods: Tuple[Method, ...]


class Version(NamedTuple):
    """One API version; `id` is what follows the slash in `urn:vim25/9.1.1.0`, empty for internal ones."""

    name: str
    namespace: str
    id: str
    service_namespace: str


@dataclass
class Tables:
    """The rows of one or more tables, each kind in the order of its table; `homes` tells the table of each type."""

    versions: Dict[str, Version] = field(default_factory=dict)
    parents: Dict[str, set] = field(default_factory=dict)
    newest: List[str] = field(default_factory=list)
    data_types: List[DataType] = field(default_factory=list)
    enum_types: List[EnumType] = field(default_factory=list)
    managed_types: List[ManagedType] = field(default_factory=list)
    order: List[str] = field(default_factory=list)
    homes: Dict[str, str] = field(default_factory=dict)


def file_name(table: str) -> str:
    """The file of the table called `table`, without its folder."""
    return f"_typeinfo_{table}.py"


def parse_table(table: str, text: str) -> Tables:
    """Parses the source text of one table.

    Raises `DeriveError`, naming file and line, on anything that is not a table row.
    """
    tables = Tables()
    file = file_name(table)
    try:
        module = ast.parse(text, filename=file)
    except SyntaxError as error:
        raise DeriveError(f"{file}:{error.lineno}: not Python source: {error.msg}") from error
    for statement in module.body:
        try:
            _read_statement(statement, tables)
        except (_Refused, TypeError, ValueError) as error:
            raise DeriveError(
                f"{file}:{statement.lineno}: {error}",
                "This tool does not know this form of the tables; it was written for the pinned pyvmomi.",
            ) from error
    tables.homes = dict.fromkeys(tables.order, table)
    return tables


def join(parsed: Iterable[Tables]) -> Tables:
    """The rows of several tables as one.

    Raises `DeriveError` if two of them define the same type, or disagree on a version.
    """
    joined = Tables()
    for tables in parsed:
        for name, version in tables.versions.items():
            if joined.versions.setdefault(name, version) != version:
                raise DeriveError(f"two tables declare version {name} with different facts")
        for name, parents in tables.parents.items():
            joined.parents.setdefault(name, set()).update(parents)
        for name, table in tables.homes.items():
            if joined.homes.setdefault(name, table) != table:
                raise DeriveError(f"the tables {joined.homes[name]} and {table} both define {name}")
        joined.newest += tables.newest
        joined.data_types += tables.data_types
        joined.enum_types += tables.enum_types
        joined.managed_types += tables.managed_types
        joined.order += tables.order
    return joined


class _Refused(Exception):
    pass


def _read_statement(statement: ast.stmt, tables: Tables) -> None:
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        raise _Refused(f"expected a call, found {type(statement).__name__}")
    call = statement.value
    function = ast.unparse(call.func)
    reader = _READERS.get(function)
    if reader is None:
        raise _Refused(f"unknown call {function}(...)")
    if call.keywords:
        raise _Refused(f"{function}(...) has keyword arguments")
    reader(tables, *(_value(argument) for argument in call.args))


def _value(node: ast.expr):
    """The value of a literal argument: constants, lists, tuples, and flags joined with `|`."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        return tuple(_value(element) for element in node.elts)
    if isinstance(node, ast.Name) and node.id in _FLAGS:
        return _FLAGS[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _value(node.left) | _value(node.right)
    raise _Refused(f"not a literal: {ast.unparse(node)[:60]}")


def _add_version(tables: Tables, name, namespace, version_id, _legacy, service_namespace) -> None:
    version = Version(name, namespace, version_id, service_namespace)
    known = tables.versions.setdefault(name, version)
    if known != version:
        raise _Refused(f"version {name} is declared twice with different facts")


def _add_parent(tables: Tables, version, parent) -> None:
    tables.parents.setdefault(version, set()).add(parent)


def _add_newest(tables: Tables, version) -> None:
    tables.newest.append(version)


def _add_data_type(tables: Tables, vmodl, wire, base, version, fields) -> None:
    tables.order.append(vmodl)
    tables.data_types.append(DataType(vmodl, wire, base, version, _members(fields)))


def _add_enum_type(tables: Tables, vmodl, wire, version, values) -> None:
    tables.order.append(vmodl)
    tables.enum_types.append(EnumType(vmodl, wire, version, tuple(values or ())))


def _add_managed_type(tables: Tables, vmodl, wire, base, version, properties, methods) -> None:
    tables.order.append(vmodl)
    rows = tuple(_method(*row) for row in methods or ())
    tables.managed_types.append(ManagedType(vmodl, wire, base, version, _members(properties), rows))


def _method(vmodl, wire, version, parameters, result, privilege, faults) -> Method:
    flags, wire_result, outcome = result
    return Method(
        vmodl, wire, version, _members(parameters), flags, wire_result, outcome, privilege, tuple(faults or ())
    )


def _members(rows) -> Tuple[Member, ...]:
    return tuple(Member(*row) for row in rows or ())


def _ignored(_tables: Tables, *_arguments) -> None:
    """Rows that say nothing about the API: maturity marks and counts of breaking changes."""


_READERS: Dict[str, Callable] = {
    "AddVersion": _add_version,
    "AddVersionParent": _add_parent,
    "newestVersions.Add": _add_newest,
    "ltsVersions.Add": _ignored,
    "oldestVersions.Add": _ignored,
    # Of releases before 9.0.0.0.
    "dottedVersions.Add": _ignored,
    "AddBreakingChangesInfo": _ignored,
    "CreateDataType": _add_data_type,
    "CreateEnumType": _add_enum_type,
    "CreateManagedType": _add_managed_type,
}
