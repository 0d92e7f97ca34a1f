#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "page/plan.h"

/* Where pages begin: the cheapest way through all places where one may, found as Knuth and Plass (1981)
 * find lines. From each place that a page can begin at, units are added until the page is full, and each
 * place that it could end at is reached at the cost of so ending it. */

/* What a page costs. A line that is missing at its foot costs its square; all else is weighed against
 * that. */
#define SHORT_FREE 5.0f         /* lines that may be missing before it shows */
#define SHORT_MORE 8.0f         /* for the square of each line beyond those */
#define SHORT_FAR 10.0f         /* up to these: a hole is one then, … */
#define SHORT_FURTHER 40.0f     /* … and costs so much for each line more */
#define SHORT_BALANCED 90.0f    /* at most, where nothing but their height makes columns short */
#define SHORT_OPENS 400.0f      /* at most, before the title of a part: it may begin a page, … */
#define SHORT_OPENS_USED 250.0f /* … the more so where a good deal of the last one is used … */
#define SHORT_OPENS_COLUMNS 330.0f /* … and in columns before it stands there with a torn table … */
#define SHORT_SECTION 30.0f /* … and so had better one that is last and has room on a page */
#define SPLIT_TEXT 3.0f     /* a paragraph goes on over the page */
#define TORN 300.0f         /* and more of it had room on this one: as much as ten lines missing */
#define TORN_TABLE 2e4f  /* a table goes on that had room for more rows: more than any short page */
#define TORN_SHORT 50.0f /* and white is below it, as if it were its end: for each line … */
#define GAP_FREE 2.0f    /* … beyond these … */
#define GAP_MOST 1.7f    /* … and up to so many */
#define LOOSE_ROWS 200.0f  /* rows of a long table begin the next page that had room on this one */
#define LOOSE_GROUP 120.0f /* … or rows of a group, where the table may leave some */
#define LEFT_SHARE                                                                                 \
    0.35f            /* of a page: where the table's last one had less, rows may be left to it */
#define LOOSE 200.0f /* text begins the next page that had room on this one */
#define SPLIT_SMALL_LIST 90.0f /* a list of few items */
#define SPLIT_FEW_ITEMS 40.0f  /* any list, with hardly an item on one side */
#define SPLIT_INNER_LIST 15.0f /* a list in an item of another, for each that it is in */
#define BOX_ALONE 90.0f /* a box stands without what it is about: as much as seven lines missing */
#define CAVEAT_ALONE 220.0f /* … which is a caveat: as much as nine lines */
#define BOX_JOINED 30.0f    /* … which is a box that stands on the page before */
#define SPLIT_JOINT                                                                                \
    100.0f /* boxes that are read as one: all that saves is a caveat torn off what it is about */
#define SPLIT_LIST 2.0f  /* a list */
#define SPLIT_TABLE 5.0f /* a table, where no group of it begins */
#define SPLIT_SMALL                                                                                \
    260.0f /* a table that takes less than half of a page: as much as nine lines, … */
#define SPLIT_SMALL_COLUMNS 140.0f /* … or eight in columns, where nothing fills what it leaves */
#define SPLIT_TINY 320.0f          /* … of few rows: as much as ten */
#define SPLIT_FEW 60.0f            /* any table, with hardly a row on one side, … */
#define SPLIT_LONE 600.0f  /* … or with its last alone on the next page: as much as half of one */
#define SPLIT_GROUP 150.0f /* with a row of its group alone on one side */
#define SPLIT_BOX 60.0f    /* a box: as much as seven lines missing */
#define STRANDED_HEADING 400.0f /* a heading, with few lines below it: as much as twelve lines */
#define STRANDED_TITLE 600.0f   /* the title of a part, with its lead: as much as fourteen lines */
#define TIGHT 30.0f             /* all the space that a page can give is taken */
#define LEAST_SHARE 0.25f       /* of a page: less had better not end a part, … */
#define LEAST_LINES 8.0f        /* … nor fewer lines than these before the title of another */
#define LEAST_MISSING 80.0f     /* for each line that is missing there */
#define SPLIT_NOTE 60.0f        /* a footnote goes on at the foot of the next page */
#define SPLIT_SECTION 60.0f     /* such a part goes on over the page */
#define USED_SHARE 0.4f         /* of a page: less than this had better not stand alone on it */
#define HYPHEN 1e5f /* a word goes on over the page: only if nothing but what follows helps */
#define HYPHEN_COLUMN 60.0f /* … or on in the next of columns that are equally long */
#define SCRAP 60.0f         /* few lines stand alone on a page above what goes over all columns */

/* How a page ends. */
typedef struct {
    float cost, tighten, carry;
} Ending;

