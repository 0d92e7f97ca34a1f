/* A small queue of work for threads. What is computed doesn't depend on how many there are. */
#ifndef BASE_WORK_H
#define BASE_WORK_H

#include <stddef.h>

typedef struct WorkQueue WorkQueue;

/* A queue served by the calling thread and threads - 1 others, which start when they are first
 * needed. Where no thread can be started the caller does all of the work. */
WorkQueue *work_new(unsigned threads);
void work_drop(WorkQueue *queue);
unsigned work_threads(const WorkQueue *queue);
/* Number of processors that this process may use, at least 1. */
unsigned work_processors(void);

/* Calls run(context, i, worker) for every i from 0 to n - 1, in no certain order, and returns when
 * all are done. `worker` is less than work_threads and tells which scratch memory to use: it is the
 * same for all that one thread does. Threads take `grain` neighbours at a time. What is run may call
 * work_run or open a stream itself; threads that have nothing else to do help with it. */
typedef void WorkFn(void *context, size_t i, unsigned worker);
void work_run(WorkQueue *queue, size_t n, size_t grain, WorkFn *run, void *context);

/* Things made in parallel and taken in order, with no more than a window of them waiting.
 * `make` returns the i-th thing, which the taker owns. What isn't taken is left to
 * `discard` (free when NULL) by work_stream_close. A stream belongs to the thread that opened it. */
typedef void *WorkMakeFn(void *context, size_t i, unsigned worker);
typedef void WorkDiscardFn(void *thing);
typedef struct WorkStream WorkStream;
WorkStream *work_stream_open(WorkQueue *queue, size_t n, WorkMakeFn *make, WorkDiscardFn *discard,
                             void *context);
void *work_stream_next(WorkStream *stream);
void work_stream_close(WorkStream *stream);

#endif
