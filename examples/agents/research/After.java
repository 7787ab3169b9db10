import dev.daypass.sdk.Account;
import dev.daypass.sdk.Daypass;
import dev.daypass.sdk.Wish;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The same research agent with Daypass: it holds no key, and each paper is read with an account of
/// its own, below the first one, that is good for one call.
///
///     echo keys | java -cp ../../../sdk/java/target/classes After.java
class After {
    public static void main(String[] args) throws Exception {
        try (Daypass daypass = Daypass.connect()) {
            for (Scanner lines = new Scanner(System.in); lines.hasNextLine(); ) {
                String about = lines.nextLine();
                long began = System.nanoTime();
                String done = read(daypass, about);
                System.out.printf(
                        "{%s,\"seconds\":%s}%n", done, (System.nanoTime() - began) / 1e9);
            }
        }
    }

    static String read(Daypass daypass, String about) throws Exception {
        Wish wish =
                Wish.of("search papers about %s and download the pdf of each paper".formatted(about))
                        .ttl(Duration.ofMinutes(10))
                        .services("papers");
        try (Account account = daypass.open(wish);
                var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            String found = account.http("papers").get("/papers?q=" + about).body();
            var reading = new ArrayList<Callable<Integer>>();
            for (String id : Model.choose(found)) {
                reading.add(() -> pdf(account, id));
            }
            long bytes = 0;
            for (Future<Integer> each : tasks.invokeAll(reading)) {
                bytes += each.get();
            }
            return "\"done\":\"%d bytes about %s\",\"account\":\"%s\""
                    .formatted(bytes, about, account.id());
        }
    }

    static int pdf(Account account, String id) {
        try (Account once = account.open(Wish.of("download the pdf of paper " + id).calls(1))) {
            return once.http("papers")
                    .send("/papers/" + id + "/pdf", request -> request, BodyHandlers.ofByteArray())
                    .body()
                    .length;
        }
    }
}
