"""Every message of the program has a Danish translation, and none is made of pieces."""
import re
import subprocess
import unittest

from support import ROOT

# Functions that take a message, and which of their arguments it is, as tools/messages has them.
CALLS = {name: (int(place) - 1,) for name, place in re.findall(
    r"\b(\w+):(\d)\b", re.search(r"^takes='(.*?)'", (ROOT / "tools" / "messages").read_text(), re.M | re.S).group(1))}
LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')


def arguments(text, start):
    """The arguments of a call whose parenthesis opens at `start`."""
    found, depth, at = [""], 0, start
    while True:
        literal = LITERAL.match(text, at)
        piece = literal.group() if literal else text[at]
        at += len(piece)
        depth += (piece in "([{") - (piece in ")]}") if len(piece) == 1 else 0
        if depth == 0:
            return [one.strip() for one in found]
        if piece == "," and depth == 1:
            found.append("")
        elif not (depth == 1 and piece == "(" and found == [""]):
            found[-1] += piece


def calls():
    """Each call with a message: its place, the arguments that hold it, and the others."""
    names = re.compile(r"\b(" + "|".join(CALLS) + r")\(")
    for path in sorted((ROOT / "src").glob("*/*.c")):
        text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment.group().count("\n"), path.read_text(),
                      flags=re.S)
        for call in names.finditer(text):
            given = arguments(text, call.end() - 1)
            if not given[0].startswith(("Diags *", "int status", "const char *")):
                place = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, call.start()) + 1}"
                yield place, [given[i] for i in CALLS[call.group(1)]], given[max(CALLS[call.group(1)]) + 1:]


class Messages(unittest.TestCase):
    def test_all_are_translated(self):
        done = subprocess.run([ROOT / "tools" / "messages", "check"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_they_can_be_found(self):
        """A message that is chosen where it is given has to be marked with N_, or by ngettext."""
        literals = r"(?:\s*" + LITERAL.pattern + r")+"
        marked = re.compile(rf"\bN_\({literals}\)|\bngettext\({literals},{literals},[^\"]*\)")
        bad = [f"{place}: {given}" for place, formats, _ in calls() for given in formats
               if LITERAL.search(marked.sub("", given))
               and not re.fullmatch(r'(?:(?:"(?:[^"\\]|\\.)*"|PRI\w+)\s*)+', given)]
        self.assertEqual(bad, [])

    def test_they_are_whole_sentences(self):
        """The program's own words are no arguments, but for the keys that a message quotes."""
        quoted = re.compile(r"(?<=['\[{<\"])%(?:\.\*)?s")
        bad = [f"{place}: {given}" for place, formats, others in calls() for given in others
               if any(re.search(r"[a-z]{2}", text) for text in LITERAL.findall(given))
               and any(re.search(r"%(?:\.\*)?s", quoted.sub("", text)) for text in formats)
               and not re.search(r"\b(?:gettext|strerror)\(", given)]
        self.assertEqual(bad, [])


if __name__ == "__main__":
    unittest.main()
