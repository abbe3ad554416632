"""From VMODL type names to XSD ones."""

from typing import Dict, Optional

from .api import WireType
from .errors import DeriveError
from .services import Service
from .tables import DataType, Member, Tables

# Names of types and methods, and property paths, are plain strings on the wire.
SCALARS: Dict[str, str] = {
    "anyType": "xsd:anyType",
    "boolean": "xsd:boolean",
    "byte": "xsd:byte",
    "short": "xsd:short",
    "int": "xsd:int",
    "long": "xsd:long",
    "float": "xsd:float",
    "double": "xsd:double",
    "string": "xsd:string",
    "vmodl.Binary": "xsd:base64Binary",
    "vmodl.DateTime": "xsd:dateTime",
    "vmodl.MethodName": "xsd:string",
    "vmodl.PropertyPath": "xsd:string",
    "vmodl.TypeName": "xsd:string",
    "vmodl.URI": "xsd:anyURI",
}
ROOT_MANAGED_OBJECT = "vmodl.ManagedObject"
ROOT_DATA_OBJECT = "vmodl.DataObject"
ROOT_FAULT = "vmodl.MethodFault"
REFERENCE = "ManagedObjectReference"
LOCALIZED_FAULT = "LocalizedMethodFault"


class WireTypes:
    """Translates the VMODL names of one service's tables."""

    def __init__(self, tables: Tables, service: Service) -> None:
        self._prefixes = {part.table: part.prefix for part in service.parts}
        self._homes = tables.homes
        self._core = service.parts[0].prefix
        self._data = {row.vmodl: row for row in tables.data_types}
        self._enums = {row.vmodl: row for row in tables.enum_types}
        self._managed = {row.vmodl: row for row in tables.managed_types}

    def is_fault(self, vmodl: str) -> bool:
        """Whether the data type called `vmodl` is a fault, by ancestry."""
        name: Optional[str] = vmodl
        while name is not None and name != ROOT_FAULT:
            row = self._data.get(name)
            name = row.base if row else None
        return name == ROOT_FAULT

    def qualified(self, vmodl: str) -> str:
        """`vim25:AboutInfo` for `vim.AboutInfo`; data types and enums only."""
        row = self._data.get(vmodl) or self._enums.get(vmodl)
        if row is None:
            raise DeriveError(f"the tables name a type that they do not define: {vmodl}")
        return f"{self._prefixes[self._homes[vmodl]]}:{row.wire}"

    def of_field(self, owner: DataType, field: Member) -> WireType:
        """The type of a data object's field; the fault that `LocalizedMethodFault` wraps is the bare one."""
        if owner.wire == LOCALIZED_FAULT and field.type == ROOT_FAULT:
            return WireType(self.qualified(ROOT_FAULT))
        return self.of_member(field)

    def of_member(self, member: Member) -> WireType:
        """The type of a property or parameter. A link is carried as the linked object's key."""
        if member.link:
            return WireType("xsd:string", member.type.endswith("[]"))
        return self.of(member.type)

    def of(self, vmodl: str) -> WireType:
        """The type called `vmodl`, which may end in `[]`.

        A fault that is a value, rather than raised, travels as `LocalizedMethodFault`.
        """
        name = vmodl[:-2] if vmodl.endswith("[]") else vmodl
        is_list = name != vmodl
        if name in SCALARS:
            return WireType(SCALARS[name], is_list)
        if name == ROOT_MANAGED_OBJECT:
            return WireType(f"{self._core}:{REFERENCE}", is_list)
        if name in self._managed:
            return WireType(f"{self._core}:{REFERENCE}", is_list, self._managed[name].wire)
        if self.is_fault(name):
            return WireType(f"{self._core}:{LOCALIZED_FAULT}", is_list)
        return WireType(self.qualified(name), is_list)
