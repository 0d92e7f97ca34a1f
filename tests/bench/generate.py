#!/usr/bin/env python3
"""Makes the inputs of `make bench`, the same words for briefpack and for its rivals.

  generate.py text PAGES      distinct text that makes a pack of about PAGES pages
  generate.py table ROWS      one table of ROWS rows and five columns
  generate.py report FOLDER   the words of a report (--theme ID: of one theme), for the rivals

  -f, --format briefpack|groff|typst|html     -o, --output FILE     --seed N

The same arguments give the same bytes. groff's input is Latin-1 for -ms and tbl (groff -t -ms).
"""
import argparse
import html
import random
import re
import sys

WORD_LIST = "/usr/share/dict/danish"  # Debian's wdanish
VOCABULARY = 60000
ZIPF_SHIFT, ZIPF_POWER = 2.7, 1.05  # Zipf and Mandelbrot: frequency is as 1 / (rank + shift)^power
# Measured: what a page of the pack takes, headings, lists and contents counted, and the pages without
# text (cover, ends of themes). tests/bench/run says when the layout has outgrown these.
WORDS_A_PAGE = 368.2
PAGES_WITHOUT_WORDS = 5.4

# The commonest words of Danish, in order; the others follow, short ones first on the whole.
COMMONEST = """og i at er en det til som på de med af for der den ikke et har om var fra vil kan så men
    han ved jeg sig vi eller skal også hun efter mod blev når være alle ham kun hvor nu ud over selv
    sin under mere hvad år andre mellem denne disse havde hos igen ind ingen lige man mange meget
    noget nogle to tre uden op ned bliver får går hele hvis høj lang ligger mest mindre nye store
    tid byen kommunen borgere unge hjælp arbejde samarbejde""".split()

NUMBERS = ["{a} pct.", "{a},{b} mio. kr.", "{c}.{d:03} kr.", "kl. {h}", "den {h}. august", "§ {a}",
           "{c}.{d:03} borgere", "{a} timer om ugen", "ca. {a} procent", "i {y}"]

TITLES = ["Den første del af arbejdet", "Den anden del af arbejdet", "Den tredje del af arbejdet"]
LEAD = "Her står {} tema. Ordene er tilfældige, men hvert afsnit er sit eget."


# ---- content: blocks, the same for every format ---------------------------------------------------
#
# A block is (kind, …): ("theme", title, id)   ("section", title)   ("heading", level, title)
# ("p", runs)   ("list", ordered, [runs])   ("box", title, [blocks])
# ("table", head, alignments, rows, caption); alignments are l, r and n (at the decimal comma).
# Runs are [(style, text)], a style is "", "b" or "i".

def read_words():
    data = open(WORD_LIST, "rb").read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    plain = re.compile("[a-zæøåéü]{2,24}")
    return sorted(w for w in set(text.split()) if plain.fullmatch(w))


def make_vocabulary(rng):
    first = set(COMMONEST)
    others = [w for w in read_words() if w not in first]
    wanted = VOCABULARY - len(COMMONEST)
    if len(others) < wanted:
        sys.exit(f"generate.py: error: {WORD_LIST} holds only {len(others)} words")
    others = rng.sample(others, wanted)
    others.sort(key=lambda w: len(w) + rng.gauss(0, 2))
    return COMMONEST + others


def draw_words(rng, vocabulary, total):
    """`total` words in a random order, each as often as Zipf says: a word that is expected once or
    more is surely there (systematic sampling)."""
    weights = [(rank + ZIPF_SHIFT) ** -ZIPF_POWER for rank in range(1, len(vocabulary) + 1)]
    step = sum(weights) / total
    words, sum_so_far, next_at = [], 0.0, rng.random() * step
    for word, weight in zip(vocabulary, weights):
        sum_so_far += weight
        count = max(0, int((sum_so_far - next_at) / step) + 1) if sum_so_far > next_at else 0
        words += [word] * count
        next_at += count * step
    rng.shuffle(words)
    return words


