package dev.daypass.examples.agents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where the agents' programs lie, and what starts them.
///
/// @param home of the project
record Programs(Path home) {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /// Of the running command, else what the working directory says.
    static Programs here() {
        String said = System.getenv("DAYPASS_HOME");
        if (said != null) {
            return new Programs(Path.of(said));
        }
        Path here = Path.of("").toAbsolutePath();
        Path above = here.getParent();
        return new Programs(Files.isDirectory(here.resolve("sdk")) || above == null ? here : above);
    }

    Path folder(String agent) {
        return home.resolve("examples").resolve("agents").resolve(agent);
    }

    Path pythonSdk() {
        return home.resolve("sdk/python/src");
    }

    List<String> java(String... words) {
        var out = new ArrayList<String>();
        out.add(JAVA);
        out.add("-XX:TieredStopAtLevel=1");
        out.add("-XX:+UseSerialGC");
        out.addAll(List.of(words));
        return List.copyOf(out);
    }

    String javaSdk() {
        return home.resolve("sdk/java/target/classes").toString();
    }

    /// `daypass`, as people start it; where this is no installation, its class.
    List<String> daypass(String... words) {
        var out = new ArrayList<String>();
        if (System.getenv("DAYPASS_HOME") != null) {
            out.add(home.resolve("daypass").toString());
        } else {
            out.addAll(java("--enable-native-access=ALL-UNNAMED"));
            out.addAll(List.of("-cp", System.getProperty("java.class.path")));
            out.add("dev.daypass.cli.Main");
        }
        out.addAll(List.of(words));
        return List.copyOf(out);
    }
}
