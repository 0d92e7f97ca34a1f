#include "base/utf8.h"
#include "page/page.h"

/* Whether the mark is among those of a letter that ends before `at`. */
static bool has_mark(Str text, size_t at, uint32_t mark)
{
    while (at < text.n) {
        uint32_t c = utf8_next(text, &at);
        if (c == mark)
            return true;
        if (!utf8_is_mark(c))
            break;
    }
    return false;
}

/* Finds the place of a character in the source: what is printed may be longer or shorter than what was
 * written. */
static bool find_missing(const Inline *in, const GlyphMissing *m, Pos *out)
{
    for (; in; in = in->next) {
        Pos at = in->pos;
        bool printed = in->kind == INLINE_TEXT || in->kind == INLINE_CODE;
        for (size_t i = 0; printed && i < in->text.n;) {
            uint32_t c = utf8_next(in->text, &i);
            if (c == m->character && (!m->mark || has_mark(in->text, i, m->mark))) {
                *out = at;
                return true;
            }
            if (c == '\n')
                at = (Pos){at.line + 1, 1, at.file};
            else if (at.column < UINT16_MAX)
                at.column++;
        }
        if (find_missing(in->children, m, out))
            return true;
    }
    return false;
}

static void tell_missing(Composer *c, const GlyphMissing *m, Pos at)
{
    char utf8[5] = "";
    unsigned code = (unsigned)m->character, mark = (unsigned)m->mark;
    utf8_put(utf8, m->character);
    if (c->request->replace_missing) {
        if (m->mark)
            diag_warning(
                c->diags, at,
                "no font has the letter U+%04X '%s' with the mark U+%04X; a mark stands for it",
                code, utf8, mark);
        else
            diag_warning(c->diags, at,
                         "no font has the character U+%04X '%s'; a mark stands for it", code, utf8);
        return;
    }
    if (m->mark)
        diag_error(c->diags, at, "no font has the letter U+%04X '%s' with the mark U+%04X", code,
                   utf8, mark);
    else
        diag_error(c->diags, at, "no font has the character U+%04X '%s'", code, utf8);
    diag_hint(c->diags, "--replace-missing lets a mark stand for it");
    c->failed = true;
}

/* Each character once, where it stands first. */
void spec_report_missing(Composer *c, const GlyphPara *para, const Pos *pos, const Inline *source)
{
    enum { MOST = 64 }; /* a text in another script has thousands */
    const GlyphMissing *told[MOST];
    uint32_t n = 0;
    for (uint32_t i = 0; i < para->missing_count && n < MOST; i++) {
        const GlyphMissing *m = &para->missing[i];
        bool again = false;
        for (uint32_t k = 0; k < n; k++)
            again |= told[k]->character == m->character && told[k]->mark == m->mark;
        if (again)
            continue;
        told[n++] = m;
        Pos at = pos[m->source];
        find_missing(source, m, &at);
        tell_missing(c, m, at);
    }
}

void spec_report(Composer *c, const Spec *s)
{
    spec_report_missing(c, s->para, s->pos, s->source);
    if (s->para->emergency && !s->told && s->runs && s->pos[0].line)
        diag_warning(c->diags, s->pos[0], "a word is too long for its line and is broken anywhere");
}
