package dev.daypass.identity;

import java.util.regex.Pattern;

/// A user of an organisation, as the issuer of their token names them (RFC 7519, sections 4.1.1 and
/// 4.1.2). A subject means something only together with its issuer.
///
/// @param issuer `iss`: 1 to 255 printable ASCII characters without space
/// @param subject `sub`: 1 to 255 printable ASCII characters, the first and the last no space
public record UserId(String issuer, String subject) {
    private static final Pattern ISSUER = Pattern.compile("[!-~]{1,255}");
    private static final Pattern SUBJECT = Pattern.compile("[!-~](?:[ -~]{0,253}[!-~])?");

    public UserId {
        if (!ISSUER.matcher(issuer).matches()) {
            throw new InvalidName("issuer of a user is not 1 to 255 printable ascii characters");
        }
        if (!SUBJECT.matcher(subject).matches()) {
            throw new InvalidName("subject of a user is not 1 to 255 printable ascii characters");
        }
    }

    @Override
    public String toString() {
        return subject + " of " + issuer;
    }
}
