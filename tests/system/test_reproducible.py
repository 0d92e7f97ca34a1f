"""The same report and layouts give the same bytes, wherever and whenever they are made."""
import os
import shutil
import subprocess
import unittest

from digests import REPORTS, Digests
from support import BUILD, tool

DANISH = BUILD / "locale" / "da_DK.UTF-8"
# What a sanitizer is told is no part of the user's environment.
NEARLY_NOTHING = {name: value for name, value in os.environ.items()
                  if name.endswith("SAN_OPTIONS")}


class Bytes(Digests):
    def test_each_report_by_itself(self):
        made = {}
        for report in REPORTS:
            made.update(self.make("alone-" + report.name, reports=[report]))
        self.assertEqual(made, self.expected)

    def test_a_locale_with_a_decimal_comma(self):
        environment = {**os.environ, "LOCPATH": str(DANISH.parent), "LC_ALL": "da_DK.UTF-8"}
        said = subprocess.run(["locale", "-k", "decimal_point"], capture_output=True, text=True,
                              env=environment, timeout=60)
        self.assertEqual(said.stdout, 'decimal_point=","\n', said.stderr)
        self.assertEqual(self.make("danish", env=environment), self.expected)

    def test_any_time_zone(self):
        for zone in ("Pacific/Kiritimati", "America/St_Johns", "UTC"):
            self.assertEqual(self.make("tz" + zone.replace("/", ""),
                                       env={**os.environ, "TZ": zone}), self.expected, zone)

    def test_any_user_and_nearly_no_environment(self):
        for name in ("anna", "bo"):
            environment = {**NEARLY_NOTHING, "USER": name, "LOGNAME": name, "LANG": "C",
                           "HOME": str(self.folder / name), "PATH": os.environ["PATH"]}
            self.assertEqual(self.make("user-" + name, env=environment), self.expected)
        self.assertEqual(self.make("bare", env=NEARLY_NOTHING), self.expected)

    def test_any_current_folder(self):
        for folder in ("/", self.folder):
            name = "cwd" + str(len(str(folder)))
            self.assertEqual(self.make(name, cwd=folder), self.expected)

    def test_a_copy_with_other_file_times(self):
        copies = []
        for report in REPORTS:
            copy = self.folder / "an other place" / report.name
            shutil.copytree(report, copy, copy_function=shutil.copy)
            for number, path in enumerate([copy, *copy.rglob("*")]):
                os.utime(path, (86400 * number, 86400 * number))
            copies.append(copy)
        self.assertEqual(self.make("copied", reports=copies), self.expected)

    def test_a_given_date_is_the_only_difference(self):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "86400"}
        made = self.make("epoch", env=environment)
        self.assertEqual(self.make("epoch-again", "-j", 7, env=environment), made)
        self.assertFalse(set(made.values()) & set(self.expected.values()))
        dates = tool("pdfinfo", "-isodates", self.folder / "epoch" / "bare-pakke.pdf")
        self.assertIn("1970-01-02T00:00:00Z", dates)


if __name__ == "__main__":
    unittest.main()
