package dev.daypass.cli;

/// Which Daypass this is, also where there is no manifest to ask.
final class Release {
    static final String VERSION = "0.1.0";

    private Release() {}
}
