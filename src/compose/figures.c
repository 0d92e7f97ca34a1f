#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "compose/internal.h"

/* ---- tables of key figures ------------------------------------------------------------------ */

enum { NAME, PRECISION, VALUE, UNIT, PLACE, PERIOD, KINDS };

/* Bytes of a caveat that stands under the table; a longer one, which a page may have no room for, stands below
 * the name. */
enum { LONGEST_NOTE = 400 };

typedef struct {
    Composer *c;
    const EditionFigure *figure;
    size_t n;
    float value; /* width of that, as records … */
    Map below;   /* … and the units that stand below it */
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
        terms_add_precision(&f->scratch, terms(f), figure->value.precision);
        return keep(f);
    case VALUE:
        quantity_print_column(&f->scratch, terms(f), &figure->value, figure->unit);
        return keep(f);
    case UNIT:
        quantity_print_unit(&f->scratch, terms(f), &figure->value, figure->unit);
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

static bool is_note(const KeyFigure *figure)
{
    return figure->caveat.n && figure->caveat.n <= LONGEST_NOTE;
}

/* "Forbehold: Skøn", or nothing */
static Piece caveat_piece(Figures *f, const KeyFigure *figure, const Style *style)
{
    if (!figure->caveat.n)
        return (Piece){.style = style};
    Arena *arena = &f->c->arena;
    strbuf_add_str(&f->scratch, terms(f)->print[TERM_caveat]);
    strbuf_add_text(&f->scratch, ":");
    Inline *label = strong_inline(arena, figure->pos, keep(f));
    strbuf_add_text(&f->scratch, " ");
    strbuf_add_str(&f->scratch, figure->caveat);
    close_sentence(&f->scratch);
    label->next = text_inline(arena, figure->pos, keep(f));
    return (Piece){.style = style, .inlines = label};
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
    bool words = figure->value.kind == QUANTITY_WORDS;
    content->number = kind == VALUE && !words;
    content->words = kind == VALUE && words;
    cell_add_text(content, (Piece){.style = style,
                                   .text = text,
                                   .number = content->number,
                                   .prose = kind == NAME || kind == PLACE || kind == PERIOD});
    if (kind == NAME && !is_note(figure))
        cell_add_text(content, caveat_piece(f, figure, style_of(f->c, STYLE_table_note)));
    if (kind != NAME || !f->note[row] || !content->parts)
        return;
    strbuf_add_text(&f->scratch, NO_BREAK_SPACE);
    numbering_add_mark(&f->scratch, f->note[row]);
    content->part[0].piece[1] =
        (Piece){.style = style_of(f->c, STYLE_table_mark), .text = keep(f), .refers = true};
    content->part[0].pieces = 2;
}

static Str figure_group(void *context, size_t row)
{
    Figures *f = context;
    if (!f->grouped || (row > 0 && f->figure[row].section == f->figure[row - 1].section))
        return (Str){"", 0};
    return section_name(f->c, &f->c->e->section[f->figure[row].section]);
}

static Str figure_destination(void *context, size_t row)
{
    const Figures *f = context;
    return f->figure[row].figure->id;
}

/* ---- as records ----------------------------------------------------------------------------- */

/* With a no-break space before or behind it, or nothing. */
static Str spaced(Figures *f, Str text, bool space_before)
{
    strbuf_add_text(&f->scratch, text.n && space_before ? NO_BREAK_SPACE : "");
    strbuf_add_str(&f->scratch, text);
    strbuf_add_text(&f->scratch, text.n && !space_before ? NO_BREAK_SPACE : "");
    return keep(f);
}

/* The styles of a record's value. */
typedef struct {
    const Style *number, *beside, *unit;
} ValueStyles;

/* Words stand as high as the names beside them: they may take several lines. */
static ValueStyles value_styles(const Figures *f, const KeyFigure *figure)
{
    static const StyleRole number[] = {STYLE_tile_number, STYLE_tile_precision, STYLE_tile_unit};
    static const StyleRole words[] = {STYLE_table_head, STYLE_table_cell, STYLE_table_head};
    const StyleRole *id = figure->value.kind == QUANTITY_WORDS ? words : number;
    return (ValueStyles){style_of(f->c, id[0]), style_of(f->c, id[1]), style_of(f->c, id[2])};
}

static float width_of(Figures *f, const Style *style, Str text)
{
    return text.n ? spec_width(f->c, style, text) : 0;
}

/* "pct.", "mio. kr.": a unit that belongs to the number as it is written. */
static bool is_sign(const KeyFigure *figure)
{
    return quantity_unit_is_signs(figure->unit.n ? figure->unit : figure->value.unit);
}

static bool is_words(const KeyFigure *figure)
{
    return figure->value.kind == QUANTITY_WORDS;
}

/* Of the number and what else stands on its line. */
static float line_width(Figures *f, const KeyFigure *figure, bool precision, bool unit)
{
    ValueStyles style = value_styles(f, figure);
    float width = width_of(f, style.number, printed(f, figure, VALUE));
    if (precision)
        width += width_of(f, style.beside, spaced(f, printed(f, figure, PRECISION), false));
    if (unit)
        width += width_of(f, style.unit, spaced(f, printed(f, figure, UNIT), true));
    return width;
}

/* Words of precision are read with their number: they stand above it only where they alone have no room beside it, or a
 * sign that belongs to the number hasn't. */
static bool precision_above(Figures *f, const KeyFigure *figure)
{
    if (!printed(f, figure, PRECISION).n || is_words(figure))
        return false;
    return line_width(f, figure, true, is_sign(figure)) > f->value;
}

static bool is_too_wide(Figures *f, const KeyFigure *figure)
{
    return line_width(f, figure, !precision_above(f, figure), true) > f->value;
}

/* Only where it doesn't fit beside what stands there, or at another figure that is counted in the same: such numbers
 * are compared. */
static bool unit_below(Figures *f, const KeyFigure *figure)
{
    uint32_t below;
    if (is_sign(figure) || is_words(figure))
        return is_too_wide(f, figure);
    return map_get(&f->below, printed(f, figure, UNIT), &below);
}

static void record_value(Figures *f, const KeyFigure *figure, CellContent *content)
{
    const Composer *c = f->c;
    ValueStyles style = value_styles(f, figure);
    const Style *below = style_of(c, STYLE_table_head);
    Str before = printed(f, figure, PRECISION), behind = printed(f, figure, UNIT);
    bool above = precision_above(f, figure);
    if (above)
        cell_add_text(content, (Piece){.style = style_of(c, STYLE_table_cell), .text = before});
    CellPart *part = &content->part[content->parts++];
    *part = (CellPart){.lines = style.number};
    if (before.n && !above)
        part->piece[part->pieces++] =
            (Piece){.style = style.beside, .text = spaced(f, before, false)};
    part->piece[part->pieces++] = (Piece){.style = style.number,
                                          .text = printed(f, figure, VALUE),
                                          .number = figure->value.kind != QUANTITY_WORDS};
    if (!behind.n)
        return;
    if (unit_below(f, figure))
        cell_add_text(content,
                      (Piece){.style = style_sized(f->c, STYLE_tile_unit, below), .text = behind});
    else
        part->piece[part->pieces++] = (Piece){.style = style.unit, .text = spaced(f, behind, true)};
}

/* "Lambeth, 2012"; a year alone wouldn't say what it is of: "Periode: 2012". */
static void add_where_and_when(Figures *f, const KeyFigure *figure)
{
    bool alone = figure->period.n && !figure->place.n;
    if (alone) {
        strbuf_add_str(&f->scratch, terms(f)->print[TERM_column_period]);
        strbuf_add_text(&f->scratch, ": ");
    }
    add_place_and_period(&f->scratch, figure);
}

/* What it is, where and when, and what is to be kept in mind. */
static void record_what(Figures *f, const KeyFigure *figure, CellContent *content)
{
    const Composer *c = f->c;
    cell_add_text(
        content,
        (Piece){.style = style_of(c, STYLE_table_cell), .text = figure->name, .prose = true});
    add_where_and_when(f, figure);
    cell_add_line(content,
                  (Piece){.style = style_of(c, STYLE_tile_where), .text = keep(f), .prose = true});
    cell_add_line(content, caveat_piece(f, figure, style_of(c, STYLE_tile_caveat)));
}

static void record_cell(void *context, size_t row, size_t column, CellContent *content)
{
    Figures *f = context;
    if (row == f->n) {
        Str text = terms(f)->print[column ? TERM_column_figure : TERM_column_value];
        cell_add_text(content, (Piece){.style = style_of(f->c, STYLE_table_head), .text = text});
    } else if (column) {
        record_what(f, f->figure[row].figure, content);
    } else {
        record_value(f, f->figure[row].figure, content);
    }
}

#define MOST_VALUE 0.45f /* of the table: its names need the rest */

/* As wide as that of a tile, or as the widest number, which is never broken: then others have that room, too. */
static float number_width(Figures *f)
{
    const Layout *l = f->c->l;
    float width = (float)(l->tile.alone - l->table.column_gap);
    for (size_t i = 0; i < f->n; i++)
        if (!is_words(f->figure[i].figure))
            width = fmaxf(width, line_width(f, f->figure[i].figure, false, false));
    return width;
}

/* As wide as it must be for all units to stand beside their numbers, words of precision above if need be, where it may be
 * so wide; else no wider than numbers ask for, and units that have no room stand below. */
static void part_value(Figures *f, float table)
{
    float least = number_width(f), most = fmaxf(least, MOST_VALUE * table), widest = least;
    bool all = true;
    for (size_t i = 0; i < f->n; i++) {
        const KeyFigure *figure = f->figure[i].figure;
        float width = is_words(figure) ? 0 : line_width(f, figure, true, true);
        if (width > most)
            width = line_width(f, figure, false, true);
        if (width <= most)
            widest = fmaxf(widest, width);
        all &= width <= most || is_sign(figure);
    }
    f->value = all ? widest : least;
}

/* The units that stand below the numbers that are counted in them. */
static void find_units_below(Figures *f)
{
    for (size_t i = 0; i < f->n; i++) {
        const KeyFigure *figure = f->figure[i].figure;
        Str unit = printed(f, figure, UNIT);
        if (unit.n && !is_sign(figure) && !is_words(figure) && is_too_wide(f, figure))
            map_put(&f->below, unit, (uint32_t)i);
    }
}

/* The value stands at the left as in a tile that is alone in its row, and the rest beside it. */
static void set_records(Figures *f, TableSpec *spec, TableColumn *column)
{
    part_value(f, spec->width);
    find_units_below(f);
    column[0] = (TableColumn){.width = f->value};
    column[1] = (TableColumn){.rest = true};
    spec->columns = 2;
    spec->records = true;
    spec->head_column = 1;
    spec->cell = record_cell;
    spec->notes = 0;
    spec->row_note = NULL;
}

/* ---- the table ------------------------------------------------------------------------------ */

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

static unsigned note_of(Figures *f, const KeyFigure *figure)
{
    uint32_t number;
    Str caveat = figure->caveat;
    if (!is_note(figure))
        return 0;
    if (map_get(&f->note_of, caveat, &number))
        return number;
    strbuf_add_str(&f->scratch, caveat);
    close_sentence(&f->scratch);
    array_push(&f->notes, keep(f));
    number = (uint32_t)f->notes.n;
    map_put(&f->note_of, caveat, number);
    return number;
}

/* Where few numbers have decimals, only what those need is left free behind the others. */
#define FEW 0.25f /* of all */

static float room_for_decimals(const Figures *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        const Quantity *q = &f->figure[i].figure->value;
        n += q->low.decimals || q->high.decimals;
    }
    return (float)n < FEW * (float)f->n ? 0 : (float)f->c->l->table.decimals;
}

