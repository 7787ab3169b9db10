package dev.daypass.examples.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;

/// A service that keeps the bodies which reach it.
abstract class WithBodies extends WithLab {
    final List<String> bodies = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        upstream.follow(this::keep);
    }

    void keep(Upstream.Received request, InputStream in, OutputStream out) throws IOException {
        bodies.add(new String(Upstream.body(request, in), StandardCharsets.UTF_8));
        Upstream.say(out, "200 OK", "fine");
    }
}
