package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.account.OnBehalf;
import dev.daypass.identity.SpiffeId;
import dev.daypass.permission.Leaf;
import dev.daypass.policy.AccountFacts;
import dev.daypass.policy.AgentFacts;
import dev.daypass.policy.GrantLeaf;
import dev.daypass.policy.PolicyInput;
import dev.daypass.policy.RequestFacts;
import dev.daypass.policy.Stage;
import java.time.Instant;
import java.util.List;

/// What rules on openings look at.
final class OpeningInput {
    private OpeningInput() {}

    /// @param leaves the grant that they see
    static PolicyInput of(
            OpeningLine.Bounded bounded, List<Leaf> leaves, String trustDomain, Instant now) {
        OpeningLine.Asked asked = bounded.known().asked();
        OpenRequest request = asked.request();
        Account widened = asked.widened();
        OnBehalf onBehalf = asked.onBehalf();
        OpenRequest.Claimant claimant = request.claimant();
        return new PolicyInput(
                Stage.OPEN,
                new AgentFacts(
                        claimant.agent().value(),
                        new SpiffeId(trustDomain, claimant.agent()).uri()),
                new AccountFacts(
                        widened == null ? "" : widened.id().value(),
                        request.task(),
                        bounded.understood().admitted().ttl(),
                        request.calls(),
                        null,
                        leaves.stream().map(OpeningInput::leaf).toList(),
                        onBehalf == null ? null : onBehalf.user()),
                new RequestFacts(
                        claimant.ip(),
                        now,
                        "POST",
                        widened == null
                                ? "/v1/accounts"
                                : "/v1/accounts/%s/widen".formatted(widened.id())));
    }

    private static GrantLeaf leaf(Leaf leaf) {
        return new GrantLeaf(
                leaf.permission().operation().service().value(),
                leaf.permission().operation().name(),
                leaf.permission().method().name(),
                leaf.permission().path().toString(),
                leaf.traits());
    }
}
