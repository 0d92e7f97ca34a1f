/* Units to pages: what this folder does for those who have units to place.
 *
 * Paragraphs, rows and rules, one below another, gather in the flow until there are many; then their paragraphs are
 * laid out on the work queue, the pages are planned, and the units are placed on them, in order. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "page/composer.h"

/* ---- room for page numbers ------------------------------------------------------------------- */

enum { WIDEST_PAGE = 888888 }; /* no page's number is wider */

/* The widest number of a figure more than those of 88, 888 … */
static inline uint32_t wider_page(uint32_t number)
{
    return number * 10 + 8;
}

/* Something is set for the widest page so far, and would be set otherwise for this one: should there be such, all is made
 * again. */
static inline void page_needs_room(Composer *c, uint32_t number)
{
    c->too_wide_page = number < c->too_wide_page ? number : c->too_wide_page;
}

/* ---- styles.c ------------------------------------------------------------------------------- */

static inline const Style *style_of(const Composer *c, StyleRole role)
{
    return &c->l->style[role];
}
static inline uint32_t colour_of(const Composer *c, ColourRole role)
{
    return c->l->colour[role];
}
/* A font for a style, or NULL: the layout asks for one that isn't there, which is reported once. */
const Font *style_font(Composer *c, const Style *style, bool bold, bool italic);
/* From the top of a line to its baseline: capitals stand in the middle of the line. */
float style_baseline(Composer *c, const Style *style);
/* Loads the fonts of all styles. False when one is missing. */
bool styles_load(Composer *c);
/* A style of the layout's in another colour, or in the size of some text. */
const Style *style_coloured(Composer *c, StyleRole role, ColourRole colour);
/* A style in another size (a share of its own), kept with the pass; itself at 1. */
const Style *style_scaled(Composer *c, const Style *style, float size);
/* A style that is set to the left, line by line, where it would be justified or its lines be made equal, kept with the
 * pass; else itself. */
const Style *style_ragged(Composer *c, const Style *style);
/* A style with lines that are closer to each other, kept with the pass; itself at 1. */
const Style *style_closer(Composer *c, const Style *style, float leading);
const Style *style_sized(Composer *c, StyleRole role, const Style *text);
/* The same of what is raised elsewhere, on the line of that text. */
const Style *style_on_line(Composer *c, StyleRole role, const Style *text);
TextAlign style_align(const Style *style);
/* Of its font, as it is to be asked for. */
uint8_t style_features(const Style *style);

/* ---- spec_build.c --------------------------------------------------------------------------- */

static inline Arena *batch_arena(Composer *c)
{
    return &c->batch[c->current];
}
/* A paragraph is made of pieces: plain text or inlines in a style, one behind another. */
typedef struct {
    const Style *style;
    Str text;
    const Inline *inlines; /* when there is no text */
    bool quiet_links;      /* links look like the text around them */
    bool code;             /* as it was typed, in its own style */
    bool without_notes;    /* words that stand elsewhere as well, with their notes and pictures */
    bool number;           /* in tabular figures, and with a true minus */
    bool refers;           /* the mark of a note */
    bool pages;            /* links into the document say their pages behind them */
    bool names;            /* what links say are names, whose words had better stay together */
    bool prose;            /* the text is the report's words, typed as those of inlines are */
} Piece;

/* Nothing is laid out yet. The first piece's style says how the paragraph is aligned. Links and words
 * in other languages become nodes below `node`, which may be an artifact. The spec lives in `arena`,
 * the inlines must live as long. */
Spec *spec_new(Composer *c, Arena *arena, const Piece *pieces, size_t n, Node node, float measure);

/* ---- spec.c --------------------------------------------------------------------------------- */

/* What was gathered in c->text, kept with the batch. */
Str kept_text(Composer *c);
/* The two common cases, in the batch: they are laid out with it. */
Spec *spec_text(Composer *c, const Style *style, Str text, Node node, float measure);
Spec *spec_inlines(Composer *c, const Style *style, const Inline *in, Node node, float measure);
/* Running text, whose links say their pages to those who read on paper. */
Spec *spec_prose(Composer *c, const Style *style, const Inline *in, Node node, float measure);
/* "Tabel 3: Udgifter"; without a number the caption alone. */
Spec *spec_caption(Composer *c, const Style *style, Term label, unsigned number,
                   const Inline *caption, Node node, float measure);
