package dev.daypass.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.store.Change;
import dev.daypass.store.Sample;
import dev.daypass.store.Sealed;
import dev.daypass.store.SettableClock;
import dev.daypass.store.Store;
import dev.daypass.store.StoredService;
import dev.daypass.store.sql.SqlStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final ServiceId OTHER = new ServiceId("hotels");
    private static final Access BEARER =
            Access.of(new Credential.Bearer(Secret.of("hunter2-hunter2")));

    private static final URI UPSTREAM = URI.create("https://x.example");

    @TempDir Path directory;
    private Store store;
    private Vault vault;

    @BeforeEach
    void aVault() throws IOException {
        vault = new Vault(Sealer.create(directory.resolve("vault.key")));
        store =
                SqlStore.open(
                        new SqlStore.Options(
                                directory.resolve("daypass.db"),
                                64,
                                16,
                                dev.daypass.store.FixedMaster.KEY),
                        new SettableClock(Sample.START),
                        _ -> {});
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private void put(TenantId tenant, ServiceId service, String kind, Sealed sealed) {
        var row =
                new StoredService(tenant, service, "https://x.example", "[]", kind, sealed, false);
        var fact = new Fact.ServiceAdded(service, "https://x.example", 0, "hash", kind, false);
        store.commit(new Change.PutService(row, fact)).toCompletableFuture().join();
        vault.refresh(store);
    }

    private Sealed sealed(Access access) {
        return vault.seal(Sample.TENANT, Sample.SERVICE, access);
    }

    @Test
    void what_was_sealed_for_a_service_opens_for_it() {
        put(Sample.TENANT, Sample.SERVICE, "bearer", sealed(BEARER));

        assertEquals(BEARER, vault.open(Sample.TENANT, Sample.SERVICE, UPSTREAM));
    }

    @Test
    void a_service_without_a_credential_and_an_unknown_one_have_none() {
        assertEquals(Access.NONE, vault.open(Sample.TENANT, Sample.SERVICE, UPSTREAM));
        put(Sample.TENANT, Sample.SERVICE, "bearer", sealed(BEARER));

        assertEquals(Access.NONE, vault.open(Sample.TENANT, OTHER, UPSTREAM));
        assertEquals(Access.NONE, vault.open(Sample.OTHER_TENANT, Sample.SERVICE, UPSTREAM));
    }

    @Test
    void a_sealed_credential_moved_to_another_row_does_not_open() {
        Sealed moved = sealed(BEARER);
        put(Sample.TENANT, OTHER, "bearer", moved);
        put(Sample.OTHER_TENANT, Sample.SERVICE, "bearer", moved);
        put(Sample.TENANT, Sample.SERVICE, "basic", moved);

        assertBroken(Sample.TENANT, OTHER);
        assertBroken(Sample.OTHER_TENANT, Sample.SERVICE);
        assertBroken(Sample.TENANT, Sample.SERVICE);
    }

    private void assertBroken(TenantId tenant, ServiceId service) {
        var broken =
                assertThrows(VaultSealBroken.class, () -> vault.open(tenant, service, UPSTREAM));
        String message = String.valueOf(broken.getMessage());
        assertTrue(message.contains(service.value()));
        assertFalse(message.contains("hunter2"));
    }

    @Test
    void a_changed_seal_does_not_open() {
        byte[] bytes = sealed(BEARER).bytes();
        bytes[bytes.length - 1] ^= 1;

        put(Sample.TENANT, Sample.SERVICE, "bearer", new Sealed(bytes));

        assertBroken(Sample.TENANT, Sample.SERVICE);
    }

    @Test
    void a_replaced_credential_is_used_at_once_and_a_removed_one_no_more() {
        var newer = Access.of(new Credential.Bearer(Secret.of("another-secret")));
        put(Sample.TENANT, Sample.SERVICE, "bearer", sealed(BEARER));

        put(Sample.TENANT, Sample.SERVICE, "bearer", sealed(newer));
        assertEquals(newer, vault.open(Sample.TENANT, Sample.SERVICE, UPSTREAM));

        store.commit(new Change.RemoveService(Sample.TENANT, Sample.SERVICE))
                .toCompletableFuture()
                .join();
        vault.refresh(store);
        assertEquals(Access.NONE, vault.open(Sample.TENANT, Sample.SERVICE, UPSTREAM));
    }

    @Test
    void a_credential_is_not_given_to_a_call_that_goes_elsewhere() {
        put(Sample.TENANT, Sample.SERVICE, "bearer", sealed(BEARER));

        for (String elsewhere :
                new String[] {"https://y.example", "http://x.example", "https://x.example:8443"}) {
            assertThrows(
                    CredentialElsewhere.class,
                    () -> vault.open(Sample.TENANT, Sample.SERVICE, URI.create(elsewhere)));
        }
    }

    private static Access refresh(String token) {
        return Access.of(
                new Credential.RefreshToken(
                        new TokenClient(
                                "https://id.example/token",
                                "me",
                                new TokenClient.ClientAuth.Public(),
                                "",
                                TokenClient.Target.UNSAID),
                        Secret.of(token)));
    }

    @Test
    void a_renewed_credential_is_durable_when_it_is_answered_and_the_one_before_is_gone() {
        put(Sample.TENANT, Sample.SERVICE, "refresh_token", sealed(refresh("first-token")));

        boolean kept =
                vault.renew(
                                Sample.TENANT,
                                Sample.SERVICE,
                                refresh("first-token"),
                                refresh("second-token"))
                        .toCompletableFuture()
                        .join();

        assertTrue(kept);
        var another = new Vault(reloaded());
        another.refresh(store);
        assertEquals(
                refresh("second-token"), another.open(Sample.TENANT, Sample.SERVICE, UPSTREAM));
        assertEquals(refresh("second-token"), vault.open(Sample.TENANT, Sample.SERVICE, UPSTREAM));
    }

    private Sealer reloaded() {
        try {
            return Sealer.load(directory.resolve("vault.key"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_renewal_of_what_an_operator_replaced_meanwhile_is_not_kept() {
        put(Sample.TENANT, Sample.SERVICE, "refresh_token", sealed(refresh("first-token")));
        put(Sample.TENANT, Sample.SERVICE, "refresh_token", sealed(refresh("operators-token")));

        boolean kept =
                vault.renew(
                                Sample.TENANT,
                                Sample.SERVICE,
                                refresh("first-token"),
                                refresh("second-token"))
                        .toCompletableFuture()
                        .join();

        assertFalse(kept);
        assertEquals(
                refresh("operators-token"), vault.open(Sample.TENANT, Sample.SERVICE, UPSTREAM));
    }

    @Test
    void no_file_beside_the_key_holds_the_secret() throws IOException {
        put(Sample.TENANT, Sample.SERVICE, "bearer", sealed(BEARER));

        for (String name : new String[] {"daypass.db", "daypass.db-wal"}) {
            byte[] bytes = Files.readAllBytes(directory.resolve(name));
            assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("hunter2"), name);
        }
        assertEquals("[sealed]", sealed(BEARER).toString());
    }
}
