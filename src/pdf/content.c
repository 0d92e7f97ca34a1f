#include <libdeflate.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "pdf/internal.h"

/* Of the pages: 6 makes files smaller by less than one per cent and takes twice as long. */
enum { COMPRESSION = 1 };

#define UNKNOWN 0xFF000000u /* no colour: the next one is set anew */

/* What one thread needs to write pages. */
struct ContentWorker {
    StrBuf out, rules;
    Compressor *compressor;
};

/* Where the pen is while a page is written. */
typedef struct {
    const Pdf *p;
    const Page *page;
    StrBuf *out;
    StrBuf *rules; /* underlines, drawn when all else on the page is */
    MarkState mark;
    bool in_text;
    const PdfFont *font;
    float size, rise, scale;
    uint32_t fill, stroke; /* colours; the page begins with black */
    float width, dash;
    double line_x, line_y; /* where the current line of the text object begins */
    float height;          /* that y is counted from: the page's, or 0 inside DRAW_PUSH */
} Writer;

static void op(Writer *w, const char *text)
{
    strbuf_add_text(w->out, text);
}

static void number(Writer *w, double value)
{
    syntax_number(w->out, value);
}

static double flip(const Writer *w, float y)
{
    return (double)w->height - (double)y;
}

/* ---- state ---------------------------------------------------------------------------------- */

static void end_text(Writer *w)
{
    if (!w->in_text)
        return;
    op(w, "ET\n");
    w->in_text = false;
}

static void open_mark(Writer *w, Node owner)
{
    static const char *const artifact[] = {
        "/Artifact <</Type /Layout>> BDC\n",
        "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC\n",
        "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\n"};
    if (node_is_artifact(owner)) {
        op(w, artifact[ARTIFACT_LAYOUT - owner]);
        return;
    }
    const Document *d = w->p->document;
    Node element = document_role(d, owner) == ROLE_CONTENT ? d->nodes.at[owner].parent : owner;
    strbuf_add_char(w->out, '/');
    strbuf_add_text(w->out, role_name(document_role(d, element)));
    strbuf_add_text(w->out, "<</MCID ");
    strbuf_add_int(w->out, w->mark.mcid++);
    strbuf_add_text(w->out, ">>BDC\n");
}

/* Marked content opens and closes outside of text objects: both must nest. */
static void enter(Writer *w, Node owner)
{
    if (!w->p->document->tagged)
        return;
    unsigned what = marks_enter(&w->mark, owner);
    if (what)
        end_text(w);
    if (what & 1)
        op(w, "EMC\n");
    if (what & 2)
        open_mark(w, owner);
}

/* In a document that is grey, greys are those of the printer's black ink alone. */
static void colour_op(const Writer *w, StrBuf *out, uint32_t colour, bool stroke)
{
    bool grey = w->p->document->grey;
    for (int shift = grey ? 0 : 16; shift >= 0; shift -= 8)
        syntax_number(out, (double)(colour >> shift & 0xFF) / 255);
    strbuf_add_text(out, grey ? (stroke ? "G\n" : "g\n") : stroke ? "RG\n" : "rg\n");
}

static void set_fill(Writer *w, uint32_t colour)
{
    if (colour == w->fill)
        return;
    colour_op(w, w->out, colour, false);
    w->fill = colour;
}

static void set_stroke(Writer *w, uint32_t colour, float width, float dash)
{
    if (colour != w->stroke)
        colour_op(w, w->out, colour, true);
    if (width != w->width) {
        number(w, (double)width);
        op(w, "w\n");
    }
    if (dash != w->dash) {
        op(w, "[");
        if (dash > 0)
            number(w, (double)dash);
        op(w, "] 0 d\n");
    }
    w->stroke = colour;
    w->width = width;
    w->dash = dash;
}

/* ---- text ----------------------------------------------------------------------------------- */

static void begin_text(Writer *w)
{
    if (w->in_text)
        return;
    op(w, "BT\n");
    w->in_text = true;
    w->line_x = w->line_y = 0;
}

