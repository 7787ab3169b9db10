package dev.daypass.edge;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.ServiceId;
import dev.daypass.mcp.ClientMethod;
import dev.daypass.mcp.Stateless;
import dev.daypass.permission.AnswerLimits;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client's session with an MCP server (revision 2025-11-25, Session Management). The client
/// knows it by an id that the edge made; the server's own is never shown. The id lets nobody in:
/// each call shows its token and its key. Thread-safe.
final class McpSession {
    static final int ASKED_MAX = 64;
    static final int PENDING_MAX = 256;
    static final int EVENTS_MAX = 1_024;

    private final String id;
    private final Owner owner;
    private final @Nullable String upstream;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> events = new LinkedHashSet<>();
    private final Map<String, Expected> pending = new LinkedHashMap<>();
    private volatile String version = "";
    private volatile long usedNanos;

    /// What an answer of the server would be to, on whichever stream it comes.
    ///
    /// @param method what was asked
    /// @param limits how much of the answer the account sees
    /// @param fact which fact of the ledger the answer tells the request to be; 0 for none
    record Expected(ClientMethod method, AnswerLimits limits, long fact) {}

    /// Whose a session is.
    ///
    /// @param account the account
    /// @param key that its calls prove; `null` where its token is bound to none
    /// @param service the MCP server
    record Owner(AccountId account, @Nullable KeyThumbprint key, ServiceId service) {
        static Owner of(Call.Verified call) {
            return new Owner(call.account(), call.token().binding(), call.arrived().service());
        }
    }

    /// @param id for the client
    /// @param upstream the server's own; `null` where it has none
    McpSession(String id, Owner owner, @Nullable String upstream) {
        this.id = id;
        this.owner = owner;
        this.upstream = upstream;
    }

    /// What one request of the stateless revision has instead: it is over with its answer.
    static McpSession stateless(Owner owner) {
        var session = new McpSession("", owner, null);
        session.agree(Stateless.VERSION);
        return session;
    }

    boolean isStateless() {
        return version.equals(Stateless.VERSION);
    }

    String id() {
        return id;
    }

    Owner owner() {
        return owner;
    }

    @Nullable String upstream() {
        return upstream;
    }

    /// The revision that was agreed on; empty until then.
    String version() {
        return version;
    }

    void agree(String on) {
        version = on;
    }

    long usedNanos() {
        return usedNanos;
    }

    void used(long nanos) {
        usedNanos = nanos;
    }

    /// The server's request goes to the client; its answer may come back, once.
    ///
    /// @return whether there is room
    synchronized boolean ask(String key) {
        return asked.size() < ASKED_MAX && asked.add(key);
    }

    /// Whether an answer of the client is to something that was asked.
    synchronized boolean answered(String key) {
        return asked.remove(key);
    }

    /// The client's request goes to the server.
    ///
    /// @return whether there is room, and no other of this id is under way
    synchronized boolean expect(String key, Expected answer) {
        return pending.size() < PENDING_MAX && pending.putIfAbsent(key, answer) == null;
    }

    /// What the server's answer is to; `null` where nothing was asked.
    synchronized @Nullable Expected expected(String key) {
        return pending.remove(key);
    }

    /// The answer to a request under way tells which fact it is.
    synchronized void receipt(String key, long fact) {
        pending.computeIfPresent(
                key, (_, answer) -> new Expected(answer.method(), answer.limits(), fact));
    }

    /// An event of this id was sent to the client, and may be named by it.
    synchronized void sent(String event) {
        events.add(event);
        if (events.size() > EVENTS_MAX) {
            events.remove(events.iterator().next());
        }
    }

    synchronized boolean sentBefore(String event) {
        return events.contains(event);
    }
}
