package dev.daypass.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The parser of OpenAPI costs a second to load; a server that imports nothing never pays it.
final class LazyParserTest {
    /// What a server does with catalogs when it starts.
    public static final class Start {
        public static void run() {
            Fetch.fromPublicAddresses();
            CatalogJson.read(CatalogJson.write(List.of()));
            var skipped = new OpenApiImport.Skipped("a", "b");
            new OpenApiImport.Imported(List.of(), List.of(skipped), "t", "3.0.3", List.of());
        }
    }

    /// What it does when somebody adds a service.
    public static final class Import {
        public static void run() {
            Documents.paths("/a: {get: {parameters: [{name: q, in: query}]}}");
        }
    }

    @Test
    void only_an_import_loads_the_parser() throws Exception {
        List<String> atStart = parserClasses(Start.class);
        List<String> atImport = parserClasses(Import.class);
        assertEquals(List.of(), atStart);
        assertTrue(atImport.contains("io.swagger.v3.parser.util.OpenAPIDeserializer"));
    }

    private static List<String> parserClasses(Class<?> what) throws Exception {
        var loader = new Recording(LazyParserTest.class.getClassLoader());
        try {
            loader.loadClass(what.getName()).getMethod("run").invoke(null);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
        return loader.parserClasses;
    }

    /// Defines this package anew, so that what it asks for passes through here.
    private static final class Recording extends ClassLoader {
        private final List<String> parserClasses = new ArrayList<>();

        Recording(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.swagger.")
                    || name.startsWith("com.fasterxml.jackson.databind.")) {
                parserClasses.add(name);
            }
            if (!name.startsWith("dev.daypass.catalog.") || findLoadedClass(name) != null) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
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
}
