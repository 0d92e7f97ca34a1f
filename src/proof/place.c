#include "base/utf8.h"
#include "proof/internal.h"

/* More than anybody reads. */
enum { MOST_PLACES = 1000 };

/* The last segment that begins at or before a byte. */
static const Segment *segment_at(const Passage *p, size_t at)
{
    size_t low = 0, high = p->segments;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->segment[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return &p->segment[low];
}

Place passage_place(const Passage *p, size_t at)
{
    if (!p->segments)
        return (Place){0};
    const Segment *s = segment_at(p, at);
    return (Place){s->pos, s->lines, s->text, at - s->at};
}

bool passage_is_foreign(const Passage *p, size_t at)
{
    return p->segments && segment_at(p, at)->foreign;
}

static uint16_t column_plus(uint16_t column, size_t characters)
{
    size_t sum = column + characters;
    return (uint16_t)(sum > UINT16_MAX ? UINT16_MAX : sum);
}

/* From the byte to the end of its line or word: what is looked for in the source. */
static Str words_at(Str text, size_t at)
{
    Str rest = str_cut(text, at, text.n);
    return str_cut(rest, 0, str_find(rest, '\n'));
}

Pos place_pos(Proof *proof, Place place)
{
    Diags *diags = proof->diags;
    Pos pos = place.pos;
    Str text = place.text;
    size_t start = 0, at = place.at < text.n ? place.at : text.n;
    if (proof->places++ > MOST_PLACES)
        return pos;
    if (place.lines)
        return diags_find(diags, pos, place.lines, words_at(text, at));
    for (size_t i = 0; i < at; i++) {
        if (text.p[i] == '\n') {
            pos.line++;
            start = i + 1;
        }
    }
    if (!start) {
        pos.column = column_plus(pos.column, utf8_length(str_cut(text, 0, at)));
        return pos;
    }
    pos.column = 1; /* behind an indent and the marks of quotations, which the text is without */
    Str line = words_at(text, start);
    Pos begin = diags_find(diags, pos, 1, line);
    if (begin.column == 1)
        return diags_find(diags, pos, 1, words_at(text, at));
    begin.column = column_plus(begin.column, utf8_length(str_cut(text, start, at)));
    return begin;
}

Pos passage_pos(Proof *proof, const Passage *p, size_t at)
{
    return place_pos(proof, passage_place(p, at));
}
