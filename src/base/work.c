#include "base/work.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

/* One job at a time: a range of indices that threads take pieces of. A stream is a job whose
 * indices may run ahead of the taker by a window at most. */
struct WorkQueue {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    pthread_t *threads;
    unsigned wanted, started; /* threads beside the caller */
    bool stop;

    size_t n, next, finished, grain, bound; /* indices below bound may be taken */
    void (*step)(void *job, size_t i, unsigned worker);
    void *job;
};

typedef struct {
    WorkQueue *queue;
    unsigned worker;
} Start;

/* Takes a piece of the job and does it. Called and returns with the lock held; false when there
 * was nothing to take. */
static bool take(WorkQueue *q, unsigned worker)
{
    size_t limit = q->bound < q->n ? q->bound : q->n;
    if (!q->job || q->next >= limit)
        return false;
    size_t from = q->next;
    size_t to = limit - from < q->grain ? limit : from + q->grain;
    q->next = to;
    pthread_mutex_unlock(&q->lock);
    for (size_t i = from; i < to; i++)
        q->step(q->job, i, worker);
    pthread_mutex_lock(&q->lock);
    q->finished += to - from;
    pthread_cond_broadcast(&q->done);
    return true;
}

static void *serve(void *argument)
{
    Start start = *(Start *)argument;
    mem_free(argument);
    WorkQueue *q = start.queue;
    pthread_mutex_lock(&q->lock);
    while (!q->stop)
        if (!take(q, start.worker))
            pthread_cond_wait(&q->work, &q->lock);
    pthread_mutex_unlock(&q->lock);
    return NULL;
}

unsigned work_processors(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? (unsigned)n : 1;
}

WorkQueue *work_new(unsigned threads)
{
    WorkQueue *q = mem_zalloc(sizeof *q);
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->work, NULL);
    pthread_cond_init(&q->done, NULL);
    q->wanted = threads > 1 ? threads - 1 : 0;
    q->threads = mem_array(q->wanted, sizeof *q->threads);
    return q;
}

void work_drop(WorkQueue *q)
{
    if (!q)
        return;
    pthread_mutex_lock(&q->lock);
    q->stop = true;
    pthread_cond_broadcast(&q->work);
    pthread_mutex_unlock(&q->lock);
    for (unsigned i = 0; i < q->started; i++)
        pthread_join(q->threads[i], NULL);
    pthread_cond_destroy(&q->work);
    pthread_cond_destroy(&q->done);
    pthread_mutex_destroy(&q->lock);
    mem_free(q->threads);
    mem_free(q);
}

unsigned work_threads(const WorkQueue *q)
{
    return q->wanted + 1;
}

static void start_threads(WorkQueue *q)
{
    while (q->started < q->wanted) {
        Start *start = mem_alloc(sizeof *start);
        *start = (Start){q, q->started + 1};
        if (pthread_create(&q->threads[q->started], NULL, serve, start) != 0) {
            mem_free(start);
            q->wanted = q->started; /* go on with those that there are */
            return;
        }
        q->started++;
    }
}

/* Offers a job to the threads. */
static void offer(WorkQueue *q, size_t n, size_t grain, size_t bound,
                  void (*step)(void *, size_t, unsigned), void *job)
{
    if (n > 1)
        start_threads(q);
    pthread_mutex_lock(&q->lock);
    q->n = n;
    q->next = q->finished = 0;
    q->grain = grain ? grain : 1;
    q->bound = bound;
    q->step = step;
    q->job = job;
    pthread_cond_broadcast(&q->work);
    pthread_mutex_unlock(&q->lock);
}

typedef struct {
    WorkFn *run;
    void *context;
} Run;

static void run_step(void *job, size_t i, unsigned worker)
{
    Run *r = job;
    r->run(r->context, i, worker);
}

void work_run(WorkQueue *q, size_t n, size_t grain, WorkFn *run, void *context)
{
    if (!q->wanted || n <= grain) {
        for (size_t i = 0; i < n; i++)
            run(context, i, 0);
        return;
    }
    Run r = {run, context};
    offer(q, n, grain, n, run_step, &r);
    pthread_mutex_lock(&q->lock);
    while (take(q, 0))
        continue;
    while (q->finished < q->n)
        pthread_cond_wait(&q->done, &q->lock);
    q->job = NULL;
    pthread_mutex_unlock(&q->lock);
}

struct WorkStream {
    WorkQueue *queue;
    WorkMakeFn *make;
    WorkDiscardFn *discard;
    void *context;
    size_t n, taken, window;
    void **slot; /* window of them */
    bool *ready;
};

static void stream_step(void *job, size_t i, unsigned worker)
{
    WorkStream *s = job;
    void *thing = s->make(s->context, i, worker);
    pthread_mutex_lock(&s->queue->lock);
    s->slot[i % s->window] = thing;
    s->ready[i % s->window] = true;
    pthread_mutex_unlock(&s->queue->lock);
}

WorkStream *work_stream_open(WorkQueue *q, size_t n, WorkMakeFn *make, WorkDiscardFn *discard,
                             void *context)
{
    WorkStream *s = mem_zalloc(sizeof *s);
    *s = (WorkStream){.queue = q,
                      .make = make,
                      .discard = discard ? discard : free,
                      .context = context,
                      .n = n,
                      /* enough to keep threads busy while the taker writes, few enough to
                       * bound the memory */
                      .window = (size_t)work_threads(q) * 16};
    s->slot = mem_zalloc(s->window * sizeof *s->slot);
    s->ready = mem_zalloc(s->window * sizeof *s->ready);
    if (q->wanted)
        offer(q, n, 1, s->window, stream_step, s);
    return s;
}

void *work_stream_next(WorkStream *s)
{
    WorkQueue *q = s->queue;
    if (s->taken >= s->n)
        return NULL;
    if (!q->wanted)
        return s->make(s->context, s->taken++, 0);
    size_t at = s->taken % s->window;
    pthread_mutex_lock(&q->lock);
    while (!s->ready[at])
        if (!take(q, 0))
            pthread_cond_wait(&q->done, &q->lock);
    void *thing = s->slot[at];
    s->ready[at] = false;
    s->taken++;
    q->bound = s->taken + s->window;
    pthread_cond_broadcast(&q->work);
    pthread_mutex_unlock(&q->lock);
    return thing;
}

void work_stream_close(WorkStream *s)
{
    WorkQueue *q = s->queue;
    pthread_mutex_lock(&q->lock);
    if (q->job == s) {
        q->bound = 0;
        while (q->finished < q->next)
            pthread_cond_wait(&q->done, &q->lock);
        q->job = NULL;
    }
    pthread_mutex_unlock(&q->lock);
    for (size_t i = 0; i < s->window; i++)
        if (s->ready[i])
            s->discard(s->slot[i]);
    mem_free(s->slot);
    mem_free(s->ready);
    mem_free(s);
}
