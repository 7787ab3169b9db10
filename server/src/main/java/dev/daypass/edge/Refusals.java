package dev.daypass.edge;

import dev.daypass.dpop.ProofKey;
import dev.daypass.dpop.Proofs;
import dev.daypass.http.Problem;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.RequestBody;
import java.time.Duration;
import java.util.function.Predicate;

/// The problem documents of the calling line, each with the challenge that RFC 6750, section 3 asks
/// for.
final class Refusals {
    private static final String ALGORITHMS =
            "algs=\"%s\"".formatted(String.join(" ", ProofKey.ALGORITHMS));

    private final String issuer;
    private final Predicate<String> mcp;

    /// @param mcp whether a service is an MCP server
    Refusals(String issuer, Predicate<String> mcp) {
        this.issuer = issuer;
        this.mcp = mcp;
    }

    /// No token at all: a bare challenge, without an error code (RFC 6750, section 3.1).
    Problem noToken(String service) {
        return Problem.of("no-token", "No access token", 401, "the call carries no access token")
                .at("authenticate")
                .next("open an account: POST /v1/accounts")
                .header(
                        "www-authenticate",
                        "Bearer %s, DPoP %s, %s"
                                .formatted(metadata(service), ALGORITHMS, metadata(service)));
    }

    Problem malformed(String step, String detail) {
        return Problem.malformed(detail).at(step);
    }

    Problem invalidToken(String step, String service, String detail) {
        return Problem.of("invalid-token", "Access token not accepted", 401, detail)
                .at(step)
                .next("open a new account: POST /v1/accounts")
                .header(
                        "www-authenticate",
                        "Bearer error=\"invalid_token\", error_description=\"%s\", %s, DPoP %s"
                                .formatted(quotable(detail), metadata(service), ALGORITHMS));
    }

    /// The proof beside a token that is bound to a key (RFC 9449, section 7.1).
    Problem invalidProof(String step, String service, String detail) {
        return Problem.of("invalid-proof", "DPoP proof not accepted", 401, detail)
                .at(step)
                .next("make a new proof for this very request and send it again")
                .header("www-authenticate", dpop("invalid_dpop_proof", service, detail));
    }

    /// RFC 9449, section 9.
    Problem nonceWanted(String service, String detail, String nonce) {
        return Problem.of("nonce-wanted", "DPoP nonce wanted", 401, detail)
                .at("fresh")
                .next("make a new proof with the nonce in `DPoP-Nonce` and send it again")
                .header("www-authenticate", dpop("use_dpop_nonce", service, detail))
                .header(Proofs.NONCE_FIELD, nonce);
    }

    private String dpop(String error, String service, String detail) {
        return "DPoP %s, error=\"%s\", error_description=\"%s\", %s"
                .formatted(ALGORITHMS, error, quotable(detail), metadata(service));
    }

    Problem notPermitted(String service, String account, String detail) {
        return Problem.of("not-permitted", "Not in this account's grant", 403, detail)
                .at("permitted")
                .next("POST /v1/accounts with a task that says so; " + account + " cannot do it")
                .header(
                        "www-authenticate",
                        "Bearer error=\"insufficient_scope\", " + metadata(service));
    }

    /// A body that the grant bounds, sent in a form in which it cannot be judged.
    Problem bodyNotJudged(String service, String detail) {
        return Problem.of("not-permitted", "Not in this account's grant", 403, detail)
                .at("permitted")
                .next(RequestBody.WANTED)
                .header(
                        "www-authenticate",
                        "Bearer error=\"insufficient_scope\", " + metadata(service));
    }

    Problem tooLong(String step, long bytesMax) {
        return Problem.of(
                        "body-too-long",
                        "Body too long",
                        413,
                        "body is longer than %d bytes".formatted(bytesMax))
                .at(step)
                .next("send at most %d bytes".formatted(bytesMax));
    }

    Problem denied(String rule, String message) {
        return Problem.of("denied-by-rule", "Denied by a rule", 403, message)
                .at("decide")
                .next("ask the operator about rule `%s`".formatted(rule));
    }

    Problem spent(String account) {
        return Problem.of(
                        "budget-spent",
                        "Budget spent",
                        403,
                        account + " has made all the calls it may make")
                .at("charge")
                .next("open a new account: POST /v1/accounts");
    }

    Problem stale() {
        return Problem.unavailable(
                        "this edge does not hear its broker, or what happens cannot be recorded now")
                .at("fresh");
    }

    /// As many calls are under way as may be at once.
    Problem full(Places.Whose whose, int max) {
        return switch (whose) {
            case ACCOUNT -> tooMany("account", max);
            case AGENT -> tooMany("agent", max);
            case SERVICE ->
                    Problem.unavailable(
                                    "%d calls to the service are under way, and more may not be"
                                            .formatted(max))
                            .at("admit");
        };
    }

    private static Problem tooMany(String whose, int max) {
        return Problem.of(
                        "too-many",
                        "Too many at once",
                        429,
                        "%d calls of the %s are under way, and more may not be"
                                .formatted(max, whose))
                .at("admit")
                .next("wait until one of them is over")
                .header("retry-after", "1");
    }

    /// A service that could not be connected to again and again.
    Problem leftAlone(String service, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return Problem.of(
                        "service-failed",
                        "The service failed",
                        503,
                        "`%s` could not be connected to again and again, and is left alone for a moment"
                                .formatted(service))
                .at("forward")
                .next(
                        "try again in %d s, or ask the operator whether the service is well"
                                .formatted(seconds))
                .header("retry-after", String.valueOf(seconds));
    }

    Problem badUpstream(int status, String detail) {
        return Problem.of("service-failed", "The service failed", status, detail)
                .at("forward")
                .next("try again later, or ask the operator whether the service is well");
    }

    /// The service answered, but what of its answer the account may see cannot be told.
    Problem notLimited(String detail, HttpMethod method) {
        return Problem.of("answer-not-limited", "The answer cannot be limited", 502, detail)
                .at("scrub")
                .next(
                        method.safe()
                                ? "ask the operator: an operation with `answer` limits must answer in json"
                                : "the service did what was asked, so do not repeat the call blindly; ask the operator: an operation with `answer` limits must answer in json");
    }

    Problem leadsElsewhere() {
        return badUpstream(
                502, "the service's name leads to an address where services may not stand");
    }

    /// The call did not reach the service: there is nothing to let it in with.
    Problem noCredential(Throwable failure) {
        if (!(failure instanceof CredentialFailure known)) {
            return badUpstream(502, "the service's credential cannot be had now").at("inject");
        }
        return Problem.of(
                        "service-failed",
                        "The service failed",
                        502,
                        String.valueOf(known.getMessage()))
                .at("inject")
                .next(known.next());
    }

    /// Nobody reads this but the ledger.
    Problem abandoned() {
        return Problem.of(
                        "abandoned",
                        "The agent went away",
                        499,
                        "the agent went away before the service answered")
                .at("forward");
    }

    Problem unrecorded() {
        return Problem.unavailable(
                        "the service did what was asked, but it cannot be recorded now; do not repeat the call blindly")
                .at("record")
                .next("find out at the service what was done before you call again");
    }

    /// Protected-resource metadata of a service (RFC 9728, section 5.1).
    private String metadata(String service) {
        return "resource_metadata=\"%s/.well-known/oauth-protected-resource/%s%s\""
                .formatted(issuer, service, mcp.test(service) ? "/mcp" : "");
    }

    // An error_description holds neither `"` nor `\` nor anything but printable ascii (RFC 6750,
    // section 3).
    private static String quotable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "'");
    }
}
