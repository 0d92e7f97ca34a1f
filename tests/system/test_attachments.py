"""Each reading copy carries the key figures that it shows, as data that a spreadsheet opens."""
import csv
import io
import json
import re
import unittest

from support import HEAD, LONDON, Case, run, tool, words_of


def theme(name, key, value, more=""):
    return (f"# Tema: {name} {{#{name.lower()}}}\n\nTekst med [@{key}].\n\n## Nøgletal\n\n"
            "| Id | Nøgletal | Værdi | Enhed | Forbehold |\n|---|---|---|---|---|\n"
            f"| {key} | Tal om {name.lower()} | {value} | personer | Et skøn; \"løst\" |\n\n{more}")


CLOSED = ("# Tema: Lukket sag {#sag .lukket}\n\nTekst.\n\n## Nøgletal\n\n| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n"
          "| H1 | Hemmeligt tal | 4711 | personer |\n\n")
REPORT = (HEAD + theme("Vand", "K1", "ca. 7") + theme("Jord", "K2", "8", "Se også [@K1].\n\n") + CLOSED
          + "# Tema: Luft {#luft}\n\nIngen tal.\n")


class Attachments(Case):
    def objects(self, name):
        found = json.loads(tool("qpdf", "--json", "--json-key=qpdf", "--json-stream-data=none", self.out / name))
        return [thing.get("value", thing.get("stream", {}).get("dict")) for thing in found["qpdf"][1].values()]

    def attached(self, name):
        """The rows of each attachment of a PDF, by the attachment's name."""
        folder = self.folder / "attached"
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        tool("pdfdetach", "-saveall", "-o", folder, self.out / name)
        return {path.name: list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
                for path in folder.iterdir()}

    def ids(self, name):
        return [row["Id"] for row in self.attached(name)["noegletal.csv"]]

    def test_each_copy_has_the_figures_that_it_shows(self):
        self.build(self.report(REPORT))
        for name, ids in (("prove-pakke.pdf", ["K1", "K2"]), ("prove-vand.pdf", ["K1"]), ("prove-jord.pdf", ["K2"])):
            self.assertEqual(list(self.attached(name)), ["noegletal.csv"], name)
            self.assertEqual(self.ids(name), ids, name)
        self.assertEqual(self.attached("prove-luft.pdf"), {})
        self.assertNotIn("/EmbeddedFiles", str(self.objects("prove-luft.pdf")))

    def test_rows_say_what_the_tables_say(self):
        self.build(self.report(REPORT))
        row = self.attached("prove-vand.pdf")["noegletal.csv"][0]
        said = {"Id": "K1", "Nøgletal": "Tal om vand", "Præcision": "ca.", "Værdi": "7", "Enhed": "personer",
                "Forbehold": 'Et skøn; "løst"', "Tema": "Vand"}
        self.assertEqual({key: value for key, value in row.items() if value}, said)

    def test_they_are_data_of_the_document(self):
        self.build(self.report(REPORT))
        specs = [thing for thing in self.objects("prove-vand.pdf") if isinstance(thing, dict)
                 and thing.get("/Type") == "/Filespec"]
        self.assertEqual([spec["/AFRelationship"] for spec in specs], ["/Data"])
        self.assertEqual({spec[key] for spec in specs for key in ("/F", "/UF")}, {"u:noegletal.csv"})
        self.assertTrue(specs[0]["/Desc"])
        catalog = next(thing for thing in self.objects("prove-vand.pdf")
                       if isinstance(thing, dict) and thing.get("/Type") == "/Catalog")
        self.assertEqual(len(catalog["/AF"]), 1)

    def test_closed_ones_beside_open_ones_are_in_closed_papers_alone(self):
        """In tables, attachments and bodies, whichever come first, and by way of the model."""
        rows = ("## Nøgletal{}\n\n| Id | Nøgletal | Værdi | Enhed |\n|---|---|---|---|\n| {} | {} tal | 12 | sager |\n\n"
                "## Anbefalinger{}\n\n1. **Grav efter {}.**\n   Grundlag: [vand](#vand)\n\n")
        shown, hidden = rows.format("", "K1", "Kendte", "", "vand"), rows.format(" {.lukket}", "K2", "Hemmelige", " {.lukket}", "olie")
        for parts in ((shown, hidden), (hidden, shown)):
            report = self.report(HEAD + "# Tema: Vand {#vand}\n\nEn linje.\n\nOg en til.\n\n" + "".join(parts))
            self.layout(report, "krop", 'extends: house\nfor-each: report\noutput: "{report}-krop.pdf"\nparts: [body]\n')
            model = report / "model.json"
            model.write_text(run("model", report).stdout)
            for source in (report, model):
                self.build(source, *(f"-l{name}" for name in ("committee-pack", "theme-briefing", "handout", "notat", "closed-pack")),
                           *(["-l", "krop"] if source == report else []))
                for name in self.made():
                    said = str(self.attached(name)) + words_of(self.out / name)
                    self.assertEqual(("Hemmelige" in said, "olie" in said), ("lukket" in name,) * 2, name)
                    self.assertEqual(said.count("Grav efter vand"), 1, name)

    def test_to_cite_a_closed_one_beside_open_ones_is_an_error(self):
        text = REPORT.replace("| K1 |", "| K0 | Andre | 3 | personer | |\n| K1 |").replace(
            "## Nøgletal\n", "## Nøgletal {.lukket}\n", 1) + "\n## Nøgletal\n\n| Id | Nøgletal | Værdi |\n|---|---|---|\n| L1 | Luft | 2 |\n"
        text = text.replace("# Tema: Jord", "## Nøgletal\n\n| Id | Nøgletal | Værdi |\n|---|---|---|\n| K9 | Vand | 2 |\n\n# Tema: Jord")
        said = run("check", self.report(text)).stderr
        self.assertEqual(said.count("the key figure 'K1' is closed, and would be printed for all"), 2, said)

    def test_the_closed_are_in_the_closed_pack_alone(self):
        report = self.report(REPORT)
        self.build(report, "-l", "committee-pack", "-l", "theme-briefing", "-l", "closed-pack")
        self.assertEqual(self.ids("prove-pakke-lukket.pdf"), ["K1", "K2", "H1"])
        for name in self.made():
            if name != "prove-pakke-lukket.pdf":
                self.assertNotIn("4711", str(self.attached(name)), name)
                self.assertNotIn("4711", words_of(self.out / name), name)

    def test_a_layout_may_leave_them_out(self):
        report = self.report(REPORT)
        self.layout(report, "uden", 'extends: committee-pack\noutput: "{report}-uden.pdf"\nattach: none\n')
        self.build(report, "-l", "uden")
        self.assertEqual(self.attached("prove-uden.pdf"), {})
        said = str(self.objects("prove-uden.pdf"))
        for name in ("/Filespec", "/EmbeddedFiles", "/AFRelationship", "'/AF'"):
            self.assertNotIn(name, said)

    def test_those_of_a_shipped_report(self):
        """Each briefing has those of its theme in the model, and the pack all of them."""
        self.build(LONDON)
        figures = json.loads(run("model", "--no-places", LONDON).stdout)["figures"]
        self.assertGreater(len(figures), 40)
        self.assertEqual(self.ids("studietur-london-2012-pakke.pdf"), [figure["id"] for figure in figures])
        for name in ("socio", "bander", "partnervold"):
            own = [figure["id"] for figure in figures if figure["section"] == name]
            self.assertEqual(self.ids(f"studietur-london-2012-{name}.pdf"), own)
            shown = re.sub(r"\s", "", words_of(self.out / f"studietur-london-2012-{name}.pdf"))
            for row in self.attached(f"studietur-london-2012-{name}.pdf")["noegletal.csv"]:
                self.assertIn(re.sub(r"\s", "", row["Nøgletal"]), shown)


if __name__ == "__main__":
    unittest.main()
