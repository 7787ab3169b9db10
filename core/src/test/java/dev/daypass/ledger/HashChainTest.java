package dev.daypass.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashChainTest {
    @Test
    void the_first_link_is_what_any_implementation_computes() {
        Entry entry =
                new Entry(
                        1,
                        Instant.ofEpochMilli(1_000),
                        TenantId.DEFAULT,
                        null,
                        "AgentRemoved",
                        Json.object().put("agent", "a").build());

        assertEquals(
                "{\"body\":{\"agent\":\"a\"},\"seq\":1,\"tenant\":\"default\",\"time\":1000,\"type\":\"AgentRemoved\"}",
                new String(entry.canonical(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(
                "60a2e1ee4ec832c6d1759a133dea78a9b5756ca856962a3b1f208f30aaa3bb9e",
                HexFormat.of().formatHex(HashChain.link(HashChain.genesis(), entry)));
    }

    @Test
    void a_ledger_that_nobody_touched_has_no_objection() {
        Check.forAll(random -> {
            List<Row> ledger = ledger(random);

            var check = new HashChain.Check();
            ledger.forEach(row -> assertEquals("", check.objection(row.entry(), row.link())));

            assertEquals(ledger.size(), check.facts());
            assertArrayEquals(ledger.getLast().link(), check.head());
        });
    }

    @Test
    void any_change_to_a_fact_is_noticed_at_that_fact() {
        Check.forAll(random -> {
            List<Row> ledger = ledger(random);
            int at = random.nextInt(ledger.size());
            Row row = ledger.get(at);

            ledger.set(at, new Row(changed(random, row.entry()), row.link()));

            assertEquals("fact %d".formatted(at + 1), noticed(ledger));
        });
    }

    @Test
    void a_changed_link_is_noticed() {
        Check.forAll(random -> {
            List<Row> ledger = ledger(random);
            int at = random.nextInt(ledger.size());
            byte[] link = ledger.get(at).link().clone();
            link[random.nextInt(link.length)] ^= (byte) (1 << random.nextInt(8));

            ledger.set(at, new Row(ledger.get(at).entry(), link));

            assertEquals("fact %d".formatted(at + 1), noticed(ledger));
        });
    }

    @Test
    void a_fact_dropped_before_the_last_is_noticed() {
        Check.forAll(random -> {
            List<Row> ledger = ledger(random);
            int at = random.nextInt(ledger.size() - 1);

            ledger.remove(at);

            assertEquals("fact %d".formatted(at + 1), noticed(ledger));
        });
    }

    @Test
    void facts_dropped_at_the_end_change_the_head() {
        Check.forAll(random -> {
            List<Row> ledger = ledger(random);
            byte[] head = ledger.getLast().link();

            ledger.removeLast();
            var check = new HashChain.Check();
            ledger.forEach(row -> assertEquals("", check.objection(row.entry(), row.link())));

            assertFalse(java.util.Arrays.equals(head, check.head()));
        });
    }

    @Test
    void facts_that_changed_places_are_noticed() {
        Check.forAll(random -> {
            List<Row> ledger = ledger(random);
            int a = random.nextInt(ledger.size());
            int b = (a + 1 + random.nextInt(ledger.size() - 1)) % ledger.size();

            Collections.swap(ledger, a, b);

            assertEquals("fact %d".formatted(Math.min(a, b) + 1), noticed(ledger));
        });
    }

    @Test
    void a_fact_put_in_or_repeated_is_noticed() {
        Check.forAll(random -> {
            List<Row> ledger = ledger(random);
            int at = random.nextInt(ledger.size());

            ledger.add(at + 1, ledger.get(at));

            assertEquals("fact %d".formatted(at + 2), noticed(ledger));
        });
    }

    @Test
    void facts_rewritten_with_new_links_change_the_head() {
        Check.forAll(random -> {
            List<Row> ledger = ledger(random);
            byte[] head = ledger.getLast().link();
            int at = random.nextInt(ledger.size());

            var entries = new ArrayList<>(ledger.stream().map(Row::entry).toList());
            entries.set(at, changedBody(random, entries.get(at)));
            var check = new HashChain.Check();
            linked(entries)
                    .forEach(row -> assertEquals("", check.objection(row.entry(), row.link())));

            assertFalse(java.util.Arrays.equals(head, check.head()));
        });
    }

    @Test
    void a_link_of_another_length_is_refused() {
        Entry entry = entry(new Random(1), 1);

        for (int length : new int[] {0, 31, 33}) {
            assertThrows(
                    IllegalArgumentException.class, () -> HashChain.link(new byte[length], entry));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(Entry entry, byte[] link) {}

    /// The first fact that is objected to; empty if none is.
    private static String noticed(List<Row> ledger) {
        var check = new HashChain.Check();
        for (Row row : ledger) {
            String objection = check.objection(row.entry(), row.link());
            if (!objection.isEmpty()) {
                return String.join(" ", List.of(objection.split(" ")).subList(0, 2));
            }
        }
        return "";
    }

    private static List<Row> ledger(Random random) {
        var entries = new ArrayList<Entry>();
        int size = 2 + random.nextInt(12);
        for (int i = 1; i <= size; i++) {
            entries.add(entry(random, i));
        }
        return linked(entries);
    }

    private static List<Row> linked(List<Entry> entries) {
        var out = new ArrayList<Row>();
        byte[] link = HashChain.genesis();
        for (Entry entry : entries) {
            link = HashChain.link(link, entry);
            out.add(new Row(entry, link));
        }
        return out;
    }

    private static Entry entry(Random random, long sequence) {
        return new Entry(
                sequence,
                Instant.ofEpochMilli(random.nextInt(1_000_000)),
                new TenantId(Gen.pick(random, "a", "b")),
                random.nextInt(3) == 0 ? null : account(random.nextInt(3)),
                Gen.pick(random, "CallMade", "AccountEnded"),
                Json.object()
                        .put("x", Gen.text(random, 4))
                        .put("n", (long) random.nextInt(9))
                        .build());
    }

    private static Entry changed(Random random, Entry e) {
        return switch (random.nextInt(6)) {
            case 0 ->
                    new Entry(
                            e.sequence() + 1,
                            e.time(),
                            e.tenant(),
                            e.account(),
                            e.type(),
                            e.body());
            case 1 ->
                    new Entry(
                            e.sequence(),
                            e.time().plusMillis(1),
                            e.tenant(),
                            e.account(),
                            e.type(),
                            e.body());
            case 2 ->
                    new Entry(
                            e.sequence(),
                            e.time(),
                            new TenantId("c"),
                            e.account(),
                            e.type(),
                            e.body());
            case 3 -> new Entry(e.sequence(), e.time(), e.tenant(), account(9), e.type(), e.body());
            case 4 ->
                    new Entry(
                            e.sequence(),
                            e.time(),
                            e.tenant(),
                            e.account(),
                            e.type() + "d",
                            e.body());
            case 5 -> changedBody(random, e);
            default -> throw new IllegalStateException("drew more than there are kinds of change");
        };
    }

    private static Entry changedBody(Random random, Entry e) {
        Json.Obj body =
                random.nextBoolean()
                        ? Json.object().put("x", "another").put("n", 10L).build()
                        : Json.object().build();
        return new Entry(e.sequence(), e.time(), e.tenant(), e.account(), e.type(), body);
    }

    private static AccountId account(int number) {
        return AccountId.of(number, new byte[AccountId.RANDOM_BYTES]);
    }
}
