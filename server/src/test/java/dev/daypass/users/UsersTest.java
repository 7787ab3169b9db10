package dev.daypass.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.daypass.account.OnBehalf;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.UserId;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UsersTest {
    private static final AgentId BUYBOT = new AgentId("buybot");
    private static final ECKey KEY = Login.ec("one");
    private static final RSAKey RSA = Login.rsa("two", 2_048);

    private static Users users(Set<String> clients, Instant now) {
        IssuerKeys keys = IssuerKeys.fixed(PublicKeys.parse(Login.jwks(KEY, RSA)));
        return new Users(
                List.of(new TrustedIssuer(Login.config(clients), keys)),
                "daypass.example",
                () -> now);
    }

    private static UserCheck check(String token) {
        return users(Set.of("webmail"), Login.NOW).check(Secret.of(token), BUYBOT);
    }

    private static String with(Consumer<Map<String, Json>> change) {
        Map<String, Json> claims = Login.claims();
        change.accept(claims);
        return Login.sign(KEY, JWSAlgorithm.ES256, claims);
    }

    private static void refused(String why, String token) {
        UserCheck.Refused refused = assertInstanceOf(UserCheck.Refused.class, check(token));
        assertTrue(refused.why().contains(why), refused::why);
        assertFalse(refused.next().isEmpty());
    }

    private static void malformed(String why, String token) {
        UserCheck.Malformed malformed = assertInstanceOf(UserCheck.Malformed.class, check(token));
        assertTrue(malformed.why().contains(why), malformed::why);
    }

    private static String header(JWSHeader header) {
        return Login.sign(KEY, header, Json.obj(new LinkedHashMap<>(Login.claims())).text());
    }

    private static JWSHeader.Builder es256() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID());
    }

    @Test
    void a_good_token_says_for_whom_an_account_may_act_and_until_when() {
        var anna =
                new OnBehalf(
                        new UserId(Login.ISSUER, "anna"),
                        List.of("finance"),
                        Login.NOW.plusSeconds(660));

        assertEquals(new UserCheck.Proved(anna), check(with(claims -> {})));
        for (JWSAlgorithm algorithm :
                List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS512, JWSAlgorithm.PS384)) {
            assertEquals(
                    new UserCheck.Proved(anna), check(Login.sign(RSA, algorithm, Login.claims())));
        }
        for (JOSEObjectType type :
                List.of(
                        new JOSEObjectType("at+jwt"),
                        new JOSEObjectType("application/at+JWT"),
                        JOSEObjectType.JWT)) {
            assertInstanceOf(UserCheck.Proved.class, check(header(es256().type(type).build())));
        }
        assertInstanceOf(UserCheck.Proved.class, check(header(es256().build())));
    }

    @Test
    void several_audiences_one_group_and_no_groups_are_read_as_they_are_meant() {
        String several =
                with(claims -> claims.put("aud", Json.strings(List.of("mail", Login.AUDIENCE))));
        assertInstanceOf(UserCheck.Proved.class, check(several));
        assertEquals(
                List.of("finance"),
                proved(with(claims -> claims.put("groups", Json.of("finance")))).groups());
        assertEquals(List.of(), proved(with(claims -> claims.remove("groups"))).groups());
        malformed("groups", with(claims -> claims.put("groups", Json.of(7))));
        malformed(
                "groups",
                with(claims ->
                        claims.put(
                                "groups",
                                Json.strings(java.util.Collections.nCopies(1_001, "g")))));
    }

    private static OnBehalf proved(String token) {
        return assertInstanceOf(UserCheck.Proved.class, check(token)).onBehalf();
    }

    @Test
    void a_group_named_like_the_one_of_everyone_is_none() {
        assertEquals(
                List.of(),
                proved(with(claims -> claims.put("groups", Json.strings(List.of("*"))))).groups());
    }

    @Test
    void a_token_of_another_issuer_or_for_somebody_else_is_refused() {
        refused("issuer", with(claims -> claims.put("iss", Json.of(Login.ISSUER + "/"))));
        refused("issuer", with(claims -> claims.remove("iss")));
        refused("`aud`", with(claims -> claims.put("aud", Json.of("mail"))));
        refused("`aud`", with(claims -> claims.put("aud", Json.strings(List.of()))));
        refused("`aud`", with(claims -> claims.remove("aud")));
        malformed("aud", with(claims -> claims.put("aud", Json.of(7))));
    }

    @Test
    void times_count_to_the_second_with_a_minute_of_leeway() {
        long now = Login.NOW.getEpochSecond();
        assertInstanceOf(
                UserCheck.Proved.class,
                check(with(claims -> claims.put("exp", Json.of(now - 59)))));
        refused("expired", with(claims -> claims.put("exp", Json.of(now - 60))));
        malformed("`exp`", with(claims -> claims.remove("exp")));
        malformed("exp", with(claims -> claims.put("exp", Json.of("tomorrow"))));
        malformed("`exp`", with(claims -> claims.put("exp", Json.of(Long.MAX_VALUE))));
        malformed("`exp`", with(claims -> claims.put("exp", Json.of(-1))));
        for (String name : List.of("nbf", "iat")) {
            assertInstanceOf(
                    UserCheck.Proved.class,
                    check(with(claims -> claims.put(name, Json.of(now + 60)))));
            refused("future", with(claims -> claims.put(name, Json.of(now + 61))));
        }
    }

    @Test
    void a_subject_is_needed_and_bounded() {
        malformed("`sub`", with(claims -> claims.remove("sub")));
        malformed("subject", with(claims -> claims.put("sub", Json.of(""))));
        malformed("subject", with(claims -> claims.put("sub", Json.of("a".repeat(256)))));
        malformed("subject", with(claims -> claims.put("sub", Json.of("an\u200bna"))));
        malformed("sub", with(claims -> claims.put("sub", Json.of(7))));
        assertEquals(
                "a".repeat(255),
                proved(with(claims -> claims.put("sub", Json.of("a".repeat(255)))))
                        .user()
                        .subject());
    }

    @Test
    void only_clients_that_are_named_or_are_the_audience_hand_on_users() {
        for (String name : List.of("azp", "client_id")) {
            refused("`clients`", with(claims -> claims.put(name, Json.of("calendar"))));
            malformed(name, with(claims -> claims.put(name, Json.of(7))));
            for (String client : List.of("webmail", Login.AUDIENCE)) {
                assertInstanceOf(
                        UserCheck.Proved.class,
                        check(with(claims -> claims.put(name, Json.of(client)))));
            }
        }
    }

    @Test
    void a_token_that_is_bound_or_anothers_or_meant_for_another_agent_is_refused() {
        refused("`cnf`", with(claims -> claims.put("cnf", Json.object().put("jkt", "x").build())));
        refused("`act`", with(claims -> claims.put("act", Json.object().put("sub", "x").build())));
        refused("`may_act`", with(claims -> claims.put("may_act", actor("sellbot"))));
        refused("`may_act`", with(claims -> claims.put("may_act", Json.object().build())));
        malformed("may_act", with(claims -> claims.put("may_act", Json.of("buybot"))));
        for (String own : List.of("buybot", "spiffe://daypass.example/agent/buybot")) {
            assertInstanceOf(
                    UserCheck.Proved.class,
                    check(with(claims -> claims.put("may_act", actor(own)))));
        }
    }

    private static Json actor(String subject) {
        return Json.object().put("sub", subject).build();
    }

    @Test
    void a_wrong_signature_and_a_key_that_is_not_there_are_told_in_the_same_words() {
        ECKey stranger = Login.ec("three");
        ECKey impostor = Login.ec("one");
        String good = with(claims -> {});
        UserCheck unknown = check(Login.sign(stranger, JWSAlgorithm.ES256, Login.claims()));

        refused(
                "not signed by its issuer",
                Login.sign(impostor, JWSAlgorithm.ES256, Login.claims()));
        assertEquals(unknown, check(Login.sign(impostor, JWSAlgorithm.ES256, Login.claims())));
        assertEquals(unknown, check(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA"));
        // Of the right key, but made for the other algorithm.
        assertEquals(
                unknown,
                check(Login.sign(Login.rsa("one", 2_048), JWSAlgorithm.RS256, Login.claims())));
        // Nothing that only a believed token may say is told of one that is not.
        assertEquals(
                unknown,
                check(
                        Login.sign(
                                impostor,
                                JWSAlgorithm.ES256,
                                Map.of("iss", Json.of(Login.ISSUER)))));
    }

    @Test
    void no_algorithm_but_those_that_only_an_issuer_can_use() throws Exception {
        String payload = Json.obj(new LinkedHashMap<>(Login.claims())).text();
        malformed("permitted way", raw("{\"alg\":\"none\",\"kid\":\"one\"}", payload, ""));
        malformed("permitted way", raw("{\"alg\":\"NONE\",\"kid\":\"one\"}", payload, "AAAA"));
        malformed("permitted way", raw("{\"kid\":\"one\"}", payload, "AAAA"));
        malformed("permitted way", raw("{\"alg\":\"ES256K\",\"kid\":\"one\"}", payload, "AAAA"));
        // The public key as the secret of a MAC.
        byte[] secret = KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        var mac =
                new com.nimbusds.jose.JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
                        new com.nimbusds.jose.Payload(payload));
        mac.sign(new MACSigner(secret));
        malformed("permitted way", mac.serialize());
    }

    private static String raw(String header, String payload, String signature) {
        return encoded(header) + "." + encoded(payload) + "." + signature;
    }

    private static String encoded(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_header_that_brings_a_key_or_asks_to_be_understood_is_refused() {
        for (String member :
                List.of("crit", "b64", "jwk", "jku", "x5u", "x5c", "zip", "enc", "cty")) {
            malformed(
                    "`" + member + "`",
                    raw(
                            "{\"alg\":\"ES256\",\"kid\":\"one\",\"%s\":null}".formatted(member),
                            "{}",
                            "AAAA"));
        }
        malformed("`typ`", header(es256().type(new JOSEObjectType("dpop+jwt")).build()));
        malformed("`typ`", header(es256().type(new JOSEObjectType("logout+jwt")).build()));
        malformed("`kid`", raw("{\"alg\":\"ES256\"}", "{}", "AAAA"));
        malformed("`kid`", raw("{\"alg\":\"ES256\",\"kid\":\"\"}", "{}", "AAAA"));
        malformed(
                "`kid`",
                raw("{\"alg\":\"ES256\",\"kid\":\"%s\"}".formatted("k".repeat(256)), "{}", "AAAA"));
    }

    @Test
    void what_could_be_read_in_two_ways_is_refused() {
        malformed("payload", Login.sign(KEY, es256().build(), "{\"sub\":\"a\",\"sub\":\"b\"}"));
        malformed("payload", Login.sign(KEY, es256().build(), "[]"));
        malformed("payload", Login.sign(KEY, es256().build(), "{} {}"));
        malformed("header", raw("{\"alg\":\"ES256\",\"alg\":\"RS256\",\"kid\":\"a\"}", "{}", "AA"));
        malformed("three parts", "abc");
        malformed("three parts", "a.b.c.d.e");
        malformed("header", "..");
        malformed("header", "é.e30.AA");
    }

    @Test
    void a_token_of_more_than_8_kib_is_refused_unread() {
        malformed(
                "longer than 8192",
                with(claims -> claims.put("padding", Json.of("x".repeat(8_000)))));
        assertInstanceOf(
                UserCheck.Proved.class,
                check(with(claims -> claims.put("padding", Json.of("x".repeat(5_000))))));
    }

    @Test
    void a_failure_shows_nothing_of_the_token_but_names() {
        String token = with(claims -> claims.put("groups", Json.of(7)));
        String shown = check(token).toString();

        for (String part : token.split("\\.", -1)) {
            assertFalse(shown.contains(part), shown);
        }
        assertFalse(shown.contains("anna"), shown);
    }

    @Test
    void without_configuration_nobody_is_believed() {
        Users nobody = Users.of(List.of(), "daypass.example", () -> Login.NOW);

        assertInstanceOf(
                UserCheck.Refused.class, nobody.check(Secret.of(with(claims -> {})), BUYBOT));
    }

    @Test
    void what_a_user_may_hand_on_is_what_todays_configuration_says() {
        Users users = users(Set.of(), Login.NOW);
        var anna = new UserId(Login.ISSUER, "anna");
        Instant until = Login.NOW;

        assertEquals(
                2,
                users.grants().of(new OnBehalf(anna, List.of("finance"), until)).ceilings().size());
        assertEquals(1, users.grants().of(new OnBehalf(anna, List.of(), until)).ceilings().size());
        assertEquals(
                1, users.grants().of(new OnBehalf(anna, List.of("gone"), until)).ceilings().size());
        assertEquals(
                List.of(),
                users.grants()
                        .of(
                                new OnBehalf(
                                        new UserId("https://gone.example", "anna"),
                                        List.of("finance"),
                                        until))
                        .ceilings());
    }

    @Test
    void a_key_file_of_no_use_stops_the_start_and_is_named() {
        WireException refused =
                org.junit.jupiter.api.Assertions.assertThrows(
                        WireException.class,
                        () ->
                                Users.of(
                                        List.of(Login.config(Set.of())),
                                        "daypass.example",
                                        () -> Login.NOW));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("`jwks_file` `jwks.json`: "));
    }
}
