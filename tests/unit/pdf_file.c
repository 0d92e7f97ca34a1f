#include "pdf_file.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#include "page_support.h"

/* ---- tokens --------------------------------------------------------------------------------- */

static bool is_regular(char c)
{
    return !strchr("()<>[]{}/% \t\r\n\f", c) && c;
}

static Str string_in(Str from, size_t *at)
{
    size_t start = ++*at;
    for (int depth = 1; depth; ++*at) {
        MUST(*at < from.n);
        char c = from.p[*at];
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        *at += c == '\\';
    }
    return str_cut(from, start, *at - 1);
}

static Str regular_in(Str from, size_t *at)
{
    size_t start = *at;
    while (*at < from.n && is_regular(from.p[*at]))
        ++*at;
    return str_cut(from, start, *at);
}

static Token word_in(Str from, size_t *at)
{
    Token token = {TOKEN_WORD, regular_in(from, at), 0};
    MUST(token.text.n > 0);
    if (strspn(token.text.p, "+-.0123456789") >= token.text.n) {
        token.kind = TOKEN_NUMBER;
        token.number = strtod(token.text.p, NULL);
    }
    return token;
}

Token pdf_token(Str from, size_t *at)
{
    while (*at < from.n && ascii_space(from.p[*at]))
        ++*at;
    if (*at >= from.n)
        return (Token){TOKEN_END, {"", 0}, 0};
    Str rest = str_cut(from, *at, from.n);
    bool two = str_starts(rest, STR("<<")) || str_starts(rest, STR(">>"));
    if (two || rest.p[0] == '[' || rest.p[0] == ']') {
        *at += two ? 2 : 1;
        bool open = rest.p[0] == '<' || rest.p[0] == '[';
        return (Token){open ? TOKEN_OPEN : TOKEN_CLOSE, str_cut(rest, 0, two ? 2 : 1), 0};
    }
    if (rest.p[0] == '(')
        return (Token){TOKEN_STRING, string_in(from, at), 0};
    if (rest.p[0] == '<') {
        size_t end = str_find(rest, '>');
        MUST(end < rest.n);
        *at += end + 1;
        return (Token){TOKEN_HEX, str_cut(rest, 1, end), 0};
    }
    if (rest.p[0] == '/') {
        ++*at;
        return (Token){TOKEN_NAME, regular_in(from, at), 0};
    }
    return word_in(from, at);
}

bool token_is(const Token *token, const char *word)
{
    return str_equal(token->text, str_from(word));
}

static void add_hex(Str hex, StrBuf *out)
{
    for (size_t i = 0; i + 1 < hex.n; i += 2) {
        char digits[3] = {hex.p[i], hex.p[i + 1], 0};
        strbuf_add_char(out, (char)strtoul(digits, NULL, 16));
    }
}

void token_bytes(const Token *token, StrBuf *out)
{
    if (token->kind == TOKEN_HEX) {
        add_hex(token->text, out);
        return;
    }
    for (size_t i = 0; i < token->text.n; i++) {
        char c = token->text.p[i];
        if (c == '\\') {
            c = token->text.p[++i];
            MUST(strchr("()\\r", c));
            c = c == 'r' ? '\r' : c;
        }
        strbuf_add_char(out, c);
    }
}

/* ---- dictionaries --------------------------------------------------------------------------- */

Str pdf_whole(Str value)
{
    size_t at = 0;
    int depth = 0;
    do {
        Token token = pdf_token(value, &at);
        MUST(token.kind != TOKEN_END);
        depth += token.kind == TOKEN_OPEN ? 1 : token.kind == TOKEN_CLOSE ? -1 : 0;
    } while (depth > 0);
    return str_cut(value, 0, at);
}

/* Moves behind a value: a reference is three tokens, an array or dictionary many. */
static void skip_value(Str from, size_t *at)
{
    size_t start = *at;
    Token token = pdf_token(from, at);
    Str rest = str_cut(from, start, from.n);
    if (token.kind == TOKEN_OPEN) {
        *at = start + pdf_whole(rest).n;
    } else if (token.kind == TOKEN_NUMBER && pdf_ref(rest)) {
        pdf_token(from, at);
        pdf_token(from, at);
    }
}

