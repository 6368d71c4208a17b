package phalanx.agents.trail;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import phalanx.act.Remedy;

/** Messages as JSON, one line each: on buses, in the audit trail, as events for browsers. Any thread. */
public final class MessageJson {
    /** How a remedy is told: by its word. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "remedy")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Remedy.Weight.class, name = "weight"),
        @JsonSubTypes.Type(value = Remedy.Drain.class, name = "drain"),
        @JsonSubTypes.Type(value = Remedy.MarkDown.class, name = "mark-down"),
        @JsonSubTypes.Type(value = Remedy.Balancer.class, name = "balancer"),
        @JsonSubTypes.Type(value = Remedy.RateLimit.class, name = "rate-limit"),
        @JsonSubTypes.Type(value = Remedy.Ban.class, name = "ban"),
        @JsonSubTypes.Type(value = Remedy.CircuitBreaker.class, name = "circuit-breaker"),
        @JsonSubTypes.Type(value = Remedy.TimeLimit.class, name = "time-limit"),
        @JsonSubTypes.Type(value = Remedy.Configure.class, name = "configure"),
        @JsonSubTypes.Type(value = Remedy.Enlarge.class, name = "enlarge"),
        @JsonSubTypes.Type(value = Remedy.Revert.class, name = "revert"),
        @JsonSubTypes.Type(value = Remedy.Restart.class, name = "restart"),
        @JsonSubTypes.Type(value = Remedy.Hook.class, name = "hook")
    })
    private interface RemedyForm {}

    /** How a step is told: by its word. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Message.Signalled.class, name = "signalled"),
        @JsonSubTypes.Type(value = Message.Diagnosed.class, name = "diagnosed"),
        @JsonSubTypes.Type(value = Message.Proposed.class, name = "proposed"),
        @JsonSubTypes.Type(value = Message.Voted.class, name = "voted"),
        @JsonSubTypes.Type(value = Message.Decided.class, name = "decided"),
        @JsonSubTypes.Type(value = Message.Begun.class, name = "begun"),
        @JsonSubTypes.Type(value = Message.Acted.class, name = "acted"),
        @JsonSubTypes.Type(value = Message.Verified.class, name = "verified"),
        @JsonSubTypes.Type(value = Message.TakenBack.class, name = "taken-back"),
        @JsonSubTypes.Type(value = Message.Learned.class, name = "learned"),
        @JsonSubTypes.Type(value = Message.Reviewed.class, name = "reviewed"),
        @JsonSubTypes.Type(value = Message.Escalated.class, name = "escalated"),
        @JsonSubTypes.Type(value = Message.Filed.class, name = "filed"),
        @JsonSubTypes.Type(value = Message.Closed.class, name = "closed"),
        @JsonSubTypes.Type(value = Message.Paused.class, name = "paused")
    })
    private interface MessageForm {}

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(Remedy.class, RemedyForm.class)
            .addMixIn(Message.class, MessageForm.class)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Duration.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new Time<>(Instant.class, Instant::parse))
                    .addDeserializer(Duration.class, new Time<>(Duration.class, Duration::parse)))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS) // one step, one text, on every JVM
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // what turns text around or commands a terminal is harmless then
            .build();

    private MessageJson() {}

    /** Times as ISO 8601 writes them. */
    private static final class Time<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // never serialized
        private final Function<String, T> reader;

        Time(Class<T> type, Function<String, T> reader) {
            super(type);
            this.reader = reader;
        }

        @Override
        protected T _deserialize(String value, com.fasterxml.jackson.databind.DeserializationContext context) {
            return reader.apply(value);
        }
    }

    /** One line. */
    public static String write(Message message) {
        try {
            return JSON.writerFor(Message.class).writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message that cannot be written", e);
        }
    }

    /** One line. */
    public static String write(IncidentRecord.Attempt attempt) {
        return tree(attempt).toString();
    }

    /** Something that has steps, remedies and times in it, as a tree. */
    public static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** Reads a line; empty for what is no message that this program understands. */
    public static Optional<Message> read(String line) {
        try {
            return Optional.ofNullable(JSON.readValue(line, Message.class));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