static void set_font(Writer *w, const GlyphWord *word, const GlyphRun *run)
{
    const PdfFonts *fonts = &w->p->fonts;
    const PdfFont *font = &fonts->list.at[fonts->of_face[word->face->number] - 1];
    float size = run->size * word->scale;
    if (font != w->font || size != w->size) {
        strbuf_add_text(w->out, "/F");
        strbuf_add_int(w->out, font - fonts->list.at + 1);
        strbuf_add_char(w->out, ' ');
        number(w, (double)size);
        op(w, "Tf\n");
    }
    if (run->rise != w->rise) {
        number(w, (double)run->rise);
        op(w, "Ts\n");
    }
    w->font = font;
    w->size = size;
    w->rise = run->rise;
    set_fill(w, run->colour);
}

/* The width of letters (ISO 32000-1, 9.3.4), in per cent. */
static void set_scale(Writer *w, float scale)
{
    if (scale == w->scale)
        return;
    strbuf_add_fixed(w->out, (double)scale * 100, 3);
    op(w, " Tz\n");
    w->scale = scale;
}

/* An array of strings and moves, as TJ shows it; without moves it is a string, as Tj does. */
typedef struct {
    Writer *w;
    double pen;   /* where the next glyph would stand, from the line's left end, before scaling */
    size_t start; /* of the array in the page's content */
    bool array, string, moved;
} Show;

static void show_close(Show *s)
{
    if (s->string)
        strbuf_add_char(s->w->out, ')');
    s->string = false;
}

static void show_end(Show *s)
{
    show_close(s);
    if (s->array && s->moved)
        op(s->w, "]TJ\n");
    else if (s->array)
        op(s->w, "Tj\n");
    if (s->array && !s->moved)
        s->w->out->p[s->start] = ' ';
    s->array = s->moved = false;
}

static void show_begin(Show *s)
{
    if (s->array)
        return;
    s->start = s->w->out->n;
    s->array = true;
    strbuf_add_char(s->w->out, '[');
}

static void show_move(Show *s, double to)
{
    double thousandths = (s->pen - to) * 1000 / (double)s->w->size;
    if (fabs(thousandths) < 0.05)
        return; /* less than anyone can see, and rounding alone */
    show_close(s);
    show_begin(s);
    s->moved = true;
    strbuf_add_fixed(s->w->out, thousandths, 2);
    s->pen = to;
}

static void show_byte(StrBuf *out, unsigned char c)
{
    if (c == '(' || c == ')' || c == '\\')
        strbuf_add_char(out, '\\');
    if (c == '\r')
        strbuf_add(out, "\\r", 2);
    else
        strbuf_add_char(out, (char)c);
}

static void show_code(Show *s, uint16_t code)
{
    StrBuf *out = s->w->out;
    show_begin(s);
    if (!s->string)
        strbuf_add_char(out, '(');
    s->string = true;
    if (s->w->font->wide)
        show_byte(out, (unsigned char)(code >> 8));
    show_byte(out, (unsigned char)code);
}

static void set_rise(Show *s, float rise)
{
    if (rise == s->w->rise)
        return;
    show_end(s);
    number(s->w, (double)rise);
    op(s->w, "Ts\n");
    s->w->rise = rise;
}

/* Shows one glyph whose origin is at x. */
static void show_glyph(Show *s, const Glyph *g, double x, double unit, float rise)
{
    const PairCode *code = &s->w->font->code[g->pair];
    set_rise(s, rise + (float)(g->dy * unit));
    show_move(s, x + g->dx * unit);
    show_code(s, code->code);
    s->pen += code->advance * unit;
}

static bool same_cluster(const GlyphWord *word, size_t a, size_t b)
{
    return word->glyph[a].cluster == word->glyph[b].cluster;
}

/* End of the text of the cluster that glyph i belongs to. */
static size_t cluster_end(const GlyphWord *word, size_t i)
{
    size_t end = word->text.n;
    for (size_t k = 0; k < word->n; k++)
        if (word->glyph[k].cluster > word->glyph[i].cluster && word->glyph[k].cluster < end)
            end = word->glyph[k].cluster;
    return end;
}

/* A cluster of several glyphs that don't pair with its characters is read as a whole. */
static void show_cluster(Show *s, const GlyphWord *word, size_t from, size_t to, const double *x,
                         double unit, float rise)
{
    Str text = str_cut(word->text, word->glyph[from].cluster, cluster_end(word, from));
    bool whole = to - from > 1 && utf8_length(text) != to - from && s->w->p->document->tagged;
    if (whole) {
        show_end(s);
        op(s->w, "/Span <</ActualText ");
        syntax_text(s->w->out, text);
        op(s->w, ">> BDC\n");
    }
    for (size_t k = from; k < to; k++) {
        size_t i = word->flags & WORD_RTL ? from + to - 1 - k : k;
        show_glyph(s, &word->glyph[i], x[i], unit, rise);
    }
    if (whole) {
        show_end(s);
        op(s->w, "EMC\n");
    }
}

