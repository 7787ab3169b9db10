import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A research agent as such agents are written today: it keeps the library's key.
///
///     export PAPERS_URL=http://127.0.0.1:9002 PAPERS_KEY=…
///     echo keys | java Before.java
///
/// Each line of standard input is what to read about; each line of standard output is what came of it.
class Before {
    static final String LIBRARY = System.getenv("PAPERS_URL");
    static final String KEY = System.getenv("PAPERS_KEY");
    static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        for (Scanner lines = new Scanner(System.in); lines.hasNextLine(); ) {
            String about = lines.nextLine();
            long began = System.nanoTime();
            long bytes = read(about);
            System.out.printf(
                    "{\"done\":\"%d bytes about %s\",\"seconds\":%s}%n",
                    bytes, about, (System.nanoTime() - began) / 1e9);
        }
    }

    static long read(String about) throws Exception {
        String found = get("/papers?q=" + about, BodyHandlers.ofString()).body();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var reading = new ArrayList<Callable<Integer>>();
            for (String id : Model.choose(found)) {
                reading.add(() -> get("/papers/" + id + "/pdf", BodyHandlers.ofByteArray()).body().length);
            }
            long bytes = 0;
            for (Future<Integer> each : tasks.invokeAll(reading)) {
                bytes += each.get();
            }
            return bytes;
        }
    }

    static <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(LIBRARY + path))
                        .header("Authorization", "Bearer " + KEY)
                        .build();
        HttpResponse<T> answer = HTTP.send(request, handler);
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
        return answer;
    }
}