Str pdf_value_in(Str dictionary, const char *key)
{
    size_t at = 0;
    Token token = pdf_token(dictionary, &at);
    MUST(token_is(&token, "<<"));
    for (token = pdf_token(dictionary, &at); token.kind == TOKEN_NAME;
         token = pdf_token(dictionary, &at)) {
        if (token_is(&token, key))
            return str_cut(dictionary, at, dictionary.n);
        skip_value(dictionary, &at);
    }
    MUST(token_is(&token, ">>"));
    return (Str){"", 0};
}

Str pdf_value(const PdfFile *file, uint32_t object, const char *key)
{
    MUST(object < file->objects.n);
    return pdf_value_in(file->objects.at[object], key);
}

uint32_t pdf_ref(Str value)
{
    size_t at = 0;
    Token number = pdf_token(value, &at), generation = pdf_token(value, &at);
    Token r = pdf_token(value, &at);
    bool is_ref = number.kind == TOKEN_NUMBER && token_is(&generation, "0") && token_is(&r, "R");
    return is_ref ? (uint32_t)number.number : 0;
}

uint32_t pdf_key_ref(const PdfFile *file, uint32_t object, const char *key)
{
    return pdf_ref(pdf_value(file, object, key));
}

int64_t pdf_int(Str value)
{
    size_t at = 0;
    Token token = pdf_token(value, &at);
    MUST(token.kind == TOKEN_NUMBER);
    return (int64_t)token.number;
}

void pdf_refs(Str array, Numbers *out)
{
    Str whole = pdf_whole(array);
    size_t at = 0;
    double last[2] = {0, 0};
    for (Token token = pdf_token(whole, &at); token.kind != TOKEN_END;
         token = pdf_token(whole, &at)) {
        if (token.kind == TOKEN_WORD && token_is(&token, "R"))
            array_push(out, (uint32_t)last[0]);
        last[0] = last[1];
        last[1] = token.number;
    }
}

static bool has_name(Str value, const char *name)
{
    size_t at = 0;
    Token token = pdf_token(value, &at);
    return token.kind == TOKEN_NAME && token_is(&token, name);
}

/* ---- files ---------------------------------------------------------------------------------- */

static size_t expect(Str bytes, size_t at, const char *text)
{
    size_t n = strlen(text);
    MUST_SAY(at + n <= bytes.n && memcmp(bytes.p + at, text, n) == 0, "no '%s' at %zu", text, at);
    return at + n;
}

static size_t last_of(Str bytes, const char *text)
{
    size_t n = strlen(text), at = bytes.n;
    do
        MUST(at >= n);
    while (memcmp(bytes.p + --at, text, n) != 0);
    return at;
}

/* An object's text; a stream must be as long as it says. */
static Str object_at(Str bytes, size_t at, uint32_t number)
{
    StrBuf head = {0};
    strbuf_addf(&head, "%u 0 obj", number);
    at = expect(bytes, at, head.p);
    strbuf_drop(&head);
    Str rest = str_cut(bytes, at, bytes.n), dictionary = pdf_whole(rest);
    size_t end = dictionary.n;
    Token after = pdf_token(rest, &end);
    if (token_is(&after, "stream")) {
        end += rest.p[end] == '\r';
        end = expect(rest, end, "\n");
        end += (size_t)pdf_int(pdf_value_in(dictionary, "Length"));
        end += end < rest.n && rest.p[end] == '\r';
        end = expect(rest, end, "\nendstream");
        after = pdf_token(rest, &end);
    }
    MUST_SAY(token_is(&after, "endobj"), "object %u has no end", number);
    return str_cut(rest, 0, end - strlen("endobj"));
}

/* ---- the cross-reference stream (7.5.8) and object streams (7.5.7) --------------------------- */

typedef struct {
    uint32_t kind, place, index;
} Entry;

static void inflate(Str packed, StrBuf *out)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t room = 4096, got = 0;
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    while (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
        room *= 2;
        strbuf_reserve(out, room);
        result = libdeflate_zlib_decompress(d, packed.p, packed.n, out->p + out->n, room, &got);
    }
    libdeflate_free_decompressor(d);
    MUST(result == LIBDEFLATE_SUCCESS);
    out->n += got;
}

