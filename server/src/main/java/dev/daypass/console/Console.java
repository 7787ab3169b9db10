package dev.daypass.console;

import dev.daypass.http.Endpoint;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes;
import dev.daypass.http.Routes.Route;
import dev.daypass.identity.InvalidName;
import dev.daypass.permission.HttpMethod;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The operator API. Every endpoint wants an operator's token, from loopback too: a web page or
/// another user of the host can reach a port, but does not have the token.
public final class Console {
    private static final int DOCUMENT_BYTES_MAX = 96 * 1024 * 1024;

    private final ConsoleParts parts;

    private Console(ConsoleParts parts) {
        this.parts = parts;
    }

    /// @param commands runs commands for whoever would start a process for them
    /// @param openApi the description of the API, YAML
    public static Routes routes(ConsoleParts parts, CommandRunner commands, String openApi) {
        var console = new Console(parts);
        var registered = new RegistryEndpoints(parts);
        var traits = new TraitEndpoints(parts);
        var tools = new ToolEndpoints(parts);
        var accounts = new AccountEndpoints(parts);
        var ledger = new LedgerEndpoints(parts);
        var routes = new ArrayList<Route>();
        routes.addAll(
                List.of(
                        console.route(HttpMethod.GET, "/v1/agents", registered::agents),
                        console.route(HttpMethod.POST, "/v1/agents", registered::addAgent),
                        console.route(
                                HttpMethod.DELETE, "/v1/agents/{name}", registered::removeAgent),
                        console.route(HttpMethod.GET, "/v1/services", registered::services),
                        console.route(HttpMethod.PUT, "/v1/services/{name}", registered::putService)
                                .withBodyUpTo(DOCUMENT_BYTES_MAX),
                        console.route(
                                HttpMethod.DELETE,
                                "/v1/services/{name}",
                                registered::removeService),
                        console.route(HttpMethod.GET, "/v1/services/{name}/traits", traits::list),
                        console.route(
                                HttpMethod.PUT, "/v1/services/{name}/traits", traits::correct),
                        console.route(HttpMethod.GET, "/v1/services/{name}/tools", tools::list),
                        console.route(
                                HttpMethod.POST, "/v1/services/{name}/tools/accept", tools::accept),
                        console.route(HttpMethod.GET, "/v1/rules", registered::rules),
                        console.route(HttpMethod.PUT, "/v1/rules", registered::putRules)
                                .withBodyUpTo(2 * 1024 * 1024)));
        routes.addAll(
                List.of(
                        console.route(HttpMethod.GET, "/v1/accounts", accounts::list),
                        console.route(HttpMethod.GET, "/v1/accounts/{id}", accounts::show),
                        console.route(HttpMethod.DELETE, "/v1/accounts/{id}", accounts::revoke),
                        console.route(
                                HttpMethod.POST, "/v1/accounts/{id}/approve", accounts::approve),
                        console.route(HttpMethod.POST, "/v1/accounts/{id}/deny", accounts::deny),
                        console.route(HttpMethod.POST, "/v1/revoke", accounts::revokeMany),
                        console.route(HttpMethod.POST, "/v1/explain", accounts::explain)));
        routes.addAll(
                List.of(
                        console.route(HttpMethod.GET, "/v1/usage", ledger::usage),
                        console.route(HttpMethod.GET, "/v1/ledger/facts", ledger::facts),
                        console.route(
                                HttpMethod.GET, "/v1/ledger/accounts/{id}/report", ledger::report),
                        console.route(HttpMethod.GET, "/v1/ledger/verify", ledger::verify)));
        routes.addAll(console.edges(new EdgeEndpoints(parts)));
        routes.addAll(console.events(new EventEndpoints(parts)));
        routes.addAll(console.proofs(new ProofEndpoints(parts.proofs())));
        routes.add(
                Route.of(
                        HttpMethod.GET,
                        "/openapi.yaml",
                        Endpoint.direct(_ -> Response.text(200, "application/yaml", openApi))));
        var command = new CommandEndpoint(commands, Routes.of(routes), parts.waiting());
        routes.add(console.route(HttpMethod.POST, "/v1/command", command::run));
        return Routes.of(routes);
    }

    private List<Route> edges(EdgeEndpoints edges) {
        return List.of(
                route(HttpMethod.GET, "/v1/edges", edges::list),
                route(HttpMethod.POST, "/v1/edges", edges::add),
                route(HttpMethod.DELETE, "/v1/edges/{name}", edges::remove));
    }

    private List<Route> events(EventEndpoints events) {
        return List.of(
                route(HttpMethod.GET, "/v1/events/streams", events::list),
                route(HttpMethod.POST, "/v1/events/streams", events::add),
                route(HttpMethod.DELETE, "/v1/events/streams/{id}", events::remove),
                route(HttpMethod.POST, "/v1/events/streams/{id}/verify", events::verify),
                route(HttpMethod.GET, "/v1/events/dead", events::dead),
                route(HttpMethod.POST, "/v1/events/dead/retry", events::retry));
    }

    private List<Route> proofs(ProofEndpoints proofs) {
        var out = new ArrayList<Route>();
        out.add(route(HttpMethod.POST, "/v1/ledger/shred", new ShredEndpoint(parts)::shred));
        out.add(route(HttpMethod.GET, "/v1/ledger/key", proofs::key));
        out.add(route(HttpMethod.GET, "/v1/ledger/checkpoint", proofs::checkpoint));
        out.add(route(HttpMethod.GET, "/v1/ledger/consistency", proofs::consistency));
        out.add(route(HttpMethod.GET, "/v1/ledger/range", proofs::range));
        out.add(route(HttpMethod.GET, "/v1/ledger/facts/{n}/proof", proofs::proof));
        for (String tile : List.of("{a}", "{a}/{b}", "{a}/{b}/{c}", "{a}/{b}/{c}/{d}")) {
            out.add(route(HttpMethod.GET, "/v1/ledger/tile/{level}/" + tile, proofs::tile));
        }
        return out;
    }

    /// What an operator does. Runs on a thread that may wait.
    @FunctionalInterface
    interface Action {
        Response answer(Request request, String operator);
    }

    private Route route(HttpMethod method, String path, Action action) {
        Route route =
                Route.of(
                        method,
                        path,
                        request -> {
                            String operator = operator(request);
                            return operator == null
                                    ? CompletableFuture.completedStage(notAnOperator())
                                    : Endpoint.waiting(
                                                    parts.waiting(),
                                                    r -> answered(action, r, operator))
                                            .answer(request);
                        });
        // Asked before the body is read: nobody but an operator makes us hold a document.
        return route.behind(head -> operator(head) == null ? notAnOperator() : null);
    }

    private @Nullable String operator(Request request) {
        return parts.operators().named(request.header("authorization"));
    }

    private static Response answered(Action action, Request request, String operator) {
        try {
            return action.answer(request, operator);
        } catch (WireException | InvalidName e) {
            return Problem.malformed(String.valueOf(e.getMessage())).at("admit").toResponse();
        } catch (StoreUnavailable e) {
            return unavailable(e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreUnavailable cause) {
                return unavailable(cause);
            }
            throw e;
        }
    }

    private static Response unavailable(StoreUnavailable why) {
        return Problem.unavailable(String.valueOf(why.getMessage())).at("record").toResponse();
    }

    private static Response notAnOperator() {
        return Problem.of(
                        "not-an-operator",
                        "Not an operator",
                        401,
                        "this API wants an operator's token")
                .next("send `Authorization: Bearer` with the token that `daypass init` wrote")
                .header("www-authenticate", "Bearer realm=\"daypass operators\"")
                .toResponse();
    }
}
