#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "page/internal.h"

/* ---- tables of key figures ------------------------------------------------------------------ */

enum { NAME, PRECISION, VALUE, UNIT, PLACE, PERIOD, KINDS };

/* More notes stand in two columns; rows of them up to so many are not parted from the table. */
enum { NOTES_IN_ONE_COLUMN = 3, NOTES_TOGETHER = 14 };
#define WIDE_NOTES 38.0f /* times their size: two columns have room */

#define LEAST_INDENT 12.0f
#define LETTER_GAP 5.0f /* between a letter and its note */

typedef struct {
    Composer *c;
    const EditionFigure *figure;
    float indent; /* of the notes */
    size_t n;
    bool grouped;
    int kind[KINDS]; /* of each column that is shown */
    size_t columns;
    unsigned *note;   /* of each figure, 0 for none */
    ARRAY(Str) notes; /* caveats, each once */
    Map note_of;      /* the number of each */
    StrBuf scratch;
} Figures;

static const Terms *terms(const Figures *f)
{
    return f->c->t;
}

/* "a" … "z", "aa" … */
static void note_mark(StrBuf *out, unsigned number)
{
    if (number > 26)
        note_mark(out, (number - 1) / 26);
    strbuf_add_char(out, (char)('a' + (number - 1) % 26));
}

static Str keep(Figures *f)
{
    Str s = arena_str(&f->c->arena, strbuf_str(&f->scratch));
    strbuf_clear(&f->scratch);
    return s;
}

static Str printed(Figures *f, const KeyFigure *figure, int kind)
{
    switch (kind) {
    case NAME:
        return figure->name;
    case PRECISION:
        return figure->value.precision;
    case VALUE:
        quantity_print(&f->scratch, terms(f), &figure->value);
        return keep(f);
    case UNIT:
        quantity_print_unit(&f->scratch, &figure->value, figure->unit);
        return keep(f);
    case PLACE:
        return figure->place;
    default:
        return figure->period;
    }
}

static void head_cell(Figures *f, int kind, CellContent *content)
{
    static const Term heads[KINDS] = {
        [NAME] = TERM_column_figure, [PRECISION] = TERM_column_precision,
        [VALUE] = TERM_column_value, [UNIT] = TERM_column_unit,
        [PLACE] = TERM_column_where, [PERIOD] = TERM_column_period};
    const Style *style = style_of(f->c, STYLE_table_head);
    Str text = terms(f)->print[heads[kind]];
    cell_add_text(content, (Piece){.style = style, .text = text});
    if (kind == VALUE)
        content->comma = spec_width(f->c, style, text);
}

static void figure_cell(void *context, size_t row, size_t column, CellContent *content)
{
    Figures *f = context;
    int kind = f->kind[column];
    if (row == f->n) {
        head_cell(f, kind, content);
        return;
    }
    const KeyFigure *figure = f->figure[row].figure;
    Str text = printed(f, figure, kind);
    const Style *style = style_of(f->c, kind == VALUE ? STYLE_table_number : STYLE_table_cell);
    content->number = kind == VALUE && figure->value.kind != QUANTITY_WORDS;
    cell_add_text(content, (Piece){.style = style, .text = text, .number = content->number});
    if (kind != NAME || !f->note[row] || !content->parts)
        return;
    strbuf_add_text(&f->scratch, NO_BREAK_SPACE);
    note_mark(&f->scratch, f->note[row]);
    content->part[0].piece[1] =
        (Piece){.style = style_of(f->c, STYLE_table_mark), .text = keep(f), .refers = true};
    content->part[0].pieces = 2;
}

static Str section_title(Figures *f, const EditionSection *s)
{
    Composer *c = f->c;
    if (s->theme) {
        strbuf_add_str(&f->scratch, theme_label(c, s->theme));
        strbuf_add_text(&f->scratch, ": ");
    }
    strbuf_add_str(&f->scratch, plain_text(c, s->section->title));
    return keep(f);
}

static Str figure_group(void *context, size_t row)
{
    Figures *f = context;
    if (!f->grouped || (row > 0 && f->figure[row].section == f->figure[row - 1].section))
        return (Str){"", 0};
    return section_title(f, &f->c->e->section[f->figure[row].section]);
}

static Str figure_destination(void *context, size_t row)
{
    const Figures *f = context;
    return f->figure[row].figure->id;
}

/* Columns that are empty in every row are left out. */
static void choose_columns(Figures *f)
{
    for (int kind = 0; kind < KINDS; kind++) {
        bool any = false;
        for (size_t i = 0; i < f->n && !any; i++)
            any = printed(f, f->figure[i].figure, kind).n > 0;
        if (any)
            f->kind[f->columns++] = kind;
    }
}

static unsigned note_of(Figures *f, Str caveat)
{
    uint32_t number;
    if (!caveat.n)
        return 0;
    if (map_get(&f->note_of, caveat, &number))
        return number;
    array_push(&f->notes, caveat);
    number = (uint32_t)f->notes.n;
    map_put(&f->note_of, caveat, number);
    return number;
}

