#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "model/internal.h"
#include "model/out.h"

enum { MOST_FILES = UINT16_MAX + 1 };

typedef struct {
    Out out;
    const Report *report;
    const ModelOutput *output;
    char *folder; /* of the report, from that of the file; NULL when it is not in it */
    /* The files of positions, in the order in which they turn up, and one more than the place in that
     * order of each file that the diagnostics know. */
    uint16_t *order, *place;
    size_t files;
    Arena scratch;
} Writer;

typedef void WriteField(Writer *w, const Field *f, const void *thing);

static void write_fields(Writer *w, const Shape *shape, const void *draft);

static void write_flat(Writer *w, const Shape *shape, const void *draft)
{
    out_open_flat(&w->out, '{');
    write_fields(w, shape, draft);
    out_close_flat(&w->out, '}');
}

/* As the next of a list. */
static void write_one(Writer *w, const Shape *shape, const void *draft)
{
    out_next(&w->out);
    out_open(&w->out, '{');
    write_fields(w, shape, draft);
    out_close(&w->out, '}');
}

static const void *member(const void *thing, size_t offset)
{
    return (const char *)thing + offset;
}

static void write_text(Writer *w, const char *key, Str text)
{
    out_key(&w->out, key);
    out_text(&w->out, text);
}

/* ---- simple values -------------------------------------------------------------------------- */

static void write_version(Writer *w, const Field *f, const void *thing)
{
    (void)thing;
    out_key(&w->out, f->key);
    out_int(&w->out, MODEL_VERSION);
}

static void write_str(Writer *w, const Field *f, const void *thing)
{
    const Str *s = member(thing, f->offset);
    if (s->n || f->required)
        write_text(w, f->key, *s);
}

static void write_bool(Writer *w, const Field *f, const void *thing)
{
    if (!*(const bool *)member(thing, f->offset))
        return;
    out_key(&w->out, f->key);
    out_raw(&w->out, "true");
}

static void write_switch(Writer *w, const Field *f, const void *thing)
{
    bool on = *(const bool *)member(thing, f->offset);
    if (on)
        write_text(w, f->key, str_from(f->words.at[on]));
}

static void write_int(Writer *w, const Field *f, const void *thing)
{
    int value = *(const int *)member(thing, f->offset);
    if (value == f->range.absent)
        return;
    out_key(&w->out, f->key);
    out_int(&w->out, value);
}

static void write_choice(Writer *w, const Field *f, const void *thing)
{
    unsigned value = *(const unsigned *)member(thing, f->offset);
    if (value || f->required)
        write_text(w, f->key, str_from(f->words.at[value]));
}

static void write_date(Writer *w, const Field *f, const void *thing)
{
    const Date *d = member(thing, f->offset);
    StrBuf text = {0};
    if (!date_given(*d))
        return;
    date_print_iso(&text, *d);
    write_text(w, f->key, strbuf_str(&text));
    strbuf_drop(&text);
}

static void write_period(Writer *w, const Field *f, const void *thing)
{
    const Report *r = thing;
    StrBuf text = {0};
    if (!date_given(r->period_from))
        return;
    date_print_iso(&text, r->period_from);
    strbuf_add_char(&text, '/');
    date_print_iso(&text, r->period_to);
    write_text(w, f->key, strbuf_str(&text));
    strbuf_drop(&text);
}

/* As text: programs that read JSON numbers take 8.40 for 8.4. */
static void write_decimal(Writer *w, const Field *f, const void *thing)
{
    const Decimal *d = member(thing, f->offset);
    uint64_t u = d->digits < 0 ? 0 - (uint64_t)d->digits : (uint64_t)d->digits, unit = 1;
    StrBuf text = {0};
    if (!f->required && !d->digits && !d->decimals)
        return;
    for (int i = 0; i < d->decimals; i++)
        unit *= 10;
    strbuf_addf(&text, "%s%" PRIu64, d->digits < 0 ? "-" : "", u / unit);
    if (d->decimals)
        strbuf_addf(&text, ".%0*" PRIu64, d->decimals, u % unit);
    write_text(w, f->key, strbuf_str(&text));
    strbuf_drop(&text);
}

/* ---- positions ------------------------------------------------------------------------------ */

static uint16_t place_of_file(Writer *w, uint16_t file)
{
    if (!w->place[file]) {
        w->order[w->files++] = file;
        w->place[file] = (uint16_t)w->files;
    }
    return (uint16_t)(w->place[file] - 1);
}

