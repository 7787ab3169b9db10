package dev.daypass.run;

import dev.daypass.wire.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// For code that asks its cloud for a managed identity: endpoints in the shape of Azure App Service
/// and of AWS containers, of which it gets stand-ins. They are made for this run, no cloud knows
/// them, and on the way to the edge what a program shows of them is taken off; the edge puts in or
/// signs with the real thing.
final class ManagedIdentity {
    /// Under this name they are at the run's own URL. No service is called so.
    static final String NAME = ".identity";

    private static final long LIFE_SECONDS = 3_600;
    private static final String AZURE_VERSION = "2019-08-01";
    private static final Set<String> AZURE_PARAMETERS =
            Set.of("resource", "api-version", "client_id", "principal_id", "mi_res_id");

    /// What a proxy on the way would add: whoever is asked through one is asked for somebody else.
    private static final List<String> OF_PROXIES =
            List.of("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via");

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Set<Cloud> clouds;
    private final Origins origins;
    private final InstantSource clock;
    private final RunSecret header = RunSecret.make();
    private final String token = "daypass-run-stand-in." + RunSecret.make().reveal();
    private final String keyId = "ASIA" + upper(16);
    private final String key = RunSecret.make().reveal() + upper(8);

    /// @param origins whose resources may be asked for
    ManagedIdentity(Set<Cloud> clouds, Origins origins, InstantSource clock) {
        this.clouds = Set.copyOf(clouds);
        this.origins = origins;
        this.clock = clock;
    }

    private static String upper(int length) {
        var random = new SecureRandom();
        var text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(UPPER.charAt(random.nextInt(UPPER.length())));
        }
        return text.toString();
    }

    /// What the clouds' libraries look for.
    ///
    /// @param local the run's own URL
    Map<String, String> variables(String local) {
        var variables = new TreeMap<String, String>();
        if (clouds.contains(Cloud.AZURE)) {
            variables.put("IDENTITY_ENDPOINT", "%s/%s/azure".formatted(local, NAME));
            variables.put("IDENTITY_HEADER", header.reveal());
        }
        if (clouds.contains(Cloud.AWS)) {
            variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "%s/%s/aws".formatted(local, NAME));
            variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", header.reveal());
            variables.put("AWS_EC2_METADATA_DISABLED", "true"); // the host's own role
        }
        return variables;
    }

    /// @param head the request as it came
    /// @param rest its target below [#NAME]
    Answers.Local answer(Head head, String rest) {
        int query = rest.indexOf('?');
        String cloud = query < 0 ? rest : rest.substring(0, query);
        if (!head.start().startsWith("GET ")) {
            return refused(405, "identities are asked for with GET", "send a GET");
        }
        Optional<String> proxied =
                OF_PROXIES.stream().filter(name -> head.first(name).isPresent()).findFirst();
        if (proxied.isPresent()) {
            return refused(
                    403,
                    "with `%s` the request comes from somebody else".formatted(proxied.get()),
                    "ask without a proxy");
        }
        if (cloud.equals("/azure") && clouds.contains(Cloud.AZURE)) {
            return azure(head, query < 0 ? "" : rest.substring(query + 1));
        }
        if (cloud.equals("/aws") && clouds.contains(Cloud.AWS)) {
            return aws(head);
        }
        return refused(
                404,
                "no such identity in this run",
                "start it with --managed-identity=azure or aws");
    }

    private boolean shown(Head head, String name) {
        List<String> all = head.all(name);
        return all.size() == 1 && header.is(all.getFirst());
    }

    private Answers.Local azure(Head head, String query) {
        if (!shown(head, "x-identity-header")) {
            return refused(401, "`X-IDENTITY-HEADER` is not this run's", "send IDENTITY_HEADER");
        }
        Map<String, String> parameters = parameters(query);
        if (!AZURE_VERSION.equals(parameters.get("api-version"))) {
            return refused(400, "not a request of this version", "api-version=" + AZURE_VERSION);
        }
        String resource = parameters.getOrDefault("resource", "");
        if (!AzureResources.reaches(resource, origins.hosts())) {
            return refused(
                    400,
                    "no service of this run's account is at `%s`".formatted(resource),
                    "its services are at: " + String.join(", ", origins.hosts()));
        }
        Json.Obj answer =
                Json.object()
                        .put("access_token", token)
                        .put("expires_on", Long.toString(end().getEpochSecond()))
                        .put("resource", resource)
                        .put("token_type", "Bearer")
                        .put("client_id", parameters.getOrDefault("client_id", "daypass-run"))
                        .build();
        return new Answers.Local(200, answer);
    }

    /// By name; empty where one is not known, or is there twice.
    private static Map<String, String> parameters(String query) {
        var parameters = new TreeMap<String, String>();
        for (String one : query.split("&", -1)) {
            String[] pair = one.split("=", 2);
            try {
                String value = pair.length < 2 ? "" : decoded(pair[1]);
                if (!AZURE_PARAMETERS.contains(pair[0])
                        || parameters.putIfAbsent(pair[0], value) != null) {
                    return Map.of();
                }
            } catch (IllegalArgumentException _) {
                return Map.of();
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private Answers.Local aws(Head head) {
        if (!shown(head, "authorization")) {
            return refused(
                    401,
                    "`Authorization` is not this run's",
                    "send AWS_CONTAINER_AUTHORIZATION_TOKEN");
        }
        Json.Obj answer =
                Json.object()
                        .put("AccessKeyId", keyId)
                        .put("SecretAccessKey", key)
                        .put("Token", token)
                        .put("Expiration", end().toString())
                        .build();
        return new Answers.Local(200, answer);
    }

    private Instant end() {
        return Instant.ofEpochSecond(clock.instant().getEpochSecond() + LIFE_SECONDS);
    }

    private static Answers.Local refused(int status, String detail, String next) {
        return Answers.problem(
                status, status == 400 ? "malformed-request" : "not-permitted", detail, next);
    }
}
