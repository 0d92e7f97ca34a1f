#include <string.h>

#include "aloud/aloud.h"
#include "base/utf8.h"

/* ---- text -------------------------------------------------------------------------------------------- */

typedef struct {
    StrBuf *out;
    size_t from;   /* where the line's words begin */
    size_t opened; /* brackets */
    bool sign;     /* was last, and wants a colon before what comes */
} Writer;

static bool at_blank(const Writer *w)
{
    Str line = str_cut(strbuf_str(w->out), w->from, w->out->n);
    return !line.n || tagged_ends_in_blank(line);
}

static void drop_blanks(Writer *w)
{
    while (w->out->n > w->from && at_blank(w))
        w->out->n -= w->out->p[w->out->n - 1] == ' ' ? 1 : sizeof NO_BREAK_SPACE - 1;
}

/* Whether the line ends with a letter, a digit or what belongs to the word before; General Punctuation begins with 0xE2. */
static bool at_word(const Writer *w)
{
    Str line = str_cut(strbuf_str(w->out), w->from, w->out->n);
    size_t start = line.n ? utf8_start(line, line.n - 1) : 0;
    char first = line.n ? line.p[start] : ' ';
    return ascii_letter(first) || ascii_digit(first) || strchr(".,;:!?)%", first) ||
           ((first & 0x80) && first != '\xE2');
}

/* A bracket stands apart from a word before it. */
static void open_bracket(Writer *w, Str kind)
{
    if (at_word(w))
        strbuf_add_char(w->out, ' ');
    strbuf_add_char(w->out, '[');
    strbuf_add_str(w->out, kind);
    strbuf_add_text(w->out, ": ");
    w->opened++;
}

static void close_bracket(Writer *w)
{
    if (!w->opened)
        return;
    drop_blanks(w);
    if (w->out->p[w->out->n - 1] == ':') /* there was nothing in it */
        w->out->n--;
    strbuf_add_char(w->out, ']');
    w->opened--;
}

static void add_words(Writer *w, Str text)
{
    while (at_blank(w) && (str_starts(text, STR(" ")) || str_starts(text, STR(NO_BREAK_SPACE))))
        text = str_cut(text, text.p[0] == ' ' ? 1 : sizeof NO_BREAK_SPACE - 1, text.n);
    strbuf_add_str(w->out, text);
}

static void add_text(Writer *w, const Piece *piece, const AloudWords *words, Str language)
{
    if (words_same_language(piece->language, language)) {
        add_words(w, piece->text);
        return;
    }
    StrBuf name = {0};
    bool blank = piece->text.n && piece->text.p[piece->text.n - 1] == ' ';
    words_add_language(words, piece->language, &name);
    open_bracket(w, strbuf_str(&name));
    add_words(w, piece->text);
    close_bracket(w);
    if (blank)
        strbuf_add_char(w->out, ' ');
    strbuf_drop(&name);
}

void voice_text(StrBuf *out, const AloudLine *line, const AloudWords *words, Str language)
{
    if (line->page)
        strbuf_add_char(out, '\n');
    for (unsigned i = 0; i < line->depth; i++)
        strbuf_add_text(out, "  ");
    Writer w = {.out = out, .from = out->n};
    for (size_t i = 0; i < line->pieces; i++) {
        const Piece *piece = &line->piece[i];
        if (w.sign && piece->kind != PIECE_CLOSE)
            strbuf_add_text(out, ": ");
        w.sign = piece->kind == PIECE_SIGN;
        if (piece->kind == PIECE_SIGN)
            add_words(&w, piece->text);
        else if (piece->kind == PIECE_TEXT)
            add_text(&w, piece, words, language);
        else if (piece->kind == PIECE_OPEN)
            open_bracket(&w, piece->text);
        else
            close_bracket(&w);
    }
    while (w.opened)
        close_bracket(&w);
    drop_blanks(&w);
    strbuf_add_char(out, '\n');
}

/* ---- speech ------------------------------------------------------------------------------------------ */

static void add_escaped(StrBuf *out, Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '<' || c == '>' || c == '&' || c == '"')
            strbuf_addf(out, "&#%d;", c);
        else
            strbuf_add_char(out, c);
    }
}

/* Voices stand side by side: espeak-ng finds none within another. */
static void add_spoken(StrBuf *out, Str text, Str language, Str speaker)
{
    bool other = text.n && !words_same_language(language, speaker);
    if (other) {
        strbuf_add_text(out, "<voice xml:lang=\"");
        add_escaped(out, language);
        strbuf_add_text(out, "\">");
    }
    add_escaped(out, text);
    if (other)
        strbuf_add_text(out, "</voice>");
}

/* What the reader says of itself is parted from the text by a short break. */
void voice_ssml(StrBuf *out, const AloudLine *line, Str language, Str speaker)
{
    strbuf_add_text(out, "<p>");
    for (size_t i = 0; i < line->pieces; i++) {
        const Piece *piece = &line->piece[i];
        add_spoken(out, piece->text, piece->language.n ? piece->language : language, speaker);
        if (piece->kind == PIECE_SIGN || piece->kind == PIECE_OPEN)
            strbuf_add_text(out, i + 1 < line->pieces ? ", " : "");
        else if (piece->kind == PIECE_CLOSE)
            strbuf_add_char(out, ' ');
    }
    strbuf_add_text(out, "</p>\n");
}
