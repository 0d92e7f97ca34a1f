import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.processor.reports.enums.JobEndStatus;

/**
 * Validates PDF files with veraPDF: as PDF/UA-1 and as PDF/A-3a, sheets to print as PDF/A-3u.
 *
 * Conformance [FILE_OR_DIR...] [--sheets FILE_OR_DIR...] [--must-fail FILE_OR_DIR... [-- FILE_OR_DIR...]]
 * Conformance --self-test GOOD.pdf
 *
 * Exit status 0 when every file was checked, every good one accepted and every
 * --must-fail one refused; 1 otherwise, also when there was nothing to check.
 * A must-fail file named `fault__ua1-7.3-1.pdf` must be refused by that rule,
 * `fault__ua1-7.3-1+3a-6.1.3-1.pdf` by both, `fault__unreadable.pdf` by the parser.
 */
public final class Conformance {
    private static final int THREADS = 2;
    private static final int RULES_SHOWN = 10;
    private static final int TEXT_SHOWN = 300;
    private static final String UNREADABLE = "unreadable";

    /** A standard to validate against; `resource` is where veraPDF keeps its rules. */
    private enum Standard {
        UA1("ua1", PDFAFlavour.PDFUA_1, "org/verapdf/pdfa/validation/PDFUA-1.xml"),
        A3A("3a", PDFAFlavour.PDFA_3_A, "org/verapdf/pdfa/validation/PDFA-3A.xml"),
        A3U("3u", PDFAFlavour.PDFA_3_U, "org/verapdf/pdfa/validation/PDFA-3U.xml");

        final String name;
        final PDFAFlavour flavour;
        final String resource;

        Standard(String name, PDFAFlavour flavour, String resource) {
            this.name = name;
            this.flavour = flavour;
            this.resource = resource;
        }
    }

    /** Where the rules of a standard come from; the self-test gives one without rules. */
    private interface Rulebook {
        ValidationProfile open(Standard standard) throws Exception;
    }

    /** One broken rule: `ua1-7.3-1`, how often, what it says, and where first. */
    private record Failure(String rule, int times, String message, String where) { }

    /** The outcome for one file and standard; `trouble` is null when it was checked to the end. */
    private record Verdict(Standard standard, int checks, List<Failure> failures, String trouble) {
        boolean accepted() {
            return trouble == null && failures.isEmpty();
        }
    }

    /** What is expected of files. */
    private enum Kind {
        GOOD(Standard.UA1, Standard.A3A),
        SHEETS(Standard.A3U),
        MUST_FAIL(Standard.UA1, Standard.A3A);

        final List<Standard> standards;

        Kind(Standard... standards) {
            this.standards = List.of(standards);
        }

        static Kind named(String option) {
            return switch (option) {
                case "--" -> GOOD;
                case "--sheets" -> SHEETS;
                case "--must-fail" -> MUST_FAIL;
                default -> null;
            };
        }
    }

    private record Task(Path file, Kind kind) { }

    /** veraPDF's rules, read once for each thread. */
    private static final ThreadLocal<Map<Standard, ValidationProfile>> BUILT_IN =
            ThreadLocal.withInitial(LinkedHashMap::new);

    private final Rulebook rulebook;
    private final ExecutorService pool;
    private final PrintStream out;
    private int files;
    private int validations;
    private long checks;
    private int refused;
    private int troubles;

    private Conformance(Rulebook rulebook, ExecutorService pool, PrintStream out) {
        this.rulebook = rulebook;
        this.pool = pool;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        boolean good;
        try {
            good = args.length == 2 && args[0].equals("--self-test")
                    ? new SelfTest(Path.of(args[1]), pool, out).run()
                    : new Conformance(Conformance::builtIn, pool, out).run(List.of(args));
        } finally {
            pool.shutdownNow();
        }
        System.exit(good ? 0 : 1);
    }

    /** veraPDF's own rules for a standard. Its profile directory would read all fifteen. */
    private static ValidationProfile builtIn(Standard standard) throws Exception {
        ValidationProfile known = BUILT_IN.get().get(standard);
        if (known != null)
            return known;
        try (InputStream in = Conformance.class.getClassLoader().getResourceAsStream(standard.resource)) {
            if (in == null)
                throw new IOException("veraPDF has no " + standard.resource);
            ValidationProfile profile = Profiles.profileFromXml(in);
            BUILT_IN.get().put(standard, profile);
            return profile;
        }
    }

