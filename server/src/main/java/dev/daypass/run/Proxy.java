package dev.daypass.run;

import dev.daypass.authority.Pem;
import dev.daypass.authority.RunAuthority;
import dev.daypass.authority.ServerCredential;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The proxy for programs that call services by their own names (RFC 9110, section 9.3.6): what is
/// for a service of the account goes to the edge, under a certificate that only this program
/// trusts; everything else is refused, or passed on as it is.
final class Proxy {
    private static final int CONNECT_MILLIS = 10_000;
    private static final String USER = "run";

    private final RunSecret secret;
    private final Origins origins;
    private final RunAuthority authority;
    private final boolean passOthers;
    private final Map<String, SSLContext> contexts = new ConcurrentHashMap<>();

    Proxy(RunSecret secret, Origins origins, RunAuthority authority, boolean passOthers) {
        this.secret = secret;
        this.origins = origins;
        this.authority = authority;
        this.passOthers = passOthers;
    }

    /// What the program is told to use.
    String url(int port) {
        return "http://%s:%s@127.0.0.1:%d".formatted(USER, secret.reveal(), port);
    }

    String pem() {
        return authority.pem();
    }

    /// What goes on within a tunnel.
    @FunctionalInterface
    interface Inside {
        void serve(Wire wire, LocalRequest.Reader reader) throws IOException;
    }

    static boolean concerns(Head head) {
        String[] words = head.start().split(" ", -1);
        return words.length > 1 && (words[0].equals("CONNECT") || words[1].startsWith("http://"));
    }

    private boolean permitted(Head head) {
        String shown = head.first("proxy-authorization").orElse("");
        if (!shown.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            String pair =
                    new String(
                            Base64.getDecoder().decode(shown.substring(6).strip()),
                            StandardCharsets.UTF_8);
            return pair.startsWith(USER + ":") && secret.is(pair.substring(USER.length() + 1));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Answers.Local stranger() {
        return Answers.problem(
                407,
                "not-permitted",
                "only the program that daypass run started is served here",
                "use the proxy in its environment");
    }

    static boolean isTunnel(Head head) {
        return head.start().startsWith("CONNECT ");
    }

    /// Opens a tunnel, and serves what goes on within.
    ///
    /// @return `null` where it was served, else why not
    Answers.@Nullable Local tunnel(Head head, Wire program, Inside inside) throws IOException {
        return permitted(head)
                ? tunnel(head.start().split(" ", -1)[1], program, inside)
                : stranger();
    }

    /// Reads a request for a service that is called without TLS.
    LocalRequest.Read read(Head head) {
        if (!permitted(head)) {
            return new LocalRequest.Read.Refused(stranger());
        }
        String target = head.start().split(" ", -1)[1];
        URI uri;
        try {
            uri = URI.create(target);
        } catch (IllegalArgumentException _) {
            return new LocalRequest.Read.Refused(
                    Answers.problem(400, "malformed-request", "not a URL", "send another"));
        }
        Origins.Service service =
                uri.getHost() == null ? null : origins.at("http", uri.getHost(), uri.getPort());
        if (service == null) {
            return new LocalRequest.Read.Refused(refused(String.valueOf(uri.getRawAuthority())));
        }
        String origin = "http://" + uri.getRawAuthority();
        String path = target.substring(origin.length());
        Head inOriginForm =
                head.starting(
                        head.start().replace(target, path.startsWith("/") ? path : "/" + path));
        return LocalRequest.within(inOriginForm, service, origin, secret);
    }

    private Answers.@Nullable Local tunnel(String authority, Wire program, Inside inside)
            throws IOException {
        int colon = authority.lastIndexOf(':');
        String port = authority.substring(colon + 1);
        if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            return Answers.problem(400, "malformed-request", "no host and port", "name both");
        }
        String host = authority.substring(0, colon).toLowerCase(Locale.ROOT);
        Origins.Service service = origins.at("https", host, Integer.parseInt(port));
        if (service == null) {
            return passOthers ? passed(host, Integer.parseInt(port), program) : refused(authority);
        }
        established(program);
        // Some begin with TLS before they are told that they may.
        var begun = new ByteArrayInputStream(program.unread());
        if (context(host).getSocketFactory().createSocket(program.socket(), begun, true)
                instanceof SSLSocket secure) {
            secure.setUseClientMode(false);
            secure.startHandshake();
            inside.serve(
                    new Wire(secure),
                    one ->
                            LocalRequest.within(
                                    one,
                                    service,
                                    "https://" + authority.replaceFirst(":443$", ""),
                                    secret));
        }
        return null;
    }

    private static Answers.Local refused(String where) {
        return Answers.problem(
                403,
                "not-permitted",
                "`%s` is no service of this run's account".formatted(where),
                "let an operator register it, or start the run with --proxy=pass");
    }

    private static void established(Wire program) throws IOException {
        program.send(new Head("HTTP/1.1 200 -", List.of()));
        program.out().flush();
    }

    private Answers.@Nullable Local passed(String host, int port, Wire program) throws IOException {
        try (var other = new Socket()) {
            other.connect(
                    new InetSocketAddress(host.replaceAll("^\\[|]$", ""), port), CONNECT_MILLIS);
            established(program);
            Tunnel.between(program, new Wire(other));
            return null;
        } catch (IOException e) {
            return Answers.problem(
                    502,
                    "unavailable",
                    "`%s` cannot be reached: %s".formatted(host, e.getMessage()),
                    "try again shortly");
        }
    }

    private SSLContext context(String host) {
        return contexts.computeIfAbsent(host, name -> context(authority.issue(name)));
    }

    private static SSLContext context(ServerCredential credential) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, new char[0]);
            keys.setKeyEntry(
                    "own",
                    credential.key(),
                    new char[0],
                    Pem.certificates(credential.chainPem()).toArray(new Certificate[0]));
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java serves TLS", e);
        }
    }
}
