package dev.daypass.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files of one run, in a directory that only this user may look into; they go with it.
final class TrustFiles implements AutoCloseable {
    private final Path directory;
    private final List<McpFile> elsewhere = new ArrayList<>();

    private TrustFiles(Path directory) {
        this.directory = directory;
    }

    static TrustFiles make() throws IOException {
        // For its owner alone, by what createTempDirectory promises.
        return new TrustFiles(Files.createTempDirectory("daypass-run-"));
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    /// The same for one that lies elsewhere.
    void with(McpFile file) {
        elsewhere.add(file);
    }

    /// The variables by which programs find a proxy and whom to trust.
    ///
    /// @param others PEM of other authorities that are trusted as well; empty for none
    Map<String, String> proxy(String url, String authority, String others) throws IOException {
        String file = write("ca.pem", authority + others).toString();
        var variables = new TreeMap<String, String>();
        for (String name :
                new String[] {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"}) {
            variables.put(name, url);
        }
        // The run's own URLs are no proxy's business.
        variables.put("NO_PROXY", "127.0.0.1,localhost");
        variables.put("no_proxy", "127.0.0.1,localhost");
        for (String name :
                new String[] {
                    "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"
                }) {
            variables.put(name, file);
        }
        variables.put("NODE_USE_ENV_PROXY", "1");
        return variables;
    }

    @Override
    public void close() {
        elsewhere.forEach(McpFile::close);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException _) {
            // what is left holds nothing secret that is still good
        }
    }
}
