package phalanx.agents.narrate.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.Map;
import java.util.Optional;

/** Language models as the library knows them: without tools, without trying again, without a log. Any thread. */
final class Models {
    private Models() {}

    static ChatModel of(LanguageSettings settings, BoundedHttp http, Optional<String> key) {
        int most = settings.limits().answerTokens();
        String url = settings.url().toString();
        return switch (settings.provider()) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .apiKey(key.orElse("none"))
                        .modelName(settings.model())
                        .temperature(0.0)
                        .maxTokens(most)
                        .strictJsonSchema(true)
                        .maxRetries(0)
                        .logRequests(false)
                        .logResponses(false)
                        .build();
            case OLLAMA ->
                OllamaChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(url)
                        .customHeaders(key.map(one -> Map.of("Authorization", "Bearer " + one))
                                .orElse(Map.of()))
                        .modelName(settings.model())
                        .temperature(0.0)
                        .numPredict(most)
                        .maxRetries(0)
                        .logRequests(false)
                        .logResponses(false)
                        .build();
        };
    }
}
