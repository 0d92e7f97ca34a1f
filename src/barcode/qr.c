#include "barcode/qr.h"

#include <qrencode.h>
#include <string.h>

#include "base/mem.h"

bool qr_make(Str text, QrCode *out)
{
    *out = (QrCode){0, NULL};
    if (!text.n || memchr(text.p, 0, text.n))
        return false;
    char *copy = mem_strndup(text.p, text.n);
    QRcode *code = QRcode_encodeString(copy, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    mem_free(copy);
    if (!code)
        return false;
    out->side = (size_t)code->width;
    out->dark = mem_alloc(out->side * out->side);
    for (size_t i = 0; i < out->side * out->side; i++)
        out->dark[i] = code->data[i] & 1;
    QRcode_free(code);
    return true;
}

void qr_drop(QrCode *code)
{
    mem_free(code->dark);
    *code = (QrCode){0, NULL};
}
