package dev.daypass.broker;

import static dev.daypass.broker.House.after;
import static dev.daypass.broker.House.claimant;
import static dev.daypass.broker.House.join;
import static dev.daypass.broker.House.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.store.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// New tokens for accounts that live, on a real store.
class RenewalTest {
    @TempDir Path home;
    private House house;

    @BeforeEach
    void aHouse() throws IOException {
        house = House.furnished(home);
    }

    @AfterEach
    void closed() {
        house.close();
    }

    @Test
    void an_agent_that_renews_too_fast_waits_and_writes_nothing() {
        AccountId id = house.active(request()).account().id();
        var claimant = claimant(Sample.AGENT, 'A');
        for (int i = 0; i < House.BURST; i++) {
            assertInstanceOf(Renewal.Renewed.class, join(house.broker.renew(claimant, id)));
        }
        int before = house.heard.size();

        for (int i = 0; i < 100; i++) {
            var refused =
                    assertInstanceOf(Renewal.Refused.class, join(house.broker.renew(claimant, id)));
            assertEquals(Refusal.Kind.TOO_MANY, refused.why().kind());
            assertTrue(refused.why().extra().containsKey("retry_after"));
        }

        assertEquals(before, house.heard.size());
        house.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertInstanceOf(Renewal.Renewed.class, join(house.broker.renew(claimant, id)));
    }

    @Test
    void only_its_agent_with_its_key_renews_a_living_account_within_its_deadline() {
        AccountId id = house.active(request()).account().id();

        assertInstanceOf(
                Renewal.Renewed.class, join(house.broker.renew(claimant(Sample.AGENT, 'A'), id)));
        assertEquals(Refusal.Kind.NOT_FOUND, renewal(claimant(Sample.OTHER_AGENT, 'B'), id));
        assertEquals(Refusal.Kind.FORBIDDEN, renewal(claimant(Sample.AGENT, 'C'), id));
        house.clock.set(after(House.TTL_DEFAULT));
        assertEquals(Refusal.Kind.CONFLICT, renewal(claimant(Sample.AGENT, 'A'), id));
    }

    @Test
    void an_account_that_is_bound_to_a_key_is_renewed_with_a_proof_of_that_key_or_with_none() {
        var key = new OpenRequest.Binding.Key(new KeyThumbprint.Jwk("B".repeat(42) + "A"));
        var other = new OpenRequest.Binding.Key(new KeyThumbprint.Jwk("C".repeat(42) + "A"));
        AccountId bound = house.active(request().boundTo(key)).account().id();
        AccountId certified = house.active(request()).account().id();

        for (OpenRequest.Binding shown :
                List.of(
                        key,
                        new OpenRequest.Binding.OwnCertificate(),
                        new OpenRequest.Binding.NothingShown())) {
            var renewed =
                    assertInstanceOf(
                            Renewal.Renewed.class,
                            join(house.broker.renew(claimant(Sample.AGENT, 'A'), bound, shown)));
            assertEquals(key.key(), renewed.account().binding());
        }
        assertEquals(Refusal.Kind.FORBIDDEN, renewal(claimant(Sample.AGENT, 'A'), bound, other));
        assertEquals(Refusal.Kind.FORBIDDEN, renewal(claimant(Sample.AGENT, 'A'), certified, key));
    }

    private Refusal.Kind renewal(
            OpenRequest.Claimant claimant, AccountId id, OpenRequest.Binding shown) {
        return assertInstanceOf(
                        Renewal.Refused.class, join(house.broker.renew(claimant, id, shown)))
                .why()
                .kind();
    }

    private Refusal.Kind renewal(OpenRequest.Claimant claimant, AccountId id) {
        return assertInstanceOf(Renewal.Refused.class, join(house.broker.renew(claimant, id)))
                .why()
                .kind();
    }
}
