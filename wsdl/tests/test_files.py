"""What is written: the shape of the files, that they say what was derived, and that they never vary."""

import json
import unittest
import xml.etree.ElementTree as ET
from dataclasses import replace

from vmomi_wsdl.conformance.reading import read_set
from vmomi_wsdl.derivation import derive
from vmomi_wsdl.extensions import Importer
from vmomi_wsdl.files import render, render_set

from . import fixture


class Files(unittest.TestCase):
    def setUp(self) -> None:
        self.files = render(derive(fixture.tables(), fixture.VIM25, ""), fixture.ORIGIN)

    def test_the_set_has_the_structure_of_vmwares(self) -> None:
        self.assertEqual(
            sorted(self.files),
            ["ORIGIN.md", "catalog.json", "core-types.xsd", "vim-messagetypes.xsd", "vim-types.xsd", "vim.wsdl", "vimService.wsdl"],
        )
        self.assertIn('<include schemaLocation="core-types.xsd" />', self.files["vim-types.xsd"])
        self.assertIn('<include schemaLocation="vim-messagetypes.xsd" />', self.files["vim.wsdl"])
        self.assertIn('<import location="vim.wsdl" namespace="urn:vim25" />', self.files["vimService.wsdl"])

    def test_the_same_tables_give_the_same_bytes(self) -> None:
        again = render(derive(fixture.tables(), fixture.VIM25, ""), fixture.ORIGIN)
        self.assertEqual(self.files, again)

    def test_elements_are_written_as_vmware_writes_them(self) -> None:
        text = self.files["vim-types.xsd"]
        self.assertIn('               <element name="size" type="xsd:long" />\n', text)
        self.assertIn('<element name="error" type="vim25:LocalizedMethodFault" minOccurs="0" maxOccurs="unbounded" />', text)
        self.assertIn('      <restriction base="xsd:string">\n         <enumeration value="on" />\n', text)

    def test_read_back_the_set_says_what_was_derived(self) -> None:
        texts = render_set(derive(fixture.tables(), fixture.VIM25, ""), fixture.ORIGIN)
        read = read_set({name: text.encode("utf-8") for name, text in texts.items()})
        self.assertEqual(read.types["Disk"].base, "vim25:DynamicData")
        self.assertIsNone(read.types["MethodFault"].base)
        self.assertEqual(read.types["ManagedObjectReference"].attributes, (("type", "xsd:string"),))
        start = read.operations["Start_Task"]
        self.assertEqual(start.soap_action, "urn:vim25/6.0")
        self.assertEqual([fault for fault, _ in start.faults], ["VeryBrokenFault", "RuntimeFault"])
        self.assertEqual([e.name for e in read.types["StartRequestType"].elements], ["_this", "spec", "host"])
        self.assertIn("BrokenFault", read.fault_elements)

    def test_parts_of_another_namespace_are_imported(self) -> None:
        core, vim = fixture.VIM25.parts
        other = replace(core, name="extra", table=None, namespace="urn:extra", uses=("core",))
        service = replace(fixture.VIM25, parts=(core, other, replace(vim, uses=("core", "extra"))))
        files = render_set(derive(fixture.tables(), service, ""), fixture.ORIGIN)
        self.assertIn('<import namespace="urn:extra" schemaLocation="extra-types.xsd" />', files["vim-types.xsd"])
        self.assertIn('xmlns:extra="urn:extra"', files["vim-types.xsd"])
        self.assertIn('targetNamespace="urn:extra"', files["extra-types.xsd"])
        for text in files.values():
            ET.fromstring(text.encode("utf-8"))


