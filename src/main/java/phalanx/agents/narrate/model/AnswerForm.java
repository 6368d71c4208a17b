package phalanx.agents.narrate.model;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;

/** The form of an answer, told to servers that can hold a model to it; {@link Answer} checks it whatever they do. */
final class AnswerForm {
    static final ResponseFormat FORMAT = ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder()
                    .name("retelling")
                    .rootElement(JsonObjectSchema.builder()
                            .addProperty("account", list(said()))
                            .addProperty("ranking", list(ranked()))
                            .required("account", "ranking")
                            .additionalProperties(false)
                            .build())
                    .build())
            .build();

    private AnswerForm() {}

    private static JsonSchemaElement said() {
        return JsonObjectSchema.builder()
                .addStringProperty("says")
                .addProperty("evidence", list(JsonStringSchema.builder().build()))
                .required("says", "evidence")
                .additionalProperties(false)
                .build();
    }

    private static JsonSchemaElement ranked() {
        return JsonObjectSchema.builder()
                .addStringProperty("suspect")
                .addStringProperty("says")
                .addProperty("evidence", list(JsonStringSchema.builder().build()))
                .required("suspect", "says", "evidence")
                .additionalProperties(false)
                .build();
    }

    private static JsonSchemaElement list(JsonSchemaElement items) {
        return JsonArraySchema.builder().items(items).build();
    }
}
