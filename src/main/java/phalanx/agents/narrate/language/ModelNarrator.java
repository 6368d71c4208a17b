package phalanx.agents.narrate.language;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import phalanx.agents.narrate.Narration;
import phalanx.agents.narrate.Narrative;
import phalanx.agents.narrate.Narrator;
import phalanx.run.Jobs;

/**
 * Has a language model retell incidents. Whatever it answers, or does not, the narrative stands, and a note says why nothing stands beside
 * it. Any thread but the agents'; takes as long as the settings let it, and ends when it is interrupted.
 */
public final class ModelNarrator implements Narrator {
    /** Failures in a row after which it is left alone, and for how long. */
    private static final int FAILURES = 3;

    private static final Duration REST = Duration.ofMinutes(1);
    /** Characters of an answer for a token at least, to count what a server does not. */
    private static final int PER_TOKEN = 3;

    private final LanguageSettings settings;
    private final BooleanSupplier spare;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final LanguageBudget budget;
    private final CircuitBreaker breaker;

    /**
     * A narrator.
     *
     * @param spare whether nothing is to be asked now, as memory is short
     * @param environment where keys may be
     */
    public ModelNarrator(
            LanguageSettings settings, BooleanSupplier spare, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.spare = spare;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.budget = new LanguageBudget(settings.limits(), settings.price());
        this.breaker = CircuitBreaker.of(
                "language model",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(FAILURES)
                        .minimumNumberOfCalls(FAILURES)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(REST)
                        .build());
    }

    /** What came of asking: an answer, or why there is none. */
    private record Asked(Optional<ChatResponse> answer, String why) {}

    @Override
    public Narration narrate(Narrative narrative) throws InterruptedException {
        Prompt prompt = Prompt.of(narrative);
        long input = prompt.tokens();
        long output = settings.limits().answerTokens();
        Instant now = clock.instant();
        if (spare.getAsBoolean()) {
            return without(narrative, "memory is short");
        }
        Optional<String> spent = budget.refusal(narrative.incident(), input, output, now);
        if (spent.isPresent()) {
            return without(narrative, spent.get());
        }
        Optional<String> key = settings.key().flatMap(one -> one.read(environment));
        if (settings.key().isPresent() && key.isEmpty()) {
            return without(narrative, "its key is not there, or others can read its file");
        }
        if (!breaker.tryAcquirePermission()) {
            return without(narrative, "it failed " + FAILURES + " times in a row and is left alone for a while");
        }
        long from = System.nanoTime();
        Narration told = without(narrative, "it was given up");
        try {
            Asked asked = ask(prompt, key);
            count(narrative.incident(), asked, input, now);
            told = judge(narrative, prompt, asked);
            return told;
        } finally {
            long took = System.nanoTime() - from;
            if (told.words().isPresent()) {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(took, TimeUnit.NANOSECONDS, new IllegalStateException(told.note()));
            }
        }
    }

    private Narration without(Narrative narrative, String why) {
        return new Narration(
                narrative,
                Optional.empty(),
                "The language model " + settings.model() + " told nothing: " + why
                        + ". What stands here is from the record alone.");
    }

    private Narration judge(Narrative narrative, Prompt prompt, Asked asked) {
        if (asked.answer().isEmpty()) {
            return without(narrative, asked.why());
        }
        Answer.Read read = Answer.read(text(asked), prompt);
        return read.answer()
                .map(answer -> new Narration(
                        narrative, Optional.of(new Narration.Words(settings.model(), answer.lines(prompt))), ""))
                .orElseGet(() ->
                        without(narrative, "its answer has another form than was asked for (" + read.fault() + ")"));
    }

    private static String text(Asked asked) {
        return asked.answer().map(ChatResponse::aiMessage).map(AiMessage::text).orElse("");
    }

    /** Counts what it used: what the server says, but no less than what is plain to see; all that it may use where no answer came. */
    private void count(String incident, Asked asked, long input, Instant at) {
        Optional<TokenUsage> told = asked.answer().map(ChatResponse::tokenUsage);
        long seen = asked.answer().isPresent()
                ? text(asked).length() / PER_TOKEN
                : settings.limits().answerTokens();
        budget.used(
                incident,
                Math.max(input / 2, told.map(TokenUsage::inputTokenCount).orElse(0)),
                Math.max(seen, told.map(TokenUsage::outputTokenCount).orElse(0)),
                at);
    }

    /** Asks on a thread of its own, which ends with the time limit whatever the server does. */
    private Asked ask(Prompt prompt, Optional<String> key) throws InterruptedException {
        BoundedHttp http = new BoundedHttp(settings.local());
        AtomicReference<Asked> came = new AtomicReference<>();
        Thread call = Jobs.assistant("language model", () -> came.set(asked(prompt, http, key)));
        boolean inTime = false;
        try {
            inTime = call.join(settings.limits().time());
        } finally {
            call.interrupt();
            http.end();
        }
        Asked asked = came.get();
        return inTime && asked != null
                ? asked
                : new Asked(
                        Optional.empty(),
                        "its answer was not there after "
                                + settings.limits().time().toMillis() / 1000.0 + " s");
    }

    private Asked asked(Prompt prompt, BoundedHttp http, Optional<String> key) {
        ChatRequest request = ChatRequest.builder()
                .messages(SystemMessage.from(Prompt.RULES), UserMessage.from(prompt.data()))
                .responseFormat(AnswerForm.FORMAT)
                .build();
        try {
            return new Asked(Optional.of(Models.of(settings, http, key).chat(request)), "");
        } catch (RuntimeException e) { // as the library tells of whatever a server did
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BoundedHttp.Trouble trouble) {
                    return new Asked(Optional.empty(), String.valueOf(trouble.getMessage()));
                }
            }
            return new Asked(Optional.empty(), "its server does not speak as one of its kind");
        }
    }
}
