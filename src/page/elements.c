#include "page/elements.h"

/* The title that the author gave a link is said behind what the link is. */
static void add_title(StrBuf *contents, Str title)
{
    strbuf_add_text(contents, " \xE2\x80\x93 ");
    strbuf_add_str(contents, title);
}

static void describe_link(Composer *c, Node node, const Element *e)
{
    const Inline *in = e->in;
    StrBuf text = {0}, contents = {0};
    bool note = in->kind == INLINE_NOTE;
    Str target = note ? notes_target(c, in->note) : in->target;
    bool inside = str_starts(target, STR("#")), mail = str_starts(target, STR("mailto:"));
    if (note)
        strbuf_add_int(&text, notes_number(c, in->note));
    strbuf_add_str(&text, e->text);
    inlines_text(&text, c->t, note ? NULL : in->children);
    Str pattern = c->t->print[note                      ? TERM_note_link
                              : notes_is_target(target) ? TERM_note_back
                              : inside                  ? TERM_link_to
                              : mail                    ? TERM_mail_link
                                                        : TERM_web_link];
    Str words = strbuf_str(&text);
    const TermField fields[] = {
        {"text", !note && inside ? references_said(c, target, words) : words}, {"address", target}};
    terms_fill(&contents, pattern, fields, 2);
    if (!note && in->text.n)
        add_title(&contents, in->text);
    NodeDetail *detail = document_detail(c->d, node);
    detail->target = document_str(c->d, target);
    detail->contents = document_str(c->d, strbuf_str(&contents));
    strbuf_drop(&text);
    strbuf_drop(&contents);
}

static void describe_abbreviation(Composer *c, const Element *e)
{
    NodeDetail *detail = document_detail(c->d, e->node);
    detail->expansion = document_str(c->d, e->abbreviation->expansion);
    detail->language = document_str(c->d, e->abbreviation->language);
}

static void describe_picture(Composer *c, const Element *e)
{
    image_describe(c, e->node, e->in->children);
    document_detail(c->d, e->node)->in_line = true;
}

static void make_node(Composer *c, Element *e, Node node)
{
    if (e->made)
        return;
    if (e->parent)
        make_node(c, e->parent, node);
    e->node = document_node(c->d, e->parent ? e->parent->node : node, e->role);
    e->made = true;
    if (e->role == ROLE_LINK)
        describe_link(c, e->node, e);
    else if (e->role == ROLE_FIGURE)
        describe_picture(c, e);
    else if (e->abbreviation)
        describe_abbreviation(c, e);
    else if (e->role == ROLE_SPAN)
        document_detail(c->d, e->node)->language = document_str(c->d, e->in->language);
}

void elements_leave_explained(SpecBuilding *a)
{
    Str text = strbuf_str(&a->text);
    for (size_t i = 0; i < a->runs.n; i++) {
        BuiltRun *run = &a->runs.at[i];
        const Element *e = run->element;
        if (e && e->abbreviation &&
            glossary_is_beside(text, e->at, e->at + run->run.text.n, e->abbreviation->expansion))
            run->element = e->parent;
    }
}

/* Stretches of content between child elements are nodes, too, so that the order is kept. */
void elements_give(Composer *c, Arena *arena, const SpecBuilding *a, Spec *spec)
{
    spec->owner = arena_array(arena, spec->runs, Node);
    for (size_t i = 0; i < spec->runs; i++) {
        const BuiltRun *run = &a->runs.at[i];
        Element *e = run->element;
        if (run->decoration) {
            spec->owner[i] = ARTIFACT_LAYOUT;
            continue;
        }
        if (i > 0 && e == run[-1].element && !run[-1].decoration) {
            spec->owner[i] = spec->owner[i - 1];
            continue;
        }
        if (e)
            make_node(c, e, spec->node);
        Node parent = e ? e->node : spec->node;
        spec->owner[i] = e && !e->has_children ? parent : document_node(c->d, parent, ROLE_CONTENT);
    }
}