/* Queues a paragraph to be laid out with the batch. */
Spec *spec_queue(Composer *c, Spec *spec);
/* Room for any line. */
#define UNBOUNDED 1e6f
/* Lays it out now. */
void spec_layout(Composer *c, unsigned thread, Spec *spec);
/* Makes a paragraph and lays it out now. */
Spec *spec_laid_out(Composer *c, Arena *arena, const Piece *pieces, size_t n, Node node,
                    float measure);
TextRequest spec_request(const Composer *c, const Spec *spec);
/* Shows it to who wants to know how lines are broken. */
void spec_inspect(const Composer *c, const Spec *spec);
/* A paragraph in the batch for what stands in a drawing, laid out now and reported. */
Spec *spec_drawn(Composer *c, const Piece *pieces, size_t n, Node node, float measure);
/* How one is drawn whose first line's box begins at y. */
Draw spec_draw(Composer *c, const Spec *spec, const Style *style, float x, float y);
/* Width of pieces on one line. */
float spec_pieces_width(Composer *c, const Piece *pieces, size_t n);
/* Width of a text in a style, on one line. */
float spec_width(Composer *c, const Style *style, Str text);
static inline float spec_height(const Spec *s, const Style *style)
{
    return (float)s->para->lines * (float)style->leading;
}

/* ---- missing.c ------------------------------------------------------------------------------ */

/* Reports what could not be set as it should be. */
void spec_report(Composer *c, const Spec *spec);
/* Reports characters that no font has where they stand in `source`; those that aren't there, or all when
 * it is NULL, at the position of their run. */
void spec_report_missing(Composer *c, const GlyphPara *para, const Pos *pos, const Inline *source);

/* ---- notes.c -------------------------------------------------------------------------------- */

/* Begins a pass. */
void notes_begin(Composer *c);
void notes_release(Composer *c);
/* Numbers the footnotes whose marks stand in these blocks or words, before what stands in them is made in
 * another order. */
void notes_number_blocks(Composer *c, const Block *blocks);
void notes_number_inlines(Composer *c, const Inline *inlines);
unsigned notes_number(Composer *c, const Note *note);
/* Where a mark leads: "#note:7", kept with the pass. */
Str notes_target(Composer *c, const Note *note);
/* Whether it is such a place rather than an id of the report. */
bool notes_is_target(Str target);
/* Makes the texts of the notes whose first marks stand in a unit. */
void notes_add(Composer *c, const Unit *unit);
/* From here on the texts of notes wait instead, until notes_add_held puts them into the flow, `before` below what
 * is there and on its page: they stand under what they are about, not at the foot of the page. */
void notes_hold(Composer *c);
void notes_add_held(Composer *c, float before);
/* Lines of a paragraph are drawn, the first with its box at y: the notes whose first marks stand in them
 * come to this page, and the marks' places are known. */
void notes_place_marks(Composer *c, const Spec *spec, float y, float leading, uint32_t from,
                       uint32_t to);
/* The line of a paragraph that a run of it begins in. */
uint32_t notes_line(const Spec *spec, uint32_t run);
/* Height of a footnote from one of its units' lines on, and of what of it a page must have at least. */
float notes_height(const Footnote *note, size_t unit, uint32_t line);
float notes_least(const Footnote *note);
/* Height of the rule over the footnotes of a column, and the space around it. */
float notes_rule(const Composer *c);
/* Heights of the footnotes of a column: all of them, and those that come from the one before. */
float notes_all(const Composer *c, unsigned column);
float notes_carried(const Composer *c, unsigned column);
/* Room that the footnotes of the column that is being filled must have, with their rule: of the last, and of
 * those that come from the one before, something may go to the next. Over all columns it is the most that
 * any of them needs. */
float notes_room(const Composer *c);
/* Settles where the footnotes of the column that is being filled stand at its foot, and draws the rule over them and
 * the signs of those that go on; what has no room stays for the next. */
