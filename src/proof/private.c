#include "base/cpr.h"
#include "base/utf8.h"
#include "proof/internal.h"

/* ---- what is seen of a passage --------------------------------------------------------------- */

/* Soft hyphens and spaces of no width stand within words and numbers, and nobody sees them. */
typedef struct {
    const Passage *passage;
    Str text; /* without them */
    StrBuf buffer;
    ARRAY(size_t)
    at; /* of each byte of the text, where it is in the passage's; none where that is the same */
} Seen;

static size_t unseen_at(Str s, size_t at)
{
    static const char *const signs[] = {"\xC2\xAD",     "\xE2\x80\x8B", "\xE2\x80\x8C",
                                        "\xE2\x80\x8D", "\xE2\x81\xA0", "\xEF\xBB\xBF"};
    Str rest = str_cut(s, at, s.n);
    for (size_t i = 0; (s.p[at] & 0x80) && i < sizeof signs / sizeof *signs; i++)
        if (str_starts(rest, str_from(signs[i])))
            return str_from(signs[i]).n;
    return 0;
}

static Seen seen_of(const Passage *p)
{
    Seen s = {.passage = p, .text = p->text};
    bool any = false;
    for (size_t i = 0; i < p->text.n && !any; i++)
        any = unseen_at(p->text, i) > 0;
    for (size_t i = 0, n; any && i < p->text.n; i += n ? n : 1) {
        n = unseen_at(p->text, i);
        if (n)
            continue;
        strbuf_add_char(&s.buffer, p->text.p[i]);
        array_push(&s.at, i);
    }
    s.text = any ? strbuf_str(&s.buffer) : p->text;
    return s;
}

static Pos seen_pos(Proof *proof, const Seen *s, size_t at)
{
    return passage_pos(proof, s->passage, s->at.n ? s->at.at[at] : at);
}

static void seen_drop(Seen *s)
{
    strbuf_drop(&s->buffer);
    array_drop(&s->at);
}

/* ---- numbers of persons --------------------------------------------------------------------- */

static void find_numbers(Proof *proof, void *state, const Passage *p)
{
    (void)state;
    size_t at = 0, n = 0;
    if (!proof->scan.numbers.n)
        return;
    Seen s = seen_of(p);
    for (; cpr_find(s.text, at, &at, &n); at += n) {
        diag_error(proof->diags, seen_pos(proof, &s, at),
                   "there is a personal identification number in the text [cpr]");
        diag_hint(proof->diags, "a report is no place for it; it is masked here");
    }
    seen_drop(&s);
}

const Check check_cpr = {"cpr", NULL, find_numbers, NULL, NULL};

/* ---- private names -------------------------------------------------------------------------- */

/* Names are looked up by their first two words, so that many names cost no more than one. */
typedef struct {
    Map first;     /* first two words in small letters, to the number of a name, plus one */
    size_t *other; /* of each name: the next with the same words, or 0 */
    Str *slug;     /* of each name, as addresses write it */
    Map first_slug;
    size_t *other_slug; /* the same for slugs */
    StrBuf word;
} PrivateNames;

static Str folded(StrBuf *out, Str word)
{
    strbuf_clear(out);
    strbuf_add_lower(out, word);
    return strbuf_str(out);
}

/* What is no letter or digit parts words, but for a figure. */
static size_t next_word(Str s, size_t at)
{
    while (at < s.n && !letter_at(s, at) && !ascii_digit(s.p[at]))
        at++;
    return at;
}

static bool is_genitive(Str rest)
{
    return utf8_equal_fold(rest, STR("s")) || utf8_equal_fold(rest, STR("'s")) ||
           utf8_equal_fold(rest, STR("\xE2\x80\x99s"));
}

/* Bytes of `word` that begin at `at` of the text, capitals and small letters alike; 0 when others do. */
static size_t equal_word(Str s, size_t at, Str word)
{
    size_t from = at;
    for (size_t i = 0; i < word.n;)
        if (at >= s.n || utf8_lower(utf8_next(s, &at)) != utf8_lower(utf8_next(word, &i)))
            return 0;
    return at - from;
}

/* The word at a byte and the one behind it, in small letters: names are kept under them. */
static Str key_at(StrBuf *out, Str text, size_t at)
{
    size_t end = word_end(text, at), next = next_word(text, end);
    folded(out, str_cut(text, at, end));
    if (next < text.n) {
        strbuf_add_char(out, ' ');
        strbuf_add_lower(out, str_cut(text, next, word_end(text, next)));
    }
    return strbuf_str(out);
}

/* Links a name to those with the same first word. */
static void keep(Map *first, size_t *other, Str key, size_t i)
{
    uint32_t before = 0;
    map_get(first, key, &before);
    other[i] = before;
    map_put(first, key, (uint32_t)i + 1);
}

