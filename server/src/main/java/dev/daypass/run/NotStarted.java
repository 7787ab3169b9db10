package dev.daypass.run;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a program could not be started, as shells tell it (POSIX, Shell Command Language, 2.8.2).
///
/// @param status 127 where it is not there, 126 where it is and cannot be run
/// @param line what is said
record NotStarted(int status, String line) {
    private static final Pattern ERROR = Pattern.compile("error[=:] ?(\\d+)");
    private static final int ENOENT = 2;
    private static final int E2BIG = 7;
    private static final int EACCES = 13;

    /// @param why as [ProcessBuilder] throws it: the system's number stands in its words only
    static NotStarted of(String program, IOException why) {
        Matcher error = ERROR.matcher(String.valueOf(why.getMessage()));
        return switch (error.find() ? Integer.parseInt(error.group(1)) : 0) {
            case ENOENT -> new NotStarted(127, "there is no program `%s`".formatted(program));
            case EACCES ->
                    new NotStarted(
                            126,
                            "`%s` is not executable; for a script: chmod +x, or name what runs it"
                                    .formatted(program));
            case E2BIG ->
                    new NotStarted(
                            126, "`%s` has too many arguments or variables".formatted(program));
            default ->
                    new NotStarted(
                            126, "`%s` cannot be started: %s".formatted(program, why.getMessage()));
        };
    }
}
