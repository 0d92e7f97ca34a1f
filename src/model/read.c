#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/in.h"

/* The models of reports of 10,000 pages are some ten times as large as those. */
enum { LARGEST_MODEL = 2047 << 20, MOST_BYTES_OF_NUMBER = 10 };

/* ---- what a value is ------------------------------------------------------------------------ */

static void complain_of_kind(In *in, const char *key, JsonToken value, JsonKind wanted)
{
    if (wanted == JSON_TEXT)
        diag_error(in->diags, value.pos, "'%s' must be a text in quotes", key);
    else if (wanted == JSON_NUMBER)
        diag_error(in->diags, value.pos, "'%s' must be a number", key);
    else if (wanted == JSON_LIST)
        diag_error(in->diags, value.pos, "'%s' must be a list in brackets", key);
    else
        diag_error(in->diags, value.pos, "'%s' must be an object in braces", key);
    if (value.kind == JSON_NULL)
        diag_hint(in->diags, "leave the key out when there is nothing to say");
}

bool value_is(In *in, const char *key, JsonToken value, JsonKind kind)
{
    if (value.kind == kind)
        return true;
    if (value.kind != JSON_BROKEN)
        complain_of_kind(in, key, value, kind);
    json_skip(&in->json, value);
    return false;
}

void list_read(In *in, const Field *f, void *thing, JsonToken value, ReadElement *read)
{
    if (!value_is(in, f->key, value, JSON_LIST))
        return;
    while ((value = json_next(&in->json)).kind != JSON_LIST_END && value.kind != JSON_BROKEN)
        read(in, f, thing, value);
}

bool depth_enter(In *in, Pos pos)
{
    if (in->depth < DEEPEST_NESTING) {
        in->depth++;
        return true;
    }
    if (!in->too_deep)
        diag_error(in->diags, pos, "nested more than %d levels deep", DEEPEST_NESTING);
    in->too_deep = true;
    return false;
}

/* ---- simple values -------------------------------------------------------------------------- */

/* Of what the head has read. */
static void read_known(In *in, const Field *f, void *thing, JsonToken value)
{
    (void)f;
    (void)thing;
    json_skip(&in->json, value);
}

static void read_text(In *in, const Field *f, void *thing, JsonToken value)
{
    if (value_is(in, f->key, value, JSON_TEXT))
        *(Str *)thing_member(thing, f->offset) = json_text(in->arena, value);
}

static void read_id(In *in, const Field *f, void *thing, JsonToken value)
{
    Str *id = thing_member(thing, f->offset);
    if (!value_is(in, f->key, value, JSON_TEXT))
        return;
    *id = json_text(in->arena, value);
    if (!str_is_id(*id))
        diag_error(in->diags, value.pos, "an id is made of a–z, 0–9, hyphen and underscore");
}

static void read_name(In *in, const Field *f, void *thing, JsonToken value)
{
    Str *name = thing_member(thing, f->offset);
    StrBuf slug = {0};
    if (!value_is(in, f->key, value, JSON_TEXT))
        return;
    *name = json_text(in->arena, value);
    strbuf_add_slug(&slug, *name);
    if (!slug.n || !str_equal(strbuf_str(&slug), *name))
        diag_error(in->diags, value.pos, "a name is made of a–z, 0–9 and hyphens");
    strbuf_drop(&slug);
}

static void read_bool(In *in, const Field *f, void *thing, JsonToken value)
{
    if (value.kind == JSON_TRUE || value.kind == JSON_FALSE) {
        *(bool *)thing_member(thing, f->offset) = value.kind == JSON_TRUE;
        return;
    }
    diag_error(in->diags, value.pos, "'%s' must be true or false", f->key);
    json_skip(&in->json, value);
}

static void hint_words(In *in, const Words *words)
{
    StrBuf list = {0};
    for (size_t i = 0; i < words->n; i++)
        strbuf_addf(&list, "%s%s", i ? ", " : "", words->at[i]);
    diag_hint(in->diags, "it is one of these: %s", list.p);
    strbuf_drop(&list);
}