void notes_settle(Composer *c);
/* Draws the footnotes that are settled on the page, each with all that columns have of it: that is the order in
 * which they are read. */
void notes_draw(Composer *c);
/* What has had no room goes to the next column, from the last to the first of the next page. */
void notes_carry(Composer *c, unsigned column);

/* ---- flow.c --------------------------------------------------------------------------------- */

/* A paragraph with the spaces of its style. */
Unit text_unit(const Style *style, Spec *spec, float x, float width);
void flow_unit(Composer *c, Unit unit);
/* Lays out and places all that waits. */
void flow_flush(Composer *c);
/* Begins a new page with the next unit. */
void flow_new_page(Composer *c);
/* Pages in landscape from here on, or upright again. */
void flow_turn(Composer *c, bool turned);
/* Ends the page when more than two fifths of it are used; before back matter, when three quarters are, or what begins
 * it has no room. */
void flow_part_break(Composer *c);
void flow_back_break(Composer *c);
/* The next line of text has this mark before it, behind those that wait already. */
void flow_mark(Composer *c, ItemMark mark);
/* Gives the marks that wait a line of their own: there is no text beside them. */
void flow_lone_mark(Composer *c);
/* Sets the space below the newest unit. */
void flow_after(Composer *c, float after);

/* ---- measure.c: heights in points ------------------------------------------------------------ */

/* Room for text on a page. */
float measure_page(const Composer *c);
/* The whole of a unit; of a box only its padding. */
float measure_unit(const Unit *u);
/* That padding; a joined box that is the first of its page or column has its own. */
float measure_open(const Composer *c, const Unit *u, bool first);
uint32_t measure_lines(const Unit *u);
/* What stands in a cell, and a row with its padding. */
float measure_cell(const CellBox *cell);
float measure_row(const CellBox *cell, size_t n, float top, float bottom);
/* Whether it is a row that takes so much of a page that it may be broken. */
bool measure_is_large(const Composer *c, const Unit *u);
/* Whether it leaves the text column. */
bool measure_is_wide(const Composer *c, const Unit *u);
/* The notes in the side column. */
float measure_sides(const Unit *u);
/* The space between neighbours, and how much of it a page may take. */
float measure_gap(const Unit *a, const Unit *b);
float measure_give(const Composer *c, const Unit *a, const Unit *b);
/* Where a unit begins that would stand at y: what is wider than the text column stands below the notes
 * in the side column. */
float measure_clear(const Composer *c, const Unit *u, float y, float side_y);
/* The same of text in a column that begins at `top`, `gap` below what is above it and not in a box: level with
 * lines of the columns beside it, where the layout wants that. */
float measure_level(const Composer *c, const Unit *u, float top, float y, float gap);
/* Whether a table's head is drawn again on each page: not one that would leave little room for rows. */
bool measure_repeats(const Composer *c, const TableHead *t);
/* What a table draws again on a new page above a row, whose padding it shares. `group` is that which goes on, or NULL. */
float measure_head(const Composer *c, const Unit *row, const Spec *group);
/* What is kept for "fortsættes på næste side" below a table, with footnotes below that or with nothing. */
float measure_continues(const Composer *c, bool notes);

/* ---- plan_pages.c --------------------------------------------------------------------------- */

/* Lines of a paragraph that stay together at a page's foot and head. */
enum { ORPHANS = 2, WIDOWS = 2 };

#define FULL 0.02f /* rounding of sums of heights */
#define CONTINUES_ROOM                                                                             \
    15.0f /* for "fortsættes på næste side" under a table, where the margin is below it, … */
#define CONTINUES_GAP 3.0f   /* … so far from the table … */
#define CONTINUES_CLEAR 9.0f /* … and from the rule over footnotes at least */
#define SIDE_GAP 12.0f       /* between notes in the side column */
#define MOST_CARRIED 0.5f    /* of the page, for footnotes that go on from the page before */
#define LARGE_ROW (1.0f / 3) /* of the page: rows higher than this may be broken */

