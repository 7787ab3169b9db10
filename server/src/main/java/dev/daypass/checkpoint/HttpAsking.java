package dev.daypass.checkpoint;

import dev.daypass.config.LedgerWitness;
import dev.daypass.ledger.AddCheckpoint;
import dev.daypass.ledger.WitnessAnswer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks witnesses over HTTP. It waits some seconds for the whole of a short answer, follows no
/// redirect, and goes where the configuration says.
final class HttpAsking implements Asking, AutoCloseable {
    static final Duration TIME_MAX = Duration.ofSeconds(5);

    private static final String STOPPING = "the server is stopping";

    private final Duration timeMax;
    private @Nullable HttpClient client;
    private boolean closed;

    /// @param timeMax for the whole of an answer
    HttpAsking(Duration timeMax) {
        this.timeMax = timeMax;
    }

    /// Made when it is first needed: most ledgers have no witness, and start sooner.
    private synchronized HttpClient client() throws IOException {
        if (closed) {
            throw new IOException(STOPPING);
        }
        HttpClient made = client;
        if (made == null) {
            made =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(timeMax)
                            .build();
            client = made;
        }
        return made;
    }

    // `HttpRequest.timeout` ends with the headers; the deadline here covers the body too.
    @Override
    public WitnessAnswer ask(LedgerWitness witness, AddCheckpoint question) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(witness.endpoint())
                        .header("content-type", "text/plain; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(question.body()))
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(
                                request,
                                BodyHandlers.limiting(
                                        BodyHandlers.ofByteArray(), WitnessAnswer.BYTES_MAX));
        try {
            HttpResponse<byte[]> said = answer.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
            return WitnessAnswer.read(
                    said.statusCode(), said.body(), question.note(), witness.key());
        } catch (TimeoutException _) {
            throw new IOException("it does not answer in %d ms".formatted(timeMax.toMillis()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException(STOPPING);
        } catch (ExecutionException _) {
            throw new IOException(
                    isClosed() ? STOPPING : "it cannot be reached, or its answer is too long");
        } finally {
            answer.cancel(true);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        HttpClient made = client;
        if (made != null) {
            made.shutdownNow();
        }
    }
}
