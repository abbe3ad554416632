"""Reading the tables."""

import unittest

from vmomi_wsdl.errors import DeriveError
from vmomi_wsdl.tables import F_LINK, F_OPTIONAL, F_SECRET, join, parse_table

from . import fixture


class Parsing(unittest.TestCase):
    def test_rows_keep_their_order_and_facts(self) -> None:
        tables = fixture.tables()
        disk = next(row for row in tables.data_types if row.wire == "Disk")
        self.assertEqual([field.name for field in disk.fields][:3], ["size", "early", "late"])
        flags = {field.name: field.flags for field in disk.fields}
        self.assertEqual(flags["password"], F_OPTIONAL | F_SECRET)
        self.assertEqual(flags["adapter"], F_OPTIONAL | F_LINK)
        self.assertEqual(tables.enum_types[0].values, ("on", "off"))
        self.assertEqual(tables.newest, ["vim.version.version10"])

    def test_methods_carry_result_outcome_privilege_and_faults(self) -> None:
        machine = next(row for row in fixture.tables().managed_types if row.wire == "Machine")
        start = machine.methods[0]
        self.assertEqual((start.wire, start.result, start.outcome), ("Start_Task", "vim.Task", "vim.Tray[]"))
        self.assertEqual((start.privilege, start.faults), ("Machine.Start", ("vim.fault.VeryBroken",)))
        self.assertEqual(start.parameters[1].privilege, "Host.Use")

    def refused(self, text: str) -> str:
        with self.assertRaises(DeriveError) as caught:
            parse_table("rows", text)
        return str(caught.exception)

    def test_an_unknown_call_is_refused_by_name_and_line(self) -> None:
        self.assertIn("_typeinfo_rows.py:2: unknown call CreateUnionType(...)", self.refused("\nCreateUnionType('vim.X')"))

    def test_code_is_refused_not_run(self) -> None:
        message = self.refused("CreateEnumType('vim.X', 'X', 'v', [open('nowhere', 'w').name])")
        self.assertIn("not a literal: open('nowhere', 'w').name", message)
        self.assertIn("expected a call, found For", self.refused("for x in []: pass"))

    def test_a_row_of_another_shape_is_refused(self) -> None:
        self.assertIn("_typeinfo_rows.py:1:", self.refused("CreateEnumType('vim.X', 'X')"))
        self.assertIn("_typeinfo_rows.py:1:", self.refused("CreateDataType('vim.X', 'X', 'vim.Y', 'v', [('a', 'b')])"))

    def test_what_is_no_python_is_refused_with_its_line(self) -> None:
        self.assertIn("_typeinfo_rows.py:2: not Python source", self.refused("x()\n)("))

    def test_a_version_declared_twice_must_agree(self) -> None:
        declared = 'AddVersion("vim.version.version1", "vim2", "2.0", 0, "vim25")\n'
        changed = declared.replace("2.0", "2.1")
        self.assertIn("declared twice", self.refused(declared + changed))
        self.assertEqual(len(join((parse_table("a", declared), parse_table("b", declared))).versions), 1)
        with self.assertRaisesRegex(DeriveError, "vim.version.version1 with different facts"):
            join((parse_table("a", declared), parse_table("b", changed)))

    def test_rows_that_say_nothing_about_the_api_are_passed_over_in_every_release(self) -> None:
        for rows in ("ltsVersions", "oldestVersions", "dottedVersions"):
            self.assertEqual(parse_table("rows", f'{rows}.Add("vim.version.version1")').newest, [])

    def test_each_type_has_one_table_for_a_home(self) -> None:
        joined = fixture.pod_tables()
        self.assertEqual(joined.homes["vim.Disk"], "vim")
        self.assertEqual(joined.homes["vim.pod.Content"], "pod")
        row = 'CreateEnumType("vim.X", "X", "vim.version.version1", [])'
        with self.assertRaisesRegex(DeriveError, "a and b both define vim.X"):
            join((parse_table("a", row), parse_table("b", row)))
