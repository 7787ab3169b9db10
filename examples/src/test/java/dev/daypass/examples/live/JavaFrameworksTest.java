package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.examples.frameworks.FlightAgent;
import dev.daypass.examples.frameworks.NotesAgent;
import dev.daypass.examples.frameworks.NotesClient;
import dev.daypass.examples.frameworks.ScriptedModel;
import dev.daypass.sdk.Account;
import dev.daypass.sdk.Daypass;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The examples for LangChain4j and the MCP SDK for Java, with a scripted model, against one
/// server.
class JavaFrameworksTest {
    private static final String SEARCH = "flights_searchOffers";
    private static final String ROUTE = "{\"from\":\"NYC\",\"to\":\"LON\"}";

    private static SampleHouse house;
    private static Daypass daypass;

    @BeforeAll
    static void start() {
        house = SampleHouse.start();
        daypass = Daypass.connect(house.identity());
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void an_agent_of_langchain4j_finds_the_cheapest_flight_with_the_grant_as_tools() {
        var model =
                new ScriptedModel(
                        List.of(
                                ScriptedModel.call(SEARCH, ROUTE),
                                ScriptedModel.say(JavaFrameworksTest::first)));

        String found = FlightAgent.cheapest(daypass, model);

        assertTrue(found.startsWith("of-nyc-lon-"), found);
        assertEquals(List.of(SEARCH), model.tools());
        assertEquals(List.of(), house.active());
    }

    private static String first(String offers) {
        return JsonFields.of(JsonFields.of(Json.parse(offers)).items("offers").getFirst())
                .string("id");
    }

    /// What the model of an agent reads after it called a tool.
    private static String after(String tool, String arguments) {
        return FlightAgent.cheapest(
                daypass,
                new ScriptedModel(
                        List.of(
                                ScriptedModel.call(tool, arguments),
                                ScriptedModel.say(said -> said))));
    }

    @Test
    void what_an_agent_of_langchain4j_may_not_do_comes_back_as_an_error_that_its_model_reads() {
        assertEquals(
                "this account has no tool `flights_payBooking`", after("flights_payBooking", "{}"));
        assertEquals(
                "`flights_searchOffers` needs the argument `to`",
                after(SEARCH, "{\"from\":\"NYC\"}"));
        String outside = after(SEARCH, "{\"from\":\"NYC\",\"to\":\"PAR\"}");
        assertTrue(
                outside.startsWith(
                        "refused at step permitted: `query.to` is outside this account's bound [\"LON\"]"),
                outside);
        assertTrue(outside.contains(" Next: "), outside);
    }

    @Test
    void an_agent_of_langchain4j_reaches_an_mcp_server_through_the_edge() throws Exception {
        var model =
                new ScriptedModel(
                        List.of(
                                ScriptedModel.call("read_note", "{\"note_id\":\"n-17\"}"),
                                ScriptedModel.say(said -> said)));

        String said = NotesAgent.work(daypass, "read note n-17", model);

        assertEquals("The flat in Lisbon is free in May.", said);
        assertEquals(List.of("read_note"), model.tools());
        assertEquals(List.of(), house.active());
    }

    @Test
    void a_client_of_the_mcp_sdk_is_shown_and_served_what_was_granted() {
        try (Account account = daypass.open("read note n-17");
                McpSyncClient client = NotesClient.of(daypass, account, "notes")) {
            List<String> tools =
                    client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
            McpSchema.CallToolResult read = client.callTool(call("read_note", "n-17"));

            assertEquals(List.of("read_note"), tools);
            assertEquals(
                    "The flat in Lisbon is free in May.",
                    ((McpSchema.TextContent) read.content().getFirst()).text());
            var refused =
                    assertThrows(
                            McpHttpClientTransportAuthorizationException.class,
                            () -> client.callTool(call("delete_note", "n-17")));
            assertEquals(403, refused.getResponseInfo().statusCode());
        }
    }

    private static McpSchema.CallToolRequest call(String tool, String note) {
        return McpSchema.CallToolRequest.builder(tool).arguments(Map.of("note_id", note)).build();
    }
}
