package phalanx.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phalanx.config.HostPort;
import phalanx.lab.http.HttpCaller;
import phalanx.lab.http.HttpListener;

class LabDnsTest {
    @Test
    void the_bank_is_found_while_the_server_is_well_and_forgotten_within_a_second() throws Exception {
        try (LabDns dns = new LabDns();
                HttpListener bank = new HttpListener(0, request -> request.answer(200, "{}"));
                HttpCaller caller = new HttpCaller(dns.address())) {
            HttpCaller.Call call = call(LabDns.BANK, bank.port());
            assertEquals(200, caller.call(call).status());
            for (LabDns.Mood mood : new LabDns.Mood[] {LabDns.Mood.SERVFAIL, LabDns.Mood.SILENT}) {
                dns.mood(mood);
                Thread.sleep(1200); // a second is the answer's time to live
                assertEquals(HttpCaller.Unanswered.Why.NAME_NOT_RESOLVED, unanswered(caller, call));
                assertEquals(200, caller.call(call("127.0.0.1", bank.port())).status());
                dns.mood(LabDns.Mood.WELL);
                assertEquals(200, caller.call(call).status());
            }
            assertEquals(
                    HttpCaller.Unanswered.Why.NAME_NOT_RESOLVED,
                    unanswered(caller, call("payment.cluster2.lab.test", bank.port())));
        }
    }

    private static HttpCaller.Unanswered.Why unanswered(HttpCaller caller, HttpCaller.Call call) {
        return assertThrows(HttpCaller.Unanswered.class, () -> caller.call(call))
                .why();
    }

    private static HttpCaller.Call call(String host, int port) {
        return new HttpCaller.Call(
                "POST", new HostPort(host, port), "/authorise", "{}", Map.of(), Duration.ofSeconds(4));
    }
}
