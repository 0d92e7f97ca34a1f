#include "proof/internal.h"

static const Check *const all[] = {&check_paragraphs, &check_lix, &check_cpr};

void proof_passage(Proof *proof, const Passage *passage)
{
    scan_passage(&proof->scan, proof->terms, passage->text);
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

static void begin_checks(Proof *proof)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        size_t n = proof->checks++;
        proof->check[n] = all[i];
        proof->state[n] = all[i]->begin ? all[i]->begin(proof) : NULL;
    }
}

void proof_check(const Report *report, Diags *diags)
{
    Proof proof = {.report = report, .terms = report->terms, .diags = diags};
    begin_checks(&proof);
    proof_walk(&proof);
    for (size_t i = 0; i < proof.checks; i++)
        if (proof.check[i]->end)
            proof.check[i]->end(&proof, proof.state[i]);
    scan_drop(&proof.scan);
    arena_drop(&proof.arena);
}
