"""The comparison itself: it must see every kind of difference, and the list must be exact."""

import json
import tempfile
import unittest
from pathlib import Path

from vmomi_wsdl.conformance import known
from vmomi_wsdl.conformance.comparing import Difference, compare
from vmomi_wsdl.conformance.reading import read_set
from vmomi_wsdl.derivation import derive
from vmomi_wsdl.errors import DeriveError
from vmomi_wsdl.files import render_set

from . import fixture


class Comparison(unittest.TestCase):
    def setUp(self) -> None:
        texts = render_set(derive(fixture.tables(), fixture.VIM25, ""), fixture.ORIGIN)
        self.texts = texts
        self.ours = read_set({name: text.encode("utf-8") for name, text in texts.items()})

    def after(self, file: str, old: str, new: str):
        """The differences after changing the first `old` in one of their files."""
        self.assertIn(old, self.texts[file])
        changed = dict(self.texts, **{file: self.texts[file].replace(old, new, 1)})
        theirs = read_set({name: text.encode("utf-8") for name, text in changed.items()})
        return [str(difference) for difference in compare(self.ours, theirs)]

    def test_a_set_equals_itself(self) -> None:
        self.assertEqual(compare(self.ours, self.ours), [])

    def test_fields(self) -> None:
        file, size = "vim-types.xsd", '<element name="size" type="xsd:long" />'
        self.assertEqual(self.after(file, size, ""), ["element only derived: Disk.size"])
        self.assertEqual(
            self.after(file, size, size.replace("long", "int")),
            ["element type: Disk.size: derived xsd:long, VMware's xsd:int"],
        )
        self.assertEqual(
            self.after(file, size, size.replace("/>", 'minOccurs="0" maxOccurs="unbounded" />')),
            ["maxOccurs: Disk.size: derived 1, VMware's unbounded", "minOccurs: Disk.size: derived 1, VMware's 0"],
        )
        early = '<element name="early" type="xsd:boolean" />'
        swapped = self.after(file, f"{size}\n               {early}", f"{early}\n               {size}")
        self.assertEqual(len(swapped), 1)
        self.assertTrue(swapped[0].startswith("order: Disk"))

    def test_types(self) -> None:
        self.assertEqual(
            self.after("vim-types.xsd", '<extension base="vim25:Broken">', '<extension base="vim25:MethodFault">'),
            ["base: VeryBroken: derived vim25:Broken, VMware's vim25:MethodFault"],
        )
        self.assertEqual(
            self.after("vim-types.xsd", 'complexType name="TraySlot"', 'complexType name="TrayHole"'),
            ["type only derived: TraySlot", "type only in VMware's: TrayHole"],
        )
        self.assertEqual(
            self.after("vim-types.xsd", '<enumeration value="off" />', '<enumeration value="out" />'),
            ["value only derived: DiskState.off", "value only in VMware's: DiskState.out"],
        )

    def test_operations(self) -> None:
        returned = '<element name="returnval" type="vim25:Tray" minOccurs="0" />'
        self.assertEqual(
            self.after("vim.wsdl", returned, returned.replace(' minOccurs="0"', "")),
            ["minOccurs: Eject.returnval: derived 0, VMware's 1"],
        )
        parameter = '<element name="host" type="vim25:ManagedObjectReference" minOccurs="0" />'
        self.assertEqual(
            self.after("vim-messagetypes.xsd", parameter, ""), ["element only derived: StartRequestType.host"]
        )
        fault = '<fault name="VeryBrokenFault" message="vim25:VeryBrokenFaultMsg"/>'
        self.assertIn("fault only derived: Start_Task.VeryBrokenFault", self.after("vim.wsdl", fault, ""))
        self.assertEqual(len(self.after("vim.wsdl", 'soapAction="urn:vim25/6.0"', 'soapAction="urn:vim25/6.1"')), 1)

    def test_sets_without_wsdl_are_compared_in_their_types(self) -> None:
        types = {name: text.encode("utf-8") for name, text in self.texts.items() if name.endswith("-types.xsd")}
        self.assertEqual(compare(self.ours, read_set(types)), [])

    def test_faults_of_another_namespace_count_only_where_an_operation_declares_them(self) -> None:
        texts = render_set(derive(fixture.pod_tables(), fixture.POD_SERVICE, ""), fixture.ORIGIN)
        ours = read_set({name: text.encode("utf-8") for name, text in texts.items()})
        foreign = '<element name="VeryBrokenFault" type="vim25:VeryBroken"/>\n      </schema>'
        texts["pod.wsdl"] = texts["pod.wsdl"].replace("</schema>", foreign, 1)
        self.assertEqual(compare(ours, read_set({name: text.encode("utf-8") for name, text in texts.items()})), [])
        texts["pod.wsdl"] = texts["pod.wsdl"].replace('type="vim25:VeryBroken"', 'type="pod:VeryBroken"', 1)
        theirs = read_set({name: text.encode("utf-8") for name, text in texts.items()})
        self.assertEqual([str(found) for found in compare(ours, theirs)], ["fault element only in VMware's: VeryBrokenFault"])

    def test_broken_and_foreign_files_are_refused(self) -> None:
        with self.assertRaisesRegex(DeriveError, "a.xsd: not well-formed"):
            read_set({"a.xsd": b"<schema"})
        with self.assertRaisesRegex(DeriveError, "a.xsd: neither WSDL nor XSD"):
            read_set({"a.xsd": b"<html/>"})
        foreign = b'<schema xmlns="http://www.w3.org/2001/XMLSchema"><group name="x"/></schema>'
        with self.assertRaisesRegex(DeriveError, "unexpected group"):
            read_set({"a.xsd": foreign})
        with self.assertRaisesRegex(DeriveError, "a.xsd: a construct lacks its attribute 'name'"):
            read_set({"a.xsd": foreign.replace(b'group name="x"', b"complexType")})
        headless = self.texts["vim.wsdl"].replace('<part name="parameters" element="vim25:Stop" />', "")
        with self.assertRaisesRegex(DeriveError, "vim.wsdl: message StopRequestMsg without part"):
            read_set({"vim.wsdl": headless.encode("utf-8")})