    // ---- the whole run ----------------------------------------------------

    private boolean run(List<String> args) throws InterruptedException {
        List<Task> tasks = tasks(args);
        List<Future<List<Verdict>>> futures = new ArrayList<>();
        for (Task task : tasks)
            futures.add(pool.submit((Callable<List<Verdict>>) () -> validate(task)));
        for (int i = 0; i < tasks.size(); i++)
            report(tasks.get(i), futures.get(i));
        if (tasks.isEmpty())
            trouble("no file to check");
        out.printf("%d files, %d validations, %d checks, %d refused as they must be, %d troubles%n",
                files, validations, checks, refused, troubles);
        return troubles == 0;
    }

    private void trouble(String what) {
        troubles++;
        out.println("FAIL " + what);
    }

    /** Every file that the arguments name; a folder without a PDF is a trouble. */
    private List<Task> tasks(List<String> args) {
        Map<Path, Kind> found = new LinkedHashMap<>();
        Kind kind = Kind.GOOD;
        for (String arg : args) {
            if (arg.startsWith("--")) {
                Kind named = Kind.named(arg);
                if (named == null)
                    trouble("unknown option: " + arg);
                else
                    kind = named;
                continue;
            }
            for (Path file : pdfs(Path.of(arg))) {
                Kind before = found.put(file, kind);
                if (before != null && before != kind)
                    trouble("listed as two kinds: " + file);
            }
        }
        List<Task> tasks = new ArrayList<>();
        found.forEach((file, what) -> tasks.add(new Task(file, what)));
        return tasks;
    }

