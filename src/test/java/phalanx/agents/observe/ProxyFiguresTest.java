package phalanx.agents.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phalanx.proxy.http.Failure;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.record.RequestRecord;

class ProxyFiguresTest {
    private static final long SECOND = 1_000_000;
    private static final Subject WAY = Subject.way("pay-1", "pay");
    private static final Inventory INVENTORY =
            Inventory.parse("inventory.json", """
                    {"schema": "phalanx.inventory/1", "edge": "127.0.0.1:8000",
                     "services": {"pay": {"upstream": "pay", "instances": {"pay-1": "127.0.0.1:9001"}}}}""").value().orElseThrow();

    private final ProxyFigures figures = new ProxyFigures(new RequestLog(1, 16), INVENTORY);

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** @param local where it came in  @param upstream and where it went */
    private static RequestRecord record(
            int local, String upstream, int peer, int status, long millis, @Nullable Failure failure) {
        return record(at(50_000), local, upstream, peer, status, millis, failure);
    }

    private static RequestRecord record(
            InetSocketAddress from,
            int local,
            String upstream,
            int peer,
            int status,
            long millis,
            @Nullable Failure failure) {
        return new RequestRecord(
                "id",
                0,
                1,
                at(50_000),
                from,
                at(local),
                at(50_001),
                at(peer),
                "GET",
                "",
                "/",
                "HTTP/1.1",
                status,
                0,
                0,
                upstream,
                "",
                1,
                "",
                "",
                1_000_000,
                0,
                0,
                millis * 1_000_000,
                1,
                failure);
    }

    private double of(Subject subject, Measure measure) {
        Map<Subject, Map<Measure, Double>> all = new HashMap<>();
        figures.into(SECOND, all);
        return all.getOrDefault(subject, Map.of()).getOrDefault(measure, Double.NaN);
    }

    @Test
    void the_edge_counts_what_users_ask_and_the_way_what_the_choice_of_a_server_led_to() {
        long[] ended = figures.count(
                List.of(record(8000, "pay", 9001, 200, 21, null), record(8000, "pay", 9001, 500, 21, null)), SECOND);
        assertArrayEquals(new long[] {2, 1}, ended);
        assertEquals(0.5, of(Subject.EDGE, Measure.ERRORS));
        assertEquals(0.5, of(WAY, Measure.ERRORS));
        assertEquals(20, of(WAY, Measure.P99), 1);
    }

    @Test
    void a_bad_gateway_that_the_server_passes_on_is_no_loss_on_the_way_to_it() {
        figures.count(List.of(record(8000, "pay", 9001, 502, 5, null)), SECOND);
        assertEquals(0, of(WAY, Measure.REFUSED));
        assertEquals(1, of(WAY, Measure.ERRORS));
    }

    @Test
    void a_next_proxy_that_reached_nobody_answers_for_the_server() {
        Failure refused = Failure.upstream(502, "connection_refused", "No connection.");
        List<RequestRecord> both = new ArrayList<>();
        both.add(record(9001, "pay-1", 9101, 502, 5, refused));
        both.add(record(8000, "pay", 9001, 502, 5, null));
        figures.count(both, SECOND);
        assertEquals(1, of(WAY, Measure.REFUSED));
        assertEquals(0.25, of(WAY, Measure.RATE), "counted once");
    }

    @Test
    void who_gives_up_has_waited_too_long_and_was_not_refused() {
        figures.count(
                List.of(
                        record(8000, "pay", 9001, 499, 2000, Failure.client(499, "The client has gone.")),
                        record(8000, "pay", 9001, 504, 2000, Failure.upstream(504, "connection_timeout", "Too late."))),
                SECOND);
        assertEquals(1, of(WAY, Measure.TIMEOUTS));
        assertEquals(0, of(WAY, Measure.REFUSED));
    }

    @Test
    void a_connection_that_is_reset_is_lost_on_the_way() {
        figures.count(
                List.of(record(8000, "pay", 9001, 502, 5, Failure.upstream(502, "connection_terminated", "It ended."))),
                SECOND);
        assertEquals(1, of(WAY, Measure.REFUSED));
    }

    @Test
    void what_a_client_does_wrong_is_no_trouble_of_others() {
        figures.count(
                List.of(
                        record(8000, "", 9001, 400, 1, Failure.client(400, "No request.")),
                        record(8000, "", 9001, 429, 1, null)),
                SECOND);
        assertEquals(0.5, of(Subject.EDGE, Measure.ERRORS), "too many of them are refused, which users feel");
    }

    private static List<RequestRecord> from(String client, int requests, int status) throws Exception {
        InetSocketAddress from = new InetSocketAddress(InetAddress.getByName(client), 0);
        Failure failure = status == 200 ? null : Failure.denied(status, "No.");
        return Collections.nCopies(requests, record(from, 8000, "pay", 9001, status, 1, failure));
    }

    @Test
    void who_asks_most_is_told_of_with_what_was_refused_of_it_and_the_machine_itself_is_not() throws Exception {
        List<RequestRecord> all = new ArrayList<>();
        all.addAll(from("192.0.2.1", 60, 200));
        all.addAll(from("192.0.2.1", 60, 429));
        all.addAll(from("2001:db8::1", 20, 200));
        all.addAll(from("2001:db8::2", 20, 403));
        all.addAll(from("192.0.2.9", 5, 200));
        all.addAll(from("127.0.0.1", 75, 200));
        assertArrayEquals(new long[] {220, 60}, figures.count(all, SECOND)); // 403 of the guard is no user's
        Subject loud = Subject.client("192.0.2.1");
        assertEquals(0.5, of(loud, Measure.SHARE));
        assertEquals(0.5, of(loud, Measure.BLOCKED));
        assertEquals(30, of(loud, Measure.RATE));
        assertEquals(0.5, of(Subject.client("2001:db8::/64"), Measure.BLOCKED));
        assertEquals(80 / 240.0, of(Subject.EDGE, Measure.BLOCKED));
        assertEquals(Double.NaN, of(Subject.client("192.0.2.9"), Measure.RATE));
        assertEquals(Double.NaN, of(Subject.client("127.0.0.1"), Measure.RATE));
    }

    @Test
    void who_is_banned_is_no_trouble_any_more() throws Exception {
        List<RequestRecord> all = new ArrayList<>(from("192.0.2.2", 50, 200));
        InetSocketAddress banned = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 0);
        all.addAll(Collections.nCopies(200, record(banned, 8000, "", 0, 403, 1, Failure.BANNED)));
        assertArrayEquals(new long[] {50, 0}, figures.count(all, SECOND));
        assertEquals(0, of(Subject.EDGE, Measure.BLOCKED));
        assertEquals(1, of(Subject.client("192.0.2.2"), Measure.SHARE));
        assertEquals(Double.NaN, of(Subject.client("192.0.2.1"), Measure.SHARE));
    }

    @Test
    void who_was_loud_is_forgotten_seconds_later() throws Exception {
        figures.count(from("192.0.2.1", 60, 200), SECOND);
        Map<Subject, Map<Measure, Double>> later = new HashMap<>();
        figures.into(SECOND + Window.SECONDS, later);
        assertEquals(false, later.containsKey(Subject.client("192.0.2.1")));
    }
}
