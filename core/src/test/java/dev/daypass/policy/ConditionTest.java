package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private final Sample sample = Sample.opening().grant(List.of(Sample.SEARCH, Sample.PAY));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent.name == 'buybot'",
                "agent.spiffe_id.startsWith('spiffe://example.org/')",
                "account.id == 'acc_1'",
                "account.task.contains('flight')",
                "account.ttl == duration('10m')",
                "account.ttl == duration('600s')",
                "account.ttl < duration('10m1ms')",
                "account.calls == 100",
                "size(account.grant) == 2",
                "account.grant.size() == 2",
                "account.grant[0].service == 'flights'",
                "account.grant[0].operation == 'searchOffers'",
                "account.grant[1].method == 'POST'",
                "account.grant[1].path == '/payments'",
                "account.grant[1].traits == ['write', 'money']",
                "account.grant.exists(g, 'money' in g.traits)",
                "!account.grant.all(g, 'read' in g.traits)",
                "account.grant.exists_one(g, g.method == 'GET')",
                "size(account.grant.filter(g, 'write' in g.traits)) == 1",
                "account.grant.map(g, g.service) == ['flights', 'shop']",
                "account.grant.exists(g, g.traits.exists(t, t == 'money'))",
                "account.grant.exists(g, g.path.matches('^/pay'))",
                "request.method in ['POST', 'PUT']",
                "request.path.endsWith('/accounts')",
                "request.path.matches('^/v[0-9]+/')",
                "matches(request.path, 'accounts')",
                "request.path == '/v1/' + 'accounts'",
                "request.time == timestamp('2026-11-24T11:00:00Z')",
                "request.time - timestamp('2026-11-24T10:00:00Z') == duration('1h')",
                "request.time.getHours() == 11",
                "request.time.getHours('UTC') == 11",
                "request.time.getHours('Europe/Berlin') == 12",
                "request.time.getHours('-09:30') == 1",
                "request.time.getDayOfWeek('Europe/Berlin') == 2",
                "has(account.ttl)",
                "{'buybot': duration('10m')}[agent.name] == account.ttl",
                "true || account.grant[9].path == ''",
                "account.calls > 99.5 ? true : false",
                "request.ip.in(['10.0.0.0/8'])",
                "request.ip . in  (['10.1.2.3'])",
                "['10.9.9.9'].exists(a, a.in(['10.0.0.0/8'])) && 'in' in ['in']",
            })
    void a_condition_holds(String condition) {
        assertTrue(sample.satisfies(condition));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent.name == 'Buybot'",
                "account.ttl > duration('10m')",
                "account.grant.all(g, g.method == 'GET')",
                "'admin' in account.grant[0].traits",
                "request.path.matches('^accounts')",
                "request.ip.in([])",
                "request.ip.in(['::/0'])",
                "request.ip == '10.0.0.0/8.in([])'",
            })
    void a_condition_does_not_hold(String condition) {
        assertFalse(sample.satisfies(condition));
    }

    @Test
    void a_duration_is_longer_than_an_hour_only_beyond_it() {
        String condition = "account.ttl > duration('1h')";
        assertFalse(sample.ttl(Duration.ofHours(1)).satisfies(condition));
        assertTrue(sample.ttl(Duration.ofHours(1).plusNanos(1)).satisfies(condition));
    }

    @Test
    void an_account_without_a_bound_is_over_every_limit() {
        assertTrue(sample.calls(null).satisfies("account.calls > 1000000000000"));
        assertTrue(sample.satisfies("account.uses > 1000000000000"));
        assertTrue(sample.calls(null).satisfies("account.calls * 1000 > account.calls"));
    }
}
