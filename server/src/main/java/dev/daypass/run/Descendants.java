package dev.daypass.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The processes that this one started, and theirs. On Linux it tells whether a connection comes
/// from one of them; elsewhere it takes every connection for one of theirs, and the secret in the
/// URL is all that keeps others out.
final class Descendants {
    private static final Path PROC = Path.of("/proc");
    private static final List<Path> TABLES =
            List.of(PROC.resolve("net/tcp"), PROC.resolve("net/tcp6"));

    private static final InetAddress LOOPBACK = loopback();

    private final long own = ProcessHandle.current().pid();

    /// Whose connections were looked at before: mostly it is the same process again.
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    /// Whether the other end of a connection is one of them.
    boolean has(Socket socket) {
        if (!LOOPBACK.equals(socket.getInetAddress())) {
            return false; // of another address the table would show another's connection
        }
        if (!Files.exists(TABLES.getFirst())) {
            return true;
        }
        long inode = inode(socket);
        return inode != 0 && (among(known.stream(), inode) || among(living(), inode));
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    private static long inode(Socket socket) {
        for (Path table : TABLES) {
            try (Stream<String> lines = Files.lines(table)) {
                long inode = SocketTable.inode(lines, socket.getPort(), socket.getLocalPort());
                if (inode != 0) {
                    return inode;
                }
            } catch (IOException _) {
                // not there: IPv6 is off
            }
        }
        return 0;
    }

    /// Those that live now.
    Stream<Long> living() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid);
    }

    private boolean among(Stream<Long> pids, long inode) {
        String link = "socket:[%d]".formatted(inode);
        var found = pids.filter(pid -> holds(pid, link) && descends(pid)).findFirst();
        found.ifPresent(known::add);
        return found.isPresent();
    }

    private static boolean holds(long pid, String link) {
        Path descriptors = PROC.resolve(Long.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path one : all) {
                if (target(one).equals(link)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // it has ended, or is not ours to look at
        }
        return false;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return ""; // closed meanwhile
        }
    }

    // A number may be another process's by now.
    private boolean descends(long pid) {
        var at = ProcessHandle.of(pid).flatMap(ProcessHandle::parent);
        while (at.isPresent() && at.get().pid() != own) {
            at = at.get().parent();
        }
        return at.isPresent();
    }
}
