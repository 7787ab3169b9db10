package dev.daypass.examples;

import java.util.function.Supplier;

/// A sample service on loopback that serves PDF files, which it sets itself when it starts. It
/// wants `Authorization: Bearer`. Its data is the same at every start, and gone at the end.
public final class PaperLibrary implements AutoCloseable {
    private final SampleServer server;

    private PaperLibrary(SampleServer server) {
        this.server = server;
    }

    /// @param port 0 for any free one
    /// @param apiKey what callers must send after `Bearer `
    /// @throws java.io.UncheckedIOException if the port cannot be had
    /// @throws IllegalArgumentException if the key is empty
    public static PaperLibrary start(int port, String apiKey) {
        return start(port, apiKey, () -> Pace.AT_ONCE);
    }

    /// The same, which takes its time.
    ///
    /// @param pace how long it takes to answer, asked each time
    public static PaperLibrary start(int port, String apiKey, Supplier<Pace> pace) {
        Credential credential = Credential.bearer(apiKey);
        var papers = new PaperOperations();
        var server = new SampleServer("paper library");
        var routes = new Routes(credential, papers.routes());
        server.listen(
                port,
                request -> pace.get().then(server.vertx(), request, () -> routes.handle(request)));
        return new PaperLibrary(server);
    }

    public int port() {
        return server.port();
    }

    /// Its OpenAPI 3.0 document, in JSON: what an operator registers.
    public String openApi() {
        return Resources.text("paper-library.json");
    }

    /// Cuts what is open and ends its threads. Closing twice does nothing.
    @Override
    public void close() {
        server.close();
    }
}
