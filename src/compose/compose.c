#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "compose/internal.h"

static const PartRule *const parts[PART_COUNT] = {[PART_LETTERHEAD] = &part_letterhead,
                                                  [PART_COVER] = &part_cover,
                                                  [PART_CONTENTS] = &part_contents,
                                                  [PART_TABLES_LIST] = &part_tables_list,
                                                  [PART_FIGURES_LIST] = &part_figures_list,
                                                  [PART_SUMMARY] = &part_summary,
                                                  [PART_BODY] = &part_body,
                                                  [PART_KEY_FIGURES] = &part_key_figures,
                                                  [PART_RECOMMENDATIONS] = &part_recommendations,
                                                  [PART_OPEN_QUESTIONS] = &part_open_questions,
                                                  [PART_CONTACT] = &part_contact,
                                                  [PART_TITLE] = &part_block_title,
                                                  [PART_TILES] = &part_tiles,
                                                  [PART_CHART] = &part_chart,
                                                  [PART_TABLE] = &part_table,
                                                  [PART_LESSONS] = &part_lessons,
                                                  [PART_CAVEATS] = &part_caveats,
                                                  [PART_LINK] = &part_link,
                                                  [PART_GLOSSARY] = &part_glossary,
                                                  [PART_SOURCES] = &part_sources,
                                                  [PART_CHANGES] = &part_changes,
                                                  [PART_ANNEXES] = &part_annexes};

/* ---- metadata ------------------------------------------------------------------------------- */

static Str author_of(const Report *r)
{
    return r->sender.unit.n ? r->sender.unit : r->sender.organisation;
}

/* The document's date is that of the paper, never that of a file or a clock. */
static DocumentTime time_of(const Composer *c)
{
    const Report *r = c->e->report;
    Date d = date_given(r->modified) ? r->modified
             : date_given(r->date)   ? r->date
                                     : (Date){2000, 1, 1};
    if (c->request->time)
        return *c->request->time;
    return (DocumentTime){d.year, d.month, d.day, 0, 0, 0};
}

static void wrap_title(const Composer *c, Term term, StrBuf *title)
{
    StrBuf inner = *title;
    *title = (StrBuf){0};
    terms_fill(title, c->t->print[term], &(TermField){"title", strbuf_str(&inner)}, 1);
    strbuf_drop(&inner);
}

/* What a window shows and a screen reader says first also tells a closed copy, and a draft. */
static void document_title(const Composer *c, StrBuf *out)
{
    edition_fill_pattern(out, c->l->document_title, c->e);
    if (c->closed)
        wrap_title(c, TERM_closed_title, out);
    if (c->e->report->draft)
        wrap_title(c, TERM_draft_title, out);
}

static void set_metadata(Composer *c)
{
    const Report *r = c->e->report;
    Document *d = c->d;
    StrBuf title = {0}, keywords = {0};
    document_title(c, &title);
    strbuf_add_str(&keywords, r->case_number);
    if (r->draft) {
        strbuf_add_text(&keywords, keywords.n ? ", " : "");
        strbuf_add_str(&keywords, c->t->print[TERM_draft]);
    }
    d->metadata = (Metadata){.title = document_str(d, strbuf_str(&title)),
                             .author = document_str(d, author_of(r)),
                             .subject = document_str(d, r->genre),
                             .keywords = document_str(d, strbuf_str(&keywords)),
                             .language = document_str(d, c->t->language),
                             .producer = document_str(d, c->request->producer),
                             .time = time_of(c)};
    strbuf_drop(&title);
    strbuf_drop(&keywords);
}

static void attach_figures(Composer *c)
{
    if (!c->l->attach_figures || !c->e->figures)
        return;
    StrBuf csv = {0}, name = {0};
    edition_figures_csv(c->e, &csv);
    strbuf_add_slug(&name, c->t->print[TERM_key_figures]);
    strbuf_add_text(&name, ".csv");
    document_attach(c->d, (Attachment){strbuf_str(&name), STR("text/csv"),
                                       c->t->print[TERM_data_description], strbuf_str(&csv)});
    strbuf_drop(&csv);
    strbuf_drop(&name);
}