/* Its label, and the note beside it. */
static CellBox note_cell(Figures *f, unsigned number, Node list, float x, float width)
{
    Composer *c = f->c;
    const Style *style = style_of(c, STYLE_table_note), *mark = style_of(c, STYLE_table_mark);
    Node item = document_node(c->d, list, ROLE_LI), label = document_node(c->d, item, ROLE_LBL);
    Node body = document_node(c->d, item, ROLE_LBODY);
    CellText *text = arena_array(batch_arena(c), 2, CellText);
    note_mark(&f->scratch, number);
    text[0] = (CellText){.spec = spec_text(c, mark, keep(f), label, f->indent), .style = mark};
    text[1] =
        (CellText){.spec = spec_text(c, style, f->notes.at[number - 1], body, width - f->indent),
                   .style = style,
                   .before = -(float)mark->leading,
                   .shift = f->indent};
    return (CellBox){.text = text, .texts = 2, .x = x, .width = width, .node = item};
}

/* Notes that stand beside each other, from `first` on. */
static void add_note_row(Figures *f, unsigned first, size_t across, Node list, float width)
{
    Composer *c = f->c;
    const Style *style = style_of(c, STYLE_table_note);
    float gap = (float)c->l->table.column_gap;
    float column = (width - gap * (float)(across - 1)) / (float)across;
    size_t n = f->notes.n - first + 1 < across ? f->notes.n - first + 1 : across;
    CellBox *cell = arena_array(batch_arena(c), across, CellBox);
    for (size_t i = 0; i < n; i++)
        cell[i] = note_cell(f, first + (unsigned)i, list, (column + gap) * (float)i, column);
    size_t row = first / across, rows = (f->notes.n + across - 1) / across;
    bool with_next = rows <= NOTES_TOGETHER || row == 0 || row + 2 >= rows;
    flow_unit(c, (Unit){.kind = UNIT_ROW,
                        .width = width,
                        .cell = cell,
                        .cells = n,
                        .before = first == 1 ? (float)c->l->table.note_gap : (float)style->before,
                        .after = (float)style->after,
                        .keep_next = with_next && row + 1 < rows});
}

/* They stay with the table's last rows. */
static void add_notes(Figures *f, float width)
{
    Composer *c = f->c;
    if (!f->notes.n)
        return;
    float letter = spec_width(c, style_of(c, STYLE_table_mark), STR("m"));
    f->indent = fmaxf(LEAST_INDENT, letter + LETTER_GAP);
    bool turned = table_stay_turned(c);
    flow_after(c, (float)c->l->table.note_gap);
    array_last(&c->units).keep_next = true;
    Node list = document_node(c->d, c->root, ROLE_L);
    document_detail(c->d, list)->numbering = NUMBERING_DECIMAL;
    bool wide = width >= WIDE_NOTES * (float)style_of(c, STYLE_table_note)->size;
    size_t across = f->notes.n > NOTES_IN_ONE_COLUMN && wide ? 2 : 1;
    for (unsigned i = 1; i <= f->notes.n; i += (unsigned)across)
        add_note_row(f, i, across, list, width);
    flow_after(c, (float)c->l->table.after);
    if (turned)
        flow_turn(c, false);
}

static void add_table(Composer *c, const EditionFigure *figure, size_t n, bool grouped)
{
    Figures f = {.c = c, .figure = figure, .n = n, .grouped = grouped};
    TableColumn column[KINDS] = {{0}};
    if (!n)
        return;
    choose_columns(&f);
    for (size_t i = 0; i < f.columns; i++)
        column[i] = (TableColumn){.rest = f.kind[i] == NAME,
                                  .decimal = f.kind[i] == VALUE,
                                  .decimals = (float)c->l->table.decimals};
    f.note = arena_zalloc(&c->arena, n * sizeof *f.note);
    for (size_t i = 0; i < n; i++)
        f.note[i] = note_of(&f, figure[i].figure->caveat);
    float width = (float)layout_live_width(c->l);
    TableSpec spec = {.rows = n,
                      .columns = f.columns,
                      .column = column,
                      .cell = figure_cell,
                      .group = figure_group,
                      .context = &f,
                      .head = true,
                      .row_heads = true,
                      .width = width,
                      .pos = figure->figure->pos,
                      .may_turn = true,
                      .narrow = (float)c->l->text_width,
                      .parent = c->root,
                      .group_style = style_of(c, STYLE_table_group),
                      .group_rule = {(float)c->l->table.rule_group, colour_of(c, COLOUR_axis)},
                      .row_destination = figure_destination};
    table_add(c, &spec);
    add_notes(&f, f.notes.n > NOTES_IN_ONE_COLUMN ? width : (float)c->l->text_width);
    array_drop(&f.notes);
    map_drop(&f.note_of);
    strbuf_drop(&f.scratch);
}

void figures_add_section(Composer *c, size_t section)
{
    const Edition *e = c->e;
    size_t from = 0, to;
    while (from < e->figures && e->figure[from].section != section)
        from++;
    for (to = from; to < e->figures && e->figure[to].section == section; to++)
        continue;
    add_table(c, e->figure + from, to - from, false);
}

/* ---- the part ------------------------------------------------------------------------------- */

#define DESTINATION STR("del-noegletal")

static Str title(const Composer *c)
{
    return c->t->print[c->e->theme ? TERM_key_figures : TERM_all_key_figures];
}

static void add_entries(Composer *c)
{
    if (c->e->figures)
        entry_add(c, 1, 0, title(c), DESTINATION);
}

static void add_part(Composer *c)
{
    if (!c->e->figures)
        return;
    flow_part_break(c);
    part_title_here(c, STR(""), NULL, title(c), STYLE_h1, DESTINATION);
    add_table(c, c->e->figure, c->e->figures, !c->e->theme);
}

const PartRule part_key_figures = {.entries = add_entries, .add = add_part};
