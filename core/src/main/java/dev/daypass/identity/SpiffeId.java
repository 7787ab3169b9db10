package dev.daypass.identity;

import java.util.regex.Pattern;

/// The SPIFFE id of an agent: `spiffe://<trust-domain>/agent/<name>` (SPIFFE-ID, section 2).
///
/// @param trustDomain lower-case domain, at most 255 characters
/// @param agent the agent
public record SpiffeId(String trustDomain, AgentId agent) {
    private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final String AGENT = "/agent/";
    private static final String SCHEME = "spiffe://";

    public SpiffeId {
        if (!TRUST_DOMAIN.matcher(trustDomain).matches()) {
            throw new InvalidName("trust domain must be 1 to 255 of a-z, 0-9, `.`, `_` and `-`");
        }
    }

    /// @throws InvalidName if `uri` is not the id of an agent
    public static SpiffeId parse(String uri) {
        int path = uri.startsWith(SCHEME) ? uri.indexOf('/', SCHEME.length()) : -1;
        if (path < 0 || !uri.startsWith(AGENT, path)) {
            throw new InvalidName(
                    "not a SPIFFE id of an agent; expected spiffe://<trust-domain>/agent/<name>");
        }
        return new SpiffeId(
                uri.substring(SCHEME.length(), path),
                new AgentId(uri.substring(path + AGENT.length())));
    }

    public String uri() {
        return SCHEME + trustDomain + AGENT + agent;
    }

    @Override
    public String toString() {
        return uri();
    }
}
