/* What everything stands on: text, memory, tables, diagnostics, files and threads. Tables are held
 * against lists that can't be wrong, text against every character and every broken one. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/diag.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/store.h"
#include "base/utf8.h"
#include "base/work.h"

#include "page_support.h"
#include "suites.h"
#include "folder_support.h"

/* ---- text ----------------------------------------------------------------------------------- */

START_TEST(text_is_compared_cut_and_trimmed)
{
    ck_assert(str_equal(STR("abc"), str_from("abc")));
    ck_assert(!str_equal(STR("abc"), STR("abd")));
    ck_assert(!str_equal(STR("abc"), STR("ab")));
    ck_assert_uint_eq(str_from(NULL).n, 0);
    ck_assert_int_lt(str_compare(STR("a"), STR("b")), 0);
    ck_assert_int_lt(str_compare(STR("a"), STR("aa")), 0);
    ck_assert_int_gt(str_compare(STR("\xC3\xA5"), STR("z")), 0);
    ck_assert_int_eq(str_compare(STR("x"), STR("x")), 0);
    ck_assert(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
    ck_assert(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")));
    ck_assert(str_starts(STR("abc"), STR("")) && str_ends(STR("abc"), STR("")));
    ck_assert(str_equal(str_trim(STR(" \t\r\n a b \n")), STR("a b")));
    ck_assert_uint_eq(str_trim(STR(" \n ")).n, 0);
    Str words = STR(" mere  end\nto ");
    ck_assert(str_equal(str_next_word(&words), STR("mere")));
    ck_assert(str_equal(str_next_word(&words), STR("end")));
    ck_assert(str_equal(str_next_word(&words), STR("to")));
    ck_assert_uint_eq(str_next_word(&words).n, 0);
    ck_assert_uint_eq(str_find(STR("abcb"), 'b'), 1);
    ck_assert_uint_eq(str_find(STR("abc"), 'x'), 3);
    ck_assert(str_equal(str_cut(STR("abcdef"), 2, 4), STR("cd")));
    ck_assert(str_equal(str_cut(STR("abc"), 1, 99), STR("bc")));
    ck_assert_uint_eq(str_digits(STR("12a34"), 0), 2);
    ck_assert_uint_eq(str_digits(STR("12a34"), 2), 0);
    ck_assert_uint_eq(str_digits(STR("12a34"), 3), 2);
    ck_assert_uint_eq(str_digits(STR("12"), 2), 0);
    ck_assert_uint_eq(str_digits(STR("12"), 7), 0);
}
END_TEST

static void check_fixed(double value, int decimals, const char *expected)
{
    StrBuf out = {0};
    strbuf_add_fixed(&out, value, decimals);
    ck_assert_str_eq(out.p, expected);
    strbuf_drop(&out);
}

START_TEST(decimals_are_the_same_in_every_locale)
{
    bool danish = comma_locale_begin();
    check_fixed(1.5, 3, "1.5");
    check_fixed(-0.25, 2, "-0.25");
    check_fixed(2, 6, "2");
    check_fixed(0.0004, 3, "0");
    check_fixed(-0.0004, 3, "0");
    check_fixed(0.9996, 3, "1");
    check_fixed(1234567.125, 3, "1234567.125");
    check_fixed(NAN, 2, "0");
    check_fixed(INFINITY, 2, "0");
    comma_locale_end();
    ck_assert(danish);
}
END_TEST

START_TEST(decimals_are_near_the_number)
{
    Random random = {1};
    StrBuf out = {0};
    for (int i = 0; i < 20000; i++) {
        int decimals = (int)random_below(&random, 7);
        double value = ((double)random_next(&random) - 2147483648.0) / 1000.0;
        strbuf_clear(&out);
        strbuf_add_fixed(&out, value, decimals);
        char *end;
        double read = strtod(out.p, &end);
        MUST(*end == 0);
        MUST_SAY(fabs(read - value) <= 0.5 * pow(10, -decimals) * 1.0001, "%s", out.p);
    }
    strbuf_drop(&out);
}
END_TEST

START_TEST(integers_and_formats_are_added)
{
    StrBuf out = {0};
    strbuf_add_int(&out, INT64_MIN);
    strbuf_add_char(&out, ' ');
    strbuf_add_int(&out, 0);
    strbuf_addf(&out, " %s-%u", "x", 7u);
    strbuf_add_str(&out, STR("!"));
    ck_assert_str_eq(out.p, "-9223372036854775808 0 x-7!");
    for (int i = 0; i < 5000; i++)
        strbuf_add(&out, "abc", 3);
    ck_assert_uint_eq(out.n, 27 + 15000);
    ck_assert_int_eq(out.p[out.n], 0);
    strbuf_clear(&out);
    ck_assert_uint_eq(strbuf_str(&out).n, 0);
    strbuf_drop(&out);
}
END_TEST

/* ---- characters ----------------------------------------------------------------------------- */

START_TEST(every_character_is_written_and_read_back)
{
    for (uint32_t c = 1; c < 0x110000; c++) {
        char bytes[4];
        if (c >= 0xD800 && c < 0xE000)
            continue;
        Str s = {bytes, utf8_put(bytes, c)};
        size_t at = 0;
        MUST_SAY(utf8_next(s, &at) == c && at == s.n, "U+%04X", c);
        MUST_SAY(utf8_invalid(s) == s.n && utf8_length(s) == 1, "U+%04X", c);
        for (size_t i = 0; i < s.n; i++)
            MUST_SAY(utf8_start(s, i) == 0, "U+%04X", c);
        MUST_SAY(utf8_start(s, s.n) == s.n, "U+%04X", c);
    }
}
END_TEST

/* Whether bytes are one character, by table 3-7 of Unicode 15, written anew. */
static bool one_character(const unsigned char *b, size_t n)
{
    static const unsigned char rows[][8] = {/* n, ranges of the bytes */
                                            {1, 0x00, 0x7F},
                                            {2, 0xC2, 0xDF, 0x80, 0xBF},
                                            {3, 0xE0, 0xE0, 0xA0, 0xBF, 0x80, 0xBF},
                                            {3, 0xE1, 0xEC, 0x80, 0xBF, 0x80, 0xBF},
                                            {3, 0xED, 0xED, 0x80, 0x9F, 0x80, 0xBF},
                                            {3, 0xEE, 0xEF, 0x80, 0xBF, 0x80, 0xBF}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bool fits = rows[r][0] == n;
        for (size_t i = 0; fits && i < n; i++)
            fits = b[i] >= rows[r][1 + 2 * i] && b[i] <= rows[r][2 + 2 * i];
        if (fits)
            return true;
    }
    return n == 4 && b[0] >= 0xF0 && b[0] <= 0xF4 && b[1] >= (b[0] == 0xF0 ? 0x90 : 0x80) &&
           b[1] <= (b[0] == 0xF4 ? 0x8F : 0xBF) && (b[2] & 0xC0) == 0x80 && (b[3] & 0xC0) == 0x80;
}

static size_t first_broken(const unsigned char *b, size_t n)
{
    for (size_t at = 0; at < n;) {
        size_t k = 1;
        while (k <= 4 && (at + k > n || !one_character(b + at, k)))
            k++;
        if (k > 4)
            return at;
        at += k;
    }
    return n;
}

START_TEST(broken_characters_are_found)
{
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                          0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
                                          0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF};
    enum { EDGES = sizeof edges };
    for (uint32_t i = 0; i < EDGES * EDGES * EDGES * EDGES; i++) {
        unsigned char b[4] = {edges[i % EDGES], edges[i / EDGES % EDGES],
                              edges[i / EDGES / EDGES % EDGES], edges[i / EDGES / EDGES / EDGES]};
        Str s = {(const char *)b, 4};
        size_t expected = first_broken(b, 4);
        MUST_SAY(utf8_invalid(s) == expected, "%02X %02X %02X %02X: %zu", b[0], b[1], b[2], b[3],
                 utf8_invalid(s));
        for (size_t at = 0; at < 4;) {
            size_t before = at;
            uint32_t c = utf8_next(s, &at);
            MUST(at > before && at <= 4 && c < 0x110000 && !(c >= 0xD800 && c < 0xE000));
            if (!one_character(b + before, at - before))
                MUST(c == UTF8_REPLACEMENT && at == before + 1);
        }
    }
}
END_TEST

START_TEST(capitals_become_small)
{
    static const char *const pairs[][2] = {{"ABC", "abc"},
                                           {"\xC3\x86\xC3\x98\xC3\x85", "\xC3\xA6\xC3\xB8\xC3\xA5"},
                                           {"\xC5\x81\xC3\x93\xC5\xB9", "\xC5\x82\xC3\xB3\xC5\xBA"},
                                           {"N\xC3\x98GLETAL", "n\xC3\xB8gletal"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        ck_assert(utf8_equal_fold(str_from(pairs[i][0]), str_from(pairs[i][1])));
    ck_assert(!utf8_equal_fold(STR("abc"), STR("abd")));
    ck_assert(!utf8_equal_fold(STR("abc"), STR("abcd")));
    ck_assert_uint_eq(utf8_find_fold(STR("Den \xC3\x85rlige \xC3\xA5"), STR("\xC3\xA5"), 0), 4);
    ck_assert_uint_eq(utf8_find_fold(STR("Den \xC3\x85rlige \xC3\xA5"), STR("\xC3\xA5"), 5), 12);
    ck_assert_uint_eq(utf8_find_fold(STR("abc"), STR("bd"), 0), 3);
    ck_assert_uint_eq(utf8_lower(0xD7), 0xD7); /* the multiplication sign is no letter */
    ck_assert_uint_eq(utf8_lower(0x4E00), 0x4E00);
}
END_TEST

START_TEST(what_may_not_reach_a_terminal)
{
    static const uint32_t odd[] = {0,      0x1F,   0x7F,   0x9F,   0x2028,          0x2029,
                                   0x202A, 0x202E, 0x2066, 0x2069, UTF8_REPLACEMENT};
    static const uint32_t plain[] = {0x20, 0x7E, 0xA0, 0xE5, 0x2027, 0x202F, 0x2065, 0x206A};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        MUST_SAY(utf8_is_odd(odd[i]), "U+%04X", odd[i]);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        MUST_SAY(!utf8_is_odd(plain[i]), "U+%04X", plain[i]);
}
END_TEST

static void check_slug(const char *text, const char *expected)
{
    StrBuf out = {0};
    strbuf_add_slug(&out, str_from(text));
    ck_assert_str_eq(out.p ? out.p : "", expected);
    strbuf_drop(&out);
}

START_TEST(slugs_are_plain)
{
    check_slug("Bander og kriminalitetstruede unge", "bander-og-kriminalitetstruede-unge");
    check_slug("\xC3\x86 \xC3\xB8 \xC3\x85", "ae-oe-aa");
    check_slug("Caf\xC3\xA9 \xE2\x80\x93 \"nu\"!", "cafe-nu");
    check_slug("  --  ", "");
    check_slug("2012/13", "2012-13");
}
END_TEST

START_TEST(utf16_has_pairs)
{
    StrBuf out = {0};
    strbuf_add_utf16be(&out, 'a');
    strbuf_add_utf16be(&out, 0x1F333);
    ck_assert_mem_eq(out.p, "\0a\xD8\x3C\xDF\x33", 6);
    ck_assert_uint_eq(out.n, 6);
    strbuf_drop(&out);
}
END_TEST

/* ---- encodings ------------------------------------------------------------------------------ */

static const struct {
    const char *bytes;
    size_t n;
    Encoding encoding;
    const char *text;
} encoded[] = {
#define BYTES(s) s, sizeof(s) - 1
    {BYTES(""), ENCODING_UTF8, ""},
    {BYTES("a\r\nb\rc\nd\r"), ENCODING_UTF8, "a\nb\nc\nd\n"},
    {BYTES("\xEF\xBB\xBF\xC3\xA6\r\n"), ENCODING_UTF8, "\xC3\xA6\n"},
    {BYTES("\xFF\xFE\xE6\0\r\0\n\0"), ENCODING_UTF16_LE, "\xC3\xA6\n"},
    {BYTES("\xFE\xFF\0\xE6\0\r"), ENCODING_UTF16_BE, "\xC3\xA6\n"},
    {BYTES("I\0d\0\x34\x04"), ENCODING_UTF16_LE, "Id\xD0\xB4"},
    {BYTES("\0I\0d\x04\x34"), ENCODING_UTF16_BE, "Id\xD0\xB4"},
    {BYTES("\xFF\xFE=\xD8\0\xDE"), ENCODING_UTF16_LE, "\xF0\x9F\x98\x80"},
    {BYTES("\xFF\xFE"), ENCODING_UTF16_LE, ""},
    {BYTES("N\xF8gletal \x80 \x96 5"), ENCODING_WINDOWS_1252,
     "N\xC3\xB8gletal \xE2\x82\xAC \xE2\x80\x93 5"},
    /* a damaged character does not make the others another encoding */
    {BYTES("N\xC3\xB8gletal \xE6"), ENCODING_UTF8, "N\xC3\xB8gletal \xE6"},
    /* two letters that look like one of UTF-8, among many that don't */
    {BYTES("CAF\xC9\x94 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 \xE6 "
           "\xE6 \xE6"),
     ENCODING_WINDOWS_1252,
     "CAF\xC3\x89\xE2\x80\x9D \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 "
     "\xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6 \xC3\xA6"},
};

START_TEST(text_is_decoded)
{
    StrBuf text = {0};
    strbuf_add(&text, encoded[_i].bytes, encoded[_i].n);
    ck_assert_int_eq(encoding_decode(&text), encoded[_i].encoding);
    ck_assert_msg(str_equal(strbuf_str(&text), str_from(encoded[_i].text)), "%.*s", (int)text.n,
                  text.p);
    strbuf_drop(&text);
}
END_TEST

static const struct {
    const char *bytes;
    size_t n, bad;
} meaningless[] = {
    {BYTES("\xFF\xFE\x61\0\0\xD8\x62\0"), 1}, /* the first half of a pair alone */
    {BYTES("\xFF\xFE\x61\0\0\xDC\x62\0"), 1}, /* the second */
    {BYTES("\xFF\xFE\x61\0\0\xD8"), 1},       /* at the end */
    {BYTES("\xFF\xFE\x61\0\x62"), 1},         /* half a character */
    {BYTES("bl\xE5 \x81 \xE6"), 5},           /* a byte that Windows gives no character */
#undef BYTES
};

START_TEST(what_means_nothing_is_found_at_its_place)
{
    StrBuf text = {0};
    strbuf_add(&text, meaningless[_i].bytes, meaningless[_i].n);
    encoding_decode(&text);
    ck_assert_uint_eq(utf8_invalid(strbuf_str(&text)), meaningless[_i].bad);
    strbuf_drop(&text);
}
END_TEST

/* ---- memory --------------------------------------------------------------------------------- */

START_TEST(what_an_arena_gives_is_apart_and_aligned)
{
    enum { PIECES = 3000 };
    static struct {
        unsigned char *p;
        size_t n;
    } piece[PIECES];
    Random random = {2};
    for (int round = 0; round < 3; round++) {
        Arena arena = {0};
        for (int again = 0; again < 2; again++) {
            for (uint32_t i = 0; i < PIECES; i++) {
                size_t n = random_once_in(&random, 200) ? random_below(&random, 300000)
                                                        : random_below(&random, 200);
                bool bytes = random_once_in(&random, 3);
                piece[i].p = bytes ? (void *)arena_bytes(&arena, n) : arena_alloc(&arena, n);
                piece[i].n = n;
                MUST(bytes || (uintptr_t)piece[i].p % 8 == 0);
                memset(piece[i].p, (int)(i & 0xFF), n);
            }
            for (uint32_t i = 0; i < PIECES; i++)
                for (size_t k = 0; k < piece[i].n; k++)
                    MUST(piece[i].p[k] == (i & 0xFF));
            arena_reset(&arena);
        }
        arena_drop(&arena);
    }
}
END_TEST

START_TEST(an_arena_copies)
{
    Arena arena = {0};
    const int from[] = {1, 2, 3};
    int *copy = arena_copy(&arena, from, 3, sizeof *from);
    ck_assert(copy != from && memcmp(copy, from, sizeof from) == 0);
    arena_copy(&arena, NULL, 0, 8);
    ck_assert_str_eq(arena_strndup(&arena, "abcdef", 3), "abc");
    ck_assert(str_equal(arena_str(&arena, STR("tekst")), STR("tekst")));
    unsigned char *zeros = arena_zalloc(&arena, 1000);
    for (int i = 0; i < 1000; i++)
        ck_assert_uint_eq(zeros[i], 0);
    arena_drop(&arena);
}
END_TEST

START_TEST(arrays_grow)
{
    ARRAY(uint64_t) a = {0};
    for (uint64_t i = 0; i < 100000; i++)
        array_push(&a, i * i);
    for (uint64_t i = 0; i < 100000; i++)
        MUST(a.at[i] == i * i);
    ck_assert_uint_eq(array_last(&a), 99999ULL * 99999);
    array_drop(&a);
    ck_assert_ptr_null(a.at);
    array_reserve(&a, 10);
    ck_assert_uint_ge(a.cap, 10);
    ck_assert_uint_eq(a.n, 0);
    array_drop(&a);
}
END_TEST

static int status_of_child(void (*work)(void))
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        work();
        _exit(0);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void too_many_things(void)
{
    mem_array(SIZE_MAX / 4, 8);
}

START_TEST(a_product_that_overflows_is_out_of_memory)
{
    ck_assert_int_eq(status_of_child(too_many_things), 3);
}
END_TEST

/* ---- tables --------------------------------------------------------------------------------- */

START_TEST(a_map_is_a_list_of_pairs)
{
    enum { KEYS = 3000 };
    static char text[KEYS][12];
    static uint32_t value[KEYS];
    static bool there[KEYS];
    Random random = {3};
    Map map = {0};
    size_t n = 0;
    for (int i = 0; i < KEYS; i++)
        snprintf(text[i], sizeof text[i], "k%d", i * 7);
    for (int step = 0; step < 60000; step++) {
        uint32_t i = random_below(&random, KEYS), found;
        MUST(map_get(&map, str_from(text[i]), &found) == there[i]);
        MUST(!there[i] || found == value[i]);
        if (random_once_in(&random, 3))
            continue;
        value[i] = random_next(&random);
        MUST(map_put(&map, str_from(text[i]), value[i]) == !there[i]);
        n += !there[i];
        there[i] = true;
        MUST(map.n == n);
    }
    map_drop(&map);
}
END_TEST

START_TEST(hashes_tell_contents_apart)
{
    char text[64] = "";
    Hash seen[64];
    for (size_t n = 0; n < 64; n++) {
        seen[n] = hash_bytes(text, n);
        for (size_t k = 0; k < n; k++)
            ck_assert(!hash_equal(seen[k], seen[n]));
    }
    HashState *state = hash_begin();
    hash_update(state, text, 10);
    hash_update(state, text, 0);
    hash_update(state, text, 53);
    ck_assert(hash_equal(hash_value(state), seen[63]));
    hash_end(state);
}
END_TEST

typedef struct {
    Store *store;
    void *kept[4000];
    atomic_int wrong;
} Keeping;

static void keep_one(void *context, size_t i, unsigned worker)
{
    Keeping *k = context;
    static char things[8][4000];
    size_t key = i % 4000;
    Hash hash = hash_bytes(&key, sizeof key);
    void *mine = &things[worker][key], *kept = store_keep(k->store, hash, mine);
    if (store_find(k->store, hash) != kept || (kept != mine && kept == NULL))
        atomic_fetch_add(&k->wrong, 1);
    void *none = NULL;
    if (!__atomic_compare_exchange_n(&k->kept[key], &none, kept, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_SEQ_CST) &&
        none != kept)
        atomic_fetch_add(&k->wrong, 1);
}

START_TEST(a_store_keeps_the_first_of_many_threads)
{
    static Keeping k;
    k.store = store_new();
    WorkQueue *queue = work_new(7);
    work_run(queue, 40000, 3, keep_one, &k);
    ck_assert_int_eq(atomic_load(&k.wrong), 0);
    ck_assert_uint_eq(store_count(k.store).kept, 4000);
    size_t missing = 4001;
    ck_assert_ptr_null(store_find(k.store, hash_bytes(&missing, sizeof missing)));
    work_drop(queue);
    store_drop(k.store);
}
END_TEST

/* ---- diagnostics ---------------------------------------------------------------------------- */

static uint16_t add_file(Diags *diags, const char *path, const char *text)
{
    return diags_file(diags, path, mem_strndup(text, strlen(text)), strlen(text));
}

static void check_printed(Diags *diags, const char *expected)
{
    char *text = diags_text(diags, diags_print);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(diagnostics_show_the_place)
{
    Diags *diags = diags_new();
    uint16_t file = add_file(diags, "a.md", "first\n\xC3\xA6\xC3\xB8 x\nthird");
    diag_error(diags, (Pos){2, 4, file}, "no '%s' here", "x");
    diag_hint(diags, "try %d", 7);
    diag_warning(diags, (Pos){1, 1, file}, "careful");
    diag_hint(diags, "%s", "");
    diag_error(diags, (Pos){0, 0, file}, "the whole of it");
    diag_error(diags, (Pos){0, 0, 0}, "nowhere");
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 3);
    ck_assert_uint_eq(diags_count(diags, DIAG_WARNING), 1);
    ck_assert_str_eq(diags_message(diags, 0), "no 'x' here");
    ck_assert_ptr_null(diags_message(diags, 4));
    check_printed(diags, "briefpack: error: nowhere\n"
                         "a.md:1:1: error: the whole of it\n"
                         "a.md:1:1: warning: careful\n"
                         "     1 | first\n"
                         "       | ^\n"
                         "a.md:2:4: error: no 'x' here\n"
                         "     2 | \xC3\xA6\xC3\xB8 x\n"
                         "       |    ^\n"
                         "  hint: try 7\n");
    check_printed(diags, "");
    diags_drop(diags);
}
END_TEST

START_TEST(what_is_said_twice_is_printed_once)
{
    Diags *diags = diags_new();
    uint16_t file = add_file(diags, "a.md", "x\ny\n");
    for (int i = 0; i < 3; i++)
        diag_error(diags, (Pos){1, 1, file}, "bad");
    diag_error(diags, (Pos){1, 1, file}, "worse");
    diag_error(diags, (Pos){2, 1, file}, "bad");
    check_printed(diags, "a.md:1:1: error: bad\n     1 | x\n       | ^\n"
                         "a.md:1:1: error: worse\n     1 | x\n       | ^\n"
                         "a.md:2:1: error: bad\n     2 | y\n       | ^\n");
    diags_drop(diags);
}
END_TEST

START_TEST(branches_join_in_order)
{
    Diags *diags = diags_new();
    uint16_t file = add_file(diags, "a.md", "x\n");
    Diags *one = diags_branch(diags), *two = diags_branch(diags);
    diag_warning(two, (Pos){1, 1, file}, "second");
    diag_error(one, (Pos){1, 1, file}, "first");
    diag_hint(one, "hint");
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 0);
    diags_join(diags, one);
    diags_join(diags, two);
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 1);
    check_printed(diags, "a.md:1:1: error: first\n     1 | x\n       | ^\n  hint: hint\n"
                         "a.md:1:1: warning: second\n     1 | x\n       | ^\n");
    diags_drop(diags);
}
END_TEST

START_TEST(diagnostics_stay_on_their_line)
{
    Diags *diags = diags_new();
    uint16_t file = add_file(diags, "a.md", "short\r\n\tx\x1B[31m\n");
    diag_error(diags, (Pos){1, 60000, file}, "beyond the end");
    diag_error(diags, (Pos){9, 1, file}, "no such line");
    diag_error(diags, (Pos){2, 2, file}, "a control character in the text: \x1B[31m");
    char *text = diags_text(diags, diags_print);
    ck_assert_ptr_null(strchr(text, 0x1B));
    ck_assert_ptr_null(strchr(text, '\r'));
    ck_assert_ptr_nonnull(strstr(text, "a.md:9:1: error: no such line\n"));
    free(text);
    diags_drop(diags);
}
END_TEST

START_TEST(other_places_and_advice_are_shown)
{
    Diags *diags = diags_new();
    uint16_t md = add_file(diags, "a.md", "one\ntwo\n");
    uint16_t csv = add_file(diags, "b.csv", "K1;5\nK2;6\n");
    diag_also(diags, (Pos){1, 1, md}, "nothing was said yet");
    diag_error(diags, (Pos){2, 2, md}, "the figure has two values");
    diag_hint(diags, "strike one of them");
    diag_also(diags, (Pos){2, 4, csv}, "the other value is '%d'", 6);
    diag_also(diags, (Pos){1, 1, md}, "and this is a third");
    diag_advice(diags, (Pos){1, 1, md}, "shorter would be better");
    ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), 1);
    ck_assert_uint_eq(diags_count(diags, DIAG_WARNING), 0);
    ck_assert_uint_eq(diags_count(diags, DIAG_ADVICE), 1);
    check_printed(diags, "a.md:1:1: advice: shorter would be better\n     1 | one\n       | ^\n"
                         "a.md:2:2: error: the figure has two values\n     2 | two\n       |  ^\n"
                         "b.csv:2:4: note: the other value is '6'\n     2 | K2;6\n       |    ^\n"
                         "a.md:1:1: note: and this is a third\n     1 | one\n       | ^\n"
                         "  hint: strike one of them\n");
    diags_drop(diags);
}
END_TEST

