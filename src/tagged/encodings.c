#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/utf8.h"
#include "tagged/internal.h"

/* ---- encodings of one byte (ISO 32000-1, annex D); what isn't in a table is ASCII ---------------- */

/* clang-format off */
static const uint16_t mac_roman[128] = { /* from 0x80 on */
    0xC4, 0xC5, 0xC7, 0xC9, 0xD1, 0xD6, 0xDC, 0xE1, 0xE0, 0xE2, 0xE4, 0xE3, 0xE5, 0xE7, 0xE9,
    0xE8, 0xEA, 0xEB, 0xED, 0xEC, 0xEE, 0xEF, 0xF1, 0xF3, 0xF2, 0xF4, 0xF6, 0xF5, 0xFA, 0xF9,
    0xFB, 0xFC, 0x2020, 0xB0, 0xA2, 0xA3, 0xA7, 0x2022, 0xB6, 0xDF, 0xAE, 0xA9, 0x2122, 0xB4,
    0xA8, 0x2260, 0xC6, 0xD8, 0x221E, 0xB1, 0x2264, 0x2265, 0xA5, 0xB5, 0x2202, 0x2211, 0x220F,
    0x3C0, 0x222B, 0xAA, 0xBA, 0x3A9, 0xE6, 0xF8, 0xBF, 0xA1, 0xAC, 0x221A, 0x192, 0x2248, 0x2206,
    0xAB, 0xBB, 0x2026, 0xA0, 0xC0, 0xC3, 0xD5, 0x152, 0x153, 0x2013, 0x2014, 0x201C, 0x201D,
    0x2018, 0x2019, 0xF7, 0x25CA, 0xFF, 0x178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02,
    0x2021, 0xB7, 0x201A, 0x201E, 0x2030, 0xC2, 0xCA, 0xC1, 0xCB, 0xC8, 0xCD, 0xCE, 0xCF, 0xCC,
    0xD3, 0xD4, 0xF8FF, 0xD2, 0xDA, 0xDB, 0xD9, 0x131, 0x2C6, 0x2DC, 0xAF, 0x2D8, 0x2D9, 0x2DA,
    0xB8, 0x2DD, 0x2DB, 0x2C7};

static const uint16_t standard[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0xA1, 0xA2, 0xA3, 0x2044, 0xA5, 0x192, 0xA7, 0xA4, 0x27, 0x201C, 0xAB, 0x2039, 0x203A,
    0xFB01, 0xFB02, 0, 0x2013, 0x2020, 0x2021, 0xB7, 0, 0xB6, 0x2022, 0x201A, 0x201E, 0x201D,
    0xBB, 0x2026, 0x2030, 0, 0xBF, 0, 0x60, 0xB4, 0x2C6, 0x2DC, 0xAF, 0x2D8, 0x2D9, 0xA8, 0,
    0x2DA, 0xB8, 0, 0x2DD, 0x2DB, 0x2C7, 0x2014, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0xC6, 0, 0xAA, 0, 0, 0, 0, 0x141, 0xD8, 0x152, 0xBA, 0, 0, 0, 0, 0, 0xE6, 0, 0, 0, 0x131, 0,
    0, 0x142, 0xF8, 0x153, 0xDF, 0, 0, 0, 0};
/* clang-format on */

uint32_t encoding_character(Str encoding, unsigned code)
{
    if (str_equal(encoding, STR("WinAnsiEncoding")))
        return encoding_windows((unsigned char)code);
    bool mac = str_equal(encoding, STR("MacRomanEncoding"));
    if (code >= 0x80)
        return (mac ? mac_roman : standard)[code & 0x7F];
    if (!mac && (code == '\'' || code == '`'))
        return code == '`' ? 0x2018 : 0x2019;
    return code;
}

/* ---- names of glyphs (Adobe Glyph List), in the order of their bytes ------------------------------ */

typedef struct {
    const char *name;
    uint16_t character;
} GlyphName;

