// mutool run structure.js FILE.pdf: the structure tree as MuPDF reads it, as JSON. An element has its type,
// what it says of itself, and its kids: elements, and the texts of marked content.
var doc = new Document(scriptArgs[0]);
var root = doc.getTrailer().get("Root").get("StructTreeRoot");

function known(object) { return object && !object.isNull(); }
function said(object) { return known(object) ? object.asString() : undefined; }

// The texts of a page's marked content. Each outermost mark but those of artifacts has a number, and numbers
// ascend from 0; the content's own marks (ActualText) lie within these.
function textsOf(page) {
    var texts = [], depth = 0, artifact = false, artifacts = "";
    page.run({
        beginLayer: function (name) {
            if (depth++ === 0) {
                artifact = name === "Artifact";
                if (!artifact)
                    texts.push("");
            }
        },
        endLayer: function () { depth--; },
        fillText: function (text) {
            text.walk({
                showGlyph: function (font, matrix, glyph, unicode) {
                    var letter = unicode > 0 && unicode !== 0xAD ? fromCode(unicode) : "";
                    if (depth > 0 && !artifact)
                        texts[texts.length - 1] += letter;
                    else
                        artifacts += letter;
                }
            });
        }
    }, Identity);
    return {texts: texts, artifacts: artifacts, used: texts.map(function () { return 0; })};
}

function fromCode(code) {
    if (code < 0x10000)
        return String.fromCharCode(code);
    return String.fromCharCode(0xD7C0 + (code >> 10), 0xDC00 + (code & 0x3FF));
}

var pages = {}, order = [];
for (var i = 0; i < doc.countPages(); i++) {
    var page = doc.findPage(i);
    order.push(pages[page.toString()] = textsOf(doc.loadPage(i)));
}

function textOf(page, number) {
    var found = pages[page.toString()];
    found.used[number]++;
    return found.texts[number];
}

function attributes(element, to) {
    var all = element.get("A");
    if (!known(all))
        return;
    if (!all.isArray())
        all = [all];
    for (var i = 0; i < all.length; i++) {
        var entry = all[i].resolve ? all[i].resolve() : all[i];
        ["Scope", "ListNumbering"].forEach(function (key) {
            if (known(entry.get(key)))
                to[key] = entry.get(key).asName();
        });
        if (known(entry.get("ColSpan")))
            to.ColSpan = String(entry.get("ColSpan").asNumber());
        if (known(entry.get("BBox")))
            to.BBox = [0, 1, 2, 3].map(function (k) { return entry.get("BBox").get(k).asNumber(); });
        if (known(entry.get("Headers"))) {
            to.Headers = [];
            for (var k = 0; k < entry.get("Headers").length; k++)
                to.Headers.push(entry.get("Headers").get(k).asString());
        }
    }
}

function classes(element, to) {
    var name = element.get("C");
    if (known(name))
        attributes({get: function () { return root.get("ClassMap").get(name.asName()); }}, to);
}

function annotation(object, to) {
    var action = object.get("A"), dest = object.get("Dest");
    to.contents = said(object.get("Contents"));
    to.target = known(dest) ? "#" + dest.asString() : known(action) ? said(action.get("URI")) : undefined;
}

function read(element) {
    var to = {S: element.get("S").asName(), kids: []};
    ["Alt", "Lang", "E", "ActualText", "ID"].forEach(function (key) { to[key] = said(element.get(key)); });
    attributes(element, to);
    classes(element, to);
    var kids = element.get("K");
    if (!known(kids))
        return to;
    var n = kids.isArray() ? kids.length : 1;
    for (var i = 0; i < n; i++) {
        var kid = kids.isArray() ? kids.get(i) : kids;
        if (kid.isNumber())
            to.kids.push(textOf(element.get("Pg"), kid.asNumber()));
        else if (known(kid.get("MCID")))
            to.kids.push(textOf(kid.get("Pg"), kid.get("MCID").asNumber()));
        else if (known(kid.get("Obj")))
            annotation(kid.get("Obj"), to);
        else
            to.kids.push(read(kid));
    }
    return to;
}

var top = root.get("K");
var tree = read(top.isArray() ? top.get(0) : top);
print(JSON.stringify({
    tree: tree,
    artifacts: order.map(function (page) { return page.artifacts; }),
    used: order.map(function (page) { return page.used; })
}));
