/* What the files that set recommendations share: advice_cells.c says what stands in a table of them, advice_columns.c
 * how wide its columns are, recommendations.c sets the table, and the part that it is in. */
#ifndef COMPOSE_ADVICE_H
#define COMPOSE_ADVICE_H

#include "compose/internal.h"

#define HALF 0.5f /* of a record's width, for each of two fields in a line */

/* The columns of a table of recommendations, in their order. */
enum { NUMBER, PROPOSAL, BASIS, RESPONSIBLE, DEADLINE, ECONOMY, KINDS = ADVICE_COLUMNS };

/* Who stands behind a recommendation. */
typedef enum { ORIGINATOR_NONE, STATED, ONGOING, DERIVED, ORIGINATORS } Originator;

/* A table of them. */
typedef struct {
    Composer *c;
    const EditionRecommendation *list;
    size_t n;
    bool grouped;      /* by theme … */
    bool in_rows;      /* … where each has one, its name stands in the row */
    Originator shared; /* by all of them: the head says it */
    Str voice;         /* who said what is stated, where the head or the key says it */
    BasisPages pages;
    int kind[KINDS];
    size_t columns;
    bool economy_below; /* below the proposal, rather than in a column of its own */
    bool *explained;    /* in brief: the rows that have their text all the same, or NULL */
    bool paired;        /* as records: who is responsible and the deadline share a line */
    StrBuf scratch;
} Advice;

/* ---- advice_cells.c ------------------------------------------------------------------------- */

/* The text of the scratch buffer, kept with the composer; the buffer is empty then. */
Str advice_keep(Advice *a);
/* False where records have a field in its stead, too. */
bool advice_has_column(const Advice *a, int kind);
Originator advice_originator(const Recommendation *r);
/* Who stands behind all of them, or ORIGINATOR_NONE. */
Originator advice_shared_originator(const EditionRecommendation *list, size_t n);
/* Who said what is stated of them, where that is the same for all; else empty. */
Str advice_shared_voice(const EditionRecommendation *list, size_t n);
/* A pattern with the name in it, kept with the composer. */
Str advice_said_by(Composer *c, Term pattern, Str who);
/* The cell of a table's row, or of its head, which is row n; as records the columns are two. The context is an
 * Advice. */
void advice_cell(void *context, size_t row, size_t column, CellContent *content);
void advice_record_cell(void *context, size_t row, size_t column, CellContent *content);
/* "Frist: 1. maj 2013", a line or less of a record; nothing where that isn't given. */
Piece advice_field(Advice *a, const Recommendation *r, int kind);
/* The theme or section that recommendations belong to, by its index in the edition. That of all recommendations would only
 * repeat the title of their part: among others it is of the whole report. */
Str advice_section_name(Composer *c, size_t section);
/* The theme that begins with a row, or empty. */
Str advice_group(void *context, size_t row);
/* The name of the place where a row begins. */
Str advice_destination(void *context, size_t row);

/* ---- advice_columns.c ----------------------------------------------------------------------- */

/* Which columns there are; one that is empty in every row is left out, unless it is to be filled in by hand. */
void advice_choose_columns(Advice *a);
/* In all tables of a report, and of its documents, the economy stands in the same place: folds its column away
 * where it would squeeze the proposals. */
void advice_place_economy(Advice *a);
/* How wide each column of a table is, in points; 0: as makes the table lowest. */
void advice_set_columns(Advice *a, TableColumn *column);
/* The same as in all documents of the report of this kind, where a column stands in them. */
void advice_use_common_widths(const Advice *a, TableColumn *column);
/* In brief: finds the rows that keep their text, since they are as high without it or all of them have room. Columns of
 * a table that isn't one of records get the widths that they have without. */
void advice_keep_texts(Advice *a, const TableSpec *table, TableColumn *column);
/* Whether the records' first two fields have room beside each other in all of them, in a cell so wide, in points. */
bool advice_pairs(Advice *a, float width);
/* Above and below a row, in points. */
float advice_row_padding(const Composer *c);

#endif
