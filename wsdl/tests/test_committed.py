"""The committed sets: their numbers, and that the catalogues and the schemas speak of the same things."""

import json
import re
import unittest
from pathlib import Path
from typing import Any, Dict, Iterator, NamedTuple

from vmomi_wsdl.conformance.reading import Description, read_set
from vmomi_wsdl.secrets import UNMARKED
from vmomi_wsdl.services import all_services, service
from vmomi_wsdl.pins import pin

ROOT = Path(__file__).resolve().parents[1]

# pyvmomi builds these in code, so they are no rows of its tables.
BUILT_IN = {"MethodFault", "RuntimeFault", "LocalizedMethodFault"}

# Of each set, less what is built in: version, data objects, enums, managed objects, operations.
COUNTS = {
    "vim25": ("9.1.1.0", 3027, 446, 140, 975),
    "pbm": ("9.1.1.0", 75, 22, 8, 32),
    "sms": ("9.1.1.0", 119, 20, 6, 46),
    "eam": ("9.0.0.0", 162, 14, 5, 23),
    "vslm": ("9.0.0.0", 18, 5, 5, 46),
    "vsan": ("9.1.1.0", 572, 140, 33, 287),
}

# What has a secret's name and is none.
NO_SECRETS = {"PosixUserSearchResult.lastPasswordChange", "SessionManagerLocalTicket.passwordFilePath"}


class Set(NamedTuple):
    schemas: Description
    catalog: Dict[str, Any]


def read(name: str) -> Set:
    files = {path.name: path.read_bytes() for path in (ROOT / name).iterdir() if path.suffix in (".xsd", ".wsdl")}
    return Set(read_set(files), json.loads((ROOT / name / "catalog.json").read_text(encoding="utf-8")))


