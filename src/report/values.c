#include "report/internal.h"

/* A value, and what to say of it. */
typedef struct {
    const KeyFigure *figure;
    const Terms *terms;
    Diags *diags;
    Pos pos;
    const char *value, *meant; /* as the language writes them */
} Doubtful;

static void say_decimal(const Doubtful *d)
{
    diag_warning(d->diags, d->pos, "'%s' isn't written as this language writes numbers", d->value);
    diag_hint(d->diags, "is %s meant?", d->meant);
}

static void say_thousands(const Doubtful *d)
{
    if (d->figure->value.kind == QUANTITY_WORDS) {
        say_decimal(d);
        return;
    }
    diag_warning(d->diags, d->pos, "'%s' has three decimals, or is meant as thousands", d->value);
    diag_hint(d->diags, "write %s if thousands are meant", d->meant);
}

static void say_groups(const Doubtful *d)
{
    diag_warning(d->diags, d->pos, "'%s' looks like a number but isn't written as one", d->value);
    diag_hint(d->diags, "thousands are parted by '%s' and decimals by '%s'", d->terms->thousands.p,
              d->terms->decimal.p);
}

static void say_length(const Doubtful *d)
{
    diag_warning(d->diags, d->pos, "'%s' has too many digits for a number", d->value);
    diag_hint(d->diags, "numbers have at most %d digits", DECIMAL_MOST);
}

static void say_interval(const Doubtful *d)
{
    diag_warning(d->diags, d->pos, "the interval '%s' goes downwards", d->value);
    diag_hint(d->diags, "its smaller number stands first");
}

static void say_span(const Doubtful *d)
{
    diag_warning(d->diags, d->pos, "the interval '%s' may lack thousands", d->value);
    diag_hint(d->diags, "does it begin at %s?", d->meant);
}

static void say_rest(const Doubtful *d)
{
    Str column = terms_word(d->terms, WORD_column_caveat);
    diag_warning(d->diags, d->pos, "'%s' begins with a number, but what follows is no unit",
                 d->value);
    diag_hint(d->diags, "what else is to be known of a figure stands in the column '%.*s'",
              (int)column.n, column.p);
}

static void say_doubt(const Doubtful *d)
{
    static void (*const say[])(const Doubtful *) = {
        [DOUBT_DECIMAL] = say_decimal,   [DOUBT_THOUSANDS] = say_thousands,
        [DOUBT_GROUPS] = say_groups,     [DOUBT_LENGTH] = say_length,
        [DOUBT_INTERVAL] = say_interval, [DOUBT_SPAN] = say_span,
        [DOUBT_REST] = say_rest};
    say[d->figure->value.doubtful](d);
}

static void say_unit(const Doubtful *d)
{
    const KeyFigure *f = d->figure;
    diag_error(d->diags, d->pos, "the value '%s' has another unit than '%.*s'", d->value,
               (int)f->unit.n, f->unit.p);
    diag_hint(d->diags, "a unit is written once: beside the value, or in the column for it");
}

/* "1,2 mio." beside "mia. kr." */
static void check_scale(const KeyFigure *f, const Terms *terms, Diags *diags)
{
    Arena arena = {0};
    Quantity bare = {.kind = QUANTITY_NUMBER};
    Str unit = f->unit;
    if (!f->value.scale.n)
        return;
    quantity_take_scale(&arena, terms, &bare, &unit);
    if (bare.scale.n) {
        diag_error(diags, diags_find(diags, f->pos, 1, f->unit),
                   "the value is in '%.*s', and its unit '%.*s' multiplies it again",
                   (int)f->value.scale.n, f->value.scale.p, (int)f->unit.n, f->unit.p);
        diag_hint(diags, "what multiplies a number is written once: beside it, or with the unit");
    }
    arena_drop(&arena);
}

void figure_check_value(const KeyFigure *f, const Terms *terms, Diags *diags)
{
    const Quantity *q = &f->value;
    check_scale(f, terms, diags);
    bool unit = q->unit.n && f->unit.n && !quantity_same_unit(terms, q->unit, f->unit);
    if (!q->doubtful && !unit)
        return;
    StrBuf value = {0}, meant = {0};
    quantity_print(&value, terms, q);
    Doubtful d = {f, terms, diags, diags_find(diags, f->pos, 1, strbuf_str(&value)), NULL, NULL};
    if (unit) {
        strbuf_clear(&value);
        quantity_print_with_unit(&value, terms, q, q->unit);
    }
    decimal_print(&meant, terms, q->meant);
    d.value = value.p;
    d.meant = meant.p;
    if (q->doubtful)
        say_doubt(&d);
    if (unit)
        say_unit(&d);
    strbuf_drop(&value);
    strbuf_drop(&meant);
}
