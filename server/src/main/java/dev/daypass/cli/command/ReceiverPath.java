package dev.daypass.cli.command;

/// Where the operator API has the receivers of events.
final class ReceiverPath {
    private ReceiverPath() {}

    /// @param id of a receiver
    /// @throws CommandFailure if it cannot be one: it would lead elsewhere
    static String of(String id) {
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new CommandFailure(
                    "`%s` is no id of a receiver; see: daypass events ls"
                            .formatted(Visible.clipped(id, 64)));
        }
        return "/v1/events/streams/" + id;
    }
}