class Writer:
    """Turns words into sentences, paragraphs, lists and headings."""

    def __init__(self, rng, words):
        self.rng, self.words, self.seen = rng, words, set()

    def take(self, n):
        taken = self.words[-n:]
        del self.words[-n:]
        return taken

    def number(self):
        r = self.rng.random
        return self.rng.choice(NUMBERS).format(a=int(r() * 98) + 2, b=int(r() * 10), c=int(r() * 899) + 2,
                                               d=int(r() * 1000), h=int(r() * 22) + 2,
                                               y=int(r() * 60) + 1960)

    def sentence(self, n, emphasis=0.1):
        """Runs of n words, without a blank at the end."""
        rng, words = self.rng, self.take(n)
        n = len(words)
        words[0] = words[0].capitalize()
        comma = rng.randrange(2, n - 2) if n > 7 and rng.random() < 0.6 else -1
        if comma >= 0:
            words[comma] += ","
        if n > 4 and rng.random() < 0.08:
            words[rng.randrange(2, n - 1)] = self.number()
        words[-1] += rng.choices(".?!", (92, 6, 2))[0]
        if n > 5 and rng.random() < emphasis:
            start = rng.randrange(1, n - 3)
            end = start + rng.randrange(1, 4)
            if not any(w[-1] in ",.0123456789" for w in words[start:end]):
                return [("", " ".join(words[:start]) + " "),
                        (rng.choice("bi"), " ".join(words[start:end])),
                        ("", " " + " ".join(words[end:]))]
        return [("", " ".join(words))]

    def text(self, n):
        """Runs of about n words in sentences, unlike all before."""
        runs, left = [], n
        while left > 0 and self.words:
            k = min(left, round(self.rng.triangular(5, 24, 12)))
            if left - k < 5:
                k = left
            if runs:
                runs.append(("", " "))
            runs += self.sentence(k)
            left -= k
        merged = []
        for style, text in runs:
            if merged and merged[-1][0] == style:
                merged[-1] = (style, merged[-1][1] + text)
            else:
                merged.append((style, text))
        whole = "".join(text for _, text in merged)
        if whole in self.seen:
            return self.text(n)
        self.seen.add(whole)
        return merged

    def heading(self):
        words = self.take(self.rng.randrange(3, 7))
        while len(" ".join(words)) > 56:
            words.pop()
        return " ".join(words).capitalize()

    def section(self, paragraphs):
        yield ("heading", 2, self.heading())
        for _ in range(paragraphs):
            if not self.words:
                return
            yield ("p", self.text(self.rng.randrange(40, 121)))
            if self.rng.random() < 0.12 and len(self.words) > 100:
                items = [self.text(self.rng.randrange(4, 17)) for _ in range(self.rng.randrange(3, 7))]
                yield ("list", self.rng.random() < 1 / 3, items)


def text_blocks(rng, total):
    vocabulary = make_vocabulary(rng)
    words = draw_words(rng, vocabulary, total)
    print(f"{len(words)} words, {len(set(words))} different", file=sys.stderr)
    writer = Writer(rng, words)
    for i, title in enumerate(TITLES):
        yield ("theme", title, f"tema-{i + 1}")
        yield ("p", [("", LEAD.format(["det første", "det andet", "det tredje"][i]))])
        left = total * (len(TITLES) - 1 - i) // len(TITLES)
        while len(writer.words) > left + 20:
            yield from writer.section(rng.randrange(3, 7))


def grouped(n):
    return f"{n:,}".replace(",", ".")


def table_blocks(rng, rows):
    words = make_vocabulary(rng)[:5000]

    def row():
        place = " ".join(rng.choice(words) for _ in range(rng.randrange(1, 5))).capitalize()
        return [place, grouped(rng.randrange(1, 10000)), f"{rng.randrange(1000) / 10:.1f}".replace(".", ","),
                rng.choice(words), grouped(rng.randrange(1, 10 ** 6))]

    yield ("section", "En lang tabel")
    yield ("p", [("", f"Tabellen har {grouped(rows)} rækker.")])
    yield ("table", ["Sted", "Antal", "Andel", "Art", "Beløb"], "lrnlr", (row() for _ in range(rows)),
           "Steder med antal, andel, art og beløb")


# ---- a report, read for the rivals' sake ----------------------------------------------------------

ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*$")


