package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.proxy.record.TrafficTap;

class ProxyCaptureTest {
    private static InetSocketAddress address(int last, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), port);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void what_the_proxy_saw_reads_as_a_capture(@TempDir Path folder) throws IOException {
        StringWriter says = new StringWriter();
        try (ProxyCapture capture = new ProxyCapture(folder, 1 << 20, new PrintWriter(says, true))) {
            TrafficTap.Connection client = capture.opened(TrafficTap.Side.CLIENT, address(1, 4000), address(2, 80), 0);
            client.data(true, octets("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"));
            client.data(false, octets("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n" + "x".repeat(3000)));
            client.closed();
            TrafficTap.Connection server =
                    capture.opened(TrafficTap.Side.SERVER, address(2, 5000), address(3, 8080), 7_000_000);
            server.data(true, octets("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"));
            server.data(false, octets("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
            server.closed();
        }
        assertEquals("", says.toString());
        String client = inspected(folder.resolve("client-side.pcapng"));
        assertTrue(client.contains("\"status\":200") || client.contains("HTTP"), client);
        String server = inspected(folder.resolve("server-side.pcapng"));
        assertTrue(server.contains("10.0.0.3"), server);
        assertTrue(server.contains("7.00 ms"), server); // the handshake took what the connecting took
    }

    private static String inspected(Path file) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), "inspect", file.toString());
        assertEquals(0, code, err.toString());
        return out.toString();
    }
}
