package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/// Threat 1, where connections are resumed: whose key was proved stays with the session.
///
/// Mutation: `Peers.certificate` takes a session without a certificate for the last one seen.
class Row01ResumptionTest extends WithToken {
    private boolean resumed;

    /// A call on a new connection; agents of the JDK keep their sessions with their context.
    private Wire.Reply called(SSLContext tls) {
        try (Wire wire = Wire.to(here.port(), tls)) {
            Wire.Reply reply =
                    wire.ask(
                            "GET /lab/x HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                                    .formatted(account.bearer()));
            resumed = wire.session().getValue("known") != null;
            wire.session().putValue("known", "yes");
            return reply;
        }
    }

    private static SSLContext tls(Agent agent) {
        return agent.tls();
    }

    @Test
    void an_agent_that_comes_back_is_still_who_it_was() {
        SSLContext tls = tls(owner);

        assertEquals(200, called(tls).status());
        assertFalse(resumed);
        assertEquals(200, called(tls).status());
        assertTrue(resumed);
    }

    @Test
    void another_agents_resumed_session_does_not_carry_the_token() {
        SSLContext tls = tls(here.agent("resuming-thief"));

        for (boolean again : List.of(false, true)) {
            Wire.Reply reply = called(tls);
            assertEquals(again, resumed);
            assertEquals(401, reply.status());
            assertTrue(reply.body().contains("\"step\":\"verify\""), reply.body());
        }
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void a_session_without_a_certificate_stays_without_one() {
        SSLContext tls = Tls.anonymous(owner.authority());

        for (boolean again : List.of(false, true)) {
            Wire.Reply reply = called(tls);
            assertEquals(again, resumed);
            assertEquals(401, reply.status());
            assertTrue(reply.body().contains("\"step\":\"authenticate\""), reply.body());
        }
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void a_resumed_session_is_worth_nothing_after_the_accounts_end() {
        SSLContext tls = tls(owner);
        assertEquals(200, called(tls).status());
        assertEquals(
                200, owner.send("POST", "/v1/accounts/" + account.id() + "/complete").status());

        Wire.Reply reply = called(tls);

        assertTrue(resumed);
        assertEquals(401, reply.status());
        assertTrue(reply.body().contains("\"step\":\"fresh\""), reply.body());
    }
}