class Committed(unittest.TestCase):
    sets: Dict[str, Set]

    @classmethod
    def setUpClass(cls) -> None:
        cls.sets = {name: read(name) for name in COUNTS}

    def each(self) -> Iterator[Set]:
        for name, each in self.sets.items():
            with self.subTest(service=name):
                yield each

    def test_there_is_one_of_each_service_and_each_file_has_its_kind(self) -> None:
        self.assertEqual([each.name for each in all_services()], list(COUNTS))
        folders = {path.name for path in ROOT.iterdir() if (path / "catalog.json").exists()}
        self.assertEqual(folders, set(COUNTS))
        for name in COUNTS:
            others = {path.name for path in (ROOT / name).iterdir() if path.suffix not in (".wsdl", ".xsd")}
            self.assertEqual(others, {"catalog.json", "ORIGIN.md"}, name)

    def test_they_come_from_the_pinned_package(self) -> None:
        for each in self.each():
            self.assertEqual(each.catalog["origin"], pin("pyvmomi")._asdict())

    def test_counts(self) -> None:
        counts = {
            name: (
                each.catalog["service"]["version"],
                len(each.catalog["data_objects"].keys() - BUILT_IN),
                *(len(each.catalog[section]) for section in ("enums", "managed_objects", "operations")),
            )
            for name, each in self.sets.items()
        }
        self.assertEqual(counts, COUNTS)

    def test_what_is_built_in_belongs_to_vim25_alone(self) -> None:
        for name, each in self.sets.items():
            self.assertEqual(each.catalog["data_objects"].keys() & BUILT_IN, BUILT_IN if name == "vim25" else set())

    def test_no_type_of_vim25_has_a_copy(self) -> None:
        shared = self.sets["vim25"].schemas
        for name, each in self.sets.items():
            if name != "vim25":
                self.assertEqual(each.schemas.types.keys() & shared.types.keys(), set())
                self.assertEqual(each.schemas.enums.keys() & shared.enums.keys(), set())

    def test_open_is_what_other_sets_extend(self) -> None:
        for name, each in self.sets.items():
            bases = {of.base for other, of_other in self.sets.items() if other != name
                     for of in of_other.schemas.types.values() if of.base}
            extended = {base.rpartition(":")[2] for base in bases if base.startswith(f"{name}:")}
            opened = {of for of, facts in each.catalog["data_objects"].items() if facts.get("open")}
            self.assertEqual(opened, extended, name)
            self.assertEqual(len(opened), 22 if name == "vim25" else 0)

    def test_each_is_bound_to_its_namespace_version_and_endpoint(self) -> None:
        endpoints = {
            "vim25": "/sdk",
            "pbm": "/pbm/sdk",
            "sms": "/sms/sdk",
            "eam": "/eam/sdk",
            "vslm": "/vslm/sdk",
            "vsan": "/vsanHealth",
        }
        for name, each in self.sets.items():
            facts = each.catalog["service"]
            self.assertEqual(facts["namespace"], f"urn:{name}")
            self.assertEqual(facts["endpoint"], endpoints[name])
            self.assertEqual(each.catalog["versions"][-1], facts["version"])
            actions = {operation.soap_action for operation in each.schemas.operations.values()}
            self.assertEqual(actions, {f"urn:{name}/{facts['version']}"})

    def test_every_data_object_and_enum_is_in_both(self) -> None:
        for each in self.each():
            others = {"ManagedObjectReference"} | {
                name for name in each.schemas.types if name.startswith("ArrayOf") or name.endswith("RequestType")
            }
            self.assertEqual(each.schemas.types.keys() - others, each.catalog["data_objects"].keys())
            self.assertEqual(each.schemas.enums.keys(), each.catalog["enums"].keys())
            for name, facts in each.catalog["data_objects"].items():
                elements = [element.name for element in each.schemas.types[name].elements]
                self.assertEqual(list(facts["fields"]), elements, name)

    def test_every_operation_is_in_both(self) -> None:
        for each in self.each():
            self.assertEqual(each.schemas.operations.keys(), each.catalog["operations"].keys())
            for name, facts in each.catalog["operations"].items():
                request = each.schemas.types[each.schemas.operations[name].request_type]
                self.assertEqual(["_this", *facts["parameters"]], [element.name for element in request.elements], name)
                self.assertIn(facts["owner"], each.catalog["managed_objects"])

    def test_every_type_that_is_named_is_of_the_set_or_of_vim25(self) -> None:
        shared = self.sets["vim25"].schemas
        for name, each in self.sets.items():
            known = {f"vim25:{known}" for known in shared.types.keys() | shared.enums.keys()}
            known |= {f"{name}:{known}" for known in each.schemas.types.keys() | each.schemas.enums.keys()}
            for owner, facts in each.schemas.types.items():
                named = {facts.base} | {element.type for element in facts.elements}
                unknown = {of for of in named - known if of is not None and not of.startswith("xsd:")}
                self.assertEqual(unknown, set(), f"{name} {owner}")

    def test_nothing_required_was_added_to_what_was_there_before(self) -> None:
        """But to vim25, whose baselines say so: of the others none was ever needed."""
        for name, each in self.sets.items():
            if name == "vim25":
                continue
            for owner, facts in each.catalog["data_objects"].items():
                for element in each.schemas.types[owner].elements:
                    if facts["fields"][element.name]["since"] != facts["since"]:
                        self.assertEqual(element.min_occurs, "0", f"{name} {owner}.{element.name}")

    def test_secrets_that_the_tables_do_not_mark_are_marked(self) -> None:
        for owner, members in UNMARKED.items():
            known = [
                each.catalog[section][owner][key]
                for each in self.sets.values()
                for section, key in (("data_objects", "fields"), ("operations", "parameters"))
                if owner in each.catalog[section]
            ]
            self.assertTrue(known, f"{owner} is neither a data object nor an operation")
            for member in members:
                self.assertTrue(all(facts[member].get("secret") for facts in known), f"{owner}.{member}")

    def test_every_text_that_is_named_a_password_or_secret_is_marked(self) -> None:
        for each in self.each():
            requests = {name: each.schemas.operations[name].request_type for name in each.catalog["operations"]}
            types = {**{name: name for name in each.catalog["data_objects"]}, **requests}
            facts = {**each.catalog["data_objects"], **each.catalog["operations"]}
            unmarked = {
                f"{owner}.{element.name}"
                for owner, type_name in types.items()
                for element in each.schemas.types[type_name].elements
                if element.type == "xsd:string" and re.search("passw|secret", element.name, re.IGNORECASE)
                and not (facts[owner].get("fields") or facts[owner]["parameters"])[element.name].get("secret")
            }
            self.assertLessEqual(unmarked, NO_SECRETS)

    def test_what_the_catalogues_name_exists(self) -> None:
        shared = self.sets["vim25"]
        for each in self.each():
            managed = each.catalog["managed_objects"].keys() | shared.catalog["managed_objects"].keys()
            versions = set(each.catalog["versions"])
            types = {name for of in (each, shared) for name in of.schemas.types.keys() | of.schemas.enums.keys()}

            def walk(facts) -> None:
                if "target" in facts:
                    self.assertIn(facts["target"], managed)
                if "type" in facts and not facts["type"].startswith("xsd:"):
                    self.assertIn(facts["type"], types)
                if "since" in facts:
                    self.assertIn(facts["since"], versions)

            for section in ("data_objects", "enums", "managed_objects", "operations"):
                for entry in each.catalog[section].values():
                    walk(entry)
                    for key in ("fields", "properties", "parameters"):
                        for member in entry.get(key, {}).values():
                            walk(member)
                    result = entry.get("result", {})
                    walk(result)
                    walk(result.get("task_result") or {})
            for facts in each.catalog["managed_objects"].values():
                if "base" in facts:
                    self.assertIn(facts["base"], managed)

    def test_references_have_targets_wherever_the_tables_know_them(self) -> None:
        catalog = self.sets["vim25"].catalog
        field = catalog["data_objects"]["VirtualMachineRuntimeInfo"]["fields"]["host"]
        self.assertEqual(field["target"], "HostSystem")
        power_on = catalog["operations"]["PowerOnVM_Task"]
        self.assertEqual(power_on["result"], {"target": "Task", "task_result": None})
        clone = catalog["operations"]["CloneVM_Task"]["result"]
        self.assertEqual(clone["task_result"]["target"], "VirtualMachine")

    def test_references_lead_from_one_service_to_another(self) -> None:
        scope = self.sets["eam"].catalog["data_objects"]["AgencyComputeResourceScope"]["fields"]["computeResource"]
        self.assertEqual(scope["target"], "ComputeResource")
        self.assertNotIn("ComputeResource", self.sets["eam"].catalog["managed_objects"])
        self.assertEqual(service("eam").imports, ("vim25",))
