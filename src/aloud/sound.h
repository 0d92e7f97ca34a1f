/* Speech to a sound file, by espeak-ng. */
#ifndef ALOUD_SOUND_H
#define ALOUD_SOUND_H

#include "base/str.h"

/* Speaks SSML in the voice of a language into a WAV file, which appears when it is complete. Returns a status; what is wrong has been
 * told. */
int sound_write(Str ssml, Str language, const char *path);

#endif