/* Titles that are not on any page (none of their part's content is shown) have no bookmark. */
static void add_outline(Composer *c)
{
    for (size_t i = 0; i < c->entries.n; i++) {
        const Entry *e = &c->entries.at[i];
        StrBuf title = {0};
        if (e->theme) {
            strbuf_add_str(&title, e->label);
            strbuf_add_text(&title, ": ");
        }
        strbuf_add_str(&title, e->title);
        if (document_find_destination(c->d, e->destination))
            document_outline(c->d, e->level, strbuf_str(&title), e->destination);
        strbuf_drop(&title);
    }
}

/* ---- a pass --------------------------------------------------------------------------------- */

static void begin_pass(Composer *c)
{
    document_drop(c->d);
    c->d = document_new(text_words(c->request->text));
    c->d->grey = c->l->grey;
    c->root = document_node(c->d, NODE_NONE, ROLE_DOCUMENT);
    c->below_letterhead = c->own->contact_on_cover = c->own->lead.behind = false;
    c->entries.n = c->waiting.n = c->units.n = c->waited = c->specs.n = 0;
    c->place.boxes.n = c->place.held.n = 0;
    c->place.pulled.n = c->place.note_parts.n = 0;
    for (size_t i = 0; i < PAGE_COLUMNS; i++)
        c->place.notes[i].n = 0;
    c->place.open = c->place.in_columns = c->place.turned = false;
    c->place.fresh = true;
    c->place.part_begun = c->part = c->flow_part = 0;
    c->place.part_whole = true;
    c->place.last = (Pos){0, 0, 0};
    c->place.part_page = 1;
    c->scaled.n = 0;
    c->faults.n = 0;
    if (!c->spreading)
        c->leftover.n = 0;
    c->spanning = 0;
    c->own->unexplained = 0;
    c->uneven = c->own->lessons_shortened = c->own->lessons_cut = false;
    c->too_wide_page = UINT32_MAX;
    c->place.column = 0;
    c->place.running = c->e->theme ? c->e->theme->section->title : NULL;
    c->place.running_on = NULL;
    c->place.visit = NULL;
    c->place.running_theme = c->e->theme ? c->e->theme->theme : 0;
    c->overleaf = recommendations_place(c);
    c->pending = (Pending){0};
    notes_begin(c);
    arena_reset(&c->arena);
}

static void add_part(Composer *c, Part part)
{
    if (!c->own->left_out[part])
        parts[part]->add(c);
    else if (part == PART_COVER)
        part_letterhead.add(c);
}

static void compose_parts(Composer *c)
{
    const Layout *l = c->l;
    const Part *part = c->own->order;
    for (size_t i = 0; i < l->parts; i++)
        if (parts[part[i]]->entries && !c->own->left_out[part[i]])
            parts[part[i]]->entries(c);
    for (size_t i = 0, next; i < l->parts; i = next) {
        c->pending.begins_part = true;
        for (next = i + 1; next < l->parts && l->place[part[next]].beside; next++)
            continue;
        if (next > i + 1)
            parts_add_row(c, parts, i, next);
        else
            add_part(c, part[i]);
    }
    for (unsigned i = 0; i < c->own->lined; i++)
        lined_add_page(c);
    flow_flush(c);
    if (!document_page_count(c->d))
        place_new_page(c, true, true);
    place_finish_part(c);
}

/* Of as many figures as the number of the last page, if that has more than before: it never gets narrower, so that
 * passes come to an end. */
static void widen_page(Composer *c)
{
    uint32_t last = document_page_count(c->d);
    while (c->widest_page / 8 * 9 < last) {
        c->widest_page = wider_page(c->widest_page);
        c->uneven |= c->widest_page >= c->too_wide_page;
    }
}