/* What is said last comes first in the file, so every one of them has to be looked at. */
static void say_backwards(Diags *diags, uint16_t file, uint32_t n)
{
    for (uint32_t line = n; line >= 1; line--) {
        diag_error(diags, (Pos){line, 1, file}, "error %u", line);
        diag_also(diags, (Pos){line, 1, file}, "also %u", line);
        diag_hint(diags, "hint %u", line);
    }
    diag_warning(diags, (Pos){1, 1, file}, "warning");
}

START_TEST(only_the_first_are_kept)
{
    enum { MANY = 1000 };
    for (int branched = 0; branched <= 1; branched++) {
        Diags *diags = diags_new();
        uint16_t file = add_file(diags, "a.md", "");
        diags_limit(diags, 2);
        Diags *branch = branched ? diags_branch(diags) : diags;
        say_backwards(branch, file, MANY);
        size_t kept = 0;
        while (diags_message(branch, kept))
            kept++;
        ck_assert_uint_lt(kept, MANY / 4);
        if (branched)
            diags_join(diags, branch);
        ck_assert_uint_eq(diags_count(diags, DIAG_ERROR), MANY);
        char *text = diags_text(diags, diags_print);
        ck_assert_msg(strstr(text, "a.md:1:1: error: error 1\n") == text, "%s", text);
        ck_assert_ptr_nonnull(strstr(text, "a.md:1:1: warning: warning\n"));
        ck_assert_ptr_nonnull(strstr(text, "a.md:2:1: error: error 2\n     2 | \n       | ^\n"
                                           "a.md:2:1: note: also 2\n     2 | \n       | ^\n"
                                           "  hint: hint 2\nbriefpack: note: 998 more errors are "
                                           "not shown; --max-errors=0 shows all\n"));
        free(text);
        check_printed(diags, "");
        diags_drop(diags);
    }
}
END_TEST

