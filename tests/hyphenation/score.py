#!/usr/bin/env python3
"""How well words are divided: tests/hyphenation/score.py [tune | held-out] [--show]

Compares `briefpack hyphenate` with words that were marked by hand (the head of each list says how), and
prints beside it how hyphen-da does by itself: as Debian ships it, and prepared with libhyphen's
substrings.pl as libhyphen asks for, each with three letters kept at both ends. BUILD is the folder of
the program (default: build).

  precision  of the places where the program divides, those that the list has
  recall     of the places that the list asks for, those where the program divides
  joints     of the joints of compounds, those where the program divides; and as a joint

Not asked for are places that are kept for emergencies: with fewer than three letters at an end of the
word or, in a compound, of a part, and between two vowels. A program that divides there is right or wrong
as elsewhere. Emergencies of briefpack are counted by themselves."""
import ctypes
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("BUILD", HERE.parents[1] / "build"))
PATTERNS = "/usr/share/hyphen/hyph_da_DK.dic"
VOWELS = "aeiouyæøåéèü"
EDGE = 3


def plain(marked):
    return re.sub("[-=~]", "", marked)


def marks(marked):
    """What stands before which letter."""
    found, at = {}, 0
    for c in marked:
        if c in "-=~":
            found[at] = c
        else:
            at += 1
    return found


def read_list(name):
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


class Word:
    """A word of the list and what is asked for."""

    def __init__(self, marked):
        self.text = plain(marked)
        self.marks = marks(marked)
        self.joints = [i for i, c in self.marks.items() if c == "="]
        places = [[i] for i, c in self.marks.items() if c in "-="] + self.choices()
        self.asked = [p for p in places if all(self.usual(i) for i in p)]

    def choices(self):
        """Places of which any will do: ~ beside each other."""
        groups = []
        for i in (i for i, c in self.marks.items() if c == "~"):
            if groups and i - groups[-1][-1] <= 2:
                groups[-1].append(i)
            else:
                groups.append([i])
        return [g for g in groups if len(g) > 1]

    def inside(self, i):
        return EDGE <= i <= len(self.text) - EDGE

    def usual(self, i):
        """Whether typography wants to divide here at all."""
        if not self.inside(i) or i in self.joints:
            return self.inside(i)
        before = max(j for j in [0, *self.joints] if j < i)
        behind = min(j for j in [*self.joints, len(self.text)] if j > i)
        between_vowels = self.text[i - 1] in VOWELS and self.text[i] in VOWELS
        return i - before >= EDGE and behind - i >= EDGE and not between_vowels


class Score:
    def __init__(self):
        self.right = self.wrong = self.asked = self.found = 0
        self.joints = self.joints_found = self.joints_known = 0
        self.emergencies_right = self.emergencies_wrong = 0
        self.faults = []

    def add(self, marked, answer):
        word, given = Word(marked), marks(answer)
        if plain(answer) != word.text:
            raise ValueError(f"{answer!r} is no division of {word.text!r}")
        usual = {i: c for i, c in given.items() if c != "~" and word.inside(i)}
        wrong = [i for i in usual if i not in word.marks]
        missed = [p for p in word.asked if not any(i in usual for i in p)]
        joints = [i for i in word.joints if word.inside(i)]
        self.right += len(usual) - len(wrong)
        self.wrong += len(wrong)
        self.asked += len(word.asked)
        self.found += len(word.asked) - len(missed)
        self.joints += len(joints)
        self.joints_found += sum(i in usual for i in joints)
        self.joints_known += sum(usual.get(i) == "=" for i in joints)
        emergencies = [i for i, c in given.items() if c == "~"]
        self.emergencies_right += sum(i in word.marks for i in emergencies)
        self.emergencies_wrong += sum(i not in word.marks for i in emergencies)
        if wrong or missed or any(usual.get(i) != "=" for i in joints):
            self.faults.append(f"{marked}  {answer}")

    @staticmethod
    def share(part, whole):
        return 100 * part / whole if whole else 0.0

    @property
    def precision(self):
        return self.share(self.right, self.right + self.wrong)

    @property
    def recall(self):
        return self.share(self.found, self.asked)

    @property
    def joint_recall(self):
        return self.share(self.joints_found, self.joints)

    @property
    def joints_as_joints(self):
        return self.share(self.joints_known, self.joints)


def score(words, answers):
    total = Score()
    for marked, answer in zip(words, answers, strict=True):
        total.add(marked, answer)
    return total


def by_briefpack(words):
    done = subprocess.run([BUILD / "briefpack", "hyphenate", "--emergency"], text=True, check=True,
                          input="".join(plain(w) + "\n" for w in words), capture_output=True)
    return done.stdout.splitlines()


def by_libhyphen(words, patterns):
    """Answers of libhyphen by a file of patterns; None when it isn't installed."""
    try:
        library = ctypes.CDLL("libhyphen.so.0")
    except OSError:
        return None
    library.hnj_hyphen_load.restype = ctypes.c_void_p
    dictionary = ctypes.c_void_p(library.hnj_hyphen_load(str(patterns).encode()))
    answers = []
    for marked in words:
        text = plain(marked)
        word = text.encode("latin-1")
        values = ctypes.create_string_buffer(len(word) + 8)
        replaced, positions, cut = (ctypes.POINTER(ctypes.c_char_p)(), ctypes.POINTER(ctypes.c_int)(),
                                    ctypes.POINTER(ctypes.c_int)())
        library.hnj_hyphen_hyphenate3(dictionary, word, len(word), values, None, ctypes.byref(replaced),
                                      ctypes.byref(positions), ctypes.byref(cut), EDGE, EDGE, 0, 0)
        answer = "".join(c + ("-" if values.raw[i] & 1 and i + 1 < len(text) else "")
                         for i, c in enumerate(text))
        answers.append(answer)
    library.hnj_hyphen_free(dictionary)
    return answers


def prepared_patterns(folder):
    """hyphen-da as substrings.pl makes it; None without libhyphen-dev."""
    tool = shutil.which("substrings.pl") or "/usr/share/libhyphen/substrings.pl"
    if not os.path.exists(tool):
        return None
    out = folder / "prepared.dic"
    subprocess.run(["perl", tool, PATTERNS, str(out), "ISO8859-1"], check=True, capture_output=True)
    return out


def row(name, s):
    classed = f"{s.joints_as_joints:5.1f}" if s.joints_known else "    –"
    return (f"{name:26} {s.precision:9.2f} {s.recall:7.2f} {s.joint_recall:7.2f} {classed:>9}"
            f"   {s.wrong:4} {s.asked - s.found:6}")


def main():
    names = [a for a in sys.argv[1:] if not a.startswith("--")] or ["tune"]
    for name in names:
        words = read_list(name)
        ours = score(words, by_briefpack(words))
        print(f"{name}: {len(words)} words, {ours.asked} places, {ours.joints} joints")
        print(f"{'':26} precision  recall  joints as joints   wrong missed")
        print(row("briefpack", ours))
        with tempfile.TemporaryDirectory() as folder:
            for what, patterns in (("hyphen-da, raw", PATTERNS),
                                   ("hyphen-da, prepared", prepared_patterns(pathlib.Path(folder)))):
                answers = by_libhyphen(words, patterns) if patterns else None
                if answers:
                    print(row(what, score(words, answers)))
        print(f"emergencies of briefpack: {ours.emergencies_right} right, {ours.emergencies_wrong} wrong")
        if "--show" in sys.argv:
            print("\n".join(ours.faults))


if __name__ == "__main__":
    main()