/* Again until the page numbers in the text are right and like tables are alike; references see to it that they come to be. */
static void settle_references(Composer *c)
{
    for (unsigned pass = 0;; pass++) {
        begin_pass(c);
        references_begin(c, pass);
        compose_parts(c);
        widen_page(c);
        if (c->failed || (!c->uneven && references_settled(c)))
            return;
        references_remember(c);
    }
}

/* And again where a page that is nearly empty may be saved. */
static void compose_as_it_is(Composer *c)
{
    c->parts.n = 0;
    do
        settle_references(c);
    while (!c->failed && pullback_try(c));
}

/* ---- at most so many pages ------------------------------------------------------------------ */

static Str title_of(Composer *c)
{
    return c->e->theme ? plain_text(c, c->e->theme->section->title) : c->e->report->title;
}

static bool is_there(const Composer *c, Part part)
{
    return layout_has_part(c->l, part) && !c->own->left_out[part] &&
           (!parts[part]->has || parts[part]->has(c));
}

void compose_leave_out(Composer *c, Part part)
{
    Str title = title_of(c);
    c->own->left_out[part] = true;
    diag_warning(c->diags, title_place(c),
                 "'%.*s' has no room for its part '%s' in the layout '%.*s'", (int)title.n, title.p,
                 layout_part_name(part), (int)c->l->name.n, c->l->name.p);
}

/* The first of the parts that may be left out and are there; false when there is none. */
static bool leave_out_one(Composer *c)
{
    const Layout *l = c->l;
    for (size_t i = 0; i < l->may_leave_outs; i++) {
        Part part = l->may_leave_out[i];
        if (!is_there(c, part))
            continue;
        compose_leave_out(c, part);
        return true;
    }
    return false;
}

static void tell_too_long(Composer *c)
{
    const Layout *l = c->l;
    Str title = title_of(c);
    diag_error(c->diags, title_place(c),
               "'%.*s' takes %u pages in the layout '%.*s', which has at most %d", (int)title.n,
               title.p, document_page_count(c->d), (int)l->name.n, l->name.p, l->most_pages);
    diag_hint(c->diags, "'may-leave-out' of the layout names parts that may go");
    c->failed = true;
}

static bool is_too_long(const Composer *c)
{
    return c->l->most_pages && document_page_count(c->d) > (uint32_t)c->l->most_pages;
}

/* ---- in brief -------------------------------------------------------------------------------- */

static bool saves_pages(Composer *c, uint32_t pages)
{
    compose_as_it_is(c);
    return c->failed || document_page_count(c->d) < pages;
}

/* Where that saves a page, or pages are too many in any case; with columns of its own if those of all sheets don't. */
static void be_brief(Composer *c)
{
    uint32_t pages = document_page_count(c->d);
    if (c->l->brief != BRIEF_NEEDED || pages < 2 || !c->e->recommendations)
        return;
    c->own->brief = true;
    if (saves_pages(c, pages))
        return;
    c->own->own_columns = c->e->theme != NULL;
    if (c->own->own_columns && saves_pages(c, pages))
        return;
    c->own->brief = is_too_long(c);
    c->own->own_columns = false;
    compose_as_it_is(c);
}

static bool has_row(const Composer *c)
{
    for (size_t i = 0; i < c->l->parts; i++)
        if (c->l->place[c->l->part[i]].beside)
            return true;
    return false;
}

/* A part that is squeezed beside another may be so high that a page is saved where all stand below each other. */
static void stack_rows(Composer *c)
{
    uint32_t pages = document_page_count(c->d);
    if (!c->l->run_on || pages < 2 || !has_row(c))
        return;
    c->own->stacked = true;
    if (saves_pages(c, pages))
        return;
    c->own->stacked = false;
    compose_as_it_is(c);
}

static void tell_unexplained(Composer *c)
{
    const Layout *l = c->l;
    Str title = title_of(c);
    diag_advice(c->diags, title_place(c),
                "'%.*s' leaves out the text of %zu of %zu recommendations in the layout '%.*s'",
                (int)title.n, title.p, c->own->unexplained, c->e->recommendations, (int)l->name.n,
                l->name.p);
}

