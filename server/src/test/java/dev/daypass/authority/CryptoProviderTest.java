package dev.daypass.authority;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import org.junit.jupiter.api.Test;

class CryptoProviderTest {
    @Test
    void what_it_says_is_what_is_first_in_the_list() {
        CryptoProvider installed = CryptoProvider.install();

        String first = Security.getProviders()[0].getName();
        assertEquals(
                installed == CryptoProvider.CORRETTO, first.equals("AmazonCorrettoCryptoProvider"));
    }

    @Test
    void installing_twice_changes_nothing() {
        CryptoProvider once = CryptoProvider.install();
        int providers = Security.getProviders().length;

        assertEquals(once, CryptoProvider.install());
        assertEquals(providers, Security.getProviders().length);
    }

    @Test
    void a_missing_native_library_means_the_jdk_and_one_line() {
        String logged =
                errorOutputOf(() ->
                        assertEquals(
                                CryptoProvider.JDK,
                                CryptoProvider.install(() -> {
                                    throw new UnsatisfiedLinkError("no such file");
                                })));

        assertEquals(1, logged.lines().count(), logged);
        assertTrue(logged.contains("no such file"), logged);
        assertTrue(logged.contains("15 times slower"), logged);
    }

    @Test
    void a_failed_self_test_means_the_jdk() {
        assertEquals(
                CryptoProvider.JDK,
                CryptoProvider.install(() -> {
                    throw new IllegalStateException(
                            "outer", new IllegalArgumentException("self test"));
                }));
    }

    private static String errorOutputOf(Runnable work) {
        PrintStream before = System.err;
        var captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }
}
