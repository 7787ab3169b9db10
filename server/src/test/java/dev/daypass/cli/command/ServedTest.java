package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Which commands a server runs for others.
class ServedTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();

    /// What such a command has nothing to do with, by the beginnings of names.
    private static final List<String> FOREIGN =
            List.of(
                    "java.io.File",
                    "java.io.RandomAccessFile",
                    "java.lang.Process",
                    "java.net.",
                    "java.nio.channels.",
                    "java.nio.file.",
                    "dev.daypass.cli.AgentClient",
                    "dev.daypass.cli.AgentIdentity",
                    "dev.daypass.cli.DataDirectory",
                    "dev.daypass.cli.OperatorClient",
                    "dev.daypass.cli.command.AsAgent",
                    "dev.daypass.cli.command.CredentialOptions",
                    "dev.daypass.cli.command.ExportCheck",
                    "dev.daypass.cli.command.InputFiles",
                    "dev.daypass.cli.command.Opened",
                    "dev.daypass.cli.command.OutputFiles");

    private static final Set<String> FOREIGN_CALLS =
            Set.of(
                    "Shell.in",
                    "Shell.home",
                    "Shell.pause",
                    "Shell.ofProcess",
                    "System.getenv",
                    "Runtime.getRuntime");

    /// How a command reaches the world; the server gives others in their place.
    private static final Set<String> DOORS = Set.of("AsOperator", "Shell");

    private static final String PACKAGE_NAME = "dev.daypass.cli.command";
    private static final JavaClasses PACKAGE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(PACKAGE_NAME);

    /// Commands with a reason of their own not to be served, where nothing foreign shows it.
    private static final Map<String, String> OWN =
            Map.of("version", "it tells of the Java that runs it");

    @Test
    void a_command_that_is_served_touches_no_file_no_input_and_no_agents_certificate() {
        for (String name : names(true)) {
            assertEquals(Set.of(), foreign(name), name);
        }
    }

    @Test
    void every_other_command_touches_something_that_is_the_callers() {
        for (String name : names(false)) {
            assertTrue(OWN.containsKey(name) || !foreign(name).isEmpty(), name);
        }
    }

    @Test
    void every_name_in_the_list_is_a_command_and_the_script_has_the_same_list() throws Exception {
        var listed = new TreeSet<String>();
        Served.COMMANDS.forEach((first, more) -> {
            more.forEach(second -> listed.add(first + " " + second));
            if (more.isEmpty()) {
                listed.add(first);
            }
        });
        Matcher script =
                Pattern.compile("(?m)^served=' (.*) '$")
                        .matcher(Files.readString(ROOT.resolve("daypass")));

        assertEquals(listed, names(true));
        assertTrue(script.find());
        assertEquals(
                listed,
                Pattern.compile(" ")
                        .splitAsStream(script.group(1))
                        .map(name -> name.replace('.', ' '))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void what_says_where_the_callers_server_and_files_are_is_the_callers() {
        assertTrue(Served.includes(List.of("explain", "--console is where?", "--agent", "a")));
        for (String own : List.of("--console", "--console=x", "--data", "--data=x\ny", "--debug")) {
            assertFalse(Served.includes(List.of("explain", "book", "--agent", "a", own)), own);
        }
        assertFalse(Served.includes(List.of()));
        assertFalse(Served.includes(List.of("service")));
        assertFalse(Served.includes(List.of("service", "--help", "ls")));
        assertFalse(Served.includes(List.of("--help", "ls")));
    }

    @Test
    void where_a_server_runs_it_a_command_needs_neither_address_nor_token_nor_file() {
        var asked = new ArrayList<String>();
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InputStream.nullInputStream(),
                        Map.of(),
                        Path.of("nowhere"),
                        InstantSource.fixed(Run.NOW),
                        _ -> {},
                        (method, path, _) -> {
                            asked.add(method + " " + path);
                            throw new CommandFailure("asked");
                        });

        assertEquals(ExitCode.FAILED, Commands.run(shell, "usage"));
        assertEquals("daypass: asked\n", err.toString(StandardCharsets.UTF_8));
        err.reset();
        for (String own : List.of("--data", "--console")) {
            assertEquals(ExitCode.FAILED, Commands.run(shell, "usage", own, "http://127.0.0.1:1"));
        }
        assertEquals(List.of("GET /v1/usage"), asked);
        assertTrue(
                err.toString(StandardCharsets.UTF_8)
                        .contains("not for a command that a server runs"));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    private static Set<String> names(boolean served) {
        var names = new TreeSet<String>();
        leaves("", Commands.root(shell()), names);
        assertTrue(names.size() > 20, names.toString());
        names.removeIf(name -> Served.includes(List.of(name.split(" ", -1))) != served);
        return names;
    }

    private static void leaves(String before, CommandLine line, Set<String> names) {
        line.getSubcommands()
                .forEach((name, sub) -> {
                    if (sub.getSubcommands().isEmpty()) {
                        names.add(before + name);
                    } else {
                        leaves(before + name + " ", sub, names);
                    }
                });
    }

    private static Object command(String name) {
        CommandLine line = Commands.root(shell());
        for (String word : name.split(" ", -1)) {
            line = java.util.Objects.requireNonNull(line.getSubcommands().get(word));
        }
        return line.getCommand();
    }

    /// What the command has to do with that it should not, itself or by others of its package.
    private static Set<String> foreign(String name) {
        var found = new TreeSet<String>();
        for (JavaClass c : reached(command(name).getClass())) {
            c.getDirectDependenciesFromSelf().stream()
                    .map(d -> d.getTargetClass().getBaseComponentType().getFullName())
                    .filter(used -> FOREIGN.stream().anyMatch(used::startsWith))
                    .forEach(found::add);
            c.getAccessesFromSelf().stream()
                    .map(a -> a.getTargetOwner().getSimpleName() + "." + a.getName())
                    .filter(FOREIGN_CALLS::contains)
                    .forEach(found::add);
        }
        return found;
    }

    private static Set<JavaClass> reached(Class<?> command) {
        var reached = new HashSet<JavaClass>();
        var next = new ArrayDeque<JavaClass>();
        PACKAGE.stream()
                .filter(c ->
                        c.isEquivalentTo(command)
                                || c.getName().startsWith(command.getName() + "$"))
                .forEach(next::add);
        while (!next.isEmpty()) {
            JavaClass c = next.remove();
            if (reached.add(c)) {
                c.getDirectDependenciesFromSelf().stream()
                        .map(d -> d.getTargetClass().getBaseComponentType())
                        .filter(used -> used.getPackageName().equals(PACKAGE_NAME))
                        .filter(used -> !DOORS.contains(used.getSimpleName()))
                        .forEach(next::add);
            }
        }
        return reached;
    }

    private static Shell shell() {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Shell(
                nowhere,
                nowhere,
                InputStream.nullInputStream(),
                Map.of(),
                Path.of("."),
                InstantSource.fixed(Run.NOW),
                _ -> {});
    }
}
