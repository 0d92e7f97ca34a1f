#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/balance.h"
#include "text/bidi.h"
#include "text/internal.h"
#include "text/linebreak.h"

#define SOFT_HYPHEN "\xC2\xAD"
#define KERNED 1e-6 /* points: less is rounding */

/* Where a break leaves off and where the next line begins. */
typedef struct {
    uint32_t end, next; /* items */
    bool hyphen;
} Cut;

typedef struct {
    TextWorker *w;
    const TextRequest *request;
    const TextTrace *trace;
    const Segments *seg;
    LineArrays *out;
    BreakPoint *point;
    Cut *cut;
    size_t points;
    uint32_t *chosen; /* of the points, those that lines end at */
    size_t lines;
    BreakStyle style;
    const GlyphWord *hyphen; /* the one that was asked for last */
    uint16_t hyphen_run;
    float widest;
    int brackets;      /* that are open at the end of the last line */
    bool label;        /* see is_label */
    uint32_t sentence; /* the space before a last sentence that begins a line, or UINT32_MAX */
    bool hopeless;     /* a justified line has holes instead of spaces */
} Compose;

static ShapeStyle style_of_item(const Compose *c, const Item *item)
{
    ShapeStyle style = segment_style(&c->request->run[item->run]);
    style.font = font_of_face(item->word->face);
    style.scale = item->word->scale;
    style.script = item->script;
    style.rtl = (item->word->flags & WORD_RTL) != 0;
    style.apart = item->word->apart;
    return style;
}

/* Hyphens of neighbouring words are mostly of one font and size. */
static double hyphen_width(Compose *c, const Item *item)
{
    float size = c->request->run[item->run].size;
    const GlyphWord *last = c->hyphen;
    if (!last || last->face != item->word->face || c->hyphen_run != item->run) {
        ShapeStyle style = style_of_item(c, item);
        style.apart = 0;
        c->hyphen = shape_word(&c->w->shaper, &style, STR(SOFT_HYPHEN));
        c->hyphen_run = item->run;
    }
    return segment_width(c->hyphen, 0, (uint32_t)c->hyphen->text.n, size);
}

/* A part of a word, shaped anew because letters at its ends no longer have their neighbours. */
static const GlyphWord *part_of(Compose *c, const Item *item, uint32_t from, uint32_t to,
                                bool hyphen)
{
    const GlyphWord *whole = item->word;
    if (from == 0 && to >= whole->text.n && !hyphen)
        return whole;
    ShapeStyle style = style_of_item(c, item);
    style.apart = shape_apart_from(style.apart, from);
    char *text = arena_bytes(&c->w->scratch, to - from + 3);
    memcpy(text, whole->text.p + from, to - from);
    size_t n = to - from;
    if (hyphen)
        n += utf8_put(text + n, 0xAD);
    return shape_word(&c->w->shaper, &style, (Str){text, n});
}

/* Letters from Hebrew on may have another form alone. */
static bool keeps_form(Str text)
{
    size_t at = 0;
    return text.n && utf8_next(text, &at) < 0x590;
}

/* What the letters [from, to) of a word take when they stand alone. */
static double width_alone(Compose *c, const Item *item, uint32_t from, uint32_t to)
{
    float size = c->request->run[item->run].size;
    const Glyph *only = keeps_form(str_cut(item->word->text, from, to))
                            ? segment_only_glyph(item->word, from, to)
                            : NULL;
    if (only)
        return face_pair_at(item->word->face, only->pair)->advance *
               (double)(size * item->word->scale) / item->word->face->upem;
    const GlyphWord *alone = part_of(c, item, from, to, false);
    return segment_width(alone, 0, (uint32_t)alone->text.n, size);
}

/* The letter at the end of one item, and that at the beginning of the next, where a word is cut: what they
 * take alone beyond what they take beside each other. A font may give kerning to one or share it. */
static void widen_cut(Compose *c, const Item *before, const Item *after, BreakPoint *p)
{
    if (before->kind != ITEM_WORD || before->word != after->word)
        return;
    uint32_t last = segment_last_cluster(before->word, before->to);
    uint32_t first = segment_next_cluster(after->word, after->from + 1);
    last = last < before->from ? before->from : last;
    first = first > after->to ? after->to : first;
    float size = c->request->run[before->run].size;
    double end = width_alone(c, before, last, before->to);
    double begin = width_alone(c, after, after->from, first);
    double end_more = end - segment_width(before->word, last, before->to, size);
    double begin_more = begin - segment_width(after->word, after->from, first, size);
    if (fabs(end_more) < KERNED && fabs(begin_more) < KERNED)
        return;
    const GlyphWord *both = part_of(c, before, last, first, false);
    uint32_t cut = before->to - last;
    p->to += end - segment_width(both, 0, cut, size);
    p->from -= begin - segment_width(both, cut, (uint32_t)both->text.n, size);
}

