package dev.daypass.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialTest {
    private static final String SECRET = "hunter2-hunter2";
    private static final String VALUE = "\"value\":\"" + SECRET + "\"";
    private static final List<String> GOOD =
            List.of(
                    "{\"kind\":\"none\"}",
                    "{\"kind\":\"bearer\"," + VALUE + "}",
                    "{\"kind\":\"basic\",\"user\":\"ada\"," + VALUE + "}",
                    "{\"kind\":\"header\",\"name\":\"X-Api-Key\"," + VALUE + "}",
                    "{\"kind\":\"query\",\"name\":\"api_key\"," + VALUE + "}",
                    "{\"kind\":\"client_credentials\",\"token_url\":\"https://id.example/token\","
                            + "\"client_id\":\"daypass\","
                            + VALUE
                            + ",\"scope\":\"a b\"}",
                    "{\"kind\":\"client_credentials\",\"token_url\":\"https://id.example/token\","
                            + "\"client_id\":\"daypass\",\"auth\":\"client_secret_post\","
                            + VALUE
                            + ",\"resource\":\"https://a.example\",\"audience\":\"a\"}",
                    "{\"kind\":\"refresh_token\",\"token_url\":\"https://id.example/token\","
                            + "\"client_id\":\"daypass\","
                            + VALUE
                            + "}",
                    "{\"kind\":\"refresh_token\",\"token_url\":\"https://id.example/token\","
                            + "\"client_id\":\"daypass\",\"client_secret\":\"hunter2-client\","
                            + VALUE
                            + "}",
                    "{\"kind\":\"cookie\",\"name\":\"session\"," + VALUE + "}",
                    "{\"kind\":\"aws_sigv4\",\"access_key_id\":\"AKIDEXAMPLE\","
                            + VALUE
                            + ",\"session_token\":\"hunter2-session\",\"region\":\"eu-central-1\",\"service\":\"s3\"}",
                    "{\"kind\":\"signature\"}");

    private static Credential read(String json) {
        return Credential.fromJson(Json.parse(json));
    }

    private static String refusal(String json) {
        return String.valueOf(
                assertThrows(WireException.class, () -> read(json), json).getMessage());
    }

    @Test
    void every_kind_is_read_and_its_sealed_form_reads_back_the_same() {
        for (String json : GOOD) {
            Credential credential = read(json);

            assertEquals(credential, Credential.fromJson(credential.toSealedJson()));
            assertTrue(json.startsWith("{\"kind\":\"" + credential.kind() + "\""));
        }
    }

    @Test
    void no_kind_prints_its_secret() {
        for (String json : GOOD) {
            Credential credential = read(json);

            assertFalse(credential.toString().contains("hunter2"), json);
            assertFalse(Map.of("kept", credential).toString().contains("hunter2"), json);
        }
    }

    @Test
    void an_unknown_or_missing_kind_is_refused_with_the_known_ones() {
        assertTrue(refusal("{\"kind\":\"magic\"," + VALUE + "}").contains("client_credentials"));
        assertTrue(refusal("{" + VALUE + "}").contains("`kind`"));
        assertTrue(refusal("{\"kind\":7," + VALUE + "}").contains("`kind`"));
        refusal("[]");
        refusal("\"" + SECRET + "\"");
    }

    @Test
    void whatever_is_wrong_the_refusal_does_not_repeat_the_secret() {
        for (String json : bad()) {
            assertFalse(refusal(json).contains("hunter2"), json);
        }
    }

    private static List<String> bad() {
        var out = new ArrayList<String>();
        for (String ending : List.of("\\n", "\\r\\nX: y", "\\u0000", "é", "\\u007f", "\\u200b")) {
            out.add("{\"kind\":\"bearer\",\"value\":\"" + SECRET + ending + "\"}");
            out.add("{\"kind\":\"header\",\"name\":\"X" + ending + "\"," + VALUE + "}");
            out.add("{\"kind\":\"basic\",\"user\":\"ada" + ending + "\"," + VALUE + "}");
            out.add("{\"kind\":\"query\",\"name\":\"k" + ending + "\"," + VALUE + "}");
        }
        out.add("{\"kind\":\"bearer\",\"value\":\"\"}");
        out.add("{\"kind\":\"bearer\",\"value\":\"" + "hunter2".repeat(1_200) + "\"}");
        out.add("{\"kind\":\"bearer\",\"value\":[\"" + SECRET + "\"]}");
        out.add("{\"kind\":\"bearer\"}");
        out.add("{\"kind\":\"bearer\"," + VALUE + ",\"user\":\"ada\"}");
        out.add("{\"kind\":\"none\"," + VALUE + "}");
        out.add("{\"kind\":\"basic\",\"user\":\"\"," + VALUE + "}");
        out.add("{\"kind\":\"basic\"," + VALUE + "}");
        out.add("{\"kind\":\"header\",\"name\":\"X Y\"," + VALUE + "}");
        out.add("{\"kind\":\"header\",\"name\":\"X:\"," + VALUE + "}");
        out.add("{\"kind\":\"header\",\"name\":\"" + "x".repeat(101) + "\"," + VALUE + "}");
        out.add("{\"kind\":\"query\"," + VALUE + "}");
        out.add("{\"kind\":\"client_credentials\",\"client_id\":\"d\"," + VALUE + "}");
        return out;
    }

    @Test
    void fields_that_frame_or_route_a_request_carry_no_credential() {
        for (String name :
                List.of("Host", "content-length", "Transfer-Encoding", "TE", "upgrade")) {
            refusal("{\"kind\":\"header\",\"name\":\"" + name + "\"," + VALUE + "}");
        }
    }

    @Test
    void a_user_name_with_a_colon_is_refused() {
        // RFC 7617, section 2: what follows the first colon is the password.
        assertTrue(
                refusal("{\"kind\":\"basic\",\"user\":\"ada:x\"," + VALUE + "}")
                        .contains("`user`"));
    }

    @Test
    void a_scope_is_text_of_printable_ascii() {
        String head =
                "{\"kind\":\"client_credentials\",\"token_url\":\"https://id.example/\",\"client_id\":\"d\","
                        + VALUE
                        + ",\"scope\":";
        assertTrue(refusal(head + "\"a\\r\\nb\"}").contains("`scope`"));
        assertTrue(refusal(head + "\"" + "s".repeat(2_049) + "\"}").contains("`scope`"));
        assertTrue(refusal(head + "7}").contains("`scope`"));
        assertEquals("client_credentials", read(head + "null}").kind());
    }

    @Test
    void the_longest_credential_can_be_sealed_and_one_that_cannot_is_refused() {
        read("{\"kind\":\"bearer\",\"value\":\"" + "x".repeat(8_192) + "\"}");

        String escaped = "\\\\".repeat(8_192);
        read("{\"kind\":\"bearer\",\"value\":\"" + escaped + "\"}");
        assertTrue(
                refusal("{\"kind\":\"bearer\",\"value\":\"" + "x".repeat(8_193) + "\"}")
                        .contains("8192"));
    }
}
