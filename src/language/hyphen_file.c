#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "language/hyphen_internal.h"

typedef struct {
    char name[HYPHEN_NAME]; /* the primary subtag */
    Language language;
} Named;

struct HyphenData {
    void *map;
    size_t size;
    Named at[HYPHEN_MOST_LANGUAGES];
    size_t n;
    Hash hash; /* of the header and the table of languages: it differs when anything has moved */
};

static bool lies_inside(const HyphenData *d, HyphenPlace place, size_t size)
{
    return place.offset % 4 == 0 && place.offset <= d->size &&
           place.count <= (d->size - place.offset) / size;
}

static const void *at_offset(const HyphenData *d, HyphenPlace place)
{
    return (const char *)d->map + place.offset;
}

static Net net_at(const HyphenData *d, HyphenPlace place)
{
    Net net = {at_offset(d, place), place.count, {0}};
    for (size_t code = 0; code < HYPHEN_CODES; code++)
        net.first[code] = net.n;
    for (uint32_t i = 0; i < net.n; i++) {
        net.first[EDGE_CODE(net.at[i])] = i;
        if (net.at[i] & EDGE_LAST)
            break;
    }
    return net;
}

static bool read_language(HyphenData *d, const HyphenLanguage *l)
{
    if (!lies_inside(d, l->codes, 1) || l->codes.count != HYPHEN_LETTERS ||
        !lies_inside(d, l->joints, 4) || !lies_inside(d, l->inside, 4) ||
        !lies_inside(d, l->values, 1) || !lies_inside(d, l->parts, 4) ||
        !memchr(l->name, 0, HYPHEN_NAME))
        return false;
    Named *n = &d->at[d->n++];
    memcpy(n->name, l->name, HYPHEN_NAME);
    n->language = (Language){.code = at_offset(d, l->codes),
                             .joints = net_at(d, l->joints),
                             .inside = net_at(d, l->inside),
                             .parts = net_at(d, l->parts),
                             .value = at_offset(d, l->values),
                             .values = l->values.count,
                             .danish = l->parts.count > 0};
    return true;
}

static bool read_header(HyphenData *d)
{
    HyphenHeader header;
    if (d->size < sizeof header)
        return false;
    memcpy(&header, d->map, sizeof header);
    if (memcmp(header.magic, HYPHEN_MAGIC, sizeof header.magic) != 0 ||
        header.version != HYPHEN_VERSION || header.order != HYPHEN_ORDER ||
        header.size != d->size || header.languages > HYPHEN_MOST_LANGUAGES ||
        (d->size - sizeof header) / sizeof(HyphenLanguage) < header.languages)
        return false;
    const char *table = (const char *)d->map + sizeof header;
    for (uint32_t i = 0; i < header.languages; i++) {
        HyphenLanguage l;
        memcpy(&l, table + i * sizeof l, sizeof l);
        if (!read_language(d, &l))
            return false;
    }
    d->hash = hash_bytes(d->map, sizeof header + header.languages * sizeof(HyphenLanguage));
    return true;
}

static int map_file(HyphenData *d, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    if (file < 0)
        return errno;
    int error = fstat(file, &facts) ? errno : 0;
    if (!error && (facts.st_size <= 0 || facts.st_size > (off_t)INT32_MAX)) {
        close(file);
        return 0; /* nothing to map; the header will be found missing */
    }
    if (!error) {
        d->size = (size_t)facts.st_size;
        d->map = mmap(NULL, d->size, PROT_READ, MAP_PRIVATE, file, 0);
        if (d->map == MAP_FAILED) {
            error = errno;
            d->map = NULL;
            d->size = 0;
        }
    }
    close(file);
    return error;
}

HyphenData *hyphen_data_open(const char *path)
{
    HyphenData *d = mem_zalloc(sizeof *d);
    int error = map_file(d, path);
    if (!error && read_header(d))
        return d;
    hyphen_data_drop(d);
    errno = error;
    return NULL;
}

void hyphen_data_drop(HyphenData *d)
{
    if (!d)
        return;
    if (d->map)
        munmap(d->map, d->size);
    mem_free(d);
}

Hash hyphen_data_hash(const HyphenData *d)
{
    return d->hash;
}

/* Norwegian without saying which is bokmål; a language without its own patterns has none. */
const Language *hyphen_language(const HyphenData *d, Str tag)
{
    Str primary = str_cut(tag, 0, str_find(tag, '-'));
    if (str_equal(primary, STR("no")))
        primary = STR("nb");
    for (size_t i = 0; d && i < d->n; i++)
        if (str_equal(str_from(d->at[i].name), primary))
            return &d->at[i].language;
    return NULL;
}

bool net_step(const Net *net, NetNode *node, uint8_t code)
{
    uint32_t first = node->edges ? node->edges : net->first[code % HYPHEN_CODES];
    for (uint32_t i = first; i < net->n; i++) {
        uint32_t edge = net->at[i];
        if (EDGE_CODE(edge) == code) {
            uint32_t target = edge & EDGE_TARGET;
            *node = (NetNode){target, false, 0};
            if ((edge & EDGE_SAYS) && target < net->n) {
                uint32_t what = net->at[target];
                *node =
                    (NetNode){what & NODE_LEAF ? UINT32_MAX : target + 1, true, what & ~NODE_LEAF};
            }
            return true;
        }
        if (edge & EDGE_LAST)
            return false;
    }
    return false;
}
