package dev.daypass.bench;

import dev.daypass.catalog.OpenApiImport;
import dev.daypass.eval.Suites;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Operations of as many services as it takes to have a certain number of them.
///
/// @param suites whose operations these are
/// @param documents operations of services that others have described; may be empty
record Offers(List<Suites.Words> suites, List<Operation> documents) {
    Offers {
        suites = List.copyOf(suites);
        documents = List.copyOf(documents);
    }

    /// @param folder of the suites
    /// @param data folder of OpenAPI documents, or `null` for none
    /// @throws IllegalStateException if there is no suite
    static Offers in(Path folder, @Nullable Path data) {
        List<Suites.Words> suites = Files.isDirectory(folder) ? Suites.in(folder) : List.of();
        if (suites.isEmpty()) {
            throw new IllegalStateException("no suite in `%s`".formatted(folder));
        }
        return new Offers(suites, data == null ? List.of() : documents(data));
    }

    /// A suite's operations, cut, or filled up with those of the suites after it.
    List<Operation> around(int suite, int count) {
        var out = new ArrayList<Operation>();
        for (int i = 0; out.size() < count; i++) {
            out.addAll(of(suites.get((suite + i) % suites.size()), i / suites.size()));
        }
        return List.copyOf(out.subList(0, count));
    }

    /// Those of all suites, then of the documents, then of the suites again as other services.
    List<Operation> many(int count) {
        var out = new ArrayList<Operation>();
        for (int copy = 0; out.size() < count; copy++) {
            for (Suites.Words suite : suites) {
                out.addAll(of(suite, copy));
            }
            if (copy == 0) {
                out.addAll(documents);
            }
        }
        return List.copyOf(out.subList(0, count));
    }

    private static List<Operation> of(Suites.Words suite, int copy) {
        var service = new ServiceId(copy == 0 ? suite.name() : suite.name() + "-" + (copy + 1));
        return suite.operations().stream().map(o -> at(service, o)).toList();
    }

    private static Operation at(ServiceId service, Operation operation) {
        return new Operation(
                new OperationId(service, operation.id().name()),
                operation.method(),
                operation.path(),
                operation.traits(),
                operation.parameters(),
                operation.summary(),
                operation.tags());
    }

    private static List<Operation> documents(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().matches(".*\\.(json|ya?ml)"))
                    .sorted()
                    .flatMap(f -> document(f).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Operation> document(Path file) {
        String name = String.valueOf(file.getFileName());
        var service =
                new ServiceId(
                        "document-"
                                + name.toLowerCase(java.util.Locale.ROOT)
                                        .replaceAll("[^a-z0-9]+", "-"));
        try {
            return OpenApiImport.read(service, name, Files.readAllBytes(file)).operations();
        } catch (WireException e) {
            System.err.println("passed over: " + e.getMessage());
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
