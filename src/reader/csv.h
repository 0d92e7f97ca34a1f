/* Spreadsheets saved as text: rows and cells, as Excel and LibreOffice write them (RFC 4180, with other
 * separators). Text is what encoding_decode gives. */
#ifndef READER_CSV_H
#define READER_CSV_H

#include "base/arena.h"
#include "base/array.h"
#include "base/diag.h"

/* Excel's own limits (support.microsoft.com, "Excel specifications and limits"), but for the columns, of
 * which it has 16,384. */
enum { CSV_MOST_ROWS = 1048576, CSV_MOST_CELLS = 1024, CSV_LONGEST_CELL = 32767 };

typedef struct CsvCell {
    Str text;     /* without quotes, and without blanks and line ends at both ends */
    Str raw;      /* what the text was made of, in the file */
    Pos pos;      /* of the first character of raw */
    bool doubled; /* quotation marks in raw are written twice */
} CsvCell;

typedef struct {
    Diags *diags; /* NULL: nothing is said */
    Arena *arena; /* for texts that had quotes in them; all others are parts of the file's */
    Str text;
    uint16_t file;
    char separator;
    size_t at;
    uint32_t line;
    size_t line_at, counted, column; /* where the line begins, and characters up to a byte of it */
    size_t rows;                     /* so far, empty ones included */
    Pos row;                         /* where the newest begins */
    bool stopped;                    /* a limit was reached, or a quote not closed */
    ARRAY(CsvCell) cells;            /* of the newest row */
} Csv;

/* Tells how many of the cells of a row are headings that are known. */
typedef size_t CsvKnown(void *context, const CsvCell *cell, size_t n);

/* Begins to read a text. The separator is what Excel's first line `sep=;` says; else semicolon, comma or
 * tab: that which makes most known headings of the first row, then most rows of the same length. */
void csv_open(Csv *csv, Diags *diags, Arena *arena, uint16_t file, Str text, CsvKnown *known,
              void *context);
void csv_close(Csv *csv);

/* Reads the next row into csv->cells; false when there is none. A row may have nothing in it. Quotes that
 * aren't closed, text behind a closing quote, and what exceeds a limit are reported. */
bool csv_row(Csv *csv);
/* Whether the newest row has any text. */
bool csv_row_is_empty(const Csv *csv);

#endif