size_t word_read(In *in, const Field *f, JsonToken value)
{
    if (!value_is(in, f->key, value, JSON_TEXT))
        return f->words.n;
    Str word = json_text(in->arena, value);
    for (size_t i = 0; i < f->words.n; i++)
        if (str_equal(word, str_from(f->words.at[i])))
            return i;
    diag_error(in->diags, value.pos, "'%s' can't be '%s'", f->key, word.p);
    if (!diag_hint_nearest(in->diags, word, f->words.at, f->words.n))
        hint_words(in, &f->words);
    return f->words.n;
}

static void read_choice(In *in, const Field *f, void *thing, JsonToken value)
{
    size_t i = word_read(in, f, value);
    if (i < f->words.n)
        *(unsigned *)thing_member(thing, f->offset) = (unsigned)i;
}

static void read_switch(In *in, const Field *f, void *thing, JsonToken value)
{
    *(bool *)thing_member(thing, f->offset) = word_read(in, f, value) == 1;
}

static void read_word(In *in, const Field *f, void *thing, JsonToken value)
{
    size_t i = word_read(in, f, value);
    if (i < f->words.n)
        *(Str *)thing_member(thing, f->offset) = str_from(f->words.at[i]);
}

/* A whole number that isn't negative. */
static bool parse_int(Str s, int64_t *out)
{
    int64_t value = 0;
    if (!s.n || s.n > MOST_BYTES_OF_NUMBER)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!ascii_digit(s.p[i]))
            return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *out = value;
    return true;
}

static void read_int(In *in, const Field *f, void *thing, JsonToken value)
{
    int64_t number;
    if (!value_is(in, f->key, value, JSON_NUMBER))
        return;
    if (parse_int(value.raw, &number) && number >= f->range.least && number <= f->range.most)
        *(int *)thing_member(thing, f->offset) = (int)number;
    else
        diag_error(in->diags, value.pos, "'%s' must be a whole number from %d to %d", f->key,
                   f->range.least, f->range.most);
}

static bool parse_date(In *in, const char *key, Pos pos, Str text, Date *out)
{
    if (date_parse(text, out))
        return true;
    diag_error(in->diags, pos, "'%s' is no date: '%.*s'", key, (int)text.n, text.p);
    diag_hint(in->diags, "dates are written year-month-day: 2012-08-29");
    return false;
}

static void read_date(In *in, const Field *f, void *thing, JsonToken value)
{
    if (value_is(in, f->key, value, JSON_TEXT))
        parse_date(in, f->key, value.pos, json_text(in->arena, value),
                   thing_member(thing, f->offset));
}

static void read_period(In *in, const Field *f, void *thing, JsonToken value)
{
    Report *r = thing;
    Date from, to;
    if (!value_is(in, f->key, value, JSON_TEXT))
        return;
    Str text = json_text(in->arena, value);
    size_t slash = str_find(text, '/');
    if (!parse_date(in, f->key, value.pos, str_cut(text, 0, slash), &from))
        return;
    to = from;
    if (slash < text.n && !parse_date(in, f->key, value.pos, str_cut(text, slash + 1, text.n), &to))
        return;
    if (date_compare(from, to) > 0)
        diag_error(in->diags, value.pos, "the period ends before it begins");
    r->period_from = from;
    r->period_to = to;
}

static bool parse_decimal(Str s, Decimal *out)
{
    Decimal d = {0, 0};
    size_t i = s.n && s.p[0] == '-', first = i, digits = 0;
    bool point = false;
    for (; i < s.n && digits <= DECIMAL_MOST; i++) {
        if (s.p[i] == '.' && !point && i > first) {
            point = true;
            continue;
        }
        if (!ascii_digit(s.p[i]))
            return false;
        d.digits = d.digits * 10 + (s.p[i] - '0');
        d.decimals += point;
        digits++;
    }
    if (!digits || digits > DECIMAL_MOST || s.p[s.n - 1] == '.')
        return false;
    if (first)
        d.digits = -d.digits;
    *out = d;
    return true;
}

void read_decimal(In *in, const Field *f, void *thing, JsonToken value)
{
    bool good = (value.kind == JSON_NUMBER || value.kind == JSON_TEXT) &&
                parse_decimal(value.raw, thing_member(thing, f->offset));
    if (good)
        return;
    diag_error(in->diags, value.pos, "'%s' must be a number such as 12 or -8.40", f->key);
    json_skip(&in->json, value);
}