static void tell_unintroduced(Composer *c)
{
    const Layout *l = c->l;
    Str title = title_of(c);
    if (c->own->brief && !c->own->introduced && l->brief == BRIEF_NEEDED &&
        recommendations_introduction(c))
        diag_advice(c->diags, title_place(c),
                    "'%.*s' leaves out what introduces its recommendations in the layout '%.*s'",
                    (int)title.n, title.p, (int)l->name.n, l->name.p);
}

/* Puts more on the pages, which `more` says; it stays only where that takes no page more and no room from anything.
 * Returns whether it does. */
static bool has_room_for(Composer *c, bool *more)
{
    uint32_t pages = document_page_count(c->d);
    size_t faults = c->faults.n;
    bool cut = c->own->lessons_cut;
    *more = true;
    compose_as_it_is(c);
    if (c->failed ||
        (document_page_count(c->d) <= pages && c->faults.n <= faults && c->own->lessons_cut == cut))
        return true;
    *more = false;
    compose_as_it_is(c);
    return false;
}

/* Recommendations that are brief get all their texts back where those have room in small type, when all else is settled.
 * Some of them would look as if the others had nothing to say; but a row that is as high with it has its text in any
 * case. */
static void explain(Composer *c)
{
    if (c->own->unexplained && !has_room_for(c, &c->own->explained))
        tell_unexplained(c);
}

/* So does what introduces them. */
static void introduce(Composer *c)
{
    if (c->own->brief && c->l->brief == BRIEF_NEEDED && recommendations_introduction(c))
        has_room_for(c, &c->own->introduced);
}

/* Lessons are told in several sentences, all of a sheet or none: some of them would look more important. */
static void tell_whole_lessons(Composer *c)
{
    if (c->own->lessons_shortened && !c->own->lessons_cut)
        has_room_for(c, &c->own->whole_lessons);
}

/* A basis on a sheet has its page in the pack, all of them or none. */
static void page_bases(Composer *c)
{
    bool sheet = c->l->brief != BRIEF_NEVER && !layout_has_part(c->l, PART_BODY);
    if (sheet && c->request->pack && c->e->recommendations)
        has_room_for(c, &c->own->paged);
}

/* ---- few pages ------------------------------------------------------------------------------ */

/* `front` pages of the document are what leads into others, and don't count. */
static bool is_needless(const Composer *c, Part part, uint32_t front, int least_pages)
{
    return layout_has_part(c->l, part) && document_page_count(c->d) < (uint32_t)least_pages + front;
}

/* How many pages the cover and the contents take. */
static uint32_t front_pages(const Composer *c)
{
    uint32_t cover = layout_has_part(c->l, PART_COVER), first = UINT32_MAX;
    for (size_t i = 0; i < c->entries.n && first == UINT32_MAX; i++) {
        const Destination *place = document_find_destination(c->d, c->entries.at[i].destination);
        first = place ? place->page : first;
    }
    return first == UINT32_MAX ? cover : first;
}

/* What leads into few pages would be half of them. */
static bool leave_out_front(Composer *c)
{
    uint32_t front = front_pages(c);
    c->own->left_out[PART_COVER] = is_needless(c, PART_COVER, 0, c->l->cover.least_pages);
    c->own->left_out[PART_CONTENTS] =
        is_needless(c, PART_CONTENTS, front, c->l->contents.least_pages);
    return c->own->left_out[PART_COVER] || c->own->left_out[PART_CONTENTS];
}

/* ---- the glossary ----------------------------------------------------------------------------- */

/* Whether it begins a page and nothing else does on it. */
static bool is_glossary_alone(const Composer *c)
{
    const Destination *at = NULL;
    uint32_t others = 0;
    for (size_t i = 0; i < c->e->sections && !at; i++)
        if (c->e->section[i].section->kind == SECTION_GLOSSARY)
            at = document_find_destination(c->d, c->e->section[i].section->id);
    if (!at || at->y > place_top(c))
        return false;
    for (size_t i = 0; i < c->entries.n; i++) {
        const Destination *place = document_find_destination(c->d, c->entries.at[i].destination);
        others += place && place != at && place->page == at->page;
    }
    return !others;
}

