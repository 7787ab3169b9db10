package dev.daypass.examples.frameworks;

import dev.daypass.sdk.Account;
import dev.daypass.sdk.Daypass;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;

/// An agent of LangChain4j that has what its account was granted and nothing else. The account
/// lives as long as it works.
public final class FlightAgent {
    private FlightAgent() {}

    interface Agent {
        String work(String task);
    }

    public static String cheapest(Daypass daypass, ChatModel model) {
        String task = "find the cheapest flight from New York to London";
        try (Account account = daypass.open(task)) {
            return of(account, model).work(task);
        }
    }

    static Agent of(Account account, ChatModel model) {
        return AiServices.builder(Agent.class)
                .chatModel(model)
                .tools(GrantedTools.of(account))
                .hallucinatedToolNameStrategy(asked ->
                        ToolExecutionResultMessage.from(
                                asked, "this account has no tool `%s`".formatted(asked.name())))
                .build();
    }
}
