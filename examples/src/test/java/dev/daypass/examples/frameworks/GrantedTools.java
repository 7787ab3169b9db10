package dev.daypass.examples.frameworks;

import dev.daypass.sdk.Account;
import dev.daypass.sdk.Refused;
import dev.daypass.sdk.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/// The grant of an account as tools of LangChain4j: one for each operation, and none for what was
/// not granted.
public final class GrantedTools {
    private GrantedTools() {}

    public static Map<ToolSpecification, ToolExecutor> of(Account account) {
        var out = new LinkedHashMap<ToolSpecification, ToolExecutor>();
        for (Tool tool : account.tools()) {
            out.put(specification(tool), new Calls(account, tool));
        }
        return out;
    }

    private static ToolSpecification specification(Tool tool) {
        var arguments =
                JsonObjectSchema.builder().required(tool.required()).additionalProperties(false);
        tool.argumentSchemas()
                .forEach((name, json) -> arguments.addProperty(name, JsonRawSchema.from(json)));
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(arguments.build())
                .build();
    }

    // What is refused goes back to the model as an error that it can read, and does not end the
    // agent.
    private record Calls(Account account, Tool tool) implements ToolExecutor {
        @Override
        public ToolExecutionResult executeWithContext(
                ToolExecutionRequest request, InvocationContext context) {
            try {
                HttpResponse<String> answer = account.call(tool, request.arguments());
                return answer.statusCode() < 400
                        ? said(false, answer.body())
                        : said(
                                true,
                                "%s answered %d: %s"
                                        .formatted(
                                                tool.service(),
                                                answer.statusCode(),
                                                answer.body()));
            } catch (Refused e) {
                return said(
                        true,
                        "refused at step %s: %s Next: %s"
                                .formatted(
                                        e.step().orElse(""),
                                        e.detail().orElse(""),
                                        e.next().orElse("")));
            } catch (IllegalArgumentException e) {
                return said(true, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public String execute(ToolExecutionRequest request, Object memory) {
            return executeWithContext(request, InvocationContext.builder().build()).resultText();
        }

        private static ToolExecutionResult said(boolean error, String text) {
            return ToolExecutionResult.builder().isError(error).resultText(text).build();
        }
    }
}
