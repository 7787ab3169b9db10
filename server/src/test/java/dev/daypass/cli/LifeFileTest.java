package dev.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.revocation.Incarnation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeFileTest {
    private static final Incarnation LIFE = new Incarnation("broker-edge-1", "abc");

    @TempDir Path home = Path.of("");

    @Test
    void a_server_finds_who_it_was() {
        Path data = home.resolve("data");
        new LifeFile(data).write(new Incarnation("broker-edge-0", "old"));
        new LifeFile(data).write(LIFE);

        assertEquals(LIFE, new LifeFile(data).read());
    }

    @Test
    void what_is_not_there_or_says_nothing_is_nobody() throws IOException {
        assertNull(new LifeFile(home).read());
        for (String bad : List.of("", "broker-1", "UPPER/x", "a/b/c", "a".repeat(300), "a/")) {
            Files.writeString(home.resolve(LifeFile.NAME), bad);
            assertNull(new LifeFile(home).read(), bad);
        }
        Files.write(home.resolve(LifeFile.NAME), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertNull(new LifeFile(home).read());
    }

    @Test
    void where_it_cannot_be_written_the_server_goes_on() throws IOException {
        Files.createDirectory(home.resolve(LifeFile.NAME));
        var file = new LifeFile(home);

        file.write(LIFE);

        assertNull(file.read());
        assertTrue(Files.isDirectory(home.resolve(LifeFile.NAME)));
    }
}