/* A page or column that is being filled. */
typedef struct {
    uint32_t node;
    uint32_t column;
    bool here; /* on the page as it stands */
    bool
        may_skip; /* it is lower than others: what has no room here may have some on the next page */
    float cost;   /* of what came before */
    float top, bottom; /* of the column */
    float others;      /* height of the footnotes of other columns, where this is all of them */
    float y, side_y, side_end, beside, after, give; /* as in Place */
    float opened;               /* where the title of a part ends that stands below others, or 0 */
    float notes;                /* height of its footnotes */
    float table_notes;          /* height of those of the table that it ends in */
    float spare, carried_spare; /* of the last, and of those carried here, so much may go on */
    bool empty, after_open, fresh, wide;
    bool reached;    /* some place where nothing is parted */
    uint32_t parted; /* the last place that could be reached otherwise, and at what cost */
    Ending parted_end;
} Filling;

/* ---- pages ---------------------------------------------------------------------------------- */

static void reach(const Search *s, const Filling *f, uint32_t node, Ending end, bool parted)
{
    Reached *to = &s->room->nodes.at[node];
    if (f->cost + end.cost < to->cost)
        *to = (Reached){f->cost + end.cost, end.tighten, end.carry, f->node, parted};
}

static float cost_of_short(const Search *s, float missing)
{
    float all = missing > 0 ? missing / s->line : 0, lines = fminf(all, SHORT_FAR);
    float more = lines > SHORT_FREE ? lines - SHORT_FREE : 0;
    return lines * lines + SHORT_MORE * more * more + SHORT_FURTHER * (all - lines);
}

/* With the rule over them. */
static float notes_of(const Search *s, const Filling *f)
{
    return f->notes > 0 ? f->notes + s->rule : 0;
}

/* The height that the text may not use. */
static float foot_of(const Search *s, const Filling *f)
{
    return fmaxf(notes_of(s, f), f->others);
}

/* How much of the page's give must be taken for its text to end at y; above 1 there is no room. */
static float tighten_to(const Search *s, const Filling *f, float y)
{
    float least = fmaxf(notes_of(s, f) - f->spare - f->carried_spare, f->others);
    float over = fmaxf(y + least - f->bottom, f->side_end - f->bottom);
    if (s->limit > 0)
        over = fmaxf(y - f->top - s->limit, over);
    if (over <= FULL)
        return 0;
    bool gives = f->give > 0 && f->side_end <= f->bottom + FULL && s->limit <= 0;
    return gives ? over / f->give : FLT_MAX;
}

/* What it costs that the page's text ends at y, if it can (tighten is above 1 when it can't). */
static Ending ending_at(const Search *s, const Filling *f, float y, float room)
{
    Ending end = {.tighten = tighten_to(s, f, y + room)};
    float over = y + room + notes_of(s, f) - f->bottom - end.tighten * f->give;
    end.cost = TIGHT * end.tighten * end.tighten;
    if (over > FULL && f->notes > 0) {
        /* Where it will be broken is not known to the line. */
        end.carry = fminf(over + 2 * s->line, f->notes);
        end.cost += SPLIT_NOTE;
    }
    return end;
}

enum { SMALL_LIST = 4, FEW_ITEMS = 2 };

/* What it costs that a list goes on before a line of an item, or before what else is in it. */
static float cost_in_list(const Unit *u, uint32_t line)
{
    bool within = line > 0 || !u->mark;
    unsigned above = u->item + within, below = u->items - u->item;
    if (!u->items || !above)
        return 0;
    float inner = u->lists > 1 ? SPLIT_INNER_LIST * (float)(u->lists - 1) : 0;
    if (u->items <= SMALL_LIST)
        return inner + SPLIT_SMALL_LIST;
    return inner + (above < FEW_ITEMS || below < FEW_ITEMS ? SPLIT_FEW_ITEMS : 0);
}

/* Whether a title and its lead are all that stands right above. */
static bool is_below_title(const Search *s, size_t i)
{
    return i > 1 ? s->unit[i - 2].opens : i == 0 && s->c->place.below_title;
}

/* What it costs that a box begins the page behind what it is about. */
static float cost_of_lone_box(const Search *s, size_t i)
{
    const Unit *u = &s->unit[i];
    if (!u->follows)
        return 0;
    if (!plan_is_joined(u))
        return u->caveat ? CAVEAT_ALONE : BOX_ALONE;
    return s->room->keep.at[i] & KEEP_JOINT ? SPLIT_JOINT : BOX_JOINED;
}

