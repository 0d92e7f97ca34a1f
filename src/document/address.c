#include "document/address.h"

#include <string.h>
#include <unicode/uidna.h>

enum { MOST_HOST = 256 }; /* bytes in ASCII: a name of the DNS has fewer */

static bool is_ascii(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] > '~')
            return false;
    return true;
}

static void print_bytes(StrBuf *out, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c > ' ' && c <= '~')
            strbuf_add_char(out, (char)c);
        else
            strbuf_addf(out, "%%%02X", c);
    }
}

static void print_host(StrBuf *out, Str host)
{
    char name[MOST_HOST];
    UErrorCode error = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    int32_t n = 0;
    if (!is_ascii(host)) {
        UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &error);
        n = uidna_nameToASCII_UTF8(idna, host.p, (int32_t)host.n, name, MOST_HOST, &info, &error);
        uidna_close(idna);
    }
    if (n > 0 && n <= MOST_HOST && U_SUCCESS(error) && !info.errors)
        strbuf_add(out, name, (size_t)n);
    else
        print_bytes(out, host);
}

/* Where the host begins: behind "//", or behind the "@" of mail; of an address that has none, at its end. */
static size_t host_begins(Str address)
{
    if (str_starts(address, STR("mailto:"))) {
        size_t at = str_find(address, '@');
        return at < address.n ? at + 1 : at;
    }
    size_t slashes = str_find(address, '/');
    bool named = slashes + 1 < address.n && address.p[slashes + 1] == '/';
    return named ? slashes + 2 : address.n;
}

void address_print(StrBuf *out, Str address)
{
    size_t host = host_begins(address), end = host;
    while (end < address.n && !strchr("/?#:", address.p[end]))
        end++;
    print_bytes(out, str_cut(address, 0, host));
    print_host(out, str_cut(address, host, end));
    print_bytes(out, str_cut(address, end, address.n));
}
