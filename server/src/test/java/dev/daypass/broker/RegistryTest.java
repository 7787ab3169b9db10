package dev.daypass.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.store.Sample;
import dev.daypass.store.StoredAgent;
import dev.daypass.vault.Secret;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = new House(home);
    }

    @AfterEach
    void closed() {
        house.close();
    }

    private static byte[] request() {
        return EnrolmentKey.generate().requestPem().getBytes(StandardCharsets.US_ASCII);
    }

    private Secret added() {
        return house.registry.addAgent(Sample.TENANT, Sample.AGENT, null, Map.of());
    }

    private StoredAgent agent() {
        return there(house.registry.agent(Sample.TENANT, Sample.AGENT));
    }

    private static StoredAgent there(@org.jspecify.annotations.Nullable StoredAgent agent) {
        assertNotNull(agent);
        return java.util.Objects.requireNonNull(agent);
    }

    @Test
    void an_agent_enrols_with_its_token_once() {
        Secret token = added();
        assertNull(agent().thumbprint());

        assertInstanceOf(
                Registry.Enrolment.Enrolled.class,
                house.registry.enrol(Sample.TENANT, token, request()));
        String first = agent().thumbprint();
        assertInstanceOf(
                Registry.Enrolment.Refused.class,
                house.registry.enrol(Sample.TENANT, token, request()));

        assertNotNull(first);
        assertEquals(first, agent().thumbprint());
    }

    @Test
    void a_token_that_is_over_or_malformed_or_a_request_that_is_none_is_refused() {
        Secret token = added();
        for (String bad :
                new String[] {
                    "", "x", "buybot.x", "buybot.x.y.z", "BUYBOT.x.y", "buybot.x.y", ".."
                }) {
            assertInstanceOf(
                    Registry.Enrolment.Refused.class,
                    house.registry.enrol(Sample.TENANT, Secret.of(bad), request()),
                    bad);
        }
        assertInstanceOf(
                Registry.Enrolment.Refused.class,
                house.registry.enrol(Sample.TENANT, token, new byte[] {1, 2, 3}));
        assertInstanceOf(
                Registry.Enrolment.Refused.class,
                house.registry.enrol(Sample.OTHER_TENANT, token, request()));
        house.clock.forward(Registry.ENROLMENT_LIFE);
        assertInstanceOf(
                Registry.Enrolment.Refused.class,
                house.registry.enrol(Sample.TENANT, token, request()));
    }

    @Test
    void only_the_newest_certificate_renews_and_the_old_one_opens_nothing() {
        house.registry.enrol(Sample.TENANT, added(), request());
        var old = new KeyThumbprint.Certificate(String.valueOf(agent().thumbprint()));

        assertInstanceOf(
                Registry.Enrolment.Enrolled.class,
                house.registry.renew(Sample.TENANT, Sample.AGENT, old, request()));

        assertInstanceOf(
                Registry.Enrolment.Refused.class,
                house.registry.renew(Sample.TENANT, Sample.AGENT, old, request()));
        assertFalse(old.value().equals(agent().thumbprint()));
    }

    @Test
    void the_token_is_in_no_fact_and_no_file() throws IOException {
        Secret token = added();
        String secret = token.reveal().split("\\.", -1)[1];

        assertFalse(house.heard.stream().anyMatch(r -> r.fact().body().text().contains(secret)));
        for (String name : new String[] {"daypass.db", "daypass.db-wal"}) {
            byte[] bytes = java.nio.file.Files.readAllBytes(home.resolve(name));
            assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains(secret), name);
        }
    }

    @Test
    void a_wrong_ceiling_or_rule_file_is_refused_whole_and_the_old_one_stays() {
        house.registry.putRules(
                Sample.TENANT,
                "rules",
                "rules:\n  - {name: never, on: [open], deny: 'true', message: no}\n");

        assertThrows(
                WireException.class,
                () ->
                        house.registry.putRules(
                                Sample.TENANT,
                                "rules",
                                "rules:\n  - {name: x, on: [open], deny: '1 +'}\n"));
        assertThrows(
                WireException.class,
                () -> house.registry.addAgent(Sample.TENANT, Sample.AGENT, "allow: 7", Map.of()));

        assertEquals(1, house.registry.rules(Sample.TENANT).describe().size());
        assertTrue(house.registry.agents(Sample.TENANT).isEmpty());
    }

    @Test
    void a_blank_rule_file_takes_all_rules_out_of_force() {
        for (String blank : new String[] {"", " \n"}) {
            house.registry.putRules(
                    Sample.TENANT,
                    "rules",
                    "rules:\n  - {name: never, on: [open], deny: 'true', message: no}\n");

            house.registry.putRules(Sample.TENANT, "rules", blank);

            assertEquals(0, house.registry.rules(Sample.TENANT).describe().size());
        }
    }

    @Test
    void what_is_taken_away_is_gone_at_once() {
        house.putFlights();
        house.enrolled(Sample.AGENT, null, House.print('A').value());
        house.active(House.request());

        assertTrue(house.registry.removeService(Sample.TENANT, Sample.SERVICE));
        assertFalse(house.registry.removeService(Sample.TENANT, Sample.SERVICE));
        assertEquals(Refusal.Kind.NOTHING_TO_GRANT, house.refusal(House.request()).kind());
        assertTrue(house.registry.removeAgent(Sample.TENANT, Sample.AGENT));
        assertFalse(house.registry.removeAgent(Sample.TENANT, Sample.AGENT));
        assertEquals(Refusal.Kind.UNKNOWN_CALLER, house.refusal(House.request()).kind());
    }

    @Test
    void registering_anew_does_not_refill_an_agents_rate() {
        house.putFlights();
        house.enrolled(Sample.AGENT, null, House.print('A').value());
        for (int i = 0; i < House.BURST; i++) {
            house.active(House.request());
        }

        house.putFlights();

        assertEquals(Refusal.Kind.TOO_MANY, house.refusal(House.request()).kind());
        house.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        house.active(House.request());
    }
}
