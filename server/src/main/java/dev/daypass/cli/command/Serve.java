package dev.daypass.cli.command;

import dev.daypass.cli.Running;
import dev.daypass.cli.Server;
import dev.daypass.config.Config;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass serve`: runs until it is told to stop, then drains and ends with status 0.
@Command(description = "run a server: broker, edge and console")
final class Serve implements Callable<Integer> {
    private static final String STARTED = "daypass.started";
    private static final long MICROS_A_MILLI = 1_000;

    private final Shell shell;
    @Mixin private final Printing printing;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration (DAYPASS_CONFIG; default: none)")
    private @Nullable String config;

    @Option(names = "--data", paramLabel = "DIR", description = "instead of DAYPASS_DATA")
    private @Nullable String data;

    @Option(
            names = "--roles",
            paramLabel = "ROLES",
            description = "of broker,edge,console (DAYPASS_ROLES; default: all)")
    private @Nullable String roles;

    @Option(names = "--print-ports", paramLabel = "FILE", hidden = true)
    private @Nullable Path portsFile;

    Serve(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        Running server = Running.start(config(), shell.clock(), shell.environment());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server), "drain"));
        Json.Obj ports = ports(server.ports());
        if (portsFile != null) {
            OutputFiles.write(portsFile, ports.text() + "\n");
        }
        shell.say(printing.json() ? ports.text() : ready(server));
        Thread.currentThread().join();
        return ExitCode.OK;
    }

    private Config config() {
        Map<String, String> environment = new HashMap<>(shell.environment());
        if (data != null) {
            environment.put("DAYPASS_DATA", data);
        }
        if (roles != null) {
            environment.put("DAYPASS_ROLES", roles);
        }
        String file = shell.setting(config, "DAYPASS_CONFIG", "");
        try {
            return Config.load(file.isEmpty() ? null : Path.of(file), environment);
        } catch (WireException e) {
            throw new CommandFailure(named(String.valueOf(e.getMessage())));
        }
    }

    /// An error about a variable that an option stood in for is about the option.
    private String named(String message) {
        String named = message;
        if (data != null) {
            named = named.replace("environment: `DAYPASS_DATA`", "`--data`");
        }
        if (roles != null) {
            named = named.replace("environment: `DAYPASS_ROLES`", "`--roles`");
        }
        return named;
    }

    /// Ends the process itself: a process that is told to stop and does must not report failure.
    private void drain(Running server) {
        shell.note("stopping: no new calls; those under way are finished");
        server.close();
        shell.out().flush();
        Runtime.getRuntime().halt(ExitCode.OK);
    }

    private static Json.Obj ports(Server.Ports ports) {
        return Json.object()
                .put("agents", ports.agents())
                .put("console", ports.console())
                .put("health", ports.health())
                .build();
    }

    private String ready(Running server) {
        Config running = server.config();
        Server.Ports ports = server.ports();
        String console =
                ports.console() == 0
                        ? "no console"
                        : "console "
                                + url(
                                        running.console().tls(),
                                        running.console().host(),
                                        ports.console());
        return "ready in %d ms: agents %s, %s, health %s"
                .formatted(
                        sinceStart().toMillis(),
                        url(true, running.agents().host(), ports.agents()),
                        console,
                        url(false, running.health().host(), ports.health()));
    }

    /// Since the launcher began, which says when in microseconds; without it since Java did. The
    /// system's own start time of a process may be a second off.
    private Duration sinceStart() {
        Instant started = Instant.EPOCH.plus(launched(), ChronoUnit.MICROS);
        Duration since = Duration.between(started, shell.clock().instant());
        return since.isNegative() ? Duration.ZERO : since;
    }

    private static long launched() {
        Long launcher = Long.getLong(STARTED);
        return launcher != null
                ? launcher
                : ManagementFactory.getRuntimeMXBean().getStartTime() * MICROS_A_MILLI;
    }

    private static String url(boolean tls, String host, int port) {
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        String name = any ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return "%s://%s:%d".formatted(tls ? "https" : "http", name, port);
    }
}