class Beside(unittest.TestCase):
    """A service whose types build on another's, in a folder beside it."""

    def setUp(self) -> None:
        self.files = render(derive(fixture.pod_tables(), fixture.POD_SERVICE, ""), fixture.ORIGIN)

    def test_what_it_shares_is_imported_and_not_written_again(self) -> None:
        self.assertEqual(
            sorted(self.files),
            ["ORIGIN.md", "catalog.json", "pod-messagetypes.xsd", "pod-types.xsd", "pod.wsdl", "podService.wsdl"],
        )
        for name in ("pod-types.xsd", "pod-messagetypes.xsd", "pod.wsdl"):
            self.assertIn('<import namespace="urn:vim25" schemaLocation="../vim25/vim-types.xsd" />', self.files[name])
        self.assertIn('<extension base="vim25:MachineSpec">', self.files["pod-types.xsd"])
        self.assertIn("imports them from `../vim25/`", self.files["ORIGIN.md"])

    def test_its_catalogue_is_about_its_own_types_alone(self) -> None:
        catalog = json.loads(self.files["catalog.json"])
        self.assertEqual(list(catalog["data_objects"]), ["PodCase", "Jammed", "PodContent"])
        self.assertEqual(catalog["data_objects"]["PodContent"]["since"], "1.0")
        self.assertEqual(catalog["data_objects"]["PodContent"]["fields"]["owner"]["target"], "Machine")
        self.assertEqual(list(catalog["managed_objects"]), ["PodShelf"])

    def test_its_interface_has_its_own_faults_and_those_that_it_declares(self) -> None:
        read = read_set({name: text.encode("utf-8") for name, text in self.files.items() if name.endswith("l")})
        self.assertEqual(
            read.fault_elements,
            {"JammedFault": "pod:Jammed", "BrokenFault": "vim25:Broken", "RuntimeFaultFault": "vim25:RuntimeFault"},
        )


class Catalog(unittest.TestCase):
    def setUp(self) -> None:
        self.text = render(derive(fixture.tables(), fixture.VIM25, ""), fixture.ORIGIN)["catalog.json"]
        self.catalog = json.loads(self.text)

    def test_head(self) -> None:
        self.assertEqual(self.catalog["format"], 1)
        self.assertEqual(
            self.catalog["service"],
            {"name": "vim25", "namespace": "urn:vim25", "version": "6.0", "endpoint": "/sdk"},
        )
        self.assertEqual(self.catalog["origin"], fixture.ORIGIN._asdict())
        self.assertEqual(self.catalog["versions"], ["2.0", "2.5", "6.0"])

    def test_data_objects(self) -> None:
        disk = self.catalog["data_objects"]["Disk"]
        self.assertEqual((disk["since"], disk["vmodl"]), ("2.0", "vim.Disk"))
        self.assertEqual(disk["fields"]["late"], {"since": "6.0"})
        self.assertEqual(disk["fields"]["owner"], {"since": "2.0", "target": "Machine"})
        self.assertEqual(disk["fields"]["password"], {"since": "2.0", "secret": True})
        slot = self.catalog["data_objects"]["TraySlot"]
        self.assertEqual((slot["since"], slot["fields"]["index"]), ("6.0", {"since": "6.0"}))
        self.assertEqual(self.catalog["enums"]["DiskState"], {"since": "2.0", "vmodl": "vim.Disk.State"})

    def test_what_another_service_extends_is_open(self) -> None:
        importers = [Importer(fixture.POD_SERVICE, fixture.pod_tables())]
        text = render(derive(fixture.tables(), fixture.VIM25, "", importers), fixture.ORIGIN)["catalog.json"]
        objects = json.loads(text)["data_objects"]
        self.assertIs(objects["MachineSpec"]["open"], True)
        self.assertNotIn("open", objects["Disk"])
        self.assertNotIn('"open"', self.text)

    def test_managed_objects(self) -> None:
        machine = self.catalog["managed_objects"]["Machine"]
        self.assertEqual(machine["base"], "Entity")
        self.assertEqual(
            machine["properties"]["peer"],
            {"type": "ManagedObjectReference", "target": "Machine", "list": True, "optional": True, "since": "2.5"},
        )
        entity = self.catalog["managed_objects"]["Entity"]
        self.assertNotIn("base", entity)
        self.assertEqual(
            entity["properties"]["name"], {"type": "xsd:string", "since": "2.0", "privilege": "System.View"}
        )

    def test_operations(self) -> None:
        operations = self.catalog["operations"]
        self.assertEqual(
            operations["Start_Task"],
            {
                "owner": "Machine",
                "since": "2.0",
                "vmodl": "start",
                "privilege": "Machine.Start",
                "parameters": {
                    "spec": {"since": "2.0"},
                    "host": {"since": "6.0", "target": "Entity", "privilege": "Host.Use"},
                },
                "result": {"target": "Task", "task_result": {"type": "Tray", "list": True, "optional": True}},
            },
        )
        self.assertEqual(operations["Reset_Task"]["result"], {"target": "Task", "task_result": None})
        self.assertNotIn("result", operations["Stop"])

    def test_every_member_has_a_line_of_its_own(self) -> None:
        lines = self.text.splitlines()
        self.assertIn('      "owner": {"since": "2.0", "target": "Machine"},', lines)
        self.assertIn('    "DiskState": {"since": "2.0", "vmodl": "vim.Disk.State"}', lines)
