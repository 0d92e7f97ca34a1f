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
const Style *style_sized(Composer *c, StyleRole role, const Style *text);
/* A style in another size (a share of its own), kept with the pass; itself at 1. */
const Style *style_scaled(Composer *c, const Style *style, float size);
/* A style that is set to the left, line by line, where it would be justified or its lines be made equal, kept with the
 * pass; else itself. */
const Style *style_ragged(Composer *c, const Style *style);
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
/* Whether it leaves the text column. */
bool measure_is_wide(const Composer *c, const Unit *u);
/* The notes in the side column. */
float measure_sides(const Unit *u);

/* ---- plan_pages.c --------------------------------------------------------------------------- */

#define FULL 0.02f     /* rounding of sums of heights */
#define SIDE_GAP 12.0f /* between notes in the side column */

void plan_drop(Plan *plan);

/* ---- pullback.c ------------------------------------------------------------------------------ */

PartPages *pullback_part(Composer *c, size_t part);
/* When all is placed: what is tried in the next pass against pages that are nearly empty. False when there is
 * nothing more to try. */
bool pullback_try(Composer *c);

/* ---- faults.c: what is told of the pages when they are made ----------------------------------- */

void faults_tell(Composer *c);

/* ---- place.c -------------------------------------------------------------------------------- */

/* Opens a page. With `opens` the running head leaves out the theme, with `bare` all of it. */
void place_new_page(Composer *c, bool opens, bool bare);
/* Ends the page that is being filled, and as many more as its footnotes need. */
void place_finish_part(Composer *c);
/* Draws a laid-out paragraph whose first line's box begins at y; x is from the paper's left. */
void place_spec(Composer *c, const Spec *spec, const Style *style, float x, float y);
/* Where text ends in the column that is being filled, or in all of them outside columns, and where it begins; of the
 * next page where none is open. */
float place_bottom(const Composer *c);
float place_top(const Composer *c);
/* The left of the live area of the page that is being filled, or of its column. */
float place_left(const Composer *c);

/* ---- wait.c --------------------------------------------------------------------------------- */

/* A text that waits for a page number. */
void wait_add(Composer *c, const Style *style, Node node, Wait wait, Str target, float x,
              float baseline, float measure);
/* Makes all of them, when every page is there. */
void wait_resolve(Composer *c);

/* ---- references.c: words that are made of what a link leads to ------------------------------- */

void references_begin(Composer *c, unsigned pass);
void references_release(Composer *c);
/* With a capital, where its first letter has one. */
Str references_capital(Composer *c, Str text);
/* A pattern with a list of words in the place of {words}, at its beginning: "Frist og økonomi er ikke oplyst"; another
 * pattern where there are several. Empty without any. It is kept with the batch. */
Str references_sentence(Composer *c, const Term *words, size_t n, Term one, Term several);
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
/* Whether all page numbers in the text are right. */
bool references_settled(const Composer *c);
/* Keeps where things stand for the next pass. */
void references_remember(Composer *c);
/* Tells the document where the sections end whose pages it says. */
void references_end(Composer *c);
/* "Tabel 3", or nothing for what has no number. */
Str references_label(Composer *c, Term term, unsigned number);

/* ---- table_notes.c -------------------------------------------------------------------------- */

/* Notes of a table of key figures that is `width` wide; the list of them stands in `parent`. They are laid out
 * with the batch and live as long as the pass. */
TableNotes *table_notes(Composer *c, const Str *text, size_t n, float width, Node parent);

/* ---- table_titles.c ------------------------------------------------------------------------- */

/* The title of a table that goes on from a page, or from the column before with 0, laid out. */
Spec *table_title_again(Composer *c, const TableHead *t, uint32_t page);
/* What explains the words of such a table, in small type below its title; or NULL. */
Spec *table_key_again(Composer *c, const TableHead *t);
/* What both take, with the space below them; `key` may be NULL. */
float table_title_height(Composer *c, const TableHead *t, const Spec *title, const Spec *key);

/* ---- pulled.c: key figures in the side column, level with the lines that print them ------------ */

/* Whether it prints a figure that is pulled out, in a layout that has a side column. */
bool pull_out_is(const Composer *c, const Inline *in);

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
