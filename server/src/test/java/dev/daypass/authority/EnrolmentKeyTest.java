package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentKeyTest {
    @TempDir Path temp;

    @Test
    void what_was_written_is_what_is_read() throws IOException {
        EnrolmentKey key = EnrolmentKey.generate();
        Path file = temp.resolve("agent/key.pem");

        key.write(file);

        assertEquals(key.pem(), EnrolmentKey.read(file).pem());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void a_key_is_never_written_over_another() throws IOException {
        EnrolmentKey key = EnrolmentKey.generate();
        Path file = temp.resolve("agent/key.pem");
        key.write(file);

        assertThrows(FileAlreadyExistsException.class, () -> EnrolmentKey.generate().write(file));

        assertEquals(key.pem(), EnrolmentKey.read(file).pem());
    }

    @Test
    void a_request_names_nobody() throws IOException {
        byte[] der = Pem.blocks(EnrolmentKey.generate().requestPem(), Pem.REQUEST, 1).getFirst();

        var request = new PKCS10CertificationRequest(der);

        assertEquals("", request.getSubject().toString());
        assertEquals(0, request.getAttributes().length);
    }

    @Test
    void a_key_does_not_print() {
        assertEquals("[redacted]", EnrolmentKey.generate().toString());
    }

    @Test
    void a_file_that_is_not_a_key_is_named_without_its_content() throws IOException {
        Path file = temp.resolve("agent/key.pem");
        KeyFiles.create(file, "hunter2".getBytes(StandardCharsets.US_ASCII));

        var refusal = assertThrows(KeyFileException.class, () -> EnrolmentKey.read(file));

        assertTrue(
                String.valueOf(refusal.getMessage()).contains(file.toString()),
                refusal.getMessage());
        assertFalse(String.valueOf(refusal.getMessage()).contains("hunter2"), refusal.getMessage());
    }
}
