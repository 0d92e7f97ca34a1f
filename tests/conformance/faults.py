"""The faults: each function breaks one rule in a good PDF.

`expected` says who must refuse the file: `ua1-7.3-1` and `3a-6.1.3-1` are rules of
veraPDF's, `unreadable` its parser, `reader-info-title` a check of reader.py's.
A function changes the Pdf it is given, or returns a function that changes the bytes
written from it, or both. It raises Missing when the file has no place for its fault.
"""
import re
import subprocess
import tempfile

from pdfdoc import CMap, Font, PdfError, Stream, is_ref, operations, text

FAULTS = []
NO_SUCH_MCID = 30000
NO_SUCH_OBJECT = "999999 0 R"
LZW_CLEAR, LZW_END, LZW_BITS, LZW_RUN = 256, 257, 9, 200


class Missing(Exception):
    """The good file has no place for this fault."""


def fault(*expected):
    """Registers a function that changes a Pdf, and who must refuse what it makes."""
    def register(function):
        FAULTS.append((function.__name__.replace("_", "-"), expected, function))
        return function
    return register


def first(found, what):
    for item in found:
        return item
    raise Missing(f"no {what}")


# ---- looking around -------------------------------------------------------------

def elements(pdf, *types):
    """(reference, dict) of the structure elements of these types, in logical order."""
    root = pdf.catalog().get("/StructTreeRoot")
    stack = [root]
    while stack:
        ref = stack.pop()
        entry = pdf.dict(ref)
        if ref != root and (not types or entry.get("/S") in types):
            yield ref, entry
        stack.extend(kid for kid in reversed(pdf.list(entry.get("/K")))
                     if is_ref(kid) and "/S" in pdf.dict(kid))


def annotations(pdf, subtype="/Link"):
    """(page, dict) of the annotations of a type."""
    for page in pdf.pages():
        for ref in pdf.list(pdf.dict(page).get("/Annots")):
            if pdf.dict(ref).get("/Subtype") == subtype:
                yield page, pdf.dict(ref)


def fonts(pdf):
    """(reference, dict) of the composite fonts that pages use."""
    seen = set()
    for page in pdf.pages():
        resources = pdf.dict(pdf.inherited(page, "/Resources"))
        for ref in pdf.dict(resources.get("/Font")).values():
            if str(ref) not in seen and pdf.dict(ref).get("/Subtype") == "/Type0":
                seen.add(str(ref))
                yield ref, pdf.dict(ref)


def descendant(pdf, font):
    return pdf.dict(pdf.list(font["/DescendantFonts"])[0])


class Mark:
    """Marked content with an MCID that begins and ends in one stream."""

    def __init__(self, page, ref, begin):
        self.page, self.ref, self.begin = page, ref, begin
        self.end = None
        self.shown = []         # (font resource, Tj or TJ operation)


def marks(pdf):
    for page in pdf.pages():
        for ref in pdf.content_streams(page):
            yield from stream_marks(pdf, page, ref)


def stream_marks(pdf, page, ref):
    stack, font = [], None
    for op in operations(pdf.get(ref).data):
        if op.name in ("BDC", "BMC"):
            stack.append(Mark(page, ref, op))
        elif op.name == "Tf":
            font = op.operands[0]
        elif op.name in ("Tj", "TJ") and stack:
            stack[-1].shown.append((font, op))
        elif op.name == "EMC" and stack:
            mark = stack.pop()
            mark.end = op
            if mark.begin.name == "BDC" and "/MCID" in (mark.begin.operands[1] or {}):
                yield mark


def shown(pdf):
    """(mark, operation, font, font's dict) of text in marked content."""
    for mark in marks(pdf):
        resources = pdf.dict(pdf.dict(pdf.inherited(mark.page, "/Resources")).get("/Font"))
        for name, op in mark.shown:
            ref = resources.get(name)
            if pdf.dict(ref).get("/Subtype") == "/Type0":
                yield mark, op, Font(pdf, ref), pdf.dict(ref)


def edit(pdf, ref, start, end, new):
    stream = pdf.get(ref)
    stream.data = stream.data[:start] + new + stream.data[end:]


