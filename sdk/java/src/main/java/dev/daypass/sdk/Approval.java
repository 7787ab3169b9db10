package dev.daypass.sdk;

import dev.daypass.sdk.Daypass.Told;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Waits until a human has decided on an account, or on a widening of it.
final class Approval {
    private static final long AGAIN_MILLIS = 1_000;

    private final Daypass daypass;
    private final String account;
    private String last = "";

    Approval(Daypass daypass, String account) {
        this.daypass = daypass;
        this.account = account;
    }

    private enum Decided {
        YES,
        NO,
        NOT_YET
    }

    /// @param limit how long at most; without it, as long as the server waits
    /// @throws DaypassException.NotApproved if a human said no, or nobody said anything in time
    void await(Optional<Duration> limit) {
        Optional<Instant> until = limit.map(Instant.now()::plus);
        Decided decided = followed(until);
        while (decided == Decided.NOT_YET) {
            pauseWithin(until, limit);
            decided = followed(until);
        }
        if (decided == Decided.NO) {
            throw new DaypassException.NotApproved(
                    "nobody agreed to it: " + daypass.show(account).text("reason").orElse("over"));
        }
    }

    /// @param number which of the account's widenings, from 1
    /// @param limit as in [#await(Optional)]
    void awaitWidening(int number, Optional<Duration> limit) {
        Optional<Instant> until = limit.map(Instant.now()::plus);
        String state = widening(number);
        while (state.equals("awaiting_approval")) {
            pauseWithin(until, limit);
            state = widening(number);
        }
        if (!state.equals("granted")) {
            throw new DaypassException.NotApproved("nobody agreed to more: " + state);
        }
    }

    private String widening(int number) {
        Told shown = daypass.show(account);
        List<Map<String, Object>> all = Json.objects(shown.members().get("widenings"));
        if (!shown.state().equals("active") || all.size() < number) {
            return shown.text("reason").orElse("ended");
        }
        return String.valueOf(all.get(number - 1).get("state"));
    }

    private static void pauseWithin(Optional<Instant> until, Optional<Duration> limit) {
        if (until.isPresent() && !Instant.now().isBefore(until.get())) {
            throw new DaypassException.NotApproved(
                    "nobody agreed within %d seconds".formatted(limit.orElseThrow().toSeconds()));
        }
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DaypassException("interrupted while waiting for a human", e);
        }
    }

    /// Looks once where time is short, else follows the account's events.
    private Decided followed(Optional<Instant> until) {
        try {
            return until.isPresent() ? looked() : followed();
        } catch (DaypassException.Unreachable | Refused.Unavailable e) {
            return Decided.NOT_YET;
        }
    }

    private Decided looked() {
        return switch (daypass.show(account).state()) {
            case "active" -> Decided.YES;
            case "ended" -> Decided.NO;
            default -> Decided.NOT_YET;
        };
    }

    private Decided followed() {
        HttpRequest.Builder request = daypass.request("/v1/accounts/" + account + "/events");
        if (!last.isEmpty()) {
            request.header("last-event-id", last);
        }
        HttpResponse<Stream<String>> answer = daypass.send(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
            return switch (answer.statusCode()) {
                case 200 -> decided(new Events(lines.iterator()));
                case 204 -> Decided.NO;
                default -> throw refused(answer, lines);
            };
        } catch (java.io.UncheckedIOException _broken) {
            return Decided.NOT_YET;
        }
    }

    private Decided decided(Events events) {
        for (Optional<Events.Event> next = events.next(); next.isPresent(); next = events.next()) {
            Events.Event event = next.get();
            last = event.id();
            if (event.event().equals("ending")) {
                return Decided.NO;
            }
            if (event.event().equals("approval")
                    && Json.object(event.data())
                            .map(Told::new)
                            .map(Told::state)
                            .orElse("")
                            .equals("active")) {
                return Decided.YES;
            }
        }
        return Decided.NOT_YET;
    }

    private static DaypassException refused(
            HttpResponse<Stream<String>> answer, Stream<String> lines) {
        return Refused.of(
                        answer.statusCode(),
                        answer.headers().firstValue("content-type").orElse(""),
                        answer.headers().firstValue("retry-after").orElse(""),
                        lines.collect(Collectors.joining("\n")))
                .<DaypassException>map(refused -> refused)
                .orElseGet(() ->
                        new DaypassException(
                                "the server answered %d when asked for events"
                                        .formatted(answer.statusCode())));
    }
}