/* ---- positions ------------------------------------------------------------------------------ */

static void read_place_number(In *in, const Field *f, void *thing, JsonToken value)
{
    int64_t *number = thing; /* how many there are, and three of them */
    int64_t n = -1;
    if (!value_is(in, f->key, value, JSON_NUMBER))
        return;
    if (!parse_int(value.raw, &n) || n > UINT32_MAX)
        diag_error(in->diags, value.pos, "'%s' is made of whole numbers", f->key);
    if (number[0] < 3)
        number[1 + number[0]] = n;
    number[0]++;
}

static void read_place(In *in, const Field *f, void *thing, JsonToken value)
{
    int64_t number[4] = {0};
    Pos *pos = thing_member(thing, f->offset);
    list_read(in, f, number, value, read_place_number);
    if (number[0] < 2 || number[0] > 3) {
        if (value.kind == JSON_LIST)
            diag_error(in->diags, value.pos, "a place is [line, column] or [line, column, file]");
    } else if (number[3] < 0 || (size_t)number[3] >= in->places.n) {
        diag_error(in->diags, value.pos, "'files' has no file of the number %d", (int)number[3]);
        diag_hint(in->diags, "the first file has the number 0");
    } else if (number[1] >= 0 && number[2] >= 0) {
        pos->line = (uint32_t)number[1];
        pos->column = (uint16_t)(number[2] > UINT16_MAX ? UINT16_MAX : number[2]);
        pos->file = in->places.at[number[3]];
    }
}

/* What stood where in an object. */
typedef struct {
    uint64_t seen; /* bits of the shape's fields */
    Pos pos[MOST_FIELDS];
} Seen;

/* The index of the field, or their number when there is none of that key. */
static size_t find_key(const Shape *shape, Str key)
{
    size_t i = 0;
    while (i < shape->fields && !str_equal(key, str_from(shape->field[i].key)))
        i++;
    return i;
}

/* What doesn't say where it stands, or in a file that isn't there, stands where the JSON has it. */
static void fill_places(const Shape *shape, void *draft, const Seen *seen, Pos open)
{
    for (size_t i = 0; i < shape->fields; i++) {
        const Field *f = &shape->field[i];
        Pos *pos = f->type == TYPE_PLACE ? thing_member(draft, f->offset) : NULL;
        if (!pos || pos->file)
            continue;
        size_t of = f->of ? find_key(shape, str_from(f->of)) : 0;
        if (!f->of)
            *pos = open;
        else if (seen->seen >> of & 1)
            *pos = seen->pos[of];
    }
}

/* Texts that nothing was said of are empty, and stand somewhere. */
static void fill_texts(const Shape *shape, void *draft)
{
    for (size_t i = 0; i < shape->fields; i++) {
        const Field *f = &shape->field[i];
        bool text = f->type == TYPE_TEXT || f->type == TYPE_ID || f->type == TYPE_WORD;
        Str *s = text ? thing_member(draft, f->offset) : NULL;
        if (s && !s->p)
            *s = (Str){"", 0};
    }
}

/* ---- objects -------------------------------------------------------------------------------- */

static void complain_of_key(In *in, const Shape *shape, JsonToken key)
{
    const char *names[MOST_FIELDS];
    for (size_t i = 0; i < shape->fields; i++)
        names[i] = shape->field[i].key;
    diag_error(in->diags, key.pos, "unknown key '%.*s'", (int)key.raw.n, key.raw.p);
    diag_hint_nearest(in->diags, key.raw, names, shape->fields);
}

static ReadField *const readers[TYPES];

static void read_member(In *in, const Shape *shape, void *draft, Seen *seen, JsonToken key)
{
    JsonToken value = json_next(&in->json);
    size_t i = find_key(shape, key.raw);
    if (i == shape->fields) {
        complain_of_key(in, shape, key);
        json_skip(&in->json, value);
    } else if (seen->seen >> i & 1) {
        diag_error(in->diags, key.pos, "'%s' is given twice", shape->field[i].key);
        json_skip(&in->json, value);
    } else {
        seen->seen |= (uint64_t)1 << i;
        seen->pos[i] = value.pos;
        readers[shape->field[i].type](in, &shape->field[i], draft, value);
    }
}