/* Shows a word's clusters in reading order. */
static void show_word_clusters(Show *s, const GlyphWord *word, double at, double unit, float rise)
{
    double small[64], *x = word->n > 64 ? mem_array(word->n, sizeof *x) : small;
    double pen = at;
    for (size_t i = 0; i < word->n; i++) {
        x[i] = pen;
        pen += word->glyph[i].advance * unit;
    }
    bool rtl = (word->flags & WORD_RTL) != 0;
    for (size_t done = 0; done < word->n;) {
        size_t i = rtl ? word->n - 1 - done : done, from = i, to = i + 1;
        while (from > 0 && same_cluster(word, from - 1, i))
            from--;
        while (to < word->n && same_cluster(word, to, i))
            to++;
        show_cluster(s, word, from, to, x, unit, rise);
        done += to - from;
    }
    if (x != small)
        mem_free(x);
}

/* Most words: every glyph stands for the next characters, nothing is lifted or moved. */
static bool is_simple(const GlyphWord *word)
{
    if (word->flags & WORD_RTL)
        return false;
    for (size_t i = 0; i < word->n; i++)
        if (word->glyph[i].dx || word->glyph[i].dy || (i && same_cluster(word, i, i - 1)))
            return false;
    return true;
}

static void show_simple(Show *s, const GlyphWord *word, double at, double unit)
{
    for (size_t i = 0; i < word->n; i++) {
        const PairCode *code = &s->w->font->code[word->glyph[i].pair];
        show_move(s, at);
        show_code(s, code->code);
        s->pen += code->advance * unit;
        at += word->glyph[i].advance * unit;
    }
}

