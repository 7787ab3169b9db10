package dev.daypass.examples.live;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/// An agent's side of a WebSocket: keeps what it hears.
final class Listening implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    List<String> heard() {
        return List.copyOf(heard);
    }

    void hears(String message) {
        Await.until("hears " + message, () -> heard.contains(message));
    }

    /// The code that it was closed with; 1006 where it just broke off.
    int closed() {
        return closed.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        heard.add("binary of " + data.remaining());
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.complete(1006);
    }
}
