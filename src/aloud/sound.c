#include "aloud/sound.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"

#define SPEAKER "espeak-ng"

/* Where it fails the speaker has ended, and its status says why. */
static void say(int fd, Str s)
{
    (void)file_write(fd, s.p, s.n);
}

/* Starts the speaker, which reads its standard input and writes the file of a descriptor. Returns errno. */
static int start(pid_t *pid, const int input[2], Str language, int sound)
{
    char file[32], *voice = mem_strndup(language.p, language.n);
    snprintf(file, sizeof file, "/proc/self/fd/%d", sound);
    char *const command[] = {(char[]){SPEAKER},   (char[]){"-m"}, (char[]){"-v"}, voice,
                             (char[]){"--stdin"}, (char[]){"-w"}, file,           NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_addclose(&actions, input[0]);
    posix_spawn_file_actions_addclose(&actions, input[1]);
    int error = posix_spawnp(pid, SPEAKER, &actions, NULL, command, environ);
    posix_spawn_file_actions_destroy(&actions);
    mem_free(voice);
    return error;
}

static int speak(Str ssml, Str language, int sound)
{
    int input[2], result = 0;
    pid_t pid;
    if (sound < 0 || pipe(input) < 0)
        return errno;
    int error = start(&pid, input, language, sound);
    close(input[0]);
    if (!error) {
        say(input[1], STR("<speak>"));
        say(input[1], ssml);
        say(input[1], STR("</speak>"));
    }
    close(input[1]);
    while (!error && waitpid(pid, &result, 0) < 0)
        error = errno == EINTR ? 0 : errno;
    return error ? error : result ? EIO : 0;
}

static int tell(const char *path, int error, bool written)
{
    if (written)
        return command_fail(STATUS_FILE, "can't write '%s': %s", path, strerror(error));
    if (error != ENOENT)
        return command_fail(STATUS_FILE, "%s doesn't speak: %s", SPEAKER, strerror(error));
    command_fail(STATUS_FILE, "%s is not installed, which makes the sound", SPEAKER);
    command_hint("'apt install %s' brings it", SPEAKER);
    return STATUS_FILE;
}

int sound_write(Str ssml, Str language, const char *path)
{
    OutFile *file = outfile_open(path);
    int error = outfile_error(file), status = STATUS_OK;
    if (error)
        status = tell(path, error, true);
    if (!status) {
        int sound = outfile_share(file);
        error = speak(ssml, language, sound);
        if (sound >= 0)
            close(sound);
        status = error ? tell(path, error, false) : STATUS_OK;
    }
    if (!status && ((error = outfile_finish(file)) || (error = outfile_publish(file))))
        status = tell(path, error, true);
    outfile_drop(file);
    return status;
}
