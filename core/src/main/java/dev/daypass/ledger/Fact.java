package dev.daypass.ledger;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened and was decided. Facts hold no secret: no token, no credential, no key.
public sealed interface Fact
        permits Fact.AgentAdded,
                Fact.AgentEnrolled,
                Fact.AgentRemoved,
                Fact.ServiceAdded,
                Fact.ServiceRemoved,
                Fact.CredentialRenewed,
                Fact.RulesChanged,
                Fact.OpenRefused,
                Fact.ApprovalAsked,
                Fact.AccountOpened,
                Fact.AccountWidened,
                Fact.WideningAsked,
                Fact.WideningRefused,
                Fact.TraitsCorrected,
                Fact.EdgeChanged,
                Fact.TokenRenewed,
                Fact.AccountEnded,
                Fact.CallsReserved,
                Fact.CallMade,
                Fact.Shredded,
                Fact.CallRefused,
                ToolFact,
                NewsFact {
    /// The members that are hashed and stored; the type's name is kept beside them.
    Json.Obj body();

    /// The name on the wire and in the ledger.
    default String type() {
        return getClass().getSimpleName();
    }

    /// An operator registered an agent.
    record AgentAdded(AgentId agent, Json ceiling) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object().put("agent", agent.value()).put("ceiling", ceiling).build();
        }
    }

    /// An agent proved its enrolment token, or its old certificate, and got a certificate.
    ///
    /// @param agent the agent
    /// @param thumbprint `x5t#S256` of the new certificate
    /// @param renewed whether an old certificate was shown
    record AgentEnrolled(AgentId agent, String thumbprint, boolean renewed) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("agent", agent.value())
                    .put("thumbprint", thumbprint)
                    .put("renewed", renewed)
                    .build();
        }
    }

    /// An operator took an agent away.
    record AgentRemoved(AgentId agent) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object().put("agent", agent.value()).build();
        }
    }

    /// An operator registered a service, or registered it anew.
    ///
    /// @param service its name
    /// @param upstream where it is
    /// @param operations how many operations it offers
    /// @param catalogHash SHA-256 of the catalog's canonical JSON
    /// @param credentialKind what the edge injects, and how it connects: `bearer`, `none+mtls+jar`
    /// @param acceptUnbound whether it takes tokens that are bound to no key
    /// @param verifiesTokens whether it verifies tokens itself
    record ServiceAdded(
            ServiceId service,
            String upstream,
            int operations,
            String catalogHash,
            String credentialKind,
            boolean acceptUnbound,
            boolean verifiesTokens)
            implements Fact {
        public ServiceAdded(
                ServiceId service,
                String upstream,
                int operations,
                String catalogHash,
                String credentialKind,
                boolean acceptUnbound) {
            this(service, upstream, operations, catalogHash, credentialKind, acceptUnbound, false);
        }

        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("service", service.value())
                    .put("upstream", upstream)
                    .put("operations", operations)
                    .put("catalog_hash", catalogHash)
                    .put("credential", credentialKind)
                    .put("accept_unbound", acceptUnbound ? Json.of(true) : null)
                    .put("verifies_tokens", verifiesTokens ? Json.of(true) : null)
                    .build();
        }
    }

    /// An operator took a service away.
    record ServiceRemoved(ServiceId service) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object().put("service", service.value()).build();
        }
    }

    /// A service's authorization server gave a new refresh token for the old one, and the edge
    /// keeps it from now on.
    record CredentialRenewed(ServiceId service) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object().put("service", service.value()).build();
        }
    }

    /// An operator put new rules in force.
    ///
    /// @param rules how many
    /// @param text the rule file, so that what was in force can always be told
    record RulesChanged(int rules, String text) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object().put("rules", rules).put("text", text).build();
        }
    }

    /// An agent asked for an account and was refused at a step after it was known who asks.
    record OpenRefused(AgentId agent, String step, String why) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("agent", agent.value())
                    .put("step", step)
                    .put("why", why)
                    .build();
        }
    }

    /// An account waits for a human.
    ///
    /// @param account what was asked for
    /// @param rules the rules that want a human
    /// @param waiting operations that only a human can grant, and why; empty for none
    record ApprovalAsked(Json.Obj account, Json.Arr rules, Json.Arr waiting) implements Fact {
        public ApprovalAsked(Json.Obj account, Json.Arr rules) {
            this(account, rules, Json.array(List.of()));
        }

        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("account", account)
                    .put("rules", rules)
                    .put("waiting", waiting.items().isEmpty() ? null : waiting)
                    .build();
        }
    }

    /// An account is active: at once, or because a human approved it.
    ///
    /// @param account agent, task, grant, binding, deadline, budget, parent
    /// @param resourceHash the grant's hash
    /// @param approvedBy the human, or `null`
    record AccountOpened(Json.Obj account, String resourceHash, @Nullable String approvedBy)
            implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("account", account)
                    .put("rsh", resourceHash)
                    .put("approved_by", approvedBy)
                    .build();
        }
    }

    /// An account may do more from now on; its earlier tokens may not.
    ///
    /// @param account the account with its wider grant
    /// @param resourceHash the grant's hash
    /// @param widening number, reason, source, and the leaves that are new
    /// @param approvedBy the human, or `null`
    record AccountWidened(
            Json.Obj account, String resourceHash, Json.Obj widening, @Nullable String approvedBy)
            implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("account", account)
                    .put("rsh", resourceHash)
                    .put("widening", widening)
                    .put("approved_by", approvedBy)
                    .build();
        }
    }

    /// A wider grant waits for a human; until then the account is as it was.
    record WideningAsked(Json.Obj account, Json.Arr rules, Json.Obj widening) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("account", account)
                    .put("rules", rules)
                    .put("widening", widening)
                    .build();
        }
    }

    /// A wider grant was refused: by the opening line, or by a human. It counts all the same.
    ///
    /// @param step the step that refused
    /// @param why what the agent was told
    /// @param by `daypass`, or `operator:` and the operator's name
    /// @param widening number, reason, source
    record WideningRefused(String step, String why, String by, Json.Obj widening) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("step", step)
                    .put("why", why)
                    .put("by", by)
                    .put("widening", widening)
                    .build();
        }
    }

    /// An operator said what an operation does to the world, whatever its document says, or took
    /// that back.
    ///
    /// @param service the service
    /// @param operation the operation
    /// @param traits what it does from now on; `null` for what the document says
    /// @param by `operator:` and the operator's name
    record TraitsCorrected(
            ServiceId service, String operation, Json.@Nullable Arr traits, String by)
            implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("service", service.value())
                    .put("operation", operation)
                    .put("traits", traits)
                    .put("by", by)
                    .build();
        }
    }

    /// An edge in another process came, went, or was told to.
    ///
    /// @param edge its name
    /// @param change what happened
    /// @param detail its life's nonce, or its certificate's thumbprint, or `null`
    record EdgeChanged(String edge, String change, @Nullable String detail) implements Fact {
        @Override
        public Json.Obj body() {
            var body = Json.object().put("edge", edge).put("change", change);
            return body.put("detail", detail).build();
        }
    }

    /// A token was issued anew.
    record TokenRenewed(String tokenId) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object().put("jti", tokenId).build();
        }
    }

    /// An account is over, and every token of it.
    ///
    /// @param reason why
    /// @param by who ended it: agent, daypass, or `operator:` and the operator's name
    /// @param deadline when it would have ended
    record AccountEnded(String reason, String by, Instant deadline) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("reason", reason)
                    .put("by", by)
                    .put("deadline", deadline.toString())
                    .build();
        }
    }

    /// Calls of a budget were set aside for an edge.
    ///
    /// @param calls how many; negative where unused ones came back
    record CallsReserved(long calls) implements Fact {
        @Override
        public Json.Obj body() {
            return Json.object().put("calls", calls).build();
        }
    }

    /// A call went through the edge.
    ///
    /// @param service the service
    /// @param operation the operation
    /// @param request method and path as sent, without the query
    /// @param status the service's status; 0 where it gave none
    /// @param micros how long it took until the service answered
    /// @param passed what was said afterwards; `null` where nobody counted
    record CallMade(
            ServiceId service,
            String operation,
            String request,
            int status,
            long micros,
            @Nullable Passed passed)
            implements Fact {
        public CallMade(
                ServiceId service, String operation, String request, int status, long micros) {
            this(service, operation, request, status, micros, null);
        }

        /// The same, when it is over.
        public CallMade with(Passed counted) {
            return new CallMade(service, operation, request, status, micros, counted);
        }

        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("service", service.value())
                    .put("operation", operation)
                    .put("request", request)
                    .put("status", status)
                    .put("micros", micros)
                    .put("passed", passed == null ? null : passed.json())
                    .build();
        }
    }

    /// The keys of accounts were destroyed: what is personal in their facts is unreadable for ever.
    ///
    /// @param accounts the accounts
    /// @param why `asked`, or `retention`
    /// @param by `daypass`, or `operator:` and the operator's name
    record Shredded(List<AccountId> accounts, String why, String by) implements Fact {
        public Shredded {
            accounts = List.copyOf(accounts);
        }

        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("accounts", Json.strings(accounts.stream().map(AccountId::value).toList()))
                    .put("why", why)
                    .put("by", by)
                    .build();
        }
    }

    /// The edge refused a call of a known account.
    ///
    /// @param service the service
    /// @param step the step of the calling line
    /// @param why what the agent was told
    /// @param unrecorded how many refused calls of the account before it have no fact of their own
    record CallRefused(ServiceId service, String step, String why, long unrecorded)
            implements Fact {
        public CallRefused(ServiceId service, String step, String why) {
            this(service, step, why, 0);
        }

        @Override
        public Json.Obj body() {
            return Json.object()
                    .put("service", service.value())
                    .put("step", step)
                    .put("why", why)
                    .put("unrecorded", unrecorded == 0 ? null : Json.of(unrecorded))
                    .build();
        }
    }
}
