package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// How long a revocation takes: until it is answered, and until the next call has been refused. One
/// agent opens an account, calls, revokes, and calls again. Then with eight edges in processes of
/// their own, beside what bare message brokers need for as many subscribers.
final class RevokeBench implements Measurement {
    private static final int EDGES = 8;
    private static final int FEW = 2;
    private static final int WARM_ROUNDS = 500;
    private static final int ROUNDS = 1_000;

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        Load.Target server = site.deployment().target();
        site.load().drain(server, 1, new Revoking(WARM_ROUNDS));
        var revoking = new Revoking(ROUNDS);
        site.load().drain(server, 1, revoking);
        var figures =
                Json.object()
                        .put("p50_ms", millis(revoking.answered, 50))
                        .put("p99_ms", millis(revoking.answered, 99))
                        .put("refused_p50_ms", millis(revoking.refused, 50))
                        .put("refused_p99_ms", millis(revoking.refused, 99))
                        .put("accepted_after", revoking.acceptedAfter);
        FanOut.nats(site, EDGES).ifPresent(nats -> figures.put("nats", nats));
        FanOut.redis(site, EDGES).ifPresent(redis -> figures.put("redis", redis));
        figures.put("elsewhere", elsewhere(site, EDGES, EDGES));
        figures.put("elsewhere_few", elsewhere(site, FEW, FEW));
        figures.put("elsewhere_one_process", elsewhere(site, EDGES, 1));
        result.put("revoke", figures.build());
    }

    /// The same while as many edges elsewhere must have acknowledged first.
    private static Json elsewhere(Site site, int count, int processes) {
        Load.Target server = site.deployment().target();
        try (var edges = EdgesElsewhere.start(site, count, processes)) {
            site.load().drain(server, 1, new Revoking(WARM_ROUNDS));
            var revoking = new Revoking(ROUNDS);
            double before = edges.cpuMicros();
            site.load().drain(server, 1, revoking);
            double each = (edges.cpuMicros() - before) / ROUNDS / count;
            return Json.object()
                    .put("edges", count)
                    .put("cpu_us_each", Figures.of(each))
                    .put("processes", processes)
                    .put("p50_ms", millis(revoking.answered, 50))
                    .put("p99_ms", millis(revoking.answered, 99))
                    .put("accepted_after", revoking.acceptedAfter)
                    .put("stream_cut", StreamCuts.measure(site.deployment(), edges))
                    .build();
        }
    }

    private static Json.Num millis(Histogram histogram, double percentile) {
        return Figures.of(histogram.getValueAtPercentile(percentile) / 1e6);
    }

    private enum Step {
        OPEN,
        CALL,
        REVOKE,
        CALL_AGAIN
    }

    private static final class Revoking implements Load.Traffic {
        private final Histogram answered = new Histogram(3);
        private final Histogram refused = new Histogram(3);
        private final byte[] task = Tasks.request(CallBench.TASK);
        private int left;
        private Step step = Step.OPEN;
        private String id = "";
        private String token = "";
        private long revokedNanos;
        private long acceptedAfter;

        Revoking(int rounds) {
            this.left = rounds;
        }

        @Override
        public @Nullable FullHttpRequest next(int connection) {
            return switch (step) {
                case OPEN ->
                        left-- > 0 ? Requests.post("/v1/accounts", "application/json", task) : null;
                case CALL, CALL_AGAIN -> Requests.get(CallBench.THROUGH_EDGE, token);
                case REVOKE -> {
                    revokedNanos = System.nanoTime();
                    yield Requests.delete("/v1/accounts/" + id);
                }
            };
        }

        @Override
        public boolean answered(int connection, int status, ByteBuf body) {
            long now = System.nanoTime();
            return switch (step) {
                case OPEN -> {
                    step = Step.CALL;
                    id = Answers.member(body, "id");
                    token = Answers.member(body, "access_token");
                    yield status == 201;
                }
                case CALL -> {
                    step = Step.REVOKE;
                    yield status == 200;
                }
                case REVOKE -> {
                    step = Step.CALL_AGAIN;
                    answered.recordValue(now - revokedNanos);
                    yield status == 200;
                }
                case CALL_AGAIN -> {
                    step = Step.OPEN;
                    refused.recordValue(now - revokedNanos);
                    acceptedAfter += status == 401 ? 0 : 1;
                    yield status == 401;
                }
            };
        }
    }
}
