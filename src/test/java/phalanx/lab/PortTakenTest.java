package phalanx.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.config.HostPort;
import phalanx.lab.service.MarketplaceService;
import phalanx.run.Outcome;

/** Another program that takes a port between the lab's look for it and its use. */
class PortTakenTest {
    @TempDir
    Path folder;

    private final List<ServerSocket> others = new ArrayList<>();
    private final List<Layout> places = new ArrayList<>();

    @AfterEach
    void release() throws IOException {
        for (ServerSocket other : others) {
            other.close();
        }
    }

    /** Free ports, of which this one is taken at once. */
    private Layout taken(long seed, Function<Layout, HostPort> which) throws IOException {
        Layout layout = Layout.free(seed);
        ServerSocket other = new ServerSocket();
        others.add(other);
        other.bind(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), which.apply(layout).port()));
        places.add(layout);
        return layout;
    }

    private Outcome<Marketplace> start(Beginning.Places from) {
        return Marketplace.start(new Marketplace.Settings(folder, 5, 1, ""), from);
    }

    @Test
    void other_ports_are_tried_when_a_services_and_then_the_proxys_was_taken() {
        Outcome<Marketplace> started = start(seed -> switch (places.size()) {
            case 0 -> taken(seed, layout -> layout.instance("payment-1"));
            case 1 -> taken(seed, Layout::edge);
            default -> Layout.free(seed);
        });
        if (!(started instanceof Outcome.Ok<Marketplace>(Marketplace lab))) {
            throw new AssertionError(started.toString());
        }
        try (lab) {
            assertEquals(2, places.size());
            assertNotEquals(places.getFirst(), lab.layout());
            assertTrue(lab.status().instances().stream().allMatch(LabStatus.Instance::alive));
        }
    }

    @Test
    void a_service_whose_port_is_taken_while_it_starts_says_so() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServiceProcess bank = new ServiceProcess(
                        new MarketplaceService.Start(
                                Layout.BANK + "-1",
                                other.getLocalPort(),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 53),
                                ""),
                        folder.resolve("bank.log"))) {
            if (!(bank.start("1", Layout.bank()) instanceof Outcome.Failed<String>(var problem))) {
                throw new AssertionError("it listens where another does");
            }
            assertEquals(ServiceProcess.TAKEN, problem.code());
        }
    }

    @Test
    void it_ends_when_ports_are_taken_again_and_again() {
        Outcome<Marketplace> started = start(seed -> taken(seed, layout -> layout.instance(Layout.BANK)));
        if (!(started instanceof Outcome.Failed<Marketplace>(var problem))) {
            throw new AssertionError("it runs on ports of others");
        }
        assertEquals(ServiceProcess.TAKEN, problem.code());
        assertTrue(problem.what().startsWith("The lab's bank-1 cannot listen: port "), problem.what());
        assertEquals(Marketplace.STARTS, places.size());
    }
}
