"""An output file is complete or absent, and an older good one survives, whatever happens."""
import hashlib
import os
import random
import shutil
import subprocess
import time
import unittest

from support import LONDON, PROGRAM, ROOT, SANITIZED, SMALL, Case, pages_of, run, tool

KILLS = 50


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def can_mount():
    return os.geteuid() == 0 and shutil.which("mount") is not None


class Killed(Case):
    def kill_often(self, command, kills):
        """What stands under a name is always the old file or the whole new one. Beside it there may
        be a hidden file of the killed run; the next run removes it."""
        self.build(LONDON)
        names = self.made()
        old = {name: digest(self.out / name) for name in names}
        changed = self.folder / LONDON.name
        shutil.copytree(LONDON, changed)
        text = (changed / "report.md").read_text().replace("Socialudvalgets studietur",
                                                           "Udvalgets studietur", 1)
        (changed / "report.md").write_text(text)
        keep = self.folder / "keep"
        shutil.copytree(self.out, keep)
        build = [*command, str(PROGRAM), "build", "-o", str(self.out), str(changed)]
        started = time.monotonic()
        subprocess.run(build, check=True, capture_output=True, timeout=300)
        takes = time.monotonic() - started
        new = {name: digest(self.out / name) for name in names}
        self.assertFalse(set(old.values()) & set(new.values()))

        choose = random.Random(1)
        for i in range(kills):
            for name in names:
                shutil.copy(keep / name, self.out / name)
            process = subprocess.Popen(build, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(choose.uniform(0, takes * 1.2))
            process.kill()
            process.wait(timeout=60)
            self.assertEqual([name for name in self.made() if not name.startswith(".")], names)
            for name in names:
                self.assertIn(digest(self.out / name), (old[name], new[name]),
                              f"kill {i}: {name} is neither")
        subprocess.run(build, check=True, capture_output=True, timeout=300)
        self.assertEqual({name: digest(self.out / name) for name in self.made()}, new)

    def test_at_any_moment(self):
        self.kill_often([], KILLS)

    @unittest.skipUnless(can_mount(), "only root can take /proc away")
    @unittest.skipIf(SANITIZED, "sanitizers read /proc")
    def test_where_files_need_a_name(self):
        (self.folder / "briefpack").symlink_to(ROOT)  # or the program would be asked where it lies
        without_proc = ["env", f"XDG_CONFIG_HOME={self.folder}", "unshare", "--mount",
                        "sh", "-c", 'umount -l /proc && exec "$@"', "sh"]
        if subprocess.run([*without_proc, "true"], capture_output=True, timeout=60).returncode != 0:
            self.skipTest("/proc can't be taken away here")
        self.kill_often(without_proc, KILLS)


class Full(Case):
    """A disk that is full: a small file system in memory."""

    def setUp(self):
        super().setUp()
        if not can_mount():
            self.skipTest("only root can mount a file system")
        self.disk = self.folder / "disk"
        self.disk.mkdir()

    def mount(self, size):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(self.disk)],
                              capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            self.skipTest("no file system can be mounted here: " + done.stderr.strip())
        self.addCleanup(subprocess.run, ["umount", "-l", str(self.disk)], timeout=60)

    def test_nothing_fits(self):
        self.mount("16k")
        done = run("build", "-o", self.disk, LONDON)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"studietur-london-2012-\w+\.pdf'?: .*[Nn]o space left")
        self.assertEqual(list(self.disk.iterdir()), [])

    def test_the_older_files_survive(self):
        self.mount("700k")
        self.assertEqual(run("build", "-o", self.disk, LONDON).returncode, 0)
        before = {path.name: digest(path) for path in self.disk.iterdir()}
        room = os.statvfs(self.disk)
        (self.disk / "filler").write_bytes(b"x" * max(0, room.f_bavail * room.f_bsize - 20000))
        done = run("build", "-o", self.disk, LONDON)
        self.assertEqual(done.returncode, 3, done.stderr)
        after = {path.name: digest(path) for path in self.disk.iterdir() if path.name != "filler"}
        self.assertEqual(after, before)

    def test_the_file_system_is_read_only(self):
        self.mount("1m")
        subprocess.run(["mount", "-o", "remount,ro", str(self.disk)], check=True, timeout=60)
        done = run("build", "-o", self.disk, LONDON)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("Read-only file system", done.stderr)


class Unwritable(Case):
    def test_the_folder_is_missing(self):
        done = run("build", "-o", self.folder / "nowhere", self.report(SMALL))
        self.assertEqual(done.returncode, 3)
        self.assertIn("nowhere", done.stderr)
        self.assertFalse((self.folder / "nowhere").exists())

    def test_the_folder_is_a_file(self):
        (self.folder / "file").write_text("")
        done = run("build", "-o", self.folder / "file", self.report(SMALL))
        self.assertEqual(done.returncode, 3)

    def test_a_folder_has_the_output_files_name(self):
        (self.out / "prove-pakke.pdf").mkdir()
        done = self.build(self.report(SMALL), status=3)
        self.assertIn("prove-pakke.pdf", done.stderr)
        self.assertEqual(list((self.out / "prove-pakke.pdf").iterdir()), [])
        self.assertNotIn("Traceback", done.stderr)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_no_permission(self):
        self.out.chmod(0o500)
        self.addCleanup(self.out.chmod, 0o700)
        done = self.build(self.report(SMALL), status=3)
        self.assertIn("Permission denied", done.stderr)

    def test_the_file_may_grow_no_further(self):
        """A limit on the size of files is an error, not a signal."""
        done = subprocess.run(["sh", "-c", 'ulimit -f 8; exec "$0" "$@"', str(PROGRAM), "build",
                               "-o", str(self.out), str(LONDON)],
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("File too large", done.stderr)
        self.assertEqual(self.made(), [])

    def test_output_that_nobody_reads(self):
        process = subprocess.Popen([str(PROGRAM), "build", "-o", str(self.out), str(LONDON)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        process.stderr.close()
        process.wait(timeout=300)
        for path in self.out.iterdir():
            tool("qpdf", "--check", path)


class OneFails(Case):
    def test_all_or_none_of_a_report(self):
        """When one document of a report can't be made, the older ones of all of them stay."""
        report = self.report(SMALL)
        self.build(report)
        before = {name: digest(self.out / name) for name in self.made()}
        broken = SMALL + "\n[@K99]\n"
        self.build(self.report(broken), status=1)
        self.assertEqual({name: digest(self.out / name) for name in self.made()}, before)

    def test_a_good_report_beside_a_bad_one(self):
        good, bad = self.report(SMALL, "god"), self.report(SMALL + "\n[@K99]\n", "skidt")
        done = run("build", "-o", self.out, bad, good)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.made(), ["god-pakke.pdf", "god-vand.pdf"])

    def test_links_are_kept(self):
        """A name that is a symbolic link keeps being one: the file behind it is replaced, or the
        link is; in either case nothing else is touched."""
        elsewhere = self.folder / "elsewhere.txt"
        elsewhere.write_text("kept")
        (self.out / "prove-pakke.pdf").symlink_to(elsewhere)
        self.build(self.report(SMALL))
        self.assertEqual(elsewhere.read_text(), "kept")
        self.assertGreater(pages_of(self.out / "prove-pakke.pdf"), 0)


if __name__ == "__main__":
    unittest.main()