/* ---- what it costs to break ----------------------------------------------------------------- */

/* Demerits beside a hyphen's own, which is 2500. A joint of a compound is the best place; letters of a
 * part that few would leave by themselves are parted only where a line would be much too short. */
static const double part_cost[] = {
    [PART_NONE] = 0,   [PART_JOINT] = 0,  [PART_NORMAL] = 7500, [PART_ADDRESS] = 2000,
    [PART_TIED] = 5e5, [PART_RARE] = 1e6, [PART_NAME] = 1e6,    [PART_ANYWHERE] = 1e8};

/* Of an em: words with less between them run together. */
#define LEAST_SPACE 0.16

/* No spaces are too wide for the sake of a name: with holes the paragraph is ragged instead. */
#define JUSTIFIED_NAME_COST 1e12

/* A line whose end is ragged needs a hyphen only where it would be seen to be short: at a joint where it would else
 * fill less than some 81 per cent of the measure, within a part less than 77. */
static const double ragged_cost[] = {[PART_JOINT] = 15000, [PART_NORMAL] = 40000};

/* A line shouldn't end with a word of one letter or two, nor part a figure from what it counts. The words of one letter
 * that Danish and English have (i, å, a, I) begin what follows them, as those that are tied; others are names (plan B). */
#define LETTER_WORD_COST 5e5
#define ONE_LETTER_COST 1600
#define TWO_LETTERS_COST 400
#define FIGURE_COST 900
/* In a heading, which is read at a glance, they cost more, and three letters (til, for, som) cost, too. */
#define HEADING_TIMES 4
#define THREE_LETTERS_COST 300
/* Within a name, more than a short line costs. */
#define NAME_COST 3e7
/* … and at a hyphen of its own, which would seem to be the line's, more than at a space behind which it is shorter. */
#define NAME_HYPHEN_COST 6e7
/* Within words of another direction, more than spaces three times as wide. */
#define FOREIGN_COST 1e8
/* A word of fewer letters is no line; nor is one of a label, which has few others. */
enum { SHORT_WORD = 6, SHORT_IN_LABEL = 8 };
/* Of a label a line may be shorter instead: two thirds of the measure are better than such a word, and less than that
 * is better than a line that ends with a word of one letter. */
#define LABEL_SHORTEST 0.55
#define LABEL_LETTER_COST 2e6
/* … or than one that begins with what is counted: "50 |børn". */
#define LABEL_COUNT_COST 1e5

static Str text_of_item(const Item *item)
{
    return item->kind == ITEM_WORD ? str_cut(item->word->text, item->from, item->to) : (Str){"", 0};
}

static size_t letters_in(Str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool letter = c >= 0xC3 && c != 0xE2; /* not Latin-1's signs, nor general punctuation */
        n += letter || ascii_letter(text.p[i]) || ascii_digit(text.p[i]);
    }
    return n;
}

/* Also of another language: "Ølvisson í Dímun". A capital may be a letter of a name or of a list. */
static bool is_letter_word(Str text)
{
    size_t at = 0;
    uint32_t letter = text.n ? utf8_next(text, &at) : 0;
    bool latin = segment_is_letter(letter) && letter < 0x250 && letter != 0xD7 && letter != 0xF7;
    bool danish = letter == 'I' || letter == 'A' || letter == 0xC5;
    return at == text.n && latin && (danish || utf8_lower(letter) == letter);
}

/* Whether the first is a number, but for a year, and the second a word that may be what it counts. */
static bool counts(Str before, Str after)
{
    size_t at = 0;
    uint32_t letter = after.n ? utf8_next(after, &at) : 0;
    bool year = before.n == 4 && (before.p[0] == '1' || before.p[0] == '2');
    return ascii_digit(before.p[0]) && !year && segment_is_letter(letter) &&
           utf8_lower(letter) == letter;
}

