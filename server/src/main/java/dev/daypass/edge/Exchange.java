package dev.daypass.edge;

import dev.daypass.http.Dispatcher;
import dev.daypass.http.Problem;
import dev.daypass.http.Response;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.HttpMethod;
import dev.daypass.token.Claims;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one call at the edge, from its arrival to its last byte: it is over once, however it
/// ends, and then it is recorded. On the call's event loop, but for [#cut()].
final class Exchange implements ActiveCalls.Cuttable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /// RFC 9113, section 7. With the default, `NO_ERROR`, clients may take an answer for whole.
    private static final long CANCEL = 0x8;

    private static final String RECEIPT = "daypass-receipt";
    private static final String FACT = "daypass-fact";

    private final HttpServerRequest request;
    private final EdgeParts parts;
    private final Context context;
    private final long startNanos;
    private final AtomicBoolean over = new AtomicBoolean();
    private Call.@Nullable Verified call;
    private @Nullable HttpClientRequest upstream;
    private Places.@Nullable Place place;
    private @Nullable Stream stream;
    private boolean sent;
    private boolean bodied;
    private boolean answered;
    private Fact.@Nullable CallMade toRecord;
    private boolean broken;
    private boolean again;
    private boolean counted;
    private boolean refunded;
    private volatile boolean cut;

    Exchange(HttpServerRequest request, EdgeParts parts) {
        this.request = request;
        this.parts = parts;
        this.context = Objects.requireNonNull(Vertx.currentContext());
        this.startNanos = parts.nanoTime().getAsLong();
    }

    /// What goes on after the answer began.
    interface Stream {
        /// What is recorded of it when it is over.
        Fact.CallMade made();

        /// Ends it on both sides. What is no conversation ends with its connection.
        ///
        /// @return whether that was done
        default boolean cut() {
            return false;
        }
    }

    void enter(Call.Verified verified) {
        call = verified;
        parts.active().enter(verified.account(), this);
    }

    /// From here on the call is under way: an agent that goes away ends it.
    void begin() {
        request.exceptionHandler(_ -> breakDown());
        request.response().exceptionHandler(_ -> breakDown()).closeHandler(_ -> abandon());
    }

    /// The call counts among those under way until it is over.
    void take(Places.Place taken) {
        place = taken;
    }

    /// The budget is asked for this call.
    void count() {
        counted = true;
    }

    void upstream(HttpClientRequest to) {
        upstream = to;
    }

    /// The answer goes on.
    void stream(Stream going) {
        stream = going;
    }

    /// Counts an answer that is a row of events; `null` for none, or where it is recorded already.
    @Nullable EventCount events(HttpClientResponse answer) {
        Fact.CallMade made = toRecord;
        String type = answer.getHeader("content-type");
        if (made == null || type == null || !type.startsWith("text/event-stream")) {
            return null;
        }
        var events = new EventCount(made);
        stream = events;
        return events;
    }

    /// The service has the whole request.
    void sent() {
        sent = true;
    }

    /// Some of a body was passed on.
    void bodied() {
        bodied = true;
    }

    /// Whether the service has the whole request, and it had no body.
    boolean sentWithoutBody() {
        return sent && !bodied;
    }

    /// Whether a call that the service did not answer may be made once more, and was not before.
    boolean maybeAgain(HttpMethod method, Throwable failure) {
        HttpClientRequest to = upstream;
        if (again || to == null || !Retry.harmless(method, this, to, failure)) {
            return false;
        }
        again = true;
        return true;
    }

    /// The service answered.
    ///
    /// @param made what is recorded when the call is over; `null` where it has been
    void answered(Fact.@Nullable CallMade made) {
        answered = true;
        toRecord = made;
    }

    /// The service broke its answer off before any of it was passed on.
    void broken() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /// Whether the agent wants to know which fact is its call.
    boolean wantsReceipt() {
        return "1".equals(request.getHeader(RECEIPT));
    }

    /// The call is this fact of the ledger.
    void receipt(long fact) {
        receipts(List.of(fact));
    }

    /// The call's messages are these facts of the ledger, in their order.
    void receipts(List<Long> facts) {
        if (facts.stream().allMatch(fact -> fact > 0)) {
            String all = facts.stream().map(String::valueOf).collect(Collectors.joining(", "));
            request.response().putHeader(FACT, all);
        }
    }

    boolean isOver() {
        return over.get();
    }

    long micros() {
        return (parts.nanoTime().getAsLong() - startNanos) / 1_000;
    }

    /// Ends the call with a problem.
    void refuse(Problem why) {
        refuse(why, why.toResponse());
    }

    /// Ends the call with a problem that is told in another form.
    void refuse(Problem why, Response told) {
        if (over.compareAndSet(false, true)) {
            finish(answered ? toRecord : refused(why));
            Dispatcher.write(request.response(), told);
        }
    }

    /// Ends a call that is answered here.
    void answer(Response answer) {
        if (over.compareAndSet(false, true)) {
            finish(toRecord);
            Dispatcher.write(request.response(), answer);
        }
    }

    void fail(Throwable failure) {
        LOG.debug("call failed", failure);
        refuse(Problem.unavailable("the broker cannot be asked now").at("charge"));
    }

    /// Ends a call whose answer was delivered, or broke off.
    void settle() {
        if (over.compareAndSet(false, true)) {
            finish(toRecord);
        }
    }

    /// The body stopped: it was malformed, or the agent has gone.
    private void breakDown() {
        String objection = Dispatcher.objection(request);
        // Of two requests on one connection only the one whose body stopped is at fault.
        boolean ours = !objection.isEmpty() && !request.isEnded();
        if (!ours || request.response().headWritten()) {
            abandon();
        } else {
            refuse(parts.refusals().malformed("forward", objection));
        }
    }

    private void abandon() {
        if (over.compareAndSet(false, true)) {
            stopService();
            finish(answered ? toRecord : refused(parts.refusals().abandoned()));
        }
    }

    private void stopService() {
        HttpClientRequest to = upstream;
        if (to != null) {
            to.reset();
        }
    }

    private @Nullable Fact refused(Problem why) {
        Call.Verified known = call;
        return known == null ? null : CallingLine.refused(known, why);
    }

    /// What is left of the request is read and dropped, so that its connection stays usable.
    private void finish(@Nullable Fact fact) {
        if (!sent) {
            stopService();
        }
        Places.Place taken = place;
        if (taken != null) {
            taken.leave();
        }
        Call.Verified known = call;
        if (known != null) {
            Stream going = stream;
            boolean counts = fact instanceof Fact.CallMade;
            record(known.token().claims(), going != null && counts ? going.made() : fact);
            leave(known);
        }
        if (!request.isEnded() && !(stream instanceof SocketRelay)) {
            request.resume();
        }
    }

    /// What may have reached the service is recorded whatever its number.
    private void record(Claims claims, @Nullable Fact fact) {
        if (fact instanceof Fact.CallRefused refused && upstream == null) {
            parts.refused().add(claims, refused);
        } else if (fact != null) {
            parts.link().note(claims.tenant(), claims.account(), claims.agent(), fact);
        }
    }

    private void leave(Call.Verified known) {
        boolean last = parts.active().leave(known.account(), this);
        boolean mayBeSpent = counted && last && !refunded && !cut;
        if (mayBeSpent && parts.view().spent(known.account())) {
            long had = parts.view().allowance(known.account()).had();
            parts.link().spent(known.token().claims().tenant(), known.account(), had);
        }
    }

    /// Gives back a call that was charged and never reached the service.
    void refund(Call.Permitted permitted) {
        if (!over.get() && permitted.verified().token().claims().budget().calls() != null) {
            refunded = true;
            parts.view().allowance(permitted.account()).putBack();
        }
    }

    /// Ends a call in the middle of its answer: both sides are closed.
    void breakOff() {
        if (over.compareAndSet(false, true)) {
            finish(toRecord);
            Stream going = stream;
            if (going == null || !going.cut()) {
                stopService();
                hangUp();
            }
        }
    }

    /// The account has ended: both sides are closed at once.
    @Override
    public void cut() {
        cut = true;
        long known = parts.nanoTime().getAsLong();
        context.runOnContext(_ -> {
            if (!isOver()) {
                cutHere();
                parts.active().wasCut(parts.nanoTime().getAsLong() - known);
            }
        });
    }

    private void cutHere() {
        if (stream != null || request.response().headWritten()) {
            breakOff();
        } else {
            refuse(
                    parts.refusals()
                            .invalidToken("fresh", service(), "the account ended during the call"));
            stopService();
        }
    }

    /// Other calls of an HTTP/2 connection are none of this one's business.
    private void hangUp() {
        request.response().reset(CANCEL);
        if (request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
        }
    }

    private String service() {
        Call.Verified known = call;
        return known == null ? "" : known.arrived().service().value();
    }
}