/* What is in the stream of an object, as the file has it. */
static Str stream_in(Str object)
{
    Str dictionary = pdf_whole(object);
    size_t at = dictionary.n;
    Token stream = pdf_token(object, &at);
    MUST(token_is(&stream, "stream"));
    at += object.p[at] == '\r' ? 2 : 1;
    return str_cut(object, at, at + (size_t)pdf_int(pdf_value_in(dictionary, "Length")));
}

static uint32_t big_endian(const unsigned char *from, int bytes)
{
    uint32_t value = 0;
    while (bytes--)
        value = value << 8 | *from++;
    return value;
}

/* Rows of 1 + 4 + 2 bytes, each as its difference from the one above. */
static void read_rows(Str object, StrBuf *rows)
{
    Str parameters = pdf_value_in(pdf_whole(object), "DecodeParms");
    MUST(pdf_int(pdf_value_in(pdf_whole(parameters), "Predictor")) == 12);
    MUST(pdf_int(pdf_value_in(pdf_whole(parameters), "Columns")) == 7);
    expect(str_trim(pdf_value_in(pdf_whole(object), "W")), 0, "[1 4 2]");
    StrBuf filtered = {0};
    inflate(stream_in(object), &filtered);
    MUST(filtered.n % 8 == 0);
    for (size_t at = 0; at < filtered.n; at += 8) {
        MUST(filtered.p[at] == 2);
        for (size_t k = 1; k < 8; k++) {
            char above = rows->n < 7 ? 0 : rows->p[rows->n - 7];
            strbuf_add_char(rows, (char)(filtered.p[at + k] + above));
        }
    }
    strbuf_drop(&filtered);
}

static Entry entry_in(const StrBuf *rows, uint32_t number)
{
    MUST(rows->p && (size_t)7 * number + 7 <= rows->n);
    const unsigned char *row = (const unsigned char *)rows->p + (size_t)7 * number;
    return (Entry){row[0], big_endian(row + 1, 4), big_endian(row + 5, 2)};
}

/* The objects of an object stream lie where its head says, each under its number. */
static void read_packed(PdfFile *file, const StrBuf *rows, uint32_t stream, StrBuf *text)
{
    Str object = file->objects.at[stream], dictionary = pdf_whole(object);
    inflate(stream_in(object), text);
    Str whole = strbuf_str(text);
    size_t at = 0, n = (size_t)pdf_int(pdf_value_in(dictionary, "N"));
    size_t first = (size_t)pdf_int(pdf_value_in(dictionary, "First"));
    for (size_t i = 0; i < n; i++) {
        Token number = pdf_token(whole, &at), place = pdf_token(whole, &at);
        MUST(number.number > 0 && number.number < (double)file->objects.n);
        Entry entry = entry_in(rows, (uint32_t)number.number);
        MUST(entry.kind == 2 && entry.place == stream && entry.index == i);
        Str rest = str_cut(whole, first + (size_t)place.number, whole.n);
        file->objects.at[(uint32_t)number.number] = pdf_whole(rest);
    }
    MUST(at <= first);
}

static void read_table(PdfFile *file, size_t start)
{
    Str bytes = file->bytes;
    size_t digits = strspn(bytes.p + start, "0123456789");
    MUST(digits > 0 && digits < 10);
    Str object = object_at(bytes, start, (uint32_t)strtoul(bytes.p + start, NULL, 10));
    StrBuf rows = {0};
    read_rows(object, &rows);
    file->trailer = pdf_whole(object);
    uint32_t entries = (uint32_t)pdf_int(pdf_value_in(file->trailer, "Size"));
    MUST(rows.n == (size_t)7 * entries);
    MUST(entry_in(&rows, 0).kind == 0 && entry_in(&rows, 0).index == 65535);
    for (uint32_t i = 0; i < entries; i++)
        array_push(&file->objects, ((Str){"", 0}));
    file->packed = mem_zalloc(entries * sizeof *file->packed);
    for (uint32_t i = 1; i < entries; i++) {
        Entry entry = entry_in(&rows, i);
        MUST(entry.kind == 1 || entry.kind == 2);
        MUST(entry.kind == 2 || entry.index == 0);
        if (entry.kind == 1)
            file->objects.at[i] = object_at(bytes, entry.place, i);
    }
    for (uint32_t i = 1; i < entries; i++)
        if (entry_in(&rows, i).kind == 1 && has_name(pdf_value(file, i, "Type"), "ObjStm"))
            read_packed(file, &rows, i, &file->packed[i]);
    for (uint32_t i = 1; i < entries; i++)
        MUST_SAY(file->objects.at[i].n > 0, "object %u is in no object stream", i);
    strbuf_drop(&rows);
}

