package dev.daypass.mcp;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a client may ask of a server. What is not here is refused: nobody could tell what it does.
public enum ClientMethod {
    INITIALIZE("initialize"),
    DISCOVER("server/discover"),
    PING("ping"),
    TOOLS_LIST("tools/list"),
    TOOLS_CALL("tools/call"),
    RESOURCES_LIST("resources/list"),
    TEMPLATES_LIST("resources/templates/list"),
    RESOURCES_READ("resources/read"),
    SUBSCRIBE("resources/subscribe"),
    UNSUBSCRIBE("resources/unsubscribe"),
    PROMPTS_LIST("prompts/list"),
    PROMPTS_GET("prompts/get"),
    COMPLETE("completion/complete"),
    SET_LEVEL("logging/setLevel"),
    LISTEN("subscriptions/listen");

    /// What a client may tell a server.
    static final Set<String> NOTIFICATIONS =
            Set.of(
                    "notifications/initialized",
                    "notifications/cancelled",
                    "notifications/progress",
                    "notifications/roots/list_changed");

    private static final Map<String, ClientMethod> BY_NAME =
            Stream.of(values()).collect(Collectors.toMap(m -> m.wire, Function.identity()));

    private final String wire;

    ClientMethod(String wire) {
        this.wire = wire;
    }

    /// The name on the wire; capitals count.
    public String wire() {
        return wire;
    }

    public static Optional<ClientMethod> of(String wire) {
        return Optional.ofNullable(BY_NAME.get(wire));
    }
}
