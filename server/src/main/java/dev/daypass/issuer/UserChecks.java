package dev.daypass.issuer;

import dev.daypass.broker.Broker;
import dev.daypass.broker.OpenRequest;
import dev.daypass.users.UserCheck;
import dev.daypass.users.Users;
import dev.daypass.vault.Secret;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Lets requests for users through whose token is good. Keys may have to be fetched for it, so it
/// never runs on an event loop.
final class UserChecks {
    private final Users users;
    private final Broker broker;
    private final Executor waiting;

    UserChecks(IssuerParts parts) {
        this.users = parts.users();
        this.broker = parts.broker();
        this.waiting = parts.waiting();
    }

    /// @param token of the user for whom `asked` is to be
    /// @param open takes the request for this user
    /// @param refuse makes the answer where there is none
    <T> CompletionStage<T> check(
            Secret token,
            OpenRequest asked,
            Function<OpenRequest, CompletionStage<T>> open,
            Function<UserCheck.Failed, T> refuse) {
        return CompletableFuture.supplyAsync(
                        () -> users.check(token, asked.claimant().agent()), waiting)
                .thenCompose(check ->
                        switch (check) {
                            case UserCheck.Proved(var user) -> open.apply(asked.onBehalfOf(user));
                            case UserCheck.Failed failed -> {
                                if (failed instanceof UserCheck.Refused(var why, var _)) {
                                    broker.noteUserRefused(asked.claimant(), why);
                                }
                                yield CompletableFuture.completedStage(refuse.apply(failed));
                            }
                        });
    }
}