static void check_refs(const PdfFile *file, Str from)
{
    Numbers refs = {0};
    pdf_refs(from, &refs);
    for (size_t i = 0; i < refs.n; i++)
        MUST_SAY(refs.at[i] > 0 && refs.at[i] < file->objects.n, "no object %u", refs.at[i]);
    array_drop(&refs);
}

static void check_id(const PdfFile *file)
{
    Str id = pdf_value_in(file->trailer, "ID");
    size_t at = 0;
    pdf_token(id, &at);
    Token first = pdf_token(id, &at), second = pdf_token(id, &at);
    MUST(first.kind == TOKEN_HEX && str_equal(first.text, second.text));
    MUST(first.text.n == 32);
}

void pdf_file_open(PdfFile *file, Str bytes)
{
    *file = (PdfFile){.bytes = bytes};
    size_t at = expect(bytes, 0, "%PDF-1.7\n%");
    for (int i = 0; i < 4; i++)
        MUST((unsigned char)bytes.p[at + (size_t)i] >= 0x80);
    size_t start = expect(bytes, last_of(bytes, "startxref\n"), "startxref\n");
    size_t digits = strspn(bytes.p + start, "0123456789");
    MUST(digits > 0 && expect(bytes, start + digits, "\n%%EOF\n") == bytes.n);
    read_table(file, strtoul(bytes.p + start, NULL, 10));
    for (uint32_t i = 1; i < file->objects.n; i++)
        check_refs(file, file->objects.at[i]);
    check_refs(file, file->trailer);
    check_id(file);
}

void pdf_file_close(PdfFile *file)
{
    for (size_t i = 0; i < file->objects.n; i++)
        strbuf_drop(&file->packed[i]);
    mem_free(file->packed);
    array_drop(&file->objects);
}

uint32_t pdf_root(const PdfFile *file)
{
    uint32_t root = pdf_ref(pdf_value_in(file->trailer, "Root"));
    MUST(root != 0);
    return root;
}

void pdf_stream_bytes(const PdfFile *file, uint32_t object, StrBuf *out)
{
    Str text = file->objects.at[object], packed = stream_in(text);
    Str filter = pdf_value_in(pdf_whole(text), "Filter");
    if (!str_starts(str_trim(filter), STR("/FlateDecode"))) {
        strbuf_add_str(out, packed);
        return;
    }
    inflate(packed, out);
    out->p[out->n] = 0;
}

/* ---- pages ---------------------------------------------------------------------------------- */

static int64_t add_pages(const PdfFile *file, uint32_t node, Numbers *out)
{
    if (has_name(pdf_value(file, node, "Type"), "Page")) {
        array_push(out, node);
        return 1;
    }
    MUST(has_name(pdf_value(file, node, "Type"), "Pages"));
    Numbers kids = {0};
    int64_t count = 0;
    pdf_refs(pdf_value(file, node, "Kids"), &kids);
    for (size_t i = 0; i < kids.n; i++) {
        MUST(pdf_key_ref(file, kids.at[i], "Parent") == node);
        count += add_pages(file, kids.at[i], out);
    }
    array_drop(&kids);
    MUST(pdf_int(pdf_value(file, node, "Count")) == count);
    return count;
}

void pdf_pages(const PdfFile *file, Numbers *out)
{
    add_pages(file, pdf_key_ref(file, pdf_root(file), "Pages"), out);
}

static void page_content(const PdfFile *file, uint32_t page, StrBuf *out)
{
    Numbers streams = {0};
    pdf_refs(pdf_value(file, page, "Contents"), &streams);
    MUST(streams.n > 0);
    for (size_t i = 0; i < streams.n; i++)
        pdf_stream_bytes(file, streams.at[i], out);
    array_drop(&streams);
}

/* ---- nesting -------------------------------------------------------------------------------- */

