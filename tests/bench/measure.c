/* measure SECONDS STDOUT STDERR PROGRAM [ARGUMENT]...
 * Runs a program and prints what it took: wall, user and system seconds, peak memory in bytes, exit
 * status (128 + the signal that ended it). After SECONDS it and its children are killed.
 *
 * It is a program of its own because a process starts with the peak memory of its parent: beside a
 * Python of 14 MB nothing smaller could be seen. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CANNOT_RUN = 127, KILLED = 128 };

static pid_t child;

static void kill_child(int signal)
{
    (void)signal;
    kill(-child, SIGKILL);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static void become(char **argv, const char *output, const char *errors)
{
    int in = open("/dev/null", O_RDONLY), out = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666),
        err = open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    setpgid(0, 0);
    if (in < 0 || out < 0 || err < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
        _exit(CANNOT_RUN);
    close(in);
    close(out);
    close(err);
    execvp(argv[0], argv);
    perror(argv[0]);
    _exit(CANNOT_RUN);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("measure: error: SECONDS STDOUT STDERR PROGRAM [ARGUMENT]...\n", stderr);
        return 2;
    }
    struct rusage used;
    int status;
    double start = now();
    child = fork();
    if (child < 0) {
        perror("measure");
        return 1;
    }
    if (child == 0)
        become(argv + 4, argv[2], argv[3]);
    setpgid(child, child);
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = kill_child, .sa_flags = SA_RESTART}, NULL);
    alarm((unsigned)strtoul(argv[1], NULL, 10));
    if (wait4(child, &status, 0, &used) < 0) {
        perror("measure");
        return 1;
    }
    double wall = now() - start;
    printf("%.6f %.6f %.6f %lld %d\n", wall, seconds(used.ru_utime), seconds(used.ru_stime),
           (long long)used.ru_maxrss * 1024,
           WIFEXITED(status) ? WEXITSTATUS(status) : KILLED + WTERMSIG(status));
    return 0;
}
