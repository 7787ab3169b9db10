package dev.daypass.broker;

import dev.daypass.catalog.CatalogJson;
import dev.daypass.catalog.ToolsImport;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.ToolFact;
import dev.daypass.mcp.ParamHeaders;
import dev.daypass.permission.Operation;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoredService;
import dev.daypass.store.ToolChange;
import dev.daypass.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tools of MCP servers, and what becomes of those that are not what they were.
public final class Tools {
    private final Store store;
    private final Directory directory;

    Tools(Store store, Directory directory) {
        this.store = store;
        this.directory = directory;
    }

    /// One tool.
    ///
    /// @param name its name
    /// @param accepted hash of the definition that is in force; empty where there is none
    /// @param change what waits for an operator; `null` for nothing
    public record Tool(String name, String accepted, @Nullable ToolChange change) {}

    /// What became of the wish to accept a tool.
    public sealed interface Accepted {
        /// @param hash of the definition that is in force from now on
        record Done(String hash) implements Accepted {}

        /// @param what there is not
        record Missing(String what) implements Accepted {}

        /// @param why it cannot be accepted
        record Refused(String why) implements Accepted {}
    }

    /// The tools of an MCP server, by name; `null` where there is no such server.
    public @Nullable List<Tool> of(TenantId tenant, ServiceId service) {
        StoredService stored = stored(tenant, service);
        Map<String, String> pins =
                stored == null ? null : CatalogJson.pins(Directory.catalog(stored));
        if (pins == null) {
            return null;
        }
        Map<String, ToolChange> changes = changes(tenant, service);
        var out = new TreeMap<String, Tool>();
        pins.forEach((name, hash) -> out.put(name, new Tool(name, hash, changes.get(name))));
        return List.copyOf(out.values());
    }

    private @Nullable StoredService stored(TenantId tenant, ServiceId service) {
        return directory.view().services().get(new Directory.Key<>(tenant, service));
    }

    private Map<String, ToolChange> changes(TenantId tenant, ServiceId service) {
        var out = new HashMap<String, ToolChange>();
        for (ToolChange change : store.toolChanges()) {
            if (change.tenant().equals(tenant) && change.service().equals(service)) {
                out.put(change.tool(), change);
            }
        }
        return out;
    }

    /// Accepts the definition that waits.
    ///
    /// @param hash of the definition that the operator looked at
    /// @param by the operator's name
    public synchronized Accepted accept(
            TenantId tenant, ServiceId service, String tool, String hash, String by) {
        StoredService stored = stored(tenant, service);
        if (stored == null) {
            return new Accepted.Missing("no service `%s`".formatted(service));
        }
        ToolChange change = changes(tenant, service).get(tool);
        if (change == null) {
            return new Accepted.Missing("tool `%s` waits for nothing".formatted(tool));
        }
        if (!change.hash().equals(hash)) {
            return new Accepted.Refused(
                    "what waits has another hash: `%s`; look at it first".formatted(change.hash()));
        }
        String definition = change.definition();
        if (definition == null || hash.isEmpty()) {
            return new Accepted.Refused(
                    "the definition could not be kept; register the service anew");
        }
        String after = catalog(stored, tool, hash, Json.parse(definition));
        var fact = new ToolFact.ToolAccepted(service, tool, hash, Endings.operator(by));
        Outcome outcome =
                store.commit(new Change.AcceptTool(tenant, stored.catalog(), after, fact))
                        .toCompletableFuture()
                        .join();
        directory.changed();
        return switch (outcome) {
            case Outcome.Applied _ -> new Accepted.Done(hash);
            case Outcome.NotApplied(var why) -> new Accepted.Refused(why);
        };
    }

    /// The catalog with the tool as it is defined now.
    private static String catalog(StoredService stored, String tool, String hash, Json definition) {
        Json before = Directory.catalog(stored);
        Operation anew =
                ToolsImport.read(stored.id(), Json.array(List.of(definition)))
                        .operations()
                        .getFirst();
        var operations = new ArrayList<Operation>();
        for (Operation operation : CatalogJson.read(before)) {
            operations.add(operation.name().equals(tool) ? anew : operation);
        }
        Map<String, String> known = CatalogJson.pins(before);
        var pins = new HashMap<String, String>(known == null ? Map.of() : known);
        pins.put(tool, hash);
        var headers = new HashMap<>(CatalogJson.headers(before));
        headers.remove(tool);
        if (definition instanceof Json.Obj whole && !ParamHeaders.of(whole).isEmpty()) {
            headers.put(tool, ParamHeaders.of(whole));
        }
        return CatalogJson.write(operations, pins, headers).text();
    }
}
