#include "base/work.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

/* A range of indices that threads take pieces of. A stream is a job whose indices may run ahead of the
 * taker by a window at most. */
typedef struct Job Job;
struct Job {
    Job *later;
    size_t n, next, finished, grain, bound; /* indices below bound may be taken */
    void (*step)(void *context, size_t i, unsigned worker);
    void *context;
};

struct WorkQueue {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    pthread_t *threads;
    unsigned wanted, started; /* threads beside the caller */
    bool full, stop;
    Job *oldest; /* jobs that have begun; idle threads help with the oldest */
};

/* Which worker this thread is: 0 for the one that made the queue. */
static _Thread_local unsigned self;

typedef struct {
    WorkQueue *queue;
    unsigned worker;
} Start;

/* Takes a piece of a job and does it. Called and returns with the lock held; false when there was
 * nothing to take. */
static bool take(WorkQueue *q, Job *job)
{
    size_t limit = job->bound < job->n ? job->bound : job->n;
    if (job->next >= limit)
        return false;
    size_t from = job->next;
    size_t to = limit - from < job->grain ? limit : from + job->grain;
    job->next = to;
    pthread_mutex_unlock(&q->lock);
    for (size_t i = from; i < to; i++)
        job->step(job->context, i, self);
    pthread_mutex_lock(&q->lock);
    job->finished += to - from;
    pthread_cond_broadcast(&q->done);
    return true;
}

static bool take_any(WorkQueue *q)
{
    for (Job *job = q->oldest; job; job = job->later)
        if (take(q, job))
            return true;
    return false;
}

static void *serve(void *argument)
{
    Start start = *(Start *)argument;
    mem_free(argument);
    WorkQueue *q = start.queue;
    self = start.worker;
    pthread_mutex_lock(&q->lock);
    while (!q->stop)
        if (!take_any(q))
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

/* Called with the lock held. */
static void start_threads(WorkQueue *q)
{
    while (!q->full && q->started < q->wanted) {
        Start *start = mem_alloc(sizeof *start);
        *start = (Start){q, q->started + 1};
        if (pthread_create(&q->threads[q->started], NULL, serve, start) != 0) {
            mem_free(start);
            q->full = true; /* go on with those that there are */
            return;
        }
        q->started++;
    }
}

static void begin_job(WorkQueue *q, Job *job)
{
    pthread_mutex_lock(&q->lock);
    if (job->n > 1)
        start_threads(q);
    Job **last = &q->oldest;
    while (*last)
        last = &(*last)->later;
    *last = job;
    pthread_cond_broadcast(&q->work);
    pthread_mutex_unlock(&q->lock);
}

/* Waits for the pieces that other threads have taken. Who began a job waits for no other's work:
 * its thread has its scratch memory in use. */
static void end_job(WorkQueue *q, Job *job)
{
    pthread_mutex_lock(&q->lock);
    while (job->finished < job->next)
        pthread_cond_wait(&q->done, &q->lock);
    Job **at = &q->oldest;
    while (*at != job)
        at = &(*at)->later;
    *at = job->later;
    pthread_mutex_unlock(&q->lock);
}

void work_run(WorkQueue *q, size_t n, size_t grain, WorkFn *run, void *context)
{
    if (!q->wanted || n <= grain) {
        for (size_t i = 0; i < n; i++)
            run(context, i, self);
        return;
    }
    Job job = {.n = n, .bound = n, .grain = grain ? grain : 1, .step = run, .context = context};
    begin_job(q, &job);
    pthread_mutex_lock(&q->lock);
    while (take(q, &job))
        continue;
    pthread_mutex_unlock(&q->lock);
    end_job(q, &job);
}

struct WorkStream {
    WorkQueue *queue;
    Job job;
    WorkMakeFn *make;
    WorkDiscardFn *discard;
    void *context;
    size_t taken, window;
    void **slot; /* window of them */
    bool *ready;
};

static void stream_step(void *context, size_t i, unsigned worker)
{
    WorkStream *s = context;
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
    /* enough to keep threads busy while the taker writes, few enough to bound the memory */
    size_t window = (size_t)work_threads(q) * 16;
    *s = (WorkStream){
        .queue = q,
        .job = {.n = n, .bound = window, .grain = 1, .step = stream_step, .context = s},
        .make = make,
        .discard = discard ? discard : free,
        .context = context,
        .window = window};
    s->slot = mem_zalloc(s->window * sizeof *s->slot);
    s->ready = mem_zalloc(s->window * sizeof *s->ready);
    begin_job(q, &s->job);
    return s;
}

void *work_stream_next(WorkStream *s)
{
    WorkQueue *q = s->queue;
    if (s->taken >= s->job.n)
        return NULL;
    size_t at = s->taken % s->window;
    pthread_mutex_lock(&q->lock);
    while (!s->ready[at])
        if (!take(q, &s->job))
            pthread_cond_wait(&q->done, &q->lock);
    void *thing = s->slot[at];
    s->ready[at] = false;
    s->taken++;
    s->job.bound = s->taken + s->window;
    pthread_cond_broadcast(&q->work);
    pthread_mutex_unlock(&q->lock);
    return thing;
}

void work_stream_close(WorkStream *s)
{
    pthread_mutex_lock(&s->queue->lock);
    s->job.bound = 0;
    pthread_mutex_unlock(&s->queue->lock);
    end_job(s->queue, &s->job);
    for (size_t i = 0; i < s->window; i++)
        if (s->ready[i])
            s->discard(s->slot[i]);
    mem_free(s->slot);
    mem_free(s->ready);
    mem_free(s);
}