static bool is_empty(const Field *f, void *draft)
{
    if (f->may_be_empty)
        return false;
    if (f->type == TYPE_TEXT)
        return !str_trim(*(const Str *)thing_member(draft, f->offset)).n;
    if (f->type == TYPE_INLINES || f->type == TYPE_BLOCKS || f->type == TYPE_ITEMS)
        return !*(void *const *)thing_member(draft, f->offset);
    return f->type == TYPE_TEXTS && !*(const size_t *)thing_member(draft, f->texts.count);
}

/* That a thing has what those of its kind have, and no more. */
static void check_fields(In *in, const Shape *shape, unsigned kind, void *draft, const Seen *seen,
                         Pos open)
{
    if (shape->kinds && !(seen->seen & 1) && field_is_required(&shape->field[0], kind)) {
        diag_error(in->diags, open, "'%s' is missing", shape->field[0].key);
        hint_words(in, shape->kinds);
        return; /* without its kind nothing else can be said of a thing */
    }
    for (size_t i = 0; i < shape->fields; i++) {
        const Field *f = &shape->field[i];
        bool there = seen->seen >> i & 1;
        if (there && !field_is_of(f, kind)) {
            diag_error(in->diags, seen->pos[i], "'%s' means nothing here", f->key);
            if (shape->kinds)
                diag_hint(in->diags, "what is of kind '%s' has no '%s'", shape->kinds->at[kind],
                          f->key);
        } else if (!there && field_is_required(f, kind)) {
            diag_error(in->diags, open, "'%s' is missing", f->key);
        } else if (there && field_is_required(f, kind) && is_empty(f, draft)) {
            diag_error(in->diags, seen->pos[i], "'%s' is empty", f->key);
        }
    }
}

bool object_read(In *in, const Shape *shape, JsonToken open, void *draft)
{
    JsonToken token;
    size_t errors = diags_count(in->diags, DIAG_ERROR);
    Seen seen = {.seen = 0};
    while ((token = json_next(&in->json)).kind == JSON_KEY)
        read_member(in, shape, draft, &seen, token);
    if (diags_count(in->diags, DIAG_ERROR) != errors && shape->kinds)
        return false; /* what is missing may be what was wrong */
    const unsigned *kind = shape->kinds ? thing_member(draft, shape->kind_offset) : NULL;
    check_fields(in, shape, kind && *kind < shape->kinds->n ? *kind : 0, draft, &seen, open.pos);
    fill_places(shape, draft, &seen, open.pos);
    fill_texts(shape, draft);
    return diags_count(in->diags, DIAG_ERROR) == errors;
}

static void read_object(In *in, const Field *f, void *thing, JsonToken value)
{
    if (value_is(in, f->key, value, JSON_OBJECT))
        object_read(in, f->shape, value, thing);
}

/* ---- lists of texts ------------------------------------------------------------------------- */

typedef struct {
    ARRAY(Str) text;
    ARRAY(Pos) pos;
} ReadTexts;

static void read_one_text(In *in, const Field *f, void *thing, JsonToken value)
{
    ReadTexts *texts = thing;
    MarkDraft mark = {{"", 0}, value.pos};
    if (f->texts.marked && value.kind == JSON_OBJECT) {
        mark.pos.file = 0;
        object_read(in, &mark_shape, value, &mark);
    } else if (value_is(in, f->key, value, JSON_TEXT)) {
        mark.text = json_text(in->arena, value);
    }
    array_push(&texts->text, mark.text);
    array_push(&texts->pos, mark.pos);
}

static void read_texts(In *in, const Field *f, void *thing, JsonToken value)
{
    ReadTexts texts = {0};
    list_read(in, f, &texts, value, read_one_text);
    *(size_t *)thing_member(thing, f->texts.count) = texts.text.n;
    *(Str **)thing_member(thing, f->offset) =
        arena_copy(in->arena, texts.text.at, texts.text.n, sizeof(Str));
    if (f->texts.marked)
        *(Pos **)thing_member(thing, f->texts.pos) =
            arena_copy(in->arena, texts.pos.at, texts.pos.n, sizeof(Pos));
    array_drop(&texts.text);
    array_drop(&texts.pos);
}

