package dev.daypass.issuer;

import dev.daypass.http.Problem;
import dev.daypass.http.Response;
import dev.daypass.users.UserCheck;

/// What an agent is told whose user's token opened nothing.
final class UserAnswers {
    private static final String STEP = "authenticate";

    private UserAnswers() {}

    static Problem problem(UserCheck.Failed failed) {
        return switch (failed) {
            case UserCheck.Malformed(var why) ->
                    Problem.malformed("`on_behalf_of`: " + why).at(STEP);
            case UserCheck.Refused(var why, var next) ->
                    Problem.of("user-not-accepted", "User's token not accepted", 403, why)
                            .at(STEP)
                            .next(next);
            case UserCheck.Unavailable(var why) -> Problem.unavailable(why).at(STEP);
        };
    }

    /// The same for OAuth clients (RFC 9396, section 5).
    static Response oauth(UserCheck.Failed failed) {
        return switch (failed) {
            case UserCheck.Malformed _, UserCheck.Refused _ ->
                    OAuthErrors.of(400, "invalid_authorization_details", failed.why());
            case UserCheck.Unavailable(var why) ->
                    OAuthErrors.of(503, "temporarily_unavailable", why).with("retry-after", "1");
        };
    }
}
