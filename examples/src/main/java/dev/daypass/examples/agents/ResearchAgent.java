package dev.daypass.examples.agents;

import dev.daypass.vault.Secret;
import java.util.List;
import java.util.Map;

/// It searches a library and reads papers side by side, each in an account of its own. In Java.
final class ResearchAgent implements Worked {
    private final World world;
    private final Programs programs;

    ResearchAgent(World world, Programs programs) {
        this.world = world;
        this.programs = programs;
    }

    @Override
    public String name() {
        return "research";
    }

    @Override
    public String wish() {
        return "random";
    }

    @Override
    public List<Way> ways() {
        return List.of(Way.BEFORE, Way.SDK);
    }

    @Override
    public Program.Start start(Way way) {
        return switch (way) {
            case BEFORE ->
                    new Program.Start(
                            programs.folder("research"),
                            programs.java("Before.java"),
                            Map.of(
                                    "PAPERS_URL", world.library().toString(),
                                    "PAPERS_KEY", world.libraryKey()));
            case SDK ->
                    new Program.Start(
                            programs.folder("research"),
                            programs.java(
                                    "-Duser.home=" + world.home("researcher"),
                                    "-cp",
                                    programs.javaSdk(),
                                    "After.java"),
                            Map.of());
            case RUN ->
                    throw new IllegalArgumentException(
                            "an account for each paper is opened by a program");
        };
    }

    @Override
    public String secret() {
        return world.libraryKey();
    }

    @Override
    public String secretName() {
        return "the library's key";
    }

    @Override
    public boolean opensWithSecret() {
        return Outside.status(
                        world.library().resolve("/papers?q="),
                        "GET",
                        "Bearer " + world.libraryKey())
                == 200;
    }

    @Override
    public int statusWithToken(String token) {
        return world.agent("shopper").call("GET", "/papers/papers?q=", Secret.of(token)).status();
    }
}
