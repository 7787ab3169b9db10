package dev.daypass.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesLoadingTest {
    /// Knows the product's classes and the platform's; of CEL it knows nothing.
    private static final class WithoutCel extends ClassLoader {
        WithoutCel() {
            super(getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.startsWith("dev.daypass.")) {
                throw new ClassNotFoundException(name);
            }
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = Rules.class.getClassLoader().getResourceAsStream(file)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void deciding_without_rules_needs_no_class_of_cel() throws Exception {
        var loader = new WithoutCel();
        Class<?> rules = loader.loadClass(Rules.class.getName());
        Class<?> input = loader.loadClass(PolicyInput.class.getName());
        Class<?> stage = loader.loadClass(Stage.class.getName());
        Object none = rules.getMethod("none").invoke(null);
        Object opening =
                input.getConstructors()[0].newInstance(
                        stage.getEnumConstants()[0], null, null, null);
        assertEquals("Allow[]", rules.getMethod("decide", input).invoke(none, opening).toString());
        assertEquals(List.of(), rules.getMethod("describe").invoke(none));
    }

    @Test
    void that_loader_really_has_no_cel() {
        var loader = new WithoutCel();
        assertThrows(
                ClassNotFoundException.class, () -> loader.loadClass("dev.cel.runtime.Program"));
        assertThrows(
                NoClassDefFoundError.class,
                () -> Class.forName(FactValues.class.getName(), true, loader));
    }
}