def read_report(folder, theme):
    """The blocks of report.md, as far as that report needs Markdown. Links become their words."""
    text = open(folder.rstrip("/") + "/report.md", encoding="utf-8").read()
    _, front, body = text.split("---\n", 2)
    title = re.search(r"^title: (.*)$", front, re.M)[1]
    summary = re.search(r"^summary: >-\n((?:  .*\n)+)", front, re.M)
    figures = {}
    for line in body.splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if line.startswith("| K") and len(cells) > 3:
            figures[cells[0]] = cells[2] + " " + cells[3]
    titles = dict((m[2], m[1]) for m in re.finditer(r"^#+ (.*?) \{#([\w-]+)", body, re.M))

    def runs(source):
        source = re.sub(r"\[@(\w+)\]", lambda m: figures[m[1]], " ".join(source.split()))
        source = re.sub(r"\[\]\(#([\w-]+)\)", lambda m: titles[m[1]], source)
        source = re.sub(r"\[([^\]]*)\](\([^)]*\)|\{[^}]*\})", r"\1", source)
        parts = re.split(r"(\*\*[^*]+\*\*|\*[^*]+\*)", source)
        return [("b", p[2:-2]) if p[:2] == "**" else ("i", p[1:-1]) if p[:1] == "*" else ("", p)
                for p in parts if p]

    def blocks(lines):
        paragraph, items, ordered = [], [], False
        i = 0

        def flush():
            nonlocal paragraph, items
            if paragraph:
                yield ("p", runs("\n".join(paragraph)))
            if items:
                yield ("list", ordered, [runs("\n".join(item)) for item in items])
            paragraph, items = [], []

        while i < len(lines):
            line = lines[i]
            i += 1
            item = re.match(r"(-|\d+\.) +(.*)", line)
            heading = re.match(r"(#+) (.*)", line)
            if not line.strip():
                if paragraph or (items and not (i < len(lines) and re.match(r"(-|\d+\.| ) *", lines[i]))):
                    yield from flush()
            elif heading:
                yield from flush()
                words = ATTRIBUTES.sub("", heading[2])
                if len(heading[1]) == 1:
                    theme_id = re.search(r"\{#([\w-]+)", line)
                    yield ("theme", words, theme_id[1]) if words.startswith("Tema:") else ("section", words)
                else:
                    yield ("heading", len(heading[1]), words)
            elif line.startswith(">"):
                yield from flush()
                inside = [line]
                while i < len(lines) and lines[i].startswith(">"):
                    inside.append(lines[i])
                    i += 1
                inside = [re.sub(r"^> ?", "", one) for one in inside]
                tag = re.match(r"\[!\w+\] *(.*)", inside[0])
                yield ("box", tag[1] if tag else "", list(blocks(inside[1:] if tag else inside)))
            elif line.startswith("|"):
                yield from flush()
                rows = [line]
                while i < len(lines) and lines[i].startswith("|"):
                    rows.append(lines[i])
                    i += 1
                rows = [["".join(t for _, t in runs(c)) for c in r.strip().strip("|").split("|")]
                        for r in rows]
                yield ("table", rows[0], "l" * len(rows[0]), iter(rows[2:]), "")
            elif item:
                if paragraph:
                    yield from flush()
                ordered = item[1] != "-"
                items.append([item[2]])
            elif items:
                items[-1].append(line)
            else:
                paragraph.append(line)
        yield from flush()

    found = list(blocks(body.splitlines()))
    if theme:
        start = next(i for i, b in enumerate(found) if b[0] == "theme" and b[2] == theme)
        end = next((i for i in range(start + 1, len(found)) if found[i][0] in ("theme", "section")), None)
        found = found[start:end]
    elif summary:
        found.insert(0, ("p", runs(summary[1])))
    return title, found


# ---- formats --------------------------------------------------------------------------------------

def wrapped(text, width=100):
    lines, line, length = [], [], -1
    for word in text.split(" "):
        if length + 1 + len(word) > width and line and not word[:1].isdigit():
            lines.append(" ".join(line))
            line, length = [], -1
        line.append(word)
        length += 1 + len(word)
    lines.append(" ".join(line))
    return "\n".join(lines)


