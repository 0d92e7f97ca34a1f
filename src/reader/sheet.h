/* One spreadsheet: rows under known headings, checked for what spreadsheets do to them. */
#ifndef READER_SHEET_H
#define READER_SHEET_H

#include "reader/csv.h"
#include "reader/internal.h"

/* Rows that Excel writes at a time. Where the last cells are empty in all of them, it leaves out their
 * separators (support.microsoft.com, "Column delimiters are missing in Excel spreadsheet saved as text"). */
enum { SHEET_BLOCK = 16 };

typedef struct {
    Pos pos;
    size_t cells;
} ShortRow;

typedef struct {
    Reader r; /* of this file; its results belong to nobody */
    Csv csv;
    const Columns *columns;
    size_t column[KNOWN_COLUMNS]; /* where each of them is in a row */
    size_t headings;              /* cells of the first row */
    bool *named;                  /* which of them say something */
    size_t block_end, least, most, short_rows;
    ShortRow short_row[SHEET_BLOCK]; /* of the block of rows that is being read */
} Sheet;

/* Opens a file and reads its headings; false when there is nothing to go on with: whatever is wrong has
 * been reported. To be closed in any case. What it gives lives in the report's arena. */
bool sheet_open(Sheet *sheet, const Reader *of, const char *path, const Columns *columns);
void sheet_close(Sheet *sheet);

/* The next row with something in it; false when there is none. */
bool sheet_row(Sheet *sheet);
/* A cell of the row by the number of its column; one without text where there is none. The text may lie in
 * the file's and ends with it. */
CsvCell sheet_cell(const Sheet *sheet, size_t column);
/* Its text read as Markdown; NULL when it is empty. */
Inline *sheet_inlines(Sheet *sheet, size_t column);

#endif