static void write_pos(Writer *w, Pos pos)
{
    uint16_t file = place_of_file(w, pos.file);
    out_open_flat(&w->out, '[');
    out_next(&w->out);
    out_int(&w->out, pos.line);
    out_next(&w->out);
    out_int(&w->out, pos.column);
    if (file) {
        out_next(&w->out);
        out_int(&w->out, file);
    }
    out_close_flat(&w->out, ']');
}

static void write_place(Writer *w, const Field *f, const void *thing)
{
    const Pos *pos = member(thing, f->offset);
    if (w->output->placeless || (f->of && !pos->file))
        return; /* of what isn't there */
    out_key(&w->out, f->key);
    write_pos(w, *pos);
}

static void write_texts(Writer *w, const Field *f, const void *thing)
{
    size_t n = *(const size_t *)member(thing, f->texts.count);
    const Str *text = *(const Str *const *)member(thing, f->offset);
    bool placed = f->texts.marked && !w->output->placeless;
    const Pos *pos = placed ? *(const Pos *const *)member(thing, f->texts.pos) : NULL;
    if (!n)
        return;
    out_key(&w->out, f->key);
    out_open(&w->out, '[');
    for (size_t i = 0; i < n; i++) {
        out_next(&w->out);
        MarkDraft mark = {text[i], pos ? pos[i] : (Pos){0}};
        if (pos)
            write_flat(w, &mark_shape, &mark);
        else
            out_text(&w->out, text[i]);
    }
    out_close(&w->out, ']');
}

/* ---- inlines -------------------------------------------------------------------------------- */

static void write_inline(Writer *w, const Inline *in)
{
    InlineDraft draft = {.in = *in};
    if (in->kind == INLINE_LINK || in->kind == INLINE_IMAGE)
        draft.target = in->target;
    else if (in->kind == INLINE_SPAN)
        draft.language = in->language;
    else if (in->kind == INLINE_NOTE)
        draft.note = in->note;
    else if (in->kind == INLINE_FIGURE && in->pull_out) {
        draft.pull_out = true;
        draft.what = in->pull_out->what;
    }
    write_flat(w, &inline_shape, &draft);
}

/* A text of which nothing else is said. */
static bool is_bare(const Writer *w, const Inline *in)
{
    return w->output->placeless && in && in->kind == INLINE_TEXT && in->text.n;
}

static void write_inlines(Writer *w, const Inline *in)
{
    if (is_bare(w, in) && !in->next) {
        out_text(&w->out, in->text);
        return;
    }
    out_open(&w->out, '[');
    for (; in; in = in->next) {
        out_next(&w->out);
        if (is_bare(w, in))
            out_text(&w->out, in->text);
        else
            write_inline(w, in);
    }
    out_close(&w->out, ']');
}