static void keep_name(Proof *proof, PrivateNames *names, size_t i)
{
    StrBuf b = {0};
    Str name = proof->report->private_name[i];
    Str key = arena_str(&proof->arena, key_at(&names->word, name, next_word(name, 0)));
    strbuf_add_slug(&b, name);
    Str slug = names->slug[i] = arena_str(&proof->arena, strbuf_str(&b));
    strbuf_drop(&b);
    if (key.n)
        keep(&names->first, names->other, key, i);
    if (slug.n)
        keep(&names->first_slug, names->other_slug, str_cut(slug, 0, str_find(slug, '-')), i);
}

static void *begin_private(Proof *proof)
{
    size_t n = proof->report->private_names;
    PrivateNames *names = arena_new(&proof->arena, PrivateNames);
    names->other = arena_array(&proof->arena, n, size_t);
    names->other_slug = arena_array(&proof->arena, n, size_t);
    names->slug = arena_array(&proof->arena, n, Str);
    for (size_t i = 0; i < n; i++)
        keep_name(proof, names, i);
    return names;
}

/* Whether a whole name stands at `at`, its words parted by blanks or line ends, perhaps in the
 * genitive. */
static bool stands_at(Str s, size_t at, Str name)
{
    for (size_t i = next_word(name, 0); i < name.n;) {
        size_t end = word_end(name, i), n = equal_word(s, at, str_cut(name, i, end));
        if (!n)
            return false;
        Str rest = str_cut(s, at + n, word_end(s, at));
        i = next_word(name, end);
        if (i >= name.n)
            return !rest.n || is_genitive(rest);
        if (rest.n)
            return false;
        at = next_word(s, at + n);
    }
    return false;
}

static void tell_name(Proof *proof, Pos pos, Str name)
{
    diag_error(proof->diags, pos, "the private name '%.*s' stands in open text [private]",
               (int)name.n, name.p);
    diag_hint(proof->diags, "leave it out, or close the part that it stands in");
}

/* The genitive is another first word: "Bos" is found under "Bo". */
static uint32_t names_under(const PrivateNames *names, Str key)
{
    uint32_t found = 0;
    for (size_t cut = 0; cut <= 4 && cut < key.n && !found; cut++)
        if (!cut || is_genitive(str_cut(key, key.n - cut, key.n)))
            map_get(&names->first, str_cut(key, 0, key.n - cut), &found);
    return found;
}

static void find_names_at(Proof *proof, PrivateNames *names, const Seen *s, size_t at, Str key)
{
    for (size_t i = names_under(names, key); i; i = names->other[i - 1]) {
        Str name = proof->report->private_name[i - 1];
        if (stands_at(s->text, at, name))
            tell_name(proof, seen_pos(proof, s, at), name);
    }
}

static void find_names(Proof *proof, PrivateNames *names, const Passage *p)
{
    Seen s = seen_of(p);
    for (size_t at = next_word(s.text, 0), end; at < s.text.n; at = next_word(s.text, end)) {
        end = word_end(s.text, at);
        Str word = str_cut(s.text, at, end), two = key_at(&names->word, s.text, at);
        find_names_at(proof, names, &s, at, two);
        if (str_find(two, ' ') < two.n)
            find_names_at(proof, names, &s, at, folded(&names->word, word));
    }
    seen_drop(&s);
}

/* In viv-askeland.jpg and mailto:viv.askeland@…, a name stands as words of an address. */
static void find_in_address(Proof *proof, PrivateNames *names, const Passage *p)
{
    StrBuf slug = {0};
    strbuf_add_slug(&slug, p->text);
    Str rest = strbuf_str(&slug);
    for (size_t n; rest.n; rest = str_cut(rest, n + 1, rest.n)) {
        uint32_t i = 0;
        n = str_find(rest, '-');
        map_get(&names->first_slug, str_cut(rest, 0, n), &i);
        for (; i; i = (uint32_t)names->other_slug[i - 1]) {
            Str name = names->slug[i - 1];
            if (str_starts(rest, name) && (name.n == rest.n || rest.p[name.n] == '-'))
                tell_name(proof, passage_pos(proof, p, 0), proof->report->private_name[i - 1]);
        }
        if (n == rest.n)
            break;
    }
    strbuf_drop(&slug);
}

static void find_private(Proof *proof, void *state, const Passage *p)
{
    PrivateNames *names = state;
    if (!names->first.n || !p->open)
        return;
    if (p->kind == PASSAGE_ADDRESS)
        find_in_address(proof, names, p);
    else
        find_names(proof, names, p);
}

static void end_private(Proof *proof, void *state)
{
    (void)proof;
    PrivateNames *names = state;
    map_drop(&names->first);
    map_drop(&names->first_slug);
    strbuf_drop(&names->word);
}

const Check check_private = {"private", begin_private, find_private, NULL, end_private};
