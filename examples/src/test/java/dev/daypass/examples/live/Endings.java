package dev.daypass.examples.live;

import java.nio.charset.StandardCharsets;

/// The ways in which a call may end.
enum Endings {
    ANSWERED {
        @Override
        void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account) {
            agent.call("GET", "/lab/x", account);
        }
    },
    NOT_PERMITTED {
        @Override
        void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account) {
            agent.call("DELETE", "/lab/x", account);
        }
    },
    SERVICE_HANGS_UP {
        @Override
        void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account) {
            upstream.follow((_, _, _) -> {
                throw new java.io.IOException("hangs up");
            });
            agent.call("GET", "/lab/x", account);
        }
    },
    SERVICE_TALKS_RUBBISH {
        @Override
        void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account) {
            upstream.follow((_, _, out) -> {
                out.write("no http at all\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            });
            agent.call("GET", "/lab/x", account);
        }
    },
    AGENT_GOES_WHILE_IT_WAITS {
        @Override
        void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account) {
            upstream.follow((_, in, _) -> in.read());
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                wire.send(head("GET", account, ""));
                Await.until("it is forwarded", () -> !upstream.received().isEmpty());
                wire.abort();
            }
        }
    },
    AGENT_GOES_IN_ITS_BODY {
        @Override
        void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account) {
            upstream.follow(Upstream::fine);
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                wire.send(head("POST", account, "Content-Length: 100\r\n") + "some");
                Await.until("it is forwarded", () -> !upstream.received().isEmpty());
                wire.abort();
            }
        }
    },
    BODY_IS_MALFORMED {
        @Override
        void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account) {
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                wire.ask(head("POST", account, "Transfer-Encoding: chunked\r\n") + "zz\r\n");
            }
        }
    },
    ACCOUNT_ENDS {
        @Override
        void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account) {
            upstream.follow((_, in, _) -> in.read());
            try (Wire wire = Wire.to(here.port(), agent.tls())) {
                wire.send(head("GET", account, ""));
                here.operator().send("DELETE", "/v1/accounts/" + account.id(), null);
                wire.reply();
            }
        }
    };

    abstract void run(Installation here, Upstream upstream, Agent agent, Agent.Opened account);

    private static String head(String method, Agent.Opened account, String fields) {
        return "%s /lab/x HTTP/1.1\r\nHost: edge\r\n%sAuthorization: %s\r\n\r\n"
                .formatted(method, fields, account.bearer());
    }
}
