package dev.daypass.catalog;

import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Loads a document from a file or from an `https` or `http` address: at most 64 MiB, at most 30 s
/// in all, at most 5 redirects and none to another host, port or weaker scheme; no proxy, no
/// credentials.
///
/// Addresses that are not public (this host, this link, this site, cloud metadata) are refused
/// unless [#allowingPrivateAddresses()] was asked for. All addresses of the name are checked. The
/// JDK's client looks the name up again, and cannot be given the checked address without breaking
/// TLS; what answers that second look-up is the JVM's own cache, which keeps a name for 30 s by
/// default. With that cache turned off nothing is fetched. What is fetched is only ever read as a
/// document, never shown.
public final class Fetch {
    private static final Duration TIME_MAX = Duration.ofSeconds(30);
    private static final int REDIRECTS_MAX = 5;

    private final int bytesMax;
    private final Duration timeMax;
    private final boolean privateAddresses;

    Fetch(int bytesMax, Duration timeMax, boolean privateAddresses) {
        this.bytesMax = bytesMax;
        this.timeMax = timeMax;
        this.privateAddresses = privateAddresses;
    }

    /// From public addresses only.
    public static Fetch fromPublicAddresses() {
        return new Fetch(DocumentTree.BYTES_MAX, TIME_MAX, false);
    }

    /// From anywhere, this host's own ports and a cloud's metadata service included.
    public static Fetch allowingPrivateAddresses() {
        return new Fetch(DocumentTree.BYTES_MAX, TIME_MAX, true);
    }

    /// The same for shorter documents.
    ///
    /// @param bytes at most so many
    /// @param time at most so long in all
    public Fetch upTo(int bytes, Duration time) {
        return new Fetch(Math.min(bytes, bytesMax), time, privateAddresses);
    }

    /// Loads what a user named: an address if it begins with `https://` or `http://`, else a file.
    ///
    /// @throws WireException if it cannot be loaded, saying why
    public byte[] load(String where) {
        String lower = where.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://") || lower.startsWith("http://")) {
            try {
                return url(URI.create(where));
            } catch (IllegalArgumentException _) {
                throw new WireException("`%s` is not a url".formatted(shown(where)));
            }
        }
        try {
            return file(Path.of(where));
        } catch (java.nio.file.InvalidPathException _) {
            throw new WireException("`%s` is not a file's name".formatted(shown(where)));
        }
    }

    /// @throws WireException if there is no such regular file, or it is too long
    public byte[] file(Path path) {
        String name = shown(path.toString());
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new WireException("`%s` is not a regular file".formatted(name));
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(bytesMax + 1);
                if (bytes.length > bytesMax) {
                    throw tooLong(name);
                }
                return bytes;
            }
        } catch (NoSuchFileException _) {
            throw new WireException("there is no file `%s`".formatted(name));
        } catch (IOException _) {
            throw new WireException("file `%s` cannot be read".formatted(name));
        }
    }

    /// @throws WireException if the address is refused, does not answer 200 in time, or answers
    ///   with too much
    public byte[] url(URI url) {
        long deadline = System.nanoTime() + timeMax.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(timeMax)
                        .build()) {
            try {
                return follow(client, url, deadline);
            } finally {
                client.shutdownNow();
            }
        }
    }

    private byte[] follow(HttpClient client, URI first, long deadline) {
        URI at = first;
        for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            requireFetchable(at);
            HttpResponse<byte[]> answer = get(client, at, deadline);
            int status = answer.statusCode();
            if (status == 200) {
                return answer.body();
            }
            String location = answer.headers().firstValue("Location").orElse("");
            if (status < 301 || status > 308 || location.isEmpty()) {
                throw new WireException(
                        "`%s` answered %d; expected 200".formatted(shown(at), status));
            }
            at = redirected(at, location);
        }
        throw new WireException(
                "`%s` redirects more than %d times".formatted(shown(first), REDIRECTS_MAX));
    }

    private static URI redirected(URI from, String location) {
        URI to;
        try {
            to = from.resolve(URI.create(location));
        } catch (IllegalArgumentException _) {
            throw new WireException("`%s` redirects to no url".formatted(shown(from)));
        }
        boolean stays =
                from.getHost().equalsIgnoreCase(to.getHost())
                        && from.getScheme().equalsIgnoreCase(to.getScheme())
                        && from.getPort() == to.getPort();
        if (!stays) {
            throw new WireException(
                    "`%s` redirects to `%s`; only the same scheme, host and port is followed"
                            .formatted(shown(from), shown(to)));
        }
        return to;
    }

    /// Whether an address may be asked at all.
    ///
    /// @throws WireException saying why not
    public void requireFetchable(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
            throw new WireException(
                    "`%s` cannot be fetched; expected https://host/path without user or password"
                            .formatted(shown(url)));
        }
        if (PublicAddress.ambiguous(url.getHost())) {
            throw new WireException(
                    "`%s`: an IPv4 address is written as four decimal numbers"
                            .formatted(shown(url)));
        }
        if (!privateAddresses) {
            requireNameCache();
            requirePublic(url.getHost());
        }
    }

    private static void requireNameCache() {
        if ("0".equals(Security.getProperty("networkaddress.cache.ttl"))) {
            throw new WireException(
                    "nothing is fetched while `networkaddress.cache.ttl` is 0: a name could change between check and use");
        }
    }

    private static void requirePublic(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!PublicAddress.is(address)) {
                    throw new WireException(
                            "`%s` is at %s, which is not a public address; allow private addresses to fetch from there"
                                    .formatted(shown(host), address.getHostAddress()));
                }
            }
        } catch (UnknownHostException _) {
            throw new WireException("host `%s` is not known".formatted(shown(host)));
        }
    }

    // `HttpRequest.timeout` ends with the headers; the deadline here covers the body too.
    private HttpResponse<byte[]> get(HttpClient client, URI url, long deadline) {
        HttpRequest request = HttpRequest.newBuilder(url).GET().build();
        var answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax));
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new WireException(
                    "`%s` did not answer in %d s".formatted(shown(url), timeMax.toSeconds()));
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new WireException("fetching `%s` was interrupted".formatted(shown(url)));
        } catch (ExecutionException e) {
            throw failed(url, e.getCause());
        }
    }

    private static WireException failed(URI url, @Nullable Throwable cause) {
        String why = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
        String kind = cause == null ? "" : cause.getClass().getSimpleName();
        return new WireException(
                "`%s` cannot be fetched: %s"
                        .formatted(shown(url), PlainText.clip(why.isEmpty() ? kind : why, 200)));
    }

    private WireException tooLong(String name) {
        return new WireException("`%s` is longer than %d bytes".formatted(name, bytesMax));
    }

    private static String shown(Object where) {
        return PlainText.clip(where.toString().replaceAll("//[^/@]*@", "//…@"), 200);
    }
}
