package dev.daypass.sdk;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;

/// Calls one service for an account. Where Daypass refuses, a [Refused] is thrown; what the service
/// answers, errors included, is returned.
public final class ServiceCalls {
    private final Daypass daypass;
    private final Account account;
    private final String endpoint;

    ServiceCalls(Daypass daypass, Account account, String endpoint) {
        this.daypass = daypass;
        this.account = account;
        this.endpoint = endpoint;
    }

    /// @param path of the service, with its query; percent-encoded
    public HttpResponse<String> get(String path) {
        return send(path, request -> request.GET());
    }

    /// @param path of the service, with its query; percent-encoded
    /// @param json the body
    public HttpResponse<String> post(String path, String json) {
        return send(
                path,
                request ->
                        request.header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(json)));
    }

    /// @param path of the service, with its query; percent-encoded
    /// @param call puts the method, header fields and body in
    public HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> call) {
        return send(path, call, BodyHandlers.ofString());
    }

    /// @param path of the service, with its query; percent-encoded
    /// @param call puts the method, header fields and body in
    /// @param handler takes the body of the answer
    /// @throws IllegalArgumentException if the path leads out of the service, or a header field
    ///   would frame, route or prove the message
    public <T> HttpResponse<T> send(
            String path, UnaryOperator<HttpRequest.Builder> call, BodyHandler<T> handler) {
        HttpRequest request =
                call.apply(HttpRequest.newBuilder())
                        .uri(Target.of(endpoint, path))
                        .setHeader("authorization", "Bearer " + account.token())
                        .build();
        request.headers().map().keySet().forEach(Framing::refuse);
        return daypass.send(request, info -> subscriber(info, handler));
    }

    private static <T> BodySubscriber<T> subscriber(ResponseInfo info, BodyHandler<T> handler) {
        String type = info.headers().firstValue("content-type").orElse("");
        if (info.statusCode() < 400 || !Refused.problem(type)) {
            return handler.apply(info);
        }
        return new Refusing<>(info, type, handler.apply(info));
    }

    /// Reads a problem document, and hands it on where it is the service's own.
    private static final class Refusing<T> implements BodySubscriber<T> {
        private final BodySubscriber<String> text =
                BodySubscribers.ofString(StandardCharsets.UTF_8);
        private final ResponseInfo info;
        private final String type;
        private final BodySubscriber<T> own;

        Refusing(ResponseInfo info, String type, BodySubscriber<T> own) {
            this.info = info;
            this.type = type;
            this.own = own;
        }

        @Override
        public CompletionStage<T> getBody() {
            return text.getBody().thenCompose(this::read);
        }

        private CompletionStage<T> read(String body) {
            Refused.of(
                            info.statusCode(),
                            type,
                            info.headers().firstValue("retry-after").orElse(""),
                            body)
                    .ifPresent(refused -> {
                        throw refused;
                    });
            own.onSubscribe(Demandless.INSTANCE);
            own.onNext(
                    List.of(
                            ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8))
                                    .asReadOnlyBuffer()));
            own.onComplete();
            return own.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            text.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            text.onNext(item);
        }

        @Override
        public void onError(Throwable throwable) {
            text.onError(throwable);
        }

        @Override
        public void onComplete() {
            text.onComplete();
        }
    }

    /// Everything is there already.
    private enum Demandless implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
