#include "base/utf8.h"
#include "tool.h"

/* The flags that hunspell itself gives a meaning, by the numbers that the file chose. */
typedef enum { BEGIN, MIDDLE, END, ONLY_IN_COMPOUND, NEED_AFFIX, FORBIDDEN, MEANINGS } Meaning;

enum { MOST_FLAGS = 128, DEEPEST = 3 };

typedef struct {
    Str strip, add, condition;
    Str flags; /* of the form that it makes */
} Suffix;

typedef ARRAY(Suffix) Suffixes;

typedef struct {
    Dictionary *out;
    Suffixes suffix[MOST_FLAGS]; /* by flag */
    unsigned meaning[MEANINGS];
    uint32_t word; /* the one whose forms are being made */
} Reader;

static Str next_field(Str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && !ascii_space(rest->p[n]))
        n++;
    Str field = str_cut(*rest, 0, n);
    *rest = str_cut(*rest, n, rest->n);
    return field;
}

static unsigned number_of(Str s)
{
    unsigned n = 0;
    for (size_t i = 0; i < s.n && ascii_digit(s.p[i]) && n < 100000; i++)
        n = n * 10 + (unsigned)(s.p[i] - '0');
    return n;
}

/* The next of flags that commas part; 0 when there is none. */
static unsigned next_flag(Str *flags)
{
    size_t comma = str_find(*flags, ',');
    unsigned flag = number_of(str_cut(*flags, 0, comma));
    *flags = comma < flags->n ? str_cut(*flags, comma + 1, flags->n) : (Str){"", 0};
    return flag;
}

/* ---- suffixes ------------------------------------------------------------------------------- */

static void read_suffix(Reader *r, Str rest)
{
    unsigned flag = number_of(next_field(&rest));
    Suffix s = {
        .strip = next_field(&rest), .add = next_field(&rest), .condition = next_field(&rest)};
    if (flag >= MOST_FLAGS)
        tool_fail("the dictionary has a suffix %u, more than are known here", flag);
    if (!s.condition.n)
        return; /* the head of a group */
    size_t slash = str_find(s.add, '/');
    s.flags = slash < s.add.n ? str_cut(s.add, slash + 1, s.add.n) : (Str){"", 0};
    s.add = str_cut(s.add, 0, slash);
    if (str_equal(s.strip, STR("0")))
        s.strip = (Str){"", 0};
    if (str_equal(s.add, STR("0")))
        s.add = (Str){"", 0};
    array_push(&r->suffix[flag], s);
}

static void read_aff(Reader *r, Str text)
{
    static const struct {
        const char *name;
        Meaning meaning;
    } settings[] = {{"COMPOUNDBEGIN", BEGIN},  {"COMPOUNDMIDDLE", MIDDLE},
                    {"COMPOUNDEND", END},      {"ONLYINCOMPOUND", ONLY_IN_COMPOUND},
                    {"NEEDAFFIX", NEED_AFFIX}, {"FORBIDDENWORD", FORBIDDEN}};
    Str line;
    while (tool_line(&text, &line)) {
        Str name = next_field(&line);
        if (str_equal(name, STR("SFX")))
            read_suffix(r, line);
        for (size_t i = 0; i < MEANINGS; i++)
            if (str_equal(name, str_from(settings[i].name)))
                r->meaning[settings[i].meaning] = number_of(next_field(&line));
    }
}

/* Whether the character is among those between brackets, such as [^aeiou]. */
static bool in_class(Str set, uint32_t c)
{
    size_t i = 0;
    bool inverted = set.n && set.p[0] == '^', found = false;
    for (i = inverted; i < set.n;)
        found |= utf8_next(set, &i) == c;
    return found != inverted;
}

static size_t character_before(Str s, size_t at)
{
    return at ? utf8_start(s, at - 1) : 0;
}

/* Cuts the last character or class off a condition. */
static Str last_class(Str *condition)
{
    size_t from = character_before(*condition, condition->n);
    Str class = str_cut(*condition, from, condition->n);
    if (condition->p[from] == ']') {
        while (from > 0 && condition->p[from] != '[')
            from--;
        class = str_cut(*condition, from + 1, condition->n - 1);
    }
    *condition = str_cut(*condition, 0, from);
    return class;
}

static bool fits(Str word, Str condition)
{
    size_t end = word.n;
    while (condition.n) {
        bool any = condition.p[condition.n - 1] == '.';
        Str class = last_class(&condition);
        if (!end)
            return false;
        size_t from = character_before(word, end), at = from;
        if (!any && !in_class(class, utf8_next(word, &at)))
            return false;
        end = from;
    }
    return true;
}

/* ---- forms ---------------------------------------------------------------------------------- */

