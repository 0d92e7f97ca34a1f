#include "plan_support.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"

/* ---- blocks --------------------------------------------------------------------------------- */

#define SHORT_FREE 5.0f
#define SHORT_MORE 8.0f
#define SHORT_FAR 10.0f
#define SHORT_FURTHER 40.0f
#define LAST_SHARE 0.25f
#define MISSING_COST 80.0f

void add_rule_unit(Blocks *b, uint32_t lines, bool keep_next, bool leads_on)
{
    b->lines[b->n] = (float)lines;
    b->unit[b->n++] = (Unit){.kind = UNIT_RULE,
                             .width = 100,
                             .height = (float)lines * LINE,
                             .keep_next = keep_next,
                             .leads_on = leads_on};
}

float lines_between(const Blocks *b, size_t from, size_t to)
{
    float lines = 0;
    for (size_t i = from; i < to; i++)
        lines += b->lines[i];
    return lines;
}

float cost_of_missing(float lines)
{
    float further = fmaxf(0, lines - SHORT_FAR), near = lines - further;
    float more = fmaxf(0, near - SHORT_FREE);
    return near * near + SHORT_MORE * more * more + SHORT_FURTHER * further;
}

float cost_of_last(float lines, float page)
{
    return fmaxf(0, LAST_SHARE * page - lines) * MISSING_COST;
}

/* ---- words ---------------------------------------------------------------------------------- */

void add_random_words(StrBuf *out, Random *random, uint32_t n)
{
    static const char *const words[] = {"borgerne", "i",  "bydelen", "har",   "fået", "lettere",
                                        "ved",      "at", "finde",   "hjælp", "hos",  "kommunen"};
    for (uint32_t i = 0; i < n; i++) {
        strbuf_add_text(out, i ? " " : "");
        strbuf_add_text(out, words[random_below(random, 12)]);
    }
}

/* ---- random reports ------------------------------------------------------------------------- */

typedef struct {
    StrBuf text, notes;
    unsigned n;
} Written;

static void add_note(Written *w, Random *random)
{
    strbuf_addf(&w->text, "[^n%u]", ++w->n);
    strbuf_addf(&w->notes, "\n[^n%u]: ", w->n);
    add_random_words(&w->notes, random,
                     2 + random_below(random, random_once_in(random, 9) ? 300 : 30));
}

static void add_table(Written *w, Random *random)
{
    bool wide = random_once_in(random, 2);
    strbuf_add_text(&w->text,
                    wide ? "| A | B | C | D |\n|---|---|---|---|\n" : "| A | B |\n|---|---|\n");
    for (uint32_t row = 2 + random_below(random, 20); row > 0; row--) {
        for (int i = 0; i < (wide ? 4 : 2); i++) {
            strbuf_add_text(&w->text, "| ");
            add_random_words(&w->text, random, wide ? 6 : 1 + random_below(random, 4));
            strbuf_add_char(&w->text, ' ');
        }
        strbuf_add_text(&w->text, "|\n");
    }
}

static void add_block(Written *w, Random *random)
{
    strbuf_add_text(&w->text, "\n");
    switch (random_below(random, 12)) {
    case 10:
        strbuf_add_text(&w->text, "## ");
        add_random_words(&w->text, random, 3);
        strbuf_add_text(&w->text, "\n\n");
        add_random_words(&w->text, random, 3 + random_below(random, 20));
        strbuf_add_text(&w->text, "\n\n");
        add_table(w, random);
        break;
    case 11:
        if (random_once_in(random, 3)) {
            strbuf_addf(&w->text, "# Tema: Et til {#t%u}\n\n", (unsigned)w->text.n);
            add_random_words(&w->text, random, 9 + random_below(random, 20));
        } else {
            strbuf_add_text(&w->text, "> ");
            add_random_words(&w->text, random, 5 + random_below(random, 60));
        }
        break;
    case 0:
        strbuf_addf(&w->text, "# Afsnit nummer %u\n\n", (unsigned)w->text.n);
        add_random_words(&w->text, random, 20);
        break;
    case 1:
    case 2:
        strbuf_add_text(&w->text, "## ");
        add_random_words(&w->text, random, 5);
        strbuf_add_text(&w->text, "\n\n");
        add_random_words(&w->text, random, 1 + random_below(random, 80));
        break;
    case 3:
        add_table(w, random);
        break;
    case 4:
        for (uint32_t n = 1 + random_below(random, 6); n > 0; n--) {
            strbuf_add_text(&w->text, "- ");
            add_random_words(&w->text, random, 4 + random_below(random, 30));
            strbuf_add_text(&w->text, "\n");
        }
        break;
    case 5:
        strbuf_add_text(&w->text, "> [!NOTE] Om hjælp\n> ");
        add_random_words(&w->text, random, 10 + random_below(random, 90));
        break;
    default:
        add_random_words(&w->text, random, 3 + random_below(random, 150));
        if (random_once_in(random, 3))
            add_note(w, random);
        strbuf_add_char(&w->text, '.');
    }
    strbuf_add_text(&w->text, "\n");
}

