/* Growable arrays of any type: ARRAY(int) a = {0}; array_push(&a, 7); a.at[0]; array_drop(&a). */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

#define ARRAY(type)                                                                                \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }

/* Appends a value; evaluates `array` more than once. */
#define array_push(array, ...)                                                                     \
    ((array)->n == (array)->cap                                                                    \
         ? (void)((array)->at = array_grown((array)->at, &(array)->cap, (array)->n + 1,            \
                                            sizeof *(array)->at))                                  \
         : (void)0,                                                                                \
     (void)((array)->at[(array)->n++] = (__VA_ARGS__)))

/* Makes room for n elements in all. */
#define array_reserve(array, count)                                                                \
    ((array)->cap < (count) ? (void)((array)->at = array_grown((array)->at, &(array)->cap,         \
                                                               (count), sizeof *(array)->at))      \
                            : (void)0)

#define array_last(array) ((array)->at[(array)->n - 1])
#define array_drop(array)                                                                          \
    (array_release((array)->at), (array)->at = NULL, (array)->n = (array)->cap = 0)

/* Behind the macros. */
void *array_grown(void *at, size_t *cap, size_t need, size_t size) __attribute__((returns_nonnull));
void array_release(void *at);

#endif