/* Finds the best pages for units that follow each other without a forced break, from where the page
 * now stands: c->plan, with the places where nothing keeps together what should be. Returns how many of the
 * n units the plan is of: it ends at a forced break or behind a row that may itself be broken. `ends` tells
 * whether nothing follows the last of them. */
size_t plan_pages(Composer *c, const Unit *units, size_t n, bool ends);
/* Looks for no plan that costs more than `most`: where there is none, the cost in c->plan is FLT_MAX, and the rest of
 * it of no use. */
size_t plan_pages_within(Composer *c, const Unit *units, size_t n, bool ends, float most);
void plan_drop(Plan *plan);

/* Longer parts, in pages, aren't planned in other ways to fill their holes. */
enum { MOST_TRIED = 40 };

/* ---- floats.c ------------------------------------------------------------------------------- */

/* Where the first `planned` of n units, with nothing behind them, are planned: figures and tiles that begin a
 * page change places with what stands below and fills what they left of the page before, and the pages are planned
 * again. The units are then in the order of the pages; c->unmoved has them in that of the report. In columns it is what
 * goes over all of them and follows the planned units that changes places, a paragraph may become two units, for which
 * there is room in c->units, and what floats is to begin a page. Returns how many units are planned. */
size_t floats_plan(Composer *c, Unit *units, size_t planned, size_t n);

/* ---- closer.c ------------------------------------------------------------------------------- */

/* The same, with what may change places; a part of which little would stand on its last page, or whose pages have large
 * holes, is set closer, as far as the layout allows it and evenly on all of its pages, where that saves the page or
 * fills the holes. */
size_t closer_plan(Composer *c, Unit *units, size_t n, bool ends);

/* Sets a unit closer to others, and its lines. */
void closer_set_unit(Composer *c, Unit *u, float closer);

/* ---- pullback.c ------------------------------------------------------------------------------ */

/* A last page with less than this share of it is nearly empty. */
#define NEARLY_EMPTY 0.2f

PartPages *pullback_part(Composer *c, size_t part);
/* How much shorter pages are in the part that is being placed. */
float pullback_shorter(const Composer *c);
bool pullback_is_little(const PartPages *part);
/* When all is placed: what is tried in the next pass against pages that are nearly empty. False when there is
 * nothing more to try. */
bool pullback_try(Composer *c);
/* Sets the units that are new in the flow as their parts are to be. */
void pullback_set_units(Composer *c);

/* ---- faults.c: what is told of the pages when they are made ----------------------------------- */

/* Where a unit, or else the nearest above it, stands in the report; line 0 where none of them is there. */
Pos faults_place(const Unit *units, size_t i);
/* Of the plan as it is now. */
void faults_keep(Composer *c);
/* The part ends on the page that is being filled. */
void faults_look_at_last(Composer *c);
/* What a unit leaves empty above it to stand below the pull-outs of the page. */
void faults_look_at_hole(Composer *c, float height);
void faults_tell(Composer *c);

/* ---- bands.c -------------------------------------------------------------------------------- */

/* A page begins, or a band of columns on it. */
void bands_open(Composer *c);
/* From a unit on text stands in columns, below what is on the page: all of them begin at the same height. */
void bands_begin(Composer *c, const Unit *u);
/* What follows stands below the longest of the columns. */
void bands_end(Composer *c);
/* The next column of the band is filled from here on. */
void bands_next_column(Composer *c);
/* The page is full: its columns end, and their footnotes are drawn. */
void bands_end_page(Composer *c);

/* ---- place.c -------------------------------------------------------------------------------- */

/* Places the first n of the composer's units, or somewhat fewer; the others are looked at only. Returns how many it placed:
 * one may have become two. */
size_t place_units(Composer *c, size_t n);
/* Opens a page. With `opens` the running head leaves out the theme, with `bare` all of it. */
void place_new_page(Composer *c, bool opens, bool bare);
void place_finish_page(Composer *c);
/* The same, and as many more as its footnotes need. */
void place_finish_part(Composer *c);
/* Draws a laid-out paragraph whose first line's box begins at y; x is from the paper's left. */
void place_spec(Composer *c, const Spec *spec, const Style *style, float x, float y);
/* Of the page as it lies: its height, and its width between the margins. */
float place_paper_height(const Composer *c);
float place_width(const Composer *c);
/* Whether it is the mirror of those in front of it. */
bool place_is_left_hand(const Composer *c);
/* A line that is no part of the report: in a box `width` wide whose upper left corner is at x, y. */
void place_line(Composer *c, Str text, const Style *style, Node artifact, TextAlign align, float x,
                float y, float width);
