#!/usr/bin/env python3
"""Tests the reader itself: what it reads right, and what it must not pass.

selftest.py GOOD.pdf
"""
import contextlib
import io
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import reader
from pdfdoc import CMap, PdfError, operations

GOOD = None


def read(content):
    return [(op.name, op.operands) for op in operations(content)]


class Content(unittest.TestCase):
    def test_operands(self):
        self.assertEqual(read(b"/P <</MCID 1/X[(a)<414>]>>BDC .5 -1. +3 true null d0%c\nf*"),
                         [("BDC", ["/P", {"/MCID": 1, "/X": [b"a", b"A@"]}]),
                          ("d0", [0.5, -1.0, 3, True, None]), ("f*", [])])

    def test_strings(self):
        self.assertEqual(read(b"(a(b)\\(\\\\) Tj"), [("Tj", [b"a(b)(\\"])])
        self.assertEqual(read(b"(\\r\\n\\101\\7x\\\ny\r\nz) '"), [("'", [b"\r\nA\x07xy\nz"])])
        self.assertEqual(read(b"(\x00\xff %) Tj () Tj"), [("Tj", [b"\x00\xff %"]), ("Tj", [b""])])

    def test_inline_image(self):
        self.assertEqual(read(b"BI /W 1 ID (<<EIQ\xff EI Q"), [("ID", ["/W", 1]), ("Q", [])])

    def test_offsets(self):
        content = b"q  /P /M BDC\nQ"
        self.assertEqual([content[op.start:op.end] for op in operations(content)], [b"q", b"/P /M BDC", b"Q"])

    def test_broken(self):
        for content in (b"(a Tj", b"<</A 1 BDC", b"] TJ", b"<</A>> DP", b"1 2", b"BI ID x"):
            with self.subTest(content=content), self.assertRaises(PdfError):
                read(content)

    def test_cmap(self):
        cmap = CMap(b"1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfrange <01> <03> <0041>"
                    b" <05> <06> [<0066> <00660069>] endbfrange 1 beginbfchar <09> <D83CDF33> endbfchar")
        self.assertEqual(cmap.sizes, {1})
        self.assertEqual(cmap.map[b"\x03"].decode("utf-16-be"), "C")
        self.assertEqual(cmap.map[b"\x06"].decode("utf-16-be"), "fi")
        self.assertEqual(cmap.map[b"\x09"].decode("utf-16-be"), "\U0001f333")
        self.assertEqual(CMap(CMap.written(cmap.map)).map, cmap.map)


class Values(unittest.TestCase):
    def test_dates(self):
        def pdf(value):
            return reader.date(reader.PDF_DATE, value)

        def xmp(value):
            return reader.date(reader.XMP_DATE, [value])

        self.assertEqual(pdf("D:20240229133000+01'00'"), xmp("2024-02-29T13:30:00+01:00"))
        self.assertEqual(pdf("D:20240229133000Z"), xmp("2024-02-29T13:30:00Z"))
        self.assertEqual(pdf("D:20240229133000-03'30"), xmp("2024-02-29T13:30:00-03:30"))
        self.assertNotEqual(pdf("D:20240229133000+01'00'"), xmp("2024-02-29T12:30:00Z"))
        self.assertNotEqual(pdf("D:20240230133000Z"), xmp("2024-03-01T13:30:00Z"))

    def test_languages(self):
        for tag in ("da", "da-DK", "en-GB", "zh-Hant-TW", "sr-Latn", "de-1996", "x-none"):
            self.assertTrue(reader.LANGUAGE.match(tag), tag)
        for tag in ("", "da_DK", "dansk", "da-", "d"):
            self.assertFalse(reader.LANGUAGE.match(tag), tag)

    def test_ascending(self):
        self.assertTrue(reader.ascending(["u:a", "u:b", "u:å"]))
        self.assertFalse(reader.ascending(["u:b", "u:a"]))
        self.assertFalse(reader.ascending(["u:a", "u:a"]))

    def test_expected(self):
        self.assertEqual(reader.expected("/x/a__reader-notdef+reader-file.pdf"), {"notdef", "file"})
        self.assertEqual(reader.expected("/x__y/a.pdf"), set())


class Run(unittest.TestCase):
    def status(self, *args):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            status = reader.main(list(args))
        self.assertEqual(status != 0, "FAIL" in said.getvalue())
        return status

    def test_nothing_to_check(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(self.status(), 1)
            self.assertEqual(self.status(folder), 1)
            self.assertEqual(self.status(GOOD, folder), 1)
            self.assertEqual(self.status(GOOD, "--must-fail", folder), 1)
            self.assertEqual(self.status(os.path.join(folder, "missing.pdf")), 1)

    def test_unreadable(self):
        with open(GOOD, "rb") as file:
            data = file.read()
        for bad in (b"", b"not a PDF\n", data[:len(data) // 2]):
            with tempfile.NamedTemporaryFile(suffix=".pdf") as file, self.subTest(size=len(bad)):
                file.write(bad)
                file.flush()
                self.assertEqual(self.status(file.name), 1)
                self.assertEqual(self.status(GOOD, "--must-fail", file.name), 1)

    def test_good(self):
        self.assertEqual(self.status(GOOD), 0)
        self.assertEqual(self.status("--must-fail", GOOD), 1)
        self.assertEqual(self.status("--must-fail", GOOD, "--", GOOD), 1)

    def test_sheets_have_no_structure(self):
        self.assertEqual(self.status("--sheets", GOOD), 1)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: selftest.py GOOD.pdf")
    GOOD = sys.argv.pop()
    unittest.main()
