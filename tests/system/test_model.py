"""The report model in the open: what is printed, what is read back, and that the schema says both."""
import copy
import json
import re
import shutil
import unittest

import jsonschema

from support import LONDON, ROOT, Case, run

SCHEMA = json.loads((ROOT / "docs" / "report-model.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
REPORTS = [*sorted((ROOT / "data").iterdir()), *sorted((ROOT / "tests" / "reports").iterdir()),
           *sorted((ROOT / "tests" / "golden").glob("*.md"))]
LITTLE = {"briefpack-model": 1, "title": "Prøve",
          "sections": [{"kind": "theme", "title": "Vand", "blocks": ["Et afsnit om vand."]}]}


def changed(model, *path, to=None):
    """A copy with another value; None takes it out."""
    model = copy.deepcopy(model)
    at = model
    for step in path[:-1]:
        at = at[step]
    if to is None:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return model


class ModelCase(Case):
    def model(self, value, name="prove.json"):
        path = self.folder / name
        path.write_text(value if isinstance(value, str) else
                        json.dumps(value, ensure_ascii=False, indent=1))
        return path

    def copy_of(self, report):
        to = self.folder / report.name
        (shutil.copytree if report.is_dir() else shutil.copy)(report, to)
        return to

    def printed(self, path, *arguments):
        done = run("model", *arguments, path)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def wrong(self, value, *said):
        """The model is wrong, and each of these is said of it in this order."""
        done = run("check", self.model(value))
        self.assertEqual(done.returncode, 1, done.stderr)
        at = 0
        for text in said:
            found = done.stderr.find(text, at)
            self.assertNotEqual(found, -1, f"{text}\nis not in\n{done.stderr}")
            at = found + len(text)
        return done.stderr


class RoundTrip(ModelCase):
    def pdfs(self, path, name):
        out = self.folder / name
        out.mkdir()
        done = run("build", "-o", out, path)
        return {p.name: p.read_bytes() for p in out.iterdir()}, done.returncode

    def test_every_report(self):
        """Each report without errors gives the same PDFs and the same model again from its model."""
        printed = 0
        for report in REPORTS:
            with self.subTest(report.name):
                source = self.copy_of(report)
                path = (source if source.is_dir() else self.folder) / "model.json"
                if run("model", "-o", path, source).returncode:
                    self.assertEqual(report.suffix, ".md")  # a golden test of errors
                    continue
                printed += 1
                self.assertEqual(self.printed(source), path.read_text())
                self.assertEqual(self.printed(path), path.read_text())
                model = json.loads(path.read_text())
                VALIDATOR.validate(model)
                pdfs = self.pdfs(source, f"{report.name}-1")
                self.assertEqual(pdfs, self.pdfs(path, f"{report.name}-2"))
                brief = self.printed(path, "--no-places")
                VALIDATOR.validate(json.loads(brief))
                self.assertNotIn('"at": [', brief)
                path.write_text(brief)
                self.assertEqual(self.printed(path, "--no-places"), brief)
                self.assertEqual(pdfs, self.pdfs(path, f"{report.name}-3"))
                path.unlink()
        self.assertGreaterEqual(printed, 15)

    def test_what_is_written_by_hand(self):
        path = self.model(LITTLE)
        self.build(path)
        self.assertEqual(self.made(), ["prove-pakke.pdf", "prove-vand.pdf"])
        once = self.printed(path)
        self.assertEqual(self.printed(self.model(once, "again.json")), once)

    def test_the_example_of_the_documentation(self):
        page = (ROOT / "docs" / "report-model.md").read_text()
        example = re.search(r"^```json\n(.*?)^```$", page, re.M | re.S).group(1)
        VALIDATOR.validate(json.loads(example))
        done = self.build(self.model(example))
        self.assertEqual(done.stderr, "")
        self.assertEqual(self.made(), ["prove-cykelstier.pdf", "prove-pakke.pdf"])

    def test_the_kinds_of_the_documentation(self):
        page = (ROOT / "docs" / "report-model.md").read_text()
        for thing in ("block", "inline"):
            for one in SCHEMA["$defs"][thing]["oneOf"]:
                kind = one["$ref"].removeprefix(f"#/$defs/{thing}-")
                self.assertIn(f"`{kind}`", page)

    def test_the_order_of_keys_is_free(self):
        london = self.copy_of(LONDON)
        printed = self.printed(london)
        path = self.model(json.dumps(json.loads(printed), sort_keys=True), "studietur-london-2012/a.json")
        self.assertEqual(self.printed(path), printed)

    def test_the_file_appears_whole(self):
        path = self.folder / "model.json"
        path.write_text("old")
        wrong = self.report("---\ntitle: T\n---\n# Tema: T\n\n[@K1]\n")
        done = run("model", "-o", path, wrong)
        self.assertEqual((done.returncode, path.read_text()), (1, "old"))
        self.assertIn("there is no key figure 'K1'", done.stderr)
        self.assertEqual(run("model", wrong).stdout, "")
        self.assertEqual(run("model", "-o", self.folder / "no" / "model.json", LONDON).returncode, 3)

    def test_usage(self):
        for arguments in ([], ["a", "b"], ["--schema", "a"]):
            self.assertEqual(run("model", *arguments).returncode, 2)


class Schema(ModelCase):
    def test_it_is_what_the_program_says(self):
        self.assertEqual(run("model", "--schema").stdout,
                         (ROOT / "docs" / "report-model.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def objects(self, value, path=()):
        """Paths of all objects in a model."""
        if isinstance(value, dict):
            yield path
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in items:
            yield from self.objects(inner, (*path, key))

    def definition(self, path, thing):
        """Validates things of the kind of the one at this path, without all that is around it."""
        place = [step for step in path if isinstance(step, str)][-1:]
        if not place:
            return VALIDATOR
        kinds = {"blocks": "block", "value": "quantity"}
        names = {"items": "item", "rows": "row", "tiles": "tile", "facts": "fact", "sections": "section", "layouts": "placed-text",
                 "recommendations": "recommendation", "notes": "note", "meeting": "meeting", "sender": "sender",
                 "checks": "checks", "private": "placed-text", "off": "placed-text", "accept": "placed-text",
                 "figures": "figure" if len(path) == 2 else "placed-text"}
        name = names.get(place[0]) or f"{kinds.get(place[0], 'inline')}-{thing['kind']}"
        return VALIDATOR.evolve(schema={"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})

    def changes(self, model, to):
        """Models in which one key of one thing of each kind has another value, and whether they are valid."""
        done = set()
        for path in self.objects(model):
            thing = model
            for step in path:
                thing = thing[step]
            validator = self.definition(path, thing)
            for key in thing:
                kind = (validator.schema.get("$ref"), key)
                if kind not in done:
                    done.add(kind)
                    yield (key, changed(model, *path, key, to=to), validator.is_valid(changed(thing, key, to=to)))

    def refused(self, models):
        """What is said of each model, by one run of the program, but for what is said of the whole: of charts that
        nobody could draw."""
        paths = [self.model(model, f"wrong-{i}.json") for i, model in enumerate(models)]
        whole = self.model(self.everything(), "whole.json")
        said = [line.partition(" error: ") for line in run("check", whole, *paths).stderr.splitlines()]
        always = {what for where, _, what in said if "/whole.json:" in where}
        return ["\n".join(where + error + what for where, error, what in said
                          if f"/wrong-{i}.json:" in where and error and what not in always)
                for i in range(len(models))]

    def test_unknown_keys_are_refused_by_both(self):
        model = self.everything()
        VALIDATOR.validate(model)
        wrong = []
        for path in self.objects(model):
            thing = model
            for step in path:
                thing = thing[step]
            self.assertFalse(self.definition(path, thing).is_valid(thing | {"unknown": 1}), path)
            wrong.append(changed(model, *path, "unknown", to=1))
        for said in self.refused(wrong):
            self.assertIn("unknown key 'unknown'", said)

    def test_what_is_required_is_required_by_both(self):
        changes = list(self.changes(self.everything(), None))
        required = 0
        for (key, _, valid), said in zip(changes, self.refused([model for _, model, _ in changes])):
            required += not valid
            if not valid:
                self.assertIn(f"'{key}' is missing", said)
            elif said:  # what something refers to is gone, or what a word announces
                self.assertIn(key, ("id", "label", "title", "economy-words", "pull-out", "figures", "from", "notes",
                                    "words", "files", "recommendations"), said)
        self.assertGreater(required, 30)

    def test_values_of_other_types_are_refused_by_both(self):
        for value in ({"a": 1}, 7.5, True, "%", [[[]]]):
            wrong = [model for _, model, valid in self.changes(self.everything(), value) if not valid]
            self.assertGreater(len(wrong), 50)
            for model, said in zip(wrong, self.refused(wrong)):
                self.assertIn("error", said, model)

    def sample(self, schema, name=""):
        """A value that uses all that a schema allows."""
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/$defs/")
            if name == "inlines":
                return [{"kind": "text", "at": [7, 8], "text": "ord"}]
            if name == "blocks":
                return [{"kind": "paragraph", "at": [5, 6], "content": [self.text()]}]
            return self.sample(SCHEMA["$defs"][name], name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][-1]
        if "anyOf" in schema:
            return self.sample(schema["anyOf"][-1], name)
        if "oneOf" in schema:
            return [self.sample(one) for one in schema["oneOf"]]
        kind = schema["type"]
        if kind == "object":
            return {key: self.special(name, key) or self.sample(inner)
                    for key, inner in schema["properties"].items() if self.special(name, key) != ""}
        if kind == "array":
            if schema["items"].get("type") == "integer":
                return [3, 4]
            return [self.sample(schema["items"])]
        return {"boolean": True, "integer": schema.get("minimum", 1) + 1}.get(kind) or "ord"

    def text(self):
        return {"kind": "text", "at": [7, 8], "text": "ord"}

    def special(self, name, key):
        """What isn't free: references, and what excludes something else."""
        found = {"figure": "K1", "figures": None if name == "" else [{"text": "K1", "at": [3, 4]}],
                 "target": "#en", "note": "a", "folder": "", "files": ["a.md"], "stop": "", "language": "da",
                 "private": [{"text": "privat", "at": [3, 4]}], "off": [{"text": "lix", "at": [3, 4]}],
                "section": "en", "path": "x.png", "cells": [[self.text()], [self.text()]],
                 "align": ["left", "right"], "period": "2012-08-27/2012-08-30" if name == "" else None,
                 "url": "www.example.org", "date": "2012-08-28", "modified": "2012-08-29", "deadline-date": "2012-08-30",
                 "low": "8.40", "high": "9", "meant": "8400", "label": "a", "level": 2, "name": "navn" if name == "" else None,
                 "text": "" if name.startswith("quantity") else None}
        return found.get(key)

    def everything(self):
        """A model with every key of every kind."""
        model = self.sample(SCHEMA)
        blocks = self.sample(SCHEMA["$defs"]["block"])
        for block in blocks:
            if "id" in block:
                block["id"] = f"id-{block['kind']}"
        # A chart has figures or a table, not both.
        chart = next(block for block in blocks if block["kind"] == "chart")
        chart |= {"target": "K1", "total": "K1"}
        blocks.append({key: value for key, value in chart.items() if key not in ("figures", "labels")})
        blocks[-1]["from"] = "id-table"
        blocks[-1]["id"] = "id-chart-from"
        for key in ("from", "from-at", "row", "columns"):
            del chart[key]
        blocks[0]["content"] = self.sample(SCHEMA["$defs"]["inline"])
        model["sections"][0] |= {"blocks": blocks, "id": "en"}
        figure = model["figures"][0]
        values = self.sample(SCHEMA["$defs"]["quantity"])
        model["figures"] = [figure | {"id": f"K{i + 1}", "value": value} for i, value in enumerate(values)]
        return model

    def test_every_key_is_read_and_printed(self):
        """The model with every key comes back as it is: no key is lost on either side."""
        (self.folder / "a.md").write_text("\n" * 9)
        model = self.everything()
        path = self.model(model, "navn.json")
        self.assertEqual(json.loads(self.printed(path)), model)

    def test_every_member_of_the_report_has_a_key(self):
        """src/report/report.h and the tables in src/model/shapes.c name the same members and words."""
        headers = "".join((ROOT / "src" / name).read_text() for name in (
            "report/report.h", "language/quantity.h"))
        names = (ROOT / "src" / "report" / "report.c").read_text()
        headers = re.sub(r"/\*.*?\*/", "", headers, flags=re.S)
        shapes = (ROOT / "src" / "model" / "shapes.c").read_text()
        members = set()
        for body, name in [*re.findall(r"typedef struct \{([^}]*(?:union \{[^}]*\}[^}]*)?)\} (\w+);", headers),
                           *((b, n) for n, b in re.findall(r"^struct (\w+) \{(.*?)^\};", headers, re.M | re.S))]:
            for line in re.sub(r"(union|struct) \{|\}", "", body).split(";"):
                words = re.findall(r"\w+", line.replace("const ", ""))
                members |= {f"{name}.{word}" for word in words[1:]}
        named = set()
        drafts = {"block": "Block", "list": "List", "table": "Table", "visit": "Visit", "chart": "ChartSpec",
                  "tiles": "TileSpec", "in": "Inline", "quantity": "Quantity", "sender": "Sender"}
        own = {"BlockDraft": "Block", "InlineDraft": "Inline"}
        for thing, path in re.findall(r"AT\((\w+), ([\w.]+)\)", shapes):
            first, _, rest = path.partition(".")
            named.add(f"{drafts[first]}.{rest}" if rest else f"{own.get(thing, thing)}.{first}")
        by_code = set("""
            Inline.next Inline.figure Inline.note Block.next Block.table Block.list Block.visit Block.chart
            Block.tiles Cell.inlines Table.rows Table.columns Table.align Table.cell Table.row_pos Table.row_heads
            Table.caption List.tight List.start ChartSpec.source TileSpec.source TileSpec.tile TileSpec.n
            Visit.fact Visit.facts
            Note.index Report.folder Report.file Report.sender Report.period_from Report.period_to Report.section
            Report.sections Report.figure Report.figure_of Report.figures Report.recommendation
            Report.recommendations Report.note Report.notes Report.terms Report.arena Block.name Block.number
            Inline.number Inline.decoration Inline.pull_out Inline.told PullOut.what Report.references""".split())
        left_out = {"QuantityFound", "QuantityParts"}
        members = {m for m in members if m.partition(".")[0] not in left_out}
        self.assertGreater(len(members), 100)
        self.assertEqual(sorted(members - named - by_code), [], "not in the model's tables")
        self.assertEqual(sorted(by_code - members), [], "no longer a member")
        for enum in re.findall(r"typedef enum \{([^}]*)\}", headers):
            for word in re.findall(r"\w+", enum):
                self.assertIn(f"[{word}] =", shapes + names)


class Wrong(ModelCase):
    def test_everything_is_said_at_its_place(self):
        said = self.wrong("""{
 "briefpack-model": 1,
 "titel": "Æble", "date": "2012-02-30",
 "sections": [{"title": "Æ", "blocks": [{"kind": "paragraf", "content": "x"}, 5,
   {"kind": "table", "rows": [["a", "b"], ["c"]]}, {"kind": "heading", "level": 9, "content": "x"}]}],
 "figures": [{"id": "K1", "section": "nej", "name": "n", "value": "12", "caveats": ""}]
}
""", "prove.json:1:1: error: 'title' is missing",
            "prove.json:3:2: error: unknown key 'titel'", 'did you mean \'title\'?',
            "prove.json:3:27: error: 'date' is no date: '2012-02-30'",
            "prove.json:4:50: error: 'kind' can't be 'paragraf'", "did you mean 'paragraph'?",
            "prove.json:4:79: error: 'blocks' must be an object in braces",
            "prove.json:5:43: error: this row has 1 cell, but the first row has 2",
            "prove.json:5:81: error: 'level' must be a whole number from 2 to 6",
            "prove.json:6:38: error: there is no section 'nej'",
            "prove.json:6:73: error: unknown key 'caveats'")
        self.assertEqual(said.count("error:"), 9)

    def test_versions(self):
        self.wrong(changed(LITTLE, "briefpack-model", to=2), ":2:21: error: version '2' of the format is unknown")
        self.wrong(changed(LITTLE, "briefpack-model"), ":1:1: error: 'briefpack-model' is missing")
        self.wrong("[]", "error: a report model is one JSON object")
        self.wrong(changed(changed(LITTLE, "briefpack-model", to=2), "unknown", to=1))

    def test_broken_files(self):
        self.wrong('{"briefpack-model": 1,\n "title": "a" "b"}', ":2:15: error: a comma or '}' should stand here")
        said = self.wrong('{"briefpack-model": 1, "figures": [{"id": "K1",}, 5, {]}',
                          ":1:48: error: a key in double quotes should stand here")
        self.assertEqual(said.count("error:"), 1)
        self.wrong('{"title": "\\ud83d"}', ":1:12: error: this escape is no character")
        (self.folder / "bad.json").write_bytes(b'{\n "\xff"}')
        self.assertIn("bad.json:2:3: error: this is not UTF-8", run("check", self.folder / "bad.json").stderr)
        (self.folder / "bad.json").write_bytes(json.dumps(LITTLE).encode("utf-8-sig"))
        self.assertEqual(run("check", self.folder / "bad.json").returncode, 0)
        self.assertEqual(run("check", self.folder / "none.json").returncode, 3)

    def test_things_where_they_have_no_place(self):
        heading = {"kind": "heading", "level": 2, "content": "x"}
        visit = {"kind": "visit", "name": "x"}
        for block in ({"kind": "quote", "blocks": [heading]}, {"kind": "list", "items": [{"blocks": [heading]}]},
                      {"kind": "quote", "blocks": [visit]}, visit | {"stop": True}, visit | {"blocks": [visit]},
                      visit | {"blocks": [{"kind": "key-figures"}]}, {"kind": "item"}):
            self.wrong(changed(LITTLE, "sections", 0, "blocks", to=[block]), "error:")
        self.wrong(changed(LITTLE, "sections", 0, "blocks", to=[visit | {"blocks": [heading]}]),
                   "this heading's level must be more than 2")
        self.wrong(changed(LITTLE, "sections", 0, "blocks", 0, to={"kind": "paragraph", "level": 2, "content": "x"}),
                   "error: 'level' means nothing here")
        link = {"kind": "link", "target": "#x", "content": [{"kind": "strong", "content": [
            {"kind": "link", "target": "#x"}]}]}
        self.wrong(changed(LITTLE, "sections", 0, "blocks", 0, to={"kind": "paragraph", "content": [link]}),
                   "error: a link in a link")

    def test_levels_that_skip_are_mended(self):
        heading = {"kind": "heading", "level": 4, "content": "x"}
        path = self.model(changed(LITTLE, "sections", 0, "blocks", to=[heading, "Tekst."]))
        self.assertIn("this heading skips a level; it is set as level 2", run("check", path).stderr)
        self.assertEqual(json.loads(self.printed(path))["sections"][0]["blocks"][0]["level"], 2)

    def test_values(self):
        def figure(value):
            return LITTLE | {"figures": [{"id": "K1", "section": 1, "name": "n", "value": value}]}
        for value, text in ((254000, "254.000"), (8.4, "8,4"), ("ca. 55.000", "ca. 55.000"), (-3, "\u22123"),
                            ({"kind": "interval", "low": 12, "high": "14"}, "12\u201314")):
            printed = json.loads(self.printed(self.model(figure(value))))["figures"][0]["value"]
            self.assertEqual(printed["text"].replace("\u00a0", " "), text)
        self.wrong(figure({"kind": "number", "low": 12, "text": "13"}),
                   "'13' is not what the other parts of this value say")
        for value in ("", [], True, 1e300, {"kind": "number"}, {"kind": "words"}, {"kind": "number", "low": "1,5"},
                      {"kind": "number", "low": "123456789012345678"}):
            self.wrong(figure(value))

    def test_closed_headings_close_what_is_under_them(self):
        blocks = [{"kind": "heading", "level": 2, "closed": True, "content": "Sagen"}, "Hemmeligt.",
                  {"kind": "heading", "level": 2, "content": "Åbent"}, "Tekst."]
        printed = json.loads(self.printed(self.model(changed(LITTLE, "sections", 0, "blocks", to=blocks))))
        self.assertEqual([b.get("closed", False) for b in printed["sections"][0]["blocks"]],
                         [True, True, False, False])

    def test_nesting_is_limited(self):
        for key, kind in (("blocks", "quote"), ("content", "strong")):
            deep = "x"
            for _ in range(66):
                deep = [{"kind": kind, key: deep if isinstance(deep, list) else [deep]}]
            block = deep[0] if key == "blocks" else {"kind": "paragraph", "content": deep}
            self.wrong(changed(LITTLE, "sections", 0, "blocks", to=[block]), "nested more than 64 levels deep")


class Places(ModelCase):
    def test_later_errors_stand_where_the_text_was_written(self):
        source = self.report("---\ntitle: T\n---\n# Tema: T\n\nSe [her](#her).\n\n## Her\n\nTekst.\n")
        model = source / "model.json"
        self.printed(source, "-o", model)
        broken = model.read_text().replace('"#her"', '"#der"')
        model.write_text(broken)
        self.assertIn("report.md:6:4: error: nothing has the id 'der'\n     6 | Se [her](#her).",
                      run("check", model).stderr)
        (source / "report.md").unlink()
        line = next(i for i, text in enumerate(broken.splitlines(), 1) if "#der" in text)
        self.assertIn(f"model.json:{line}:", run("check", model).stderr)

    def test_files_and_folders_outside_are_not_looked_at(self):
        secret = self.folder / "secret.md"
        secret.write_text("hemmeligt\n" * 9)
        inner = self.folder / "inner"
        inner.mkdir()
        (inner / "link.md").symlink_to(secret)
        (inner / "link").symlink_to(self.folder)
        link = {"kind": "link", "target": "#x", "at": [1, 1]}
        model = changed(LITTLE, "sections", 0, "blocks", 0, to={"kind": "paragraph", "content": [link]})
        for name in ("../secret.md", str(secret), "link.md", "link/secret.md"):
            said = self.wrong_in(inner, model | {"files": [name]})
            self.assertIn("prove.json:", said)
            self.assertNotIn("hemmeligt", said)
        for name in ("..", str(inner), "link", "nowhere", ""):
            self.assertIn("there is no folder", self.wrong_in(inner, LITTLE | {"folder": name}))

    def wrong_in(self, folder, model):
        path = self.model(model, f"{folder.name}/prove.json")
        done = run("check", path)
        self.assertEqual(done.returncode, 1)
        return done.stderr

    def test_pictures_are_in_the_folder(self):
        elements = self.copy_of(ROOT / "tests" / "reports" / "elements")
        inside = self.folder / "model.json"
        self.printed(elements, "-o", inside)
        self.assertEqual(json.loads(inside.read_text())["folder"], "elements")
        self.build(inside)
        self.assertEqual(self.printed(inside, "-o", self.folder / "again.json"), "")
        self.assertEqual((self.folder / "again.json").read_text(), inside.read_text())
        done = run("model", "-o", self.out / "model.json", elements)
        self.assertEqual(done.returncode, 0)
        self.assertIn("pictures are not found from where its model is written", done.stderr)
        self.assertEqual(run("build", "-o", self.out, self.out / "model.json").returncode, 1)

    def test_files_of_places_are_numbered(self):
        model = LITTLE | {"files": ["a.md"], "title-at": [1, 1, 1]}
        self.wrong(model, "'files' has no file of the number 1")


if __name__ == "__main__":
    unittest.main()