static float cost_before(const Search *s, size_t i, uint32_t line)
{
    const Unit *u = &s->unit[i];
    float cost = s->room->keep.at[i] & KEEP_IN_BOX && u->kind != UNIT_OPEN ? SPLIT_BOX : 0;
    cost += i > s->section || (i == s->section && line) ? SPLIT_SECTION : 0;
    cost += cost_in_list(u, line) + cost_of_lone_box(s, i);
    if (line == 0 && s->room->keep.at[i] & KEEP_NEAR_LAST)
        cost += is_below_title(s, i)                      ? STRANDED_TITLE
                : s->room->keep.at[i] & KEEP_NEAR_HEADING ? STRANDED_HEADING
                                                          : STRANDED;
    if (line > 0) {
        bool hyphen = (u->spec->para->line[line - 1].flags & LINE_HYPHENATED) != 0;
        return cost + SPLIT_TEXT + (hyphen ? s->limit > 0 ? HYPHEN_COLUMN : HYPHEN : 0);
    }
    if (unit_goes_on(u)) {
        float small = s->c->l->columns > 1 ? SPLIT_SMALL_COLUMNS : SPLIT_SMALL;
        cost += u->last_row ? SPLIT_LONE : s->room->few.at[i] ? SPLIT_FEW : 0;
        cost += plan_is_alone_in_group(s, i) ? SPLIT_GROUP : 0;
        return cost + (s->room->tiny.at[i]    ? SPLIT_TINY
                       : s->room->small.at[i] ? small
                       : u->group             ? 0
                                              : SPLIT_TABLE);
    }
    return cost + (i > 0 && u->mark ? SPLIT_LIST : 0);
}

/* The state of the column behind this one, or of the next page. */
static uint32_t next_state(const Search *s, const Filling *f, bool page)
{
    uint32_t next = f->column + 1;
    if (page || next >= s->columns)
        return 0;
    return f->here ? s->columns + next - 1 : next;
}

/* Whether nothing stands on the page yet of these columns, or over them. */
static bool is_untouched(const Search *s, const Filling *f, size_t i, uint32_t line)
{
    const Place *p = &s->c->place;
    return p->open && p->begins && f->node == s->root && !i && !line;
}

/* Columns that are to be equally long have no page behind them, and send no notes on. */
static bool is_possible(const Search *s, const Ending *end, uint32_t state)
{
    return end->tighten <= 1 && (s->limit <= 0 || (state > 0 && end->carry <= 0));
}

/* The most that it costs a page to be short that ends at y before a line of a unit. */
static float most_for_short(const Search *s, const Filling *f, size_t i, uint32_t line, float y)
{
    if (s->limit > 0)
        return SHORT_BALANCED;
    float least = fmaxf(LEAST_SHARE * s->page, LEAST_LINES * s->line);
    bool used = y - f->top > USED_SHARE * s->page;
    bool follows = s->c->l->columns == 1 && i == 0 && f->here;
    if (line || !s->unit[i].opens || y - f->top < least || (follows && !used))
        return FLT_MAX;
    if (i == s->section && used)
        return SHORT_SECTION;
    return s->c->l->columns > 1 ? SHORT_OPENS_COLUMNS : used ? SHORT_OPENS_USED : SHORT_OPENS;
}

/* What should stand below the title of a part, where others stand above it; in each column. */
enum { LINES_BELOW_TITLE = 6 };

/* Whether a page that ends at y has fewer of a part that goes on. */
static bool is_hardly_opened(const Search *s, const Filling *f, const Unit *next, float y)
{
    float below = y - f->opened;
    return f->opened > 0 && !next->opens && below > 0 && below < LINES_BELOW_TITLE * s->line;
}

/* How much is missing at the foot of a page or column whose text ends at y. */
static float missing_at(const Search *s, const Filling *f, float y)
{
    float missing = s->limit > 0 ? f->top + s->limit - y : f->bottom - y - foot_of(s, f);
    return missing - f->table_notes;
}

/* What it costs at least that it ends at y before a line of a unit: that it is short. */
static float cost_of_foot(const Search *s, const Filling *f, size_t i, uint32_t line, float y)
{
    return fminf(cost_of_short(s, missing_at(s, f, y)), most_for_short(s, f, i, line, y));
}

/* Whether what follows is already reached for less than that alone, so that nothing else of how the page ends need be
 * known. All that short pages lead to is reached by fuller ones, which come first. */
static bool is_beaten(const Search *s, const Filling *f, size_t i, uint32_t line, float y)
{
    uint32_t base = s->room->first.at[i] + line;
    if (!f->reached || s->states > 1)
        return false;
    float least = s->room->nodes.at[base].cost;
    return f->cost >= least || f->cost + cost_of_foot(s, f, i, line, y) >= least;
}

