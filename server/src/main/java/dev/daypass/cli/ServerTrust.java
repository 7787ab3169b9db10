package dev.daypass.cli;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trusts servers that one authority names: the path by PKIX (RFC 5280, section 6), the name
/// exactly, for wildcards are not issued here (RFC 9525, section 6.3). It always asks for the name,
/// whatever the connection says of that. The JDK's manager, which does the same with wildcards,
/// reads all authorities of the world before the first comparison.
final class ServerTrust extends X509ExtendedTrustManager {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1"; // RFC 5280, section 4.2.1.12
    private static final int DNS = 2;
    private static final int ADDRESS = 7;
    private static final int DIGITAL_SIGNATURE = 0;

    private final X509Certificate authority;

    ServerTrust(X509Certificate authority) {
        this.authority = authority;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getHandshakeSession());
    }

    private void check(X509Certificate[] chain, @Nullable SSLSession session)
            throws CertificateException {
        String host = session == null ? null : session.getPeerHost();
        if (host == null) {
            throw new CertificateException("it is not known which server was meant");
        }
        requireIssued(chain);
        requireServer(chain[0]);
        requireNamed(chain[0], host);
    }

    private void requireIssued(X509Certificate[] chain) throws CertificateException {
        // A server sends its authority along, which is no part of the path.
        List<X509Certificate> path =
                Arrays.stream(chain).filter(each -> !each.equals(authority)).toList();
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false); // there are no lists to look into
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path),
                            parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(
                    "the server's certificate is not good for this authority: " + e.getMessage(),
                    e);
        }
    }

    private static void requireServer(X509Certificate server) throws CertificateException {
        boolean[] usage = server.getKeyUsage();
        List<String> purposes = server.getExtendedKeyUsage();
        if (server.getBasicConstraints() >= 0
                || (usage != null && !usage[DIGITAL_SIGNATURE])
                || purposes == null
                || !purposes.contains(SERVER_AUTH)) {
            throw new CertificateException("the certificate there is not a server's");
        }
    }

    private static void requireNamed(X509Certificate server, String host)
            throws CertificateException {
        String bare = host.replaceAll("^\\[|]$", "");
        boolean address = bare.contains(":") || bare.matches("[0-9.]+");
        String wanted = address ? canonical(bare) : bare.toLowerCase(Locale.ROOT);
        for (List<?> name : names(server)) {
            if (name.get(0).equals(address ? ADDRESS : DNS)
                    && name.get(1) instanceof String said
                    && wanted.equals(address ? canonical(said) : said.toLowerCase(Locale.ROOT))) {
                return;
            }
        }
        throw new CertificateException("the server's certificate does not name `" + host + "`");
    }

    private static Collection<List<?>> names(X509Certificate server)
            throws CertificateParsingException {
        Collection<List<?>> names = server.getSubjectAlternativeNames();
        return names == null ? List.of() : names;
    }

    /// An address in one way of writing it; nothing is looked up.
    private static String canonical(String address) throws CertificateException {
        try {
            return java.net.InetAddress.ofLiteral(address).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw new CertificateException("`" + address + "` is no address", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("it is not known which server was meant");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {authority};
    }
}
