package dev.daypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the table of packages: who may use whom, and what core may not touch. A package that does
/// not exist yet fails nothing; one that is not in the table does.
class ArchitectureTest {
    /// Whoever uses a package sees, in its signatures, what that package uses: arrows are followed.
    private static final Map<String, Set<String>> CORE =
            Map.ofEntries(
                    Map.entry("identity", Set.of()),
                    Map.entry("wire", Set.of()),
                    Map.entry("permission", Set.of("identity", "wire")),
                    Map.entry("intent", Set.of("permission")),
                    Map.entry("policy", Set.of("identity", "permission")),
                    Map.entry("budget", Set.of("identity")),
                    Map.entry("account", Set.of("identity", "permission", "policy", "budget")),
                    Map.entry("token", Set.of("identity", "permission", "budget", "wire")),
                    Map.entry("proof", Set.of("wire")),
                    Map.entry("oauth", Set.of("token", "permission", "identity", "wire")),
                    Map.entry("mcp", Set.of("identity", "permission", "wire")),
                    Map.entry("revocation", Set.of("identity")),
                    Map.entry("ledger", Set.of("identity", "wire")));

    /// Besides core, and not followed: the edge does not see the store through the vault.
    private static final Map<String, Set<String>> SERVER =
            Map.ofEntries(
                    Map.entry("config", Set.of()),
                    Map.entry("authority", Set.of()),
                    Map.entry("dpop", Set.of()),
                    Map.entry("http", Set.of()),
                    Map.entry("store", Set.of("config")),
                    Map.entry("checkpoint", Set.of("store", "authority", "config")),
                    Map.entry("nats", Set.of("store")),
                    Map.entry("feed", Set.of("config", "catalog")),
                    Map.entry("remote", Set.of("feed", "vault", "config")),
                    Map.entry(
                            "fleet",
                            Set.of("broker", "feed", "vault", "http", "authority", "config")),
                    Map.entry("vault", Set.of("store", "authority", "config")),
                    Map.entry("catalog", Set.of("config")),
                    Map.entry("llm", Set.of("config")),
                    Map.entry("stdio", Set.of("config")),
                    Map.entry(
                            "broker",
                            Set.of(
                                    "store",
                                    "feed",
                                    "vault",
                                    "catalog",
                                    "authority",
                                    "config",
                                    "users")),
                    Map.entry("run", Set.of("authority")),
                    Map.entry("users", Set.of("catalog", "config")),
                    Map.entry("events", Set.of("store", "feed", "vault", "catalog", "config")),
                    Map.entry(
                            "issuer",
                            Set.of(
                                    "broker",
                                    "checkpoint",
                                    "users",
                                    "dpop",
                                    "http",
                                    "authority",
                                    "config")),
                    Map.entry(
                            "edge",
                            Set.of(
                                    "feed",
                                    "vault",
                                    "dpop",
                                    "http",
                                    "authority",
                                    "config",
                                    "stdio")),
                    Map.entry(
                            "console",
                            Set.of(
                                    "broker",
                                    "events",
                                    "checkpoint",
                                    "issuer",
                                    "http",
                                    "authority",
                                    "config")));

    /// Values that cross where their package does not: what is told about accounts and services,
    /// and secrets on their way to the vault. The store and the vault themselves do not.
    private static final Set<String> STORED =
            Set.of(
                    "AccountFilter",
                    "Correction",
                    "StoreUnavailable",
                    "StoredAccount",
                    "StoredAgent",
                    "StoredDelivery",
                    "StoredEdge",
                    "StoredFact",
                    "StoredService",
                    "StoredStream",
                    "ToolChange",
                    "UsageRow");

    private static final Set<String> SECRETS = Set.of("Access", "Credential", "Secret");

    private static final Map<String, Set<String>> VALUES =
            Map.of(
                    "issuer store", STORED,
                    "fleet store", STORED,
                    "issuer vault", SECRETS,
                    "console store", STORED,
                    "console vault", SECRETS,
                    "llm vault", SECRETS,
                    "run vault", SECRETS,
                    "users vault", SECRETS,
                    "http permission", Set.of("HttpMethod", "PathTemplate"));

    /// The one place of wiring.
    private static final String WIRING = "cli";

