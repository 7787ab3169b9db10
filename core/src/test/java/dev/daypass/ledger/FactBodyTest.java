package dev.daypass.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FactBodyTest {
    /// Of these nobody hears but who recorded them.
    private static final Set<String> OWN =
            Set.of(
                    "CallMade",
                    "CallRefused",
                    "EdgesKnew",
                    "EventAccepted",
                    "OpenRefused",
                    "TokenRenewed");

    private static final ServiceId SERVICE = new ServiceId("flights");
    private static final AgentId AGENT = new AgentId("buybot");
    private static final Json.Obj SOME = Json.object().put("agent", "buybot").build();
    private static final Json.Arr LIST = Json.strings(List.of("a", "b"));

    private static final List<Fact> FACTS =
            List.of(
                    new Fact.AgentAdded(AGENT, SOME),
                    new Fact.AgentEnrolled(AGENT, "print", true),
                    new Fact.AgentRemoved(AGENT),
                    new Fact.ServiceAdded(SERVICE, "https://x.example", 3, "hash", "bearer", true),
                    new Fact.ServiceAdded(
                            SERVICE, "https://x.example", 3, "hash", "none", false, true),
                    new Fact.ServiceRemoved(SERVICE),
                    new Fact.CredentialRenewed(SERVICE),
                    new Fact.RulesChanged(1, "rules: []"),
                    new Fact.ApprovalAsked(SOME, LIST, LIST),
                    new Fact.AccountOpened(SOME, "hash", "ann"),
                    new Fact.AccountWidened(SOME, "hash", SOME, null),
                    new Fact.WideningAsked(SOME, LIST, SOME),
                    new Fact.WideningRefused("decide", "no", "daypass", SOME),
                    new Fact.TraitsCorrected(SERVICE, "list", LIST, "operator:ann"),
                    new ToolFact.ToolChanged(SERVICE, "t", "was", "is", SOME),
                    new ToolFact.ToolAccepted(SERVICE, "t", "is", "operator:ann"),
                    new Fact.EdgeChanged("berlin", "joined", "nonce"),
                    new NewsFact.StreamChanged("s", "https://x.example", "added", "operator:ann"),
                    new Fact.AccountEnded(
                            "revoked", "agent", Instant.parse("2026-01-02T03:04:05Z")),
                    new Fact.CallsReserved(-3),
                    new Fact.Shredded(
                            List.of(AccountId.of(7, new byte[AccountId.RANDOM_BYTES])),
                            "asked",
                            "daypass"));

    private static Stream<String> kinds(Class<?> of) {
        return of.isSealed()
                ? Stream.of(of.getPermittedSubclasses()).flatMap(FactBodyTest::kinds)
                : Stream.of(of.getSimpleName());
    }

    @Test
    void every_kind_of_fact_is_read_or_nobody_elses() {
        var known = new TreeSet<>(FactBody.TYPES);
        known.addAll(OWN);

        assertEquals(new TreeSet<>(kinds(Fact.class).toList()), known);
        assertEquals(
                new TreeSet<>(FactBody.TYPES),
                new TreeSet<>(FACTS.stream().map(Fact::type).toList()));
    }

    @Test
    void what_was_written_is_read_as_it_was() {
        for (Fact fact : FACTS) {
            assertEquals(fact, FactBody.read(fact.type(), fact.body()));
        }
    }

    @Test
    void of_what_was_shredded_the_rest_is_read() {
        for (Fact fact : FACTS) {
            var kept = Personal.split(fact.type(), fact.body()).shredded();
            assertEquals(fact.type(), FactBody.read(fact.type(), kept).type());
        }
    }

    @Test
    void what_is_no_such_fact_is_refused() {
        Json.Obj empty = Json.object().build();
        assertThrows(WireException.class, () -> FactBody.read("AccountEnded", empty));
        assertThrows(WireException.class, () -> FactBody.read("CallMade", empty));
        assertThrows(
                WireException.class,
                () ->
                        FactBody.read(
                                "AccountEnded",
                                Json.object()
                                        .put("reason", "x")
                                        .put("by", "x")
                                        .put("deadline", "now")
                                        .build()));
    }
}
