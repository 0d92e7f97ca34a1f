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
 * all are done. `worker` is less than work_threads and tells which scratch memory to use. Threads
 * take `grain` neighbours at a time. */
typedef void WorkFn(void *context, size_t i, unsigned worker);
void work_run(WorkQueue *queue, size_t n, size_t grain, WorkFn *run, void *context);

/* Things made in parallel and taken in order, with no more than a window of them waiting.
 * `make` returns the i-th thing, which the taker owns. Between work_stream_open and
 * work_stream_close the queue serves this stream alone; every thing must be taken or left to
 * `discard` (free when NULL) by work_stream_close. */
typedef void *WorkMakeFn(void *context, size_t i, unsigned worker);
typedef void WorkDiscardFn(void *thing);
typedef struct WorkStream WorkStream;
WorkStream *work_stream_open(WorkQueue *queue, size_t n, WorkMakeFn *make, WorkDiscardFn *discard,
                             void *context);
void *work_stream_next(WorkStream *stream);
void work_stream_close(WorkStream *stream);

#endif
