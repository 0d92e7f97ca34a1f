#include "base/utf8.h"
#include "proof/internal.h"

/* Age bands (16-14 år, mellem 15 og 4 år) that end before they begin, and lists of bands that overlap or
 * leave out ages. */

enum { FEWEST_BANDS = 3 }; /* of a list that is looked at as a whole */

typedef struct {
    int low, high;
    size_t from, to; /* of the text, with what says that it is an age */
    bool age;        /* years are named */
    Place place;
} Band;

typedef struct {
    ARRAY(Band) run; /* bands that belong together */
    bool list;       /* each opens an item or a row */
} Bands;

static void *begin_bands(Proof *proof)
{
    return arena_new(&proof->arena, Bands);
}

/* ---- one band ------------------------------------------------------------------------------- */

static size_t skip_space(Str s, size_t at)
{
    for (;;) {
        if (at < s.n && ascii_space(s.p[at]))
            at++;
        else if (str_starts(str_cut(s, at, s.n), STR(NO_BREAK_SPACE)))
            at += 2;
        else
            return at;
    }
}

static size_t dash_at(Str s, size_t at)
{
    Str rest = str_cut(s, at, s.n);
    if (str_starts(rest, STR("-")))
        return 1;
    return str_starts(rest, STR("\xE2\x80\x93")) || str_starts(rest, STR("\xE2\x88\x92")) ? 3 : 0;
}

/* Up to three digits, and no more than them. */
static size_t age_at(Str s, size_t at, int *age)
{
    size_t n = 0;
    *age = 0;
    while (at + n < s.n && ascii_digit(s.p[at + n]) && n < 4)
        *age = *age * 10 + (s.p[at + n++] - '0');
    return n < 4 ? n : 0;
}

static Str word_before(Str s, size_t at)
{
    return str_trim(str_cut(s, word_start(s, at), at));
}

/* What parts the two ages: a dash, or "og" behind "mellem"; its length. */
static size_t joint_at(const Terms *t, Str s, size_t from, size_t at)
{
    size_t next = skip_space(s, at), dash = dash_at(s, next);
    if (dash)
        return skip_space(s, next + dash) - at;
    Str word = str_cut(s, next, word_end(s, next));
    if (next == at || !word.n || !utf8_equal_fold(word, t->and) ||
        !utf8_equal_fold(word_before(s, from), t->between))
        return 0;
    return skip_space(s, next + word.n) - at;
}

/* Where "år" or "-årige" behind a band ends; `at` when there is none. */
static size_t years_end(const Terms *t, Str s, size_t at)
{
    size_t from = skip_space(s, at);
    if (from == at && from < s.n && s.p[from] == '-')
        from++;
    size_t end = word_end(s, from);
    return end > from && terms_has(&t->proof[PROOF_age], str_cut(s, from, end)) ? end : at;
}

static bool goes_on(Str s, size_t at)
{
    if (at >= s.n)
        return false;
    bool number = at + 1 < s.n && ascii_digit(s.p[at + 1]);
    return ascii_digit(s.p[at]) || letter_at(s, at) || s.p[at] == '/' || s.p[at] == ':' ||
           ((s.p[at] == '.' || s.p[at] == ',' || s.p[at] == '-') && number);
}

static bool band_at(const Terms *t, Str s, size_t at, Band *out)
{
    int low, high;
    char before = at ? s.p[at - 1] : ' ';
    if (ascii_digit(before) || ascii_letter(before) || before == '-' || before == '.' ||
        before == ',' || before == '/')
        return false;
    size_t n = age_at(s, at, &low), gap = n ? joint_at(t, s, at, at + n) : 0;
    size_t second = at + n + gap, m = gap ? age_at(s, second, &high) : 0;
    if (!m)
        return false;
    size_t end = second + m, years = years_end(t, s, end);
    if (years == end && goes_on(s, end))
        return false;
    *out = (Band){.low = low, .high = high, .from = at, .to = years, .age = years > end};
    return true;
}

/* ---- several -------------------------------------------------------------------------------- */

