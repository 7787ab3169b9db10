package dev.daypass.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.broker.Explanation;
import dev.daypass.identity.ServiceId;
import dev.daypass.intent.Bounds;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.Confinement;
import dev.daypass.intent.Intent;
import dev.daypass.intent.Proposal;
import dev.daypass.intent.Reach;
import dev.daypass.intent.Span;
import dev.daypass.intent.Task;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is told of an explained task.
class ExplainAnswersTest {
    private static final Operation LIST =
            new Operation(
                    new OperationId(new ServiceId("shop"), "listOffers"),
                    HttpMethod.GET,
                    PathTemplate.parse("/offers"),
                    EnumSet.of(Trait.READ),
                    List.of(),
                    "",
                    List.of());

    @Test
    void the_span_is_where_the_words_stand_that_were_meant_not_where_they_stand_first() {
        String task = "say \"list offers\", then list offers";
        var meant = new Span(24, 35);

        JsonFields leaf = JsonFields.of(explained(task, meant).items("grant").getFirst());

        assertEquals("list offers", leaf.string("because"));
        assertEquals(List.of(Json.of(24), Json.of(35)), leaf.items("span"));
    }

    private static JsonFields explained(String task, Span words) {
        var everything =
                new Ceiling(
                        List.of(
                                new Ceiling.Entry(
                                        "*", List.of("*"), EnumSet.allOf(Trait.class), Map.of())),
                        List.of(),
                        Duration.ofHours(1),
                        100);
        var confined =
                Confinement.confine(
                        new Task(task),
                        Intent.of(List.of(new Proposal(LIST, Map.of(), words, 1))),
                        new Bounds(
                                Reach.of(everything, Catalog.of(List.of(LIST))), null, Set.of()));
        var explanation =
                new Explanation.Yes(
                        confined, Duration.ofMinutes(10), List.of(), Map.of(), Map.of());
        byte[] body = ExplainAnswers.response(task, explanation).body().bytes();
        return JsonFields.of(Json.parse(body, JsonLimits.DEFAULT));
    }
}
