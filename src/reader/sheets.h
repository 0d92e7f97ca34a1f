/* The spreadsheets beside a report, and where their rows belong in it. */
#ifndef READER_SHEETS_H
#define READER_SHEETS_H

#include "reader/sheet.h"

/* What a row says of the section of its figure or recommendation. */
typedef struct {
    size_t at; /* among the report's */
    Str theme; /* id or title of a section; empty: for the whole report */
    Pos pos;
    bool own;   /* the row made it; else it is already somewhere */
    bool named; /* it has an id of the author's */
} Claim;

typedef struct {
    ARRAY(Claim) figures;
    ARRAY(Claim) recommendations;
    Map figure_of;         /* id to number */
    Map recommendation_of; /* lead to the number of its place */
    ARRAY(Pos) leads;
} Sheets;

/* Reads those that lie in the report's folder, behind what the report itself says. */
void sheets_read(Reader *r, Sheets *sheets);
/* When the report has all its ids: gives every figure and recommendation its section, and orders and
 * numbers them by that; a section that shows none gets a place for them at its end. Frees `sheets`. */
void sheets_place(Reader *r, Sheets *sheets);

/* figures.c, recommendations.c: the rows of a file. */
void figures_read_sheet(Reader *r, Sheets *sheets, const char *path);
void recommendations_read_sheet(Reader *r, Sheets *sheets, const char *path);

/* basis.c: makes links and figures of the ids that stand in the basis of spreadsheets' recommendations. */
void basis_resolve(Reader *r, const Sheets *sheets);

#endif