/* Moves a part of the order to stand before another; false where it stands there, or one of them isn't there. */
static bool put_before(Composer *c, Part moved, Part before)
{
    Part *order = c->own->order;
    size_t from = 0, to = 0, n = c->l->parts;
    while (from < n && order[from] != moved)
        from++;
    while (to < n && order[to] != before)
        to++;
    if (from >= n || to >= from)
        return false;
    memmove(order + to + 1, order + to, (from - to) * sizeof *order);
    order[to] = moved;
    return true;
}

static void keep_order(Composer *c)
{
    memcpy(c->own->order, c->l->part, c->l->parts * sizeof *c->own->order);
}

/* A glossary that has a page of its own stands before the recommendations, below the key figures, where that saves it. */
static void place_glossary(Composer *c)
{
    uint32_t pages = document_page_count(c->d);
    if (c->l->run_on || !is_glossary_alone(c) ||
        !put_before(c, PART_GLOSSARY, PART_RECOMMENDATIONS) || saves_pages(c, pages))
        return;
    keep_order(c);
    compose_as_it_is(c);
}

/* ---- the contact, and parts that only fill --------------------------------------------------- */

/* Nothing else stands on the last page. */
static bool is_contact_alone(const Composer *c)
{
    const Destination *place = document_find_destination(c->d, CONTACT_PLACE);
    uint32_t pages = document_page_count(c->d);
    return place && pages > 1 && place->page + 1 == pages && place->y <= place_top(c);
}

/* Whether pages might be fewer without it. The contact may go where it stands on the cover, too. */
static bool may_save(const Composer *c, Part part)
{
    bool elsewhere = part != PART_CONTACT || (is_contact_alone(c) && c->own->contact_on_cover);
    return is_there(c, part) && elsewhere;
}

/* What only fills a page begins none. */
static void save_pages(Composer *c)
{
    for (size_t i = 0; i < c->l->fills && !c->failed; i++) {
        uint32_t pages = document_page_count(c->d);
        Part part = c->l->fill[i];
        if (pages < 2 || !may_save(c, part))
            continue;
        c->own->left_out[part] = true;
        compose_as_it_is(c);
        c->own->left_out[part] = document_page_count(c->d) < pages;
        if (!c->own->left_out[part])
            compose_as_it_is(c);
    }
}

#define COMPANY 0.33f /* of a page: more may be there without company */

/* An address that is little and alone on a page takes along what stands above it, if no page looks worse for it. */
static void keep_contact_company(Composer *c)
{
    const PartPages *last = pullback_part(c, c->part);
    size_t faults = c->faults.n;
    c->own->contact_alone = is_contact_alone(c) && !c->l->run_on &&
                            last->used < COMPANY * last->page;
    if (c->own->contact_alone)
        compose_as_it_is(c);
    if (c->failed || c->faults.n <= faults)
        return;
    c->own->contact_alone = false;
    compose_as_it_is(c);
}

/* ---- at last --------------------------------------------------------------------------------- */

static void add_lined_pages(Composer *c)
{
    if (c->failed)
        return;
    c->own->lined = lined_wanted(c);
    if (c->own->lined)
        settle_references(c);
}

/* Pages with room left over are made again with it between their parts. */
static void spread(Composer *c)
{
    c->spreading = true;
    if (c->l->spread > 0 && !c->failed)
        settle_references(c);
}

/* Nothing is set smaller and no text is cut: whole parts go, in the order that the layout gives. */
static void compose(Composer *c)
{
    compose_as_it_is(c);
    if (!c->failed && leave_out_front(c))
        compose_as_it_is(c);
    if (!c->failed)
        stack_rows(c);
    if (!c->failed)
        be_brief(c);
    if (!c->failed)
        place_glossary(c);
    save_pages(c);
    if (!c->failed)
        keep_contact_company(c);
    while (!c->failed && is_too_long(c)) {
        if (leave_out_one(c))
            compose_as_it_is(c);
        else
            tell_too_long(c);
    }
    if (!c->failed)
        explain(c);
    if (!c->failed)
        introduce(c);
    if (!c->failed)
        tell_whole_lessons(c);
    if (!c->failed)
        page_bases(c);
    add_lined_pages(c);
    spread(c);
}