static double tie_cost(const Compose *c, uint32_t space)
{
    const Item *item = c->seg->items.at;
    if (space == 0 || space + 1 >= c->seg->items.n)
        return 0;
    Str before = text_of_item(&item[space - 1]), after = text_of_item(&item[space + 1]);
    bool whole = space == 1 || item[space - 2].kind != ITEM_WORD;
    double cost = 0;
    if (whole && is_letter_word(before))
        return c->label ? LABEL_LETTER_COST : LETTER_WORD_COST;
    if (whole && before.n <= 4 && before.n > 0 && before.p[before.n - 1] != '.') {
        size_t n = letters_in(before);
        cost += n == 1                          ? ONE_LETTER_COST
                : n == 2                        ? TWO_LETTERS_COST
                : n == 3 && c->request->balance ? THREE_LETTERS_COST
                                                : 0;
    }
    if (after.n && ascii_digit(after.p[0]))
        cost += FIGURE_COST;
    if (before.n && ascii_digit(before.p[before.n - 1]))
        cost += c->label && counts(before, after) ? LABEL_COUNT_COST : FIGURE_COST;
    return c->request->balance ? HEADING_TIMES * cost : cost;
}

/* Whether a space stands between two words of what is said to be one name: behind a comma there begins another, and before
 * a parenthesis there ends one. */
static bool joins_name(const Compose *c, uint32_t space)
{
    const Item *item = &c->seg->items.at[space];
    if (space == 0 || space + 1 >= c->seg->items.n || !c->request->run[item->run].name ||
        !c->request->run[item[1].run].name)
        return false;
    Str before = text_of_item(&item[-1]), after = text_of_item(&item[1]);
    return before.n && before.p[before.n - 1] != ',' && !str_starts(after, STR("("));
}

enum { MOST_IN_NAME = 4 }; /* words: more are a sentence about something */

/* How many more words of its name stand on one side of a space, as far as that matters. */
static unsigned more_of_name(const Compose *c, uint32_t space, int step)
{
    unsigned words = 0;
    for (int64_t i = (int64_t)space + step; i >= 0 && i < (int64_t)c->seg->items.n; i += step) {
        if (c->seg->items.at[i].kind != ITEM_SPACE || !joins_name(c, (uint32_t)i) ||
            words == MOST_IN_NAME)
            break;
        words++;
    }
    return words;
}

/* Whether it stands within a name. */
static bool is_in_name(const Compose *c, uint32_t space)
{
    return joins_name(c, space) &&
           2 + more_of_name(c, space, -2) + more_of_name(c, space, 2) <= MOST_IN_NAME;
}

/* The text of items that read from the right in a paragraph that reads from the left, on one side of a space: its width,
 * or more than the measure. */
static double foreign_width(const Compose *c, uint32_t space, int step)
{
    double width = 0;
    uint32_t i = space + (uint32_t)step;
    for (; i < c->seg->items.n && width <= (double)c->request->measure; i += (uint32_t)step) {
        if (!(c->seg->items.at[i].level & 1))
            break;
        width += c->seg->items.at[i].width;
    }
    return width;
}

/* Whether a space stands within such a text that has room on one line: broken, its words would be read in the wrong
 * order by those who don't know the script. */
static bool is_in_foreign(const Compose *c, uint32_t space)
{
    const Item *item = &c->seg->items.at[space];
    if (!c->seg->bidi || (c->seg->base & 1) || !(item->level & 1))
        return false;
    double before = foreign_width(c, space, -1), behind = foreign_width(c, space, 1);
    return before > 0 && behind > 0 && before + item->width + behind <= (double)c->request->measure;
}

/* What hangs at the end of a line, and how much of its width: after microtype's settings for text
 * (Schlicht, The microtype package, 2023). */
static double hanging_part(uint32_t character)
{
    static const struct {
        uint32_t character;
        double part;
    } hanging[] = {{'.', 0.7},    {',', 0.7},    {'-', 0.7},    {':', 0.5},    {';', 0.5},
                   {'!', 0.1},    {'?', 0.1},    {')', 0.1},    {'"', 0.5},    {'\'', 0.7},
                   {0xAD, 0.7},   {0xBB, 0.4},   {0xAB, 0.4},   {0x2010, 0.7}, {0x2013, 0.3},
                   {0x2019, 0.7}, {0x201D, 0.5}, {0x201C, 0.5}, {0x2014, 0.2}};
    for (size_t i = 0; i < sizeof hanging / sizeof *hanging; i++)
        if (hanging[i].character == character)
            return hanging[i].part;
    return 0;
}

static uint32_t last_character(Str text)
{
    size_t at = text.n ? utf8_start(text, text.n - 1) : 0;
    return text.n ? utf8_next(text, &at) : 0;
}

