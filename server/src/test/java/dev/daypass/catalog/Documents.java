package dev.daypass.catalog;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Parameter;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;

/// Documents of our own, and short ways to look at what becomes of them.
final class Documents {
    static final ServiceId SERVICE = new ServiceId("harbour");

    private Documents() {}

    static byte[] resource(String name) {
        try (InputStream in = Documents.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OpenApiImport.Imported read(String text) {
        return OpenApiImport.read(SERVICE, "doc", text.getBytes(StandardCharsets.UTF_8));
    }

    /// A 3.0 document with these paths, in YAML.
    static OpenApiImport.Imported paths(String yaml) {
        return read("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n" + yaml.indent(2));
    }

    static Operation operation(OpenApiImport.Imported imported, String name) {
        return imported.operations().stream()
                .filter(o -> o.id().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + names(imported)));
    }

    static List<String> names(OpenApiImport.Imported imported) {
        return imported.operations().stream().map(o -> o.id().name()).toList();
    }

    static Parameter slot(Operation operation, String slot) {
        return operation.parameters().stream()
                .filter(p -> p.slot().equals(slot))
                .findFirst()
                .orElseThrow(() -> new AssertionError(slot + " is not in " + slots(operation)));
    }

    static List<String> slots(Operation operation) {
        return operation.parameters().stream().map(Parameter::slot).toList();
    }

    static List<String> choices(Parameter parameter) {
        return parameter.choices().stream().map(c -> c.value() + "=" + c.label()).toList();
    }

    static List<String> skipped(OpenApiImport.Imported imported) {
        return imported.skipped().stream().map(Object::toString).toList();
    }

    static String refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    static String refusal(byte[] document) {
        WireException refused =
                Assertions.assertThrows(
                        WireException.class, () -> OpenApiImport.read(SERVICE, "doc", document));
        String message = String.valueOf(refused.getMessage());
        Assertions.assertFalse(message.contains("\n"), message);
        return message;
    }
}
