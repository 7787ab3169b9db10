package dev.daypass.cli;

import dev.daypass.config.Config;
import java.time.InstantSource;
import java.util.Map;

/// What `daypass serve` runs.
public interface Running extends AutoCloseable {
    /// Starts what the configuration's roles ask for: a server with a broker, or an edge alone.
    ///
    /// @throws StartFailure with one line that says what is wrong and what to do
    /// @throws DataDirectoryFailure likewise
    static Running start(Config config, InstantSource clock, Map<String, String> environment) {
        return config.edgeAlone()
                ? EdgeServer.start(config, clock)
                : Server.start(config, clock, environment);
    }

    Server.Ports ports();

    Config config();

    /// Finishes what is under way, and stops.
    @Override
    void close();
}
