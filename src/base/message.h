/* Messages in the language of the run: gettext's functions, and the mark by which it finds those that are
 * looked up later. */
#ifndef BASE_MESSAGE_H
#define BASE_MESSAGE_H

#include <libintl.h>

#define N_(text) text

#endif