def write_briefpack(out, title, blocks):
    def inline(runs):
        mark = {"": "", "b": "**", "i": "*"}
        return "".join(mark[s] + t + mark[s] for s, t in runs)

    out(f"---\ntitle: {title}\ndate: 2012-09-09\nlanguage: da\n---\n")
    for block in blocks:
        kind = block[0]
        if kind == "theme":
            out(f"\n# Tema: {block[1]} {{#{block[2]}}}\n")
        elif kind == "section":
            out(f"\n# {block[1]}\n")
        elif kind == "heading":
            out(f"\n{'#' * block[1]} {block[2]}\n")
        elif kind == "p":
            out("\n" + wrapped(inline(block[1])) + "\n")
        elif kind == "list":
            out("\n")
            for i, item in enumerate(block[2]):
                mark = f"{i + 1}. " if block[1] else "- "
                out(mark + wrapped(inline(item), 96).replace("\n", "\n" + " " * len(mark)) + "\n")
        elif kind == "table":
            _, head, alignments, rows, caption = block
            out("\n| " + " | ".join(head) + " |\n")
            out("|" + "|".join("---" if a == "l" else "---:" for a in alignments) + "|\n")
            for row in rows:
                out("| " + " | ".join(row) + " |\n")
            out(f"\nTabel: {caption}\n")
        else:
            raise ValueError(kind)


def write_groff(out, title, blocks):
    """groff -t -ms: Helvetica 10.5/15 ragged right, not hyphenated; contents at the end."""
    def plain(text):
        text = "".join(c if ord(c) < 256 else f"\\[u{ord(c):04X}]" for c in text.replace("\\", "\\e"))
        return text.replace("\u00a0", "\\~")

    def line(text):
        return "\\&" + text if text[:1] in ".'" else text

    def inline(runs, width=100):
        font = {"": "{}", "b": "\\fB{}\\fP", "i": "\\fI{}\\fP"}
        text = wrapped("".join(font[s].format(plain(t)) for s, t in runs), width)
        return "\n".join(line(one) for one in text.split("\n")) + "\n"

    def heading(level, words):
        words = plain(words)
        out(f".SH {level}\n{line(words)}\n")
        if level < 3:
            out(f".XS\n{line(words)}\n.XE\n")

    def table(head, alignments, rows):
        rows = [[plain(c.strip()) for c in row] for row in rows]
        columns = list(zip(head, *rows))
        widths = [max(map(len, column)) for column in columns]
        if sum(widths) > 80:  # text has to be broken in the cells
            longest = [max(len(w) for cell in column for w in cell.split() + [""]) for column in columns]
            room = [max(l, min(w, 24)) for l, w in zip(longest, widths)]
            formats = " ".join(f"lp9v12w({11.2 * w / sum(room):.2f}c)" for w in room)
            rows = [[f"T{{\n{line(c)}\nT}}" if " " in c else c for c in r] for r in rows]
        else:
            formats = " ".join(a + "p9" for a in alignments)
        out(".vs 18p\n.TS H\ndecimalpoint(,);\n")
        out(" ".join("lbp9v12" for _ in head) + "\n" + formats + ".\n")
        out("\t".join(plain(h.strip()) for h in head) + "\n.TH\n")
        for row in rows:
            out(line("\t".join(row)) + "\n")
        out(".TE\n")

    out(".pl 29.7c\n.nr PO 2.2c\n.nr LL 12.65c\n.nr HM 84p\n.nr FM 82.89p\n"
        ".nr PS 10500\n.nr VS 15000\n.nr PD 9p\n.nr PI 14p\n.nr GROWPS 3\n.nr PSINCR 4p\n.nr HY 0\n"
        ".fam H\n.ss 12 0\n.ad l\n.ds CH\n.ds CF \\\\n%\n")
    out(f".TL\n{plain(title)}\n.LP\n")

    def write(block):
        kind = block[0]
        if kind in ("theme", "section"):
            heading(1, block[1])
        elif kind == "heading":
            heading(block[1], block[2])
        elif kind == "p":
            out(".LP\n" + inline(block[1]))
        elif kind == "list":
            for i, item in enumerate(block[2]):
                out((f".IP {i + 1}.\n" if block[1] else ".IP \\(bu\n") + inline(item))
        elif kind == "box":
            out(".QS\n.LP\n" + inline([("b", block[1])]))
            for inner in block[2]:
                write(inner)
            out(".QE\n")
        elif kind == "table":
            table(block[1], block[2], block[3])
            out(".LP\n" + inline([("b", block[4])]) if block[4] else "")

    for block in blocks:
        write(block)
    out(".TC\n")