static void show_word(Show *s, const GlyphWord *word, double at, const GlyphRun *run)
{
    double unit = (double)(run->size * word->scale) / word->face->upem;
    if (is_simple(word)) {
        set_rise(s, run->rise);
        show_simple(s, word, at, unit);
    } else {
        show_word_clusters(s, word, at, unit, run->rise);
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* The pen goes to where a line begins. */
static void move_to_line(Writer *w, double x, double y)
{
    number(w, x - w->line_x);
    number(w, y - w->line_y);
    op(w, "Td\n");
    w->line_x = x;
    w->line_y = y;
}

static double rounded(double v)
{
    return round(v * 1000) / 1000;
}

/* An underline or strike has the run's colour and its size in proportion. */
static void add_rule(Writer *w, const GlyphRun *run, double from, double to, double y)
{
    bool strike = (run->flags & RUN_STRIKE) != 0;
    double size = (double)run->size, up = strike ? 0.3 * size : -0.11 * size;
    colour_op(w, w->rules, run->colour, false);
    syntax_number(w->rules, from);
    syntax_number(w->rules, y + up);
    syntax_number(w->rules, to - from);
    syntax_number(w->rules, 0.055 * size);
    strbuf_add_text(w->rules, "re f\n");
}

static void write_image(Writer *w, const Draw *d)
{
    enter(w, d->owner);
    end_text(w);
    op(w, "q ");
    number(w, (double)d->w);
    op(w, "0 0 ");
    number(w, (double)d->h);
    number(w, (double)d->x);
    number(w, flip(w, d->y + d->h));
    strbuf_addf(w->out, "cm /I%u Do Q\n", (unsigned)d->image + 1);
}

/* A picture is a run of one piece; returns where it ends. */
static double write_image_in_line(Writer *w, const Draw *draw, const GlyphLine *line, uint32_t r,
                                  uint32_t piece, double at)
{
    const GlyphPara *para = draw->text.para;
    const GlyphWord *word = words_at(w->p->document->words, para->piece[piece]);
    float x = draw->x + line->x + (line->flags & LINE_BIDI ? para->piece_x[piece] : (float)at);
    Draw image = document_image_in_line(w->p->document, draw, line, piece, r, x, draw->y);
    write_image(w, &image);
    return at + (double)piece_width(word, &para->run[r], line);
}

/* Shows the pieces of one run on a line; returns where it ends. */
static double show_run(Writer *w, const Draw *draw, const GlyphLine *line, uint32_t r,
                       uint32_t from, uint32_t to, double at)
{
    const GlyphPara *para = draw->text.para;
    const GlyphRun *run = &para->run[r];
    double left = rounded((double)draw->x + (double)line->x);
    double y = rounded(flip(w, draw->y)), start = at, end = at, visible = at;
    bool bidi = (line->flags & LINE_BIDI) != 0;
    Show s = {.w = w};
    if (draw->text.image && draw->text.image[run->source])
        return write_image_in_line(w, draw, line, r, from, at);
    enter(w, draw->text.owner ? draw->text.owner[run->source] : draw->owner);
    begin_text(w);
    set_scale(w, line->scale);
    for (uint32_t i = from; i < to; i++) {
        const GlyphWord *word = words_at(w->p->document->words, para->piece[i]);
        double x = bidi ? (double)para->piece_x[i] : end;
        if (i == from || w->font->face != word->face) {
            show_end(&s);
            set_font(w, word, run);
        }
        if (i == from) {
            move_to_line(w, rounded(left + x), y);
            s.pen = x / (double)line->scale;
        }
        show_word(&s, word, x / (double)line->scale, run);
        end = x + (double)piece_width(word, run, line);
        if (!(word->flags & WORD_SPACE) || i + 1 < line->end)
            visible = end;
    }
    show_end(&s);
    if (run->flags & (RUN_UNDERLINE | RUN_STRIKE) && !bidi)
        add_rule(w, run, left + start, left + visible, y);
    return end;
}

static void write_line(Writer *w, const Draw *draw, const GlyphLine *line)
{
    const GlyphPara *para = draw->text.para;
    double at = 0;
    uint32_t r = line->run;
    for (uint32_t from = line->first; from < line->end; r++) {
        uint32_t to = r + 1 < para->runs && para->run[r + 1].first < line->end
                          ? para->run[r + 1].first
                          : line->end;
        at = show_run(w, draw, line, r, from, to, at);
        from = to;
    }
}

static void write_text(Writer *w, const Draw *draw)
{
    Draw line = *draw;
    for (uint32_t l = draw->text.first; l < draw->text.end; l++) {
        line.y = draw->y + (float)(l - draw->text.first) * draw->text.leading;
        write_line(w, &line, &draw->text.para->line[l]);
    }
}

/* ---- everything else ------------------------------------------------------------------------ */

static void write_fill(Writer *w, const Draw *d)
{
    enter(w, d->owner);
    end_text(w);
    set_fill(w, d->line.colour);
    number(w, (double)d->x);
    number(w, flip(w, d->y + d->h));
    number(w, (double)d->w);
    number(w, (double)d->h);
    op(w, "re f\n");
}

static void write_line_draw(Writer *w, const Draw *d)
{
    enter(w, d->owner);
    end_text(w);
    set_stroke(w, d->line.colour, d->line.width, d->line.dash);
    number(w, (double)d->x);
    number(w, flip(w, d->y));
    op(w, "m ");
    number(w, (double)(d->x + d->w));
    number(w, flip(w, d->y + d->h));
    op(w, "l S\n");
}

static void write_path(Writer *w, const Draw *d)
{
    const Path *path = d->path;
    unsigned controls = 0;
    enter(w, d->owner);
    end_text(w);
    if (path->fill)
        set_fill(w, path->fill_colour);
    if (path->stroke)
        set_stroke(w, path->stroke_colour, path->width, path->dash);
    for (uint32_t i = 0; i < path->steps; i++) {
        const PathStep *s = &path->step[i];
        if (s->op == 'z') {
            op(w, "h\n");
            continue;
        }
        number(w, (double)(d->x + s->x));
        number(w, flip(w, d->y + s->y));
        controls = s->op == 'c' ? controls + 1 : 0;
        op(w, s->op == 'm' ? "m\n" : s->op == 'l' ? "l\n" : controls % 3 == 0 ? "c\n" : "");
    }
    op(w, path->fill && path->stroke ? "B\n" : path->fill ? "f\n" : "S\n");
}

/* Inside, lengths are those of the page that is placed, with its own origin. */
static void write_push(Writer *w, const Draw *d)
{
    static const int cosine[] = {1, 0, -1, 0}, sine[] = {0, 1, 0, -1};
    int turn = (int)d->h & 3;
    double scale = (double)d->w, c = cosine[turn] * scale, s = sine[turn] * scale;
    enter(w, NODE_NONE);
    end_text(w);
    op(w, "q ");
    number(w, c);
    number(w, s);
    number(w, -s);
    number(w, c);
    number(w, (double)d->x);
    number(w, flip(w, d->y));
    op(w, "cm\n");
    w->height = 0;
}

/* Underlines are artifacts. */
static void write_rules(Writer *w)
{
    if (!w->rules->n)
        return;
    enter(w, ARTIFACT_LAYOUT);
    end_text(w);
    strbuf_add_str(w->out, strbuf_str(w->rules));
    strbuf_clear(w->rules);
    w->fill = UNKNOWN;
}

static void write_pop(Writer *w, const Draw *d)
{
    (void)d;
    write_rules(w);
    enter(w, NODE_NONE);
    end_text(w);
    op(w, "Q\n");
    w->height = w->page->height;
    w->fill = w->stroke = UNKNOWN;
    w->width = w->dash = -1;
    w->font = NULL;
    w->rise = w->scale = -1;
}

static void write_nothing(Writer *w, const Draw *d)
{
    (void)w;
    (void)d;
}

static void write_draw(Writer *w, const Draw *d)
{
    static void (*const writers[])(Writer *, const Draw *) = {
        [DRAW_TEXT] = write_text, [DRAW_FILL] = write_fill,   [DRAW_LINE] = write_line_draw,
        [DRAW_PATH] = write_path, [DRAW_IMAGE] = write_image, [DRAW_AREA] = write_nothing,
        [DRAW_PUSH] = write_push, [DRAW_POP] = write_pop};
    writers[d->kind](w, d);
}

static void write_page(const Pdf *p, const Page *page, struct ContentWorker *worker)
{
    Writer w = {.p = p,
                .page = page,
                .out = &worker->out,
                .rules = &worker->rules,
                .mark = {NODE_NONE, 0},
                .height = page->height,
                .width = 1,
                .scale = 1};
    strbuf_clear(w.out);
    strbuf_clear(w.rules);
    for (uint32_t i = page->first; i < page->end; i++)
        write_draw(&w, &p->document->draws.at[i]);
    write_rules(&w);
    end_text(&w);
    enter(&w, NODE_NONE);
}

/* ---- objects -------------------------------------------------------------------------------- */

typedef struct {
    size_t size;
    unsigned char bytes[];
} Packed;

static void *make_page(void *context, size_t i, unsigned thread)
{
    Pdf *p = context;
    struct ContentWorker *worker = &p->workers[thread];
    write_page(p, &p->document->pages.at[i], worker);
    size_t bound = libdeflate_zlib_compress_bound(worker->compressor, worker->out.n);
    Packed *packed = mem_alloc(sizeof *packed + bound);
    packed->size = libdeflate_zlib_compress(worker->compressor, worker->out.p ? worker->out.p : "",
                                            worker->out.n, packed->bytes, bound);
    return mem_realloc(packed, sizeof *packed + packed->size);
}

static void print_content(void *context, uint32_t i, HaruObject *object)
{
    Pdf *p = context;
    if (i == 0)
        p->stream =
            work_stream_open(p->options->queue, p->document->pages.n, make_page, mem_free, p);
    Packed *packed = work_stream_next(p->stream);
    strbuf_add_text(object->dict, "/Filter /FlateDecode\n");
    object->stream = packed->bytes;
    object->size = packed->size;
    object->owned = packed;
}

void content_add(Pdf *p)
{
    unsigned threads = work_threads(p->options->queue);
    p->workers = mem_zalloc(threads * sizeof *p->workers);
    for (unsigned i = 0; i < threads; i++)
        p->workers[i].compressor = pdf_compressor(COMPRESSION);
    p->contents = haru_add(p->haru, (uint32_t)p->document->pages.n, print_content, p);
}

void content_release(Pdf *p)
{
    if (p->stream)
        work_stream_close(p->stream);
    for (unsigned i = 0; p->workers && i < work_threads(p->options->queue); i++) {
        strbuf_drop(&p->workers[i].out);
        strbuf_drop(&p->workers[i].rules);
        pdf_compressor_drop(p->workers[i].compressor);
    }
    mem_free(p->workers);
}
