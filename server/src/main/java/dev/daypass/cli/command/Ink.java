package dev.daypass.cli.command;

/// Colours, where standard output is a terminal that wants them; elsewhere the plain text. The
/// `daypass` script says whether it is one (`DAYPASS_TERMINAL=1`), and `NO_COLOR` is heeded.
///
/// @param on whether to colour
record Ink(boolean on) {
    static Ink of(Shell shell) {
        return new Ink(
                shell.setting(null, "DAYPASS_TERMINAL", "").equals("1")
                        && shell.setting(null, "NO_COLOR", "").isEmpty());
    }

    String bold(String text) {
        return in("1", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    String warning(String text) {
        return in("33", text);
    }

    private String in(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