/* How far the end of a line before an item may stand beyond the measure. */
static double hang_of(const Compose *c, uint32_t end, double hyphen)
{
    if (!c->request->hang || c->seg->bidi || end == 0)
        return 0;
    const Item *item = &c->seg->items.at[end - 1];
    if (hyphen > 0)
        return hyphen * hanging_part(0xAD);
    if (item->kind != ITEM_WORD)
        return 0;
    double part = hanging_part(last_character(text_of_item(item)));
    if (part <= 0)
        return 0;
    uint32_t last = segment_last_cluster(item->word, item->to);
    return part * segment_width(item->word, last, item->to, c->request->run[item->run].size);
}

static bool ends_in_dash(const Compose *c, uint32_t end)
{
    uint32_t last = end ? last_character(text_of_item(&c->seg->items.at[end - 1])) : 0;
    return last == '-' || last == 0x2010;
}

/* ---- places to break ------------------------------------------------------------------------ */

static void add_point(Compose *c, BreakPoint point, Cut cut)
{
    point.hang = hang_of(c, cut.end, point.hyphen);
    point.dash = !cut.hyphen && ends_in_dash(c, cut.end);
    c->point[c->points] = point;
    c->cut[c->points++] = cut;
}

static void add_space_point(Compose *c, BreakPoint p, uint32_t i)
{
    p.from += c->seg->items.at[i].width;
    p.next_spaces++;
    p.cost = tie_cost(c, i) + part_cost[c->seg->items.at[i].part];
    p.cost += is_in_name(c, i) ? NAME_COST : is_in_foreign(c, i) ? FOREIGN_COST : 0;
    add_point(c, p, (Cut){i, i + 1, false});
}

/* "Yıldız-|Çağlar": what follows a hyphen of the text with a capital is a name, and so is what a link says is one. Justified
 * lines can't be as short as that needs. */
static bool is_hyphen_of_name(const Compose *c, uint32_t i)
{
    const Item *item = &c->seg->items.at[i];
    size_t at = 0;
    if (item->hyphen || !ends_in_dash(c, i) || c->style.fill == BREAK_JUSTIFIED)
        return false;
    Str behind = text_of_item(item);
    uint32_t first = behind.n ? utf8_next(behind, &at) : 0;
    return c->request->run[item->run].name || utf8_lower(first) != first;
}

static void add_word_point(Compose *c, BreakPoint p, uint32_t i)
{
    const Item *item = &c->seg->items.at[i];
    p.hyphen = item->hyphen ? hyphen_width(c, item) : 0;
    p.cost = part_cost[item->part];
    if (item->part == PART_NAME && c->style.fill == BREAK_JUSTIFIED)
        p.cost = JUSTIFIED_NAME_COST;
    if (is_hyphen_of_name(c, i))
        p.cost += NAME_HYPHEN_COST;
    if (item->hyphen && c->style.fill != BREAK_JUSTIFIED && item->part <= PART_NORMAL)
        p.cost += ragged_cost[item->part];
    widen_cut(c, item - 1, item, &p);
    add_point(c, p, (Cut){i, i, item->hyphen});
}

/* In more than so many sizes there is room for text. */
static bool is_label(const TextRequest *q)
{
    const float narrow = 28;
    bool label = q->label && q->align != TEXT_JUSTIFY && q->align != TEXT_CENTRE && !q->balance;
    for (size_t i = 0; i < q->runs && label; i++)
        label = q->measure < narrow * q->run[i].size;
    return label;
}

static BreakRest rest_of(const Compose *c, size_t letters, bool space, bool hyphen)
{
    if (!letters || space)
        return REST_TEXT;
    size_t least = c->label ? SHORT_IN_LABEL : SHORT_WORD;
    return letters < least || hyphen ? REST_SCRAP : REST_WORD;
}

/* Finds what is left of the text behind each point. */
static void find_rests(Compose *c)
{
    size_t letters = 0;
    bool space = false;
    size_t k = c->points;
    for (uint32_t i = (uint32_t)c->seg->items.n; k > 0; i--) {
        for (; k > 0 && c->cut[k - 1].next == i; k--)
            c->point[k - 1].rest = rest_of(c, letters, space, c->cut[k - 1].hyphen);
        if (i == 0)
            return;
        const Item *item = &c->seg->items.at[i - 1];
        bool newline = item->kind == ITEM_NEWLINE || i - 1 == c->sentence;
        letters = newline ? 0 : letters + letters_in(text_of_item(item));
        space = !newline && (space || (item->kind == ITEM_SPACE && letters));
    }
}

