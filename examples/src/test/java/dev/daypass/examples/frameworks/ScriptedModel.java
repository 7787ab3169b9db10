package dev.daypass.examples.frameworks;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/// A chat model that says what a script makes of what a tool answered last; nothing of it is random
/// or elsewhere.
public final class ScriptedModel implements ChatModel {
    private final Deque<Function<String, AiMessage>> steps;
    private final List<ChatRequest> seen = new ArrayList<>();

    public ScriptedModel(List<Function<String, AiMessage>> steps) {
        this.steps = new ArrayDeque<>(steps);
    }

    /// Calls a tool.
    public static Function<String, AiMessage> call(String tool, String arguments) {
        return _ ->
                AiMessage.from(
                        ToolExecutionRequest.builder()
                                .id("call")
                                .name(tool)
                                .arguments(arguments)
                                .build());
    }

    /// Ends with words.
    public static Function<String, AiMessage> say(Function<String, String> words) {
        return said -> AiMessage.from(words.apply(said));
    }

    /// Names of the tools that it was shown.
    public List<String> tools() {
        return seen.getFirst().toolSpecifications().stream().map(tool -> tool.name()).toList();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        seen.add(request);
        ChatMessage last = request.messages().getLast();
        String said = last instanceof ToolExecutionResultMessage result ? result.text() : "";
        return ChatResponse.builder().aiMessage(steps.remove().apply(said)).build();
    }
}