def write_typst(out, title, blocks):
    special = re.compile(r"""([\\#$*_@<>\[\]`~=+/"'-])""")

    def plain(text):
        return special.sub(r"\\\1", text)

    def inline(runs):
        font = {"": "{}", "b": "#strong[{}]", "i": "#emph[{}]"}
        text = "".join(font[s].format(plain(t)) for s, t in runs)
        return re.sub(r"^(\d+)\.", r"\1\\.", text)

    out(f"""#set document(title: "{title}")
#set page(paper: "a4", margin: (left: 22mm, right: 61.5mm, top: 84pt, bottom: 82.89pt),
  footer: context align(right, text(8pt)[Side #counter(page).get().first() af #counter(page).final().first()]))
#set text(font: "Open Sans", size: 10.5pt, lang: "da", hyphenate: false,
  top-edge: 0.75em, bottom-edge: -0.25em)
#set par(leading: 4.5pt, spacing: 13.5pt, justify: false,
  linebreaks: sys.inputs.at("linebreaks", default: "optimized"))
#set table(inset: (x: 4pt, y: 4.5pt), stroke: (bottom: 0.4pt))
#show table: set text(9pt)
#show table: set par(leading: 3pt, justify: false)
#show heading.where(level: 1): set text(24pt)
#show heading.where(level: 2): set text(15pt)
#show heading.where(level: 3): set text(10.5pt)
#text(30pt, weight: "bold")[{plain(title)}]
#outline(title: [Indhold], depth: 2)
""")

    def write(block):
        kind = block[0]
        if kind in ("theme", "section"):
            out(f"\n#pagebreak(weak: true)\n= {plain(block[1])}\n")
        elif kind == "heading":
            out(f"\n{'=' * block[1]} {plain(block[2])}\n")
        elif kind == "p":
            out("\n" + inline(block[1]) + "\n")
        elif kind == "list":
            out("\n")
            for item in block[2]:
                out(("+ " if block[1] else "- ") + inline(item) + "\n")
        elif kind == "box":
            out(f"\n#block(inset: (left: 12pt), stroke: (left: 3pt), text(9pt)[\n*{plain(block[1])}*\n")
            for inner in block[2]:
                write(inner)
            out("])\n")
        elif kind == "table":
            _, head, alignments, rows, caption = block
            align = ", ".join("left" if a == "l" else "right" for a in alignments)
            columns = len(head) if len(head) == 5 else "(" + "1fr, " * len(head) + ")"
            out(f"\n#table(columns: {columns}, align: ({align}),\n  table.header(")
            out(", ".join(f"[*{plain(h.strip())}*]" for h in head) + "),\n")
            for row in rows:
                out("  " + ", ".join(f"[{plain(c.strip())}]" for c in row) + ",\n")
            out(f")\n\n{inline([('b', caption)])}\n" if caption else ")\n")

    for block in blocks:
        write(block)


