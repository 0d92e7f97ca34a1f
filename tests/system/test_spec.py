"""All examples of the specification of GitHub's Markdown in one report: their words are in its PDF."""
import html
import pathlib
import re
import unittest

from support import BUILD, Case, run, text_of, tool

EXAMPLE = re.compile(r"^`{32} example.*?\n(.*?)^\.\n.*?^`{32}$", re.M | re.S)
PICTURES = re.compile(r"!\[")


def examples():
    text = pathlib.Path(BUILD, "spec.txt").read_text(encoding="utf-8")
    return [example.replace("→", "\t") for example in EXAMPLE.findall(text)]


def words(text):
    """Letters and digits alone: the page may break a line anywhere else."""
    return re.findall(r"\w{2,}", text)


class Specification(Case):
    def test_words_of_all_examples(self):
        found = examples()
        self.assertEqual(len(found), 673)
        # A block without an end would swallow the examples behind it; no picture is there.
        kept = {number: text for number, text in enumerate(found, 1)
                if text.count("```") % 2 == 0 and text.count("~~~") % 2 == 0
                and not re.search(r"<(pre|script|style|!--|\?|!)", text) and not PICTURES.search(text)
                and not re.match(r"\s*(---|\+\+\+)", text)}
        for _ in range(8):
            report, first = "---\ntitle: T\nlanguage: en\n---\n# Examples\n\nText.\n", {}
            for number, text in kept.items():
                first[report.count("\n") + 1] = number
                report += f"\n## Example {number}\n\n{text}\n"
            done = run("build", "-o", self.out, "-l", "committee-pack", self.report(report))
            self.assertIn(done.returncode, (0, 1), done.stderr[-2000:])
            wrong = {max(line for line in first if line <= int(at)) for at in
                     re.findall(r"report\.md:(\d+):\d+: error", done.stderr) if int(at) >= min(first)}
            if not wrong:
                break
            for line in wrong:
                del kept[first[line]]
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        self.assertGreater(len(kept), 500)
        body = report.split("---\n", 2)[2]
        source = self.folder / "body.md"
        source.write_text(body, encoding="utf-8")
        page = tool("cmark-gfm", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tasklist", source)
        expected = html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", " ", page))
        pdf = "".join(words(text_of(next(self.out.glob("*.pdf")), "-raw")))
        lost = [word for word in words(expected) if word not in pdf]
        self.assertEqual(lost, [])


if __name__ == "__main__":
    unittest.main()
