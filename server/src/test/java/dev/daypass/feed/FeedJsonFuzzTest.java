package dev.daypass.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Passed;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What a broker and an edge in another process say to each other is read, or refused as malformed:
/// nothing else comes of any bytes.
class FeedJsonFuzzTest {
    private static final List<String> GOOD =
            List.of(
                    "{\"say\":\"join\",\"nonce\":\"n\",\"request\":1,\"wall\":1800000000000}",
                    "{\"say\":\"renew\",\"nonce\":\"n\",\"request\":1,\"applied\":7}",
                    "{\"say\":\"news\",\"nonce\":\"n\",\"after\":1,\"up_to\":3,\"facts\":[{\"n\":2,\"what\":{}}]}",
                    "{\"say\":\"granted\",\"nonce\":\"n\",\"request\":1,\"applied\":7}",
                    "{\"name\":\"lab\",\"upstream\":\"https://lab.example\",\"catalog\":{},\"pins\":{\"accepted\":{\"a\":\"b\"},\"changed\":{},\"headers\":{}},\"accept_unbound\":false,\"credential\":\"AAAA\",\"withheld\":false}",
                    report().write().text());

    private static ReportJson report() {
        return new ReportJson(
                TenantId.DEFAULT,
                AccountId.of(1, new byte[AccountId.RANDOM_BYTES]),
                new AgentId("agent"),
                new Fact.CallMade(
                        new ServiceId("lab"),
                        "readThing",
                        "GET /x",
                        200,
                        12,
                        new Passed(1, 2, 3, 4)));
    }

    private static void read(byte[] input, Function<Json, Object> reader) {
        try {
            assertNotNull(reader.apply(Json.parse(input, JsonLimits.DOCUMENT)));
        } catch (WireException | IllegalArgumentException _) {
            // refused: who receives it answers both alike
        }
    }

    @FuzzTest
    void any_bytes_are_read_or_refused(byte[] input) {
        read(input, json -> MessageJson.read("berlin", json));
        read(input, json -> MessageJson.toEdge("berlin", json));
        read(input, RouteJson::read);
        read(input, ReportJson::read);
    }

    @Test
    void damaged_messages_are_read_or_refused() {
        Check.forAll(
                3_000,
                random ->
                        any_bytes_are_read_or_refused(
                                Gen.mutated(
                                        random,
                                        Gen.pick(random, GOOD),
                                        "09-,:{}[]\"aelnrstu. \u0000")));
    }

    @Test
    void numbers_at_their_ends_are_read_or_refused() {
        for (String number :
                new String[] {"-1", "1e400", "9223372036854775807", "-9223372036854775808"}) {
            for (String good : GOOD) {
                any_bytes_are_read_or_refused(
                        good.replaceAll(":[0-9]+", ":" + number).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void a_report_is_read_as_it_was_written() {
        assertEquals(report(), ReportJson.read(report().write()));
    }
}
