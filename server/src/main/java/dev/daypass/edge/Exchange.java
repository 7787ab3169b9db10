package dev.daypass.edge;

import dev.daypass.http.Problem;
import dev.daypass.ledger.Fact;
import dev.daypass.token.Claims;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one call at the edge, from its arrival to its last byte: it is settled once, however
/// it ends.
final class Exchange implements ActiveCalls.Cuttable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServerRequest request;
    private final EdgeParts parts;
    private final Context context;
    private final long startNanos;
    private final AtomicBoolean over = new AtomicBoolean();
    private Call.@Nullable Verified call;
    private @Nullable HttpClientRequest upstream;
    private boolean refunded;
    private volatile boolean cut;

    Exchange(HttpServerRequest request, EdgeParts parts) {
        this.request = request;
        this.parts = parts;
        this.context = Objects.requireNonNull(Vertx.currentContext());
        this.startNanos = parts.nanoTime().getAsLong();
    }

    void enter(Call.Verified verified) {
        call = verified;
        parts.active().enter(verified.account(), this);
    }

    void upstream(HttpClientRequest to) {
        upstream = to;
    }

    boolean isCut() {
        return cut;
    }

    boolean isOver() {
        return over.get();
    }

    long micros() {
        return (parts.nanoTime().getAsLong() - startNanos) / 1_000;
    }

    /// Ends the call with a problem.
    void refuse(Problem why) {
        if (over.compareAndSet(false, true)) {
            leave();
            Call.Verified known = call;
            if (known != null && !cut) {
                Claims claims = known.token().claims();
                parts.link()
                        .record(
                                claims.tenant(),
                                claims.account(),
                                claims.agent(),
                                CallingLine.refused(known, why));
            }
            CallingLine.write(request, why);
            request.resume();
        }
    }

    void fail(Throwable failure) {
        LOG.debug("call failed", failure);
        refuse(Problem.unavailable("the broker cannot be asked now").at("charge"));
    }

    /// Ends a call whose answer was delivered, or broke off.
    void settle(Fact.@Nullable CallMade toRecord) {
        if (over.compareAndSet(false, true)) {
            Call.Verified known = call;
            if (known != null && toRecord != null) {
                Claims claims = known.token().claims();
                parts.link().record(claims.tenant(), claims.account(), claims.agent(), toRecord);
            }
            leave();
        }
    }

    private void leave() {
        Call.Verified known = call;
        if (known == null) {
            return;
        }
        boolean last = parts.active().leave(known.account(), this);
        Claims claims = known.token().claims();
        boolean budgeted = claims.budget().calls() != null;
        if (budgeted
                && last
                && !refunded
                && !cut
                && parts.view().allowance(known.account()).spent()) {
            parts.link().spent(claims.tenant(), known.account());
        }
    }

    /// Gives back a call that was charged and never reached the service.
    void refund(Call.Permitted permitted) {
        if (permitted.verified().token().claims().budget().calls() != null) {
            refunded = true;
            parts.view().allowance(permitted.account()).put(1);
        }
    }

    /// The account has ended: both sides are closed at once.
    @Override
    public void cut() {
        cut = true;
        context.runOnContext(_ -> {
            if (!over.get()) {
                HttpClientRequest to = upstream;
                if (to != null) {
                    to.reset();
                }
                if (request.response().headWritten()) {
                    settle(null);
                    request.response().reset();
                    request.connection().close();
                } else {
                    refuse(
                            parts.refusals()
                                    .invalidToken(
                                            "fresh",
                                            service(),
                                            "the account ended during the call"));
                }
            }
        });
    }

    private String service() {
        Call.Verified known = call;
        return known == null ? "" : known.arrived().service().value();
    }
}
