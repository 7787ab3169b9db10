package dev.daypass.intent;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.permission.TraitRules;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// An office with mail, a calendar, files and a bank, named as such things are named everywhere.
final class OfficeWorld {
    static final Catalog CATALOG =
            Catalog.of(
                    List.of(
                            tool("search_emails", "query"),
                            tool("send_email", "recipients", "subject", "body"),
                            tool("delete_email", "email_id"),
                            tool("forward_email", "email_id", "recipients"),
                            tool("search_calendar_events", "query"),
                            tool("create_calendar_event", "title", "start_time"),
                            tool("cancel_calendar_event", "event_id"),
                            tool("search_files", "query"),
                            tool("create_file", "filename", "content"),
                            tool("delete_file", "file_id"),
                            tool("share_file", "file_id", "email"),
                            tool("search_contacts", "name"),
                            tool("get_balance"),
                            tool("list_payees"),
                            tool("create_payment", "payee_id", "amount"),
                            tool("set_user_role", "user_id", "role"),
                            tool("get_api_key")));

    private static final Ceiling EVERYTHING =
            new Ceiling(
                    List.of(
                            new Ceiling.Entry(
                                    "*", List.of("*"), EnumSet.allOf(Trait.class), Map.of())),
                    List.of(),
                    Duration.ofHours(1),
                    100);

    private OfficeWorld() {}

    /// An operation whose arguments are all needed.
    static Operation tool(String name, String... arguments) {
        List<Parameter> parameters =
                Stream.of(arguments)
                        .map(a ->
                                new Parameter(
                                        Parameter.Place.BODY, a, true, "string", List.of(), ""))
                        .toList();
        return new Operation(
                new OperationId(new ServiceId("office"), name),
                HttpMethod.POST,
                PathTemplate.parse("/mcp/tools/" + name),
                TraitRules.ofTool(name, List.of(), List.of(arguments)),
                parameters,
                "",
                List.of());
    }

    static Confined confined(String text) {
        return confined(text, CATALOG);
    }

    static Confined confined(String text, Catalog catalog) {
        return confined(text, catalog, LaterWishes.GRANT);
    }

    static Confined confined(String text, Catalog catalog, LaterWishes later) {
        var task = new Task(text);
        Reach reach = Reach.of(EVERYTHING, catalog);
        return Confinement.confine(
                task,
                new EmbeddedParser().understand(task, reach.inside()),
                new Bounds(reach, null, Set.of(), later));
    }

    /// What is granted without a human where later wishes wait for one.
    static Set<Leaf> dangerousAsking(String text) {
        return confined(text, CATALOG, LaterWishes.ASK).leaves().stream()
                .filter(l -> l.traits().stream().anyMatch(Support.DANGEROUS::contains))
                .collect(java.util.stream.Collectors.toSet());
    }

    /// The names of what is granted without a human.
    static Set<String> granted(String text) {
        return names(confined(text).leaves());
    }

    static Set<String> names(List<Leaf> leaves) {
        var out = new TreeSet<String>();
        leaves.forEach(leaf -> out.add(leaf.permission().operation().name()));
        return out;
    }

    /// The names of what is granted and does more than show what is not secret.
    static Set<String> dangerous(String text) {
        return names(
                confined(text).leaves().stream()
                        .filter(l -> l.traits().stream().anyMatch(Support.DANGEROUS::contains))
                        .toList());
    }
}