/* Checks a page's operators; returns the number of its marks. */
static uint32_t check_nesting(Str content)
{
    char open[16];
    size_t depth = 0, at = 0;
    uint32_t marks = 0;
    bool mcid = false;
    for (Token t = pdf_token(content, &at); t.kind != TOKEN_END; t = pdf_token(content, &at)) {
        if (t.kind == TOKEN_NAME)
            mcid = token_is(&t, "MCID");
        if (t.kind == TOKEN_NUMBER && mcid) {
            MUST(t.number == marks);
            marks++;
            mcid = false;
        }
        if (t.kind != TOKEN_WORD)
            continue;
        bool opens = token_is(&t, "BDC") || token_is(&t, "BT") || token_is(&t, "q");
        bool closes = token_is(&t, "EMC") || token_is(&t, "ET") || token_is(&t, "Q");
        char kind = t.text.p[0] == 'E' ? t.text.p[1] : t.text.p[0];
        kind = token_is(&t, "BT") || token_is(&t, "ET") ? 'T' : kind == 'M' ? 'B' : kind;
        if (opens) {
            MUST(depth < sizeof open);
            open[depth++] = kind;
        } else if (closes) {
            MUST(depth > 0);
            MUST(open[--depth] == (kind == 'Q' ? 'q' : kind));
        }
        if (token_is(&t, "Tj") || token_is(&t, "TJ") || token_is(&t, "Td"))
            MUST(memchr(open, 'T', depth) != NULL);
        if (token_is(&t, "re") || token_is(&t, "cm") || token_is(&t, "m"))
            MUST(memchr(open, 'T', depth) == NULL);
    }
    MUST(depth == 0);
    return marks;
}

/* ---- structure ------------------------------------------------------------------------------ */

/* What stands under a key of the parent tree. */
static Str parent_entry(const PdfFile *file, int64_t key)
{
    uint32_t root = pdf_key_ref(file, pdf_root(file), "StructTreeRoot");
    Numbers leaves = {0};
    Str found = {"", 0};
    pdf_refs(pdf_value(file, pdf_key_ref(file, root, "ParentTree"), "Kids"), &leaves);
    for (size_t i = 0; i < leaves.n; i++) {
        Str limits = pdf_value(file, leaves.at[i], "Limits"), nums;
        size_t at = 0;
        pdf_token(limits, &at);
        double low = pdf_token(limits, &at).number, high = pdf_token(limits, &at).number;
        if ((double)key < low || (double)key > high)
            continue;
        nums = pdf_whole(pdf_value(file, leaves.at[i], "Nums"));
        at = 0;
        pdf_token(nums, &at);
        for (Token t = pdf_token(nums, &at); t.kind == TOKEN_NUMBER; t = pdf_token(nums, &at)) {
            if ((int64_t)t.number == key)
                found = str_cut(nums, at, nums.n);
            skip_value(nums, &at);
        }
    }
    array_drop(&leaves);
    MUST_SAY(found.n > 0, "the parent tree lacks %d", (int)key);
    return found;
}

/* The kids of an element: one by itself, or an array. */
static void open_kids(const PdfFile *file, uint32_t element, Str *kids, size_t *at)
{
    Str value = pdf_value(file, element, "K");
    size_t end = 0;
    MUST(value.n > 0);
    skip_value(value, &end);
    *kids = str_cut(value, 0, end);
    *at = 0;
    Token first = pdf_token(*kids, at);
    if (!token_is(&first, "["))
        *at = 0;
}

/* How often an element's kids name a mark of a page. */
static unsigned times_named(const PdfFile *file, uint32_t element, uint32_t page, uint32_t mark)
{
    uint32_t own = pdf_key_ref(file, element, "Pg");
    unsigned times = 0;
    size_t at;
    Str kids;
    for (open_kids(file, element, &kids, &at);;) {
        size_t from = at;
        Token t = pdf_token(kids, &at);
        Str kid = str_cut(kids, from, kids.n);
        if (t.kind == TOKEN_END || t.kind == TOKEN_CLOSE)
            return times;
        if (t.kind == TOKEN_NUMBER && !pdf_ref(kid))
            times += own == page && (uint32_t)t.number == mark;
        if (token_is(&t, "<<") && has_name(pdf_value_in(kid, "Type"), "MCR"))
            times += pdf_ref(pdf_value_in(kid, "Pg")) == page &&
                     pdf_int(pdf_value_in(kid, "MCID")) == mark;
        at = from;
        skip_value(kids, &at);
    }
}