def xmp_edit(pdf, pattern, new):
    stream = pdf.get(pdf.catalog().get("/Metadata"))
    stream.data, times = re.subn(pattern.encode(), new.encode(), stream.data, flags=re.DOTALL)
    if not times:
        raise Missing(f"nothing like {pattern} in XMP")


def without(pdf, entry, key):
    """Gives an element attributes of its own, without this key."""
    attributes = pdf.attributes(entry)
    entry.pop("/C", None)
    entry["/A"] = [{k: v for k, v in attribute.items() if k != key} for attribute in attributes]


def table_rows(pdf):
    """The rows of each table, in order."""
    tables = {}
    for _, row in elements(pdf, "/TR"):
        above = row.get("/P")
        while pdf.dict(above).get("/S", "/Table") != "/Table":
            above = pdf.dict(above).get("/P")
        tables.setdefault(str(above), []).append(row)
    return tables.values()


def drop(entry, key):
    if key not in entry:
        raise Missing(f"no {key}")
    del entry[key]


def parent_tree(pdf):
    """ParentTree as a dict; its arrays are the objects themselves."""
    root = pdf.dict(pdf.catalog().get("/StructTreeRoot"))
    return {key: pdf.get(value) for key, value in pdf.tree(root.get("/ParentTree"), "/Nums")}


def page_parents(pdf):
    """(page, its array in the ParentTree) of the pages with marked content."""
    tree = parent_tree(pdf)
    for page in pdf.pages():
        entry = tree.get(pdf.dict(page).get("/StructParents"))
        if isinstance(entry, list) and entry:
            yield page, entry


def outline_items(pdf):
    stack = [pdf.dict(pdf.catalog().get("/Outlines")).get("/First")]
    while stack:
        ref = stack.pop()
        if ref is not None:
            item = pdf.dict(ref)
            yield item
            stack += [item.get("/Next"), item.get("/First")]


def info(pdf, key):
    entry = pdf.dict(pdf.trailer.get("/Info"))
    if key not in entry:
        raise Missing(f"no {key} in Info")
    return entry


def attachment(pdf):
    return first((pdf.dict(ref) for ref in pdf.list(pdf.catalog().get("/AF"))), "attachment")


