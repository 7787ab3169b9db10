package dev.daypass.bench;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.HdrHistogram.Histogram;

/// How long a row of events that is open at an edge elsewhere goes on after its account is revoked:
/// from before the revocation is sent until the agent sees its connection end; and beside it how
/// much of that is the edge's own, from when it knew until it closed both sides, by its metrics.
final class StreamCuts {
    private static final int WARM_ROUNDS = 100;
    private static final int ROUNDS = 300;
    private static final int HEAD_BYTES = 1_024;

    private final Deployment deployment;
    private final EdgesElsewhere edges;
    private final SSLContext tls;

    private StreamCuts(Deployment deployment, EdgesElsewhere edges, SSLContext tls) {
        this.deployment = deployment;
        this.edges = edges;
        this.tls = tls;
    }

    static Json measure(Deployment deployment, EdgesElsewhere edges) {
        try {
            var cuts = new StreamCuts(deployment, edges, tls(deployment.agentDirectory(0)));
            cuts.rounds(WARM_ROUNDS);
            Histogram taken = cuts.rounds(ROUNDS);
            return Json.object()
                    .put("p50_ms", Figures.of(taken.getValueAtPercentile(50) / 1e6))
                    .put("p99_ms", Figures.of(taken.getValueAtPercentile(99) / 1e6))
                    .put(
                            "learned",
                            Json.object()
                                    .put("p50_ms", cuts.learned("0.5"))
                                    .put("p99_ms", cuts.learned("0.99"))
                                    .build())
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Json.Num learned(String quantile) {
        return Figures.of(
                1e3
                        * edges.metric(
                                "daypass_edge_cut_seconds{quantile=\"%s\"}".formatted(quantile)));
    }

    private Histogram rounds(int count) throws IOException {
        var histogram = new Histogram(3);
        for (int i = 0; i < count; i++) {
            histogram.recordValue(round());
        }
        return histogram;
    }

    private long round() throws IOException {
        Deployment.Opened account = deployment.account(0, CallBench.TASK);
        try (var socket =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), edges.port())) {
            socket.getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\nauthorization: Bearer %s\r\n\r\n"
                                    .formatted(CallBench.THROUGH_EDGE, account.token())
                                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            readEvent(in);
            CompletableFuture<Long> ended = CompletableFuture.supplyAsync(() -> end(in));
            long sent = System.nanoTime();
            Deployment.require(
                    deployment.operator().send("DELETE", "/v1/accounts/" + account.id(), null));
            return ended.join() - sent;
        }
    }

    /// The first event is there: the stream is open.
    private static void readEvent(InputStream in) throws IOException {
        var text = new StringBuilder();
        byte[] some = new byte[HEAD_BYTES];
        while (text.indexOf("data:") < 0) {
            int count = in.read(some);
            if (count < 0 || text.length() > 64 * HEAD_BYTES) {
                throw new IOException("no stream: " + text);
            }
            text.append(new String(some, 0, count, StandardCharsets.US_ASCII));
        }
    }

    private static long end(InputStream in) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException _) {
            return System.nanoTime(); // cut in the middle
        }
        return System.nanoTime();
    }

    private static SSLContext tls(Path directory) throws IOException, GeneralSecurityException {
        AgentIdentity identity = AgentIdentity.read(directory);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, new char[0]);
        own.setKeyEntry(
                "agent",
                EnrolmentKey.read(directory.resolve("key.pem")).key(),
                new char[0],
                identity.chain().toArray(new Certificate[0]));
        own.setCertificateEntry("authority", identity.chain().getLast());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(own);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