/* ---- sections, figures, recommendations ----------------------------------------------------- */

static size_t reference_new(In *in, const Field *f, JsonToken value)
{
    Reference r = {.pos = value.pos};
    int64_t number = 0;
    if (value.kind == JSON_NUMBER && parse_int(value.raw, &number))
        r.number = (size_t)number;
    else if (value_is(in, f->key, value, JSON_TEXT))
        r.id = json_text(in->arena, value);
    array_push(&in->references, r);
    return in->references.n - 1;
}

static void read_section_name(In *in, const Field *f, void *thing, JsonToken value)
{
    *(size_t *)thing_member(thing, f->offset) = reference_new(in, f, value);
}

static void read_note_name(In *in, const Field *f, void *thing, JsonToken value)
{
    ((InlineDraft *)thing)->reference = reference_new(in, f, value);
}

static void read_one_section(In *in, const Field *f, void *thing, JsonToken value)
{
    Section section = {0};
    (void)thing;
    if (!value_is(in, f->key, value, JSON_OBJECT))
        return;
    if (object_read(in, &section_shape, value, &section) && !section.title &&
        (in->sections.n || section.kind == SECTION_THEME))
        diag_error(in->diags, value.pos, "this section has no title");
    array_push(&in->sections, section);
}

static void read_sections(In *in, const Field *f, void *thing, JsonToken value)
{
    list_read(in, f, thing, value, read_one_section);
}

static void read_one_figure(In *in, const Field *f, void *thing, JsonToken value)
{
    KeyFigure figure = {.section = 0};
    (void)thing;
    if (!value_is(in, f->key, value, JSON_OBJECT))
        return;
    object_read(in, &figure_shape, value, &figure);
    array_push(&in->figures, figure);
}

static void read_figures(In *in, const Field *f, void *thing, JsonToken value)
{
    list_read(in, f, thing, value, read_one_figure);
}

/* A deadline that is a date needs to be given once. */
static void complete_deadline(In *in, Recommendation *r)
{
    StrBuf text = {0};
    Date *d = &r->deadline_date;
    if (date_given(*d) && !r->deadline.n) {
        date_print_iso(&text, *d);
        r->deadline = arena_str(in->arena, strbuf_str(&text));
        strbuf_drop(&text);
    } else if (!date_given(*d)) {
        date_parse(r->deadline, d);
    }
}

static void read_one_proposal(In *in, const Field *f, void *thing, JsonToken value)
{
    Recommendation proposal = {.section = 0};
    (void)thing;
    if (!value_is(in, f->key, value, JSON_OBJECT))
        return;
    object_read(in, &proposal_shape, value, &proposal);
    if (proposal.economy == ECONOMY_WORDS && !proposal.economy_words.n)
        diag_error(in->diags, value.pos, "'%s' is missing", "economy-words");
    complete_deadline(in, &proposal);
    array_push(&in->proposals, proposal);
}

static void read_proposals(In *in, const Field *f, void *thing, JsonToken value)
{
    list_read(in, f, thing, value, read_one_proposal);
}

static void read_one_note(In *in, const Field *f, void *thing, JsonToken value)
{
    Note *note = arena_new(in->arena, Note);
    (void)thing;
    if (!value_is(in, f->key, value, JSON_OBJECT))
        return;
    object_read(in, &note_shape, value, note);
    note->index = in->notes.n;
    array_push(&in->notes, note);
}

static void read_notes(In *in, const Field *f, void *thing, JsonToken value)
{
    list_read(in, f, thing, value, read_one_note);
}

/* ---- everything ----------------------------------------------------------------------------- */

