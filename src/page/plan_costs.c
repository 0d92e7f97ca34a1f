#include <float.h>
#include <math.h>

#include "page/plan_fill.h"

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
#define SPLIT_BRACKETS                                                                             \
    120.0f /* … within brackets: what they say of what stands before them is overleaf */
#define FEW_BELOW_HEAD 40.0f /* … of which hardly anything stands below the head of a visit */
#define TORN 300.0f          /* and more of it had room on this one: as much as ten lines missing */
#define SKIPPED                                                                                    \
    120.0f /* … or the rest of it had in a column that is empty: more than for a box alone */
#define TORN_TABLE 2e4f  /* a table goes on that had room for more rows: more than any short page */
#define TORN_SHORT 50.0f /* and white is below it, as if it were its end: for each line … */
#define GAP_FREE 2.0f    /* … beyond these … */
#define GAP_MOST 1.7f    /* … and up to so many */
#define LOOSE_ROWS 200.0f  /* rows of a long table begin the next page that had room on this one */
#define LOOSE_GROUP 120.0f /* … or rows of a group, where the table may leave some */
#define LATE_OPENING                                                                               \
    400.0f /* a table goes on that opens a part below others, and would on no more pages at a head */
#define LEFT_SHARE                                                                                 \
    0.35f            /* of a page: where the table's last one had less, rows may be left to it */
#define LOOSE 200.0f /* text begins the next page that had room on this one */
#define SPLIT_SMALL_LIST 90.0f /* a list of few items */
#define SPLIT_LONG_ITEMS 40.0f /* … behind an item that is as long as a paragraph */
#define SPLIT_FEW_ITEMS 40.0f  /* any list, with hardly an item on one side */
#define SPLIT_LONE_ITEM 40.0f  /* … its last goes over alone, and two could */
#define SPLIT_INNER_LIST 15.0f /* a list in an item of another, for each that it is in */
#define BOX_ALONE 90.0f /* a box stands without what it is about: as much as seven lines missing */
#define BOX_IN_COLUMNS 40.0f /* … where it is set beside other text */
#define CAVEAT_ALONE 220.0f  /* … which is a caveat: as much as nine lines */
#define BOX_JOINED 30.0f     /* … which is a box that stands on the page before */
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

static float cost_of_short(const Search *s, float missing)
{
    float all = missing > 0 ? missing / s->line : 0, lines = fminf(all, SHORT_FAR);
    float more = lines > SHORT_FREE ? lines - SHORT_FREE : 0;
    return lines * lines + SHORT_MORE * more * more + SHORT_FURTHER * (all - lines);
}

Ending filling_cost_of_end(const Search *s, const Filling *f, float y, float room)
{
    Ending end = {.tighten = filling_tighten(s, f, y + room)};
    float over = y + room + filling_notes(s, f) - f->bottom - end.tighten * f->give;
    end.cost = TIGHT * end.tighten * end.tighten;
    end.white = fmaxf(0, -over);
    if (over > FULL && f->notes > 0) {
        /* Where it will be broken is not known to the line. */
        end.carry = fminf(over + 2 * s->line, f->notes);
        end.cost += SPLIT_NOTE;
    }
    return end;
}

enum { SMALL_LIST = 4, FEW_ITEMS = 2, LONG_ITEM = 3 };

/* Whether it is the last item of a list, which has nothing else below. */
static bool is_last_of_list(const Search *s, size_t i)
{
    const Unit *u = &s->unit[i];
    return u->kind == UNIT_TEXT && u->item + 1 == u->items && i + 1 < s->n && !u[1].items;
}

/* Whether an item begins here behind one of so many lines: such a list is text in points, which may go on. */
static bool is_behind_long_item(const Search *s, size_t i, uint32_t line)
{
    const Unit *u = &s->unit[i];
    bool begins = line == 0 && u->mark && i > 0;
    return begins && u[-1].kind == UNIT_TEXT && u[-1].mark && u[-1].item + 1 == u->item &&
           measure_lines(&u[-1]) >= LONG_ITEM;
}

/* What it costs that a list goes on before a line of an item, or before what else is in it. */
static float cost_in_list(const Search *s, size_t i, uint32_t line)
{
    const Unit *u = &s->unit[i];
    bool within = line > 0 || !u->mark;
    unsigned above = u->item + within, below = u->items - u->item;
    if (!u->items || !above)
        return 0;
    float inner = u->lists > 1 ? SPLIT_INNER_LIST * (float)(u->lists - 1) : 0;
    bool lone = !within && above >= FEW_ITEMS && is_last_of_list(s, i);
    if (u->items <= SMALL_LIST)
        return inner + (is_behind_long_item(s, i, line) ? SPLIT_LONG_ITEMS : SPLIT_SMALL_LIST) +
               (lone ? SPLIT_LONE_ITEM : 0);
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
    if (!unit_is_joined(u))
        return u->caveat ? CAVEAT_ALONE : s->columns > 1 ? BOX_IN_COLUMNS : BOX_ALONE;
    return s->room->keep.at[i] & KEEP_JOINT ? SPLIT_JOINT : BOX_JOINED;
}

