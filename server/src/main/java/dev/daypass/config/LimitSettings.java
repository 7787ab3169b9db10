package dev.daypass.config;

import java.time.Duration;

/// What protects the edge and the services behind it from too much at once, and from those who take
/// their time.
///
/// @param accountCalls calls of one account that may be under way at once, 1 to 1 000 000
/// @param agentCalls calls of all accounts of one agent, likewise; at least `accountCalls`
/// @param serviceCalls calls to one service, likewise
/// @param pace how long the other side may take for its part
/// @param resumption how long a TLS session may be resumed, 0 s to 1 h
/// @param answerBytesMax bytes of an answer, 1 to 1 PiB
/// @param messageBytesMax bytes of one WebSocket message, 1 to 16 MiB
/// @param breaker when a service is left alone
/// @param drainTimeout how long a server that stops waits for calls under way, 10 ms to 1 h
public record LimitSettings(
        int accountCalls,
        int agentCalls,
        int serviceCalls,
        Pace pace,
        Duration resumption,
        long answerBytesMax,
        int messageBytesMax,
        Breaker breaker,
        Duration drainTimeout) {
    public LimitSettings {
        LimitKeys.ACCOUNT_CALLS.require(accountCalls);
        LimitKeys.AGENT_CALLS.require(agentCalls);
        LimitKeys.SERVICE_CALLS.require(serviceCalls);
        LimitKeys.RESUMPTION.require(resumption);
        LimitKeys.ANSWER_BYTES_MAX.require(answerBytesMax);
        LimitKeys.MESSAGE_BYTES_MAX.require(messageBytesMax);
        LimitKeys.DRAIN_TIMEOUT.require(drainTimeout);
        if (accountCalls > agentCalls) {
            throw InvalidConfig.contradiction(
                    LimitKeys.ACCOUNT_CALLS.path(),
                    LimitKeys.AGENT_CALLS.path(),
                    "`%s` is %d; expected at most `%s`, which is %d"
                            .formatted(
                                    LimitKeys.ACCOUNT_CALLS.path(),
                                    accountCalls,
                                    LimitKeys.AGENT_CALLS.path(),
                                    agentCalls));
        }
    }

    /// How long an agent may take, each 10 ms to 1 h.
    ///
    /// @param handshakeTimeout from the connection to the end of its TLS handshake
    /// @param headTimeout from the first byte of a head to its last
    /// @param bodyTimeout a body brings at least 1 KiB, or its end, in each such time
    /// @param readerTimeout a reader whose buffers are full takes some out of them
    public record Pace(
            Duration handshakeTimeout,
            Duration headTimeout,
            Duration bodyTimeout,
            Duration readerTimeout) {
        public Pace {
            LimitKeys.HANDSHAKE_TIMEOUT.require(handshakeTimeout);
            LimitKeys.HEAD_TIMEOUT.require(headTimeout);
            LimitKeys.BODY_TIMEOUT.require(bodyTimeout);
            LimitKeys.READER_TIMEOUT.require(readerTimeout);
        }
    }

    /// When a service is left alone that cannot be connected to.
    ///
    /// @param failuresMax failures in a row until then, 1 to 1 000
    /// @param rest until one call tries it again, 10 ms to 1 h
    public record Breaker(int failuresMax, Duration rest) {
        public Breaker {
            LimitKeys.BREAKER_FAILURES.require(failuresMax);
            LimitKeys.BREAKER_REST.require(rest);
        }
    }

    static LimitSettings from(Settings from) {
        return new LimitSettings(
                from.get(LimitKeys.ACCOUNT_CALLS),
                from.get(LimitKeys.AGENT_CALLS),
                from.get(LimitKeys.SERVICE_CALLS),
                new Pace(
                        from.get(LimitKeys.HANDSHAKE_TIMEOUT),
                        from.get(LimitKeys.HEAD_TIMEOUT),
                        from.get(LimitKeys.BODY_TIMEOUT),
                        from.get(LimitKeys.READER_TIMEOUT)),
                from.get(LimitKeys.RESUMPTION),
                from.get(LimitKeys.ANSWER_BYTES_MAX),
                from.get(LimitKeys.MESSAGE_BYTES_MAX),
                new Breaker(from.get(LimitKeys.BREAKER_FAILURES), from.get(LimitKeys.BREAKER_REST)),
                from.get(LimitKeys.DRAIN_TIMEOUT));
    }
}