Report *random_report(ReportKit *reports, int seed, unsigned *notes)
{
    Random random = {(uint64_t)seed};
    Written w = {.n = 0};
    strbuf_add_text(&w.text, "---\ntitle: Spalter\n---\n# Tema: Et {#et}\n\nIndledning.\n");
    for (uint32_t n = 2 + random_below(&random, 30); n > 0; n--)
        add_block(&w, &random);
    strbuf_add_text(&w.text, "\nDet er alt.\n");
    strbuf_add_str(&w.text, strbuf_str(&w.notes));
    strbuf_add_text(&w.text, "\n");
    Report *report = report_of(reports, w.text.p);
    *notes = w.n;
    strbuf_drop(&w.text);
    strbuf_drop(&w.notes);
    return report;
}

/* ---- where things stand --------------------------------------------------------------------- */

Node draw_owner(const Draw *draw)
{
    return draw->text.owner ? draw->text.owner[0] : draw->owner;
}

bool draw_is_content(const Document *d, const Draw *draw)
{
    return draw->kind == DRAW_TEXT && draw->text.para && draw->text.end > draw->text.first &&
           draw_owner(draw) < d->nodes.n;
}

Node draw_inside(const Document *d, const Draw *draw, Role role)
{
    Node node = draw_owner(draw);
    while (node != NODE_NONE && document_role(d, node) != role)
        node = d->nodes.at[node].parent;
    return node;
}

bool draw_is_in_note(const Document *d, const Draw *draw)
{
    return draw_inside(d, draw, ROLE_NOTE) != NODE_NONE;
}

float draw_foot(const Draw *draw)
{
    return draw->y + (float)(draw->text.end - draw->text.first - 1) * draw->text.leading;
}

bool draw_is_note_rule(const Draw *draw, const Layout *layout)
{
    return draw->kind == DRAW_FILL && fabsf(draw->w - (float)layout->note.rule) < 0.01f;
}

void check_note_pages(const Document *d, unsigned notes, unsigned inner, int seed)
{
    for (unsigned i = 1; i <= notes; i++) {
        char mark[24], note[24];
        snprintf(mark, sizeof mark, "mark:%u", i);
        snprintf(note, sizeof note, "note:%u", i);
        const Destination *from = document_find_destination(d, str_from(mark));
        const Destination *to = document_find_destination(d, str_from(note));
        MUST_SAY(from && to, "report %d: note %u is nowhere", seed, i);
        MUST_SAY(i > notes - inner || from->page == to->page,
                 "report %d: note %u stands on page %u, its mark on %u", seed, i, to->page + 1,
                 from->page + 1);
    }
}

bool node_is_heading(const Document *d, Node node)
{
    Role role = document_role(d, node);
    return role >= ROLE_H1 && role <= ROLE_H6;
}

void check_whole(const Document *d, int seed)
{
    uint32_t *drawn = mem_zalloc(d->nodes.n * sizeof *drawn);
    for (uint32_t i = 0; i < d->draws.n; i++) {
        const DrawnText *text = &d->draws.at[i].text;
        if (!draw_is_content(d, &d->draws.at[i]))
            continue;
        uint32_t *next = &drawn[draw_owner(&d->draws.at[i])];
        MUST_SAY(text->first == *next, "report %d: lines are lost or drawn twice", seed);
        *next = text->end < text->para->lines ? text->end : 0;
    }
    for (uint32_t i = 0; i < d->nodes.n; i++)
        MUST_SAY(drawn[i] == 0, "report %d: the end of a text is lost", seed);
    mem_free(drawn);
}

size_t count_texts(const Document *d)
{
    bool *has = mem_zalloc(d->nodes.n * sizeof *has);
    size_t n = 0;
    for (uint32_t i = 0; i < d->draws.n; i++)
        if (draw_is_content(d, &d->draws.at[i]))
            has[draw_owner(&d->draws.at[i])] = true;
    for (uint32_t i = 0; i < d->nodes.n; i++)
        n += has[i];
    mem_free(has);
    return n;
}