static unsigned figure_note(void *context, size_t row)
{
    return ((const Figures *)context)->note[row];
}

static Str source_of(const Figures *f)
{
    const KeyFigure **figure = arena_array(&f->c->arena, f->n, const KeyFigure *);
    for (size_t i = 0; i < f->n; i++)
        figure[i] = f->figure[i].figure;
    return source_line_of(f->c, (Str){"", 0}, figure, f->n);
}

static void add_table(Composer *c, const EditionFigure *figure, size_t n, bool grouped, Str title)
{
    Figures f = {.c = c, .figure = figure, .n = n, .grouped = grouped};
    TableColumn column[KINDS] = {{0}};
    if (!n)
        return;
    choose_columns(&f);
    float decimals = room_for_decimals(&f);
    for (size_t i = 0; i < f.columns; i++)
        column[i] = (TableColumn){
            .rest = f.kind[i] == NAME, .decimal = f.kind[i] == VALUE, .decimals = decimals};
    f.note = arena_zalloc(&c->arena, n * sizeof *f.note);
    for (size_t i = 0; i < n; i++)
        f.note[i] = note_of(&f, figure[i].figure);
    float width = (float)layout_live_width(c->l);
    TableSpec spec = {.rows = n,
                      .columns = f.columns,
                      .column = column,
                      .cell = figure_cell,
                      .group = figure_group,
                      .context = &f,
                      .head = true,
                      .row_heads = true,
                      .title = title,
                      .width = width,
                      .pos = figure->figure->pos,
                      .may_turn = true,
                      .narrow = (float)c->l->text_width,
                      .parent = c->root,
                      .group_style = style_of(c, STYLE_table_group),
                      .group_rule = {(float)c->l->table.rule_group, colour_of(c, COLOUR_axis)},
                      .row_destination = figure_destination,
                      .note = f.notes.at,
                      .notes = f.notes.n,
                      .row_note = figure_note};
    if (table_in_records(c))
        set_records(&f, &spec, column);
    table_add(c, &spec);
    Column below = text_column(c);
    below.width = width;
    table_add_source(c, source_of(&f), below);
    array_drop(&f.notes);
    map_drop(&f.note_of);
    map_drop(&f.below);
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
    add_table(c, e->figure + from, to - from, false, c->t->print[TERM_key_figures]);
}

/* ---- the part ------------------------------------------------------------------------------- */

static Str title(const Composer *c)
{
    return c->t->print[c->e->theme ? TERM_key_figures : TERM_all_key_figures];
}

static void add_entries(Composer *c)
{
    const Edition *e = c->e;
    if (e->figures)
        entry_add(c, 1, 0, title(c), FIGURES_PLACE);
    for (size_t i = 0; i < e->figures && !e->theme; i++)
        if (!i || e->figure[i].section != e->figure[i - 1].section)
            entry_add_unlisted(c, 2, section_name(c, &e->section[e->figure[i].section]),
                               e->figure[i].figure->id);
}

static void add_part(Composer *c)
{
    if (!c->e->figures)
        return;
    bool follows = part_follows(c, c->e->figures);
    if (!follows)
        flow_part_break(c);
    part_title_here(c, STR(""), NULL, title(c), follows ? STYLE_h2 : STYLE_h1, FIGURES_PLACE);
    add_table(c, c->e->figure, c->e->figures, !c->e->theme, title(c));
}

const PartRule part_key_figures = {.entries = add_entries, .add = add_part};
