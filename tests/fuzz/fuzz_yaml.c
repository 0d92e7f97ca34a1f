/* Settings: front matter, terms, and the tree that they and layouts are read from. */
#include <string.h>
#include <unistd.h>

#include "conf/conf.h"
#include "fuzz.h"
#include "reader/reader.h"

enum { LONGEST = 1 << 16 };

/* Every node has its place, and a mapping as many keys as values. */
static void check_node(const ConfNode *node, int depth)
{
    MUST_HOLD(node->pos.line > 0, "a node has no place");
    MUST_HOLD(depth < 64, "a tree is deeper than it may be");
    for (size_t i = 0; i < node->n; i++) {
        MUST_HOLD(node->kind != CONF_SCALAR, "a text has children");
        check_node(node->item[i], depth + 1);
        if (node->kind == CONF_MAP)
            MUST_HOLD(node->key[i]->kind == CONF_SCALAR, "a key is no text");
    }
}

static void read_as_front_matter(Str yaml)
{
    StrBuf text = {0};
    strbuf_add_text(&text, "---\n");
    strbuf_add_str(&text, yaml);
    strbuf_add_text(&text, "\n---\n# Tema: A\n\nb\n");
    char *path = fuzz_file(strbuf_str(&text));
    Diags *diags = diags_new();
    bool unreadable = false;
    ReaderOptions options = {.diags = diags, .terms = fuzz_find_terms};
    Report *report = report_read(path, &options, &unreadable);
    MUST_HOLD(report || diags_count(diags, DIAG_ERROR), "nothing was read, and nothing said");
    if (report)
        report_drop(report);
    diags_drop(diags);
    unlink(path);
    free(path);
    strbuf_drop(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    Str yaml = {(const char *)data, n};
    if (n > LONGEST)
        return 0;
    Arena arena = {0};
    Diags *diags = diags_new();
    const ConfNode *root = conf_read(&arena, diags, 0, yaml, 1);
    if (root)
        check_node(root, 0);
    terms_read(&arena, diags, 0, yaml);
    diags_drop(diags);
    arena_drop(&arena);
    read_as_front_matter(yaml);
    return 0;
}