static bool ends_sentence(const Compose *c, uint32_t space)
{
    const Item *item = &c->seg->items.at[space];
    Str before = text_of_item(&item[-1]), after = text_of_item(&item[1]);
    size_t at = 0;
    uint32_t first = after.n ? utf8_next(after, &at) : 0;
    return before.n && strchr(".!?", before.p[before.n - 1]) && first != utf8_lower(first);
}

/* The point behind all sentences but the last of a text, where that has room on a line; else SIZE_MAX. */
static size_t last_sentence(const Compose *c)
{
    double end = c->points ? c->point[c->points - 1].to : 0;
    for (size_t k = c->points; k > 1; k--) {
        const BreakPoint *p = &c->point[k - 2];
        const Cut *cut = &c->cut[k - 2];
        if (p->forced || end - p->from > c->style.measure)
            return SIZE_MAX;
        if (cut->next == cut->end + 1 && cut->next < c->seg->items.n && cut->end > 0 &&
            ends_sentence(c, cut->end))
            return k - 2;
    }
    return SIZE_MAX;
}

/* Turns items into places to break and the widths between them. */
static void find_points(Compose *c)
{
    uint32_t n = (uint32_t)c->seg->items.n;
    double at = 0;
    uint32_t spaces = 0;
    c->points = 0;
    c->point = arena_array(&c->w->scratch, n + 1, BreakPoint);
    c->cut = arena_array(&c->w->scratch, n + 1, Cut);
    for (uint32_t i = 0; i < n; i++) {
        const Item *item = &c->seg->items.at[i];
        BreakPoint p = {.to = at, .from = at, .spaces = spaces, .next_spaces = spaces};
        if (item->kind == ITEM_NEWLINE) {
            p.forced = true;
            add_point(c, p, (Cut){i, i + 1, false});
        } else if (item->may_break && item->kind == ITEM_SPACE) {
            add_space_point(c, p, i);
        } else if (item->may_break && i > 0) {
            add_word_point(c, p, i);
        }
        spaces += item->kind == ITEM_SPACE;
        at += item->width;
    }
    add_point(
        c,
        (BreakPoint){.to = at, .from = at, .spaces = spaces, .next_spaces = spaces, .forced = true},
        (Cut){n, n, false});
    find_rests(c);
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void push_piece(Compose *c, const Item *item, const GlyphWord *word)
{
    const TextRun *r = &c->request->run[item->run];
    if (!c->out->runs.n || array_last(&c->out->runs).source != item->run)
        array_push(&c->out->runs, ((GlyphRun){(uint32_t)c->out->pieces.n, item->run, r->flags,
                                              r->size, r->rise, r->colour}));
    array_push(&c->out->pieces, word->id);
    if (c->seg->bidi)
        array_push(&c->out->levels, item->level);
}

/* Adds the items of a line as pieces; items that are parts of one word become one piece again. */
static void push_pieces(Compose *c, uint32_t from, const Cut *cut)
{
    const Item *items = c->seg->items.at;
    for (uint32_t i = from; i < cut->end;) {
        const Item *first = &items[i];
        uint32_t to = first->to;
        for (i++; i < cut->end && items[i].kind == ITEM_WORD && items[i].word == first->word &&
                  items[i].from == to && items[i].from > 0;
             i++)
            to = items[i].to;
        push_piece(c, first, part_of(c, first, first->from, to, cut->hyphen && i == cut->end));
    }
}

static float natural_width(const Compose *c, const GlyphLine *line, uint32_t end, uint32_t *spaces)
{
    float width = 0;
    uint32_t run = line->run;
    for (uint32_t p = line->first; p < end; p++) {
        const GlyphWord *word = words_at(c->w->shaper.words, c->out->pieces.at[p]);
        while (run + 1 < c->out->runs.n && c->out->runs.at[run + 1].first <= p)
            run++;
        width += (float)word->width * c->out->runs.at[run].size * word->scale /
                 (float)word->face->upem;
        *spaces += (word->flags & WORD_SPACE) != 0;
    }
    return width;
}

/* Shares what a justified line has too much or too little among its letters, as far as the style
 * lets them, and its spaces. */
static void justify(const Compose *c, GlyphLine *line, uint32_t spaces, float slack)
{
    float letters = line->width * (float)c->style.letters;
    float ratio = (float)break_ratio(&c->style, (double)line->width, (double)slack, spaces);
    float part = letters * (ratio > 1 ? 1 : ratio < -1 ? -1 : ratio);
    if (line->width > 0)
        line->scale *= 1 + part / line->width;
    if (spaces)
        line->extra = (slack - part) / (float)spaces;
    line->width += spaces ? slack : part;
}

/* Spaces four times as wide are holes: a paragraph with a line that could only be filled with those isn't justified. */
static bool is_hopeless(const Compose *c, const GlyphLine *line, uint32_t spaces, float slack)
{
    const double hole = 6; /* spaces stretch by half of their width for each */
    return spaces && break_ratio(&c->style, (double)line->width, (double)slack, spaces) > hole;
}

/* Letters of a word that is cut may be kerned or tied otherwise than they were in the whole word. A line
 * that is too wide by no more than letters may be stretched by a style is narrowed by so much. */
static void squeeze(GlyphLine *line, float room)
{
    const float most = 0.03F;
    if (line->width <= room || line->width > room * (1 + most))
        return;
    line->scale = room / line->width;
    line->width = room;
}

/* `hang` of the line's end may stand beyond the measure. */
static void align(Compose *c, GlyphLine *line, uint32_t spaces, float hang, bool last)
{
    float indent = !c->out->lines.n            ? c->request->indent
                   : line->flags & LINE_TURNED ? c->request->turn
                                               : 0;
    float room = c->request->measure + hang - indent;
    if (c->request->align != TEXT_JUSTIFY || !spaces) /* there spaces give way */
        squeeze(line, room);
    float slack = room - line->width;
    TextAlign how = c->request->align;
    bool rtl = (c->seg->base & 1) != 0;
    if (how == TEXT_LEFT && rtl)
        how = TEXT_RIGHT;
    if (how == TEXT_RIGHT) {
        line->x = slack + (rtl ? 0 : indent);
    } else if (how == TEXT_CENTRE) {
        line->x = indent + slack / 2;
    } else {
        bool filled = !last || slack < 0;
        c->hopeless |= how == TEXT_JUSTIFY && filled && is_hopeless(c, line, spaces, slack);
        if (how == TEXT_JUSTIFY && filled)
            justify(c, line, spaces, slack);
        else if (how == TEXT_JUSTIFY && rtl)
            line->x = slack;
        line->x += rtl ? 0 : indent;
    }
}

/* Places the pieces of a line from left to right by their levels. The space that the line was
 * broken at keeps to the end, where it is not seen. */
static void place_bidi(Compose *c, GlyphLine *line, uint32_t visible)
{
    uint32_t n = visible - line->first;
    int32_t *order = arena_array(&c->w->scratch, n + 1, int32_t);
    while (c->out->x.n < line->end)
        array_push(&c->out->x, 0);
    bidi_order(c->out->levels.at + line->first, n, order);
    float x = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t p = line->first + (uint32_t)order[k], run = line->run;
        while (run + 1 < c->out->runs.n && c->out->runs.at[run + 1].first <= p)
            run++;
        const GlyphWord *word = words_at(c->w->shaper.words, c->out->pieces.at[p]);
        c->out->x.at[p] = x;
        x += piece_width(word, &c->out->runs.at[run], line);
    }
    for (uint32_t p = visible; p < line->end; p++)
        c->out->x.at[p] = c->seg->base & 1 ? 0 : x;
    line->flags |= LINE_BIDI;
}