/* Whether brackets are open where a page ends before a line. In columns what they say is mostly on the same page. */
static bool is_within_brackets(const Search *s, const Unit *u, uint32_t line)
{
    return s->columns == 1 && u->spec->para->line[line - 1].flags & LINE_BRACKETED;
}

static float cost_before(const Search *s, size_t i, uint32_t line)
{
    const Unit *u = &s->unit[i];
    float cost = s->room->keep.at[i] & KEEP_IN_BOX && u->kind != UNIT_OPEN ? SPLIT_BOX : 0;
    cost += i > s->section || (i == s->section && line) ? SPLIT_SECTION : 0;
    cost += cost_in_list(s, i, line) + cost_of_lone_box(s, i);
    if (line == 0 && s->room->keep.at[i] & KEEP_NEAR_LAST)
        cost += is_below_title(s, i)                      ? STRANDED_TITLE
                : s->room->keep.at[i] & KEEP_NEAR_HEADING ? STRANDED_HEADING
                                                          : STRANDED;
    if (line > 0) {
        bool hyphen = (u->spec->para->line[line - 1].flags & LINE_HYPHENATED) != 0;
        return cost + SPLIT_TEXT + (is_within_brackets(s, u, line) ? SPLIT_BRACKETS : 0) +
               (hyphen ? s->limit > 0 ? HYPHEN_COLUMN : HYPHEN : 0);
    }
    if (unit_goes_on(u)) {
        float small = s->c->l->columns > 1 ? SPLIT_SMALL_COLUMNS : SPLIT_SMALL;
        cost += !s->room->few.at[i] ? 0 : u->last_row ? SPLIT_LONE : SPLIT_FEW;
        cost += plan_is_alone_in_group(s, i) ? SPLIT_GROUP : 0;
        return cost + (s->room->tiny.at[i]    ? SPLIT_TINY
                       : s->room->small.at[i] ? small
                       : u->group             ? 0
                                              : SPLIT_TABLE);
    }
    return cost + (i > 0 && u->mark ? SPLIT_LIST : 0);
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

/* Whether a page that ends at y has fewer of a part that goes on. */
static bool is_hardly_opened(const Search *s, const Filling *f, const Unit *next, float y)
{
    float below = y - f->opened;
    return f->opened > 0 && !next->opens && below > 0 && below < LINES_BELOW_TITLE * s->line;
}

float filling_cost_of_foot(const Search *s, const Filling *f, size_t i, uint32_t line, float y)
{
    return fminf(cost_of_short(s, filling_missing(s, f, y)), most_for_short(s, f, i, line, y));
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
    return line - from >= ORPHANS && lines - line >= WIDOWS && !is_within_brackets(s, u, line) &&
           !(u->spec->para->line[line - 1].flags & LINE_HYPHENATED);
}

/* Whether lines [line, to) of a paragraph, of which the page has those from `from` on, end there with their notes. */
static bool has_room_for_lines(const Search *s, const Filling *f, size_t i, uint32_t from,
                               uint32_t line, uint32_t to, float y)
{
    const Unit *u = &s->unit[i];
    const NoteNeed *note = s->room->notes.at;
    float notes = f->notes;
    for (size_t k = s->room->note.at[i]; k < s->room->note.at[i + 1]; k++)
        notes += note[k].line >= line && note[k].line < to ? note[k].height : 0;
    if (!filling_has_room_beside(f, u, line, to))
        return false;
    float bottom = f->bottom - fmaxf(notes > 0 ? notes + s->rule : 0, f->others);
    if (s->limit > 0)
        bottom = fminf(bottom, f->top + s->limit);
    return y + (float)(to - from) * (float)u->style->leading <= bottom + FULL;
}

/* Whether more of a paragraph had room on the page than its lines before `line`, and another: then it looks torn
 * off. */
static bool is_torn(const Search *s, const Filling *f, size_t i, uint32_t from, uint32_t line,
                    float y)
{
    uint32_t lines = measure_lines(&s->unit[i]), to = line + 2 > lines ? lines : line + 2;
    while (to <= lines && !may_end(s, i, from, to))
        to++;
    return to <= lines && has_room_for_lines(s, f, i, from, line, to, y);
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
    return is_torn(s, f, i, 0, 0, filling_top(s, &filled, i)) ? LOOSE : 0;
}

/* Whether all that is left of a paragraph has room in the column, and a box that isn't a caveat begins the next page then. */
static bool leaves_lines(const Search *s, const Filling *f, size_t i, uint32_t line)
{
    const Unit *next = i + 1 < s->n ? &s->unit[i + 1] : NULL;
    return next && next->follows && !next->caveat &&
           has_room_for_lines(s, f, i, line, line, measure_lines(&s->unit[i]), f->y);
}

/* What it costs that a column stays empty although lines of the text that goes on had room in it. */
static float cost_of_skipped(const Search *s, const Filling *f, size_t i, uint32_t line)
{
    if (!line)
        return cost_of_loose(s, f, i);
    if (s->unit[i].kind != UNIT_TEXT)
        return 0;
    return is_torn(s, f, i, line, line, f->y) ? TORN : leaves_lines(s, f, i, line) ? SKIPPED : 0;
}

/* What a page that a table fills has for its rows, from this one on. */
static float room_below_head(const Search *s, size_t i)
{
    return s->page - measure_head(s->c, &s->unit[i], s->room->group.at[i]) - CONTINUES_ROOM;
}

/* Whether so much of a table, which goes on at a row, would end with hardly any of it on its last page: pages before may
 * leave rows to that. */
static bool is_hardly_left(const Search *s, size_t i, float rest)
{
    float full = room_below_head(s, i);
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
    if (!is_hardly_left(s, i, s->room->about.at[i] - (bottom - used)))
        return LOOSE_ROWS;
    return has_room_for_group(s, i, bottom - used) ? LOOSE_GROUP : 0;
}

/* Whether a row goes on a table that opens a part on the page below others. */
static bool opened_part(const Search *s, const Filling *f, size_t i)
{
    const Unit *u = &s->unit[i];
    if (f->opened <= 0 || !unit_goes_on(u))
        return false;
    while (u > s->unit && unit_goes_on(u))
        u--;
    while (u > s->unit && !u->opens && u[-1].keep_next)
        u--;
    return u->opens;
}

/* What it costs that a table goes on that opens its part below others, though it would begin a page and go on to no more
 * pages than it does now. */
static float cost_of_late_opening(const Search *s, const Filling *f, size_t i)
{
    float rest = s->room->about.at[i];
    if (!opened_part(s, f, i) || !isfinite(rest))
        return 0;
    float full = room_below_head(s, i);
    float above = f->y + f->table_notes - f->opened;
    return full > 0 && above + fmodf(rest, full) <= full ? LATE_OPENING : 0;
}

/* What it costs that a paragraph goes on though the page ends above its foot. Columns are short for other reasons. */
static float cost_of_gap(const Search *s, const Filling *f, float end)
{
    float lines = filling_missing(s, f, end) / s->line - GAP_FREE;
    return s->columns > 1 ? 0 : TORN_SHORT * fminf(fmaxf(0, lines), GAP_MOST);
}

float filling_cost_between(const Search *s, const Filling *f, size_t i)
{
    return cost_before(s, i, 0) + cost_of_loose(s, f, i) + cost_of_torn_table(s, f, i) +
           cost_of_late_opening(s, f, i);
}

float filling_cost_of_nothing(const Search *s, const Filling *f, size_t i, uint32_t line)
{
    return cost_before(s, i, line) + cost_of_skipped(s, f, i, line);
}

/* What it costs that so few lines of its first paragraph stand below the head of a visit. */
static float cost_below_head(const Search *s, size_t i, uint32_t lines)
{
    enum { LINES_BELOW_HEAD = 3 };
    const Unit *u = &s->unit[i];
    while (lines < LINES_BELOW_HEAD && u > s->unit && u[-1].keep_next && !u->heads_visit)
        u--;
    return u->heads_visit ? FEW_BELOW_HEAD : 0;
}

float filling_cost_within(const Search *s, const Filling *f, size_t i, uint32_t from, uint32_t line,
                          float y)
{
    float end = y + (float)(line - from) * (float)s->unit[i].style->leading;
    return cost_before(s, i, line) + (from ? 0 : cost_below_head(s, i, line)) +
           (is_torn(s, f, i, from, line, y) ? TORN : cost_of_gap(s, f, end));
}

float filling_cost_of_opening(const Search *s, const Filling *f, const Unit *next, float y,
                              bool untouched)
{
    bool few = is_hardly_opened(s, f, next, y);
    return few || (untouched && s->c->place.opening) ? STRANDED_TITLE : 0;
}

/* Whether a page has fewer lines above what goes over all columns than can be shared out among them. */
static bool is_scrap(const Search *s, const Filling *f, float used)
{
    float least = (float)(ORPHANS * s->columns) * s->line;
    return s->columns > 1 && s->balances && !s->ends && !f->here && !f->column && s->limit <= 0 &&
           used > 0 && used < least - FULL;
}

float filling_cost_of_last(const Search *s, const Filling *f, float used, bool carries)
{
    float least = LEAST_SHARE * s->page / s->line;
    float missing = least - used / s->line / (float)s->columns;
    if (s->ends && carries)
        return LEAST_MISSING * least; /* a page of footnotes alone */
    if (s->ends && !f->here && missing > 0 && !f->column && s->limit <= 0)
        return LEAST_MISSING * missing;
    return is_scrap(s, f, used) ? SCRAP : 0;
}
