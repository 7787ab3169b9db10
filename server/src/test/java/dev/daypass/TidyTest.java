package dev.daypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// House rules that a compiler does not hold, over the sources of every module.
class TidyTest {
    static final int METHOD_LINES_MAX = 60;
    static final int FILE_LINES_MAX = 400;

    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();
    private static final Pattern LEFTOVER = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final List<String> TEST_ANNOTATIONS =
            List.of("Test", "FuzzTest", "ParameterizedTest", "RepeatedTest", "TestFactory");

    @Test
    void files_and_methods_are_short_and_nothing_is_left_for_later() {
        List<Path> files = sources("main");

        assertTrue(files.size() > 50, "too few sources under " + ROOT);
        assertEquals(List.of(), complaints(files, MainRules::new));
    }

    @Test
    void tests_are_named_so_that_they_run_and_neither_sleep_nor_are_switched_off() {
        List<Path> files = sources("test");

        assertTrue(files.stream().anyMatch(file -> file.endsWith("TidyTest.java")));
        assertEquals(List.of(), complaints(files, TestRules::new));
    }

    @Test
    void a_breach_of_each_rule_is_noticed() throws IOException {
        Path directory = Files.createTempDirectory("tidy");
        Path main = directory.resolve("Main.java");
        Path test = directory.resolve("Probe.java");
        Files.writeString(
                main,
                "class Main {\n  void m() {\n"
                        + "    m();\n".repeat(59)
                        + "  }\n// TO"
                        + "DO later\n"
                        + "\n".repeat(340)
                        + "}\n");
        Files.writeString(
                test,
                """
                class Probe {
                  @Test void a() throws Exception { Thread.sleep(1); }
                  @org.junit.jupiter.api.Disabled void b() {}
                }
                """);
        try {
            assertEquals(3, complaints(List.of(main), MainRules::new).size());
            assertEquals(3, complaints(List.of(test), TestRules::new).size());
        } finally {
            Files.delete(main);
            Files.delete(test);
            Files.delete(directory);
        }
    }

    private interface Rules {
        TreeScanner<Void, Void> over(Source source, List<String> complaints);
    }

    /// One parsed file.
    private record Source(Path file, CompilationUnitTree unit, SourcePositions positions) {
        String at(Tree tree) {
            return "%s:%d".formatted(file, line(positions.getStartPosition(unit, tree)));
        }

        long lines(Tree tree) {
            return 1
                    + line(positions.getEndPosition(unit, tree))
                    - line(positions.getStartPosition(unit, tree));
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }

    private static final class MainRules extends TreeScanner<Void, Void> {
        private final Source source;
        private final List<String> complaints;

        MainRules(Source source, List<String> complaints) {
            this.source = source;
            this.complaints = complaints;
            List<String> lines = lines(source.file());
            if (lines.size() > FILE_LINES_MAX) {
                complaints.add("%s: %d lines".formatted(source.file(), lines.size()));
            }
            for (int i = 0; i < lines.size(); i++) {
                if (LEFTOVER.matcher(lines.get(i)).find()) {
                    complaints.add("%s:%d: left for later".formatted(source.file(), i + 1));
                }
            }
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            long lines = source.lines(method);
            if (lines > METHOD_LINES_MAX) {
                complaints.add(
                        "%s: `%s` has %d lines"
                                .formatted(source.at(method), method.getName(), lines));
            }
            return super.visitMethod(method, null);
        }
    }

    private static final class TestRules extends TreeScanner<Void, Void> {
        private final Source source;
        private final List<String> complaints;

        TestRules(Source source, List<String> complaints) {
            this.source = source;
            this.complaints = complaints;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree member, Void unused) {
            boolean onThread = member.getExpression().toString().endsWith("Thread");
            if (onThread && member.getIdentifier().contentEquals("sleep")) {
                complaints.add(source.at(member) + ": sleeps");
            }
            return super.visitMemberSelect(member, null);
        }

        @Override
        public Void visitAnnotation(AnnotationTree annotation, Void unused) {
            String type = annotation.getAnnotationType().toString();
            String name = type.substring(type.lastIndexOf('.') + 1);
            if (name.startsWith("Disabled")) {
                complaints.add(source.at(annotation) + ": is switched off");
            }
            if (TEST_ANNOTATIONS.contains(name)
                    && !source.file().toString().endsWith("Test.java")) {
                complaints.add(source.at(annotation) + ": is in a class that is not named …Test");
            }
            return super.visitAnnotation(annotation, null);
        }
    }

    private static List<String> complaints(List<Path> files, Rules rules) {
        var out = new ArrayList<String>();
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    problem -> out.add(problem.toString()),
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                rules.over(new Source(file, unit, positions), out).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }

    private static List<Path> sources(String kind) {
        Path sources = Path.of("src", kind, "java");
        try (Stream<Path> modules =
                Stream.of("core", "server", "sdk/java", "examples", "bench").map(ROOT::resolve)) {
            var out = new ArrayList<Path>();
            for (Path root :
                    modules.map(m -> m.resolve(sources)).filter(Files::isDirectory).toList()) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(out::add);
                }
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