/* The same of pieces of text. */
void place_pieces(Composer *c, const Piece *pieces, size_t n, Node artifact, TextAlign align,
                  float x, float y, float width);
/* Names the place that a link leads to: somewhat over y, if it has a name. */
void place_mark(Composer *c, Str name, float y);
/* Draws a unit that has room at a height, or lines of it. */
void place_unit_at(Composer *c, const Unit *unit, float y, uint32_t from, uint32_t to);
/* Of the column that is being filled, or of all of them outside columns; of the next page where none is
 * open. */
float place_bottom(const Composer *c);
/* Of a column of the page. */
float place_column_bottom(const Composer *c, unsigned column);
float place_top(const Composer *c);
/* So much of the page or column may be taken by footnotes that go on from the one before. */
float place_most_carried(const Composer *c);
/* The left of the live area of the page that is being filled, or of its column. */
float place_left(const Composer *c);
/* The same of one of its columns, from 0. */
float place_column_left(const Composer *c, unsigned column);

/* ---- running.c ------------------------------------------------------------------------------ */

/* The head of a page that has just been opened. With `opens` it leaves out the theme, but for that of a briefing behind
 * its first page; with `bare` all but the words for a draft and a closed copy. */
void running_draw_head(Composer *c, bool opens, bool bare);
void running_draw_foot(Composer *c);

/* ---- wait.c --------------------------------------------------------------------------------- */

/* A text that waits for a page number. */
void wait_add(Composer *c, const Style *style, Node node, Wait wait, Str target, float x,
              float baseline, float measure);
/* Makes all of them, when every page is there. */
void wait_resolve(Composer *c);

/* ---- references.c: words that are made of what a link leads to ------------------------------- */

void references_begin(Composer *c, unsigned pass);
void references_release(Composer *c);
/* The words of a reference, kept with the pass. */
Str references_text(Composer *c, const Inline *in);
/* The same with a capital where they open a sentence, behind a text of their paragraph. */
Str references_printed(Composer *c, Str text, Str before);
/* ", side 12" behind a link with words of its own, or " (side 12)" where its sentence goes on; empty where that is
 * the page that the link stands on. */
Str references_page_behind(Composer *c, const Inline *in);
/* With a capital, where its first letter has one. */
Str references_capital(Composer *c, Str text);
/* A pattern with a list of words in the place of {words}, at its beginning: "Frist og økonomi er ikke oplyst"; another
 * pattern where there are several. Empty without any. It is kept with the batch. */
Str references_sentence(Composer *c, const Term *words, size_t n, Term one, Term several);
/* What a link into the report is said to lead to whose own words are these: where they are but a number, its name
 * and title ("anbefaling 7: Mål effekten fra start"); kept with the pass. */
Str references_said(Composer *c, Str target, Str words);
/* Whether the document has the place that a link is to lead to. */
bool references_has(Composer *c, Str destination);
/* Whether a link into the report leads to what this document has. */
bool references_lead(Composer *c, Str target);
/* The page of a destination for a text in the flow, from 1: as it was in the pass before. 0 when none may be
 * printed. */
unsigned references_page(Composer *c, Str destination);
/* The same of a section, with the page that it ends on, if that is near. */
PageSpan references_pages(Composer *c, Str destination);
/* The same for a text at another destination, which need not name its own page: then 0, too. */
unsigned references_page_from(Composer *c, Str destination, Str from);
/* Lines of a paragraph are drawn on the newest page: its references stand there. */
void references_place(Composer *c, const Spec *spec, uint32_t from, uint32_t to);
/* Whether all page numbers in the text are right. */
bool references_settled(const Composer *c);
/* Keeps where things stand for the next pass. */
void references_remember(Composer *c);
/* "Tabel 3", or nothing for what has no number. */
Str references_label(Composer *c, Term term, unsigned number);

