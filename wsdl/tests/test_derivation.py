"""The rules by which tables become WSDL, each on the smallest tables that show it."""

import unittest
from dataclasses import replace

from vmomi_wsdl.api import Api, ArrayType, ComplexType
from vmomi_wsdl.derivation import derive
from vmomi_wsdl.errors import DeriveError
from vmomi_wsdl.extensions import Importer

from . import fixture


def api(version: str = "", *more: str) -> Api:
    return derive(fixture.tables(*more), fixture.VIM25, version)


def elements(of: Api, name: str):
    found = next(d for d in of.definitions() if isinstance(d, ComplexType) and d.name == name)
    return {element.name: element for element in found.elements}


def operation(of: Api, name: str):
    return next(operation for operation in of.operations() if operation.name == name)


class Selection(unittest.TestCase):
    def test_newer_fields_types_and_operations_stay_out(self) -> None:
        old = api("2.0")
        self.assertEqual(list(elements(old, "Disk"))[:2], ["size", "label"])
        self.assertNotIn("Tray", [definition.name for definition in old.definitions()])
        self.assertNotIn("Eject", [operation.name for operation in old.operations()])
        self.assertEqual(old.versions, ["2.0"])

    def test_a_nested_type_waits_for_the_type_around_it(self) -> None:
        self.assertNotIn("TraySlot", [definition.name for definition in api("2.5").definitions()])
        slot = next(d for d in api().definitions() if d.name == "TraySlot")
        self.assertEqual(api().graph.service_versions[slot.since].id, "6.0")

    def test_fields_withdrawn_after_5_5_stay_out_from_6_0_on(self) -> None:
        self.assertIn("dynamicProperty", elements(api("2.5"), "DynamicData"))
        self.assertEqual(elements(api(), "DynamicData"), {})
        self.assertEqual(list(elements(api(), "MethodFault")), ["faultCause", "faultMessage"])


class Optionality(unittest.TestCase):
    def test_the_flag_decides_for_fields_as_old_as_their_type(self) -> None:
        disk = elements(api(), "Disk")
        self.assertFalse(disk["size"].optional)
        self.assertTrue(disk["label"].optional)

    def test_a_later_field_is_optional_unless_all_served_versions_have_it(self) -> None:
        disk = elements(api(), "Disk")
        self.assertTrue(disk["late"].optional)
        self.assertFalse(disk["early"].optional)

    def test_raising_the_baseline_makes_later_fields_required(self) -> None:
        raised = replace(fixture.VIM25, baselines=(("2.5", "2.5"), ("6.0", "6.0")))
        self.assertFalse(elements(derive(fixture.tables(), raised, ""), "Disk")["late"].optional)
        self.assertFalse(elements(derive(fixture.tables(), raised, "2.5"), "Disk")["early"].optional)


class Types(unittest.TestCase):
    def test_references_links_and_faults_as_values(self) -> None:
        disk = elements(api(), "Disk")
        self.assertEqual(disk["owner"].type.name, "vim25:ManagedObjectReference")
        self.assertEqual(disk["owner"].type.target, "Machine")
        self.assertEqual((disk["adapter"].type.name, disk["adapter"].type.is_list), ("xsd:string", True))
        self.assertEqual(disk["error"].type.name, "vim25:LocalizedMethodFault")
        self.assertEqual(elements(api(), "LocalizedMethodFault")["fault"].type.name, "vim25:MethodFault")

    def test_faults_are_told_by_ancestry(self) -> None:
        faults = {fault.name for _prefix, fault in api().faults()}
        self.assertLessEqual({"MethodFault", "RuntimeFault", "Broken", "VeryBroken"}, faults)
        self.assertNotIn("LocalizedMethodFault", faults)

    def test_array_types_exist_for_what_the_api_has_lists_of(self) -> None:
        arrays = {d.name: d for d in api().definitions() if isinstance(d, ArrayType)}
        # Disk by a field and a property, Tray by a task's result alone.
        self.assertEqual(arrays["ArrayOfDisk"].type, "vim25:Disk")
        self.assertIn("ArrayOfTray", arrays)
        self.assertNotIn("ArrayOfMachineSpec", arrays)
        self.assertEqual(arrays["ArrayOfMethodFault"].type, "vim25:MethodFault")
        self.assertIn("ArrayOfLocalizedMethodFault", arrays)

    def test_a_name_that_nothing_defines_is_refused(self) -> None:
        row = 'CreateDataType("vim.Odd", "Odd", "vmodl.DynamicData", "vim.version.version1", [("x", "vim.Nowhere", "vim.version.version1", 0)])'
        with self.assertRaisesRegex(DeriveError, "vim.Nowhere"):
            api("", row)

    def test_a_type_that_the_version_lacks_is_refused(self) -> None:
        row = 'CreateDataType("vim.Odd", "Odd", "vmodl.DynamicData", "vim.version.version1", [("x", "vim.Tray", "vim.version.version1", 0)])'
        with self.assertRaisesRegex(DeriveError, "Odd.x needs vim25:Tray"):
            api("2.5", row)

    def test_a_name_defined_twice_is_refused(self) -> None:
        row = 'CreateEnumType("vim.Other", "Disk", "vim.version.version1", ["a"])'
        with self.assertRaisesRegex(DeriveError, "Disk is defined twice"):
            api("", row)

    def test_a_built_in_type_that_the_tables_come_to_list_is_refused(self) -> None:
        row = 'CreateDataType("vmodl.RuntimeFault", "RuntimeFault", "vmodl.MethodFault", "vmodl.version.version0", None)'
        with self.assertRaisesRegex(DeriveError, "no longer apply.*vmodl.RuntimeFault"):
            api("", row)