def through(data, *command):
    """What a command of qpdf's makes of the bytes."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        done = subprocess.run([*command, file.name, "-"], capture_output=True, check=False)
    if done.returncode or not done.stdout:
        raise PdfError(f"{command[0]}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stdout


# ---- faults that veraPDF must see: structure --------------------------------------

@fault("ua1-7.3-1")
def figure_without_alt(pdf):
    """a Figure has no Alt"""
    _, entry = first(elements(pdf, "/Figure"), "Figure")
    drop(entry, "/Alt")
    entry.pop("/ActualText", None)


@fault("ua1-7.5-1")
def table_without_scope(pdf):
    """no TH has a Scope, no TD has Headers"""
    first(elements(pdf, "/TD"), "TD")
    for _, entry in elements(pdf, "/TH"):
        without(pdf, entry, "/Scope")
    for _, entry in elements(pdf, "/TD"):
        without(pdf, entry, "/Headers")


@fault("ua1-7.2-43")
def table_row_short(pdf):
    """a table row has one cell less"""
    rows = first((rows for rows in table_rows(pdf)
                  if len(rows) > 1 and len(pdf.list(rows[-1].get("/K"))) > 1), "table of two rows and columns")
    pdf.get(rows[-1]["/K"]).pop()


@fault("ua1-7.2-17")
def list_item_outside_list(pdf):
    """an L is a Sect, its LI stand in no list"""
    first(elements(pdf, "/L"), "L")[1]["/S"] = "/Sect"


@fault("ua1-7.2-9")
def cell_outside_row(pdf):
    """a TR is a Div"""
    found = (pdf.dict(entry["/P"]) for _, entry in elements(pdf, "/TD"))
    first((row for row in found if row.get("/S") == "/TR"), "TR with a TD")["/S"] = "/Div"


@fault("ua1-7.4.2-1")
def heading_skipped(pdf):
    """a heading stands two levels below the one before it"""
    headings = [entry for _, entry in elements(pdf, *(f"/H{i}" for i in range(1, 7)))]
    levels = [1] + [int(entry["/S"][2:]) for entry in headings]
    place = first((i for i in reversed(range(len(headings))) if levels[i] <= 4), "heading")
    headings[place]["/S"] = f"/H{levels[place] + 2}"


@fault("ua1-7.9-1")
def note_without_id(pdf):
    """a Note has no ID"""
    drop(first(elements(pdf, "/Note"), "Note")[1], "/ID")


@fault("ua1-7.1-5", "3a-6.7.3.4-1")
def element_of_unknown_type(pdf):
    """a P is of a type that no standard has, and no role map explains"""
    first(elements(pdf, "/P"), "P")[1]["/S"] = "/Brødtekst"


@fault("ua1-7.1-11", "3a-6.7.3.3-1")
def no_structure_tree(pdf):
    """the catalog has no StructTreeRoot"""
    drop(pdf.catalog(), "/StructTreeRoot")


@fault("ua1-7.1-3")
def content_untagged(pdf):
    """one BDC and its EMC are gone"""
    mark = first((m for m in marks(pdf) if m.shown), "marked text")
    edit(pdf, mark.ref, mark.end.start, mark.end.end, b"")
    edit(pdf, mark.ref, mark.begin.start, mark.begin.end, b"")


@fault("ua1-7.1-1")
def artifact_in_tagged_content(pdf):
    """an artifact stands inside tagged content"""
    mark = first((m for m in marks(pdf) if m.shown), "marked text")
    edit(pdf, mark.ref, mark.end.start, mark.end.start, b"/Artifact BMC EMC\n")


@fault("ua1-7.1-2")
def tagged_content_in_artifact(pdf):
    """tagged content stands inside an artifact"""
    mark = first((m for m in marks(pdf) if m.shown), "marked text")
    edit(pdf, mark.ref, mark.end.end, mark.end.end, b" EMC")
    edit(pdf, mark.ref, mark.begin.start, mark.begin.start, b"/Artifact BMC ")


@fault("ua1-7.1-3")
def parent_tree_without_entry(pdf):
    """the ParentTree has null where a page's first MCID has its element"""
    first(page_parents(pdf), "ParentTree entry")[1][0] = None


# ---- catalog, metadata, files -----------------------------------------------------

@fault("ua1-7.2-34")
def no_language(pdf):
    """the catalog has no Lang"""
    drop(pdf.catalog(), "/Lang")


@fault("ua1-7.2-29")
def language_malformed(pdf):
    """the catalog's Lang has an underscore"""
    pdf.catalog()["/Lang"] = "u:da_DK"


@fault("ua1-7.1-9")
def no_title_in_xmp(pdf):
    """XMP has no dc:title"""
    xmp_edit(pdf, r"<dc:title>.*?</dc:title>", "")


@fault("ua1-7.1-10")
def title_not_displayed(pdf):
    """DisplayDocTitle is false"""
    pdf.dict(pdf.catalog().get("/ViewerPreferences"))["/DisplayDocTitle"] = False


@fault("ua1-6.2-1", "3a-6.7.2.2-1")
def no_mark_info(pdf):
    """the catalog has no MarkInfo"""
    drop(pdf.catalog(), "/MarkInfo")


@fault("ua1-7.1-8", "3a-6.6.2.1-1")
def no_xmp(pdf):
    """the catalog has no Metadata"""
    drop(pdf.catalog(), "/Metadata")


