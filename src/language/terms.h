/* The fixed words of a language, and how it writes numbers and dates: read from
 * layouts/terms/<language>.yaml, so that a new language needs no recompiling. */
#ifndef LANGUAGE_TERMS_H
#define LANGUAGE_TERMS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "language/decimal.h"

/* clang-format off */

/* Words that are printed. The names are the keys of `print:` with _ for -. */
#define TERMS_PRINTED(X)                                                                          \
    X(page_of) X(page) X(page_span) X(contents) X(theme) X(visit) X(meeting) X(key_figures)                    \
    X(all_key_figures) X(figures_with_caveats) X(selected_figures) X(recommendations) X(recommendation) X(overleaf) X(numbers_of_pack) X(open_questions) X(question) X(contact) X(to) X(in_this_theme) X(see_also) X(theme_proposal) X(theme_proposals) \
    X(case_number) X(document_number) X(period) X(phone) X(email) X(ean) X(date) X(place)         \
    X(contact_person) X(version) X(meeting_date) X(meeting_item) X(caveat) X(to_secretariat)      \
    X(note) X(meaning) X(closed) X(continued) X(continued_from) X(continues) X(column_figure) X(column_precision)   \
    X(column_value) X(column_unit) X(column_where) X(column_period) X(column_proposal)            \
    X(own_notes) X(column_proposal_stated) X(column_proposal_stated_by) X(column_proposal_ongoing) X(column_proposal_derived)               \
    X(column_basis) X(column_responsible) X(column_deadline) X(column_economy) X(origin_stated)   \
    X(origin_derived) X(origin_ongoing) X(economy_within) X(economy_needs) X(not_given)           \
    X(column_status) X(column_count) X(column_numbers) X(status_line) X(not_given_several)        \
    X(status_overview) X(organisation) X(word_economy) X(word_deadline) X(word_responsible) X(word_tables) X(word_figures) X(word_proposals)       \
    X(link_to) X(web_link)                                                                        \
    X(mail_link) X(data_description) X(list_and) X(column_number) X(column_page)     \
    X(key_stated) X(key_stated_by) X(stated_by) X(key_ongoing) X(key_derived) X(source_line) X(note_link) X(note_back) X(note_continued) X(note_continues) X(notes_continued) X(notes_continue) X(task_done) X(task_open) X(whole)     \
    X(reference_table) X(reference_figure) X(reference_table_alone) X(reference_figure_alone)     \
    X(reference_theme) X(reference_section) X(reference_visit) X(reference_meeting)               \
    X(reference_box) X(reference_key_figure) X(reference_recommendation) X(reference_page)        \
    X(reference_visit_page) X(reference_elsewhere) X(reference_visit_elsewhere)                   \
    X(reference_closed) X(on_one_sheet) X(whole_report) X(in_pack) X(in_pack_proposals) X(pages_of_pack) X(qr_code) X(draft) X(draft_title)        \
    X(subjects) X(day_by_day) X(day_visits) X(day_meetings) X(day_visits_and_meetings) X(day_empty) X(day_undated) X(to_clarify) X(closed_copy) X(closed_notice) X(closed_title) X(grey) X(table_number) X(tables_list) X(figures_list) X(figure_number) X(axis_begins) X(forecast_value)        \
    X(missing_dotted) X(target_is) X(whole_is) X(dots_key) X(hatched_unsure) X(open_span)  \
    X(value_own_estimate) X(dashed_estimate) X(open_mark_unsure) X(dashed_unsure) X(dashed_fall)

/* Words that are recognised in reports: lists, any spelling of which counts. The names are the
 * keys of `read:`. */
#define TERMS_READ(X)                                                                             \
    X(theme) X(visit) X(meeting) X(key_figures) X(recommendations) X(summary) X(table) X(figure)  \
    X(column_id) X(column_figure) X(column_value) X(column_unit) X(column_where)                  \
    X(column_period) X(column_caveat) X(column_source) X(column_precision) X(column_tile) X(column_theme)        \
    X(column_recommendation) X(column_text) X(key_figures_file) X(recommendations_file) X(whole)  \
    X(glossary) X(sources) X(changes) X(annex) X(box_note) X(box_caveat) X(box_secretariat) X(box_closed)  \
    X(box_meaning) X(class_closed) X(class_pull_out) X(responsible) X(deadline) X(economy) X(basis) X(status)       \
    X(origin) X(stated) X(stated_by) X(derived) X(ongoing) X(within) X(needs) X(own_estimate) X(unconfirmed) X(incomparable) X(own_bases) X(not_with_others) X(counted_in) X(quarter) X(forecast) X(lessons) X(limits) \
    X(table_note)

/* Words that proofreading (src/proof) goes by. The names are the keys of `proof:`. */
#define TERMS_PROOF(X)                                                                            \
    X(total) X(subtotal) X(part_of) X(whole_of) X(share) X(divided) X(rest) X(spread) X(several)  \
    X(average) X(mean) X(counted) X(rounded) X(age) X(people) X(below) X(distinct) X(compared)    \
    X(stop) X(endings)
/* clang-format on */

#define TERMS_ENUM_PRINT(name) TERM_##name,
#define TERMS_ENUM_READ(name) WORD_##name,
#define TERMS_ENUM_PROOF(name) PROOF_##name,
typedef enum { TERMS_PRINTED(TERMS_ENUM_PRINT) TERM_COUNT } Term;
typedef enum { TERMS_READ(TERMS_ENUM_READ) WORD_COUNT } Word;
typedef enum { TERMS_PROOF(TERMS_ENUM_PROOF) PROOF_COUNT } ProofWord;

