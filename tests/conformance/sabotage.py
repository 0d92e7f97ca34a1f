#!/usr/bin/env python3
"""Writes sabotaged copies of good PDFs, one fault each, that must be refused.

sabotage.py [--allow-missing=FAULT]... DIR GOOD.pdf...

For each fault the first good file that has a place for it is used. DIR gets
  control/      each good file, written anew without a fault: must be accepted
  verapdf/      faults that veraPDF must see
  reader/       faults that reader.py must see
  manifest.tsv  file, who must refuse it, by which rules, the fault in words
A file's name says the rules too: `figure-without-alt__ua1-7.3-1.pdf`. A fault for which
no good file has a place is an error, unless --allow-missing names it: then having one is.
"""
import copy
import os
import sys

sys.dont_write_bytecode = True
from faults import FAULTS, Missing
from pdfdoc import Pdf, PdfError


def snapshot(pdf):
    """Everything that a fault can change, to be compared."""
    streams = {ref: value.data for ref, value in pdf.objects.items() if hasattr(value, "data")}
    dicts = {ref: value.dict if ref in streams else value for ref, value in pdf.objects.items()}
    return pdf.trailer, dicts, streams


def sabotaged(good, function, path):
    """Writes the good file with one fault to `path`."""
    pdf = copy.deepcopy(good)
    edited = function(pdf)
    pdf.save(path)
    changed = snapshot(pdf) != snapshot(good)
    if edited:
        with open(path, "rb") as file:
            before = file.read()
        data = edited(before)
        changed = data != before
        with open(path, "wb") as file:
            file.write(data)
    if not changed:
        raise PdfError("the fault changed nothing")


def write(fault, goods, folder):
    """Writes one fault's file, from the first good file that has a place for it."""
    name, expected, function = fault
    who = "reader" if expected[0].startswith("reader-") else "verapdf"
    path = os.path.join(folder, who, f"{name}__{'+'.join(expected)}.pdf")
    reasons = []
    for good in goods:
        try:
            sabotaged(good, function, path)
            return path, who
        except Missing as missing:
            reasons.append(str(missing))
    raise Missing("; ".join(sorted(set(reasons))))


def controls(paths, folder):
    """Reads the good files, and writes each anew without a fault."""
    goods = [Pdf(path) for path in paths]
    for number, good in enumerate(goods, 1):
        good.save(os.path.join(folder, "control", f"{number}.pdf"))
    return goods


def main(args):
    option = "--allow-missing="
    allowed = {arg.removeprefix(option) for arg in args if arg.startswith(option)}
    args = [arg for arg in args if not arg.startswith(option)]
    if len(args) < 2 or any(arg.startswith("-") for arg in args):
        print("usage: sabotage.py [--allow-missing=FAULT]... DIR GOOD.pdf...", file=sys.stderr)
        return 2
    folder, paths = args[0], args[1:]
    for part in ("control", "verapdf", "reader"):
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    written = missing = wrong = 0
    with open(os.path.join(folder, "manifest.tsv"), "w", encoding="utf-8") as manifest:
        goods = controls(paths, folder)
        for fault in FAULTS:
            name, expected, function = fault
            what = " ".join(function.__doc__.split())
            try:
                path, who = write(fault, goods, folder)
                written += 1
            except Missing as reason:
                missing += name not in allowed
                print(f"{'skipped' if name in allowed else 'FAIL'} {name}: {reason}")
                allowed.discard(name)
                path, who = f"skipped: {reason}", "-"
            except PdfError as error:
                wrong += 1
                print(f"FAIL {name}: {error}")
                continue
            print(os.path.relpath(path, folder) if who != "-" else path, who, " ".join(expected), what,
                  sep="\t", file=manifest)
    for name in sorted(allowed):
        print(f"FAIL {name}: may be missing, but isn't")
    print(f"{written} sabotaged files, {missing} faults without a place, {wrong} troubles")
    return 1 if wrong or not written or missing or allowed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (PdfError, OSError) as error:
        print(f"FAIL {error}")
        sys.exit(1)
