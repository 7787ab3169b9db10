package dev.daypass.console;

import dev.daypass.http.Body;
import dev.daypass.http.Dispatcher;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes;
import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.WireException;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A command line, run here: in the body each argument with a NUL byte behind it, in the answer
/// what the command printed. Whoever gets another answer than 200 runs the command in a process of
/// their own, which says what is wrong.
final class CommandEndpoint {
    static final String VERSION = "daypass-version";
    static final String COLOUR = "daypass-colour";
    static final String STATUS = "daypass-status";
    static final String OUTPUT = "daypass-output";
    static final String TOKEN_FILE = "daypass-token-file";

    /// What a header field can carry.
    private static final Pattern PLAIN = Pattern.compile("[!-~]{1,1024}");

    private static final int ARGUMENTS_MAX = 256;
    private static final int AT_ONCE_MAX = 8;
    private static final Duration TIME_MAX = Duration.ofMinutes(2);

    private final CommandRunner runner;
    private final Routes api;
    private final Executor waiting;
    private final Semaphore free = new Semaphore(AT_ONCE_MAX);

    /// @param api what commands may ask; it does not hold this endpoint
    /// @param waiting runs what may wait; virtual threads
    CommandEndpoint(CommandRunner runner, Routes api, Executor waiting) {
        this.runner = runner;
        this.api = api;
        this.waiting = waiting;
    }

    Response run(Request request, String operator) {
        List<String> arguments = arguments(request.body().bytes());
        if (!runner.version().equals(request.header(VERSION))) {
            return notRunHere("the server is daypass %s".formatted(runner.version()));
        }
        if (arguments.size() > ARGUMENTS_MAX) {
            return notRunHere("there are more than %d arguments".formatted(ARGUMENTS_MAX));
        }
        if (!free.tryAcquire()) {
            return Problem.unavailable("%d commands run at once".formatted(AT_ONCE_MAX))
                    .toResponse();
        }
        try {
            Printed printed = inTime(started(request, arguments));
            return printed == null
                    ? notRunHere("it needs what only the caller has, or prints too much")
                    : answer(printed);
        } catch (TimeoutException _) {
            return Problem.unavailable("no end within %d s".formatted(TIME_MAX.toSeconds()))
                    .toResponse();
        }
    }

    /// A command that is slower than its caller waits keeps its place until it ends.
    private CompletableFuture<@Nullable Printed> started(Request request, List<String> arguments) {
        boolean colour = "1".equals(request.header(COLOUR));
        CommandRunner.Api asCaller = (method, path, body) -> ask(request, method, path, body);
        CompletableFuture<@Nullable Printed> running;
        try {
            running =
                    CompletableFuture.supplyAsync(
                            () -> runner.run(arguments, colour, asCaller), waiting);
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
        return running.whenComplete((_, _) -> free.release());
    }

    private static @Nullable Printed inTime(CompletableFuture<@Nullable Printed> running)
            throws TimeoutException {
        try {
            return running.get(TIME_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /// The request goes to the table of endpoints as one of the caller's own would: with the token
    /// that the caller showed, and judged by it.
    private Response ask(Request caller, HttpMethod method, String target, byte[] body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        if (!(api.find(method, path) instanceof Routes.Found.Match(var route, var variables))) {
            return Problem.notFound("no such endpoint").toResponse();
        }
        if (body.length > route.bodyBytesMax()) {
            return Dispatcher.bodyTooLong(route.bodyBytesMax());
        }
        var own =
                new Request(
                        method,
                        path,
                        query,
                        authority(caller),
                        Body.of(body),
                        caller.peer(),
                        variables);
        try {
            return route.endpoint().answer(own).toCompletableFuture().join();
        } catch (RuntimeException e) {
            return Dispatcher.failed(e);
        }
    }

    private static MultiMap authority(Request caller) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        String shown = caller.header("authorization");
        return shown == null ? headers : headers.set("authorization", shown);
    }

    private static List<String> arguments(byte[] body) {
        if (body.length == 0 || body[body.length - 1] != 0) {
            throw new WireException("expected arguments with a NUL byte behind each");
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return Arrays.asList(text.substring(0, text.length() - 1).split("\0", -1));
        } catch (CharacterCodingException _) {
            throw new WireException("arguments are not UTF-8 text");
        }
    }

    private Response answer(Printed printed) {
        var text = new ByteArrayOutputStream();
        printed.parts().forEach(part -> text.writeBytes(part.text().bytes()));
        String output =
                printed.parts().stream()
                        .map(part -> part.stream() + ":" + part.text().bytes().length)
                        .collect(Collectors.joining(" "));
        Response answer =
                new Response(
                        200,
                        Map.of(
                                "content-type",
                                "text/plain; charset=utf-8",
                                "x-content-type-options",
                                "nosniff",
                                "cache-control",
                                "no-store",
                                STATUS,
                                Integer.toString(printed.status()),
                                OUTPUT,
                                output),
                        Body.of(text.toByteArray()));
        String tokenFile = runner.tokenFile();
        return tokenFile == null || !PLAIN.matcher(tokenFile).matches()
                ? answer
                : answer.with(TOKEN_FILE, tokenFile);
    }

    private static Response notRunHere(String why) {
        return Problem.of("not-run-here", "Not run here", 422, why)
                .next("run the command in a process of your own")
                .toResponse();
    }
}