/* The page or column ends at y, and the next begins with a line of a unit, at a cost. */
static void try_end(const Search *s, Filling *f, size_t i, uint32_t line, float y, float cost,
                    bool parted)
{
    uint32_t base = s->room->first.at[i] + line;
    bool untouched = is_untouched(s, f, i, line);
    bool skipped = f->node >= base * s->states && f->node - base * s->states < s->states;
    uint32_t state = next_state(s, f, skipped || untouched), node = base * s->states + state;
    Ending end = {.cost = 0};
    if (skipped) /* nothing is put there but notes */
        end.carry = fmaxf(0, notes_of(s, f) - (f->bottom - f->top));
    else if (!untouched)
        end = ending_at(
            s, f, y,
            unit_goes_on(&s->unit[i]) ? f->table_notes + measure_continues(s->c, f->notes > 0) : 0);
    if (!is_possible(s, &end, state))
        return;
    bool few = is_hardly_opened(s, f, &s->unit[i], y);
    end.cost += few || (untouched && s->c->place.opening) ? STRANDED_TITLE : 0;
    end.cost += cost_of_foot(s, f, i, line, y) + cost + (state ? 0 : s->price);
    if (parted) {
        end.cost += PARTED;
        f->parted = node;
        f->parted_end = end;
    } else {
        reach(s, f, node, end, false);
        f->reached = true;
    }
}

static void add_note(Filling *f, const NoteNeed *need)
{
    f->notes += need->height;
    f->spare = need->goes_on ? f->spare + need->height : need->height - need->least;
}

/* The first of a unit's pull-outs that stands beside its lines from `line` on. */
static size_t skip_pull_outs(const Unit *u, uint32_t line)
{
    size_t i = 0;
    while (i < u->pulleds && pull_out_line(u, i) < line)
        i++;
    return i;
}

/* Those from `next` on that stand beside lines above `line`, as high in the side column as they can. Returns the
 * one behind them. */
static size_t add_pull_outs(Filling *f, const Unit *u, size_t next, uint32_t line)
{
    for (; next < u->pulleds && pull_out_line(u, next) < line; next++) {
        f->side_end = fmaxf(f->side_y, f->beside) + u->pulled[next].height;
        f->side_y = f->side_end + SIDE_GAP;
    }
    return next;
}

/* Where a unit's top is behind what the page holds. */
static float top_of(const Search *s, Filling *f, size_t i)
{
    const Unit *u = &s->unit[i];
    if (f->empty)
        return f->y;
    float gap = f->after_open || u->kind == UNIT_CLOSE ? 0 : fmaxf(f->after, u->before);
    if (i > 0 && gap > 0)
        f->give += measure_give(s->c, u - 1, u);
    /* What stands below notes in the side column comes no higher than they end. */
    float y = f->y + gap, held = measure_clear(s->c, u, 0, f->side_y);
    f->give = fmaxf(0, fminf(f->give, y - held));
    if (s->room->keep.at[i] & KEEP_IN_BOX)
        return fmaxf(y, held);
    return measure_level(s->c, u, f->top, fmaxf(y, held), gap);
}

/* Whether what follows a unit had better stand where that ends. */
static bool leads_on(const Search *s, size_t i)
{
    return s->unit[i].leads_on ||
           (i + 1 < s->n && (s->unit[i + 1].follows || s->room->keep.at[i + 1] & KEEP_NEAR_LAST));
}

/* Whether a page may end before a line of a paragraph of which it has the lines from `from` on. */
static bool may_end(const Search *s, size_t i, uint32_t from, uint32_t line)
{
    const Unit *u = &s->unit[i];
    uint32_t lines = measure_lines(u);
    if (line == lines)
        return !leads_on(s, i);
    return line - from >= ORPHANS && lines - line >= WIDOWS &&
           !(u->spec->para->line[line - 1].flags & LINE_HYPHENATED);
}

/* Whether the pull-outs of lines [from, to) have room in the side column. */
static bool has_room_beside(const Filling *f, const Unit *u, uint32_t from, uint32_t to)
{
    float end = fmaxf(f->side_y, f->beside);
    bool fits = true;
    for (size_t i = 0; i < u->pulleds; i++) {
        uint32_t line = pull_out_line(u, i);
        if (line < from || line >= to)
            continue;
        fits &= end + u->pulled[i].height <= f->bottom + FULL;
        end += u->pulled[i].height + SIDE_GAP;
    }
    return fits;
}

/* Whether more of a paragraph had room on the page than its lines before `line`, and another: then it looks torn
 * off. */
static bool is_torn(const Search *s, const Filling *f, size_t i, uint32_t from, uint32_t line,
                    float y)
{
    const Unit *u = &s->unit[i];
    const NoteNeed *note = s->room->notes.at;
    uint32_t lines = measure_lines(u), to = line + 2 > lines ? lines : line + 2;
    float notes = f->notes;
    while (to <= lines && !may_end(s, i, from, to))
        to++;
    if (to > lines)
        return false;
    for (size_t k = s->room->note.at[i]; k < s->room->note.at[i + 1]; k++)
        notes += note[k].line >= line && note[k].line < to ? note[k].height : 0;
    if (!has_room_beside(f, u, line, to))
        return false;
    float bottom = f->bottom - fmaxf(notes > 0 ? notes + s->rule : 0, f->others);
    if (s->limit > 0)
        bottom = fminf(bottom, f->top + s->limit);
    return y + (float)(to - from) * (float)u->style->leading <= bottom + FULL;
}

