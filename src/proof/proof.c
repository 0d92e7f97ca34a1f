#include "base/utf8.h"
#include "proof/internal.h"

static const Check *const all[] = {&check_paragraphs, &check_lix,     &check_names,   &check_bands,
                                   &check_dates,      &check_numbers, &check_tables,  &check_shares,
                                   &check_figures,    &check_cpr,     &check_private, &check_unused,
                                   &check_marks};

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

/* Looked up in small letters, so that a long list costs no more than a short one. */
static Str folded(StrBuf *out, Str words)
{
    words = str_trim(words);
    strbuf_clear(out);
    strbuf_add_lower(out, words);
    return strbuf_str(out);
}

static void read_accepted(Proof *proof)
{
    StrBuf b = {0};
    for (size_t i = 0; i < proof->report->accepteds; i++) {
        Str words = folded(&b, proof->report->accepted[i]);
        map_put(&proof->accepted, arena_str(&proof->arena, words), 0);
    }
    strbuf_drop(&b);
}

bool proof_accepts(const Proof *proof, Str words)
{
    StrBuf b = {0};
    uint32_t found;
    bool accepted = proof->accepted.n && map_get(&proof->accepted, folded(&b, words), &found);
    strbuf_drop(&b);
    return accepted;
}

/* ---- which checks --------------------------------------------------------------------------- */

/* What is told when pages are made has a code, too. */
static const char *const later[] = {"pages"};

enum { CODES = CHECKS + sizeof later / sizeof *later };

static void check_codes(const Report *report, Diags *diags)
{
    const char *codes[CODES];
    for (size_t i = 0; i < CODES; i++)
        codes[i] = i < CHECKS ? all[i]->code : later[i - CHECKS];
    for (size_t i = 0; i < report->offs; i++) {
        Str off = report->off[i];
        bool known = false;
        for (size_t k = 0; k < CODES && !known; k++)
            known = str_equal(off, str_from(codes[k]));
        if (known)
            continue;
        diag_error(diags, report->off_pos[i], "there is no check '%.*s'", (int)off.n, off.p);
        diag_hint_nearest(diags, off, codes, CODES);
    }
}

static void begin_checks(Proof *proof)
{
    for (size_t i = 0; i < CHECKS; i++) {
        if (report_puts_off(proof->report, str_from(all[i]->code)))
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
    read_accepted(&proof);
    begin_checks(&proof);
    scan_begin(&proof.scan, &proof.arena, report->terms);
    proof_walk(&proof);
    for (size_t i = 0; i < proof.checks; i++)
        if (proof.check[i]->end)
            proof.check[i]->end(&proof, proof.state[i]);
    scan_drop(&proof.scan);
    map_drop(&proof.accepted);
    arena_drop(&proof.arena);
}