static void count_brackets(Compose *c, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        Str text = words_at(c->w->shaper.words, c->out->pieces.at[i])->text;
        for (size_t k = 0; k < text.n; k++)
            c->brackets += (text.p[k] == '(') - (text.p[k] == ')' && c->brackets > 0);
    }
}

static void add_line(Compose *c, uint32_t from, const Cut *cut, const BreakPoint *point,
                     bool turned)
{
    bool divided = cut->hyphen || (point->dash && cut->next == cut->end);
    GlyphLine line = {.first = (uint32_t)c->out->pieces.n,
                      .scale = 1,
                      .flags = (divided ? LINE_HYPHENATED : 0) | (turned ? LINE_TURNED : 0),
                      .run = c->out->runs.n ? (uint32_t)c->out->runs.n - 1 : 0};
    push_pieces(c, from, cut);
    uint32_t visible = (uint32_t)c->out->pieces.n, spaces = 0;
    if (cut->end < c->seg->items.n && c->seg->items.at[cut->end].kind != ITEM_WORD)
        push_piece(c, &c->seg->items.at[cut->end], c->seg->items.at[cut->end].word);
    line.end = (uint32_t)c->out->pieces.n;
    if (line.run + 1 < c->out->runs.n && c->out->runs.at[line.run + 1].first <= line.first)
        line.run++;
    line.width = natural_width(c, &line, visible, &spaces);
    align(c, &line, spaces, (float)point->hang, point->forced);
    if (c->seg->bidi)
        place_bidi(c, &line, visible);
    count_brackets(c, line.first, visible);
    line.flags |= c->brackets ? LINE_BRACKETED : 0;
    if (line.width > c->widest)
        c->widest = line.width;
    array_push(&c->out->lines, line);
}