typedef struct {
    Str *at;
    size_t n;
} StrList;

/* What a precision word says of its number. */
typedef enum {
    PRECISION_EXACT,  /* no word */
    PRECISION_ABOUT,  /* ca., anslået */
    PRECISION_ABOVE,  /* mere end */
    PRECISION_BELOW,  /* op til */
    PRECISION_TARGET, /* mål */
    PRECISION_EXAMPLE /* fx */
} PrecisionKind;

/* A number in words. */
typedef struct {
    Str word; /* in small letters */
    Decimal value;
    bool article; /* in running text mostly something else: en, et */
} NumberWord;

enum { TERMS_OPENING = 2048 };

typedef struct {
    Str language; /* BCP 47 tag of the file's language for the PDF, such as da-DK */
    Str print[TERM_COUNT];
    StrList read[WORD_COUNT];
    StrList proof[PROOF_COUNT];
    Str month[12];
    Str month_short[12];    /* aug. */
    Str weekday[7];         /* from Monday */
    StrList before_day;     /* words between weekday and day: den */
    StrList before_weekday; /* words between a date and its weekday: en */
    Str date, day, period_month, period_year,
        period;                    /* patterns with {day} {month} {year} {day2} … */
    StrList any_precision;         /* ca., mere end */
    const uint8_t *precision_kind; /* PrecisionKind of each of them */
    StrList scale;                 /* mio., mia. */
    const uint8_t *scale_power;    /* of ten, for each of them */
    StrList unit;                  /* words that stay with the number before them */
    StrList *same_unit;            /* ways to write one unit: pct., %, procent */
    size_t same_units;
    StrList unit_before;    /* units that people also write before the number: kr. 500 */
    StrList printed_before; /* units that are always there, without a space: £5 */
    StrList attached;       /* units that follow without a space: 35% */
    StrList opener;         /* words that stay with the number behind them */
    StrList per;            /* … with any short word: pr. måned */
    StrList number_name;    /* words, and "-" with ends of words, before a number that is a name */
    StrList title;          /* titles that stay with the name behind them: dr. */
    StrList together;       /* abbreviations of two words: f. eks. */
    StrList clock;          /* words that make the number before them a time: am */
    StrList part;           /* words that make the number before them a fraction: tredjedele */
    StrList
        ordinal; /* what follows an ordinal's number: one for all, or those for 1, 2, 3 and others */
    Str between, and, to;          /* mellem 12 og 14, 12 til 14 */
    const NumberWord *number_word; /* in the order of their bytes */
    size_t number_words;
    Str thousands, decimal;
    uint64_t
        opening[TERMS_OPENING / 64]; /* a set of how words begin that may open a quantity or date */
} Terms;

/* Reads a terms file. Everything is required; what lacks or is wrong is reported and NULL given.
 * The result lives in the arena. */
const Terms *terms_read(Arena *arena, Diags *diags, uint16_t file, Str text);

/* Gives the words of a language, or NULL when there is no such terms file; what is wrong with the
 * file itself has been reported. */
typedef const Terms *TermsFind(void *context, Str language);

/* The first of the words for `word`, or empty when there is none. */
Str terms_word(const Terms *terms, Word word);
/* Whether the text is one of the words for `word`, capitals and small letters alike. */
bool terms_match(const Terms *terms, Word word, Str text);
/* Whether a list has the text, capitals and small letters alike. */
bool terms_has(const StrList *list, Str text);
/* Whether one of a list's words stands in the text, with no letter before or behind it. */
bool terms_mentions(const StrList *list, Str text);
/* Whether one of a list's words opens the text, with no letter behind it. */
bool terms_opens(const StrList *list, Str text);
/* Whether the text ends with one of the words, or ends of longer words, that make a number behind them a name
 * (Sagsnr. 2011-60279); the word's own full stop may lack. */
bool terms_names_number(const Terms *terms, Str text);
/* Adds what stands before the word of that index in a list of n: nothing, ", " or " og ". */
void terms_add_joiner(StrBuf *out, const Terms *terms, size_t at, size_t n);
/* Whether the text opens with one of the words for `word` and a colon; *rest is what follows. */
bool terms_label(const Terms *terms, Word word, Str text, Str *rest);

/* Whether the text opens with one of the words for `word` and no letter behind it; *rest is what follows, or empty. */
bool terms_opening(const Terms *terms, Word word, Str text, Str *rest);

/* Whether a row of a table with this head is a total: "I alt", "Udgifter i alt", "I alt, drift", and as the
 * `last` of the table "Samlet udgift"; or a part of the row above it: "Heraf unge". */
bool terms_is_total(const Terms *terms, Str text, bool last);
bool terms_is_part_of(const Terms *terms, Str text);

/* What the precision words of a value say together ("anslået mere end" is a bound). */
PrecisionKind terms_precision(const Terms *terms, Str words);
/* Adds them with no-break spaces within those that are one: "anslået mere end" is broken behind its first word alone. */
void terms_add_precision(StrBuf *out, const Terms *terms, Str words);

/* Writes a pattern, with {name} replaced by the field of that name; unknown ones by nothing. */
typedef struct {
    const char *name;
    Str value;
} TermField;
void terms_fill(StrBuf *out, Str pattern, const TermField *fields, size_t n);

#endif