static void write_inlines_field(Writer *w, const Field *f, const void *thing)
{
    const Inline *in = *(Inline *const *)member(thing, f->offset);
    if (!in && !f->required)
        return;
    out_key(&w->out, f->key);
    write_inlines(w, in);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static BlockDraft draft_of(const Block *b)
{
    BlockDraft d = {.block = *b};
    switch (b->kind) {
    case BLOCK_LIST:
        d.list = b->list;
        d.loose = !b->list.tight;
        d.start = b->list.ordered || b->list.start ? b->list.start : -1;
        break;
    case BLOCK_TABLE:
        d.table = *b->table;
        d.plain_rows = !b->table->row_heads;
        d.caption = b->table->caption;
        break;
    case BLOCK_VISIT:
        d.visit = *b->visit;
        break;
    case BLOCK_CHART:
        d.chart = *b->chart;
        d.source = b->chart->source;
        break;
    case BLOCK_TILES:
        d.tiles = *b->tiles;
        d.source = b->tiles->source;
        break;
    case BLOCK_ITEM:
        d.task = b->task;
        break;
    case BLOCK_CODE:
        d.info = b->info;
        break;
    case BLOCK_IMAGE:
        d.caption = b->caption;
        break;
    default:
        break;
    }
    return d;
}

static void write_blocks(Writer *w, const Block *b)
{
    out_open(&w->out, '[');
    for (; b; b = b->next) {
        BlockDraft draft = draft_of(b);
        write_one(w, &block_shape, &draft);
    }
    out_close(&w->out, ']');
}

static void write_blocks_field(Writer *w, const Field *f, const void *thing)
{
    const Block *b = *(Block *const *)member(thing, f->offset);
    if (!b && !f->required)
        return;
    out_key(&w->out, f->key);
    write_blocks(w, b);
}

static void write_align(Writer *w, const Field *f, const void *thing)
{
    const Table *t = &((const BlockDraft *)thing)->table;
    out_key(&w->out, f->key);
    out_open_flat(&w->out, '[');
    for (size_t i = 0; i < t->columns; i++) {
        out_next(&w->out);
        out_text(&w->out, str_from(f->words.at[t->align[i]]));
    }
    out_close_flat(&w->out, ']');
}

static void add_cells(Writer *w, const RowDraft *row)
{
    for (size_t i = 0; i < row->cells; i++) {
        out_next(&w->out);
        write_inlines(w, row->cell[i].inlines);
    }
}

static void write_cells(Writer *w, const Field *f, const void *thing)
{
    out_key(&w->out, f->key);
    out_open(&w->out, '[');
    add_cells(w, thing);
    out_close(&w->out, ']');
}

static void write_cells_alone(Writer *w, const RowDraft *row)
{
    out_open_flat(&w->out, '[');
    add_cells(w, row);
    out_close_flat(&w->out, ']');
}

static void write_rows(Writer *w, const Field *f, const void *thing)
{
    const Table *t = &((const BlockDraft *)thing)->table;
    out_key(&w->out, f->key);
    out_open(&w->out, '[');
    for (size_t i = 0; i < t->rows; i++) {
        out_next(&w->out);
        RowDraft row = {t->row_pos[i], t->cell + i * t->columns, t->columns};
        if (w->output->placeless)
            write_cells_alone(w, &row);
        else
            write_flat(w, &row_shape, &row);
    }
    out_close(&w->out, ']');
}

static void write_tiles(Writer *w, const Field *f, const void *thing)
{
    const TileSpec *tiles = &((const BlockDraft *)thing)->tiles;
    out_key(&w->out, f->key);
    out_open(&w->out, '[');
    for (size_t i = 0; i < tiles->n; i++) {
        out_next(&w->out);
        write_flat(w, &tile_shape, &tiles->tile[i]);
    }
    out_close(&w->out, ']');
}

static void write_facts(Writer *w, const Field *f, const void *thing)
{
    const Visit *visit = &((const BlockDraft *)thing)->visit;
    if (!visit->facts)
        return;
    out_key(&w->out, f->key);
    out_open(&w->out, '[');
    for (size_t i = 0; i < visit->facts; i++) {
        out_next(&w->out);
        write_flat(w, &fact_shape, &visit->fact[i]);
    }
    out_close(&w->out, ']');
}

/* ---- key figures, recommendations, sections ------------------------------------------------- */

static void write_value(Writer *w, const Field *f, const void *thing)
{
    QuantityDraft draft = {.quantity = *(const Quantity *)member(thing, f->offset)};
    StrBuf text = {0};
    quantity_print_with_unit(&text, w->report->terms, &draft.quantity, (Str){"", 0});
    arena_reset(&w->scratch);
    Quantity again = quantity_read(&w->scratch, w->report->terms, strbuf_str(&text));
    if (quantity_equal(&again, &draft.quantity))
        draft.text = strbuf_str(&text);
    out_key(&w->out, f->key);
    write_flat(w, &quantity_shape, &draft);
    strbuf_drop(&text);
}

/* By its id, or by its number where it has none. */
static void write_reference(Writer *w, const char *key, Str id, size_t index)
{
    out_key(&w->out, key);
    if (id.n)
        out_text(&w->out, id);
    else
        out_int(&w->out, (int64_t)index + 1);
}

static void write_section_reference(Writer *w, const Field *f, const void *thing)
{
    size_t i = *(const size_t *)member(thing, f->offset);
    write_reference(w, f->key, w->report->section[i].id, i);
}

static void write_note_reference(Writer *w, const Field *f, const void *thing)
{
    const Note *note = ((const InlineDraft *)thing)->note;
    write_reference(w, f->key, note->label, note->index);
}

static void write_list(Writer *w, const Field *f, const Shape *shape, const void *things, size_t n,
                       size_t size)
{
    if (!n && !f->required)
        return;
    out_key(&w->out, f->key);
    out_open(&w->out, '[');
    for (size_t i = 0; i < n; i++)
        write_one(w, shape, member(things, i * size));
    out_close(&w->out, ']');
}

static void write_sections(Writer *w, const Field *f, const void *thing)
{
    const Report *r = thing;
    write_list(w, f, &section_shape, r->section, r->sections, sizeof *r->section);
}

static void write_figures(Writer *w, const Field *f, const void *thing)
{
    const Report *r = thing;
    write_list(w, f, &figure_shape, r->figure, r->figures, sizeof *r->figure);
}

static void write_proposals(Writer *w, const Field *f, const void *thing)
{
    const Report *r = thing;
    write_list(w, f, &proposal_shape, r->recommendation, r->recommendations,
               sizeof *r->recommendation);
}

static void write_notes(Writer *w, const Field *f, const void *thing)
{
    const Report *r = thing;
    if (!r->notes)
        return;
    out_key(&w->out, f->key);
    out_open(&w->out, '[');
    for (size_t i = 0; i < r->notes; i++)
        write_one(w, &note_shape, r->note[i]);
    out_close(&w->out, ']');
}

static void write_object(Writer *w, const Field *f, const void *thing)
{
    out_open_if_filled(&w->out, f->key);
    write_fields(w, f->shape, thing);
    out_close_if_filled(&w->out);
}

/* ---- the head ------------------------------------------------------------------------------- */

static void write_folder(Writer *w, const Field *f, const void *thing)
{
    (void)thing;
    if (w->folder && strcmp(w->folder, ".") != 0)
        write_text(w, f->key, str_from(w->folder));
}

static void write_files(Writer *w, const Field *f, const void *thing)
{
    (void)thing;
    if (w->output->placeless)
        return;
    out_key(&w->out, f->key);
    out_open(&w->out, '[');
    for (size_t i = 0; i < w->files; i++) {
        const char *path = diags_path(w->output->diags, w->order[i]), *slash = strrchr(path, '/');
        char *seen = file_seen_from(w->output->folder, path);
        out_next(&w->out);
        out_text(&w->out, str_from(seen ? seen : slash ? slash + 1 : path));
        mem_free(seen);
    }
    out_close(&w->out, ']');
}

/* ---- everything ----------------------------------------------------------------------------- */

static WriteField *const writers[TYPES] = {[TYPE_VERSION] = write_version,
                                           [TYPE_NAME] = write_str,
                                           [TYPE_FOLDER] = write_folder,
                                           [TYPE_FILES] = write_files,
                                           [TYPE_TEXT] = write_str,
                                           [TYPE_ID] = write_str,
                                           [TYPE_BOOL] = write_bool,
                                           [TYPE_SWITCH] = write_switch,
                                           [TYPE_INT] = write_int,
                                           [TYPE_CHOICE] = write_choice,
                                           [TYPE_WORD] = write_str,
                                           [TYPE_DATE] = write_date,
                                           [TYPE_PERIOD] = write_period,
                                           [TYPE_DECIMAL] = write_decimal,
                                           [TYPE_PLACE] = write_place,
                                           [TYPE_TEXTS] = write_texts,
                                           [TYPE_OBJECT] = write_object,
                                           [TYPE_INLINES] = write_inlines_field,
                                           [TYPE_BLOCKS] = write_blocks_field,
                                           [TYPE_ITEMS] = write_blocks_field,
                                           [TYPE_ROWS] = write_rows,
                                           [TYPE_CELLS] = write_cells,
                                           [TYPE_ALIGN] = write_align,
                                           [TYPE_VALUE] = write_value,
                                           [TYPE_SECTION] = write_section_reference,
                                           [TYPE_NOTE] = write_note_reference,
                                           [TYPE_FACTS] = write_facts,
                                           [TYPE_TILES] = write_tiles,
                                           [TYPE_NOTES] = write_notes,
                                           [TYPE_SECTIONS] = write_sections,
                                           [TYPE_FIGURES] = write_figures,
                                           [TYPE_PROPOSALS] = write_proposals};

static void write_fields(Writer *w, const Shape *shape, const void *draft)
{
    unsigned kind = shape->kinds ? *(const unsigned *)member(draft, shape->kind_offset) : 0;
    for (size_t i = 0; i < shape->fields; i++)
        if (field_is_of(&shape->field[i], kind))
            writers[shape->field[i].type](w, &shape->field[i], draft);
}

static void write_report(Writer *w, ModelSink *sink, void *context)
{
    w->out = (Out){.sink = sink, .context = context};
    out_open(&w->out, '{');
    write_fields(w, &report_shape, w->report);
    out_close(&w->out, '}');
    out_finish(&w->out);
}

static void to_nowhere(void *context, const char *bytes, size_t n)
{
    (void)context;
    (void)bytes;
    (void)n;
}

bool model_write(const Report *report, const ModelOutput *output)
{
    Writer w = {.report = report,
                .output = output,
                .folder = file_seen_from(output->folder, report->folder),
                .order = mem_array(MOST_FILES, sizeof *w.order),
                .place = mem_zalloc(MOST_FILES * sizeof *w.place)};
    place_of_file(&w, report->file);
    write_report(&w, to_nowhere, NULL); /* to see the files, which are named before their places */
    write_report(&w, output->sink, output->context);
    bool found = w.folder != NULL;
    mem_free(w.folder);
    mem_free(w.order);
    mem_free(w.place);
    arena_drop(&w.scratch);
    return found;
}
