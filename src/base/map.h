/* A hash table from text to a number. Keys are borrowed and must stay as they are. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

typedef struct {
    Str key;
    uint32_t value, hash;
    bool used;
} MapSlot;

typedef struct {
    MapSlot *slot; /* cap of them, a power of two */
    size_t n, cap;
} Map;

/* A Map of zeros is empty and ready. */
void map_drop(Map *map);
/* Sets the value of a key; true when the key is new. */
bool map_put(Map *map, Str key, uint32_t value);
/* False when the key isn't there. */
bool map_get(const Map *map, Str key, uint32_t *value);

#endif
