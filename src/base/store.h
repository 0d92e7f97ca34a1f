/* What was computed, kept under a hash of what it was computed from. Safe from several threads. */
#ifndef BASE_STORE_H
#define BASE_STORE_H

#include "base/hash.h"

typedef struct Store Store;

Store *store_new(void);
/* Releases the store, not what is kept in it. */
void store_drop(Store *store);

/* What is kept under the key, or NULL. */
void *store_find(Store *store, Hash key);
/* Keeps a thing and gives it back; when another thread was faster, gives its thing. */
void *store_keep(Store *store, Hash key, void *thing);

typedef struct {
    uint64_t kept, asked, found;
} StoreCount;
StoreCount store_count(Store *store);

#endif
