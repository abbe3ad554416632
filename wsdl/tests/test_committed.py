"""The committed vim25 set: its numbers, and that the catalogue and the schemas speak of the same things."""

import json
import unittest
from pathlib import Path
from typing import Any, Dict

from vmomi_wsdl.conformance.reading import Description, read_set
from vmomi_wsdl.secrets import UNMARKED
from vmomi_wsdl.wheel import pin

FOLDER = Path(__file__).resolve().parents[1] / "vim25"

# pyvmomi builds these in code, so they are no rows of its tables.
BUILT_IN = {"MethodFault", "RuntimeFault", "LocalizedMethodFault"}


class Committed(unittest.TestCase):
    schemas: Description
    catalog: Dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        files = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in (".xsd", ".wsdl")}
        cls.schemas = read_set(files)
        cls.catalog = json.loads((FOLDER / "catalog.json").read_text(encoding="utf-8"))

    def test_it_comes_from_the_pinned_package(self) -> None:
        self.assertEqual(self.catalog["origin"], pin("pyvmomi")._asdict())

    def test_counts(self) -> None:
        self.assertEqual(len(self.catalog["data_objects"].keys() - BUILT_IN), 3027)
        self.assertLessEqual(BUILT_IN, self.catalog["data_objects"].keys())
        self.assertEqual(len(self.catalog["enums"]), 446)
        self.assertEqual(len(self.catalog["managed_objects"]), 140)
        self.assertEqual(len(self.catalog["operations"]), 975)

    def test_every_data_object_and_enum_is_in_both(self) -> None:
        others = {"ManagedObjectReference"} | {
            name for name in self.schemas.types if name.startswith("ArrayOf") or name.endswith("RequestType")
        }
        self.assertEqual(self.schemas.types.keys() - others, self.catalog["data_objects"].keys())
        self.assertEqual(self.schemas.enums.keys(), self.catalog["enums"].keys())
        for name, facts in self.catalog["data_objects"].items():
            elements = [element.name for element in self.schemas.types[name].elements]
            self.assertEqual(list(facts["fields"]), elements, name)

    def test_every_operation_is_in_both(self) -> None:
        self.assertEqual(self.schemas.operations.keys(), self.catalog["operations"].keys())
        for name, facts in self.catalog["operations"].items():
            request = self.schemas.types[self.schemas.operations[name].request_type]
            self.assertEqual(["_this", *facts["parameters"]], [element.name for element in request.elements], name)
            self.assertIn(facts["owner"], self.catalog["managed_objects"])

    def test_secrets_that_the_tables_do_not_mark_are_marked(self) -> None:
        for owner, members in UNMARKED.items():
            for section, key in (("data_objects", "fields"), ("operations", "parameters")):
                if owner in self.catalog[section]:
                    known = self.catalog[section][owner][key]
                    break
            else:
                self.fail(f"{owner} is neither a data object nor an operation")
            for member in members:
                self.assertTrue(known[member].get("secret"), f"{owner}.{member}")

    def test_what_the_catalogue_names_exists(self) -> None:
        managed = self.catalog["managed_objects"]
        versions = set(self.catalog["versions"])
        types = self.schemas.types.keys() | self.schemas.enums.keys()

        def walk(facts) -> None:
            if "target" in facts:
                self.assertIn(facts["target"], managed)
            if "type" in facts and not facts["type"].startswith("xsd:"):
                self.assertIn(facts["type"], types)
            if "since" in facts:
                self.assertIn(facts["since"], versions)

        for section in ("data_objects", "enums", "managed_objects", "operations"):
            for entry in self.catalog[section].values():
                walk(entry)
                for key in ("fields", "properties", "parameters"):
                    for member in entry.get(key, {}).values():
                        walk(member)
                result = entry.get("result", {})
                walk(result)
                walk(result.get("task_result") or {})
        for facts in managed.values():
            if "base" in facts:
                self.assertIn(facts["base"], managed)

    def test_references_have_targets_wherever_the_tables_know_them(self) -> None:
        field = self.catalog["data_objects"]["VirtualMachineRuntimeInfo"]["fields"]["host"]
        self.assertEqual(field["target"], "HostSystem")
        power_on = self.catalog["operations"]["PowerOnVM_Task"]
        self.assertEqual(power_on["result"], {"target": "Task", "task_result": None})
        clone = self.catalog["operations"]["CloneVM_Task"]["result"]
        self.assertEqual(clone["task_result"]["target"], "VirtualMachine")
