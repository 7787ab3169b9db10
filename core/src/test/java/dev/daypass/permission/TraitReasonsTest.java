package dev.daypass.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TraitReasonsTest {
    @Test
    void each_trait_of_an_operation_has_the_fact_and_the_rule_it_follows_from() {
        assertEquals(
                Map.of(
                        Trait.DELETE,
                        "method DELETE",
                        Trait.MONEY,
                        "word `invoice` in its path: payment",
                        Trait.PERSONAL,
                        "word `customer` in parameter `customer_id`: a person or what belongs to one"),
                reasons("DELETE", "closeIt", "/invoices/{customer_id}", List.of()));
        assertEquals(
                Map.of(
                        Trait.READ,
                        "word `search` in its name: searching",
                        Trait.SECRET,
                        "word `apikey` in its path: a key, token or password"),
                reasons("POST", "search_all", "/api_keys", List.of()));
        assertEquals(
                Map.of(
                        Trait.WRITE,
                        "method POST",
                        Trait.MONEY,
                        "word `order` in its name: an order or a booking, and it changes something",
                        Trait.ADMIN,
                        "word `config` in tag `Shop config`: how the service is run",
                        Trait.OUTWARD,
                        "word `cc` in parameter `cc`: a recipient, and it changes something"),
                reasons("POST", "newOrder", "/things", List.of("Shop config"), "cc"));
    }

    @Test
    void a_word_that_cannot_be_meant_as_reading_says_why_a_get_changes_something() {
        assertEquals(
                Map.of(
                        Trait.READ,
                        "method GET",
                        Trait.WRITE,
                        "word `restart` in its path: changing"),
                reasons("GET", "op", "/machines/restart", List.of()));
    }

    @Test
    void a_tool_says_which_word_made_it_read_or_write() {
        assertEquals("word `get` in its name: looking", tool("get_weather").get(Trait.READ));
        assertEquals("word `create` in its name: changing", tool("create_note").get(Trait.WRITE));
        assertEquals(
                "its name is that of a thing, and no word in it changes one",
                tool("list_of_rooms").get(Trait.READ));
        assertEquals(
                "no word in its name says that it only looks", tool("frobnicate").get(Trait.WRITE));
    }

    @Test
    void what_no_name_gives_came_from_a_hint_or_from_what_is_not_kept() {
        Map<Trait, String> hinted =
                TraitRules.reasons(
                        operation(
                                "POST",
                                "get_weather",
                                Operation.TOOLS + "get_weather",
                                Set.of(Trait.READ, Trait.DELETE)));
        Map<Trait, String> lost =
                TraitRules.reasons(
                        operation("GET", "weather", "/weather", Set.of(Trait.READ, Trait.SECRET)));

        assertEquals("hint `destructiveHint: true` of its server", hinted.get(Trait.DELETE));
        assertEquals("word `get` in its name: looking", hinted.get(Trait.READ));
        assertEquals("a name in its document that is not kept", lost.get(Trait.SECRET));
    }

    private static Map<Trait, String> reasons(
            String method, String name, String path, List<String> tags, String... parameters) {
        var facts =
                new TraitRules.Facts(
                        HttpMethod.of(method).orElseThrow(),
                        name,
                        PathTemplate.parse(path),
                        tags,
                        List.of(parameters));
        Map<Trait, String> reasons =
                TraitRules.reasons(
                        new Operation(
                                new OperationId(new ServiceId("shop"), name),
                                facts.method(),
                                facts.path(),
                                TraitRules.of(facts),
                                java.util.stream.Stream.of(parameters)
                                        .map(TraitReasonsTest::parameter)
                                        .toList(),
                                "",
                                tags));
        assertTrue(reasons.keySet().equals(TraitRules.of(facts)));
        return reasons;
    }

    private static Map<Trait, String> tool(String name) {
        return TraitRules.reasons(
                operation(
                        "POST",
                        name,
                        Operation.TOOLS + name,
                        TraitRules.ofTool(name, List.of(), List.of())));
    }

    private static Operation operation(String method, String name, String path, Set<Trait> traits) {
        return new Operation(
                new OperationId(new ServiceId("shop"), name),
                HttpMethod.of(method).orElseThrow(),
                PathTemplate.parse(path),
                traits,
                List.of(),
                "",
                List.of());
    }

    private static Parameter parameter(String name) {
        return new Parameter(Parameter.Place.QUERY, name, false, "string", List.of(), "");
    }
}
