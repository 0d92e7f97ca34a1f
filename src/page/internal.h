/* What the files of this folder share beyond what it does for others. */
#ifndef PAGE_INTERNAL_H
#define PAGE_INTERNAL_H

#include "page/page.h"

/* ---- styles.c ------------------------------------------------------------------------------- */

/* A style with lines that are closer to each other, kept with the pass; itself at 1. */
const Style *style_closer(Composer *c, const Style *style, float leading);
/* A style of the layout's in the size of some text and on its line, though it is raised elsewhere. */
const Style *style_on_line(Composer *c, StyleRole role, const Style *text);
TextAlign style_align(const Style *style);

/* ---- notes.c -------------------------------------------------------------------------------- */

/* A footnote's number, which it has from its first mark on. */
unsigned notes_number(Composer *c, const Note *note);
/* Where a mark leads: "#note:7", kept with the pass. */
Str notes_target(Composer *c, const Note *note);
/* Whether it is such a place rather than an id of the report. */
bool notes_is_target(Str target);
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

/* ---- measure.c: heights in points ------------------------------------------------------------ */

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

#define CONTINUES_ROOM                                                                             \
    15.0f /* for "fortsættes på næste side" under a table, where the margin is below it, … */
#define CONTINUES_GAP 3.0f   /* … so far from the table … */
#define CONTINUES_CLEAR 9.0f /* … and from the rule over footnotes at least */
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

/* How much shorter pages are in the part that is being placed. */
float pullback_shorter(const Composer *c);
bool pullback_is_little(const PartPages *part);
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

/* ---- bands.c -------------------------------------------------------------------------------- */

/* A page begins, or a band of columns on it. */
void bands_open(Composer *c);
/* A unit comes to the band. */
void bands_hold(Composer *c, const Unit *u);
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
/* Ends the page that is being filled. */
void place_finish_page(Composer *c);
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
/* Opens at y the boxes that units before it leave open, on a page that the first of them doesn't stand on; ends at y those
 * that are open beyond the first `outside` ones. */
void place_boxes_again(Composer *c, const Unit *units, size_t n, float y);
void place_boxes_end(Composer *c, size_t outside, float y);
/* Where text ends in a column of the page. */
float place_column_bottom(const Composer *c, unsigned column);
/* So much of the page or column may be taken by footnotes that go on from the one before. */
float place_most_carried(const Composer *c);
/* The left of one of the page's columns, from 0. */
float place_column_left(const Composer *c, unsigned column);

/* ---- running.c ------------------------------------------------------------------------------ */

/* The head of a page that has just been opened. With `opens` it leaves out the theme, but for that of a briefing behind
 * its first page; with `bare` all but the words for a draft and a closed copy. */
void running_draw_head(Composer *c, bool opens, bool bare);
void running_draw_foot(Composer *c);

/* ---- references.c: words that are made of what a link leads to ------------------------------- */

/* The words of a reference, kept with the pass. */
Str references_text(Composer *c, const Inline *in);
/* The same with a capital where they open a sentence, behind a text of their paragraph. */
Str references_printed(Composer *c, Str text, Str before);
/* ", side 12" behind a link with words of its own, or " (side 12)" where its sentence goes on; empty where that is
 * the page that the link stands on. */
Str references_page_behind(Composer *c, const Inline *in);
/* What a link into the report is said to lead to whose own words are these: where they are but a number, its name
 * and title ("anbefaling 7: Mål effekten fra start"); kept with the pass. */
Str references_said(Composer *c, Str target, Str words);
/* Lines of a paragraph are drawn on the newest page: its references stand there. */
void references_place(Composer *c, const Spec *spec, uint32_t from, uint32_t to);

/* ---- table_notes.c -------------------------------------------------------------------------- */

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

/* The style of a table's title where it goes on. */
const Style *table_title_style(Composer *c, const TableHead *t);

/* ---- pulled.c: key figures in the side column, level with the lines that print them ------------ */

/* The line of its paragraph that a pull-out stands level with. */
uint32_t pull_out_line(const Unit *unit, size_t i);
/* Lines [from, to) of a unit have been drawn, the first with its box at y: so far its pull-outs stand where
 * they are level with them, or below others. */
void pull_outs_place(Composer *c, const Unit *unit, float y, uint32_t from, uint32_t to);
/* Nothing more comes to those of the page that stand above `bottom`: what would go below it moves up. */
void pull_outs_settle(Composer *c, float bottom);

#endif
