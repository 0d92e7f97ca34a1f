/* Addresses of web pages and mail, as what reads PDFs and codes wants them. */
#ifndef DOCUMENT_ADDRESS_H
#define DOCUMENT_ADDRESS_H

#include "base/str.h"

/* Appends an address in ASCII alone, as RFC 3986 has it: names of hosts as RFC 5891 writes them (xn--…), other letters as
 * the bytes of their UTF-8 (%C3%B8). What is in ASCII stays as it is, with what is encoded already. */
void address_print(StrBuf *out, Str address);

#endif