static BreakStyle break_style(const Compose *c)
{
    static const BreakFill fill[] = {[TEXT_LEFT] = BREAK_RAGGED,
                                     [TEXT_RIGHT] = BREAK_RAGGED,
                                     [TEXT_CENTRE] = BREAK_CENTRED,
                                     [TEXT_JUSTIFY] = BREAK_JUSTIFIED};
    const TextRequest *q = c->request;
    BreakStyle style = {.measure = (double)q->measure,
                        .fill = fill[q->align],
                        .letters = (double)q->letters,
                        .indent = (double)q->indent,
                        .turn = (double)q->turn,
                        .shortest = c->label ? LABEL_SHORTEST : 0};
    for (size_t i = 0; i < c->seg->items.n && style.space <= 0; i++)
        if (c->seg->items.at[i].kind == ITEM_SPACE)
            style.space = c->seg->items.at[i].width;
    if (q->runs)
        style.least_space = LEAST_SPACE * (double)q->run[0].size;
    return style;
}

static size_t choose(Compose *c, uint32_t *chosen)
{
    BreakTrace trace = {NULL, NULL};
    if (c->trace)
        trace = (BreakTrace){c->trace->weighed, c->trace->context};
    const BreakTrace *told = trace.weighed ? &trace : NULL;
    return c->request->balance && c->request->align != TEXT_JUSTIFY
               ? break_balanced(c->point, c->points, &c->style, told, chosen)
               : break_lines(c->point, c->points, &c->style, told, chosen);
}

/* Whether the line that ends at a point is of some length, or begins the text. */
static bool is_line(const Compose *c, const uint32_t *chosen, size_t end)
{
    size_t k = 0;
    while (chosen[k] != end)
        k++;
    const BreakPoint *p = c->point;
    return !k || p[end].to - p[chosen[k - 1]].from >= LABEL_SHORTEST * c->style.measure;
}

/* The last sentence of a label begins a line where that takes no more of them, and leaves no scrap above it. */
static void choose_lines(Compose *c)
{
    c->lines = choose(c, c->chosen);
    size_t sentence = c->label && c->lines > 1 ? last_sentence(c) : SIZE_MAX;
    if (sentence == SIZE_MAX)
        return;
    uint32_t *chosen = arena_array(&c->w->scratch, c->points, uint32_t);
    c->point[sentence].forced = true;
    c->sentence = c->cut[sentence].end;
    find_rests(c);
    size_t lines = choose(c, chosen);
    if (lines <= c->lines && is_line(c, chosen, sentence)) {
        c->lines = lines;
        c->chosen = chosen;
        return;
    }
    c->point[sentence].forced = false;
    c->sentence = UINT32_MAX;
    find_rests(c);
}

static void tell(const Compose *c, const uint32_t *chosen, size_t lines)
{
    Str text = segment_text(c->w, c->request);
    uint32_t *at = arena_array(&c->w->scratch, c->points, uint32_t);
    for (size_t i = 0; i < c->points; i++) {
        uint32_t next = c->cut[i].next;
        at[i] = next < c->seg->items.n ? c->seg->items.at[next].at : (uint32_t)text.n;
    }
    TextBreaking told = {text, c->point, at, c->points, &c->style, chosen, lines};
    c->trace->chosen(c->trace->context, &told);
}

static void make_lines(Compose *c)
{
    uint32_t from = 0;
    if (c->trace)
        tell(c, c->chosen, c->lines);
    bool turned = false;
    for (size_t i = 0; i < c->lines; i++) {
        const Cut *cut = &c->cut[c->chosen[i]];
        const BreakPoint *point = &c->point[c->chosen[i]];
        add_line(c, from, cut, point, turned);
        from = cut->next;
        turned = c->request->turn > 0 && !point->forced;
    }
}

/* ---- the result ----------------------------------------------------------------------------- */

/* Puts an array at *at and moves it on. */
static const void *put(char **at, const void *from, size_t bytes)
{
    void *to = *at;
    if (bytes)
        memcpy(to, from, bytes);
    *at += bytes;
    return to;
}

