package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Code that calls services by their own names, through the run's proxy.
class RunProxyTest extends WithRuns {
    @Test
    void code_that_calls_a_service_by_its_own_name_is_led_to_the_edge_and_all_else_refused() {
        // Nobody listens there: that the edge says so shows that it was asked.
        Lab.register(here, "shop", "https://127.0.0.1:9/v2");

        RunProcess process =
                run(
                        "curl -s --noproxy '' https://127.0.0.1:9/v2/a; echo; curl -s --noproxy '' -o /dev/null -w '%{http_connect}\\n' https://127.0.0.1:10/; curl -s --noproxy '' -o /dev/null -w '%{http_connect}\\n' -x \"${HTTPS_PROXY%%//*}//run:guess@${HTTPS_PROXY##*@}\" https://127.0.0.1:9/v2/a",
                        LONG, "--service=shop", "--proxy");

        assertEquals("forward", JsonFields.of(Json.parse(process.line())).string("step"));
        assertEquals("403", process.line());
        assertEquals("407", process.line());
        process.rest();
        process.status();
    }

    @Test
    void a_client_that_begins_with_tls_before_it_is_told_to_is_understood() {
        Lab.register(here, "shop", "https://127.0.0.1:9/v2");

        RunProcess process =
                run(
                        "python3 %s https://127.0.0.1:9/v2/a"
                                .formatted(RunProcess.script("eager_tls.py")),
                        LONG,
                        "--service=shop",
                        "--proxy");

        assertEquals("HTTP/1.1 502 Bad Gateway", process.line(), process.said());
        assertEquals(0, process.status(), process.said());
    }

    @Test
    void a_service_without_tls_is_called_by_its_own_name_and_gets_its_key() {
        RunProcess process =
                run("curl -s --noproxy '' %s/a; echo".formatted(upstream.url()), LONG, "--proxy");

        assertEquals("fine", process.line());
        assertEquals(0, process.status(), process.said());
        assertEquals("Bearer " + Lab.KEY, calls().getFirst().field("authorization"));
    }

    @Test
    void where_others_are_passed_on_tunnels_go_to_them_untouched_and_nothing_else_does() {
        try (Upstream stranger = Upstream.start(Upstream::fine)) {
            String tls =
                    "https://127.0.0.1:%d/.well-known/oauth-authorization-server"
                            .formatted(here.port());
            RunProcess process =
                    run(
                            "curl -s --noproxy '' --cacert %1$s %2$s -o /dev/null -w '%%{http_connect} %%{http_code}\\n'; curl -s -p --noproxy '' -H 'Authorization: its own' %3$s/x; echo; curl -s --noproxy '' -o /dev/null -w '%%{http_code}\\n' %3$s/y"
                                    .formatted(
                                            here.identity("agent").resolve("ca.pem"),
                                            tls,
                                            stranger.url()),
                            LONG,
                            "--proxy=pass");

            assertEquals("200 200", process.line(), "a stranger's own TLS, seen by nobody");
            assertEquals("fine", process.line());
            assertEquals("403", process.line(), "without a tunnel");
            assertEquals(0, process.status(), process.said());
            assertEquals(
                    List.of("GET /x HTTP/1.1"),
                    stranger.received().stream().map(c -> c.line()).toList());
            assertEquals("its own", stranger.last().field("authorization"));
        }
    }

    @Test
    void a_stranger_who_is_not_there_is_told_as_such() {
        RunProcess process =
                run(
                        "curl -s --noproxy '' -o /dev/null -w '%{http_connect}\\n' https://127.0.0.1:9/",
                        LONG, "--proxy=pass");

        assertEquals("502", process.line());
        process.status();
    }

    @Test
    void a_program_that_knows_no_proxy_reaches_a_service_as_anybody_does_without_a_key() {
        RunProcess process =
                run("curl -s --noproxy '*' %s/a; echo".formatted(upstream.url()), LONG, "--proxy");

        assertEquals("fine", process.line());
        assertEquals(0, process.status(), process.said());
        assertEquals("", calls().getFirst().field("authorization"));
    }
}