static ReadField *const readers[TYPES] = {[TYPE_VERSION] = read_known,
                                          [TYPE_NAME] = read_name,
                                          [TYPE_FOLDER] = read_known,
                                          [TYPE_FILES] = read_known,
                                          [TYPE_TEXT] = read_text,
                                          [TYPE_ID] = read_id,
                                          [TYPE_BOOL] = read_bool,
                                          [TYPE_SWITCH] = read_switch,
                                          [TYPE_INT] = read_int,
                                          [TYPE_CHOICE] = read_choice,
                                          [TYPE_WORD] = read_word,
                                          [TYPE_DATE] = read_date,
                                          [TYPE_PERIOD] = read_period,
                                          [TYPE_DECIMAL] = read_decimal,
                                          [TYPE_PLACE] = read_place,
                                          [TYPE_TEXTS] = read_texts,
                                          [TYPE_OBJECT] = read_object,
                                          [TYPE_INLINES] = read_inlines,
                                          [TYPE_BLOCKS] = read_blocks,
                                          [TYPE_ITEMS] = read_items,
                                          [TYPE_ROWS] = read_rows,
                                          [TYPE_CELLS] = read_cells,
                                          [TYPE_ALIGN] = read_align,
                                          [TYPE_VALUE] = read_value,
                                          [TYPE_SECTION] = read_section_name,
                                          [TYPE_SECTIONS] = read_sections,
                                          [TYPE_FIGURES] = read_figures,
                                          [TYPE_PROPOSALS] = read_proposals,
                                          [TYPE_NOTE] = read_note_name,
                                          [TYPE_NOTES] = read_notes,
                                          [TYPE_FACTS] = read_facts,
                                          [TYPE_TILES] = read_tiles};

static void keep_results(In *in)
{
    Report *r = in->report;
    r->sections = in->sections.n;
    r->figures = in->figures.n;
    r->recommendations = in->proposals.n;
    r->section = arena_copy(in->arena, in->sections.at, r->sections, sizeof *r->section);
    r->figure = arena_copy(in->arena, in->figures.at, r->figures, sizeof *r->figure);
    r->recommendation =
        arena_copy(in->arena, in->proposals.at, r->recommendations, sizeof *r->recommendation);
    r->notes = in->notes.n;
    r->note = arena_copy(in->arena, in->notes.at, r->notes, sizeof *r->note);
    array_drop(&in->notes);
    array_drop(&in->marks);
    array_drop(&in->sections);
    array_drop(&in->figures);
    array_drop(&in->proposals);
    array_drop(&in->references);
    array_drop(&in->cells);
    array_drop(&in->rows);
    array_drop(&in->places);
}

static bool check_text(In *in, Str text)
{
    size_t bad = utf8_invalid(text);
    if (bad == text.n)
        return true;
    json_open(&in->json, in->diags, in->file, text);
    diag_error(in->diags, json_pos(&in->json, bad), "this is not UTF-8");
    diag_hint(in->diags, "save the file as UTF-8 text");
    return false;
}

static bool read_model(In *in, Str text, const char *base, const ModelInput *input)
{
    size_t errors = diags_count(in->diags, DIAG_ERROR);
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_cut(text, 3, text.n);
    if (!check_text(in, text) || !head_read(in, text, base, input))
        return false;
    object_read(in, &report_shape, json_next(&in->json), in->report);
    references_resolve(in);
    content_check(in);
    return diags_count(in->diags, DIAG_ERROR) == errors;
}

static Report *finish(In *in, bool good)
{
    Report *report = in->report;
    report->file = in->places.n && in->places.at[0] ? in->places.at[0] : in->file;
    keep_results(in);
    diags_release_text(in->diags, in->file);
    if (good) {
        report_complete(report);
        return report;
    }
    report_drop(report);
    return NULL;
}

Report *model_read_text(const char *path, StrBuf text, const ModelInput *input)
{
    Report *report = mem_zalloc(sizeof *report);
    In in = {.report = report, .arena = &report->arena, .diags = input->diags};
    char *base = file_folder(path);
    in.file = diags_file(in.diags, path, text.p, text.n);
    report->name = report_name_of(&report->arena, path);
    bool good = read_model(&in, strbuf_str(&text), base, input);
    mem_free(base);
    return finish(&in, good);
}

Report *model_read(const char *path, const ModelInput *input, bool *unreadable)
{
    StrBuf text = {0};
    int error = file_read(path, LARGEST_MODEL, &text);
    *unreadable = error != 0;
    if (!error)
        return model_read_text(path, text, input);
    strbuf_drop(&text);
    diag_error(input->diags, (Pos){0, 0, diags_file(input->diags, path, NULL, 0)},
               "can't read it: %s", strerror(error));
    return NULL;
}