/* Whether it had better stand where what follows does: what begins a list or is one of its last items, what
 * says what follows, and what a box is about. */
static bool waits_for_next(const Search *s, size_t i)
{
    const Unit *u = &s->unit[i];
    bool item = u->mark && (!u->item || u->item + FEW_ITEMS == u->items);
    return u->kind != UNIT_TEXT || item || u->keep_next || leads_on(s, i) ||
           s->room->keep.at[i] & (KEEP_WHOLE | KEEP_WITH_LAST | KEEP_NEAR_LAST);
}

/* What it costs that a page ends before a unit which is text that could have begun on it. */
static float cost_of_loose(const Search *s, const Filling *f, size_t i)
{
    if (waits_for_next(s, i))
        return 0;
    Filling filled = *f;
    return is_torn(s, f, i, 0, 0, top_of(s, &filled, i)) ? LOOSE : 0;
}

/* What it costs that a column stays empty although lines of the text that goes on had room in it. */
static float cost_of_skipped(const Search *s, const Filling *f, size_t i, uint32_t line)
{
    if (!line)
        return cost_of_loose(s, f, i);
    return s->unit[i].kind == UNIT_TEXT && is_torn(s, f, i, line, line, f->y) ? TORN : 0;
}

/* Whether so much of a table, which goes on at a row, would end with hardly any of it on its last page: pages before may
 * leave rows to that. */
static bool is_hardly_left(const Search *s, size_t i, float rest)
{
    float head = measure_head(s->c, s->unit[i].table, s->room->group.at[i]);
    float full = s->page - head - CONTINUES_ROOM;
    return full > 0 && isfinite(rest) && fmodf(rest, full) < LEFT_SHARE * s->page;
}

/* Whether a row parts its group from rows above it although so much room holds what is left of the group. */
static bool has_room_for_group(const Search *s, size_t i, float room)
{
    float height = 0;
    size_t k = i;
    for (; k < s->n && height <= room && unit_goes_on(&s->unit[k]) && !s->unit[k].group; k++)
        height += s->room->height.at[k];
    return k > i && k < s->n && s->unit[k].group && height <= room;
}

/* What it costs that a table goes on behind the page although it had room for what is left of it, or if it has few
 * rows for more of them. */
static float cost_of_torn_table(const Search *s, const Filling *f, size_t i)
{
    const Unit *u = &s->unit[i];
    if (!unit_goes_on(u))
        return 0;
    float rest = s->room->rest.at[i], step = s->room->step.at[i];
    float notes = f->notes > 0 || s->c->notes.met.n ? f->notes + s->rule : 0;
    float bottom = f->bottom - fmaxf(notes, f->others) + FULL;
    if (s->limit > 0)
        bottom = fminf(bottom, f->top + s->limit + FULL);
    float used = f->y + f->table_notes, next = fminf(rest, step + CONTINUES_ROOM);
    /* A long table may leave rows to a last page that else had hardly any: whole groups, if it has some. */
    if (used + (s->unit[i - 1].leads_on ? next : rest) <= bottom)
        return TORN_TABLE;
    if (used + next > bottom)
        return 0;
    if (!is_hardly_left(s, i, rest - (bottom - used)))
        return LOOSE_ROWS;
    return has_room_for_group(s, i, bottom - used) ? LOOSE_GROUP : 0;
}

/* What it costs that a paragraph goes on though the page ends above its foot. Columns are short for other reasons. */
static float cost_of_gap(const Search *s, const Filling *f, float end)
{
    float lines = missing_at(s, f, end) / s->line - GAP_FREE;
    return s->columns > 1 ? 0 : TORN_SHORT * fminf(fmaxf(0, lines), GAP_MOST);
}

/* The page ends with a line of a paragraph. */
static void try_lines(const Search *s, Filling *f, size_t i, uint32_t from, float y)
{
    const Unit *u = &s->unit[i];
    uint32_t lines = measure_lines(u);
    bool whole = (s->room->keep.at[i] & KEEP_WHOLE) != 0;
    float leading = (float)u->style->leading;
    const NoteNeed *note = s->room->notes.at;
    size_t next = s->room->note.at[i], end_note = s->room->note.at[i + 1];
    while (next < end_note && note[next].line < from)
        next++;
    size_t pulled = skip_pull_outs(u, from);
    for (uint32_t line = from + 1; line < lines; line++) {
        float end = y + (float)(line - from) * leading;
        for (; next < end_note && note[next].line < line; next++)
            add_note(f, &note[next]);
        pulled = add_pull_outs(f, u, pulled, line);
        if (end > f->bottom + f->give + FULL)
            return;
        if (is_beaten(s, f, i, line, end))
            continue;
        bool few = line - from < ORPHANS || lines - line < WIDOWS;
        float torn = is_torn(s, f, i, from, line, y) ? TORN : cost_of_gap(s, f, end);
        try_end(s, f, i, line, end, torn + cost_before(s, i, line), whole || few);
    }
    for (; next < end_note; next++)
        add_note(f, &note[next]);
    add_pull_outs(f, u, pulled, lines);
}

