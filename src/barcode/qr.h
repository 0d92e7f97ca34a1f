/* Text to a QR code (ISO/IEC 18004). */
#ifndef BARCODE_QR_H
#define BARCODE_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Modules that must stay light around the code (5.3.8). */
enum { QR_QUIET = 4 };

typedef struct {
    size_t side;         /* in modules */
    unsigned char *dark; /* owned: 1 where a module is dark, row by row */
} QrCode;

/* A code that can be read when up to 15 % of it are lost (level M), as small as it can be. False when the
 * text is empty, has a NUL in it or is too long (more than some 2,300 bytes); nothing is owned then. */
bool qr_make(Str text, QrCode *out);
void qr_drop(QrCode *code);

#endif
