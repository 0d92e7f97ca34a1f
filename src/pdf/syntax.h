/* PDF syntax as bytes (ISO 32000-1, 7.3). */
#ifndef PDF_SYNTAX_H
#define PDF_SYNTAX_H

#include "base/str.h"

/* A text string as UTF-16BE with byte order mark, in hexadecimal: "<FEFF0041>". */
void syntax_text(StrBuf *out, Str utf8);
/* A byte string in hexadecimal: "<0041>", and in parentheses. */
void syntax_hex(StrBuf *out, Str bytes);
void syntax_bytes(StrBuf *out, Str bytes);
/* A name with its slash; every byte that isn't regular is escaped. */
void syntax_name(StrBuf *out, Str name);
/* "12 0 R", and with a key before it: "/P 12 0 R" */
void syntax_ref(StrBuf *out, uint32_t object);
void syntax_key_ref(StrBuf *out, const char *key, uint32_t object);
/* A number with at most three decimals, and a blank behind it. */
void syntax_number(StrBuf *out, double value);

#endif
