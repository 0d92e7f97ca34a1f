#include "base/utf8.h"
#include "compose/advice.h"

/* ---- the table ------------------------------------------------------------------------------ */

static bool says(const Advice *a, int kind)
{
    return advice_has_column(a, kind) || (kind == ECONOMY && a->economy_below);
}

/* "Ansvarlig, frist og økonomi er ikke oplyst for noget punkt." */
static Str left_out_sentence(const Advice *a)
{
    static const struct {
        int kind;
        Term word;
    } each[] = {{RESPONSIBLE, TERM_word_responsible},
                {DEADLINE, TERM_word_deadline},
                {ECONOMY, TERM_word_economy}};
    Term words[sizeof each / sizeof *each];
    size_t n = 0;
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        if (!says(a, each[i].kind))
            words[n++] = each[i].word;
    return references_sentence(a->c, words, n, TERM_not_given, TERM_not_given_several);
}

static void add_left_out(Advice *a)
{
    Composer *c = a->c;
    const Style *style = style_of(c, STYLE_source);
    Str sentence = left_out_sentence(a);
    if (!sentence.n || c->l->brief != BRIEF_NEVER)
        return;
    bool turned = table_stay_turned(c);
    flow_after(c, (float)c->l->table.note_gap);
    array_last(&c->units).keep_next = true;
    Node node = document_node(c->d, c->root, ROLE_P);
    float width = (float)layout_live_width(c->l);
    flow_unit(c, (Unit){.kind = UNIT_TEXT,
                        .width = width,
                        .style = style,
                        .spec = spec_text(c, style, sentence, node, width),
                        .before = (float)c->l->table.note_gap,
                        .after = (float)c->l->table.after});
    if (turned)
        flow_turn(c, false);
}

/* Whether more belong together nowhere: as many groups as rows would stand in each other's way. */
static bool each_alone(const EditionRecommendation *list, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (list[i].section == list[i - 1].section)
            return false;
    return n > 1;
}

/* Those of the part itself alone need no group. */
static bool is_of_part(const Composer *c, const EditionRecommendation *list, size_t n)
{
    const Section *section = c->e->section[list->section].section;
    return section->kind == SECTION_RECOMMENDATIONS && list[n - 1].section == list->section;
}

/* Two columns: numbers, and all else. */
static void set_records(Advice *a, TableSpec *spec, TableColumn *column)
{
    float width[KINDS];
    column[1] = (TableColumn){.rest = true};
    spec->columns = 2;
    spec->records = true;
    spec->cell = advice_record_cell;
    TableSpec measured = *spec;
    measured.pos = (Pos){0, 0, 0}; /* what is wrong is told once */
    a->paired = table_measure(a->c, &measured, width) && advice_pairs(a, width[1]);
}

/* `title` is that of its part, or empty, and `key` explains its words, or is NULL. */
static void add_table(Composer *c, const EditionRecommendation *list, size_t n, bool grouped,
                      Str title, const Inline *key)
{
    Advice a = {.c = c, .list = list, .n = n};
    TableColumn column[KINDS] = {{0}};
    if (!n)
        return;
    a.grouped = grouped && !is_of_part(c, list, n);
    a.shared = advice_shared_originator(list, n);
    if (a.shared == STATED || title.n) /* else there is no key */
        a.voice = advice_shared_voice(list, n);
    a.in_rows = a.grouped && each_alone(list, n);
    advice_choose_columns(&a);
    TableSpec spec = {.rows = n,
                      .columns = a.columns,
                      .column = column,
                      .cell = advice_cell,
                      .group = advice_group,
                      .context = &a,
                      .head = true,
                      .row_heads = true, /* a row is called by its number */
                      .width = (float)layout_live_width(c->l),
                      .title = title,
                      .key = key,
                      .pos = list->recommendation->pos,
                      .may_turn = true,
                      .row_padding = advice_row_padding(c),
                      .parent = c->root,
                      .group_style = style_coloured(c, STYLE_proposal, COLOUR_primary),
                      .group_rule = {(float)c->l->table.rule_head, colour_of(c, COLOUR_primary)},
                      .row_destination = advice_destination};
    if (table_in_records(c)) {
        set_records(&a, &spec, column);
    } else {
        advice_place_economy(&a);
        spec.columns = a.columns;
        advice_set_columns(&a, column);
        if (c->e->theme && !c->own->own_columns)
            advice_use_common_widths(&a, column);
    }
    advice_keep_texts(&a, &spec, column);
    table_add(c, &spec);
    add_left_out(&a);
    strbuf_drop(&a.scratch);
}