/* Each document says what is wrong with the report, and what of it isn't shown counts once. */
START_TEST(what_is_left_out_twice_counts_once)
{
    enum { MANY = 300 };
    Diags *diags = diags_new(), *branch[3];
    uint16_t file = add_file(diags, "a.md", "");
    diags_limit(diags, 2);
    for (int i = 0; i < 3; i++) {
        branch[i] = diags_branch(diags);
        say_backwards(branch[i], file, MANY + (uint32_t)i);
    }
    for (int i = 0; i < 3; i++)
        diags_join(diags, branch[i]);
    char *text = diags_text(diags, diags_print);
    ck_assert_ptr_nonnull(strstr(text, "note: 300 more errors are not shown"));
    free(text);
    diags_drop(diags);
}
END_TEST

START_TEST(carets_stand_under_characters_of_any_width)
{
    static const struct {
        const char *line;
        uint16_t column;
        const char *shown;
    } cases[] = {
        {"\tx!", 3, " x!\n       |   ^\n"},
        {"\u65E5\u672C!", 3, "\u65E5\u672C!\n       |     ^\n"},
        {"e\u0301a\u0302!", 5, "e\u0301a\u0302!\n       |   ^\n"},
        {"\U0001F600 !", 3, "\U0001F600 !\n       |    ^\n"},
        /* NOLINTNEXTLINE(misc-misleading-bidirectional): that it misleads is the point */
        {"a\xE2\x80\xAE"
         "b!",
         4, "a?b!\n       |    ^\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diags *diags = diags_new();
        uint16_t file = add_file(diags, "a.md", cases[i].line);
        diag_error(diags, (Pos){1, cases[i].column, file}, "here");
        StrBuf expected = {0};
        strbuf_addf(&expected, "a.md:1:%u: error: here\n     1 | %s", cases[i].column,
                    cases[i].shown);
        check_printed(diags, expected.p);
        strbuf_drop(&expected);
        diags_drop(diags);
    }
}
END_TEST

/* The caret's character stays in sight however long the line and wide its characters. */
START_TEST(long_lines_are_shown_around_the_caret)
{
    static const char *const letters[] = {"a", "\u65E5"};
    for (int i = 0; i < 2; i++) {
        StrBuf line = {0};
        for (int k = 0; k < 500; k++)
            strbuf_add_text(&line, letters[i]);
        strbuf_add_char(&line, '!');
        for (int k = 0; k < 500; k++)
            strbuf_add_text(&line, letters[i]);
        Diags *diags = diags_new();
        uint16_t file = diags_file(diags, "a.md", line.p, line.n);
        diag_error(diags, (Pos){1, 501, file}, "here");
        char *text = diags_text(diags, diags_print);
        char *shown = strchr(text, '\n') + 1, *caret = strchr(shown, '\n') + 1;
        char *mark = strchr(shown, '!');
        ck_assert_ptr_nonnull(mark);
        size_t before = utf8_length((Str){shown + 9, (size_t)(mark - shown) - 9});
        ck_assert_int_eq(strchr(caret, '^') - caret, (ptrdiff_t)(9 + before * (i ? 2 : 1)));
        ck_assert_uint_le(utf8_length((Str){shown, (size_t)(caret - shown)}) * (i ? 2 : 1), 120);
        free(text);
        diags_drop(diags);
    }
}
END_TEST

START_TEST(messages_are_cut_between_characters)
{
    Diags *diags = diags_new();
    StrBuf name = {0};
    for (int i = 0; i < 100000; i++)
        strbuf_add_text(&name, "\u00E6");
    diag_error(diags, (Pos){0}, "x%s", name.p);
    Str message = str_from(diags_message(diags, 0));
    ck_assert_uint_eq(utf8_invalid(message), message.n);
    ck_assert_uint_lt(message.n, 1100);
    ck_assert(str_ends(message, STR("\u00E6\u2026")));
    strbuf_drop(&name);
    diags_drop(diags);
}
END_TEST

START_TEST(colours_mark_what_kind_it_is)
{
    Diags *diags = diags_new();
    uint16_t file = add_file(diags, "a.md", "x\n");
    diag_warning(diags, (Pos){1, 1, file}, "careful");
    diag_hint(diags, "more");
    char *text = diags_text(diags, diags_print_coloured);
    ck_assert_str_eq(text, "\033[1ma.md:1:1:\033[0m \033[1;35mwarning:\033[0m careful\n"
                           "     1 | x\n       | \033[1;35m^\033[0m\n"
                           "  \033[1;32mhint:\033[0m more\n");
    free(text);
    diags_drop(diags);
}
END_TEST

START_TEST(diagnostics_are_told_as_json)
{
    Diags *diags = diags_new();
    uint16_t file = add_file(diags, "a\\b.md", "first\nsecond");
    StrBuf out = {0};
    diag_error(diags, (Pos){2, 4, file}, "no '%.*s' in %zu \u00E6ons", 3, "\"\001\xFF", (size_t)5);
    diag_also(diags, (Pos){1, 1, file}, "here");
    diag_hint(diags, "a\tb");
    diag_advice(diags, (Pos){0}, "%d things", 3);
    diags_json(diags, &out);
    diags_json(diags, &out);
    diag_warning(diags, (Pos){0, 0, file}, "whole");
    diags_json(diags, &out);
    ck_assert_str_eq(
        out.p,
        "{\"severity\": \"advice\", \"code\": \"things\", \"message\": \"3 things\"},\n"
        "{\"severity\": \"error\", \"code\": \"no-in-aeons\", \"file\": \"a\\\\b.md\", \"line\": 2, "
        "\"column\": 4, \"message\": \"no '\\\"\\u0001\uFFFD' in 5 \u00E6ons\", \"hint\": \"a\\u0009b\", "
        "\"related\": [{\"message\": \"here\", \"file\": \"a\\\\b.md\", \"line\": 1, \"column\": 1}]},\n"
        "{\"severity\": \"warning\", \"code\": \"whole\", \"file\": \"a\\\\b.md\", \"line\": 1, "
        "\"column\": 1, \"message\": \"whole\"}");
    strbuf_drop(&out);
    diags_drop(diags);
}
END_TEST

START_TEST(the_nearest_word_is_meant)
{
    static const char *const words[] = {"title", "committee", "date", "language"};
    ck_assert_str_eq(diag_nearest(STR("titel"), words, 4), "title");
    ck_assert_str_eq(diag_nearest(STR("comittee"), words, 4), "committee");
    ck_assert_str_eq(diag_nearest(STR("Date"), words, 4), "date");
    ck_assert_ptr_null(diag_nearest(STR("zzzzzzz"), words, 4));
    ck_assert_ptr_null(diag_nearest(STR(""), words, 4));
    ck_assert_ptr_null(diag_nearest(STR("x"), words, 0));
    ck_assert_ptr_null(diag_nearest(STR("x"), words, 4));
}
END_TEST

START_TEST(letters_of_any_alphabet_are_one_mistake_each)
{
    static const char *const ids[] = {"K64", "K46", "b\u00F8rn", "\u00C6LDRE",
                                      "kvinder-og-b\u00F8rn"};
    ck_assert_str_eq(diag_nearest(STR("k46"), ids, 5), "K46");
    ck_assert_str_eq(diag_nearest(STR("4K6"), ids + 1, 4), "K46");
    ck_assert_str_eq(diag_nearest(STR("b\u00E5rn"), ids, 5), "b\u00F8rn");
    ck_assert_str_eq(diag_nearest(STR("\u00E6dlre"), ids, 5), "\u00C6LDRE");
    ck_assert_str_eq(diag_nearest(STR("kvinder og born"), ids, 5), "kvinder-og-b\u00F8rn");
    ck_assert_ptr_null(diag_nearest(STR("\u00E5\u00E5"), ids, 5));
    ck_assert_ptr_null(diag_nearest(STR("K9"), (const char *const[]){"K1", "K2"}, 2));
}
END_TEST

/* ---- files ---------------------------------------------------------------------------------- */

static void check_content(const char *path, const char *expected)
{
    StrBuf bytes = {0};
    ck_assert_int_eq(file_read(path, 1 << 20, &bytes), 0);
    ck_assert(str_equal(strbuf_str(&bytes), str_from(expected)));
    strbuf_drop(&bytes);
}

static void write_file(const char *path, const char *text)
{
    OutFile *file = outfile_open(path);
    outfile_write(file, text, strlen(text));
    ck_assert_int_eq(outfile_finish(file), 0);
    ck_assert_int_eq(outfile_publish(file), 0);
    ck_assert_uint_eq(outfile_size(file), strlen(text));
    outfile_drop(file);
}

START_TEST(a_file_is_complete_or_absent)
{
    char *path = file_join(folder, "a.txt");
    OutFile *file = outfile_open(path);
    outfile_write(file, "new", 3);
    ck_assert(!file_exists(path));
    ck_assert_int_eq(outfile_finish(file), 0);
    ck_assert(!file_exists(path));
    outfile_drop(file);
    ck_assert(!file_exists(path));
    ck_assert_int_eq(rmdir(folder), 0); /* nothing was left behind */
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    write_file(path, "old");
    check_content(path, "old");
    file = outfile_open(path);
    outfile_write(file, "new", 3);
    check_content(path, "old");
    ck_assert_int_eq(outfile_finish(file), 0);
    check_content(path, "old");
    ck_assert_int_eq(outfile_publish(file), 0);
    check_content(path, "new");
    outfile_drop(file);
    check_content(path, "new");
    mem_free(path);
}
END_TEST

START_TEST(what_a_killed_run_left_is_removed)
{
    char *path = file_join(folder, "a.txt");
    char *hidden = file_join(folder, ".a.txt.0.tmp");
    char *second = file_join(folder, ".a.txt.1.tmp");
    write_file(path, "old");
    write_file(hidden, "left");
    write_file(path, "new");
    check_content(path, "new");
    ck_assert(!file_exists(hidden));

    /* A file that a live run holds is not touched. */
    write_file(hidden, "held");
    int held = open(hidden, O_RDONLY);
    ck_assert_int_eq(flock(held, LOCK_EX | LOCK_NB), 0);
    write_file(second, "left");
    write_file(path, "newer");
    check_content(path, "newer");
    check_content(hidden, "held");
    ck_assert(!file_exists(second));
    close(held);
    write_file(path, "newest");
    ck_assert(!file_exists(hidden));

    /* Nor is anything but a file taken away. */
    ck_assert_int_eq(mkdir(hidden, 0700), 0);
    write_file(path, "last");
    check_content(path, "last");
    ck_assert(file_is_folder(hidden));
    mem_free(path);
    mem_free(hidden);
    mem_free(second);
}
END_TEST

START_TEST(large_files_are_whole)
{
    char *path = file_join(folder, "large");
    OutFile *file = outfile_open(path);
    StrBuf expected = {0}, found = {0};
    Random random = {4};
    for (int i = 0; i < 3000; i++) {
        char bytes[5000];
        size_t n = random_below(&random, sizeof bytes);
        for (size_t k = 0; k < n; k++)
            bytes[k] = (char)random_next(&random);
        outfile_write(file, bytes, n);
        strbuf_add(&expected, bytes, n);
    }
    ck_assert_int_eq(outfile_finish(file), 0);
    ck_assert_int_eq(outfile_publish(file), 0);
    outfile_drop(file);
    ck_assert_int_eq(file_read(path, SIZE_MAX, &found), 0);
    ck_assert(str_equal(strbuf_str(&expected), strbuf_str(&found)));
    strbuf_clear(&found);
    ck_assert_int_eq(file_read(path, expected.n, &found), 0);
    strbuf_clear(&found);
    ck_assert_int_eq(file_read(path, expected.n - 1, &found), EFBIG);
    strbuf_drop(&expected);
    strbuf_drop(&found);
    mem_free(path);
}
END_TEST

START_TEST(a_text_that_was_released_is_read_again)
{
    char *path = file_join(folder, "a.md");
    StrBuf expected = {0};
    for (int there = 1; there >= 0; there--) {
        Diags *diags = diags_new();
        uint16_t file = add_file(diags, path, "first\nsecond");
        diags_release_text(diags, file);
        write_file(path, there ? "first\rsecond" : "");
        if (!there)
            ck_assert_int_eq(remove(path), 0);
        diag_error(diags, (Pos){2, 3, file}, "this");
        strbuf_clear(&expected);
        strbuf_addf(&expected, "%s:2:3: error: this\n%s", path,
                    there ? "     2 | second\n       |   ^\n" : "");
        check_printed(diags, expected.p);
        diags_drop(diags);
    }
    strbuf_drop(&expected);
    mem_free(path);
}
END_TEST

START_TEST(errors_of_files_are_told)
{
    StrBuf out = {0};
    char *missing = file_join(folder, "missing/x");
    ck_assert_int_eq(file_read(missing, 10, &out), ENOENT);
    ck_assert_int_eq(file_read(folder, 10, &out), EISDIR);
    ck_assert(file_is_folder(folder) && !file_is_folder(missing) && !file_exists(missing));
    OutFile *file = outfile_open(missing);
    ck_assert_int_eq(outfile_error(file), ENOENT);
    outfile_write(file, "x", 1);
    ck_assert_int_eq(outfile_finish(file), ENOENT);
    ck_assert_int_eq(outfile_publish(file), ENOENT);
    outfile_drop(file);
    mem_free(missing);
    strbuf_drop(&out);
}
END_TEST

/* ---- threads -------------------------------------------------------------------------------- */

enum { JOBS = 5000, INNER = 7 };

typedef struct {
    WorkQueue *queue;
    atomic_int times[JOBS], inner[JOBS * INNER];
    atomic_int busy[8]; /* by worker: nobody else has its number */
    atomic_int wrong;
} Counting;

static void count_inner(void *context, size_t i, unsigned worker)
{
    Counting *c = ((Counting **)context)[0];
    size_t outer = (size_t)((Counting **)context)[1];
    atomic_fetch_add(&c->inner[outer * INNER + i], 1);
    if (worker >= work_threads(c->queue))
        atomic_fetch_add(&c->wrong, 1);
}

static void count_one(void *context, size_t i, unsigned worker)
{
    Counting *c = context;
    atomic_fetch_add(&c->times[i], 1);
    if (worker >= work_threads(c->queue))
        atomic_fetch_add(&c->wrong, 1);
    void *inner[] = {c, (void *)i};
    if (i % 5 == 0)
        work_run(c->queue, INNER, 1, count_inner, inner);
}

START_TEST(all_work_is_done_once)
{
    static const unsigned threads[] = {1, 2, 7};
    for (size_t t = 0; t < 3; t++) {
        Counting *c = mem_zalloc(sizeof *c);
        c->queue = work_new(threads[t]);
        ck_assert_uint_eq(work_threads(c->queue), threads[t]);
        work_run(c->queue, JOBS, 1 + t * 6, count_one, c);
        work_run(c->queue, 0, 1, count_one, c);
        for (int i = 0; i < JOBS; i++) {
            MUST(atomic_load(&c->times[i]) == 1);
            for (int k = 0; k < INNER; k++)
                MUST(atomic_load(&c->inner[i * INNER + k]) == (i % 5 == 0));
        }
        ck_assert_int_eq(atomic_load(&c->wrong), 0);
        work_drop(c->queue);
        mem_free(c);
    }
    ck_assert_uint_ge(work_processors(), 1);
}
END_TEST

static void work_alone(void *context, size_t i, unsigned worker)
{
    Counting *c = context;
    if (atomic_fetch_add(&c->busy[worker], 1) != 0)
        atomic_fetch_add(&c->wrong, 1);
    for (volatile int k = 0; k < (int)(i % 50); k++)
        ;
    atomic_fetch_sub(&c->busy[worker], 1);
}

START_TEST(a_worker_does_one_thing_at_a_time)
{
    Counting *c = mem_zalloc(sizeof *c);
    c->queue = work_new(7);
    work_run(c->queue, 50000, 1, work_alone, c);
    ck_assert_int_eq(atomic_load(&c->wrong), 0);
    work_drop(c->queue);
    mem_free(c);
}
END_TEST

static atomic_int living;

static void *make_number(void *context, size_t i, unsigned worker)
{
    (void)context;
    (void)worker;
    size_t *made = mem_alloc(sizeof *made);
    *made = i * i;
    atomic_fetch_add(&living, 1);
    return made;
}

static void discard_number(void *thing)
{
    atomic_fetch_sub(&living, 1);
    mem_free(thing);
}

static void stream_some(WorkQueue *queue, size_t n, size_t taken)
{
    WorkStream *stream = work_stream_open(queue, n, make_number, discard_number, NULL);
    for (size_t i = 0; i < taken; i++) {
        size_t *number = work_stream_next(stream);
        MUST(*number == i * i);
        discard_number(number);
    }
    work_stream_close(stream);
    ck_assert_int_eq(atomic_load(&living), 0);
}

static void stream_one(void *context, size_t i, unsigned worker)
{
    (void)worker;
    WorkStream *stream = work_stream_open(context, 20, make_number, discard_number, NULL);
    for (size_t k = 0; k < i % 20; k++)
        discard_number(work_stream_next(stream));
    work_stream_close(stream);
}

START_TEST(streams_are_in_order_and_lose_nothing)
{
    for (unsigned threads = 1; threads <= 7; threads += 3) {
        WorkQueue *queue = work_new(threads);
        stream_some(queue, 0, 0);
        stream_some(queue, 1, 1);
        stream_some(queue, 3000, 3000);
        stream_some(queue, 3000, 17);
        stream_some(queue, 3000, 0);
        work_run(queue, 200, 1, stream_one, queue);
        ck_assert_int_eq(atomic_load(&living), 0);
        work_drop(queue);
    }
}
END_TEST

/* ---- all ------------------------------------------------------------------------------------ */

static void add_files(Suite *suite)
{
    TCase *tests = tcase_create("files");
    tcase_add_checked_fixture(tests, folder_begin, folder_end);
    tcase_add_test(tests, a_text_that_was_released_is_read_again);
    tcase_add_test(tests, a_file_is_complete_or_absent);
    tcase_add_test(tests, what_a_killed_run_left_is_removed);
    tcase_add_test(tests, large_files_are_whole);
    tcase_add_test(tests, errors_of_files_are_told);
    suite_add_tcase(suite, tests);
}

static void add_text(Suite *suite)
{
    TCase *tests = tcase_create("text");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, text_is_compared_cut_and_trimmed);
    tcase_add_loop_test(tests, text_is_decoded, 0, sizeof encoded / sizeof *encoded);
    tcase_add_loop_test(tests, what_means_nothing_is_found_at_its_place, 0,
                        sizeof meaningless / sizeof *meaningless);
    tcase_add_test(tests, decimals_are_the_same_in_every_locale);
    tcase_add_test(tests, decimals_are_near_the_number);
    tcase_add_test(tests, integers_and_formats_are_added);
    tcase_add_test(tests, every_character_is_written_and_read_back);
    tcase_add_test(tests, broken_characters_are_found);
    tcase_add_test(tests, capitals_become_small);
    tcase_add_test(tests, what_may_not_reach_a_terminal);
    tcase_add_test(tests, slugs_are_plain);
    tcase_add_test(tests, utf16_has_pairs);
    suite_add_tcase(suite, tests);
}

