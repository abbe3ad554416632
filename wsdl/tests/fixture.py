"""A tiny set of tables in pyvmomi's form, made for the tests: two versions, one of each kind of type."""

from dataclasses import replace

from vmomi_wsdl.services import Part, Service
from vmomi_wsdl.tables import Tables, join, parse_table
from vmomi_wsdl.pins import Pin

ORIGIN = Pin("pyvmomi", "0.0", "0" * 64)

VERSIONS = """
from .VmomiSupport import AddVersion, AddVersionParent
AddVersion("vmodl.version.version0", "", "", 0, "vim25")
AddVersion("vmodl.version.version1", "", "", 0, "vim25")
AddVersion("vim.version.version1", "vim2", "2.0", 0, "vim25")
AddVersion("vim.version.version2", "vim25", "2.5", 0, "vim25")
AddVersion("vim.version.version10", "vim25", "6.0", 0, "vim25")
AddVersionParent("vmodl.version.version1", "vmodl.version.version0")
AddVersionParent("vim.version.version1", "vmodl.version.version0")
AddVersionParent("vim.version.version2", "vmodl.version.version0")
AddVersionParent("vim.version.version2", "vim.version.version1")
AddVersionParent("vim.version.version10", "vmodl.version.version0")
AddVersionParent("vim.version.version10", "vmodl.version.version1")
AddVersionParent("vim.version.version10", "vim.version.version1")
AddVersionParent("vim.version.version10", "vim.version.version2")
newestVersions.Add("vim.version.version10")
ltsVersions.Add("vim.version.version10")
oldestVersions.Add("vim.version.version1")
"""

CORE = """
CreateDataType("vmodl.DynamicArray", "DynamicArray", "vmodl.DataObject", "vmodl.version.version0", [("dynamicType", "string", "vmodl.version.version0", F_OPTIONAL), ("val", "anyType[]", "vmodl.version.version0", 0)])
CreateDataType("vmodl.DynamicData", "DynamicData", "vmodl.DataObject", "vmodl.version.version0", [("dynamicType", "string", "vmodl.version.version0", F_OPTIONAL), ("dynamicProperty", "vmodl.DynamicProperty[]", "vmodl.version.version0", F_OPTIONAL)])
CreateDataType("vmodl.DynamicProperty", "DynamicProperty", "vmodl.DataObject", "vmodl.version.version0", [("name", "vmodl.PropertyPath", "vmodl.version.version0", 0), ("val", "anyType", "vmodl.version.version0", 0)])
CreateDataType("vmodl.LocalizableMessage", "LocalizableMessage", "vmodl.DynamicData", "vmodl.version.version1", [("key", "string", "vmodl.version.version1", 0)])
"""

VIM = """
CreateDataType("vim.Disk", "Disk", "vmodl.DynamicData", "vim.version.version1", [("size", "long", "vim.version.version1", 0), ("early", "boolean", "vim.version.version2", 0), ("late", "boolean", "vim.version.version10", 0), ("label", "string", "vim.version.version1", F_OPTIONAL), ("password", "string", "vim.version.version1", F_OPTIONAL | F_SECRET), ("adapter", "vim.Disk[]", "vim.version.version1", F_LINK | F_OPTIONAL), ("owner", "vim.Machine", "vim.version.version1", F_OPTIONAL), ("state", "vim.Disk.State", "vim.version.version1", 0), ("error", "vmodl.MethodFault[]", "vim.version.version1", F_OPTIONAL)])
CreateEnumType("vim.Disk.State", "DiskState", "vim.version.version1", ["on", "off"])
CreateDataType("vim.Machine.Spec", "MachineSpec", "vmodl.DynamicData", "vim.version.version1", [("disk", "vim.Disk[]", "vim.version.version1", 0)])
CreateDataType("vim.Tray", "Tray", "vmodl.DynamicData", "vim.version.version10", None)
CreateDataType("vim.Tray.Slot", "TraySlot", "vmodl.DynamicData", "vmodl.version.version0", [("index", "int", "vmodl.version.version0", 0)])
CreateDataType("vim.fault.Broken", "Broken", "vmodl.MethodFault", "vim.version.version1", [("part", "string", "vim.version.version1", 0)])
CreateDataType("vim.fault.VeryBroken", "VeryBroken", "vim.fault.Broken", "vim.version.version1", None)
CreateManagedType("vim.Entity", "Entity", "vmodl.ManagedObject", "vim.version.version1", [("name", "string", "vim.version.version1", 0, "System.View")], None)
CreateManagedType("vim.Machine", "Machine", "vim.Entity", "vim.version.version1", [("disk", "vim.Disk[]", "vim.version.version1", F_OPTIONAL, None), ("peer", "vim.Machine[]", "vim.version.version2", F_OPTIONAL, None)], [("start", "Start_Task", "vim.version.version1", (("spec", "vim.Machine.Spec", "vim.version.version1", 0, None),("host", "vim.Entity", "vim.version.version10", F_OPTIONAL, "Host.Use"),), (F_OPTIONAL, "vim.Task", "vim.Tray[]"), "Machine.Start", ["vim.fault.VeryBroken", ]), ("stop", "Stop", "vim.version.version1", (), (0, "void", "void"), None, None), ("eject", "Eject", "vim.version.version10", (), (F_OPTIONAL, "vim.Tray", "vim.Tray"), None, None), ("reset", "Reset_Task", "vim.version.version1", (), (0, "vim.Task", "void"), None, None)])
CreateManagedType("vim.Task", "Task", "vmodl.ManagedObject", "vim.version.version1", None, None)
"""

