"""Proofreading as a committee's secretary meets it: reports on many subjects of which nothing is said while
they are right, and each fault that slips in is told where it stands."""
import re
import unittest

from support import ROOT, Case, run

REPORTS = ROOT / "tests" / "proof"

# Of each report: what is written there, what a slip makes of it, and all that is then said.
SLIPS = {
    "skoler": [
        ("med i alt [@S1]", "med i alt 32.100 elever i folkeskolen",
         "12:39: warning: '32.100' disagrees with the key figure S1, which is 31.200 elever [figures]",
         "43:1: advice: the key figure 'S1' is cited nowhere [unused]"),
        ("|  9.360 |", "|  9.630 |",
         "27:32: warning: the share '30' doesn't fit: 9.630 of 31.200 is 31 [sums]",
         "31:13: warning: the parts of the total '31.200' make 31.470 [sums]"),
        ("i alt 26.450", "i alt 26.540",
         "19:15: warning: the parts of the total '26.540' make 26.450 [sums]"),
        ("(92,8 pct.)", "(98,2 pct.)",
         "18:63: warning: '98,2 pct.' doesn't fit: 26.450 af de 28.500 is 92,8 pct. [sums]"),
        ("|  3.120 |           10 |", "|  3.120 |           12 |",
         "30:32: warning: the share '12' doesn't fit: 3.120 of 31.200 is 10 [sums]"),
        ("{date: 2024-12-04}", "{date: 2024-10-04}",
         "6:17: warning: the meeting is before the date of the report [dates]"),
        ("afgangsprøven var 7,4", "afgangsprøven var 7.4",
         "15:45: warning: '7.4' isn't written as this language writes numbers [numbers]"),
        ("   Grundlag: [@S2], [tabellen](#omraader)\n", "",
         "49:1: warning: this recommendation names no basis"),
        ("| S3 | Udgift pr. elev | 81.500 | kr. |", "| S3 | Udgift pr. elev | 81,500 | kr. |",
         "45:26: warning: '81,500' has three decimals, or is meant as thousands"),
    ],
    "budget": [
        ("| **4.812,3** |", "| **4.821,3** |",
         "22:28: warning: the parts of the total '4.821,3' make 4.812,3 [sums]"),
        ("(64,1 pct.)", "(61,4 pct.)",
         "27:47: warning: '61,4 pct.' doesn't fit: 15,7 mio. kr. ud af 24,5 mio. kr. is 64,1 pct. [sums]"),
        ("alt 50 mio. kr.", "alt 55 mio. kr.",
         "32:5: warning: the parts of the total '55 mio. kr.' make 50 mio. kr. [sums]"),
        ("mindreforbrug på [@B2] i", "mindreforbrug på 26,4 mio. kr. i",
         "12:45: warning: '26,4 mio. kr.' disagrees with the key figure B2, which is 24,6 mio. kr. [figures]"),
        ("1.250.000 kr.", "1,250,000 kr.",
         "28:23: warning: '1,250,000 kr.' isn't written as this language writes numbers [numbers]"),
        ("fra 12,50 kr.", "fra 12.50 kr.",
         "28:94: warning: '12.50 kr.' isn't written as this language writes numbers [numbers]"),
        ("højst 500.000 kr.", "højst 500,000 kr.",
         "32:75: warning: 'højst 500,000 kr.' has three decimals, or is meant as thousands [numbers]"),
    ],
    "trafik": [
        ("mandag den 22. maj 2023", "tirsdag den 22. maj 2023",
         "12:24: warning: 'tirsdag den 22. maj 2023' is a mandag [dates]"),
        ("24. maj 2023 (onsdag)", "24. maj 2023 (torsdag)",
         "12:73: warning: '24. maj 2023 (torsdag)' is a onsdag [dates]"),
        ("tirsdag den 23. maj", "tirsdag den 26. maj",
         "23:37: warning: 'tirsdag den 26. maj' is a fredag [dates]"),
        ("tirsdag den 23. maj", "den 26. maj",
         "23:41: advice: '26. maj' is outside the report's period [dates]"),
        ("I alt er der tale om [@T2].", "I alt er der 45.",
         "41:1: advice: the key figure 'T2' is cited nowhere [unused]"),
        ("date=2023-05-24}", "date=2023-05-25}",
         "31:1: warning: the date of this visit is outside the report's period"),
        ("Her mødte udvalget", "Her ved Vesterbro Gade mødte udvalget",
         "23:9: warning: 'Vesterbro Gade' is elsewhere spelt 'Vesterbrogade' [names]"),
        ("## Besøg: Jarmers Plads", "#### Besøg: Jarmers Plads",
         "21:1: warning: this heading skips a level; it is set as level 3"),
        ("18-2022 skete der 45 uheld", "18-2022 skete der 45 uheld. Opkald fra 010170-1234 gav de",
         "17:78: error: there is a personal identification number in the text [cpr]"),
    ],
    "aeldre": [
        ("visiterede timer", "timer, som Karen Blicher visiterer,",
         "13:12: error: the private name 'Karen Blicher' stands in open text [private]"),
        ("80-110 år har", "110-80 år har",
         "21:33: warning: '110-80 år' can't be an age band: it ends before it begins [bands]"),
        ("65-69, 70-79 og", "65-70, 70-79 og",
         "21:24: warning: the age bands 65-70 and 70-79 overlap [bands]"),
        ("| 70-79 år  |", "| 72-79 år  |",
         "27:3: warning: between the age bands 65-69 and 72-79 ages are missing [bands]"),
        ("aflastning (15", "aflastning (25",
         "13:51: warning: the shares from here on make 110 pct. together [sums]"),
        ("lejlighed | 38 |", "lejlighed | 83 |",
         "41:1: warning: A2 can't be above A3 [figures]"),
        ("Frist: 2026-01-01", "Frist: 2025-01-01",
         "53:11: warning: the deadline '2025-01-01' is before the date of the report [dates]"),
        ("3,4 timer", "3.4 timer",
         "12:43: warning: '3.4 timer' isn't written as this language writes numbers [numbers]"),
        ("Tallene i [tabellen]", "Der er 4.500 modtagere af hjemmehjælp. Tallene i [tabellen]",
         "33:8: warning: '4.500' disagrees with the key figure A1, which is 5.000 borgere [figures]"),
    ],
    "klima": [
        ("resten, 20 pct.", "resten, 30 pct.",
         "11:101: warning: the shares from here on make 110 pct. together [sums]"),
        ("|    230.571 |", "|    203.571 |",
         "24:17: warning: the parts of the total '1.220.571' make 1.193.571 [sums]"),
        ("indbygger er [@C3] mod 2,0 ton i 2020", "indbygger er 1,9 ton",
         "17:14: warning: '1,9 ton' disagrees with the key figure C3, which is 1,7 ton [figures]",
         "38:1: advice: the key figure 'C3' is cited nowhere [unused]"),
        ("6. december 2019", "31. november 2019",
         "13:16: warning: '31. november 2019' is no date: the month has no such day [dates]"),
        ("98,5 pct.", "98.5 pct.",
         "16:65: warning: '98.5 pct.' isn't written as this language writes numbers [numbers]"),
        ("Målet er 70 pct.", "Målet er 70,000 ton eller 70 pct.",
         "12:74: warning: '70,000 ton' has three decimals, or is meant as thousands [numbers]"),
    ],
    "boliger": [
        ("i alt 4.250.", "i alt 4.520.",
         "13:21: warning: the parts of the total '4.520' make 4.250 [sums]"),
        ("torsdag den 4. april 2024", "fredag den 4. april 2024",
         "18:24: warning: 'fredag den 4. april 2024' is a torsdag [dates]"),
        ("|   1.000 |   100 | 1.400 |", "|   1.000 |   100 | 1.500 |",
         "26:42: warning: the parts of the total '1.500' make 1.400 [sums]",
         "28:42: warning: the parts of the total '4.250' make 4.350 [sums]"),
        ("|   2.900 |   250 | 4.250 |", "|   2.900 |   200 | 4.250 |",
         "28:36: warning: the parts of the total '200' make 250 [sums]",
         "28:42: warning: the parts of the total '4.250' make 4.200 [sums]"),
        ("bygger i Nordhavn", "bygger i Nord-havn",
         "25:3: warning: 'Nordhavn' is elsewhere spelt 'Nord-havn' [names]"),
        ("34.300 (35 pct.)", "34.300 (53 pct.)",
         "20:51: warning: '53 pct.' doesn't fit: 34.300 af 98.000 personer is 35 pct. [sums]"),
        ("Ventelisten er på", "Borgeren 010170-1234 er på ventelisten med",
         "20:10: error: there is a personal identification number in the text [cpr]"),
        ("på 75 m² koster 2,1 mio. kr.", "på 75 m² koster 2.1 mio. kr.",
         "16:26: warning: '2.1 mio. kr.' isn't written as this language writes numbers [numbers]"),
    ],
    "biblioteker": [
        ("og 1.704 (71 pct.)", "og 1.704 af 2.400 (17 pct.)",
         "17:91: warning: '17 pct.' doesn't fit: 1.704 af 2.400 is 71 pct. [sums]"),
        ("Bibliotekerne havde [@L1] i 2023", "Bibliotekerne havde 4.920.000 besøg på bibliotekerne i 2023",
         "11:21: warning: '4.920.000' disagrees with the key figure L1, which is 4.290.000 besøg [figures]"),
        ("Se [@L3].", "Se Brønshoj og Krystalgade.",
         "35:1: advice: the key figure 'L3' is cited nowhere [unused]"),
        ("43,50 kr.", "43.50 kr.",
         "19:95: warning: '43.50 kr.' isn't written as this language writes numbers [numbers]"),
        ("Det har 1.150.000", "Krystalgaden og Krytsalgade har 1.150.000",
         "15:92: warning: 'Krytsalgade' is elsewhere spelt 'Krystalgade' [names]"),
    ],
    "beskaeftigelse": [
        ("mandag den 6. maj", "tirsdag den 6. maj",
         "14:17: warning: 'tirsdag den 6. maj' is a mandag [dates]"),
        ("kom 416 i job", "kom 461 i job",
         "15:100: warning: '65 pct.' doesn't fit: 461 af 640 is 72 pct. [sums]"),
        ("1.300 kvinder (20 pct.)", "1.300 kvinder (25 pct.)",
         "23:83: warning: '25 pct.' doesn't fit: 1.300 af 6.500 is 20 pct. [sums]"),
        ("Som på Volvo i Torslanda.", "Som på Volvo i Torslana.",
         "42:55: warning: 'Torslana' is elsewhere spelt 'Torslanda' [names]"),
        ("Onsdag den 8. maj", "Onsdag den 9. maj",
         "30:1: warning: 'Onsdag den 9. maj' is a torsdag [dates]"),
        ("Onsdag den 8. maj", "Den 9. maj",
         "30:5: advice: '9. maj' is outside the report's period [dates]"),
        ("kursister taler [@J2].", "kursister er glade. De taler 65 sprog på SFI-skolen.",
         "31:30: warning: '65' disagrees with the key figure J2, which is 56 sprog [figures]",
         "38:1: advice: the key figure 'J2' is cited nowhere [unused]"),
        ("unge på 16-24", "unge på 24-16",
         "14:104: warning: '24-16 år' can't be an age band: it ends before it begins [bands]"),
    ],
    "sundhed": [
        ("Andelen af dagligrygere er [@P1],", "Andelen af dagligrygere er 12 pct.,",
         "12:53: warning: '12 pct.' disagrees with the key figure P1, which is 11 pct. [figures]"),
        ("17,5 pct. har", "17.5 pct. har",
         "17:11: warning: '17.5 pct.' isn't written as this language writes numbers [numbers]"),
        ("tilsammen 3 mio. kr.", "tilsammen 3,5 mio. kr.",
         "20:16: warning: the parts of the total '3,5 mio. kr.' make 3,0 mio. kr. [sums]"),
        ("79,1 år for", "79.1 år for",
         "15:93: warning: '79.1 år' isn't written as this language writes numbers [numbers]"),
        ("Et forløb koster 3.200 kr.", "Et forløb koster 3,200 kr.",
         "19:18: warning: '3,200 kr.' has three decimals, or is meant as thousands [numbers]"),
    ],
    "selvbetjening": [
        ("63 (75 pct.)", "63 (57 pct.)",
         "11:39: warning: '57 pct.' doesn't fit: 63 af 84 is 75 pct. [sums]"),
        ("1.260 om andet", "1.620 om andet",
         "19:91: warning: the parts of the total '12.600' make 12.960 [sums]"),
        ("11.340 (90 pct.)", "11.340 (80 pct.)",
         "20:28: warning: '80 pct.' doesn't fit: 11.340 af 12.600 is 90 pct. [sums]"),
        ("96,5 pct.", "96.5 pct.",
         "15:36: warning: '96.5 pct.' isn't written as this language writes numbers [numbers]"),
        ("Her er [@D1] og", "Der er 48 selvbetjeningsløsninger og",
         "34:8: warning: '48' disagrees with the key figure D1, which is 84 løsninger [figures]"),
        ("Frist: 2026-06-28", "Frist: 2025-06-28",
         "41:11: warning: the deadline '2025-06-28' is before the date of the report [dates]"),
        ("6 pct. er fritaget", "de øvrige 16 pct. er fritaget",
         "16:80: warning: the shares from here on make 110 pct. together [sums]"),
        ("gennemsnittet var 4,5 minutter", "gennemsnittet var 4.5",
         "21:25: warning: '4.5' isn't written as this language writes numbers [numbers]"),
    ],
}


def said(report):
    """Each finding as "line:column: level: message", with ordinary blanks."""
    text = run("check", report).stderr.replace("\u00a0", " ")
    return re.findall(r"report\.md:(\d+:\d+: (?:error|warning|advice): .*)", text)


class Proofreading(Case):
    def test_nothing_is_said_of_what_is_right(self):
        for report in sorted(REPORTS.iterdir()):
            with self.subTest(report=report.name):
                self.assertEqual(said(report), [])

    def test_each_slip_is_told_where_it_stands(self):
        for name, slips in SLIPS.items():
            text = (REPORTS / name / "report.md").read_text()
            for right, wrong, *expected in slips:
                with self.subTest(report=name, slip=wrong):
                    self.assertEqual(text.count(right), 1)
                    self.assertEqual(said(self.report(text.replace(right, wrong))), expected)


if __name__ == "__main__":
    unittest.main()
