/* What the files of this folder share: each turns some of an edition's content into units. */
#ifndef COMPOSE_INTERNAL_H
#define COMPOSE_INTERNAL_H

#include "compose/compose.h"
#include "page/page.h"

enum { ADVICE_COLUMNS = 6 }; /* of a table of recommendations, at most */

/* What this folder has decided for a document, or found out in its passes. */
struct Own {
    size_t section;   /* of the edition, whose blocks are being added … */
    bool headless;    /* … and which has no title */
    Role part_role;   /* of the titles of parts and sections */
    int heading_base; /* level in the structure of a level-1 heading of the report */
    bool has_figures_part, has_recommendations_part;
    /* Parts go since the layout's pages have no room for all, or few pages no need. */
    bool left_out[PART_COUNT];
    Part order[PART_COUNT]; /* of the layout's parts */
    bool brief;             /* recommendations are … */
    bool explained;         /* … but have their text, which has room in small type … */
    bool introduced;        /* … and so has what introduces them */
    bool whole_lessons;     /* in several sentences, which have room */
    bool lessons_shortened; /* in this pass, and could be told in more sentences … */
    bool lessons_cut;       /* … or have no room even so */
    size_t unexplained;     /* recommendations of this pass that lost it in brief */
    unsigned lined;         /* pages to write on at the end */
    bool contact_alone;     /* it would stand on a page of its own */
    bool contact_on_cover;  /* all of it stands there, too */
    struct {
        bool behind;  /* the summary stands on a page behind the cover, … */
        size_t words; /* … which has room for so many of its words */
    } lead;
    /* Widths of the columns of recommendations in all documents of the kind; 0: as each table needs it … */
    float advice[ADVICE_COLUMNS];
    bool advice_known;  /* … when they are */
    bool economy_below; /* of recommendations it stands below the proposal */
    bool own_columns;   /* this one has others, to take fewer pages */
    bool paged;   /* recommendations of a sheet say on which pages of the pack their bases stand */
    bool stacked; /* parts that stand side by side stand below each other, to take fewer pages */
    Map form_of; /* how tables with the same heads are set, by what those say; keys live in `words` */
};

/* ---- compose.c ------------------------------------------------------------------------------ */

/* A part has no room in the layout, which is told: passes from now on are without it. */
void compose_leave_out(Composer *c, Part part);

/* ---- blocks.c ------------------------------------------------------------------------------- */

/* Adds blocks in a column. */
typedef struct {
    float x, width;
    Node parent;
    const Style *style; /* of paragraphs */
    bool lead;          /* the first paragraph is set as a lead */
    bool joined;        /* the box above goes on with the next */
    float gap;          /* in a list: between the paragraphs of an item and around lists in it */
    bool summary;       /* it is the report's in short … */
    bool below_tiles;   /* … and tiles stand right above */
    bool point;         /* what is in it is a point of that, which isn't parted over columns */
} Column;
void blocks_add(Composer *c, const Block *list, Column column);
/* The Filler's, for the text of a footnote. */
void blocks_add_note(Composer *c, const Block *text, float indent, Node node);
/* One block by itself, what follows it left out. */
void blocks_add_alone(Composer *c, const Block *block, Column column);
/* The blocks of a theme, and beside those below its lead and tiles what is in it, if the layout wants that. */
void opener_add(Composer *c, const Block *blocks, Column col);
/* A heading's role; level 1 is that of a section. */
Role heading_role(const Composer *c, int level);
Column text_column(const Composer *c);
/* How wide something stands in a column that it may leave: in the text itself it has the whole page, unless
 * the page has several columns and the layout lets it stay in one. */
float span_width(const Composer *c, const Column *column, Span span);

/* ---- visits.c: notes in the side column, and what is to be clarified ------------------------- */

