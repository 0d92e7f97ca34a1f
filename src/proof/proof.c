#include "base/utf8.h"
#include "proof/internal.h"

static const Check *const all[] = {&check_paragraphs, &check_lix, &check_names,  &check_bands,
                                   &check_dates,      &check_cpr, &check_private};

enum { CHECKS = sizeof all / sizeof *all };

void proof_passage(Proof *proof, const Passage *passage)
{
    scan_passage(&proof->scan, passage->text);
    for (size_t i = 0; i < proof->checks; i++)
        if (proof->check[i]->passage)
            proof->check[i]->passage(proof, proof->state[i], passage);
}

void proof_table(Proof *proof, const Block *block, const Passage *where)
{
    for (size_t i = 0; i < proof->checks; i++)
        if (proof->check[i]->table)
            proof->check[i]->table(proof, proof->state[i], block, where);
}

bool proof_accepts(const Proof *proof, Str words)
{
    const PlacedList *list = &proof->report->checks_accept;
    for (size_t i = 0; i < list->n; i++)
        if (utf8_equal_fold(str_trim(words), str_trim(list->at[i].text)))
            return true;
    return false;
}

/* ---- which checks --------------------------------------------------------------------------- */

static bool is_off(const Report *report, const char *code)
{
    for (size_t i = 0; i < report->checks_off.n; i++)
        if (str_equal(report->checks_off.at[i].text, str_from(code)))
            return true;
    return false;
}

static bool is_code(Str code)
{
    for (size_t i = 0; i < CHECKS; i++)
        if (str_equal(code, str_from(all[i]->code)))
            return true;
    return false;
}

static void check_codes(const Report *report, Diags *diags)
{
    const char *codes[CHECKS];
    for (size_t i = 0; i < CHECKS; i++)
        codes[i] = all[i]->code;
    for (size_t i = 0; i < report->checks_off.n; i++) {
        const PlacedText *off = &report->checks_off.at[i];
        if (is_code(off->text))
            continue;
        diag_error(diags, off->pos, "there is no check '%.*s'", (int)off->text.n, off->text.p);
        const char *nearest = diag_nearest(off->text, codes, CHECKS);
        if (nearest)
            diag_hint(diags, "did you mean '%s'?", nearest);
    }
}

static void begin_checks(Proof *proof)
{
    for (size_t i = 0; i < CHECKS; i++) {
        if (is_off(proof->report, all[i]->code))
            continue;
        size_t n = proof->checks++;
        proof->check[n] = all[i];
        proof->state[n] = all[i]->begin ? all[i]->begin(proof) : NULL;
    }
}

void proof_check(const Report *report, Diags *diags)
{
    Proof proof = {.report = report, .terms = report->terms, .diags = diags};
    check_codes(report, diags);
    begin_checks(&proof);
    scan_begin(&proof.scan, &proof.arena, report->terms);
    proof_walk(&proof);
    for (size_t i = 0; i < proof.checks; i++)
        if (proof.check[i]->end)
            proof.check[i]->end(&proof, proof.state[i]);
    scan_drop(&proof.scan);
    arena_drop(&proof.arena);
}
