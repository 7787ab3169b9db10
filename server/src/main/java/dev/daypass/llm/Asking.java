package dev.daypass.llm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.config.IntentSettings;
import dev.daypass.llm.ModelFailure.Kind;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks a model, each question once: answers are kept, and who asks what is being asked waits for
/// that answer. Nobody waits longer than the time limit, whatever the model does.
final class Asking {
    static final int AT_ONCE_MAX = 64;
    private static final int CODE_BYTES = 16;

    /// Longer answers count as several entries, or memory would have no limit to speak of.
    private static final int CHARS_AN_ENTRY = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private final ChatModel model;
    private final String name;
    private final IntentSettings.Limits limits;
    private final LanguageParser.Surroundings around;
    private final Cache<String, Answer> kept;
    private final ConcurrentHashMap<String, CompletableFuture<Answer>> underWay =
            new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);
    private final Circuit circuit;
    private final Spending spending;

    /// @param name of the model and where it is, for keys and the log
    Asking(
            ChatModel model,
            String name,
            IntentSettings.Limits limits,
            LanguageParser.Surroundings around) {
        this.model = model;
        this.name = name;
        this.limits = limits;
        this.around = around;
        this.kept =
                Caffeine.newBuilder()
                        .maximumWeight(limits.cacheEntries())
                        .weigher((String _, Answer answer) -> 1 + answer.chars() / CHARS_AN_ENTRY)
                        .build();
        this.circuit = new Circuit(around.nanoTime());
        this.spending = new Spending(around.clock(), limits.tokensPerHour());
    }

    /// @param agent with its tenant: who is charged
    /// @throws ModelFailure if there is no usable answer in time
    Answer ask(String agent, Question question) {
        String key = question.key(name);
        Answer known = kept.getIfPresent(key);
        if (known != null) {
            around.counts().question("cached");
            return known;
        }
        try {
            Answer answer = wait(flight(key, agent, question));
            around.counts().question("answered");
            return answer;
        } catch (ModelFailure failure) {
            around.counts().question(failure.kind().name().toLowerCase(Locale.ROOT));
            throw failure;
        }
    }

    private CompletableFuture<Answer> flight(String key, String agent, Question question) {
        var own = new CompletableFuture<Answer>();
        CompletableFuture<Answer> other = underWay.putIfAbsent(key, own);
        if (other != null) {
            return other;
        }
        Answer meanwhile = kept.getIfPresent(key);
        if (meanwhile != null) {
            underWay.remove(key, own);
            own.complete(meanwhile);
            return own;
        }
        try {
            admit(agent, question);
            around.waiting().execute(() -> land(key, own, agent, question));
        } catch (ModelFailure failure) {
            underWay.remove(key, own);
            own.completeExceptionally(failure);
        } catch (RejectedExecutionException _) {
            places.release();
            underWay.remove(key, own);
            own.completeExceptionally(new ModelFailure(Kind.BUSY, "the server is closing"));
        }
        return own;
    }

    /// Takes a place and sets tokens aside, or throws and has taken nothing.
    private void admit(String agent, Question question) {
        if (spending.isSpent(agent)) {
            throw spent();
        }
        if (!places.tryAcquire()) {
            throw new ModelFailure(Kind.BUSY, "too many tasks are being read at once");
        }
        if (!circuit.mayAsk()) {
            places.release();
            throw new ModelFailure(Kind.RESTING, "it failed again and again, and rests");
        }
        if (!spending.setAside(agent, question.estimate())) {
            places.release();
            throw spent();
        }
    }

    private ModelFailure spent() {
        return new ModelFailure(
                Kind.SPENT,
                "this agent has used up its %d tokens of this hour"
                        .formatted(limits.tokensPerHour()));
    }

    private void land(String key, CompletableFuture<Answer> own, String agent, Question question) {
        Answer answer = null;
        ModelFailure failure = null;
        try {
            answer = fly(agent, question);
            circuit.succeeded();
            kept.put(key, answer);
        } catch (ModelFailure known) {
            note(known);
            failure = known;
        } catch (Throwable e) {
            // Whoever waits must hear of it, even of an error in the client.
            LOG.error("model {}: asking failed with {}", name, e.getClass().getName());
            failure = new ModelFailure(Kind.MALFORMED, "asking it failed");
        }
        // Before anybody hears: who asks next must not join what is over.
        underWay.remove(key, own);
        places.release();
        if (answer != null) {
            own.complete(answer);
        } else {
            own.completeExceptionally(failure);
        }
    }

    private Answer fly(String agent, Question question) {
        ChatResponse response;
        try {
            response = model.chat(question.request(this::code));
        } catch (ModelFailure failure) {
            throw failure;
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
        var usage = response.tokenUsage();
        Integer total = usage == null ? null : usage.totalTokenCount();
        around.counts()
                .tokens(spending.settle(agent, question.estimate(), total == null ? 0 : total));
        String text = response.aiMessage().text();
        return Answer.parse(text == null ? "" : text);
    }

    private void note(ModelFailure failure) {
        LOG.warn("model {} gave no usable answer: {}", name, failure.why());
        if (!failure.kind().broken()) {
            circuit.succeeded();
        } else if (circuit.failed()) {
            LOG.warn("model {} is not asked for {} s", name, Circuit.REST.toSeconds());
        }
    }

    private String code() {
        byte[] bytes = new byte[CODE_BYTES];
        around.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Answer wait(CompletableFuture<Answer> flight) {
        try {
            return flight.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw Transport.late(limits.timeout());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ModelFailure(Kind.TIMEOUT, "asking was interrupted");
        } catch (ExecutionException e) {
            throw Failures.of(e);
        }
    }
}