/* A label over its value in the side column; nothing when there is no value. */
void side_add(Composer *c, Sides *sides, Str label, Str value, Node parent);
/* Lets the notes stand level with the next paragraph, and be read before it. */
void sides_pend(Composer *c, const Sides *sides);
/* Whether a fact of a visit says what is to be clarified. */
bool fact_is_doubt(const Composer *c, const VisitFact *fact);
/* "Afklares: 29. eller 30. august", in the colour of what is to be taken with care; and the space above it. */
void doubt_pieces(Composer *c, const VisitFact *fact, Piece pieces[2]);
#define DOUBT_GAP 3.0f
/* Where there is no text under the heading for pending notes to stand beside, they stand there by
 * themselves. */
void sides_alone(Composer *c, const Block *children, const Style *heading);

/* ---- points.c ------------------------------------------------------------------------------- */

/* The numbered list of a summary, with large numerals and the pages of what its points lead to. */
void points_add(Composer *c, const Block *list, const Column *column);

/* ---- tables.c ------------------------------------------------------------------------------- */

enum { CELL_PARTS = 9, CELL_PIECES = 3 };

typedef struct {
    Piece piece[CELL_PIECES];
    size_t pieces;
    const Style *lines; /* whose lines it has, or NULL: its first piece's */
    float before;
    float aside; /* on the line of the part before it, from this share of the cell on; else 0 */
} CellPart;

static inline const Style *cell_part_style(const CellPart *part)
{
    return part->lines ? part->lines : part->piece[0].style;
}

typedef struct {
    size_t parts;
    bool dotted;
    bool leader; /* dots to write on lead from its end to the edge */
    bool over; /* its first text stands over the row: the other cells begin level with the second */
    bool number; /* its first text is one: its decimal comma is found there */
    bool words;  /* among numbers: they begin at the left and may use the empty cell behind them */
    float comma; /* width of what stands left of the decimal comma, or below 0 */
    CellPart part[CELL_PARTS];
} CellContent;

typedef struct {
    TextAlign align;
    float width;    /* wider only for a long word; 0: as wide as its content */
    float least;    /* at least, where it is as wide as its content */
    bool rest;      /* shares what all leave with others like it, by their widths */
    bool decimal;   /* numbers meet at the decimal comma … */
    float decimals; /* … behind which there is so much room at least */
} TableColumn;

typedef struct {
    size_t rows, columns;
    const TableColumn *column;
    /* The content of a cell; row rows is the head. Called more than once for a cell. */
    void (*cell)(void *context, size_t row, size_t column, CellContent *content);
    /* The title of the group that begins with a row, or empty. May be NULL. */
    Str (*group)(void *context, size_t row);
    /* Whether a row sums those above it. May be NULL. */
    bool (*total)(void *context, size_t row);
    void *context;
    bool head, row_heads;
    size_t head_column; /* that the rows are called by, where row_heads says that one is */
    float x, width, row_padding;
    Pos pos;       /* of what is said of it; line 0: nothing is */
    bool records;  /* each row is one, of several lines */
    bool may_turn; /* its page, where it is too wide */
    float narrow;  /* where it can, the table is only so wide; 0: never */
    const Inline *caption;
    Str title;         /* that it is known by where it has no number or no caption, or empty */
    const Inline *key; /* explains its words where it goes on, or NULL */
    unsigned number;   /* before the caption; 0 for none */
    bool of_figure;    /* the number is a figure's, and stands with the title above the table */
    Str destination;
    Node parent;
    const Style *group_style;
    Rule group_rule;
    Str (*row_destination)(void *context, size_t row); /* may be NULL */
    const Str *note;                                   /* texts of notes … */
    size_t notes;
    unsigned (*row_note)(void *context, size_t row); /* … and that of a row, from 1, or 0 */
} TableSpec;

/* One more text of a cell, unless it is empty. */
void cell_add_text(CellContent *content, Piece piece);
/* The same in a record, a little below the line above it. */
void cell_add_line(CellContent *content, Piece piece);
/* The same on the line of the text before it, which has that style, too, and ends left of this share of the cell's
 * width; it has room in one line there. */
void cell_add_beside(CellContent *content, Piece piece, float aside);
void table_add(Composer *c, const TableSpec *table);
/* The widths that its columns would get, in points; nothing is added. False where it isn't a table of its full size
 * on an upright page: then they are none for others. */
