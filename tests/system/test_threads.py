"""Any number of threads gives the same bytes, each time."""
import unittest

from digests import Digests


class Threads(Digests):
    def test_any_number_of_threads(self):
        for threads in (1, 2, 7):
            self.assertEqual(self.make(f"j{threads}", "-j", threads), self.expected, threads)

    def test_run_after_run(self):
        for i in range(5):
            self.assertEqual(self.make(f"again{i}", "-j", 7), self.expected)


if __name__ == "__main__":
    unittest.main()
