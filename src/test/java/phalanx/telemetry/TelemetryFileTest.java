package phalanx.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** What other tools recorded is known by its content, and read on behind what is not understood. */
class TelemetryFileTest {
    private static final Path FOLDER = Path.of("src/test/resources/telemetry");

    private static Telemetry taken(Outcome<Telemetry> outcome) {
        return assertInstanceOf(
                Telemetry.class, assertInstanceOf(Outcome.Ok.class, outcome).value());
    }

    private static Telemetry text(String text) {
        return taken(TelemetryFile.read(Path.of("some.file"), text.getBytes(UTF_8)));
    }

    private static Problem refused(byte[] bytes) {
        return assertInstanceOf(
                Problem.class,
                assertInstanceOf(Outcome.Failed.class, TelemetryFile.read(Path.of("some.file"), bytes))
                        .problem());
    }

    private static Endpoint endpoint(int address, int port) {
        return new Endpoint(IpAddress.v4(address), port);
    }

    @Test
    void a_log_of_Zeek_gives_requests_with_their_connection() {
        Telemetry zeek = taken(TelemetryFile.read(FOLDER.resolve("zeek-http.log")));
        assertEquals("Zeek http", zeek.files().getFirst().format());
        assertEquals(List.of(), zeek.files().getFirst().problems());
        assertEquals(
                new Event(
                        1_354_328_870_191_989_000L,
                        0,
                        Event.Source.ZEEK,
                        "http",
                        Event.Weight.ORDINARY,
                        endpoint(0x80020688, 46562),
                        endpoint(0xADC24B67, 80),
                        "www.google.com",
                        "OPTIONS www.google.com * 405 Method Not Allowed",
                        "UWkUyAuUGXf"),
                zeek.events().getFirst());
        assertEquals("400 Bad Request", zeek.events().get(1).text());
        assertEquals(3, zeek.events().size());
    }

    @Test
    void logs_of_Zeek_in_JSON_are_told_by_their_fields_and_a_broken_line_is_named() {
        Telemetry zeek = text("""
                {"ts":1700000000.5,"uid":"C1","id.orig_h":"10.0.0.1","id.orig_p":4000,"id.resp_h":"10.0.0.2","id.resp_p":80,"proto":"tcp","conn_state":"REJ","duration":0.25}
                {"ts":1700000001,"uid":"C2","id.orig_h":"10.0.0.1","id.orig_p":53,"id.resp_h":"10.0.0.3","id.resp_p":53,"query":"a.test","qtype_name":"A","rcode":3,"rcode_name":"NXDOMAIN"}
                {"ts":"never","uid":"C3","conn_state":"SF"}
                {"ts":1700000002,
                {"_path":"ssl","ts":1700000003,"server_name":"a.test","version":"TLSv12","established":true}
                """);
        assertEquals(
                List.of("tcp REJ", "a.test A NXDOMAIN", "TLSv12 a.test"),
                zeek.events().stream().map(Event::text).toList());
        assertEquals(250_000_000, zeek.events().getFirst().durationNanos());
        assertEquals(
                List.of(Event.Weight.TROUBLE, Event.Weight.TROUBLE, Event.Weight.ORDINARY),
                zeek.events().stream().map(Event::weight).toList());
        Problem problem = zeek.files().getFirst().problems().getFirst();
        assertEquals(TelemetryFile.PARTLY, problem.code());
        assertTrue(
                problem.what().startsWith("some.file: 2 records are not understood, first in line 3: \"never\""),
                problem.what());
    }

    @Test
    void an_alert_of_Suricata_is_a_trouble() {
        Event alert = taken(TelemetryFile.read(FOLDER.resolve("suricata-eve.json")))
                .events()
                .getFirst();
        assertEquals(Event.Weight.TROUBLE, alert.weight());
        assertEquals("LOCAL script fetches a page Potentially Bad Traffic allowed", alert.text());
        assertEquals(endpoint(0xC0000211, 51514), alert.from());
        assertEquals(endpoint(0xC6336409, 80), alert.to());
        assertEquals(1_772_615_565_310_442_000L, alert.nanos());
        assertEquals("744120395518823", alert.link());
    }

