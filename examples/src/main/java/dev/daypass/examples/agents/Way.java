package dev.daypass.examples.agents;

/// How an agent gets to what it uses.
enum Way {
    /// With a key of its own that lasts.
    BEFORE("a stored key"),
    /// With an account that its program opens.
    SDK("the SDK"),
    /// The program of [#BEFORE], as it is, in an account that `daypass run` opens.
    RUN("unchanged, daypass run");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
