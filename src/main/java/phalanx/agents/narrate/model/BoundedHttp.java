package phalanx.agents.narrate.model;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * How the library reaches the server of a language model: it follows no redirects, reads no more than a bound, and ends when its thread is
 * interrupted. One request at a time; any thread.
 */
final class BoundedHttp implements HttpClient, HttpClientBuilder {
    /** Bytes of an answer, beyond which it is given up. */
    static final int LARGEST = 256 << 10;

    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final java.net.http.HttpClient client;

    /** A request that came to nothing. */
    static final class Trouble extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** @param why the end of a sentence, without a word of the server */
        Trouble(String why) {
            super(why);
        }
    }

    /** @param local whether it goes past what the system has as a proxy */
    BoundedHttp(boolean local) {
        java.net.http.HttpClient.Builder builder = java.net.http.HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(CONNECT);
        client = (local ? builder.proxy(java.net.http.HttpClient.Builder.NO_PROXY) : builder).build();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        java.net.http.HttpRequest.Builder asked = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(
                        request.method().name(),
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                Objects.requireNonNullElse(request.body(), "")));
        request.headers().forEach((name, values) -> values.forEach(value -> asked.header(name, value)));
        try {
            HttpResponse<byte[]> came =
                    client.send(asked.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
            if (came.statusCode() / 100 != 2) {
                throw new Trouble("its server answered " + came.statusCode());
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(came.statusCode())
                    .headers(came.headers().map())
                    .body(new String(came.body(), StandardCharsets.UTF_8))
                    .build();
        } catch (ConnectException _) {
            throw new Trouble("its server takes no connections");
        } catch (IOException e) {
            throw new Trouble(
                    String.valueOf(e.getMessage()).contains("capacity")
                            ? "its answer is larger than " + (LARGEST >> 10) + " KiB"
                            : "the connection to its server broke");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Trouble("it was given up");
        }
    }

    /** Nothing is streamed. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Ends what is under way. */
    void end() {
        client.shutdownNow();
    }

    @Override
    public HttpClient build() {
        return this;
    }

    @Override
    public Duration connectTimeout() {
        return CONNECT;
    }

    /** Stays as it is: the library has no say in it. */
    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    /** None: the whole call has a limit. */
    @Override
    public Duration readTimeout() {
        return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }
}