class Operations(unittest.TestCase):
    def test_a_task_returns_a_reference_and_yields_its_outcome(self) -> None:
        start = operation(api(), "Start_Task")
        self.assertEqual(start.request_type, "StartRequestType")
        self.assertEqual((start.result.type.target, start.result.optional), ("Task", False))
        self.assertEqual((start.task_result.type.name, start.task_result.type.is_list), ("vim25:Tray", True))
        self.assertTrue(start.task_result.optional)
        self.assertEqual(start.faults, ("vim25:VeryBroken",))

    def test_other_results(self) -> None:
        self.assertIsNone(operation(api(), "Stop").result)
        self.assertTrue(operation(api(), "Eject").result.optional)
        reset = operation(api(), "Reset_Task")
        self.assertTrue(reset.is_task)
        self.assertIsNone(reset.task_result)

    def test_managed_objects_keep_their_own_properties_and_base(self) -> None:
        managed = {row.name: row for row in api("2.0").managed_objects}
        self.assertEqual(managed["Machine"].base, "Entity")
        self.assertIsNone(managed["Entity"].base)
        self.assertEqual([own.element.name for own in managed["Machine"].properties], ["disk"])


class AnotherService(unittest.TestCase):
    """A service with a namespace of its own that borrows the types of another is data alone."""

    def test_types_are_borrowed_and_operations_are_not(self) -> None:
        derived = derive(fixture.pod_tables(), fixture.POD_SERVICE, "")
        self.assertEqual(derived.version, "1.0")
        self.assertEqual([operation.name for operation in derived.operations()], ["PodOpen"])
        self.assertEqual([managed.name for managed in derived.managed_objects], ["PodShelf"])
        self.assertEqual(elements(derived, "PodCase")["disk"].type.name, "vim25:Disk")
        self.assertEqual(operation(derived, "PodOpen").faults, ("vim25:Broken",))

    def test_a_type_belongs_to_the_service_whose_table_has_it_whatever_its_package(self) -> None:
        derived = derive(fixture.pod_tables(), fixture.POD_SERVICE, "")
        self.assertEqual(elements(derived, "PodCase")["content"].type.name, "pod:PodContent")
        self.assertNotIn("Disk", [definition.name for definition in derived.definitions()])
        self.assertEqual(derived.counts()["data objects"], 3)

    def test_a_type_that_another_service_extends_is_open(self) -> None:
        importer = Importer(fixture.POD_SERVICE, fixture.pod_tables())
        derived = derive(fixture.tables(), fixture.VIM25, "", [importer])
        self.assertEqual(derived.open_types, {"vmodl.DynamicData", "vmodl.MethodFault", "vim.Machine.Spec"})
        self.assertEqual(api().open_types, frozenset())

    def test_a_type_is_open_from_the_version_on_that_what_extends_it_builds_on(self) -> None:
        importer = Importer(fixture.POD_SERVICE, fixture.pod_tables(fixture.NEWER_POD))
        opened = {version: derive(fixture.tables(), fixture.VIM25, version, [importer]).open_types for version in
                  ("2.0", "2.5", "6.0")}
        self.assertEqual(opened["2.0"], frozenset())
        self.assertIn("vim.Machine.Spec", opened["2.5"])
        self.assertNotIn("vim.Disk", opened["2.5"])
        self.assertIn("vim.Disk", opened["6.0"])

    def test_without_baselines_what_came_later_is_optional(self) -> None:
        unmeasured = replace(fixture.VIM25, baselines=())
        self.assertTrue(elements(derive(fixture.tables(), unmeasured, ""), "Disk")["early"].optional)
