package dev.daypass.console;

import dev.daypass.http.Response;
import dev.daypass.permission.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs commands of the `daypass` command line in this process, for callers who would otherwise
/// start one of their own to ask the same.
public interface CommandRunner {
    /// Of which version the commands are; only callers of the same version are served.
    String version();

    /// A file with an operator's token that was just found to be closed to others than its owner;
    /// `null` where there is none. Callers who have their token from it need not look again.
    @Nullable String tokenFile();

    /// @param arguments command, options, arguments
    /// @param colour whether the caller's terminal wants colours
    /// @param api the way to the operator API, with the caller's authority and no more
    /// @return what was printed; `null` if this is a command that the caller has to run, or it
    ///   printed more than is kept
    @Nullable Printed run(List<String> arguments, boolean colour, Api api);

    /// The operator API as one caller sees it.
    @FunctionalInterface
    interface Api {
        /// @param path path and query
        /// @param body the body, perhaps empty
        Response send(HttpMethod method, String path, byte[] body);
    }
}
