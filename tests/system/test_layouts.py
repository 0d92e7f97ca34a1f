"""Layouts: what is listed, and where they are found."""
import json
import os

from support import ROOT, SMALL, Case, pages_of, run

OWN = "extends: theme-briefing\ndescription: Vores egen.\noutput: \"egen-{theme}.pdf\"\n"


class Listing(Case):
    def setUp(self):
        super().setUp()
        self.config = self.folder / "config"
        self.of_user = self.config / "briefpack" / "layouts"
        self.of_user.mkdir(parents=True)
        self.environment = {**os.environ, "XDG_CONFIG_HOME": str(self.config)}

    def listed(self, *arguments, status=0):
        done = run("layouts", "--json", *arguments, env=self.environment)
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout)

    def test_every_layout_of_the_project_has_a_description(self):
        found = {one["name"]: one for one in self.listed() if one["folder"] == str(ROOT / "layouts")}
        self.assertEqual(sorted(found), sorted(path.stem for path in (ROOT / "layouts").glob("*.yaml")))
        for one in found.values():
            self.assertTrue(one["description"], one["name"])
        pack = found["committee-pack"]
        self.assertEqual((pack["for-each"], pack["extends"], pack["edition"], pack["sheets"]),
                         ("report", "house", "open", "none"))
        self.assertEqual(pack["paper"], {"name": "A4", "width": 210, "height": 297})
        self.assertEqual(found["closed-pack"]["edition"], "closed")
        self.assertEqual(found["committee-pack-booklet"]["sheets"], "booklet")
        self.assertEqual(found["theme-briefing"]["for-each"], "theme")
        self.assertNotIn("for-each", found["house"])

    def test_folders_come_in_the_order_in_which_they_are_searched(self):
        report = self.report(SMALL)
        self.layout(report, "theme-briefing", OWN)
        (self.of_user / "theme-briefing.yaml").write_text(OWN)
        (self.of_user / "mine.yaml").write_text("extends: theme-briefing\n")
        found = self.listed(report)
        named = [one for one in found if one["name"] == "theme-briefing"]
        self.assertEqual([one["folder"] for one in named],
                         [str(report / "layouts"), str(self.of_user), str(ROOT / "layouts")])
        self.assertNotIn("hidden-by", named[0])
        self.assertEqual({one["hidden-by"] for one in named[1:]}, {named[0]["file"]})
        # What hides another may extend it, through all of them.
        self.assertEqual([one["output"] for one in named], ["egen-{theme}.pdf"] * 2 + ["{report}-{theme}.pdf"])
        text = run("layouts", report, env=self.environment).stdout
        self.assertIn(f"{report}/layouts:\n  theme-briefing", text)
        self.assertEqual(text.count("hidden by"), 2)
        self.assertIn("Vores egen.", text)
        danish = run("layouts", "--lang=da", report, env=self.environment).stdout
        self.assertIn("skjules af", danish)

    def test_the_first_that_is_found_is_built(self):
        report = self.report(SMALL)
        (self.of_user / "theme-briefing.yaml").write_text(OWN.replace("egen-", "bruger-"))
        self.build(report, "-l", "theme-briefing", env=self.environment)
        self.assertEqual(self.made(), ["bruger-vand.pdf"])
        self.layout(report, "theme-briefing", OWN)
        self.clear()
        self.build(report, "-l", "theme-briefing", env=self.environment)
        self.assertEqual(self.made(), ["egen-vand.pdf"])

    def test_what_is_wrong_is_told_and_the_rest_is_listed(self):
        report = self.report(SMALL)
        self.layout(report, "wrong", "extends: theme-brifing\n")
        done = run("layouts", report)
        self.assertEqual(done.returncode, 1)
        self.assertIn("wrong.yaml:1:10: error: there is no layout 'theme-brifing'", done.stderr)
        self.assertIn("did you mean 'theme-briefing'?", done.stderr)
        self.assertRegex(done.stdout, "wrong +has errors")
        self.assertIn("committee-pack", done.stdout)
        self.assertEqual(run("layouts", self.folder / "none").returncode, 3)
        self.assertEqual(run("layouts", report, report).returncode, 2)

    def test_pale_text_keeps_a_layout_from_being_used(self):
        report = self.report(SMALL)
        self.layout(report, "pale", "extends: committee-pack\nstyles:\n  kicker: {colour: secondary}\n")
        done = self.build(report, "-l", "pale", status=1)
        self.assertIn("pale.yaml:3:20: error: the style 'kicker' has a contrast of 3.39 on the page and needs 4.5",
                      done.stderr)
        self.assertIn('hint: the nearest darker colour of text with enough is "#497f7d"', done.stderr)
        self.layout(report, "pale", 'extends: committee-pack\nstyles:\n  kicker: {colour: "#497f7d"}\n')
        self.build(report, "-l", "pale")
        self.assertEqual(pages_of(self.out / "prove-pakke.pdf"), 3)
