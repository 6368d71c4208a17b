package phalanx.show.shell;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import phalanx.explain.Analysis;
import phalanx.measure.ConversationMetrics;
import phalanx.net.Endpoint;

/** Files of other tools about the hosts and the time of an answer. */
final class ImportSamples {
    private ImportSamples() {}

    /** An alert, a deploy, a series, spans of two services and names, a file each, in that order. */
    static List<Path> write(Path folder, Analysis analysis) throws IOException {
        ConversationMetrics first = analysis.measures().conversations().getFirst();
        Endpoint client = first.conversation().client();
        Endpoint server = first.conversation().legs().getLast().server();
        long begin = first.firstNanos();
        long span = Math.max(1_000_000_000L, first.lastNanos() - begin);
        Files.createDirectories(folder);
        return List.of(
                Files.writeString(folder.resolve("eve.json"), """
                        {"timestamp":"%s","event_type":"alert","src_ip":"%s","src_port":%d,"dest_ip":"%s","dest_port":%d,"proto":"TCP","alert":{"signature":"SURICATA STREAM excessive retransmissions","category":"Generic Protocol Command Decode","action":"allowed"}}
                        {"timestamp":"%s","event_type":"alert","src_ip":"192.0.2.77","src_port":1,"dest_ip":"192.0.2.78","dest_port":2,"alert":{"signature":"elsewhere"}}
                        {"timestamp":"never","event_type":"alert"}
                        """.formatted(
                                seconds(begin + span / 3),
                                client.address(),
                                client.port(),
                                server.address(),
                                server.port(),
                                seconds(begin + span / 2))),
                Files.writeString(
                        folder.resolve("deploys.json"),
                        "[{\"time\":%s,\"service\":\"cart\",\"version\":\"1.2\",\"who\":\"ann\"}]"
                                .formatted(seconds(begin + span / 8))),
                Files.writeString(
                        folder.resolve("prometheus.json"),
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}"
                                .formatted(IntStream.range(0, 3)
                                        .mapToObj(i -> series(i, begin, span))
                                        .collect(Collectors.joining(",")))),
                Files.writeString(folder.resolve("traces.json"), spans(client, server, begin, span)),
                Files.writeString(folder.resolve("cluster.json"), """
                        {"apiVersion":"v1","kind":"List","items":[
                        {"kind":"Pod","metadata":{"name":"web-0","namespace":"shop","labels":{"app":"web"}},"status":{"podIP":"%s"}},
                        {"kind":"Pod","metadata":{"name":"cart-7d9","namespace":"shop","labels":{"app":"cart"}},"status":{"podIP":"%s"}}]}
                        """.formatted(client.address(), server.address())));
    }

    private static BigDecimal seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9);
    }

    private static String series(int number, long begin, long span) {
        return "{\"metric\":{\"__name__\":\"queue_length\",\"instance\":\"cart-%d\"},\"values\":[%s]}"
                .formatted(
                        number,
                        IntStream.range(0, 21)
                                .mapToObj(i -> "[%s,\"%d\"]"
                                        .formatted(
                                                seconds(begin + span * i / 20), number + 1 + i * i * (number + 1) / 8))
                                .collect(Collectors.joining(",")));
    }

    /** Twenty calls of cart by web, of which five fail, with both sides of each. */
    private static String spans(Endpoint client, Endpoint server, long begin, long span) {
        return IntStream.range(0, 20)
                .mapToObj(i -> """
                        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}},{"key":"k8s.pod.ip","value":{"stringValue":"%1$s"}}]},"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80%2$04x","spanId":"a7ad6b716920%2$04x","name":"GET /cart","kind":3,"startTimeUnixNano":"%3$d","endTimeUnixNano":"%4$d","status":{"code":%5$d},"attributes":[{"key":"server.address","value":{"stringValue":"%6$s"}},{"key":"server.port","value":{"intValue":"%7$d"}}]}]}]},{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80%2$04x","spanId":"b7ad6b716920%2$04x","parentSpanId":"a7ad6b716920%2$04x","name":"GET /cart","kind":2,"startTimeUnixNano":"%8$d","endTimeUnixNano":"%4$d","status":{"code":%5$d}}]}]}]}""".formatted(
                                client.address(),
                                i,
                                begin + span * i / 20,
                                begin + span * i / 20 + 2_000_000L * (i + 1),
                                i % 4 == 3 ? 2 : 1,
                                server.address(),
                                server.port(),
                                begin + span * i / 20 + 500_000))
                .collect(Collectors.joining("\n"));
    }
}