    private static final String SPANS = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeSpans":[{"spans":[
            {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"GET /cart","kind":2,
             "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000250000000","status":{"code":2,"message":"boom"},
             "attributes":[{"key":"client.address","value":{"stringValue":"10.0.0.1"}},{"key":"server.address","value":{"stringValue":"10.0.0.2"}},
              {"key":"server.port","value":{"intValue":"8080"}},{"key":"http.response.status_code","value":{"intValue":500}}]}]}]}]}
            """;

    @Test
    void spans_are_read_from_JSON() {
        span(text(SPANS));
    }

    private static void span(Telemetry traces) {
        assertEquals("OTLP traces", traces.files().getFirst().format());
        assertEquals(
                new Event(
                        1_700_000_000_000_000_000L,
                        250_000_000,
                        Event.Source.OPENTELEMETRY,
                        "span",
                        Event.Weight.TROUBLE,
                        endpoint(0x0A000001, 0),
                        endpoint(0x0A000002, 8080),
                        "cart",
                        "cart GET /cart (500): boom",
                        "5b8efff798038103d269b633813fc60c"),
                traces.events().getFirst());
    }

    @Test
    void an_answer_of_Prometheus_gives_series_with_labels() {
        Telemetry prometheus = text("""
                {"status":"success","data":{"resultType":"matrix","result":[
                {"metric":{"__name__":"up","job":"prometheus","instance":"localhost:9090"},"values":[[1435781430.781,"1"],[1435781445.781,"NaN"]]},
                {"metric":{"__name__":"up","job":"node"},"values":[[1435781430.781,"0.5"]]}]}}
                """);
        LabelledSeries first = prometheus.series().getFirst();
        assertEquals("up{instance=\"localhost:9090\", job=\"prometheus\"}", first.toString());
        assertEquals(1_435_781_430_781_000_000L, first.points().nanos()[0]);
        assertEquals(1, first.points().values()[0]);
        assertTrue(Double.isNaN(first.points().values()[1]));
        assertEquals(Map.of("job", "node"), prometheus.series().get(1).labels());
        Problem vector =
                refused("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}".getBytes(UTF_8));
        assertTrue(vector.what().contains("no matrix"), vector.what());
    }

    @Test
    void names_come_from_pods_services_and_nodes_and_a_node_keeps_its_own() {
        Telemetry cluster = text("""
                {"apiVersion":"v1","kind":"List","items":[
                {"kind":"Pod","metadata":{"name":"cart-7d9","namespace":"shop"},"status":{"podIP":"10.1.0.5","podIPs":[{"ip":"10.1.0.5"},{"ip":"fd00::5"}]}},
                {"kind":"Pod","metadata":{"name":"proxy-x","namespace":"kube-system"},"status":{"podIP":"192.168.0.9"}},
                {"kind":"Pod","metadata":{"name":"waiting","namespace":"shop"},"status":{}},
                {"kind":"Service","metadata":{"name":"cart","namespace":"shop"},"spec":{"clusterIP":"10.96.0.7","clusterIPs":["10.96.0.7"]},"status":{"loadBalancer":{}}},
                {"kind":"Service","metadata":{"name":"db","namespace":"shop"},"spec":{"clusterIP":"None"}},
                {"kind":"Node","metadata":{"name":"worker-1"},"status":{"addresses":[{"type":"InternalIP","address":"192.168.0.9"},{"type":"Hostname","address":"worker-1"}]}},
                {"kind":"Secret","metadata":{"name":"s"}}]}
                """);
        assertEquals(5, cluster.names().size());
        assertEquals(
                "shop/cart-7d9",
                cluster.nameOf(IpAddress.v4(0x0A010005)).orElseThrow().shown());
        assertEquals(
                "shop/cart",
                cluster.nameOf(IpAddress.v4(0x0A600007)).orElseThrow().shown());
        assertEquals(
                "worker-1",
                cluster.nameOf(IpAddress.v4(0xC0A80009)).orElseThrow().shown());
        assertTrue(cluster.nameOf(IpAddress.v4(1)).isEmpty());
        assertTrue(cluster.files().getFirst().problems().getFirst().what().contains("Secret"));
    }

    @Test
    void a_pod_is_a_part_of_the_service_that_its_labels_or_its_owner_name() {
        Telemetry cluster = text("""
                {"apiVersion":"v1","kind":"List","items":[
                {"kind":"Pod","metadata":{"name":"cart-7d9f-x","labels":{"app":"cart"}},"status":{"podIP":"10.1.0.5"}},
                {"kind":"Pod","metadata":{"name":"pay-66b6c48dd5-abcde","ownerReferences":[{"kind":"ReplicaSet","name":"pay-66b6c48dd5"}]},"status":{"podIP":"10.1.0.6"}},
                {"kind":"Pod","metadata":{"name":"db-0","ownerReferences":[{"kind":"StatefulSet","name":"db"}]},"status":{"podIP":"10.1.0.7"}},
                {"kind":"Node","metadata":{"name":"worker-1"},"status":{"addresses":[{"address":"192.168.0.9"}]}}]}
                """);
        assertEquals(
                List.of("cart", "pay", "db", ""),
                cluster.names().stream().map(ServiceName::service).toList());
    }

    @Test
    void the_names_of_very_many_addresses_are_found_in_one_go() {
        List<ServiceName> names = IntStream.range(0, 100_000)
                .mapToObj(i -> new ServiceName(IpAddress.v4(i), ServiceName.Kind.POD, "", "pod-" + i, ""))
                .toList();
        Telemetry many = new Telemetry(List.of(), List.of(), names, List.of(), List.of());
        Map<IpAddress, ServiceName> all = assertTimeoutPreemptively(
                Duration.ofSeconds(5), many::byAddress); // 50 ms; a minute when each is searched for
        assertEquals(100_000, all.size());
        assertEquals(names.get(7), all.get(IpAddress.v4(7)));
    }

    @Test
    void points_of_one_measure_become_one_series_whatever_line_they_are_in() {
        Telemetry metrics = text("""
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeMetrics":[{"metrics":[{"name":"queue.length","gauge":{"dataPoints":[{"timeUnixNano":"1700000000000000000","asInt":"4"}]}}]}]}]}
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeMetrics":[{"metrics":[{"name":"queue.length","gauge":{"dataPoints":[{"timeUnixNano":"1700000010000000000","asDouble":5.5}]}},{"name":"wait","histogram":{"dataPoints":[{"timeUnixNano":"1700000010000000000","count":"3","sum":1.5}]}}]}]}]}
                """);
        assertEquals(
                List.of(
                        "queue.length{service.name=\"cart\"}",
                        "wait_count{service.name=\"cart\"}",
                        "wait_sum{service.name=\"cart\"}"),
                metrics.series().stream().map(LabelledSeries::toString).toList());
        assertArrayEquals(
                new double[] {4, 5.5}, metrics.series().getFirst().points().values());
        assertEquals("OTLP metrics", metrics.files().getFirst().format());
    }

    @Test
    void an_error_in_the_logs_is_a_trouble() {
        Telemetry logs = text("""
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeLogs":[{"logRecords":[
                {"timeUnixNano":"1700000000000000000","severityNumber":17,"severityText":"ERROR","body":{"stringValue":"out of stock"},"traceId":"5b8e"},
                {"observedTimeUnixNano":"1700000001000000000","severityNumber":9,"body":{"stringValue":"fine"}},
                {"body":{"stringValue":"no time"}}]}]}]}
                """);
        assertEquals(
                List.of("cart ERROR out of stock", "cart fine"),
                logs.events().stream().map(Event::text).toList());
        assertEquals(Event.Weight.TROUBLE, logs.events().getFirst().weight());
        assertEquals("5b8e", logs.events().getFirst().link());
        assertTrue(logs.files().getFirst().problems().getFirst().what().contains("a log record has no time"));
    }

    @Test
    void deploys_are_changes_and_files_add_up() {
        Telemetry all =
                text("[{\"time\":\"2026-11-21T09:40:00Z\",\"service\":\"cart\",\"version\":\"1.2\",\"who\":\"ann\"}]")
                        .with(text("{\"time\":1700000000,\"service\":\"db\",\"version\":\"7\"}"));
        assertEquals(
                List.of("db 7", "cart 1.2 by ann"),
                all.events().stream().map(Event::text).toList());
        assertEquals(2, all.files().size());
        assertEquals(Event.Weight.CHANGE, all.events().getFirst().weight());
    }

    @Test
    void what_is_something_else_is_refused_with_a_reason() {
        for (String text : List.of("", "hello there", "{}", "[1,2]", "{\"a\":1}\n{\"b\":2}", "#fields\tts\n")) {
            assertEquals(TelemetryFile.UNKNOWN, refused(text.getBytes(UTF_8)).code(), text);
        }
        assertEquals(
                TelemetryFile.UNREADABLE,
                assertInstanceOf(
                                Problem.class,
                                assertInstanceOf(Outcome.Failed.class, TelemetryFile.read(Path.of("no-such-file")))
                                        .problem())
                        .code());
    }

    /** No bytes throw: those of files with some changed, and cut anywhere. */
    @Test
    void damaged_files_are_read_as_far_as_they_go() {
        Random random = new Random(4);
        byte[] proto = protobuf();
        for (byte[] whole : List.of(SPANS.getBytes(UTF_8), proto)) {
            for (int round = 0; round < 2_000; round++) {
                byte[] some = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
                some[random.nextInt(some.length)] = (byte) random.nextInt();
                TelemetryFile.read(Path.of("some.file"), some);
            }
        }
    }

    @Test
    void spans_are_read_from_protobuf_as_from_JSON() {
        span(taken(TelemetryFile.read(Path.of("some.file"), protobuf())));
    }

    @Test
    void messages_with_their_lengths_in_front_are_read_one_by_one() {
        byte[] one = protobuf();
        byte[] file = ByteBuffer.allocate(2 * (4 + one.length) + 3)
                .putInt(one.length)
                .put(one)
                .putInt(one.length)
                .put(one)
                .array();
        Telemetry both = taken(TelemetryFile.read(Path.of("some.file"), file));
        assertEquals(2, both.events().size());
        span(both);
    }

    @Test
    void a_message_that_is_none_is_counted_and_the_next_one_is_read() {
        byte[] one = protobuf();
        byte[] bad = {0x0A, 3, 1, 2, 3};
        byte[] file = ByteBuffer.allocate(2 * (4 + one.length) + 2 * (4 + bad.length))
                .putInt(one.length)
                .put(one)
                .putInt(bad.length)
                .put(bad)
                .putInt(bad.length)
                .put(bad)
                .putInt(one.length)
                .put(one)
                .array();
        Telemetry both = taken(TelemetryFile.read(Path.of("some.file"), file));
        assertEquals(2, both.events().size());
        assertTrue(
                both.files()
                        .getFirst()
                        .problems()
                        .getFirst()
                        .what()
                        .startsWith("some.file: 2 records are not understood: it "),
                both.files().getFirst().problems().toString());
    }

    @Test
    void a_whole_day_of_spans_in_one_message_is_read() {
        Telemetry day = taken(TelemetryFile.read(Path.of("some.file"), OtlpSamples.encoded(25_000)));
        assertEquals(25_000, day.spans().size());
        assertEquals(List.of(), day.files().getFirst().problems());
    }

    /** The same spans, encoded by OpenTelemetry's own classes. */
    private static byte[] protobuf() {
        return OtlpSamples.encoded();
    }
}