    /// Knows requests, answers and their bodies, but no domain.
    private static final String DOMAIN_FREE = "http";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(at -> !at.contains("-tests.jar"))
                    .importPackages("dev.daypass");

    @Test
    void every_package_uses_only_what_the_table_lets_it() {
        Set<String> forbidden = arrows((from, to) -> !permitted(from, to));

        assertEquals("", String.join("\n", forbidden), "not in the table of packages");
    }

    @Test
    void the_arrows_of_the_table_are_seen() {
        Set<String> seen = arrows((_, _) -> true);

        assertTrue(seen.stream().anyMatch(arrow -> arrow.startsWith("permission -> wire: ")));
        assertTrue(seen.stream().anyMatch(arrow -> arrow.startsWith("token -> permission: ")));
    }

    @Test
    void the_table_keeps_apart_what_must_be_apart() {
        for (String apart :
                List.of(
                        "edge broker",
                        "edge store",
                        "http permission",
                        "http identity",
                        "broker edge",
                        "authority store",
                        "authority http",
                        "wire identity",
                        "permission policy",
                        "identity wire",
                        "console store",
                        "broker cli",
                        "llm store",
                        "broker llm",
                        "permission store",
                        "intent policy",
                        "budget wire")) {
            String[] rooms = apart.split(" ", -1);
            assertFalse(permitted(rooms[0], rooms[1]), apart);
        }
        assertTrue(permitted("http", "wire"));
        assertTrue(permitted("intent", "wire"));
        assertTrue(permitted("cli", "edge"));
        assertTrue(permitted("store", "ledger"));
    }

    @Test
    void core_touches_no_clock_no_world_no_chance_and_no_thread() {
        var touched = new TreeSet<String>();
        CLASSES.stream()
                .filter(c -> CORE.containsKey(room(c)))
                .forEach(c -> touched.addAll(World.touchedBy(c)));

        assertEquals(Set.of(), touched, "it comes in as an argument");
    }

    @Test
    void what_core_may_not_touch_is_noticed() {
        JavaClass offender = new ClassFileImporter().importClass(WorldlyFixture.class);
        String prefix = WorldlyFixture.class.getName() + " uses ";

        Set<String> noticed = new TreeSet<>();
        World.touchedBy(offender).forEach(use -> noticed.add(use.substring(prefix.length())));

        assertEquals(new TreeSet<>(WorldlyFixture.TOUCHED), noticed);
    }

    private interface Arrow {
        boolean matters(String from, String to);
    }

    private static Set<String> arrows(Arrow arrow) {
        var out = new TreeSet<String>();
        for (JavaClass origin : CLASSES) {
            origin.getDirectDependenciesFromSelf()
                    .forEach(dependency -> {
                        JavaClass target = dependency.getTargetClass().getBaseComponentType();
                        String from = room(origin);
                        String to = room(target);
                        boolean crosses =
                                !to.isEmpty() && !from.equals(to) && !value(from, to, target);
                        if (crosses && arrow.matters(from, to)) {
                            out.add(
                                    "%s -> %s: %s uses %s"
                                            .formatted(
                                                    from,
                                                    to,
                                                    origin.getSimpleName(),
                                                    target.getSimpleName()));
                        }
                    });
        }
        return out;
    }

    private static boolean value(String from, String to, JavaClass target) {
        String outermost = target.getName().replaceFirst("\\$.*", "");
        String name = outermost.substring(outermost.lastIndexOf('.') + 1);
        return VALUES.getOrDefault(from + " " + to, Set.of()).contains(name);
    }

    private static boolean permitted(String from, String to) {
        if (from.equals(WIRING)) {
            return true;
        }
        if (CORE.containsKey(from)) {
            return reachable(from).contains(to);
        }
        if (CORE.containsKey(to)) {
            return SERVER.containsKey(from) && (!from.equals(DOMAIN_FREE) || to.equals("wire"));
        }
        return SERVER.getOrDefault(from, Set.of()).contains(to);
    }

    private static Set<String> reachable(String from) {
        var out = new HashSet<String>();
        for (String next : CORE.getOrDefault(from, Set.of())) {
            out.add(next);
            out.addAll(reachable(next));
        }
        return out;
    }