# A service beside the other, with a namespace of its own and types that build on the other's.
POD = """
AddVersion("pod.version.version1", "pod", "1.0", 0, "pod")
AddVersionParent("pod.version.version1", "vmodl.version.version0")
AddVersionParent("pod.version.version1", "vim.version.version1")
AddVersionParent("pod.version.version1", "vim.version.version2")
newestVersions.Add("pod.version.version1")
CreateDataType("pod.Case", "PodCase", "vmodl.DynamicData", "pod.version.version1", [("disk", "vim.Disk[]", "pod.version.version1", 0), ("content", "vim.pod.Content", "pod.version.version1", 0)])
CreateDataType("vim.pod.Content", "PodContent", "vim.Machine.Spec", "vim.version.version2", [("owner", "vim.Machine", "pod.version.version1", F_OPTIONAL)])
CreateDataType("pod.fault.Jammed", "Jammed", "vmodl.MethodFault", "pod.version.version1", None)
CreateManagedType("pod.Shelf", "PodShelf", "vmodl.ManagedObject", "pod.version.version1", None, [("open", "PodOpen", "pod.version.version1", (("case", "pod.Case", "pod.version.version1", 0, None),), (0, "void", "void"), None, ["vim.fault.Broken", ])])
"""

# Rows of its next version, which builds on a newer one of the other service.
NEWER_POD = """
AddVersion("pod.version.version2", "pod", "2.0", 0, "pod")
AddVersionParent("pod.version.version2", "vmodl.version.version0")
AddVersionParent("pod.version.version2", "vmodl.version.version1")
AddVersionParent("pod.version.version2", "vim.version.version1")
AddVersionParent("pod.version.version2", "vim.version.version2")
AddVersionParent("pod.version.version2", "vim.version.version10")
AddVersionParent("pod.version.version2", "pod.version.version1")
CreateDataType("pod.Disk", "PodDisk", "vim.Disk", "pod.version.version2", None)
"""

_CORE_PART = Part("core", "urn:vim25", "core", has_messages=False)

VIM25 = Service(
    name="vim25",
    endpoint="/sdk",
    versions="vim",
    parts=(_CORE_PART, Part("vim", "urn:vim25", "vim", uses=("core",))),
    baselines=(("2.5", "2.5"),),
)

_SHARED = tuple(replace(part, has_messages=False, from_set="vim25") for part in VIM25.parts)

POD_SERVICE = Service(
    name="pod",
    endpoint="/pod/sdk",
    versions="pod",
    parts=(*_SHARED, Part("pod", "urn:pod", "pod", uses=("core", "vim"))),
    baselines=(),
)


def tables(*more: str) -> Tables:
    """The tables of `VIM25`, and any rows given besides."""
    texts = {"core": VERSIONS + CORE, "vim": "".join((VIM, *more))}
    return join(parse_table(name, text) for name, text in texts.items())


def pod_tables(*more: str) -> Tables:
    """The tables of `POD_SERVICE`, and any rows given besides."""
    return join((tables(), parse_table("pod", "".join((POD, *more)))))