    private List<Path> pdfs(Path path) {
        if (!Files.isDirectory(path))
            return List.of(path.normalize());
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> list = walk.filter(Files::isRegularFile)
                    .filter(p -> p.toString().toLowerCase(Locale.ROOT).endsWith(".pdf"))
                    .map(Path::normalize).sorted().toList();
            if (list.isEmpty())
                trouble("no PDF in folder: " + path);
            return list;
        } catch (IOException e) {
            trouble("can't read folder: " + path + ": " + e);
            return List.of();
        }
    }

    private void report(Task task, Future<List<Verdict>> future) throws InterruptedException {
        files++;
        List<Verdict> verdicts;
        try {
            verdicts = future.get();
        } catch (ExecutionException e) {
            trouble(task.file + ": " + e.getCause());
            return;
        }
        for (Verdict verdict : verdicts) {
            validations++;
            checks += verdict.checks;
        }
        if (task.kind == Kind.MUST_FAIL)
            reportMustFail(task.file, verdicts);
        else
            verdicts.forEach(verdict -> reportGood(task.file, verdict));
    }

    private void reportGood(Path file, Verdict verdict) {
        String line = String.format("%-3s  %s  (%d checks)", verdict.standard.name, file, verdict.checks);
        if (verdict.accepted()) {
            out.println("ok   " + line);
            return;
        }
        trouble(line);
        if (verdict.trouble != null)
            out.println("       " + verdict.trouble);
        verdict.failures.stream().limit(RULES_SHOWN).forEach(this::reportFailure);
        if (verdict.failures.size() > RULES_SHOWN)
            out.printf("       and %d rules more%n", verdict.failures.size() - RULES_SHOWN);
    }

    private void reportFailure(Failure failure) {
        String message = oneLine(failure.message);
        String where = oneLine(failure.where);
        if (message.length() > TEXT_SHOWN)
            message = message.substring(0, TEXT_SHOWN) + "…";
        if (where.length() > TEXT_SHOWN)
            where = "…" + where.substring(where.length() - TEXT_SHOWN);
        out.printf("       %s  (%d times)  %s%n           at %s%n", failure.rule, failure.times, message, where);
    }

    private static String oneLine(String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }

    private void reportMustFail(Path file, List<Verdict> verdicts) {
        Set<String> seen = new LinkedHashSet<>();
        for (Verdict verdict : verdicts) {
            verdict.failures.forEach(failure -> seen.add(failure.rule));
            if (verdict.trouble != null)
                seen.add(UNREADABLE);
        }
        Set<String> missing = new TreeSet<>(expected(file));
        boolean unreadable = seen.contains(UNREADABLE) && !missing.contains(UNREADABLE);
        missing.removeAll(seen);
        String by = seen.isEmpty() ? "none" : String.join(" ", seen);
        if (unreadable)
            trouble("must-fail  " + file + "  was not checked: " + firstTrouble(verdicts));
        else if (seen.isEmpty())
            trouble("must-fail  " + file + "  was accepted");
        else if (!missing.isEmpty())
            trouble("must-fail  " + file + "  expected " + String.join(" ", missing) + ", got " + by);
        else {
            refused++;
            out.println("ok   must-fail  " + file + "  refused by " + by);
        }
    }

    private static String firstTrouble(List<Verdict> verdicts) {
        return verdicts.stream().map(Verdict::trouble).filter(t -> t != null).findFirst().orElse("");
    }

    /** The rules that a file's name promises: what stands between `__` and `.pdf`. */
    private static Set<String> expected(Path file) {
        String name = file.getFileName().toString().replaceFirst("(?i)\\.pdf$", "");
        int at = name.lastIndexOf("__");
        return at < 0 ? Set.of() : Set.of(name.substring(at + 2).split("\\+"));
    }

    // ---- one file ---------------------------------------------------------

    /** veraPDF keeps its state per thread, one document at a time: open, check, close. */
    private List<Verdict> validate(Task task) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Standard standard : task.kind.standards)
            verdicts.add(validate(task.file.toFile(), standard));
        return verdicts;
    }

    private Verdict validate(File file, Standard standard) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, standard.flavour);
                PDFAValidator validator = Foundries.defaultInstance()
                        .createValidator(rulebook.open(standard), 1, false, true, false)) {
            return verdict(standard, validator.validate(parser));
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            return new Verdict(standard, 0, List.of(), "not checked: " + chain(e));
        }
    }

    private static Verdict verdict(Standard standard, ValidationResult result) {
        List<Failure> failures = failures(standard, result);
        String trouble = null;
        if (result.getTotalAssertions() <= 0)
            trouble = "no check was run";
        else if (result.getJobEndStatus() != JobEndStatus.NORMAL)
            trouble = "ended early: " + result.getJobEndStatus();
        else if (result.getPDFAFlavour() != standard.flavour)
            trouble = "checked as " + result.getPDFAFlavour();
        else if (result.isCompliant() != failures.isEmpty())
            trouble = "compliant is " + result.isCompliant() + " with " + failures.size() + " rules broken";
        return new Verdict(standard, result.getTotalAssertions(), failures, trouble);
    }

    private static List<Failure> failures(Standard standard, ValidationResult result) {
        Map<RuleId, TestAssertion> first = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions())
            if (assertion.getStatus() == TestAssertion.Status.FAILED)
                first.putIfAbsent(assertion.getRuleId(), assertion);
        List<Failure> failures = new ArrayList<>();
        result.getFailedChecks().forEach((id, times) -> {
            TestAssertion assertion = first.get(id);
            failures.add(new Failure(standard.name + "-" + id.getClause() + "-" + id.getTestNumber(), times,
                    assertion == null ? "" : assertion.getErrorMessage(),
                    assertion == null ? "" : assertion.getLocation().getContext()));
        });
        failures.sort((a, b) -> a.rule.compareTo(b.rule));
        return failures;
    }

    private static String chain(Throwable error) {
        StringBuilder text = new StringBuilder(String.valueOf(error));
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause())
            text.append(": ").append(cause);
        return text.toString();
    }

    // ---- the self-test ----------------------------------------------------

    /** Runs the checker on what it must not pass; a checker that says yes to these proves nothing. */
    private static final class SelfTest {
        private final Path good;
        private final ExecutorService pool;
        private final PrintStream out;
        private int cases;
        private int wrong;

        SelfTest(Path good, ExecutorService pool, PrintStream out) {
            this.good = good;
            this.pool = pool;
            this.out = out;
        }

        boolean run() throws Exception {
            Path dir = Files.createTempDirectory("conformance-self-test");
            try {
                nothingToCheck(dir);
                unreadable(dir);
                rules(dir);
            } finally {
                remove(dir);
            }
            out.printf("self-test: %d cases, %d wrong%n", cases, wrong);
            return cases > 0 && wrong == 0;
        }

        private void nothingToCheck(Path dir) throws Exception {
            Path empty = Files.createDirectory(dir.resolve("empty"));
            expect("the good file", true, good);
            expect("no argument", false);
            expect("an empty folder", false, empty);
            expect("an empty folder beside a good file", false, good, empty);
            expect("an empty must-fail folder", false, good, "--must-fail", empty);
            expect("a missing file", false, good, dir.resolve("missing.pdf"));
            expect("an unknown option", false, good, "--no-such-option");
        }

        private void unreadable(Path dir) throws Exception {
            byte[] bytes = Files.readAllBytes(good);
            Path text = Files.writeString(dir.resolve("text.pdf"), "not a PDF\n");
            Path cut = Files.write(dir.resolve("cut.pdf"), Arrays.copyOf(bytes, bytes.length / 2));
            Path none = Files.write(dir.resolve("none.pdf"), new byte[0]);
            Path said = Files.copy(cut, dir.resolve("cut__" + UNREADABLE + ".pdf"));
            expect("text", false, text);
            expect("half a file", false, cut);
            expect("an empty file", false, none);
            expect("half a file as must-fail", false, "--must-fail", cut);
            expect("half a file expected unreadable", true, "--must-fail", said);
        }

        private void rules(Path dir) throws Exception {
            Path bad = Files.write(dir.resolve("bad.pdf"), withoutId(Files.readAllBytes(good)));
            Path right = Files.copy(bad, dir.resolve("bad__3a-6.1.3-1.pdf"));
            Path wrongRule = Files.copy(bad, dir.resolve("bad__ua1-7.3-1.pdf"));
            expect("no trailer ID", false, bad);
            expect("no trailer ID as must-fail", true, "--must-fail", bad);
            expect("no trailer ID by its rule", true, "--must-fail", right);
            expect("no trailer ID by another rule", false, "--must-fail", wrongRule);
            expect("a good file as must-fail", false, "--must-fail", good);
            expect("a file both good and must-fail", false, good, "--must-fail", good);
            expect("no rules", SelfTest::withoutRules, false, good);
            expect("no rulebook", standard -> { throw new IOException("none"); }, false, good);
        }

        private static ValidationProfile withoutRules(Standard standard) throws Exception {
            ValidationProfile full = builtIn(standard);
            return Profiles.profileFromSortedValues(full.getPDFAFlavour(), full.getDetails(), "",
                    Collections.emptySortedSet(), Collections.emptySortedSet());
        }

        /** The bytes with the last /ID renamed: no file identifier in the trailer, or in the
         *  cross-reference stream that stands for it. */
        private static byte[] withoutId(byte[] bytes) throws IOException {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int at = text.lastIndexOf("/ID");
            int trailer = Math.max(text.lastIndexOf("trailer"), text.lastIndexOf("/Type /XRef"));
            if (trailer < 0 || at < trailer)
                throw new IOException("the good file has no /ID in a trailer");
            byte[] changed = bytes.clone();
            changed[at + 1] = 'X';
            return changed;
        }

        private void expect(String what, boolean passes, Object... args) throws Exception {
            expect(what, Conformance::builtIn, passes, args);
        }

        private void expect(String what, Rulebook rulebook, boolean passes, Object... args) throws Exception {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            List<String> words = Stream.of(args).map(String::valueOf).toList();
            boolean passed = new Conformance(rulebook, pool,
                    new PrintStream(said, true, StandardCharsets.UTF_8)).run(words);
            cases++;
            if (passed == passes)
                return;
            wrong++;
            out.printf("FAIL self-test: %s %s%n%s", what, passed ? "passes" : "fails",
                    said.toString(StandardCharsets.UTF_8));
        }

        private static void remove(Path dir) throws IOException {
            try (Stream<Path> walk = Files.walk(dir)) {
                for (Path path : walk.sorted(Collections.reverseOrder()).toList())
                    Files.delete(path);
            }
        }
    }
}