void recommendations_add_section(Composer *c, size_t section)
{
    const Edition *e = c->e;
    size_t from = 0, to;
    while (from < e->recommendations && e->recommendation[from].section != section)
        from++;
    for (to = from; to < e->recommendations && e->recommendation[to].section == section; to++)
        continue;
    add_table(c, e->recommendation + from, to - from, false, (Str){"", 0}, NULL);
}

/* ---- the part ------------------------------------------------------------------------------- */

#define KEY_GAP 1.5f   /* between its lines */
#define KEY_CLEAR 6.0f /* above and below it */

static bool any_of(const Composer *c, Originator originator)
{
    for (size_t i = 0; i < c->e->recommendations; i++)
        if (advice_originator(c->e->recommendation[i].recommendation) == originator)
            return true;
    return false;
}

/* Says which kinds of recommendation there are, a sentence each; none where the table's head says it. */
static size_t key_of(Composer *c, Str key[ORIGINATORS])
{
    Str voice = advice_shared_voice(c->e->recommendation, c->e->recommendations);
    const Term terms[ORIGINATORS] = {
        [STATED] = TERM_key_stated, [ONGOING] = TERM_key_ongoing, [DERIVED] = TERM_key_derived};
    size_t n = 0;
    if (advice_shared_originator(c->e->recommendation, c->e->recommendations))
        return 0;
    for (Originator i = STATED; i < ORIGINATORS; i++)
        if (any_of(c, i))
            key[n++] = i == STATED && voice.n ? advice_said_by(c, TERM_key_stated_by, voice)
                                              : c->t->print[terms[i]];
    return n;
}

/* "Behov: udtalt af forvaltningen." with its word in bold, in front of what follows. */
static Inline *key_inlines(Composer *c, Str sentence, Inline *next)
{
    size_t word = str_find(sentence, ':');
    Str rest = str_cut(sentence, word, sentence.n);
    strbuf_clear(&c->text);
    if (str_starts(rest, STR(": "))) { /* what a word means begins on its line */
        strbuf_add_text(&c->text, ":" NO_BREAK_SPACE);
        rest = str_cut(rest, 2, rest.n);
    }
    strbuf_add_str(&c->text, rest);
    strbuf_add_text(&c->text, next ? " " : "");
    Pos nowhere = {0, 0, 0};
    Inline *strong = strong_inline(&c->arena, nowhere, str_cut(sentence, 0, word));
    strong->next = text_inline(&c->arena, nowhere, arena_str(&c->arena, strbuf_str(&c->text)));
    strbuf_clear(&c->text);
    strong->next->next = next;
    return strong;
}

/* A sheet names what its proposals rest on, but has no pages of it: that, and their numbers, lead to those of the pack. A
 * briefing has the pages, and says whose the numbers are where they don't begin at 1. */
static Str where_in_pack(Composer *c)
{
    static const Term word = TERM_word_proposals;
    bool sheet = c->l->brief != BRIEF_NEVER;
    Str place = sheet ? place_in_pack(c) : (Str){"", 0};
    if (place.n && !c->own->paged)
        return place;
    if (place.n) {
        strbuf_clear(&c->text);
        strbuf_add_str(&c->text, place);
        strbuf_add_text(&c->text, " ");
        strbuf_add_str(&c->text, c->t->print[TERM_pages_of_pack]);
        return kept_text(c);
    }
    bool goes_on = c->e->theme && c->e->recommendation[0].number > 1;
    return references_sentence(c, &word, goes_on, TERM_numbers_of_pack, TERM_numbers_of_pack);
}

/* All of it one behind another, in front of what follows. */
static Inline *key_in_line(Composer *c, const Str *key, size_t n, Inline *next)
{
    while (n-- > 0)
        next = key_inlines(c, key[n], next);
    return next;
}

static void add_key_text(Composer *c, Inline *text, float width, float before, float after)
{
    const Style *style = style_coloured(c, STYLE_source, COLOUR_ink);
    Node node = document_node(c->d, c->root, ROLE_P);
    Unit u = text_unit(style, spec_inlines(c, style, text, node, width), 0, width);
    u.before = before;
    u.after = after;
    u.keep_next = true;
    flow_unit(c, u);
}

