package dev.daypass.issuer;

import dev.daypass.account.AccountState;
import dev.daypass.broker.AccountNews;
import dev.daypass.broker.Broker;
import dev.daypass.broker.Following;
import dev.daypass.broker.News;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.http.EventStream;
import dev.daypass.http.Events;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.identity.AccountId;
import dev.daypass.permission.HttpMethod;
import dev.daypass.store.StoredAccount;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `GET /v1/accounts/{id}/events`: what happens to an account, as server-sent events. Without
/// `Last-Event-ID` from its beginning, with it from there on. Ends with the account; 204 to whoever
/// has heard of its end already, which is how browsers' clients are told not to come again.
final class AccountEvents {
    private static final long NONE = 0;

    private final Broker broker;
    private final AccountNews news;

    AccountEvents(Broker broker, AccountNews news) {
        this.broker = broker;
        this.news = news;
    }

    /// Reads from the store.
    Response follow(Claimant claimant, AccountId id, Request request) {
        Long after = after(request.header("last-event-id"));
        if (after == null) {
            return Problem.malformed("`Last-Event-ID` is no number that an event had as its id")
                    .toResponse();
        }
        Optional<StoredAccount> account = broker.find(claimant.tenant(), claimant.agent(), id);
        if (account.isEmpty()) {
            return Problem.notFound("no such account of this agent").toResponse();
        }
        Following following = news.follow(account.get(), after);
        if (following == null) {
            return tooMany();
        }
        if (account.get().state() == AccountState.ENDED && following.idle()) {
            following.close();
            return Response.empty(204);
        }
        if (request.method() == HttpMethod.HEAD) {
            following.close();
            return Response.events(null);
        }
        return Response.events(new Stream(following));
    }

    private static @Nullable Long after(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            return NONE;
        }
        if (!id.matches("[0-9]{1,18}")) {
            return null;
        }
        return Long.valueOf(id);
    }

    private static Response tooMany() {
        return Problem.of(
                        "too-many",
                        "Too many requests",
                        429,
                        "an agent follows at most %d accounts at once"
                                .formatted(AccountNews.FOLLOWED_MAX))
                .at("admit")
                .next("end a stream that is not needed, then try again")
                .header("retry-after", "5")
                .toResponse();
    }

    private record Stream(Following following) implements Events {
        @Override
        public void begin(EventStream to) {
            following.to(
                    new Following.Reader() {
                        @Override
                        public void news(News news) {
                            to.send(
                                    new EventStream.Event(
                                            news.sequence(), news.kind(), news.told()));
                        }

                        @Override
                        public void end() {
                            to.end();
                        }
                    });
        }

        @Override
        public void close() {
            following.close();
        }
    }
}
