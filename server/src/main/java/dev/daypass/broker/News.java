package dev.daypass.broker;

import dev.daypass.ledger.Entry;
import dev.daypass.ledger.Recorded;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonObjectBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Something that its agent is told of an account.
///
/// @param sequence place of its fact in the ledger
/// @param kind approval, widening or ending
/// @param told what happened
public record News(long sequence, String kind, Json.Obj told) {
    private static final String APPROVAL = "approval";
    private static final String ENDING = "ending";

    /// Whether nothing follows.
    public boolean last() {
        return kind.equals(ENDING);
    }

    static @Nullable News of(Recorded recorded) {
        return switch (recorded.fact().type()) {
            case "ApprovalAsked",
                    "AccountOpened",
                    "WideningAsked",
                    "WideningRefused",
                    "AccountWidened",
                    "AccountEnded" ->
                    of(
                            new Entry(
                                    recorded.sequence(),
                                    recorded.time(),
                                    recorded.tenant(),
                                    recorded.account(),
                                    recorded.fact().type(),
                                    recorded.fact().body()));
            default -> null;
        };
    }

    /// @return `null` where it is no news: an account that opened at once, a call
    static @Nullable News of(Entry fact) {
        return switch (fact.type()) {
            case "ApprovalAsked" -> approval(fact, "awaiting_approval");
            case "AccountOpened" ->
                    fact.body().members().get("approved_by") == null
                            ? null
                            : approval(fact, "active");
            case "WideningAsked", "WideningRefused", "AccountWidened" ->
                    new News(fact.sequence(), "widening", WideningJson.told(fact));
            case "AccountEnded" -> ending(fact);
            default -> null;
        };
    }

    private static News approval(Entry fact, String state) {
        JsonFields body = JsonFields.of(fact.body());
        return new News(
                fact.sequence(),
                APPROVAL,
                told(fact, state)
                        .put("by", body.take("approved_by"))
                        .put("needs", body.take("rules"))
                        .put("waiting", body.take("waiting"))
                        .put("resource_hash", body.take("rsh"))
                        .build());
    }

    private static News ending(Entry fact) {
        JsonFields body = JsonFields.of(fact.body());
        return new News(
                fact.sequence(),
                ENDING,
                told(fact, "ended")
                        .put("reason", body.take("reason"))
                        .put("by", body.take("by"))
                        .build());
    }

    private static JsonObjectBuilder told(Entry fact, String state) {
        return Json.object()
                .put("id", Objects.requireNonNull(fact.account()).value())
                .put("state", state)
                .put("at", fact.time().truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
