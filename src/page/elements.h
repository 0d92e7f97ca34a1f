/* What in a paragraph is a node of its own. */
#ifndef PAGE_ELEMENTS_H
#define PAGE_ELEMENTS_H

#include "page/internal.h"

/* A link or a span. */
typedef struct Element Element;
struct Element {
    const Inline *in;
    const Abbreviation *abbreviation; /* that it expands, instead of `in` */
    Role role;
    Element *parent;
    size_t at; /* of an abbreviation: where it begins in the text */
    Str text;  /* of a reference: the words that were made */
    bool has_children, made;
    Node node;
};

/* An abbreviation whose words stand beside it isn't expanded: they would be said twice. */
void elements_leave_explained(SpecBuilding *a);
/* Makes the nodes below the paragraph's, in the order of its runs, and says which owns which run. The owners live in
 * `arena`. */
void elements_give(Composer *c, Arena *arena, const SpecBuilding *a, Spec *spec);

#endif
