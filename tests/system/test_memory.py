"""Memory that runs out at any point is a clear error, and leaves nothing half-written."""
import concurrent.futures
import os
import subprocess
import unittest

from support import BUILD, PROGRAM, ROOT, SANITIZED, Case

LIBRARY = BUILD / "fail_malloc.so"
REPORT = ROOT / "tests" / "reports" / "english"
EACH = 3000   # of the first allocations fails in turn, and then one in
THEN = 7
SPREAD = 100  # allocations by which runs differ: a library keeps tables by address


@unittest.skipIf(SANITIZED, "sanitizers have an allocator of their own")
class Allocations(Case):
    def make(self, number, fail_all=False):
        """A run whose allocation of this number fails: status, messages, files made."""
        out = self.folder / f"{number}-{fail_all}"
        out.mkdir()
        environment = {**os.environ, "LD_PRELOAD": str(LIBRARY), "FAIL_AT": str(number),
                       "FAIL_COUNT": str(self.folder / f"{number}.count")}
        if fail_all:
            environment["FAIL_ALL"] = "1"
        done = subprocess.run([str(PROGRAM), "build", "-j", "1", "-o", str(out), str(REPORT)],
                              capture_output=True, text=True, env=environment, timeout=300)
        return number, done.returncode, done.stderr, sorted(path.name for path in out.iterdir())

    def allocations(self, number):
        """How many a run made that came to its end."""
        return int((self.folder / f"{number}.count").read_text())

    def test_each_in_turn(self):
        """Files stay away, unless they are all there and only their announcement failed."""
        _, status, _, files = self.make(0)
        self.assertEqual((status, len(files)), (0, 2))
        count = self.allocations(0)
        self.assertGreater(count, EACH)
        numbers = [*range(1, EACH), *range(EACH, count, THEN)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for number, status, messages, files in pool.map(self.make, numbers):
                if status == 0 and number > count - SPREAD:
                    self.assertLess(self.allocations(number), number)
                    continue
                self.assertEqual(status, 3, f"allocation {number}: {messages}")
                self.assertTrue(messages.endswith("briefpack: error: out of memory\n"), messages)
                self.assertIn(len(files), (0, 2), f"allocation {number}")

    def test_from_one_on(self):
        for number in range(1, 8000, 211):
            _, status, messages, files = self.make(number, True)
            self.assertEqual((status, files), (3, []), f"from allocation {number} on: {messages}")
            self.assertTrue(messages.endswith("briefpack: error: out of memory\n"), messages)


@unittest.skipIf(SANITIZED, "sanitizers need much address space")
class Limits(Case):
    def test_a_limit_on_memory(self):
        """Whatever the limit: made, or a clear error."""
        seen = set()
        for megabytes in range(40, 400, 20):
            self.clear()
            done = subprocess.run(["sh", "-c", f'ulimit -v {megabytes * 1024}; exec "$0" "$@"',
                                   str(PROGRAM), "build", "-j", "2", "-o", str(self.out), str(REPORT)],
                                  capture_output=True, text=True, timeout=300)
            if done.returncode == 127 or "error while loading" in done.stderr:
                continue
            self.assertIn(done.returncode, (0, 3), f"{megabytes} MB: {done.stderr}")
            if done.returncode == 3:
                self.assertIn("out of memory", done.stderr)
                self.assertEqual(self.made(), [])
            seen.add(done.returncode)
        self.assertIn(0, seen)


if __name__ == "__main__":
    unittest.main()