/* Below its last row the notes of a table are there. */
static void add_table_notes(Filling *f, const Unit *u)
{
    TableNotes *notes = u->table->notes;
    table_notes_use(notes, u->note, true);
    float height = table_notes_height(notes, true);
    f->table_notes = u->last_row ? 0 : height;
    f->y += u->last_row ? height : 0;
}

/* The notes beside it, then the unit itself; what of it must be on this page. */
static void add_unit(const Search *s, Filling *f, size_t i, uint32_t from, float y)
{
    const Unit *u = &s->unit[i];
    float height = s->room->height.at[i];
    bool wide = measure_is_wide(s->c, u), below = !f->empty;
    if (f->wide && !wide)
        f->beside = y;
    f->wide = wide || u->opens;
    if (from > 0)
        height -= (float)from * (float)u->style->leading;
    else if (u->sides) {
        f->side_end = fmaxf(y, f->side_y) + measure_sides(u);
        f->side_y = f->side_end + SIDE_GAP;
    }
    if (u->kind == UNIT_ROW && !u->whole)
        height = fminf(height, s->page * LARGE_ROW);
    if (u->kind == UNIT_TEXT)
        try_lines(s, f, i, from, y);
    for (size_t k = s->room->note.at[i]; u->kind != UNIT_TEXT && k < s->room->note.at[i + 1]; k++)
        add_note(f, &s->room->notes.at[k]);
    f->y = y + height;
    if (u->opens && u->style == style_of(s->c, STYLE_h1))
        f->opened = below ? f->y : 0;
    if (u->kind == UNIT_ROW && u->table && u->table->notes)
        add_table_notes(f, u);
    f->empty &= u->kind == UNIT_OPEN;
    f->after = u->after;
    f->after_open = u->kind == UNIT_OPEN;
}

/* Whether a page has fewer lines above what goes over all columns than can be shared out among them. */
static bool is_scrap(const Search *s, const Filling *f, float used)
{
    float least = (float)(ORPHANS * s->columns) * s->line;
    return s->columns > 1 && s->balances && !s->ends && !f->here && !f->column && s->limit <= 0 &&
           used > 0 && used < least - FULL;
}

/* The last page of the part. What must stand below columns that end level is below all of them. */
static void try_last(const Search *s, Filling *f)
{
    Ending end = ending_at(s, f, f->y, s->limit > 0 ? 0 : s->need);
    if (!is_possible(s, &end, 1))
        return;
    float least = LEAST_SHARE * s->page / s->line, used = f->y - f->top + notes_of(s, f);
    float missing = least - used / s->line / (float)s->columns;
    if (s->ends && end.carry > 0)
        end.cost += LEAST_MISSING * least; /* a page of footnotes alone */
    else if (s->ends && !f->here && missing > 0 && !f->column && s->limit <= 0)
        end.cost += LEAST_MISSING * missing;
    else if (is_scrap(s, f, used))
        end.cost += SCRAP;
    if (f->cost + end.cost < s->room->nodes.at[s->end].cost)
        *s->last = used;
    reach(s, f, s->end, end, false);
    f->reached = true;
}

/* Where nothing fits as it should, the page ends where it can. */
static void settle(const Search *s, Filling *f, size_t i, uint32_t line)
{
    if (f->reached)
        return;
    if (f->parted != NOWHERE) {
        reach(s, f, f->parted, f->parted_end, true);
    } else { /* not even one thing has room */
        bool more = s->unit[i].kind == UNIT_TEXT && line + 1 < measure_lines(&s->unit[i]);
        uint32_t next = more           ? s->room->first.at[i] + line + 1
                        : i + 1 < s->n ? s->room->first.at[i + 1]
                                       : s->room->bases;
        uint32_t node = next < s->room->bases ? next * s->states + next_state(s, f, false) : s->end;
        if (s->limit <= 0)
            reach(s, f, node, (Ending){.cost = PARTED}, true);
    }
}

/* Fills the page that begins with a line of a unit. */
static void fill(const Search *s, Filling *f, size_t first, uint32_t line)
{
    size_t i = first;
    const TableHead *table = NULL;
    for (; i < s->n; i++) {
        bool begins = i == first;
        uint32_t before = begins ? line : 0;
        const Unit *u = &s->unit[i];
        if (u->kind == UNIT_ROW && u->table && u->table != table) {
            table = u->table;
            table_notes_plan(table->notes, f->node == s->root);
        }
        bool tried = f->may_skip && begins ? f->empty : !f->empty && !(begins && f->fresh);
        if (tried && !is_beaten(s, f, i, before, f->y))
            try_end(s, f, i, before, f->y,
                    cost_before(s, i, before) +
                        (begins ? cost_of_skipped(s, f, i, before)
                                : cost_of_loose(s, f, i) + cost_of_torn_table(s, f, i)),
                    !before && (s->room->keep.at[i] & KEEP_WITH_LAST) != 0);
        float y = begins && f->fresh ? f->y : top_of(s, f, i);
        if (begins && f->fresh && unit_goes_on(&s->unit[i]))
            y += measure_head(s->c, s->unit[i].table, s->room->group.at[i]);
        add_unit(s, f, i, begins ? line : 0, y);
        if (tighten_to(s, f, f->y) > 1)
            break;
    }
    if (i == s->n)
        try_last(s, f);
    settle(s, f, first, line);
}

