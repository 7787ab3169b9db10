package dev.daypass.issuer;

import dev.daypass.http.Endpoint;
import dev.daypass.http.Problem;
import dev.daypass.http.Response;
import dev.daypass.http.Routes;
import dev.daypass.http.Routes.Route;
import dev.daypass.permission.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/// Everything that agents and OAuth clients reach besides the services themselves.
public final class Issuer {
    private static final String AWAY = "the store cannot be asked now";

    private Issuer() {}

    /// @param openApi the description of this API, YAML
    /// @param others what else is reached at the same port
    public static Routes routes(IssuerParts parts, String openApi, List<Route> others) {
        var clients =
                new Clients(
                        parts.peers(),
                        parts.registry(),
                        new Assertions(parts.issuer(), parts.clock()),
                        parts.clock());
        List<Route> routes = new ArrayList<>();
        routes.addAll(
                WhileStoreIsAway.answer(
                        () -> Problem.unavailable(AWAY).at("record").toResponse(),
                        new AgentApi(parts, clients).routes()));
        routes.addAll(
                WhileStoreIsAway.answer(
                        () ->
                                OAuthErrors.of(503, "temporarily_unavailable", AWAY)
                                        .with("retry-after", "1"),
                        new OAuthApi(parts, clients).routes()));
        routes.addAll(new Metadata(parts).routes());
        routes.addAll(
                WhileStoreIsAway.answer(
                        () -> Problem.unavailable(AWAY).toResponse(),
                        new StatusListApi(parts).routes()));
        routes.addAll(
                WhileStoreIsAway.answer(
                        () -> Problem.unavailable(AWAY).at("record").toResponse(),
                        new EventApi(parts).routes()));
        routes.add(
                Route.of(
                        HttpMethod.GET,
                        "/openapi.yaml",
                        Endpoint.direct(_ -> Response.text(200, "application/yaml", openApi))));
        routes.addAll(
                WhileStoreIsAway.answer(
                        () -> Problem.unavailable(AWAY).at("record").toResponse(), others));
        return Routes.of(routes);
    }
}
