#include "base/cpr.h"
#include "proof/internal.h"

static void find_numbers(Proof *proof, void *state, const Passage *p)
{
    (void)state;
    size_t at = 0, n = 0;
    if (!proof->scan.numbers.n)
        return;
    for (; cpr_find(p->text, at, &at, &n); at += n) {
        diag_error(proof->diags, passage_pos(proof, p, at),
                   "there is a personal identification number in the text [cpr]");
        diag_hint(proof->diags, "a report is no place for it; it is masked here");
    }
}

const Check check_cpr = {"cpr", NULL, find_numbers, NULL, NULL};