static unsigned times_annotated(const PdfFile *file, uint32_t element, uint32_t annotation)
{
    Str kids;
    size_t at;
    unsigned times = 0;
    open_kids(file, element, &kids, &at);
    for (Token t = pdf_token(kids, &at); t.kind != TOKEN_END; t = pdf_token(kids, &at))
        if (t.kind == TOKEN_NAME && token_is(&t, "Obj"))
            times += pdf_ref(str_cut(kids, at, kids.n)) == annotation;
    return times;
}

static void check_marks(const PdfFile *file, uint32_t page)
{
    StrBuf content = {0};
    Numbers owners = {0};
    page_content(file, page, &content);
    uint32_t marks = check_nesting(strbuf_str(&content));
    pdf_refs(parent_entry(file, pdf_int(pdf_value(file, page, "StructParents"))), &owners);
    MUST(owners.n == marks);
    for (uint32_t i = 0; i < marks; i++)
        MUST(times_named(file, owners.at[i], page, i) == 1);
    array_drop(&owners);
    strbuf_drop(&content);
}

static void check_annotations(const PdfFile *file, uint32_t page)
{
    Numbers list = {0};
    Str annotations = pdf_value(file, page, "Annots");
    if (annotations.n)
        pdf_refs(annotations, &list);
    for (size_t i = 0; i < list.n; i++) {
        int64_t key = pdf_int(pdf_value(file, list.at[i], "StructParent"));
        uint32_t element = pdf_ref(parent_entry(file, key));
        MUST(has_name(pdf_value(file, element, "S"), "Link"));
        MUST(pdf_key_ref(file, list.at[i], "P") == page);
        MUST_SAY(times_annotated(file, element, list.at[i]) == 1,
                 "the annotation %u isn't named by its link %u", list.at[i], element);
        MUST(pdf_value(file, list.at[i], "Contents").n > 0);
    }
    array_drop(&list);
}

/* Each element is a kid of its parent, and reached once. */
static uint32_t count_elements(const PdfFile *file, uint32_t element, uint32_t parent)
{
    uint32_t count = 1;
    size_t at;
    Str kids;
    MUST(pdf_key_ref(file, element, "P") == parent);
    for (open_kids(file, element, &kids, &at);;) {
        uint32_t kid = pdf_ref(str_cut(kids, at, kids.n));
        size_t next = at;
        Token t = pdf_token(kids, &next);
        if (t.kind == TOKEN_END || t.kind == TOKEN_CLOSE)
            return count;
        if (t.kind == TOKEN_NUMBER && kid)
            count += count_elements(file, kid, element);
        skip_value(kids, &at);
    }
}

static void check_elements(const PdfFile *file)
{
    uint32_t root = pdf_key_ref(file, pdf_root(file), "StructTreeRoot"), there = 0;
    Numbers top = {0};
    pdf_refs(pdf_value(file, root, "K"), &top);
    MUST(top.n == 1);
    for (uint32_t i = 1; i < file->objects.n; i++)
        there += pdf_value(file, i, "S").n && pdf_value(file, i, "P").n &&
                 !pdf_value(file, i, "Type").n;
    MUST(count_elements(file, top.at[0], root) == there);
    array_drop(&top);
}

void pdf_check_structure(const PdfFile *file)
{
    Numbers pages = {0};
    pdf_pages(file, &pages);
    for (size_t i = 0; i < pages.n; i++) {
        check_marks(file, pages.at[i]);
        check_annotations(file, pages.at[i]);
    }
    check_elements(file);
    array_drop(&pages);
}

/* ---- text ----------------------------------------------------------------------------------- */

/* A font as a reader sees it: codes and what they say. */
typedef struct {
    StrBuf map; /* its ToUnicode table */
    bool wide;
} TextFont;

static void open_font(const PdfFile *file, uint32_t page, Str name, TextFont *font)
{
    uint32_t resources = pdf_key_ref(file, page, "Resources");
    char key[32] = "";
    memcpy(key, name.p, name.n < 31 ? name.n : 31);
    uint32_t object = pdf_ref(pdf_value_in(pdf_value(file, resources, "Font"), key));
    MUST(object != 0);
    strbuf_clear(&font->map);
    pdf_stream_bytes(file, pdf_key_ref(file, object, "ToUnicode"), &font->map);
    font->wide = has_name(pdf_value(file, object, "Encoding"), "Identity-H");
}