bool table_measure(Composer *c, const TableSpec *table, float *width);
/* Whether pages are so narrow for their type that key figures and recommendations are set as records: few wide
 * columns, whose cells have several lines. The same for all tables of a layout. */
bool table_in_records(const Composer *c);
/* What is said under a table stands on its page. Takes back the turn that ends that, where it was turned: then
 * flow_turn has to follow what is added. */
bool table_stay_turned(Composer *c);

/* ---- table_blocks.c ------------------------------------------------------------------------- */

/* A table of the report itself. */
void table_add_block(Composer *c, const Block *block, Column column);
/* What is said of a table or a picture right above (block_is_note). */
void table_add_note(Composer *c, const Block *block, Column column);
/* A line that says where what is in a table comes from (source_line); nothing where that is empty. */
void table_add_source(Composer *c, Str text, Column column);

/* ---- figures.c, recommendations.c: the tables of one section, where the layout gathers none - */

/* Where all key figures stand, if that is a part. */
#define FIGURES_PLACE STR("del-noegletal")

void figures_add_section(Composer *c, size_t section);
void recommendations_add_section(Composer *c, size_t section);
/* The name of the place where their part begins. */
Str recommendations_place(const Composer *c);
/* What the report says of its recommendations: the section of that name, or NULL. */
const EditionSection *recommendations_introduction(const Composer *c);

/* ---- basis.c, statuses.c: what recommendations are founded on, and how far they have come ---- */

/* Which pages a basis says: its own, or, where it is but measured, none or any for each. */
typedef enum { BASIS_PAGES, BASIS_NO_PAGES, BASIS_ANY_PAGES } BasisPages;

/* What is printed of its basis, or NULL; `apart`: each part of it on a line of its own. */
Inline *basis_inlines(Composer *c, const Recommendation *r, bool apart, BasisPages pages);
/* How many recommendations have come how far, where they differ in that. */
void statuses_add(Composer *c);

/* ---- days.c --------------------------------------------------------------------------------- */

typedef enum { DAYS_NOWHERE, DAYS_BELOW, DAYS_BESIDE } DaysPlace;

/* Where the days of the report and their visits stand: below the contents in so much room, or beside them,
 * which is added before the contents are. Nowhere where the layout doesn't want them, fewer than two days have
 * visits, or there is no room. */
DaysPlace days_place(Composer *c, float room);
void days_add(Composer *c, DaysPlace place);

/* ---- panels.c: what can stand side by side --------------------------------------------------- */

/* Drawings in a column of their own; y counts from the panel's top. */
typedef struct {
    Composer *c;
    float x, width, y; /* y: where the next thing goes */
    Node parent;
    ARRAY(Draw) draws;
    ARRAY(DrawingBox) boxes;
} Panel;

void panel_draw(Panel *panel, Draw draw);
void panel_fill(Panel *panel, float x, float y, float width, float height, uint32_t colour);
/* A paragraph, where it stands from the panel's left; y moves below it. */
void panel_text(Panel *panel, const Piece *pieces, size_t n, Node node, float x, float width);
/* The same of one plain text as a paragraph of its own; nothing when it is empty. */
void panel_line(Panel *panel, StyleRole role, Str text);
/* Gives a unit the drawings of panels that stand side by side, in the arena, and their size, and empties them. */
void panels_gather(Arena *arena, Panel *panel, size_t n, Unit *unit);
/* Adds panels that stand side by side as one thing that is not broken, and empties them. Of `unit` the
 * spaces, the destination and keep_next are used. */
void panels_flow(Composer *c, Panel *panel, size_t n, Unit unit);

/* ---- tile_texts.c: a key figure that is shown large ------------------------------------------ */

/* "Lambeth, 2012"; nothing where neither is known. */
void add_place_and_period(StrBuf *out, const KeyFigure *figure);

