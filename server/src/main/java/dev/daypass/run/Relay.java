package dev.daypass.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// The server that a program sees, on loopback. Each connection has a thread of its own.
public final class Relay implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 256;
    private static final long AGAIN_NANOS = 20_000_000;

    private final ServerSocket listening;
    private final Handler handler;
    private final Semaphore room = new Semaphore(CONNECTIONS_MAX);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// What is done with a connection.
    @FunctionalInterface
    interface Handler {
        void serve(Wire wire) throws IOException;
    }

    private Relay(ServerSocket listening, Handler handler) {
        this.listening = listening;
        this.handler = handler;
    }

    /// Listens from now on.
    static Relay start(Handler handler) throws IOException {
        var listening = new ServerSocket();
        listening.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 128);
        var relay = new Relay(listening, handler);
        Thread.ofVirtual().name("daypass run: accept").start(relay::accept);
        return relay;
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                room.acquire();
                Socket socket = listening.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                room.release(); // closed, or out of descriptors: a later one may work
                LockSupport.parkNanos(AGAIN_NANOS);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            handler.serve(new Wire(socket));
        } catch (IOException _) {
            // the program went away
        } finally {
            open.remove(socket);
            room.release();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException _) {
            // closed it is
        }
    }
}