/* Of footnotes that the page before had no room for, so much may go on again. */
static float spare_of_carried(const Filling *f, float carried)
{
    return fmaxf(0, carried - (f->bottom - f->top) * MOST_CARRIED);
}

void plan_from_node(const Search *s, size_t i, uint32_t line, uint32_t state)
{
    uint32_t node = (s->room->first.at[i] + line) * s->states + state;
    const Place *p = &s->c->place;
    float carry = s->room->nodes.at[node].carry;
    bool here = state >= s->columns;
    uint32_t column = here ? state - s->columns + 1 : state;
    Filling f = {.node = node,
                 .column = column,
                 .here = here,
                 .cost = s->room->nodes.at[node].cost,
                 .notes = carry,
                 .top = here ? p->band_top : s->top,
                 .bottom = here ? place_column_bottom(s->c, column) : s->bottom,
                 .empty = true,
                 .fresh = true,
                 .parted = NOWHERE};
    if (here && !p->open)
        f.top = place_top(s->c);
    if (here && p->open) {
        f.notes += notes_all(s->c, f.column);
        f.may_skip = p->band_top > place_top(s->c) + FULL;
    }
    f.y = f.side_y = f.beside = f.top;
    f.carried_spare = spare_of_carried(&f, carry);
    if (f.cost < FLT_MAX && f.cost <= s->most) /* what comes is only added to it */
        fill(s, &f, i, line);
}

void plan_from_root(const Search *s)
{
    const Place *p = &s->c->place;
    Filling f = {.node = s->root,
                 .column = p->open ? p->column : 0,
                 .here = true,
                 .top = p->open && p->in_columns ? p->band_top : place_top(s->c),
                 .bottom = place_bottom(s->c),
                 .empty = true,
                 .fresh = !p->open,
                 .parted = NOWHERE};
    f.y = f.side_y = f.beside = f.top;
    if (p->open) {
        f.y = p->y;
        f.side_y = p->side_y;
        f.beside = p->beside;
        f.wide = p->wide;
        f.after = p->after;
        f.empty = p->empty;
        f.after_open = p->after_open || (p->in_columns && p->begins);
    }
    if (p->notes[f.column].n) {
        f.notes = notes_all(s->c, f.column);
        float carried = notes_carried(s->c, f.column);
        f.carried_spare = fmaxf(0, carried - place_most_carried(s->c));
        f.spare = f.notes + s->rule - f.carried_spare - notes_room(s->c);
    }
    for (unsigned i = 1; i < (unsigned)s->c->l->columns && !p->in_columns; i++)
        if (p->notes[i].n)
            f.others = fmaxf(f.others, notes_all(s->c, i) + s->rule);
    fill(s, &f, 0, 0);
}

/* ---- the whole ------------------------------------------------------------------------------ */

const Reached plan_unreached = {FLT_MAX, 0, 0, NOWHERE, false};

/* The page as it stands comes before the next, where a column of it may leave what it has no room for. */
static void fill_from_states(const Search *s, size_t i, uint32_t line)
{
    for (uint32_t state = s->columns; state < s->states; state++)
        plan_from_node(s, i, line, state);
    for (uint32_t state = 0; state < s->columns; state++)
        plan_from_node(s, i, line, state);
}

/* From a line of a unit to the end. */
void plan_on(const Search *s, size_t i, uint32_t line)
{
    for (; i < s->n; i++, line = 0) {
        uint32_t next = i + 1 < s->n ? s->room->first.at[i + 1] : s->room->bases;
        for (; s->room->first.at[i] + line < next; line++)
            fill_from_states(s, i, line);
    }
}

void plan_all(const Search *s)
{
    s->room->nodes.n = 0;
    array_reserve(&s->room->nodes, s->end + 1u);
    for (uint32_t i = 0; i <= s->end; i++)
        array_push(&s->room->nodes, plan_unreached);
    plan_from_root(s);
    plan_on(s, 0, 0);
}

PageStart plan_start(const Search *s, uint32_t node)
{
    uint32_t base = node / s->states;
    size_t low = 0, high = s->n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (s->room->first.at[middle] <= base)
            low = middle;
        else
            high = middle;
    }
    return (PageStart){.unit = low,
                       .line = base - s->room->first.at[low],
                       .page = node % s->states == 0,
                       .parted = s->room->nodes.at[node].parted};
}