static void tell_pair(Proof *proof, const Band *before, const Band *b, bool list)
{
    Pos pos = place_pos(proof, b->place);
    if (b->low <= before->high && b->low > before->low)
        diag_warning(proof->diags, pos, "the age bands %d-%d and %d-%d overlap [bands]",
                     before->low, before->high, b->low, b->high);
    else if (list && b->low > before->high + 1)
        diag_warning(proof->diags, pos,
                     "between the age bands %d-%d and %d-%d ages are missing [bands]", before->low,
                     before->high, b->low, b->high);
    else
        return;
    diag_also(proof->diags, place_pos(proof, before->place), "the band before it is here");
}

static void end_run(Proof *proof, Bands *bands, bool age)
{
    bool rising = bands->run.n >= FEWEST_BANDS;
    for (size_t i = 0; i < bands->run.n; i++) {
        const Band *b = &bands->run.at[i];
        age |= b->age;
        rising &= b->low <= b->high && (!i || b->low > bands->run.at[i - 1].low);
    }
    for (size_t i = 1; rising && age && i < bands->run.n; i++)
        tell_pair(proof, &bands->run.at[i - 1], &bands->run.at[i], bands->list);
    bands->run.n = 0;
    bands->list = false;
}

static void tell_fall(Proof *proof, const Band *b, Str text)
{
    Str band = str_cut(text, b->from, b->to);
    if (proof_accepts(proof, band))
        return;
    diag_warning(proof->diags, place_pos(proof, b->place),
                 "'%.*s' can't be an age band: it ends before it begins [bands]", (int)band.n,
                 band.p);
    diag_hint(proof->diags, "is a digit missing, or are its ends swapped?");
}

/* Whether only a comma or "og", and the years of the one before, stand between two bands. */
static bool follows(const Terms *t, Str s, size_t from, size_t to)
{
    from = skip_space(s, from);
    if (from < to && s.p[from] == ',')
        return skip_space(s, from + 1) == to;
    Str word = str_cut(s, from, word_end(s, from));
    return word.n && utf8_equal_fold(word, t->and) && skip_space(s, from + word.n) == to;
}

static void find_bands(Proof *proof, void *state, const Passage *p)
{
    Bands *bands = state;
    bool items = bands->run.n && bands->list;
    size_t end = 0, found = 0;
    if (p->doubted || p->kind == PASSAGE_CODE || p->kind == PASSAGE_ADDRESS)
        return;
    for (size_t i = 0; i < proof->scan.numbers.n; i++) {
        Band b;
        size_t at = proof->scan.numbers.at[i];
        if (at < end || !band_at(proof->terms, p->text, at, &b))
            continue;
        b.place = passage_place(p, at);
        if (b.age && b.low > b.high)
            tell_fall(proof, &b, p->text);
        bool first = !found++ && at == 0 && p->kind == PASSAGE_TEXT;
        if (!(first && items) && !(found > 1 && follows(proof->terms, p->text, end, at)))
            end_run(proof, bands, false);
        bands->list = bands->run.n ? bands->list && first : first;
        array_push(&bands->run, b);
        end = b.to;
    }
    if (items && !found)
        end_run(proof, bands, false);
}

/* ---- tables --------------------------------------------------------------------------------- */

static bool whole_band(const Terms *t, Str text, Band *out)
{
    text = str_trim(text);
    return text.n && ascii_digit(text.p[0]) && band_at(t, text, 0, out) && out->to == text.n;
}

/* Bands of a table stand in its first column, under a heading that speaks of age. */
static void find_in_table(Proof *proof, void *state, const Block *block, const Passage *where)
{
    Bands *bands = state;
    const Table *t = block->table;
    if (where->doubted || !t->rows)
        return;
    end_run(proof, bands, false);
    bool age = terms_mentions(&proof->terms->proof[PROOF_age], cell_text(t, 0, 0));
    for (size_t row = 1; row < t->rows; row++) {
        Str text = cell_text(t, row, 0);
        Band b;
        if (!whole_band(proof->terms, text, &b))
            continue;
        b.place = (Place){t->cell[row * t->columns].inlines->pos, 0, text, 0};
        if (age && !b.age && b.low > b.high)
            tell_fall(proof, &b, text);
        array_push(&bands->run, b);
    }
    bands->list = true;
    end_run(proof, bands, age);
}

static void end_bands(Proof *proof, void *state)
{
    Bands *bands = state;
    end_run(proof, bands, false);
    array_drop(&bands->run);
}

const Check check_bands = {"bands", begin_bands, find_bands, find_in_table, end_bands};