/* clang-format off */
static const GlyphName names[] = {
    {"AE", 0xC6}, {"Aacute", 0xC1}, {"Abreve", 0x102}, {"Acircumflex", 0xC2}, {"Adieresis", 0xC4},
    {"Agrave", 0xC0}, {"Amacron", 0x100}, {"Aogonek", 0x104}, {"Aring", 0xC5}, {"Atilde", 0xC3},
    {"Cacute", 0x106}, {"Ccaron", 0x10C}, {"Ccedilla", 0xC7}, {"Dcaron", 0x10E},
    {"Dcroat", 0x110}, {"Eacute", 0xC9}, {"Ecaron", 0x11A}, {"Ecircumflex", 0xCA},
    {"Edieresis", 0xCB}, {"Edotaccent", 0x116}, {"Egrave", 0xC8}, {"Emacron", 0x112},
    {"Eogonek", 0x118}, {"Eth", 0xD0}, {"Euro", 0x20AC}, {"Gbreve", 0x11E}, {"Iacute", 0xCD},
    {"Icircumflex", 0xCE}, {"Idieresis", 0xCF}, {"Idotaccent", 0x130}, {"Igrave", 0xCC},
    {"Imacron", 0x12A}, {"Iogonek", 0x12E}, {"Lacute", 0x139}, {"Lcaron", 0x13D},
    {"Lslash", 0x141}, {"Nacute", 0x143}, {"Ncaron", 0x147}, {"Ntilde", 0xD1}, {"OE", 0x152},
    {"Oacute", 0xD3}, {"Ocircumflex", 0xD4}, {"Odieresis", 0xD6}, {"Ograve", 0xD2},
    {"Ohungarumlaut", 0x150}, {"Omacron", 0x14C}, {"Oslash", 0xD8}, {"Otilde", 0xD5},
    {"Racute", 0x154}, {"Rcaron", 0x158}, {"Sacute", 0x15A}, {"Scaron", 0x160},
    {"Scedilla", 0x15E}, {"Tcaron", 0x164}, {"Thorn", 0xDE}, {"Uacute", 0xDA},
    {"Ucircumflex", 0xDB}, {"Udieresis", 0xDC}, {"Ugrave", 0xD9}, {"Uhungarumlaut", 0x170},
    {"Umacron", 0x16A}, {"Uogonek", 0x172}, {"Uring", 0x16E}, {"Yacute", 0xDD},
    {"Ydieresis", 0x178}, {"Zacute", 0x179}, {"Zcaron", 0x17D}, {"Zdotaccent", 0x17B},
    {"aacute", 0xE1}, {"abreve", 0x103}, {"acircumflex", 0xE2}, {"acute", 0xB4},
    {"adieresis", 0xE4}, {"ae", 0xE6}, {"agrave", 0xE0}, {"amacron", 0x101}, {"ampersand", 0x26},
    {"aogonek", 0x105}, {"approxequal", 0x2248}, {"aring", 0xE5}, {"asciicircum", 0x5E},
    {"asciitilde", 0x7E}, {"asterisk", 0x2A}, {"at", 0x40}, {"atilde", 0xE3}, {"backslash", 0x5C},
    {"bar", 0x7C}, {"braceleft", 0x7B}, {"braceright", 0x7D}, {"bracketleft", 0x5B},
    {"bracketright", 0x5D}, {"breve", 0x2D8}, {"brokenbar", 0xA6}, {"bullet", 0x2022},
    {"cacute", 0x107}, {"caron", 0x2C7}, {"ccaron", 0x10D}, {"ccedilla", 0xE7}, {"cedilla", 0xB8},
    {"cent", 0xA2}, {"circumflex", 0x2C6}, {"colon", 0x3A}, {"comma", 0x2C}, {"copyright", 0xA9},
    {"currency", 0xA4}, {"dagger", 0x2020}, {"daggerdbl", 0x2021}, {"dcaron", 0x10F},
    {"dcroat", 0x111}, {"degree", 0xB0}, {"dieresis", 0xA8}, {"divide", 0xF7}, {"dollar", 0x24},
    {"dotaccent", 0x2D9}, {"dotlessi", 0x131}, {"eacute", 0xE9}, {"ecaron", 0x11B},
    {"ecircumflex", 0xEA}, {"edieresis", 0xEB}, {"edotaccent", 0x117}, {"egrave", 0xE8},
    {"eight", 0x38}, {"ellipsis", 0x2026}, {"emacron", 0x113}, {"emdash", 0x2014},
    {"endash", 0x2013}, {"eogonek", 0x119}, {"equal", 0x3D}, {"eth", 0xF0}, {"exclam", 0x21},
    {"exclamdown", 0xA1}, {"ff", 0xFB00}, {"ffi", 0xFB03}, {"ffl", 0xFB04}, {"fi", 0xFB01},
    {"five", 0x35}, {"fl", 0xFB02}, {"florin", 0x192}, {"four", 0x34}, {"fraction", 0x2044},
    {"gbreve", 0x11F}, {"germandbls", 0xDF}, {"grave", 0x60}, {"greater", 0x3E},
    {"greaterequal", 0x2265}, {"guillemotleft", 0xAB}, {"guillemotright", 0xBB},
    {"guilsinglleft", 0x2039}, {"guilsinglright", 0x203A}, {"hungarumlaut", 0x2DD},
    {"hyphen", 0x2D}, {"iacute", 0xED}, {"icircumflex", 0xEE}, {"idieresis", 0xEF},
    {"igrave", 0xEC}, {"imacron", 0x12B}, {"infinity", 0x221E}, {"iogonek", 0x12F},
    {"lacute", 0x13A}, {"lcaron", 0x13E}, {"less", 0x3C}, {"lessequal", 0x2264},
    {"logicalnot", 0xAC}, {"lslash", 0x142}, {"macron", 0xAF}, {"minus", 0x2212}, {"mu", 0xB5},
    {"multiply", 0xD7}, {"nacute", 0x144}, {"nbspace", 0xA0}, {"ncaron", 0x148}, {"nine", 0x39},
    {"nonbreakingspace", 0xA0}, {"notequal", 0x2260}, {"ntilde", 0xF1}, {"numbersign", 0x23},
    {"oacute", 0xF3}, {"ocircumflex", 0xF4}, {"odieresis", 0xF6}, {"oe", 0x153},
    {"ogonek", 0x2DB}, {"ograve", 0xF2}, {"ohungarumlaut", 0x151}, {"omacron", 0x14D},
    {"one", 0x31}, {"onehalf", 0xBD}, {"onequarter", 0xBC}, {"onesuperior", 0xB9},
    {"ordfeminine", 0xAA}, {"ordmasculine", 0xBA}, {"oslash", 0xF8}, {"otilde", 0xF5},
    {"paragraph", 0xB6}, {"parenleft", 0x28}, {"parenright", 0x29}, {"percent", 0x25},
    {"period", 0x2E}, {"periodcentered", 0xB7}, {"perthousand", 0x2030}, {"plus", 0x2B},
    {"plusminus", 0xB1}, {"question", 0x3F}, {"questiondown", 0xBF}, {"quotedbl", 0x22},
    {"quotedblbase", 0x201E}, {"quotedblleft", 0x201C}, {"quotedblright", 0x201D},
    {"quoteleft", 0x2018}, {"quoteright", 0x2019}, {"quotesinglbase", 0x201A},
    {"quotesingle", 0x27}, {"racute", 0x155}, {"rcaron", 0x159}, {"registered", 0xAE},
    {"ring", 0x2DA}, {"sacute", 0x15B}, {"scaron", 0x161}, {"scedilla", 0x15F}, {"section", 0xA7},
    {"semicolon", 0x3B}, {"seven", 0x37}, {"sfthyphen", 0xAD}, {"six", 0x36}, {"slash", 0x2F},
    {"softhyphen", 0xAD}, {"space", 0x20}, {"sterling", 0xA3}, {"tcaron", 0x165}, {"thorn", 0xFE},
    {"three", 0x33}, {"threequarters", 0xBE}, {"threesuperior", 0xB3}, {"tilde", 0x2DC},
    {"trademark", 0x2122}, {"two", 0x32}, {"twosuperior", 0xB2}, {"uacute", 0xFA},
    {"ucircumflex", 0xFB}, {"udieresis", 0xFC}, {"ugrave", 0xF9}, {"uhungarumlaut", 0x171},
    {"umacron", 0x16B}, {"underscore", 0x5F}, {"uogonek", 0x173}, {"uring", 0x16F},
    {"yacute", 0xFD}, {"ydieresis", 0xFF}, {"yen", 0xA5}, {"zacute", 0x17A}, {"zcaron", 0x17E},
    {"zdotaccent", 0x17C}, {"zero", 0x30}};
