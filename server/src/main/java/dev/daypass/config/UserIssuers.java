package dev.daypass.config;

import dev.daypass.identity.InvalidName;
import dev.daypass.identity.UserId;
import dev.daypass.permission.Ceiling;
import dev.daypass.wire.WireException;
import dev.daypass.wire.Yaml;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the list `users` of the configuration file. The files that it names are read with it, so
/// that what is wrong in them is found at the start.
final class UserIssuers {
    static final int ISSUERS_MAX = 16;
    static final int GROUPS_MAX = 200;
    static final int CLIENTS_MAX = 50;

    private static final String GROUPS_CLAIM = "groups";
    private static final Pattern NAME = Pattern.compile("[!-~](?:[ -~]{0,253}[!-~])?");
    private static final String NAME_EXPECTED = "1 to 255 printable ascii characters";

    private UserIssuers() {}

    /// @throws WireException with line and column of what is wrong
    static List<UserIssuer> read(@Nullable Yaml list) {
        if (list == null) {
            return List.of();
        }
        List<Yaml> items = list.items();
        if (items.size() > ISSUERS_MAX) {
            throw list.error("has %d issuers; permitted: %d".formatted(items.size(), ISSUERS_MAX));
        }
        var out = new ArrayList<UserIssuer>();
        for (Yaml item : items) {
            UserIssuer read = issuer(item);
            if (out.stream().anyMatch(known -> known.issuer().equals(read.issuer()))) {
                throw item.require("issuer").error("is there twice; give each issuer one entry");
            }
            out.add(read);
        }
        return List.copyOf(out);
    }

    private static UserIssuer issuer(Yaml item) {
        Yaml issuer = item.require("issuer");
        Yaml clients = item.get("clients");
        Yaml claim = item.get("groups_claim");
        Yaml events = item.get("events_audience");
        var read =
                new UserIssuer(
                        named(issuer),
                        name(item.require("audience")),
                        keys(item),
                        clients == null ? Set.of() : clients(clients),
                        claim == null ? GROUPS_CLAIM : name(claim),
                        grants(item.require("grants")),
                        events == null ? null : name(events));
        item.end();
        return read;
    }

    private static String named(Yaml issuer) {
        try {
            return new UserId(issuer.string(), "any").issuer();
        } catch (InvalidName _) {
            throw issuer.error(
                    "is no issuer; expected what its tokens have as `iss`, such as https://login.example");
        }
    }

    private static String name(Yaml name) {
        if (!NAME.matcher(name.string()).matches()) {
            throw name.error("is not right; expected " + NAME_EXPECTED);
        }
        return name.string();
    }

    private static Set<String> clients(Yaml list) {
        List<Yaml> items = list.items();
        if (items.isEmpty() || items.size() > CLIENTS_MAX) {
            throw list.error(
                    "has %d clients; permitted: 1 to %d".formatted(items.size(), CLIENTS_MAX));
        }
        return Set.copyOf(items.stream().map(UserIssuers::name).distinct().toList());
    }

    private static UserIssuer.Keys keys(Yaml item) {
        Yaml file = item.get("jwks_file");
        Yaml url = item.get("jwks_url");
        Yaml allowPrivate = item.get("allow_private");
        if (file != null && url != null) {
            throw url.error("stands beside `jwks_file`; give one of them");
        }
        if (file != null) {
            if (allowPrivate != null) {
                throw allowPrivate.error("means nothing beside `jwks_file`; leave it out");
            }
            return new UserIssuer.Keys.InFile(file.string(), text(file, "a jwk set"));
        }
        if (url == null) {
            throw item.error("needs `jwks_file` or `jwks_url`, where the issuer's keys are");
        }
        return new UserIssuer.Keys.At(address(url), allowPrivate != null && allowPrivate.bool());
    }

    /// Whoever can change the keys on their way can make users: https, or no way at all.
    private static URI address(Yaml url) {
        try {
            URI uri = new URI(url.string()).parseServerAuthority();
            String host = uri.getHost() == null ? "" : uri.getHost().replaceAll("[\\[\\]]", "");
            boolean safe =
                    "https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme()) && Hosts.isLoopback(host));
            if (safe
                    && !host.isEmpty()
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // reported below
        }
        throw url.error(
                "is no address for keys; expected an https URL without user and fragment, such as https://login.example/jwks; http only on loopback");
    }

    private static SequencedMap<String, Ceiling> grants(Yaml mapping) {
        var out = new LinkedHashMap<String, Ceiling>();
        mapping.entries()
                .forEach((group, file) -> {
                    if (!NAME.matcher(group).matches()) {
                        throw file.error(
                                "is for a group without a name; expected "
                                        + NAME_EXPECTED
                                        + ", or * for every user");
                    }
                    out.put(group, ceiling(file));
                });
        if (out.isEmpty() || out.size() > GROUPS_MAX) {
            throw mapping.error(
                    "has %d groups; permitted: 1 to %d".formatted(out.size(), GROUPS_MAX));
        }
        return out;
    }

    private static Ceiling ceiling(Yaml file) {
        String text = text(file, "a ceiling");
        try {
            return Ceiling.parse(file.string(), text);
        } catch (WireException e) {
            throw file.error("is no ceiling: " + e.getMessage());
        }
    }

    private static String text(Yaml file, String kind) {
        try {
            return ConfigFile.text(Path.of(file.string()), kind);
        } catch (java.nio.file.InvalidPathException _) {
            throw file.error("is not a file's name");
        } catch (WireException e) {
            throw file.error("names a file that is of no use: " + e.getMessage());
        }
    }
}
