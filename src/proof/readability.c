#include "proof/internal.h"

/* A paragraph of more words fills two fifths of a page. */
enum { LONGEST_PARAGRAPH = 150 };
/* From 55 on LIX calls a text very hard, "academic". In fewer words one long name weighs too much. */
enum { HARDEST_LIX = 55, FEWEST_WORDS = 100 };

int readability_lix(const Readability *r)
{
    if (!r->words)
        return 0;
    size_t sentences = r->sentences ? r->sentences : 1;
    double lix = (double)r->words / (double)sentences +
                 100.0 * (double)r->long_words / (double)r->words;
    return (int)(lix + 0.5);
}

/* ---- LIX ------------------------------------------------------------------------------------ */

/* Running text; headings, tables and code have no sentences. */
static bool is_read(const Passage *p)
{
    return p->kind == PASSAGE_TEXT && p->section != NOWHERE;
}

static void *begin_lix(Proof *proof)
{
    size_t n = proof->report->sections;
    return arena_zalloc(&proof->arena, n * sizeof(Readability));
}

static void count_passage(Proof *proof, void *state, const Passage *p)
{
    if (!is_read(p))
        return;
    Readability *of = (Readability *)state + p->section;
    of->words += proof->scan.words;
    of->long_words += proof->scan.long_words;
    of->sentences += proof->scan.sentences;
}

static void end_lix(Proof *proof, void *state)
{
    const Readability *of = state;
    for (size_t i = 0; i < proof->report->sections; i++) {
        int lix = readability_lix(&of[i]);
        if (of[i].words < FEWEST_WORDS || lix < HARDEST_LIX)
            continue;
        diag_advice(proof->diags, proof->report->section[i].pos,
                    "this section is very hard to read: its LIX is %d [lix]", lix);
        diag_hint(proof->diags,
                  "shorter sentences and words help; %d is very hard, 45 is a newspaper",
                  HARDEST_LIX);
    }
}

const Check check_lix = {"lix", begin_lix, count_passage, NULL, end_lix};

void proof_readability(const Report *report, Readability *section)
{
    Proof proof = {.report = report, .terms = report->terms, .checks = 1};
    static const Check count = {"lix", NULL, count_passage, NULL, NULL};
    for (size_t i = 0; i < report->sections; i++)
        section[i] = (Readability){0, 0, 0};
    proof.check[0] = &count;
    proof.state[0] = section;
    scan_begin(&proof.scan, &proof.arena, report->terms);
    proof_walk(&proof);
    scan_drop(&proof.scan);
    arena_drop(&proof.arena);
}

/* ---- paragraphs ----------------------------------------------------------------------------- */

static void check_length(Proof *proof, void *state, const Passage *p)
{
    (void)state;
    if (!is_read(p) || proof->scan.words <= LONGEST_PARAGRAPH)
        return;
    diag_advice(proof->diags, passage_pos(proof, p, 0), "this paragraph has %zu words [paragraphs]",
                proof->scan.words);
    diag_hint(proof->diags,
              "readers lose their way in more than %d; part it where a new thought begins",
              LONGEST_PARAGRAPH);
}

const Check check_paragraphs = {"paragraphs", NULL, check_length, NULL, NULL};
