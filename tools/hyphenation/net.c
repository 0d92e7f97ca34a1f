#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tool.h"

/* Incremental construction of minimal acyclic automata from sorted words: J. Daciuk et al.,
 * Incremental Construction of Minimal Acyclic Finite-State Automata, 2000. */

typedef struct {
    uint8_t code;
    uint32_t node;
} Edge;

typedef struct {
    uint32_t says;
    bool any; /* says something */
    uint32_t edges, first;
} Node;

/* A node of the word that was added last, which may still get edges. */
typedef struct {
    uint32_t says;
    bool any;
    uint32_t n;
    Edge edge[HYPHEN_CODES];
} OpenNode;

typedef struct {
    ARRAY(Node) nodes; /* finished ones, all different */
    ARRAY(Edge) edges;
    uint32_t *slot; /* table of the finished ones by content; 0 is free, else number + 1 */
    size_t slots;
    OpenNode *open; /* one for each letter of the longest word, and one more */
} Builder;

static int compare_keys(const void *a, const void *b)
{
    const NetKey *x = a, *y = b;
    int order = memcmp(x->code, y->code, x->n < y->n ? x->n : y->n);
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

static bool same(const Builder *b, const Node *node, const OpenNode *open)
{
    if (node->any != open->any || node->says != open->says || node->edges != open->n)
        return false;
    for (uint32_t i = 0; i < open->n; i++) {
        const Edge *e = &b->edges.at[node->first + i];
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): what is counted was added */
        if (e->code != open->edge[i].code || e->node != open->edge[i].node)
            return false;
    }
    return true;
}

static size_t hash_of(const OpenNode *open)
{
    uint64_t h = open->says * 2u + open->any;
    for (uint32_t i = 0; i < open->n; i++)
        h = (h ^ (((uint64_t)open->edge[i].node << 6) | open->edge[i].code)) * 0x9E3779B97F4A7C15u;
    return (size_t)(h ^ (h >> 29));
}

static uint32_t add_node(Builder *b, const OpenNode *open)
{
    Node node = {open->says, open->any, open->n, (uint32_t)b->edges.n};
    for (uint32_t i = 0; i < open->n; i++)
        array_push(&b->edges, open->edge[i]);
    array_push(&b->nodes, node);
    return (uint32_t)b->nodes.n - 1;
}

/* The finished node that is like an open one. */
static uint32_t finish(Builder *b, const OpenNode *open)
{
    for (size_t i = hash_of(open);; i++) {
        uint32_t *slot = &b->slot[i & (b->slots - 1)];
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): what has a number was added */
        if (*slot && same(b, &b->nodes.at[*slot - 1], open))
            return *slot - 1;
        if (!*slot) {
            uint32_t node = add_node(b, open);
            *slot = node + 1;
            return node;
        }
    }
}

/* Finishes the open nodes behind the first `keep` letters of the last word. */
static void close_behind(Builder *b, const NetKey *last, uint32_t keep)
{
    for (uint32_t i = last->n; i > keep; i--) {
        OpenNode *parent = &b->open[i - 1];
        parent->edge[parent->n - 1].node = finish(b, &b->open[i]);
        b->open[i].n = 0;
        b->open[i].any = false;
        b->open[i].says = 0;
    }
}

static void add_key(Builder *b, const NetKey *last, const NetKey *key)
{
    uint32_t common = 0;
    while (common < last->n && common < key->n && last->code[common] == key->code[common])
        common++;
    if (common == key->n)
        return; /* equal */
    close_behind(b, last, common);
    for (uint32_t i = common; i < key->n; i++) {
        OpenNode *node = &b->open[i];
        node->edge[node->n++] = (Edge){key->code[i], 0};
    }
    b->open[key->n].any = true;
    b->open[key->n].says = key->says;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* Gives the node and those that it leads to their places, in the order in which a walk meets them. */
static void place(const Builder *b, uint32_t node, uint32_t *at, uint32_t *end)
{
    const Node *n = &b->nodes.at[node];
    if (at[node] != UINT32_MAX)
        return;
    at[node] = *end;
    *end += n->any + n->edges;
    for (uint32_t i = 0; i < n->edges; i++)
        place(b, b->edges.at[n->first + i].node, at, end);
}

static void write_node(const Builder *b, uint32_t number, const uint32_t *at, uint32_t *out)
{
    const Node *n = &b->nodes.at[number];
    uint32_t *to = out + at[number];
    if (n->any)
        *to++ = n->says | (n->edges ? 0 : NODE_LEAF);
    for (uint32_t i = 0; i < n->edges; i++) {
        const Edge *e = &b->edges.at[n->first + i];
        *to++ = at[e->node] | (uint32_t)e->code << 24 | (b->nodes.at[e->node].any ? EDGE_SAYS : 0) |
                (i + 1 == n->edges ? EDGE_LAST : 0);
    }
}

static void write_nodes(const Builder *b, uint32_t root, NetWords *out)
{
    uint32_t *at = mem_array(b->nodes.n, sizeof *at), end = 0;
    memset(at, 0xFF, b->nodes.n * sizeof *at);
    place(b, root, at, &end);
    if (end > EDGE_TARGET)
        tool_fail("a net has %u words, more than an edge can name", end);
    array_reserve(out, end);
    for (uint32_t i = 0; i < b->nodes.n; i++)
        if (at[i] != UINT32_MAX)
            write_node(b, i, at, out->at);
    out->n = end;
    mem_free(at);
}

void net_write(NetKeys *keys, NetWords *out)
{
    Builder b = {.slots = 1};
    uint32_t longest = 0;
    if (!keys->n)
        return;
    qsort(keys->at, keys->n, sizeof *keys->at, compare_keys);
    size_t letters = 0;
    for (size_t i = 0; i < keys->n; i++) {
        longest = keys->at[i].n > longest ? keys->at[i].n : longest;
        letters += keys->at[i].n + 1;
    }
    while (b.slots < letters * 2)
        b.slots *= 2;
    b.slot = mem_zalloc(b.slots * sizeof *b.slot);
    b.open = mem_zalloc((longest + 1) * sizeof *b.open);
    NetKey last = {NULL, 0, 0};
    for (size_t i = 0; i < keys->n; i++) {
        add_key(&b, &last, &keys->at[i]);
        last = keys->at[i];
    }
    close_behind(&b, &last, 0);
    write_nodes(&b, add_node(&b, &b.open[0]), out);
    mem_free(b.slot);
    mem_free(b.open);
    array_drop(&b.nodes);
    array_drop(&b.edges);
}
