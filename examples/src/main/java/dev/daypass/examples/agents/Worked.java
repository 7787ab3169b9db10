package dev.daypass.examples.agents;

import java.util.List;

/// A worked agent: its programs, and what its secret is good for.
interface Worked {
    /// A word for it.
    String name();

    /// What it is asked to do each time.
    String wish();

    /// In which ways it is there.
    List<Way> ways();

    /// @param way one of [#ways()]
    Program.Start start(Way way);

    /// What nobody but the edge should hold.
    String secret();

    /// What that is, for people.
    String secretName();

    /// Whether the secret alone, from anywhere, still opens the service.
    boolean opensWithSecret();

    /// The status of a call with a token of the agent's, and another agent's certificate.
    int statusWithToken(String token);
}