/* Its texts, which are one sentence: one paragraph of the structure. */
typedef struct {
    const KeyFigure *figure;
    Str what; /* instead of its name, or empty */
    Node node;
    bool
        may_stack; /* a precision word that has no room beside the number and its sign stands above it */
    Spec *precision; /* that word, or NULL */
    Spec *number;
    Spec *what_text, *where, *caveat; /* NULL where there is nothing to say */
    bool row;                         /* its texts stand beside its number */
    bool unit_apart;                  /* so does the unit, unless it is a sign of the number */
    Spec *unit_text; /* below the number, NULL unless a unit with a scale has no room beside it */
    bool
        may_part; /* a scale that has no room beside the number opens the next line with its unit … */
    bool parts; /* … and does */
} TileText;

/* Width of the number with its precision word, where that stands beside it, and unit. */
float tile_number_width(Composer *c, const TileText *text, bool with_unit);
/* The same where the precision word stands above it, and a unit with a scale below it. */
float tile_least_width(Composer *c, const TileText *text);
/* Whether its unit isn't one that the text says, nor a sign of the number, and has no room beside the number. */
bool tile_parts_unit(Composer *c, const TileText *text, float measure);
/* Whether its number has room in so much, with the word before it and the scale, unless that may be parted from it. */
bool tile_number_fits(Composer *c, const TileText *text, float measure);
/* Makes the texts and lays them out; a unit that has no room beside the number opens what is counted. */
void tile_lay_out(Composer *c, TileText *text, float number_measure, float text_measure);

/* ---- pull_outs.c: key figures for the side column --------------------------------------------- */

/* Whether one of these or those in them prints a figure that is pulled out. */
bool pull_outs_in(const Composer *c, const Inline *inlines);
/* Makes those of a unit of text, which stand in the structure behind it. */
void pull_outs_add(Composer *c, Unit *unit, Node parent);
/* ---- drawings ------------------------------------------------------------------------------- */

void image_add(Composer *c, const Block *block, Column column);
/* A chart, or two that stand side by side; returns how many. One that is higher than a page is set as a table of its
 * values, which is told. */
size_t charts_add(Composer *c, const Block *block, Column column);
void tiles_add(Composer *c, const Block *block, Column column);
/* A chart in a panel; it has no number there. False when it can't be drawn, which has been reported, or is higher than
 * a page: then the part is left out. */
bool chart_panel(Panel *panel, const Block *block);
/* The Filler's, for units of charts. */
void charts_set_closer(Composer *c, Unit *unit, float closer);
void charts_set_apart(Unit *unit);

/* ---- lined.c -------------------------------------------------------------------------------- */

/* How many pages to write on the layout wants at the end of its booklet; and one of them. */
unsigned lined_wanted(const Composer *c);
void lined_add_page(Composer *c);

/* ---- parts ---------------------------------------------------------------------------------- */

typedef struct {
    void (*entries)(Composer *c); /* what the part adds to the contents; NULL for nothing */
    void (*add)(Composer *c);
    /* Of those that can stand beside others: whether there is anything to show, and showing it. */
    bool (*has)(const Composer *c);
    void (*panel)(Panel *panel);
} PartRule;

/* Adds the parts [from, to) of the layout, which stand side by side. */
void parts_add_row(Composer *c, const PartRule *const *rules, size_t from, size_t to);
/* A part that can stand beside others, by itself. */
void part_add_alone(Composer *c, const PartRule *rule, float width);

/* ---- what a sheet shows ---------------------------------------------------------------------- */

/* Its tiles, their list made in the arena where the report has none; its chart; its table. NULL for nothing. */
const TileSpec *tiles_shown(const Composer *c, Arena *arena);
/* Tell of what the layout's `extract` has no place for. */
void tiles_tell_cut(Composer *c);
void lessons_tell_cut(Composer *c);
/* … that the table which a sheet would be about is longer than it shows. */
void table_tell_long(Composer *c);
const Block *chart_shown(const Composer *c);
/* Whether the layout has a part that isn't left out for want of room. */
static inline bool part_is_shown(const Composer *c, Part part)
{
    return layout_has_part(c->l, part) && !c->own->left_out[part];
}
const Block *table_shown(const Composer *c);
/* The boxes and items that its lessons are from, and whether one is of no place in particular, or what is said is what the
 * theme is about. */
