// mutool run search.js FILE.pdf NEEDLES: on how many pages each line of the file NEEDLES is found, one
// number a line.
var doc = new Document(scriptArgs[0]);
var needles = read(scriptArgs[1]).split("\n");
var found = [];
for (var i = 0; i < doc.countPages(); i++) {
    var text = doc.loadPage(i).toStructuredText();
    for (var k = 0; k < needles.length; k++)
        found[k] = (found[k] || 0) + (needles[k] && text.search(needles[k]).length ? 1 : 0);
}
print(found.join("\n"));