static void add_memory(Suite *suite)
{
    TCase *tests = tcase_create("memory");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, what_an_arena_gives_is_apart_and_aligned);
    tcase_add_test(tests, an_arena_copies);
    tcase_add_test(tests, arrays_grow);
    tcase_add_test(tests, a_product_that_overflows_is_out_of_memory);
    tcase_add_test(tests, a_map_is_a_list_of_pairs);
    tcase_add_test(tests, hashes_tell_contents_apart);
    suite_add_tcase(suite, tests);
}

static void add_diagnostics(Suite *suite)
{
    TCase *tests = tcase_create("diagnostics");
    tcase_add_test(tests, diagnostics_show_the_place);
    tcase_add_test(tests, what_is_said_twice_is_printed_once);
    tcase_add_test(tests, branches_join_in_order);
    tcase_add_test(tests, diagnostics_stay_on_their_line);
    tcase_add_test(tests, other_places_and_advice_are_shown);
    tcase_add_test(tests, only_the_first_are_kept);
    tcase_add_test(tests, what_is_left_out_twice_counts_once);
    tcase_add_test(tests, carets_stand_under_characters_of_any_width);
    tcase_add_test(tests, long_lines_are_shown_around_the_caret);
    tcase_add_test(tests, messages_are_cut_between_characters);
    tcase_add_test(tests, colours_mark_what_kind_it_is);
    tcase_add_test(tests, diagnostics_are_told_as_json);
    tcase_add_test(tests, the_nearest_word_is_meant);
    tcase_add_test(tests, letters_of_any_alphabet_are_one_mistake_each);
    suite_add_tcase(suite, tests);
}

static void add_threads(Suite *suite)
{
    TCase *tests = tcase_create("threads");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_store_keeps_the_first_of_many_threads);
    tcase_add_test(tests, all_work_is_done_once);
    tcase_add_test(tests, a_worker_does_one_thing_at_a_time);
    tcase_add_test(tests, streams_are_in_order_and_lose_nothing);
    suite_add_tcase(suite, tests);
}

Suite *base_suite(void)
{
    Suite *suite = suite_create("base");
    add_text(suite);
    add_memory(suite);
    add_diagnostics(suite);
    add_files(suite);
    add_threads(suite);
    return suite;
}