/* ---- table_notes.c -------------------------------------------------------------------------- */

/* Notes of a table of key figures that is `width` wide; the list of them stands in `parent`. They are laid out
 * with the batch and live as long as the pass. */
TableNotes *table_notes(Composer *c, const Str *text, size_t n, float width, Node parent);
/* A row is on the page that is being filled, or, with `plan`, planned. */
void table_notes_use(TableNotes *notes, unsigned number, bool plan);
/* A page begins to be planned, behind what stands on the one that is being filled or without anything. */
void table_notes_plan(TableNotes *notes, bool here);
/* Height of those of the page with the space above them. */
float table_notes_height(const TableNotes *notes, bool plan);
/* The most that one of them takes, with its spaces; nothing for number 0. */
float table_notes_most(const TableNotes *notes, unsigned number);
/* What one of them takes of their columns, on average, among others. */
float table_notes_share(const TableNotes *notes, unsigned number);
/* Draws them from y, `x` from the paper's left: the column has no more of the table. Where it goes on in the next column
 * of the page they wait for the last notes there, since they are read behind its rows. Returns where they end. */
float table_notes_draw(Composer *c, TableNotes *notes, float x, float y, bool next_column);

/* ---- spread.c ------------------------------------------------------------------------------- */

/* A page is full: keeps what is left over on it. */
void spread_page(Composer *c);
/* How much of that goes above a unit that isn't the first of its page. */
float spread_above(const Composer *c, const Unit *u);

/* ---- table_titles.c ------------------------------------------------------------------------- */

/* The title of a table that goes on from a page, or from the column before with 0, laid out; and its style. */
Spec *table_title_again(Composer *c, const TableHead *t, uint32_t page);
const Style *table_title_style(Composer *c, const TableHead *t);
/* What it takes, with the space below it. */
float table_title_height(Composer *c, const TableHead *t, const Spec *title);

/* ---- pulled.c: key figures in the side column, level with the lines that print them ------------ */

/* Whether it prints a figure that is pulled out, in a layout that has a side column. */
bool pull_out_is(const Composer *c, const Inline *in);
/* The line of its paragraph that one stands level with. */
uint32_t pull_out_line(const Unit *unit, size_t i);
/* Lines [from, to) of a unit have been drawn, the first with its box at y: so far its pull-outs stand where
 * they are level with them, or below others. */
void pull_outs_place(Composer *c, const Unit *unit, float y, uint32_t from, uint32_t to);
/* Nothing more comes to those of the page that stand above `bottom`: what would go below it moves up. */
void pull_outs_settle(Composer *c, float bottom);

/* ---- images.c ------------------------------------------------------------------------------- */

/* Its width as it is, in points. */
double image_natural_width(const Image *image);
/* What a figure's node says to who can't see it. */
void image_describe(Composer *c, Node node, const Inline *alternative);

/* ---- numbering.c: the numbers of lists ------------------------------------------------------- */

/* How an ordered list at this place counts from the first number to the last. */
Numbering numbering_of(const Composer *c, int first, int last);
void numbering_add(StrBuf *out, Numbering numbering, int number, bool parenthesis);
/* The mark of a table's note, "a" … "z", "aa" … of a number from 1, without l and o: small as marks are, they look
 * like figures. */
void numbering_add_mark(StrBuf *out, unsigned number);

/* ---- words.c -------------------------------------------------------------------------------- */

/* The plain text of inlines, kept with the pass. */
Str plain_text(Composer *c, const Inline *in);
/* Where the title of the document stands in the report: that of its theme, or the report's own. */
Pos title_place(const Composer *c);
/* Words as if the report had them at `pos`; the text must live as long as the arena. */
Inline *text_inline(Arena *arena, Pos pos, Str text);
Inline *strong_inline(Arena *arena, Pos pos, Str text);
/* "side 6"; kept with the pass. */
Str page_words(Composer *c, unsigned page);
/* "side 12–13", or of one page "side 12". */
Str page_span_words(Composer *c, PageSpan span);

#endif
