package dev.daypass.users;

import dev.daypass.account.OnBehalf;
import dev.daypass.config.UserIssuer;
import dev.daypass.permission.Ceiling;
import dev.daypass.permission.UserCeiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What users may hand on, by today's configuration. Immutable.
public final class UserGrants {
    private final Map<String, UserIssuer> issuers;

    public UserGrants(List<UserIssuer> issuers) {
        this.issuers =
                issuers.stream().collect(Collectors.toMap(UserIssuer::issuer, Function.identity()));
    }

    /// The ceilings of a user's groups, in the order of the configuration. A user whose issuer is
    /// not believed any more has none, whatever an account says of them.
    public UserCeiling of(OnBehalf onBehalf) {
        UserIssuer issuer = issuers.get(onBehalf.user().issuer());
        var ceilings = new ArrayList<Ceiling>();
        if (issuer != null) {
            issuer.grants()
                    .forEach((group, ceiling) -> {
                        if (group.equals(UserIssuer.EVERYONE)
                                || onBehalf.groups().contains(group)) {
                            ceilings.add(ceiling);
                        }
                    });
        }
        return new UserCeiling(onBehalf.user(), ceilings);
    }
}
