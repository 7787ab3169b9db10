package dev.daypass.cli;

import dev.daypass.cli.command.Commands;
import dev.daypass.cli.command.PlainRun;
import dev.daypass.cli.command.Shell;
import dev.daypass.run.TaskRun;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/// The daypass command.
public final class Main {
    /// All jars, where this process was started with few for `daypass run`.
    private static final String WHOLE = "daypass.class.path";

    private Main() {}

    /// @param args command, options, arguments
    public static void main(String[] args) throws ReflectiveOperationException {
        Shell shell = Shell.ofProcess();
        OptionalInt plain = PlainRun.tryRun(shell, args);
        String whole = System.clearProperty(WHOLE);
        if (plain.isPresent()) {
            end(plain.getAsInt(), whole != null);
        } else if (whole == null || whole.isEmpty()) {
            System.exit(Commands.run(shell, args));
        } else {
            with(whole, args);
        }
    }

    /// @param prepared whether this process was started for one program; else somebody may be
    ///   recording what it loaded, when it ends
    private static void end(int status, boolean prepared) {
        if (prepared) {
            System.out.flush();
            System.err.flush();
            TaskRun.exit(status);
        }
        System.exit(status);
    }

    private static void with(String classPath, String[] args) throws ReflectiveOperationException {
        URL[] jars =
                Arrays.stream(classPath.split(File.pathSeparator))
                        .map(Main::url)
                        .toArray(URL[]::new);
        // It lives as long as the process, so nobody closes it.
        var loader = new URLClassLoader("daypass", jars, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(Main.class.getName())
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }

    private static URL url(String jar) {
        try {
            return Path.of(jar).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(jar, e);
        }
    }
}