typedef struct {
    const Block **from;
    size_t n;
    bool of_all;
} LessonsShown;
LessonsShown lessons_shown(const Composer *c, Arena *arena);

/* Where the contact stands. */
#define CONTACT_PLACE STR("del-kontakt")
/* Whether the report's address stands with the contact: where the layout has no part for it. */
bool contact_shows_web(const Composer *c);
/* "Rådhuset, 1599 København V": until the next such text is made. */
Str contact_in_one_line(Composer *c, const Str *text, size_t n);

extern const PartRule part_letterhead, part_cover, part_contents, part_tables_list,
    part_figures_list, part_summary, part_body, part_key_figures, part_recommendations,
    part_open_questions, part_contact, part_block_title, part_tiles, part_chart, part_table,
    part_lessons, part_caveats, part_link, part_glossary, part_sources, part_changes, part_annexes;

/* ---- cover.c -------------------------------------------------------------------------------- */

/* Advises of a summary that has no room on the cover. */
void cover_tell(Composer *c);

/* ---- glossary.c ----------------------------------------------------------------------------- */

/* Whether every item of a list is a term and what it means. */
bool glossary_is_list(Composer *c, const Block *block);
/* Such a list in columns over the whole width. */
void glossary_add(Composer *c, const Block *block, Node parent);

/* ---- titles --------------------------------------------------------------------------------- */

/* The address of the whole report, with its scheme; and a link to it, as it is printed. */
Str web_address(Composer *c);
/* The same as it is printed. */
Str web_words(Composer *c);
const Inline *web_link(Composer *c);
/* The pages that a place of the report has in the pack; none without one. */
PageSpan pages_in_pack(const Composer *c, Str id);
/* "Temaet står i pakken fra side 5, forslag med samme nummer fra side 17." Empty of what has no theme, and where
 * the pack doesn't have it or isn't known. */
Str place_in_pack(Composer *c);
/* An e-mail address as a link behind the label, which may be empty; as words where it is no address. */
const Inline *mail_link(Composer *c, Str label, Str address);
/* A link to a place of the report; kept with the pass, as its words must be. */
Inline *link_to(Composer *c, Str id, Str words, Pos pos);
void entry_add(Composer *c, int level, unsigned theme, Str title, Str destination);
/* One that is a bookmark alone. */
void entry_add_unlisted(Composer *c, int level, Str title, Str destination);
/* Whether lists of what is in the document have it. */
bool entry_is_shown(Composer *c, const Entry *e);
/* A part's title below the given kicker (may be empty), on a new page or on this one. */
void part_title(Composer *c, Str kicker, const Inline *title, Str text, StyleRole role,
                Str destination);
void part_title_here(Composer *c, Str kicker, const Inline *title, Str text, StyleRole role,
                     Str destination);
/* On later pages of the part whose title came last, the running head and foot say that it goes on. */
void title_goes_on(Composer *c, Str title);
/* Whether a part of so many rows stands below what is above it: in a briefing that wouldn't fill a page. */
bool part_follows(const Composer *c, size_t rows);
/* "Forbehold: Skøn", the label in bold; in the batch, where the text must live, too. */
void labelled_pieces(Composer *c, const Style *style, Str label, Pos pos, Str text,
                     Piece pieces[2]);
/* The title that a theme is known by: "Tema 2" */
Str theme_label(Composer *c, unsigned theme);
/* "Tema 2: Skoler", or the title alone of what is no theme. */
Str section_name(Composer *c, const EditionSection *s);
/* "Kilde: Lambeth", or nothing. */
Str source_line(Composer *c, Str source);
/* The same for the sources of n key figures, each once, where there is none for all of them. */
Str source_line_of(Composer *c, Str of_all, const KeyFigure *const *figure, size_t n);
/* Adds a full stop where no other sign ends the text. */
void close_sentence(StrBuf *text);

#endif