static bool is_lower(Str word)
{
    for (size_t i = 0; i < word.n;) {
        uint32_t c = utf8_next(word, &i);
        if (c != utf8_lower(c) || c == '-' || c == '\'' || c == '.' || c == '/' ||
            (c < 0x80 && !ascii_letter((char)c)))
            return false;
    }
    return word.n > 0;
}

static void add_form(Reader *r, Str form, unsigned roles)
{
    Form f = {arena_str(&r->out->arena, form), r->word, (uint8_t)roles};
    if (roles && is_lower(form))
        array_push(&r->out->forms, f);
}

static unsigned roles_of(const Reader *r, Str flags)
{
    unsigned roles = FORM_WHOLE;
    while (flags.n) {
        unsigned flag = next_flag(&flags);
        if (flag == r->meaning[BEGIN] || flag == r->meaning[MIDDLE])
            roles |= FORM_FIRST;
        else if (flag == r->meaning[END])
            roles |= FORM_LAST;
        else if (flag == r->meaning[ONLY_IN_COMPOUND] || flag == r->meaning[NEED_AFFIX])
            roles &= ~(unsigned)FORM_WHOLE;
        else if (flag == r->meaning[FORBIDDEN])
            return 0;
    }
    return roles;
}

static void make_forms(Reader *r, Str word, Str flags, int depth);

static void add_suffix(Reader *r, Str word, const Suffix *s, int depth)
{
    if (!str_ends(word, s->strip) || !fits(word, s->condition))
        return;
    StrBuf form = {0};
    strbuf_add(&form, word.p, word.n - s->strip.n);
    strbuf_add_str(&form, s->add);
    make_forms(r, strbuf_str(&form), s->flags, depth + 1);
    strbuf_drop(&form);
}

static void make_forms(Reader *r, Str word, Str flags, int depth)
{
    add_form(r, word, roles_of(r, flags));
    for (Str rest = flags; rest.n && depth < DEEPEST;) {
        unsigned flag = next_flag(&rest);
        for (size_t i = 0; flag < MOST_FLAGS && i < r->suffix[flag].n; i++)
            add_suffix(r, word, &r->suffix[flag].at[i], depth);
    }
}

/* A name is known as one, by itself and with an s. */
static void add_name(Reader *r, Str word)
{
    Str name = arena_lower(&r->out->arena, word);
    StrBuf genitive = {0};
    strbuf_add_str(&genitive, name);
    strbuf_add_char(&genitive, 's');
    add_form(r, name, FORM_NAME);
    add_form(r, strbuf_str(&genitive), FORM_NAME);
    strbuf_drop(&genitive);
}

/* The word that an irregular form says that it belongs to ("bøger st:bog"), or an empty one. */
static Str stem_of(Str rest)
{
    while (str_trim(rest).n) {
        Str field = next_field(&rest);
        if (str_starts(field, STR("st:")))
            return str_cut(field, 3, field.n);
    }
    return (Str){"", 0};
}

static void read_entry(Reader *r, Str line)
{
    Str word = next_field(&line);
    size_t slash = str_find(word, '/');
    Str flags = slash < word.n ? str_cut(word, slash + 1, word.n) : (Str){"", 0};
    word = str_cut(word, 0, slash);
    Str stem = stem_of(line);
    r->word = (uint32_t)r->out->words.n;
    array_push(&r->out->words, arena_str(&r->out->arena, stem.n ? stem : word));
    if (str_ends(word, STR("-")) && word.n > 1)
        add_form(r, str_cut(word, 0, word.n - 1), FORM_FIRST);
    else if (is_lower(word) && stem.n)
        add_form(r, word, FORM_WHOLE | FORM_LAST);
    else if (is_lower(word))
        make_forms(r, word, flags, 0);
    else
        add_name(r, word);
}

static void read_dic(Reader *r, Str text)
{
    Str line;
    tool_line(&text, &line); /* how many there are */
    while (tool_line(&text, &line))
        if (str_trim(line).n && line.p[0] != '#')
            read_entry(r, line);
}

void dictionary_read(Dictionary *d, const char *aff, const char *dic, const char *more)
{
    Reader r = {.out = d};
    StrBuf rules = tool_read(aff), words = tool_read(dic), own = tool_read(more);
    read_aff(&r, strbuf_str(&rules));
    read_dic(&r, strbuf_str(&words));
    read_dic(&r, strbuf_str(&own));
    for (size_t i = 0; i < MOST_FLAGS; i++)
        array_drop(&r.suffix[i]);
    strbuf_drop(&rules);
    strbuf_drop(&words);
    strbuf_drop(&own);
    if (!d->forms.n)
        tool_fail("%s: it has no words", dic);
}

void dictionary_drop(Dictionary *d)
{
    array_drop(&d->words);
    array_drop(&d->forms);
    arena_drop(&d->arena);
}