@fault("ua1-5-1")
def no_pdfuaid(pdf):
    """XMP doesn't say PDF/UA"""
    xmp_edit(pdf, r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=.1.", "")


@fault("3a-6.6.4-2")
def no_pdfaid_part(pdf):
    """XMP doesn't say which part of PDF/A"""
    xmp_edit(pdf, r"<pdfaid:part>3</pdfaid:part>|pdfaid:part=.3.", "")


@fault("3a-6.6.2.3.1-1")
def xmp_without_extension_schema(pdf):
    """XMP doesn't describe the pdfuaid schema"""
    xmp_edit(pdf, r"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", "")


@fault("3a-6.2.4.3-2")
def no_output_intent(pdf):
    """there is an RGB colour, and the catalog has no OutputIntents"""
    drop(pdf.catalog(), "/OutputIntents")
    mark = first((m for m in marks(pdf) if m.shown), "marked text")
    edit(pdf, mark.ref, mark.shown[0][1].start, mark.shown[0][1].start, b" 0 0 1 rg ")


@fault("3a-6.2.4.3-3")
def cmyk_colour(pdf):
    """a CMYK colour under an sRGB output intent"""
    mark = first((m for m in marks(pdf) if m.shown), "marked text")
    edit(pdf, mark.ref, mark.shown[0][1].start, mark.shown[0][1].start, b" 0 0 0 1 k ")


@fault("3a-6.8-3")
def attachment_without_relationship(pdf):
    """an attachment has no AFRelationship"""
    drop(attachment(pdf), "/AFRelationship")


@fault("3a-6.8-1")
def attachment_without_type(pdf):
    """an attachment has no MIME type"""
    drop(pdf.dict(pdf.dict(attachment(pdf)["/EF"])["/F"]), "/Subtype")


@fault("3a-6.8-4")
def attachment_of_nothing(pdf):
    """an attachment is associated with nothing"""
    drop(pdf.catalog(), "/AF")


# ---- annotations ------------------------------------------------------------------

@fault("ua1-7.18.5-2")
def link_without_contents(pdf):
    """a link has no Contents"""
    drop(first(annotations(pdf), "link")[1], "/Contents")


@fault("ua1-7.18.5-1")
def link_without_struct_parent(pdf):
    """a link has no StructParent"""
    drop(first(annotations(pdf), "link")[1], "/StructParent")


@fault("ua1-7.18.5-1")
def link_in_span(pdf):
    """a link's element is a Span"""
    first(elements(pdf, "/Link"), "Link")[1]["/S"] = "/Span"


@fault("3a-6.3.2-2")
def link_not_printed(pdf):
    """a link's F has no Print bit"""
    first(annotations(pdf), "link")[1]["/F"] = 0


@fault("3a-6.5.1-1")
def link_runs_script(pdf):
    """a link runs JavaScript"""
    link = first(annotations(pdf), "link")[1]
    link.pop("/Dest", None)
    link["/A"] = {"/S": "/JavaScript", "/JS": "u:1"}


@fault("ua1-7.18.3-1")
def page_without_tabs(pdf):
    """a page with a link has no Tabs"""
    drop(pdf.dict(first(annotations(pdf), "link")[0]), "/Tabs")


# ---- fonts ------------------------------------------------------------------------

@fault("ua1-7.21.7-1", "3a-6.2.11.7.2-1")
def font_without_to_unicode(pdf):
    """a font has no ToUnicode"""
    drop(first(fonts(pdf), "font")[1], "/ToUnicode")


@fault("ua1-7.21.4.1-1", "3a-6.2.11.4.1-1")
def font_not_embedded(pdf):
    """a font has no font file"""
    descriptor = pdf.dict(descendant(pdf, first(fonts(pdf), "font")[1])["/FontDescriptor"])
    key = first((key for key in descriptor if key.startswith("/FontFile")), "font file")
    del descriptor[key]


@fault("ua1-7.21.5-1", "3a-6.2.11.5-1")
def width_wrong(pdf):
    """the font dictionary has other widths than the font"""
    font = descendant(pdf, first(fonts(pdf), "font")[1])
    drop(font, "/W")
    font["/DW"] = 3


@fault("ua1-7.21.8-1", "3a-6.2.11.8-1")
def notdef_shown(pdf):
    """a code is shown that no CID stands for: CID 0"""
    for mark, op, font, _ in shown(pdf):
        size = font.sizes[0]
        for value in range(256):
            code = value.to_bytes(size, "big")
            if font.cid(code) == 0:
                return edit(pdf, mark.ref, op.end, op.end, b" <" + code.hex().encode() + b"> Tj")
    raise Missing("no code without a CID")


# ---- the file's own form ------------------------------------------------------------

@fault("3a-6.1.7.2-1")
def lzw(pdf):
    """a stream is compressed with LZW"""
    stream = pdf.get(pdf.content_streams(pdf.pages()[0])[0])
    bits, data = "", stream.data
    for at in range(0, len(data), LZW_RUN):
        for code in [LZW_CLEAR, *data[at:at + LZW_RUN]]:
            bits += f"{code:0{LZW_BITS}b}"
    bits += f"{LZW_END:0{LZW_BITS}b}"
    bits += "0" * (-len(bits) % 8)
    stream.data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    stream.dict["/Filter"] = "/LZWDecode"


@fault("3a-6.1.3-1")
def no_trailer_id(_):
    """the trailer has no ID"""
    def edited(data):
        at = data.rindex(b"trailer")
        return data[:at] + re.sub(rb"/ID\b", b"/XD", data[at:])
    return edited


@fault("unreadable")
def half_a_file(_):
    """the file ends in its middle"""
    return lambda data: data[:len(data) // 2]


@fault("3a-6.1.3-3")
def bytes_after_the_end(_):
    """there are bytes behind %%EOF"""
    return lambda data: data + b"% more\n"


@fault("3a-6.1.3-2")
def encrypted(_):
    """the file is encrypted (AES-128, no password to open)"""
    # The key of AES-256 is salted by chance, and one in many of its files the validator cannot open.
    return lambda data: through(data, "qpdf", "--encrypt", "", "owner", "128", "--use-aes=y", "--")


# ---- faults that only the reader sees: metadata ---------------------------------------

@fault("reader-info-title")
def titles_differ(pdf):
    """Info has another title than XMP"""
    entry = info(pdf, "/Title")
    entry["/Title"] = "u:" + text(pdf.get(entry["/Title"])) + "!"


@fault("reader-info-author")
def authors_differ(pdf):
    """Info has another author than XMP"""
    info(pdf, "/Author")["/Author"] = "u:Ingen"


@fault("reader-info-moddate")
def dates_of_change_differ(pdf):
    """Info has another ModDate than XMP"""
    said = text(pdf.get(info(pdf, "/ModDate")["/ModDate"]))
    info(pdf, "/ModDate")["/ModDate"] = "u:D:1996" + said[6:]


@fault("reader-info-creationdate")
def dates_of_creation_differ(pdf):
    """Info has another CreationDate than XMP"""
    said = text(pdf.get(info(pdf, "/CreationDate")["/CreationDate"]))
    info(pdf, "/CreationDate")["/CreationDate"] = "u:D:1996" + said[6:]


@fault("reader-info-moddate")
def time_zones_differ(pdf):
    """Info has the moment of XMP, in another time zone"""
    xmp_edit(pdf, r"(<xmp:ModifyDate>[^<]*?)(Z|[+-]\d\d:\d\d)(</)", r"\1+11:00\3")


@fault("reader-info-producer")
def producer_only_in_info(pdf):
    """XMP has no pdf:Producer"""
    info(pdf, "/Producer")
    xmp_edit(pdf, r"<pdf:Producer>.*?</pdf:Producer>|pdf:Producer=\"[^\"]*\"", "")


@fault("reader-xmp-language")
def languages_differ(pdf):
    """XMP has another language than the catalog"""
    xmp_edit(pdf, r"(<dc:language>.*?<rdf:li>).*?(</rdf:li>)", r"\1nn-NO\2")


@fault("reader-language")
def language_unknown(pdf):
    """an element's Lang is a word, not a tag"""
    first(elements(pdf, "/P"), "P")[1]["/Lang"] = "u:dansk"


@fault("reader-file")
def key_twice(pdf):
    """the catalog has its Lang twice"""
    pdf.catalog()["/Lanh"] = "u:x-none"
    return lambda data: data.replace(b"/Lanh", b"/Lang")


# ---- structure, both ways ---------------------------------------------------------------

@fault("reader-parent-tree")
def parents_swapped_on_page(pdf):
    """two entries of a page's array in the ParentTree are swapped"""
    for _, entry in page_parents(pdf):
        other = next((i for i, value in enumerate(entry) if value != entry[0]), None)
        if other is not None:
            entry[0], entry[other] = entry[other], entry[0]
            return
    raise Missing("no page with two elements")


@fault("reader-parent-tree")
def parents_swapped_between_pages(pdf):
    """the first entries of two pages in the ParentTree are swapped"""
    entries = [entry for _, entry in page_parents(pdf)]
    first(entries[1:], "second page with marked content")
    entries[0][0], entries[1][0] = entries[1][0], entries[0][0]


@fault("reader-parent-tree")
def pages_swapped(pdf):
    """two pages have each other's StructParents"""
    pages = [pdf.dict(page) for page, _ in page_parents(pdf)]
    first(pages[1:], "second page with marked content")
    pages[0]["/StructParents"], pages[1]["/StructParents"] = \
        pages[1]["/StructParents"], pages[0]["/StructParents"]


@fault("reader-parent-tree")
def parent_too_many(pdf):
    """the ParentTree has an entry for an MCID that the page has not"""
    entry = first(page_parents(pdf), "ParentTree entry")[1]
    entry.append(entry[0])


@fault("reader-parent-tree-keys")
def parent_tree_key_twice(pdf):
    """two keys of the ParentTree are the same"""
    def arrays(value):
        node = pdf.dict(value)
        if "/Nums" in node:
            yield pdf.get(node["/Nums"])
        for kid in pdf.list(node.get("/Kids")):
            yield from arrays(kid)

    root = pdf.dict(pdf.catalog().get("/StructTreeRoot"))
    nums = first((a for a in arrays(root.get("/ParentTree")) if len(a) > 3), "ParentTree with two keys")
    nums[2] = nums[0]


@fault("reader-tree-limits")
def tree_limits_wrong(pdf):
    """a node of the ParentTree has other Limits than keys"""
    root = pdf.dict(pdf.catalog().get("/StructTreeRoot"))
    kids = pdf.list(pdf.dict(root.get("/ParentTree")).get("/Kids"))
    others = (pdf.dict(kid) for kid in kids if pdf.dict(kid)["/Limits"] != [0, 0])
    first(others, "second key of the ParentTree")["/Limits"] = [0, 0]


@fault("reader-annotation")
def link_parents_swapped(pdf):
    """two links have each other's StructParent"""
    links = [entry for _, entry in annotations(pdf) if "/StructParent" in entry]
    first(links[1:], "second link")
    links[0]["/StructParent"], links[1]["/StructParent"] = links[1]["/StructParent"], links[0]["/StructParent"]


@fault("reader-mcid-exists")
def kid_without_content(pdf):
    """an element names an MCID that no content has"""
    _, entry = first(((r, e) for r, e in elements(pdf, "/P") if "/K" in e), "P")
    page = pdf.pages()[0]
    entry["/K"] = [*pdf.list(entry["/K"]), {"/Type": "/MCR", "/Pg": page, "/MCID": NO_SUCH_MCID}]


@fault("reader-mcid-once")
def mcid_twice(pdf):
    """two marked contents of a page have the same MCID"""
    pages = {}
    for mark in marks(pdf):
        other = pages.setdefault(mark.page, mark)
        if other is not mark:
            number = str(other.begin.operands[1]["/MCID"]).encode()
            begin = pdf.get(mark.ref).data[mark.begin.start:mark.begin.end]
            new = re.sub(rb"(/MCID\s+)\d+", rb"\g<1>" + number, begin)
            return edit(pdf, mark.ref, mark.begin.start, mark.begin.end, new)
    raise Missing("no page with two marked contents")


@fault("reader-elem-parent")
def parent_wrong(pdf):
    """an element's P is not the element that it stands in"""
    found = [(ref, entry) for ref, entry in elements(pdf) if entry.get("/P") != pdf.catalog().get("/StructTreeRoot")]
    grandchild = first((e for _, e in found if pdf.dict(e["/P"]).get("/P") not in (None, e["/P"])), "element")
    grandchild["/P"] = pdf.dict(grandchild["/P"])["/P"]


@fault("reader-elem-reached")
def element_lost(pdf):
    """an element is no kid of its parent"""
    ref, entry = first(((r, e) for r, e in elements(pdf, "/P") if len(pdf.list(pdf.dict(e["/P"])["/K"])) > 1), "P")
    parent = pdf.dict(entry["/P"])
    parent["/K"] = [kid for kid in pdf.list(parent["/K"]) if kid != ref]


@fault("reader-th-scope")
def one_th_without_scope(pdf):
    """one TH has no Scope, while others reach its cells"""
    without(pdf, first(elements(pdf, "/TH"), "TH")[1], "/Scope")


@fault("reader-element-id")
def id_tree_empty(pdf):
    """the IDTree lacks an element's ID"""
    first((e for _, e in elements(pdf) if "/ID" in e), "element with an ID")
    drop(pdf.dict(pdf.catalog().get("/StructTreeRoot")), "/IDTree")


@fault("reader-content-order")
def paragraphs_read_in_another_order(pdf):
    """two paragraphs of a page are read in another order than they are drawn"""
    top = pdf.dict(first(elements(pdf, "/Document"), "Document")[0])
    kids = pdf.list(top["/K"])
    at = first((i for i in range(len(kids) - 1) if pdf.dict(kids[i]).get("/S") == pdf.dict(kids[i + 1]).get("/S") == "/P"
                and pdf.dict(kids[i]).get("/Pg") == pdf.dict(kids[i + 1]).get("/Pg")), "two paragraphs on a page")
    top["/K"] = [*kids[:at], kids[at + 1], kids[at], *kids[at + 2:]]


# ---- what may not be there ----------------------------------------------------------------

@fault("reader-inactive")
def form_with_xfa(pdf):
    """there is a form, which XFA draws"""
    pdf.catalog()["/AcroForm"] = {"/Fields": [], "/XFA": pdf.add(Stream({}, b"<xdp:xdp/>"))}


@fault("reader-inactive")
def script_at_opening(pdf):
    """a script runs when the file is opened"""
    pdf.catalog()["/OpenAction"] = {"/Type": "/Action", "/S": "/JavaScript", "/JS": "u:app.beep(0)"}


@fault("reader-inactive")
def script_of_a_page(pdf):
    """a script runs when a page is shown"""
    pdf.dict(pdf.pages()[0])["/AA"] = {"/O": {"/S": "/JavaScript", "/JS": "u:1"}}


@fault("reader-inactive")
def layers(pdf):
    """there is optional content"""
    pdf.catalog()["/OCProperties"] = {"/OCGs": [], "/D": {"/Name": "u:x"}}


@fault("reader-inactive")
def article_thread(pdf):
    """there is an article thread"""
    pdf.catalog()["/Threads"] = []


@fault("reader-inactive")
def comment_on_a_page(pdf):
    """a page has a comment"""
    page = pdf.pages()[0]
    note = pdf.add({"/Type": "/Annot", "/Subtype": "/Text", "/Rect": [0, 0, 9, 9], "/Contents": "u:x"})
    pdf.dict(page)["/Annots"] = [*pdf.list(pdf.dict(page).get("/Annots")), note]


@fault("reader-inactive")
def roles_mapped(pdf):
    """a standard type is mapped to another"""
    pdf.dict(pdf.catalog()["/StructTreeRoot"])["/RoleMap"] = {"/Note": "/P"}


@fault("reader-xobject")
def picture_of_another_file(pdf):
    """an XObject refers to another file"""
    form = pdf.add(Stream({"/Type": "/XObject", "/Subtype": "/Form", "/BBox": [0, 0, 1, 1], "/Ref": {"/F": "u:x.pdf"}},
                          b""))
    pdf.dict(pdf.inherited(pdf.pages()[0], "/Resources"))["/XObject"] = {"/X": form}


@fault("reader-outline-order")
def bookmarks_out_of_order(pdf):
    """two bookmarks on different pages lead to each other's places"""
    first(list(pdf.pages())[2:], "third page")
    items = [item for item in outline_items(pdf) if "/Dest" in item or "/A" in item]
    first(items[1:], "second bookmark")
    one, other = items[0], items[-1]
    for key in ("/Dest", "/A", "/Title"):
        one[key], other[key] = other.get(key), one.get(key)
        for item in (one, other):
            if item[key] is None:
                del item[key]


# ---- navigation, fonts, attachments -------------------------------------------------------

@fault("reader-page-label")
def page_labels_shifted(pdf):
    """page labels begin at 2"""
    labels = pdf.tree(pdf.catalog().get("/PageLabels"), "/Nums")
    pdf.dict(first(labels, "page label")[1])["/St"] = 2


@fault("reader-dest-page")
def destination_without_page(pdf):
    """a named destination leads to a page that doesn't exist"""
    catalog = pdf.catalog()
    found = [value for _, value in pdf.tree(pdf.dict(catalog.get("/Names")).get("/Dests"), "/Names")]
    target = pdf.get(first(found + list(pdf.dict(catalog.get("/Dests")).values()), "named destination"))
    target = pdf.get(target["/D"]) if isinstance(target, dict) else target
    target[0] = NO_SUCH_OBJECT


@fault("reader-dest-name")
def link_to_unknown_name(pdf):
    """a link leads to a name that no destination has"""
    link = first((e for _, e in annotations(pdf) if "/Dest" in e or pdf.dict(e.get("/A")).get("/S") == "/GoTo"),
                 "link within the file")
    link.pop("/A", None)
    link["/Dest"] = "u:no-such-destination"


@fault("reader-outline-title")
def bookmark_without_title(pdf):
    """a bookmark's title is empty"""
    first(outline_items(pdf), "bookmark")["/Title"] = "u:"


@fault("reader-outline")
def bookmark_count_wrong(pdf):
    """the outline counts an item too many"""
    first(outline_items(pdf), "bookmark")
    outlines = pdf.dict(pdf.catalog()["/Outlines"])
    outlines["/Count"] = outlines.get("/Count", 0) + 1


@fault("reader-outline-text")
def letters_swapped_in_to_unicode(pdf):
    """ToUnicode says one letter for another: a bookmark's words aren't on its page"""
    words = text(pdf.get(first(outline_items(pdf), "bookmark").get("/Title"))) or ""
    found = sorted({c for c in words if c.isalpha() and ord(c) < 0x10000})
    first(found[1:], "bookmark with two letters")
    one, other = (c.encode("utf-16-be") for c in found[:2])
    swap = {one: other, other: one}
    for _, font in fonts(pdf):
        stream = pdf.get(font.get("/ToUnicode"))
        if isinstance(stream, Stream):
            cmap = CMap(stream.data)
            stream.data = cmap.written({code: swap.get(to, to) for code, to in cmap.map.items()})


@fault("reader-notdef")
def notdef_mapped(pdf):
    """CIDToGIDMap leads a shown CID to glyph 0"""
    for _, op, font, entry in shown(pdf):
        table = pdf.get(descendant(pdf, entry).get("/CIDToGIDMap"))
        parts = op.operands[0] if op.name == "TJ" else op.operands
        code = next((c for part in parts if isinstance(part, bytes) for c in font.codes(part)), None)
        if code is not None and isinstance(table, Stream):
            at = 2 * font.cid(code)
            table.data = table.data[:at] + b"\0\0" + table.data[at + 2:]
            return
    raise Missing("no CIDToGIDMap")


@fault("reader-font-tag")
def font_without_subset_tag(pdf):
    """a subset font has no tag before its name"""
    _, font = first(fonts(pdf), "font")
    part = descendant(pdf, font)
    name = "/" + part["/BaseFont"].rpartition("+")[2].lstrip("/")
    font["/BaseFont"] = part["/BaseFont"] = pdf.dict(part["/FontDescriptor"])["/FontName"] = name


@fault("reader-attachment")
def attachment_size_wrong(pdf):
    """an attachment says another size than it has"""
    params = pdf.dict(pdf.dict(pdf.dict(attachment(pdf)["/EF"])["/F"]).get("/Params"))
    if "/Size" not in params:
        raise Missing("no Size of an attachment")
    params["/Size"] += 1