    /// The package below `dev.daypass`: `store.sql` is part of `store`. Empty for what is not ours.
    private static String room(JavaClass c) {
        String name = c.getPackageName() + ".";
        String below =
                name.startsWith("dev.daypass.") ? name.substring("dev.daypass.".length()) : "";
        return below.substring(0, Math.max(0, below.indexOf('.')));
    }

    /// What a pure package does without.
    private static final class World {
        private static final List<String> PACKAGES =
                List.of(
                        "java.nio.file.",
                        "java.nio.channels.",
                        "java.net.http.",
                        "javax.net.",
                        "java.sql.",
                        "java.util.random.",
                        "java.util.logging.",
                        "org.slf4j.");
        // With what is nested in them and what begins like them: FileReader, ThreadLocalRandom.
        private static final List<String> FAMILIES =
                List.of(
                        "java.io.File",
                        "java.io.RandomAccessFile",
                        "java.io.Console",
                        "java.net.Socket",
                        "java.net.ServerSocket",
                        "java.net.Datagram",
                        "java.net.Inet",
                        "java.net.URLConnection",
                        "java.net.URLClassLoader",
                        "java.lang.Thread",
                        "java.lang.ScopedValue",
                        "java.lang.Process",
                        "java.util.Timer",
                        "java.util.Random",
                        "java.util.SplittableRandom",
                        "java.security.SecureRandom",
                        "java.util.concurrent.Executor",
                        "java.util.concurrent.ScheduledExecutor",
                        "java.util.concurrent.ThreadLocalRandom",
                        "java.util.concurrent.ThreadPool",
                        "java.util.concurrent.ForkJoin",
                        "java.util.concurrent.CompletableFuture",
                        "java.util.Calendar");
        private static final Set<String> TYPES =
                Set.of("java.lang.Runtime", "java.net.URL", "java.util.Date");
        // A marker of lists, no source of chance.
        private static final Set<String> HARMLESS = Set.of("java.util.RandomAccess");
        private static final Set<String> CALLS =
                Set.of(
                        "java.lang.System.currentTimeMillis",
                        "java.lang.System.nanoTime",
                        "java.lang.System.getenv",
                        "java.lang.System.getProperty",
                        "java.lang.System.getProperties",
                        "java.lang.System.setProperty",
                        "java.lang.System.exit",
                        "java.lang.System.in",
                        "java.lang.System.out",
                        "java.lang.System.err",
                        "java.lang.System.getLogger",
                        "java.lang.Math.random",
                        "java.lang.StrictMath.random",
                        "java.util.UUID.randomUUID",
                        "java.util.Collections.shuffle",
                        "java.time.InstantSource.system",
                        "java.time.ZoneId.systemDefault",
                        "java.util.Locale.getDefault",
                        "java.nio.charset.Charset.defaultCharset",
                        "java.util.Collection.parallelStream",
                        "java.util.List.parallelStream",
                        "java.lang.Integer.getInteger",
                        "java.lang.Long.getLong",
                        "java.lang.Boolean.getBoolean");

        static Set<String> touchedBy(JavaClass c) {
            Stream<String> types =
                    c.getDirectDependenciesFromSelf().stream()
                            .map(d -> d.getTargetClass().getBaseComponentType().getFullName())
                            .filter(World::isWorldly);
            Stream<String> calls =
                    c.getAccessesFromSelf().stream()
                            .map(access ->
                                    access.getTargetOwner().getFullName() + "." + access.getName())
                            .filter(call -> CALLS.contains(call) || tellsTime(call));
            return Stream.concat(types, calls)
                    .map(touched -> c.getFullName() + " uses " + touched)
                    .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
        }

        private static boolean isWorldly(String type) {
            return TYPES.contains(type)
                    || PACKAGES.stream().anyMatch(type::startsWith)
                    || (FAMILIES.stream().anyMatch(type::startsWith) && !HARMLESS.contains(type));
        }

        private static boolean tellsTime(String call) {
            return call.startsWith("java.time.Clock.system")
                    || call.startsWith("java.time.Clock.tick")
                    || (call.startsWith("java.time.") && call.endsWith(".now"));
        }
    }
}
