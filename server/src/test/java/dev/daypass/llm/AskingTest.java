package dev.daypass.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.identity.AgentId;
import dev.daypass.identity.TenantId;
import dev.daypass.intent.CannotUnderstand;
import dev.daypass.intent.Intent;
import dev.daypass.intent.IntentParser;
import dev.daypass.intent.Task;
import dev.daypass.llm.FakeModel.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AskingTest {
    @Test
    void a_question_is_asked_once_and_answered_alike_ever_after() {
        try (var model = FakeModel.saying(Desk.HONEST)) {
            var desk = Desk.at(model);
            var parser = desk.parser();
            Intent first = parser.understand(Desk.TASK, Desk.REACH);
            model.reply(new Reply.Says(Desk.answer()));

            assertEquals(first, parser.understand(Desk.TASK, Desk.REACH));
            assertEquals(1, model.asked().size());
            assertEquals(Map.of("answered", 1, "cached", 1), desk.counted);
        }
    }

    @Test
    void a_failure_is_not_kept() {
        try (var model = FakeModel.start(new Reply.Raw(500, Map.of(), ""))) {
            var parser = Desk.at(model).parser();
            assertRefused(parser, Desk.TASK);
            model.reply(new Reply.Says(Desk.HONEST));

            assertEquals(2, parser.understand(Desk.TASK, Desk.REACH).proposals().size());
        }
    }

    @Test
    void the_same_question_at_once_is_asked_once() throws Exception {
        var latch = new CountDownLatch(1);
        try (var model = FakeModel.start(new Reply.SaysLater(latch, Desk.HONEST));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var parser = Desk.at(model).parser();
            var asking = new ArrayList<Future<Intent>>();
            for (int i = 0; i < 20; i++) {
                asking.add(threads.submit(() -> parser.understand(Desk.TASK, Desk.REACH)));
            }
            latch.countDown();
            var heard = new HashSet<Intent>();
            for (Future<Intent> one : asking) {
                heard.add(one.get());
            }

            assertEquals(1, heard.size());
            assertEquals(1, model.asked().size());
        }
    }

    @Test
    void an_agent_that_has_used_up_its_tokens_is_told_so_until_the_hour_is_over() {
        try (var model = FakeModel.saying(Desk.HONEST)) {
            var desk = Desk.at(model).limits(Duration.ofSeconds(30), 60, 65_536, 1_500);
            var parser = desk.parser();
            IntentParser spender = parser.forAgent(TenantId.DEFAULT, new AgentId("spender"));
            IntentParser other = parser.forAgent(TenantId.DEFAULT, new AgentId("other"));
            understood(spender, "book it once");
            understood(spender, "book it twice");

            String told = assertRefused(spender, new Task("book it thrice"));

            assertTrue(told.endsWith("this agent has used up its 1500 tokens of this hour"), told);
            understood(other, "book it thrice");
            understood(spender, "book it once");
            desk.now = Instant.parse("2026-11-24T11:00:00Z");
            understood(spender, "book it a fourth time");
            assertEquals(4, model.asked().size());
            assertEquals(4_000, desk.tokens.get());
        }
    }

    @Test
    void tokens_that_are_not_reported_or_not_plausible_are_estimated() {
        for (String usage :
                List.of("{}", "{\"total_tokens\":-5}", "{\"total_tokens\":2000000000}")) {
            String whole = FakeModel.wrapped("/v1/chat/completions", Desk.HONEST);
            String body = whole.replaceAll("\"usage\":\\{[^}]*}", "\"usage\":" + usage);
            try (var model = FakeModel.start(new Reply.Raw(200, Map.of(), body))) {
                var desk = Desk.at(model);
                desk.parser().understand(Desk.TASK, Desk.REACH);

                assertTrue(desk.tokens.get() > 500 && desk.tokens.get() < 5_000, usage);
            }
        }
    }

    @Test
    void a_model_that_fails_again_and_again_rests_and_is_tried_once_after() {
        try (var model = FakeModel.start(new Reply.Raw(503, Map.of(), ""))) {
            var desk = Desk.at(model);
            var parser = desk.parser();
            for (int i = 0; i < Circuit.FAILURES_MAX; i++) {
                assertRefused(parser, Desk.TASK);
            }

            assertTrue(
                    assertRefused(parser, Desk.TASK)
                            .endsWith("it failed again and again, and rests"));
            assertEquals(Circuit.FAILURES_MAX, model.asked().size());
            desk.nanos.addAndGet(Circuit.REST.toNanos());
            assertRefused(parser, Desk.TASK);
            assertRefused(parser, Desk.TASK);
            assertEquals(Circuit.FAILURES_MAX + 1, model.asked().size());
            desk.nanos.addAndGet(Circuit.REST.toNanos());
            model.reply(new Reply.Says(Desk.HONEST));
            parser.understand(Desk.TASK, Desk.REACH);
            understood(parser, "book it again");
            assertEquals(Map.of("status", 6, "resting", 2, "answered", 2), desk.counted);
        }
    }

    @Test
    void a_task_that_the_model_cannot_answer_does_not_take_the_model_from_others() {
        try (var model = FakeModel.saying("I would rather not")) {
            var parser = Desk.at(model).parser();
            for (int i = 0; i < 2 * Circuit.FAILURES_MAX; i++) {
                assertRefused(parser, Desk.TASK);
            }
            model.reply(new Reply.Raw(400, Map.of(), ""));
            for (int i = 0; i < 2 * Circuit.FAILURES_MAX; i++) {
                assertRefused(parser, Desk.TASK);
            }

            assertEquals(4 * Circuit.FAILURES_MAX, model.asked().size());
        }
    }

    private static void understood(IntentParser parser, String text) {
        parser.understand(new Task(text), Desk.REACH);
    }

    private static String assertRefused(IntentParser parser, Task task) {
        return String.valueOf(
                assertThrows(CannotUnderstand.class, () -> parser.understand(task, Desk.REACH))
                        .getMessage());
    }
}
