package dev.daypass.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Yaml;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplePoliciesTest {
    private final Ceiling buybot = ceiling("buybot");
    private final Ceiling researcher = ceiling("researcher");

    @Test
    void the_shopping_agent_may_look_write_and_pay_in_the_flight_shop() {
        assertAdmits(true, buybot, operation("flights", Trait.READ));
        assertAdmits(true, buybot, operation("flights", Trait.READ, Trait.PERSONAL, Trait.MONEY));
        assertAdmits(true, buybot, operation("flights", Trait.WRITE, Trait.MONEY));
        assertAdmits(true, buybot, operation("flights", Trait.WRITE, Trait.OUTWARD));
    }

    @Test
    void the_shopping_agent_may_not_delete_administer_or_see_secrets() {
        for (Trait trait : Set.of(Trait.DELETE, Trait.ADMIN, Trait.SECRET, Trait.IDENTITY)) {
            assertAdmits(false, buybot, operation("flights", Trait.WRITE, trait));
            assertAdmits(false, buybot, operation("flights", Trait.READ, trait));
        }
        assertAdmits(false, buybot, operation("papers", Trait.READ));
    }

    @Test
    void the_research_agent_only_reads_papers() {
        assertAdmits(true, researcher, operation("papers", Trait.READ));
        for (Trait trait : EnumSet.complementOf(EnumSet.of(Trait.READ))) {
            assertAdmits(false, researcher, operation("papers", trait));
            assertAdmits(false, researcher, operation("papers", Trait.READ, trait));
        }
        assertAdmits(false, researcher, operation("flights", Trait.READ));
    }

    @Test
    void accounts_of_two_hours_fit_under_both_ceilings() {
        // The demo shows one that waits for a human, not one that is clipped.
        assertTrue(buybot.ttlMax().compareTo(Duration.ofHours(2)) >= 0);
        assertTrue(researcher.ttlMax().compareTo(Duration.ofHours(2)) >= 0);
    }

    @Test
    void each_rule_has_a_name_a_moment_and_one_effect() {
        Yaml file = Yaml.parse("rules.yaml", Resources.text("rules.yaml")).orElseThrow();
        List<Yaml> rules = file.require("rules").items();
        file.end();

        assertEquals(
                List.of(
                        "roamer-stays-home",
                        "an-hour-is-long",
                        "money-needs-a-human",
                        "cap-night-mail",
                        "cap-researcher"),
                rules.stream().map(rule -> rule.require("name").string()).toList());
        for (Yaml rule : rules) {
            rule.require("name");
            assertTrue(Set.of("open", "call").containsAll(rule.require("on").strings()));
            long effects =
                    List.of("deny", "approve", "cap").stream()
                            .filter(effect -> rule.get(effect) != null)
                            .count();
            assertEquals(1, effects, rule.key());
            assertEquals(rule.get("cap") == null, rule.get("when") == null, rule.key());
            rule.get("by");
            rule.get("message");
            rule.end();
        }
    }

    private static Ceiling ceiling(String agent) {
        String name = "ceilings/" + agent + ".yaml";
        return Ceiling.parse(name, Resources.text(name));
    }

    private static Operation operation(String service, Trait first, Trait... more) {
        return new Operation(
                new OperationId(new ServiceId(service), "anything"),
                HttpMethod.POST,
                PathTemplate.parse("/anything"),
                EnumSet.of(first, more),
                List.of(),
                "",
                List.of());
    }

    private static void assertAdmits(boolean expected, Ceiling ceiling, Operation operation) {
        assertEquals(expected, ceiling.admit(operation).isPresent(), operation::toString);
    }
}
