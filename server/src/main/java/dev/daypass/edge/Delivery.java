package dev.daypass.edge;

import dev.daypass.http.Problem;
import dev.daypass.permission.AnswerLimits;
import dev.daypass.permission.HttpMethod;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/// Gives a service's answer to the agent, less what is not for it: the `scrub` of the calling line.
final class Delivery {
    private final EdgeParts parts;

    Delivery(EdgeParts parts) {
        this.parts = parts;
    }

    void deliver(Forwarding.Answer answer, Scrubber scrubber) {
        Exchange exchange = answer.exchange();
        HttpClientResponse from = answer.response();
        if (exchange.isOver()) {
            from.request().reset();
            return;
        }
        if (exchange.isBroken()) {
            exchange.refuse(
                    parts.refusals().badUpstream(502, "the service broke the connection off"));
            return;
        }
        AnswerLimits limits = answer.call().by().answer();
        boolean judged = !limits.isNone() && !bodiless(answer);
        String objection = judged ? LimitedAnswer.objection(from.statusCode(), from.headers()) : "";
        if (!objection.isEmpty()) {
            exchange.refuse(notLimited(answer, objection));
            from.exceptionHandler(_ -> {}).request().reset();
            return;
        }
        head(answer, scrubber);
        new Relay(from, to(answer), judged ? new LimitedAnswer(limits, scrubber) : scrubber)
                .within(parts.protection().limits(), exchange::breakOff)
                .counting(exchange.events(from))
                .announced(judged ? -1 : announced(from))
                .orElse(why -> unfit(answer, why))
                .run(exchange::settle);
    }

    /// What is not a plain number was refused by the parser of the answer.
    private static long announced(HttpClientResponse from) {
        String length = from.getHeader("content-length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static HttpServerResponse to(Forwarding.Answer answer) {
        return answer.call().arrived().request().response();
    }

    private static boolean bodiless(Forwarding.Answer answer) {
        return answer.call().canonical().method() == HttpMethod.HEAD
                || answer.status() == 204
                || answer.status() == 304;
    }

    private static void head(Forwarding.Answer answer, Scrubber scrubber) {
        HttpClientResponse from = answer.response();
        HttpServerResponse to = to(answer);
        to.setStatusCode(from.statusCode());
        HeaderRules.toAgent(from.headers(), to.headers());
        UpstreamTarget.redirect(answer.call(), answer.injection(), to.headers());
        if (!scrubber.idle()) {
            to.headers()
                    .entries()
                    .forEach(field -> scrubHeader(field.getKey(), field.getValue(), scrubber, to));
        }
        if (answer.call().by().answer().isNone()) {
            frame(bodiless(answer), from.getHeader("content-length"), to);
        } else {
            LimitedAnswer.head(to.headers());
            frame(bodiless(answer), null, to);
        }
    }

    private static void scrubHeader(
            String name, String value, Scrubber scrubber, HttpServerResponse to) {
        String scrubbed = scrubber.scrub(value);
        if (!scrubbed.equals(value)) {
            to.headers().set(name, scrubbed);
        }
    }

    private static void frame(boolean bodiless, @Nullable String length, HttpServerResponse to) {
        if (length != null) {
            to.putHeader("content-length", length);
        } else if (!bodiless) {
            to.setChunked(true);
        }
    }

    /// An answer that turns out not to be what can be limited: refused where none of it has gone
    /// out yet, else broken off.
    private void unfit(Forwarding.Answer answer, UnfitAnswer why) {
        HttpServerResponse to = to(answer);
        if (to.headWritten()) {
            answer.exchange().breakOff();
            return;
        }
        to.headers().clear();
        to.setChunked(false);
        answer.exchange().refuse(notLimited(answer, String.valueOf(why.getMessage())));
    }

    private Problem notLimited(Forwarding.Answer answer, String why) {
        return parts.refusals().notLimited(why, answer.call().canonical().method());
    }
}
