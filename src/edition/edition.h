/* Which parts of the report a reader gets. Everything that is numbered or summed comes after this,
 * so that nothing of what was left out can be felt in what remains. */
#ifndef EDITION_EDITION_H
#define EDITION_EDITION_H

#include "base/map.h"
#include "layout/layout.h"
#include "report/report.h"

typedef struct {
    const Section *section;
    unsigned theme;      /* number of the theme, 0 for other sections */
    const Block *blocks; /* without what was left out; the id of each is the name of its place */
} EditionSection;

typedef struct {
    const KeyFigure *figure;
    size_t section; /* index in the edition */
} EditionFigure;

typedef struct {
    const Recommendation *recommendation;
    size_t section;
    unsigned number; /* runs through all themes, also where one alone is shown */
} EditionRecommendation;

/* A question to the secretariat, while the report is a draft. */
typedef struct {
    const Block *box;
    size_t section;
    Str id; /* where it stands */
} EditionQuestion;

/* What a link may lead to. */
typedef enum {
    TARGET_SECTION,
    TARGET_THEME,
    TARGET_HEADING, /* or the stop of a visit */
    TARGET_VISIT,
    TARGET_MEETING,
    TARGET_TABLE,
    TARGET_FIGURE, /* a chart or a picture */
    TARGET_BOX,
    TARGET_KEY_FIGURE,
    TARGET_RECOMMENDATION
} TargetKind;

typedef struct {
    TargetKind kind;
    unsigned
        number; /* of a theme, table, figure or recommendation in the whole report; 0 for none */
    const Inline *title; /* of what has one */
    Str name;            /* of a key figure */
    bool shown;          /* in this edition; else in that of the whole report alone */
} EditionTarget;

typedef struct {
    const Report *report;
    const EditionSection *theme; /* the one that a briefing is about, or NULL for the whole */
    EditionSection *section;
    size_t sections;
    EditionFigure *figure;
    size_t figures;
    EditionRecommendation *recommendation;
    size_t recommendations;
    EditionQuestion *question;
    size_t questions;
    const Block **table; /* those that are shown and have a number, in their order */
    size_t tables;
    const Block **picture; /* charts and pictures in the same way */
    size_t pictures;
    const Block **note; /* the text of each of the report's notes: see edition_note */
    Map ids;            /* that are there to be linked to: the number of each in `target` */
    EditionTarget *target;
    size_t targets;
    Arena arena;
} Edition;

typedef struct {
    bool closed; /* closed parts, too */
    Str theme;   /* id of the only theme, or empty for all of the report */
} EditionChoice;

/* The edition of a report. Warns of questions that are left out since the report is no draft, and of
 * links from what is shown to what is closed; `diags` may be NULL to say nothing. The caller drops
 * it; the report must outlive it. */
Edition *edition_new(const Report *report, const EditionChoice *choice, Diags *diags);
void edition_drop(Edition *edition);

/* What has the id, in this edition or, with the same openness, in that of the whole report; else NULL. */
const EditionTarget *edition_target(const Edition *edition, Str id);

/* Whether something that is shown has the id. */
bool edition_has(const Edition *edition, Str id);

/* The text of a footnote without what was left out; NULL when no mark of it is shown. */
const Block *edition_note(const Edition *edition, const Note *note);

/* Adds a name made of a layout's pattern: {report} and {theme} are the report's name and the theme's
 * id, {title} and {theme-title} their titles. */
void edition_fill_pattern(StrBuf *out, Str pattern, const Edition *edition);

/* The key figures as CSV: semicolons, UTF-8 with a byte order mark, as spreadsheets in Denmark read
 * it; precision words, caveats and themes are columns. As noegletal.csv it is read as it was written. */
void edition_figures_csv(const Edition *edition, StrBuf *out);

#endif
