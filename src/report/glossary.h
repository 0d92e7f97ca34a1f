/* Words that a report explains under "# Ordliste", and the abbreviations among them. */
#ifndef REPORT_GLOSSARY_H
#define REPORT_GLOSSARY_H

#include "report/report.h"

typedef struct {
    Str term;
    const Inline *meaning; /* NULL when nothing is said of it */
    Pos pos;
} GlossaryEntry;

/* The entry of an item of a list: "**Borough:** a district" or "Borough: a district". False when it is none.
 * What it needs lives in the arena. */
bool glossary_entry(Arena *arena, const Terms *terms, const Block *item, GlossaryEntry *entry);

/* What an abbreviation stands for, and in which language (empty: the report's). */
typedef struct {
    Str abbreviation, expansion, language;
} Abbreviation;

/* The abbreviations of the report's glossaries, without those of closed parts unless `closed`. One is known
 * by its capitals; what it stands for is the words in another language that its meaning begins with, or the
 * words there that its letters begin. Where neither is, it is not among them. Returns how many; they
 * live in the arena. */
size_t glossary_abbreviations(Arena *arena, const Report *r, bool closed, const Abbreviation **out);

/* Warns of a term that is explained twice; capitals don't matter. */
void glossary_check(const Report *report, Diags *diags);

/* The capitals and digits that begin at a byte of a text, if they are a word of two letters or more by
 * themselves; else 0. */
size_t glossary_capitals(Str text, size_t at);

/* Whether an expansion stands right before or behind bytes [from, to) of a text, with nothing but blanks and
 * signs between: "Multi-Agency Risk Assessment Conference (MARAC)". Capitals and hyphens don't matter. */
bool glossary_is_beside(Str text, size_t from, size_t to, Str expansion);

#endif
