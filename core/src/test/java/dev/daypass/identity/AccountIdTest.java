package dev.daypass.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccountIdTest {
    private static final long LAST_MILLI = (1L << 48) - 1;

    @Test
    void an_id_has_thirty_characters_of_one_shape() {
        Check.forAll(random -> {
            AccountId id = AccountId.of(random.nextLong(LAST_MILLI + 1), entropy(random));

            assertTrue(id.value().matches("acc_[0-7][0-9A-HJKMNP-TV-Z]{25}"), id.value());
            assertEquals(id, new AccountId(id.toString()));
        });
    }

    @Test
    void the_bits_of_an_id_give_it_back_and_sort_as_it_does() {
        Check.forAll(
                1_000,
                random -> {
                    AccountId id = AccountId.of(random.nextLong(LAST_MILLI + 1), entropy(random));
                    AccountId other =
                            AccountId.of(random.nextLong(LAST_MILLI + 1), entropy(random));

                    assertEquals(id, AccountId.ofBytes(id.bytes()));
                    assertEquals(
                            Integer.signum(id.compareTo(other)),
                            Integer.signum(Arrays.compareUnsigned(id.bytes(), other.bytes())));
                });
        assertThrows(InvalidName.class, () -> AccountId.ofBytes(new byte[15]));
    }

    @Test
    void ids_sort_by_opening_time() {
        Check.forAll(
                1_000,
                random -> {
                    long a = random.nextLong(1L << random.nextInt(1, 49));
                    long b = random.nextInt(3) == 0 ? a + 1 : random.nextLong(LAST_MILLI);
                    int order =
                            Integer.signum(
                                    AccountId.of(a, entropy(random))
                                            .compareTo(AccountId.of(b, entropy(random))));

                    assertTrue(a == b || order == Long.compare(a, b), a + " " + b);
                });
    }

    @Test
    void an_id_holds_its_time_and_every_random_bit() {
        Check.forAll(
                1_000,
                random -> {
                    long millis = random.nextLong(LAST_MILLI + 1);
                    byte[] entropy = entropy(random);
                    String digits = AccountId.of(millis, entropy).value().substring(4);

                    assertEquals(BigInteger.valueOf(millis), decoded(digits.substring(0, 10)));
                    assertEquals(new BigInteger(1, entropy), decoded(digits.substring(10)));
                });
    }

    @Test
    void the_first_and_the_last_id_are_pinned() {
        byte[] ones = new byte[10];
        java.util.Arrays.fill(ones, (byte) 0xff);

        assertEquals("acc_00000000000000000000000000", AccountId.of(0, new byte[10]).value());
        assertEquals("acc_7ZZZZZZZZZZZZZZZZZZZZZZZZZ", AccountId.of(LAST_MILLI, ones).value());
        assertNotEquals(AccountId.of(0, ones), AccountId.of(0, new byte[10]));
    }

    @Test
    void what_is_not_an_id_is_refused() {
        String id = "acc_01JQZ3K5V7ABCDEFGHJKMNPQRS";
        assertEquals(id, new AccountId(id).value());
        for (String other :
                List.of(
                        "",
                        "acc_",
                        id.substring(1),
                        id + "0",
                        id + "\n",
                        id.substring(0, 29),
                        id.replace('A', 'a'),
                        id.replace('A', 'I'),
                        id.replace('A', 'L'),
                        id.replace('A', 'O'),
                        id.replace('A', 'U'),
                        id.replace("acc_0", "acc_8"),
                        id.replace("acc_", "ACC_"),
                        id.replace('A', '\u0410'))) {
            assertThrows(InvalidName.class, () -> new AccountId(other), other);
        }
    }

    @Test
    void a_time_or_a_random_part_out_of_range_is_refused() {
        byte[] entropy = new byte[AccountId.RANDOM_BYTES];

        assertThrows(IllegalArgumentException.class, () -> AccountId.of(-1, entropy));
        assertThrows(IllegalArgumentException.class, () -> AccountId.of(LAST_MILLI + 1, entropy));
        assertThrows(IllegalArgumentException.class, () -> AccountId.of(0, new byte[9]));
        assertThrows(IllegalArgumentException.class, () -> AccountId.of(0, new byte[11]));
    }

    private static byte[] entropy(Random random) {
        byte[] out = new byte[AccountId.RANDOM_BYTES];
        random.nextBytes(out);
        return out;
    }

    private static BigInteger decoded(String digits) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            int digit = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(digits.charAt(i));
            value = value.shiftLeft(5).or(BigInteger.valueOf(digit));
        }
        return value;
    }
}