def write_html(out, title, blocks):
    blocks = list(blocks)

    def inline(runs):
        font = {"": "{}", "b": "<b>{}</b>", "i": "<i>{}</i>"}
        return "".join(font[s].format(html.escape(t, False)) for s, t in runs)

    out(f"""<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>{html.escape(title)}</title><style>
@page {{ size: A4; margin: 84pt 61.5mm 82.89pt 22mm;
  @bottom-right {{ font: 8pt "Open Sans"; content: "Side " counter(page) " af " counter(pages) }} }}
body {{ font: 10.5pt/15pt "Open Sans"; margin: 0; text-align: left; hyphens: manual }}
p, ul, ol {{ margin: 0 0 9pt }} ul, ol {{ padding-left: 14pt }}
h1 {{ font-size: 24pt; line-height: 30pt; margin: 0 0 12pt; break-before: page }}
h2 {{ font-size: 15pt; line-height: 21pt; margin: 24pt 0 6pt }}
h3 {{ font-size: 10.5pt; line-height: 15pt; margin: 15pt 0 3pt }}
.title {{ font-size: 30pt; line-height: 36pt; font-weight: bold }}
nav p {{ margin: 0 }}
nav a {{ color: inherit; text-decoration: none }}
nav a::after {{ content: leader(".") target-counter(attr(href), page) }}
.box {{ border-left: 3pt solid; padding-left: 12pt; font-size: 9pt; line-height: 13.5pt }}
table {{ border-collapse: collapse; font-size: 9pt; line-height: 12pt; width: 100% }}
td, th {{ border-bottom: 0.4pt solid; padding: 3pt 4pt; text-align: left; vertical-align: top }}
.r {{ text-align: right }}
</style></head><body>
<p class="title">{html.escape(title)}</p><nav>
""")
    number = 0
    for block in blocks:
        if block[0] in ("theme", "section") or block[0] == "heading" and block[1] == 2:
            number += 1
            words = block[2] if block[0] == "heading" else block[1]
            out(f'<p><a href="#h{number}">{html.escape(words)}</a></p>\n')
    out("</nav>\n")
    number = 0

    def write(block):
        nonlocal number
        kind = block[0]
        if kind in ("theme", "section"):
            number += 1
            out(f'<h1 id="h{number}">{html.escape(block[1])}</h1>\n')
        elif kind == "heading":
            number += block[1] == 2
            out(f'<h2 id="h{number}">' if block[1] == 2 else f"<h{block[1]}>")
            out(f"{html.escape(block[2])}</h{block[1]}>\n")
        elif kind == "p":
            out(f"<p>{inline(block[1])}</p>\n")
        elif kind == "list":
            tag = "ol" if block[1] else "ul"
            items = "\n".join(f"<li>{inline(i)}</li>" for i in block[2])
            out(f"<{tag}>{items}</{tag}>\n")
        elif kind == "box":
            out(f'<div class="box"><p><b>{html.escape(block[1])}</b></p>')
            for inner in block[2]:
                write(inner)
            out("</div>\n")
        elif kind == "table":
            _, head, alignments, rows, caption = block
            td = ["<td>" if a == "l" else '<td class="r">' for a in alignments]
            out("<table><thead><tr>")
            out("".join(f"<th>{html.escape(h.strip())}</th>" for h in head) + "</tr></thead><tbody>\n")
            for row in rows:
                out("<tr>" + "".join(t + html.escape(c.strip()) for t, c in zip(td, row)) + "</tr>\n")
            out("</tbody></table>\n" + (f"<p><b>{html.escape(caption)}</b></p>\n" if caption else ""))

    for block in blocks:
        write(block)
    out("</body></html>\n")


FORMATS = {"briefpack": write_briefpack, "groff": write_groff, "typst": write_typst, "html": write_html}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("kind", choices=["text", "table", "report"])
    parser.add_argument("what", help="PAGES, ROWS or FOLDER")
    parser.add_argument("-f", "--format", choices=list(FORMATS), default="briefpack")
    parser.add_argument("-o", "--output")
    parser.add_argument("--seed", type=int, default=2012)
    parser.add_argument("--words", type=int, help="how many words the text has, instead of PAGES")
    parser.add_argument("--theme", help="only the theme with this id")
    o = parser.parse_args()
    rng = random.Random(f"{o.seed} {o.kind} {o.what}")
    if o.kind == "text":
        total = o.words or max(100, round((int(o.what) - PAGES_WITHOUT_WORDS) * WORDS_A_PAGE))
        title, blocks = f"Tekst på {grouped(int(o.what))} sider", text_blocks(rng, total)
    elif o.kind == "table":
        title, blocks = f"Tabel med {grouped(int(o.what))} rækker", table_blocks(rng, int(o.what))
    elif o.format == "briefpack":
        parser.error("the report is already in briefpack's format")
    else:
        title, blocks = read_report(o.what, o.theme)
    encoding = "latin-1" if o.format == "groff" else "utf-8"
    out = open(o.output, "w", encoding=encoding) if o.output else open(1, "w", encoding=encoding)
    with out:
        FORMATS[o.format](out.write, title, blocks)


main()