/* What can't move anything, when all stands where it will. */
static void finish(Composer *c)
{
    set_metadata(c);
    references_end(c);
    wait_resolve(c);
    document_box_images_in_lines(c->d);
    add_outline(c);
    attach_figures(c);
    cover_tell(c);
    tiles_tell_cut(c);
    table_tell_long(c);
    lessons_tell_cut(c);
    tell_unintroduced(c);
    faults_tell(c);
}

static void release(Composer *c)
{
    arena_drop(&c->arena);
    arena_drop(&c->batch[0]);
    arena_drop(&c->batch[1]);
    arena_drop(&c->names_before);
    array_drop(&c->units);
    array_drop(&c->specs);
    array_drop(&c->waiting);
    array_drop(&c->entries);
    array_drop(&c->scaled);
    array_drop(&c->place.boxes);
    array_drop(&c->place.held);
    array_drop(&c->place.pulled);
    array_drop(&c->place.note_parts);
    for (size_t i = 0; i < PAGE_COLUMNS; i++)
        array_drop(&c->place.notes[i]);
    plan_drop(&c->plan);
    plan_drop(&c->plan_best);
    array_drop(&c->best);
    array_drop(&c->apart);
    array_drop(&c->unmoved);
    array_drop(&c->faults);
    array_drop(&c->leftover);
    array_drop(&c->parts);
    map_drop(&c->pages_before);
    map_drop(&c->lasts_before);
    notes_release(c);
    references_release(c);
    strbuf_drop(&c->text);
    strbuf_drop(&c->building.text);
    array_drop(&c->building.runs);
    array_drop(&c->building.parts);
    arena_drop(&c->words);
    map_drop(&c->abbreviation_of);
    map_drop(&c->lone);
    map_drop(&c->own->form_of);
}

/* The first of two meanings counts. */
static void know_abbreviations(Composer *c)
{
    size_t n = glossary_abbreviations(&c->words, c->e->report, c->l->closed, &c->abbreviation);
    for (size_t i = n; i-- > 0;)
        map_put(&c->abbreviation_of, c->abbreviation[i].abbreviation, (uint32_t)i);
}

Document *compose_document(const PageRequest *q)
{
    static const Filler filler = {.add_note = blocks_add_note,
                                  .set_closer = charts_set_closer,
                                  .set_apart = charts_set_apart};
    struct Own own = {0};
    Composer c = {.request = q,
                  .filler = &filler,
                  .own = &own,
                  .e = q->edition,
                  .l = q->layout,
                  .t = q->edition->report->terms,
                  .diags = q->diags,
                  .widest_page = 88};
    bool titled = layout_has_part(c.l, PART_COVER) || layout_has_part(c.l, PART_LETTERHEAD) ||
                  layout_has_part(c.l, PART_TITLE);
    own.part_role = titled ? ROLE_H2 : ROLE_H1; /* the title of the document is the first heading */
    own.heading_base = titled && !c.e->theme ? 2 : 1;
    own.has_figures_part = layout_has_part(c.l, PART_KEY_FIGURES);
    own.has_recommendations_part = layout_has_part(c.l, PART_RECOMMENDATIONS);
    own.brief = c.l->brief == BRIEF_ALWAYS;
    c.closed = c.l->closed && report_has_closed(c.e->report);
    c.fallback = fonts_fallback_list(q->fonts, c.l->fallback, c.l->fallbacks);
    keep_order(&c);
    know_abbreviations(&c);
    if (styles_load(&c))
        compose(&c);
    if (!c.failed)
        finish(&c);
    release(&c);
    if (!c.failed)
        return c.d;
    document_drop(c.d);
    return NULL;
}