/* Where it has no text to stand beside: in one line, or where that has no room a line for each kind. */
static void add_key_line(Composer *c, const Str *key, size_t n, Str pack)
{
    Pos nowhere = {0, 0, 0};
    Inline *line = pack.n ? text_inline(&c->arena, nowhere, arena_str(&c->arena, pack)) : NULL;
    line = key_in_line(c, key, n, line);
    /* Above a table that is as wide as all, it had better stay one line. */
    float width = (float)(pack.n ? layout_live_width(c->l) : layout_measure(c->l));
    Piece piece = {.style = style_of(c, STYLE_source), .inlines = line};
    if (pack.n || spec_pieces_width(c, &piece, 1) <= width) {
        add_key_text(c, line, width, KEY_CLEAR, KEY_CLEAR);
        return;
    }
    for (size_t i = 0; i < n; i++)
        add_key_text(c, key_inlines(c, key[i], NULL), width, i ? 0 : KEY_CLEAR,
                     i + 1 < n ? KEY_GAP : KEY_CLEAR);
}

/* All of it where the layout has it on each page, or NULL. */
static const Inline *whole_key(Composer *c)
{
    Str key[ORIGINATORS];
    size_t n = c->l->repeat_key ? key_of(c, key) : 0;
    return key_in_line(c, key, n, NULL);
}

static Spec *key_entry(Composer *c, Str sentence, Node node)
{
    const Style *style = style_of(c, STYLE_side_value);
    return spec_inlines(c, style, key_inlines(c, sentence, NULL), node,
                        (float)layout_side_width(c->l));
}

static void add_key_beside(Composer *c, const Str *key, size_t n)
{
    const Style *style = style_of(c, STYLE_side_value);
    Node box = document_node(c->d, c->root, ROLE_DIV);
    Sides sides = {.n = n};
    for (size_t i = 0; i < n; i++)
        sides.at[i] = (Side){.spec = key_entry(c, key[i], document_node(c->d, box, ROLE_P)),
                             .style = style,
                             .before = i ? KEY_GAP : 0};
    sides_pend(c, &sides);
}

const EditionSection *recommendations_introduction(const Composer *c)
{
    for (size_t i = 0; i < c->e->sections; i++)
        if (c->e->section[i].section->kind == SECTION_RECOMMENDATIONS)
            return &c->e->section[i];
    return NULL;
}

/* Where texts are left out for want of room, it goes, too, unless it has some. */
static const EditionSection *introduction(const Composer *c)
{
    return c->own->brief && !c->own->introduced ? NULL : recommendations_introduction(c);
}

static void add_introduction(Composer *c)
{
    const EditionSection *s = introduction(c);
    const Block *text = s ? s->blocks : NULL;
    Str key[ORIGINATORS];
    size_t n = key_of(c, key);
    bool beside = text && text->kind == BLOCK_PARAGRAPH && layout_side_width(c->l) > 0;
    if (n && beside)
        add_key_beside(c, key, n);
    if (text) {
        notes_number_blocks(c, text);
        c->own->section = (size_t)(s - c->e->section);
        Column col = text_column(c);
        col.width = (float)layout_measure(c->l); /* as wide as the table that it is about */
        blocks_add(c, text, col);
        array_last(&c->units).leads_on = true;
        array_last(&c->units).keep_next |= c->l->most_pages > 0; /* a sheet */
    }
    Str pack = where_in_pack(c);
    if ((n && !beside) || pack.n)
        add_key_line(c, key, beside ? 0 : n, pack);
}

Str recommendations_place(const Composer *c)
{
    const EditionSection *s = introduction(c);
    return s ? s->section->id : STR("del-anbefalinger");
}

static Str title_of_part(const Composer *c)
{
    return c->t->print[c->e->recommendations > 1 ? TERM_recommendations : TERM_recommendation];
}

static void add_entries(Composer *c)
{
    const Edition *e = c->e;
    if (e->recommendations)
        entry_add(c, 1, 0, title_of_part(c), recommendations_place(c));
    for (size_t i = 0; i < e->recommendations && !e->theme; i++)
        if (!i || e->recommendation[i].section != e->recommendation[i - 1].section)
            entry_add_unlisted(c, 2, advice_section_name(c, e->recommendation[i].section),
                               e->recommendation[i].recommendation->id);
}

static void add_part(Composer *c)
{
    if (!c->e->recommendations)
        return;
    Str title = title_of_part(c);
    if (part_follows(c, c->e->recommendations))
        part_title_here(c, STR(""), NULL, title, STYLE_h2, recommendations_place(c));
    else
        part_title(c, STR(""), NULL, title, STYLE_h1, recommendations_place(c));
    add_introduction(c);
    if (!c->own->brief)
        statuses_add(c);
    add_table(c, c->e->recommendation, c->e->recommendations, !c->e->theme, title, whole_key(c));
}

static bool has_part(const Composer *c)
{
    return c->e->recommendations > 0;
}

const PartRule part_recommendations = {.entries = add_entries, .add = add_part, .has = has_part};
