package dev.daypass.feed;

import dev.daypass.revocation.FromEdge;
import dev.daypass.revocation.Incarnation;
import dev.daypass.revocation.ToEdge;
import dev.daypass.revocation.ToEdge.Numbered;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonObjectBuilder;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What edges in other processes and brokers say to each other, as JSON.
public final class MessageJson {
    private static final String SAY = "say";

    private MessageJson() {}

    public static Json write(FromEdge message) {
        return switch (message) {
            case FromEdge.Join(var from, var request, var wall) ->
                    said("join", from).put("request", request).put("wall_ms", wall).build();
            case FromEdge.Renew(var from, var request, var applied) ->
                    said("renew", from).put("request", request).put("applied", applied).build();
            case FromEdge.Missed(var from, var applied) ->
                    said("missed", from).put("applied", applied).build();
            case FromEdge.Acknowledge(var from, var applied) ->
                    said("acknowledge", from).put("applied", applied).build();
            case FromEdge.Leave(var from) -> said("leave", from).build();
        };
    }

    private static JsonObjectBuilder said(String what, Incarnation life) {
        return Json.object().put(SAY, what).put("life", life.nonce());
    }

    /// @param edge who said it, as its certificate has it
    /// @throws WireException if it is malformed
    public static FromEdge read(String edge, Json json) {
        JsonFields fields = JsonFields.of(json);
        Incarnation from = life(edge, fields);
        FromEdge message =
                switch (fields.string(SAY)) {
                    case "join" ->
                            new FromEdge.Join(
                                    from, fields.longValue("request"), fields.longValue("wall_ms"));
                    case "renew" ->
                            new FromEdge.Renew(
                                    from, fields.longValue("request"), fields.longValue("applied"));
                    case "missed" -> new FromEdge.Missed(from, fields.longValue("applied"));
                    case "acknowledge" ->
                            new FromEdge.Acknowledge(from, fields.longValue("applied"));
                    case "leave" -> new FromEdge.Leave(from);
                    default ->
                            throw new WireException(
                                    "`say` must be join, renew, missed, acknowledge or leave");
                };
        fields.end();
        return message;
    }

    private static Incarnation life(String edge, JsonFields fields) {
        try {
            return new Incarnation(edge, fields.string("life"));
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }

    /// @param message what is said, its payload as JSON already
    public static Json write(ToEdge<Json, Json> message) {
        return switch (message) {
            case ToEdge.Joined<Json, Json> joined ->
                    said("joined", joined.to())
                            .put("request", joined.request())
                            .put("as_of", joined.asOf())
                            .put("complete_from_ms", joined.completeFromMillis())
                            .put("snapshot", joined.snapshot())
                            .build();
            case ToEdge.News<Json, Json>(var after, var upTo, var facts) ->
                    Json.object()
                            .put(SAY, "news")
                            .put("after", after)
                            .put("up_to", upTo)
                            .put("facts", facts(facts))
                            .build();
            case ToEdge.Granted<Json, Json>(var to, var request, var head) ->
                    said("granted", to).put("request", request).put("head", head).build();
            case ToEdge.Unknown<Json, Json>(var to) -> said("unknown", to).build();
        };
    }

    private static Json facts(List<Numbered<Json>> facts) {
        var out = new ArrayList<Json>();
        for (Numbered<Json> fact : facts) {
            out.add(Json.object().put("seq", fact.sequence()).put("fact", fact.fact()).build());
        }
        return Json.array(out);
    }

    /// @param edge who hears it
    /// @throws WireException if it is malformed
    public static ToEdge<Json, Json> toEdge(String edge, Json json) {
        JsonFields fields = JsonFields.of(json);
        return switch (fields.string(SAY)) {
            case "joined" ->
                    new ToEdge.Joined<>(
                            life(edge, fields),
                            fields.longValue("request"),
                            fields.longValue("as_of"),
                            fields.longValue("complete_from_ms"),
                            required(fields.take("snapshot")));
            case "news" ->
                    new ToEdge.News<>(
                            fields.longValue("after"),
                            fields.longValue("up_to"),
                            fields.items("facts").stream().map(MessageJson::numbered).toList());
            case "granted" ->
                    new ToEdge.Granted<>(
                            life(edge, fields),
                            fields.longValue("request"),
                            fields.longValue("head"));
            case "unknown" -> new ToEdge.Unknown<>(life(edge, fields));
            default -> throw new WireException("`say` must be joined, news, granted or unknown");
        };
    }

    private static Numbered<Json> numbered(Json json) {
        JsonFields fields = JsonFields.of(json);
        return new Numbered<>(fields.longValue("seq"), required(fields.take("fact")));
    }

    private static Json required(@Nullable Json json) {
        if (json == null) {
            throw new WireException("a message lacks what it is about");
        }
        return json;
    }
}
