package dev.daypass.examples.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The way from one process to a port of another, which can fail as networks do. Whoever is to
/// depend on it is given [#port()] instead of the other's.
final class Link implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final String from;
    private final String to;
    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private State state = State.WELL;

    /// How it is.
    enum State {
        WELL,
        /// Nothing passes, and nobody is told: what was sent arrives once it is well again.
        SWALLOWS,
        /// Every connection is reset, and no new one comes about.
        CUT,
        /// Everything arrives a fifth of a second late.
        SLOW
    }

    private static final long LATE_MILLIS = 200;

    /// @param from what uses it
    /// @param to where it goes
    /// @param target the port there
    Link(String from, String to, int target) {
        this.from = from;
        this.to = to;
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("link").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    String from() {
        return from;
    }

    String name() {
        return from + " to " + to;
    }

    synchronized void is(State now) {
        state = now;
        if (now == State.CUT) {
            open.forEach(Link::reset);
        }
        notifyAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Thread.ofVirtual().start(() -> join(near));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void join(Socket near) {
        open.add(near);
        if (awaitPassage() == State.CUT) {
            reset(near);
            open.remove(near);
            return;
        }
        try (near;
                var far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pass(far, near));
            pass(near, far);
            back.join();
            open.remove(far);
        } catch (IOException _) {
            reset(near);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
        }
    }

    private void pass(Socket one, Socket other) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = one.getInputStream();
            OutputStream out = other.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                State now = awaitPassage();
                if (now == State.CUT) {
                    break;
                } else if (now == State.SLOW) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS));
                }
                out.write(buffer, 0, read);
            }
            other.shutdownOutput();
        } catch (IOException _) {
            reset(one);
            reset(other);
        }
    }

    private synchronized State awaitPassage() {
        try {
            while (state == State.SWALLOWS) {
                wait();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return State.CUT;
        }
        return state;
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            return; // closed already
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        is(State.CUT);
    }
}