class KnownDifferences(unittest.TestCase):
    GROUP = known.Group("rule", "reason", {"type only derived: A": ("one", "two"), "type only derived: B": ("one",)})

    def judge(self, *names: str) -> known.Verdict:
        return known.judge("one", [Difference("type only derived", name, "", "") for name in names], [self.GROUP])

    def test_listed_ones_are_counted_by_rule(self) -> None:
        self.assertEqual(self.judge("A", "B"), known.Verdict({"rule": 2}, [], []))

    def test_an_unlisted_one_is_found(self) -> None:
        self.assertEqual(self.judge("A", "B", "C").unlisted, ["type only derived: C"])

    def test_a_listed_one_that_no_longer_occurs_is_found(self) -> None:
        self.assertEqual(self.judge("A").outdated, ["type only derived: B"])
        two = known.judge("two", [Difference("type only derived", "B", "", "")], [self.GROUP])
        self.assertEqual((two.unlisted, two.outdated), (["type only derived: B"], ["type only derived: A"]))

    def test_every_listed_group_has_a_reason(self) -> None:
        for group in known.load():
            self.assertGreater(len(group.reason), 40, group.rule)
            self.assertTrue(group.entries, group.rule)

    def test_a_list_that_cannot_be_read_or_repeats_itself_is_refused(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.json"
            path.write_text("{")
            with self.assertRaisesRegex(DeriveError, "cannot read list.json"):
                known.load(path)
            group = {"rule": "r", "reason": "why", "entries": {"type only derived: A": ["one"]}}
            path.write_text(json.dumps({"groups": [group, group]}))
            with self.assertRaisesRegex(DeriveError, "lists twice for one"):
                known.load(path)