/* ---- from units to pages --------------------------------------------------------------------- */

/* Where the plan must end: at a forced break, where columns begin or end, or behind a row that may be
 * broken itself. */
static void count_units(Search *s, size_t n)
{
    const Unit *units = s->unit;
    for (s->n = 0; s->n < n; s->n++) {
        const Unit *u = &units[s->n];
        if (unit_is_break(u)) {
            s->ends = !unit_lets_follow(u);
            s->balances = true;
            return;
        }
        if (u->span != units->span && s->c->l->columns > 1) {
            s->ends = false;
            s->balances = true;
            return;
        }
        if (measure_is_large(s->c, u)) {
            s->ends = s->balances = false;
            s->n++;
            return;
        }
    }
}

#define TABLE_BELOW_TITLE 0.33f /* of a column */

/* Below a part that opens over all columns: lines of its text, or a third of a table that it begins with; all of it, where
 * it has less. */
static float lines_below_title(const Search *s, size_t n)
{
    const Unit *next = s->unit + s->n, *end = s->unit + n;
    bool opens = false;
    for (size_t i = 0; i < s->n && !opens; i++)
        opens = s->unit[i].opens;
    const Unit *first = next;
    while (first + 1 < end && first->kind == UNIT_TEXT && first->keep_next)
        first++;
    bool table = first < end && first->kind == UNIT_ROW && first->table;
    float least = table ? TABLE_BELOW_TITLE * s->page : LINES_BELOW_TITLE * s->line;
    float height = 0, most = least * (float)s->c->l->columns;
    for (const Unit *u = next; opens && u < end && !u->span && !unit_is_break(u) && height < most;
         u++)
        height += measure_unit(u);
    return fminf(height, most) / (float)s->c->l->columns;
}

/* Below the last of these units, what follows must have room on the same page as far as it belongs to it. */
static float needed_below(const Search *s, size_t n)
{
    const Unit *last = s->unit + s->n - 1;
    float need = 0;
    if (!s->n || s->n == n || last->span == last[1].span)
        return 0;
    for (const Unit *u = last; (u->keep_next || u->leads_on) && u + 1 < s->unit + n; u++) {
        if (unit_is_break(&u[1]))
            break;
        bool broken = u[1].kind == UNIT_TEXT && !u[1].keep_next && !u[1].whole &&
                      measure_lines(&u[1]) >= ORPHANS + WIDOWS;
        need += measure_gap(u, u + 1);
        need += broken ? (float)ORPHANS * (float)u[1].style->leading : measure_unit(&u[1]);
    }
    return fminf(fmaxf(need, lines_below_title(s, n)), s->page / 2);
}

size_t plan_pages(Composer *c, const Unit *units, size_t n, bool ends)
{
    return plan_pages_within(c, units, n, ends, FLT_MAX);
}

size_t plan_pages_within(Composer *c, const Unit *units, size_t n, bool ends, float most)
{
    if (!c->plan.room)
        c->plan.room = mem_zalloc(sizeof *c->plan.room);
    Search s = {.c = c,
                .room = c->plan.room,
                .unit = units,
                .top = (float)c->l->top,
                .bottom = (float)c->l->top + measure_page(c),
                .page = measure_page(c),
                .line = (float)style_of(c, STYLE_body)->leading,
                .rule = notes_rule(c),
                .columns = c->place.in_columns ? (uint32_t)c->l->columns : 1,
                .ends = ends,
                .balances = ends,
                .most = most,
                .price = c->page_price,
                .last = &c->plan.last};
    s.states = 2 * s.columns - 1;
    count_units(&s, n);
    s.need = needed_below(&s, n);
    c->plan.left = 0;
    plan_know(&s);
    plan_all(&s);
    c->plan.cost = s.room->nodes.at[s.end].cost;
    if (c->plan.cost >= FLT_MAX)
        return s.n;
    plan_keep(c, &s, s.balances && s.columns > 1 && s.n ? plan_balance(&s) : NOWHERE);
    return s.n;
}

void plan_drop(Plan *plan)
{
    if (plan->room) {
        array_drop(&plan->room->nodes);
        array_drop(&plan->room->first);
        array_drop(&plan->room->height);
        array_drop(&plan->room->group);
        array_drop(&plan->room->small);
        array_drop(&plan->room->tiny);
        array_drop(&plan->room->few);
        array_drop(&plan->room->rest);
        array_drop(&plan->room->step);
        array_drop(&plan->room->keep);
        array_drop(&plan->room->notes);
        array_drop(&plan->room->note);
    }
    mem_free(plan->room);
    array_drop(&plan->starts);
    array_drop(&plan->faults);
    array_drop(&plan->tighten);
}
