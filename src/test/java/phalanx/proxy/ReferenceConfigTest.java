package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phalanx.run.Outcome;

/** The files in proxy-config: each is read and started, and the reference knows every directive. */
class ReferenceConfigTest {
    private static final Path FOLDER = Path.of("proxy-config");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".conf")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_file_is_good_and_starts(Path file, @TempDir Path temp) throws IOException {
        assertEquals(List.of(), ProxyConfig.read(file).faults());
        // The same, on ports that are free.
        String text = Files.readString(file)
                .replaceAll("listen [0-9]+", "listen 127.0.0.1:0")
                .replaceAll("(?m)^admin [^;]*;", "");
        Path copy = Files.writeString(temp.resolve("copy.conf"), "admin 127.0.0.1:0;\n" + text);
        Outcome<ProxyServer> started =
                ProxyServer.start(ProxyConfig.read(copy).config().orElseThrow());
        ProxyServer server = assertInstanceOf(Outcome.Ok.class, started).value() instanceof ProxyServer s ? s : null;
        assertTrue(server != null && server.ready());
        server.close();
    }

    @Test
    void servers_that_are_asked_by_udp_and_probed_by_tcp_are_named(@TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("udp.conf"), """
                upstream names  { server 127.0.0.1:53; }
                upstream both   { server 127.0.0.1:53; }
                upstream silent { server 127.0.0.1:53; health_check off; }
                stream {
                    server { listen 5301 udp; upstream names; }
                    server { listen 5302 udp; upstream both; }
                    server { listen 5302; upstream both; }
                    server { listen 5303 udp; upstream silent; }
                }
                """);
        List<String> notices = ProxyConfig.read(file).config().orElseThrow().notices();
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(notices.getFirst().startsWith(file + ":1:1: the upstream names is"), notices.toString());
    }

    @Test
    void the_reference_names_every_directive() throws IOException {
        String reference = Files.readString(FOLDER.resolve("phalanx.conf"));
        List<String> missing = ProxyConfig.DIRECTIVES.stream()
                .map(d -> d.name())
                .filter(name -> !reference.matches("(?s).*\\b" + name + "\\b.*"))
                .distinct()
                .toList();
        assertEquals(List.of(), missing);
    }
}