/* clang-format on */

/* Compares with the key's n bytes. */
static int by_name(const void *key, const void *entry)
{
    const Str *name = key;
    const GlyphName *known = entry;
    int order = strncmp(name->p, known->name, name->n);
    return order ? order : known->name[name->n] ? -1 : 0;
}

/* Hexadecimal digits in capitals, four to six. */
static bool parse_hex(Str digits, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < digits.n; i++) {
        int digit = digits.p[i] < 'a' ? ascii_hex(digits.p[i]) : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return digits.n >= 4 && digits.n <= 6 && *out && *out <= 0x10FFFF;
}

static bool add_one(StrBuf *out, Str name)
{
    uint32_t c = 0;
    const GlyphName *known =
        bsearch(&name, names, sizeof names / sizeof *names, sizeof *names, by_name);
    if (known)
        c = known->character;
    else if (name.n == 1 && ascii_letter(name.p[0]))
        c = (unsigned char)name.p[0];
    else if (!(name.n >= 7 && str_starts(name, STR("uni")) && parse_hex(str_cut(name, 3, 7), &c)) &&
             !(name.n >= 5 && name.p[0] == 'u' && parse_hex(str_cut(name, 1, name.n), &c)))
        return false;
    strbuf_add_utf8(out, c);
    return true;
}

/* "f_f.alt" is a ligature of two, in a form of its own. */
bool encoding_glyph(StrBuf *out, Str name)
{
    name.n = str_find(name, '.');
    bool known = name.n > 0;
    while (name.n && known) {
        size_t end = str_find(name, '_');
        known = add_one(out, str_cut(name, 0, end));
        name = str_cut(name, end < name.n ? end + 1 : end, name.n);
    }
    return known;
}