static unsigned unit_at(const StrBuf *utf16, size_t i)
{
    return (unsigned)(unsigned char)utf16->p[i] << 8 | (unsigned char)utf16->p[i + 1];
}

static void add_utf16(Str hex, StrBuf *out)
{
    StrBuf utf16 = {0};
    add_hex(hex, &utf16);
    for (size_t i = 0; i + 1 < utf16.n; i += 2) {
        uint32_t c = unit_at(&utf16, i);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < utf16.n) {
            i += 2;
            c = 0x10000 + ((c & 0x3FF) << 10) + (unit_at(&utf16, i) & 0x3FF);
        }
        strbuf_add_utf8(out, c);
    }
    strbuf_drop(&utf16);
}

static void add_code(const TextFont *font, unsigned code, StrBuf *out)
{
    char key[16];
    snprintf(key, sizeof key, font->wide ? "\n<%04X> <" : "\n<%02X> <", code);
    const char *entry = font->map.p ? strstr(font->map.p, key) : NULL;
    MUST_SAY(entry != NULL, "the code %X has no text", code);
    const char *hex = entry + strlen(key);
    add_utf16((Str){hex, strcspn(hex, ">")}, out);
}

static void add_string(const TextFont *font, const Token *token, StrBuf *out)
{
    StrBuf bytes = {0};
    token_bytes(token, &bytes);
    MUST(!font->wide || bytes.n % 2 == 0);
    for (size_t i = 0; i < bytes.n; i += font->wide ? 2 : 1) {
        unsigned code = (unsigned char)bytes.p[i];
        if (font->wide)
            code = code << 8 | (unsigned char)bytes.p[i + 1];
        add_code(font, code, out);
    }
    strbuf_drop(&bytes);
}

/* What stands for the text of the marked content that begins here; empty when it speaks for itself. */
static bool has_actual_text(Str all, size_t properties, StrBuf *out)
{
    Str dictionary = str_cut(all, properties, all.n);
    if (!str_starts(dictionary, STR("<<")))
        return false;
    Str value = pdf_value_in(dictionary, "ActualText");
    if (!value.n)
        return false;
    size_t at = 0;
    Token text = pdf_token(value, &at);
    MUST(text.kind == TOKEN_HEX && str_starts(text.text, STR("FEFF")));
    add_utf16(str_cut(text.text, 4, text.text.n), out);
    return true;
}

void pdf_page_text(const PdfFile *file, uint32_t page, StrBuf *out)
{
    StrBuf content = {0};
    TextFont font = {0};
    size_t at = 0;
    Str name = {"", 0};
    bool told = false;
    page_content(file, page, &content);
    Str all = strbuf_str(&content);
    for (Token t = pdf_token(all, &at); t.kind != TOKEN_END; t = pdf_token(all, &at)) {
        if (t.kind == TOKEN_NAME)
            name = t.text;
        if (t.kind == TOKEN_OPEN && token_is(&t, "<<"))
            told = has_actual_text(all, at - 2, out);
        if (t.kind == TOKEN_WORD && token_is(&t, "EMC"))
            told = false;
        if (t.kind == TOKEN_WORD && token_is(&t, "Tf"))
            open_font(file, page, name, &font);
        if (t.kind == TOKEN_STRING && !told)
            add_string(&font, &t, out);
        if (t.kind == TOKEN_WORD && token_is(&t, "ET"))
            strbuf_add_char(out, '\n');
    }
    strbuf_drop(&font.map);
    strbuf_drop(&content);
}

/* ---- writing -------------------------------------------------------------------------------- */

static bool keep(void *context, const void *bytes, size_t n)
{
    strbuf_add(context, bytes, n);
    return true;
}

void pdf_write_bytes(const Document *document, unsigned threads, StrBuf *out)
{
    WorkQueue *queue = work_new(threads);
    PdfOptions options = {queue, STR("no real profile")};
    const char *failure = pdf_write(document, &options, keep, out);
    work_drop(queue);
    MUST_SAY(failure == NULL, "%s", failure);
}
