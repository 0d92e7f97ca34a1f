#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/command.h"

/* The value of --lang, or NULL. What it may be is checked where options are read. */
static const char *asked_for(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            return argv[i] + 7;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            return argv[i + 1];
    }
    return NULL;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

/* Whether a name such as da_DK.UTF-8, the first of a list, is of the language. */
static bool names(const char *locale, const char *language)
{
    size_t n = strlen(language);
    return strncmp(locale, language, n) == 0 && !ascii_letter(locale[n]);
}

/* Whether the environment asks for Danish, by the rules of gettext: LC_ALL, LC_MESSAGES or LANG name the
 * locale, and where that isn't "C", a list in LANGUAGE comes before it. Whether the locale is installed
 * makes no difference. */
static bool environment_is_danish(void)
{
    const char *locale = variable("LC_ALL"), *list = variable("LANGUAGE");
    locale = locale ? locale : variable("LC_MESSAGES");
    locale = locale ? locale : variable("LANG");
    if (!locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return false;
    for (const char *at = list; at; at = strchr(at, ':')) {
        at += *at == ':';
        if (names(at, "da") || names(at, "en"))
            return names(at, "da");
    }
    return names(locale, "da");
}

static bool danish;

bool language_is_danish(void)
{
    return danish;
}

void language_choose(int argc, char **argv)
{
    const char *asked = asked_for(argc, argv);
    if (asked ? strcmp(asked, "da") != 0 : !environment_is_danish())
        return;
    danish = true;
    /* LANGUAGE counts in every locale but "C"; this one is always there, and changes nothing else */
    if (!setlocale(LC_MESSAGES, "C.UTF-8") || setenv("LANGUAGE", "da", 1))
        return;
    char *folder = paths_messages();
    bindtextdomain("briefpack", folder);
    bind_textdomain_codeset("briefpack", "UTF-8");
    bind_textdomain_codeset("libc", "UTF-8"); /* what strerror says */
    textdomain("briefpack");
    mem_free(folder);
}