/* Of the words that can't be parted from each other, with the hyphen that parts them from the next. */
static float widest_part(Compose *c)
{
    double part = 0, widest = 0;
    for (size_t i = 0; i < c->seg->items.n; i++) {
        const Item *item = &c->seg->items.at[i];
        if (item->hyphen)
            widest = fmax(widest, part + hyphen_width(c, item));
        if (item_parts(item))
            part = 0;
        if (!item_parts(item) || item->kind == ITEM_WORD)
            part += item->width;
        widest = fmax(widest, part);
    }
    return (float)widest;
}

/* One block of memory: most paragraphs are the single word of a table's cell. Every array holds
 * things of four bytes' alignment. */
static GlyphPara *keep_result(Compose *c)
{
    size_t lines = c->out->lines.n * sizeof(GlyphLine), runs = c->out->runs.n * sizeof(GlyphRun);
    size_t pieces = c->out->pieces.n * sizeof(uint32_t),
           missing = c->seg->missing.n * sizeof(GlyphMissing);
    size_t x = c->seg->bidi ? c->out->x.n * sizeof(float) : 0;
    char *at = arena_alloc(&c->w->kept, sizeof(GlyphPara) + lines + runs + pieces + missing + x);
    GlyphPara *p = (GlyphPara *)(void *)at;
    at += sizeof *p;
    *p = (GlyphPara){.lines = (uint32_t)c->out->lines.n,
                     .runs = (uint32_t)c->out->runs.n,
                     .pieces = (uint32_t)c->out->pieces.n,
                     .missing_count = (uint32_t)c->seg->missing.n,
                     .width = c->widest,
                     .least = widest_part(c),
                     .emergency = c->seg->emergency};
    p->line = put(&at, c->out->lines.at, lines);
    p->run = put(&at, c->out->runs.at, runs);
    p->piece = put(&at, c->out->pieces.at, pieces);
    p->missing = put(&at, c->seg->missing.at, missing);
    if (c->seg->bidi)
        p->piece_x = put(&at, c->out->x.at, x);
    return p;
}

/* Whether the text may well fit on one line: then words needn't be divided. */
static bool is_short(const TextRequest *q)
{
    const float narrow = 0.3F; /* of the size: few letters are narrower */
    float width = 0;
    for (size_t i = 0; i < q->runs; i++)
        width += (float)q->run[i].text.n * q->run[i].size * narrow;
    return width < q->measure;
}

static bool fits_one_line(const Compose *c)
{
    double width = (double)c->request->indent;
    for (size_t i = 0; i < c->seg->items.n; i++) {
        if (c->seg->items.at[i].kind == ITEM_NEWLINE)
            return false;
        width += c->seg->items.at[i].width;
    }
    return width <= (double)c->request->measure && !c->seg->emergency;
}

/* Finds the items of the text and the lines that they make. */
static void break_text(Compose *c, bool divide)
{
    segment(c->w, c->request, divide);
    c->lines = 0;
    if (!c->seg->items.n)
        return;
    c->style = break_style(c);
    c->sentence = UINT32_MAX;
    find_points(c);
    c->chosen = arena_array(&c->w->scratch, c->points, uint32_t);
    choose_lines(c);
}

static bool may_divide(const TextRequest *q)
{
    bool may = false;
    for (size_t i = 0; i < q->runs; i++)
        may |= q->run[i].hyphenate;
    return may;
}

/* Whether lines without a divided word are better than any with one: nearly all of ragged text, so that most words
 * need never be divided. */
static bool is_good_undivided(const Compose *c)
{
    double least = BREAK_HYPHEN + part_cost[PART_JOINT];
    if (c->style.fill != BREAK_JUSTIFIED)
        least += ragged_cost[PART_JOINT];
    if (c->request->balance || c->seg->emergency)
        return false;
    return break_demerits(c->point, c->points, &c->style, c->chosen, c->lines) <= least;
}

GlyphPara *para_compose(TextWorker *w, const TextRequest *request, const TextTrace *trace)
{
    Compose c = {.w = w, .request = request, .seg = &w->segments, .out = &w->lines};
    c.label = is_label(request);
    c.out->lines.n = c.out->runs.n = c.out->pieces.n = c.out->levels.n = c.out->x.n = 0;
    bool divide = (trace || request->balance) && !is_short(request), again = false;
    break_text(&c, divide);
    if (!divide && may_divide(request) && c.lines && !fits_one_line(&c))
        again = trace || !is_good_undivided(&c);
    c.trace = trace;
    if (again || trace)
        break_text(&c, divide || again);
    if (c.lines)
        make_lines(&c);
    if (!c.hopeless)
        return keep_result(&c);
    TextRequest ragged = *request;
    ragged.align = TEXT_LEFT;
    return para_compose(w, &ragged, trace);
}
