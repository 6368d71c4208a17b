package phalanx.proxy.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import phalanx.config.HostPort;

class BalancerTest {
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Server> servers = new ArrayList<>(List.of(server(1, 1), server(2, 2), server(3, 5)));

    private static Server server(int port, int weight) {
        return new Server(
                new HostPort("10.0.0.1", port),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                weight,
                0,
                false);
    }

    private Map<Integer, Integer> shares(Balancer balancer, int requests) {
        Map<Integer, Integer> shares = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            Server chosen =
                    balancer.choose(servers, new Balancer.Asking(i, random)).server();
            shares.merge(chosen.name().port(), 1, Integer::sum);
        }
        return shares;
    }

    @Test
    void round_robin_gives_each_the_same() {
        assertEquals(Map.of(1, 100, 2, 100, 3, 100), shares(new RoundRobin(), 300));
    }

    @Test
    void weighted_round_robin_follows_weights_and_mixes_them() {
        WeightedRoundRobin balancer = new WeightedRoundRobin();
        assertEquals(Map.of(1, 10, 2, 20, 3, 50), shares(balancer, 80));
        String order = "";
        for (int i = 0; i < 8; i++) {
            order += balancer.choose(servers, new Balancer.Asking(0, random))
                    .server()
                    .name()
                    .port();
        }
        assertTrue(!order.contains("3333"), order);
    }

    @Test
    void least_connections_takes_the_least_busy_against_its_weight() {
        for (int i = 0; i < 4; i++) {
            servers.get(2).acquire(); // 4 of weight 5
        }
        servers.get(1).acquire(); // 1 of weight 2
        servers.get(0).acquire(); // 1 of weight 1
        assertEquals(
                servers.get(1),
                new LeastConnections()
                        .choose(servers, new Balancer.Asking(0, random))
                        .server());
    }

    @Test
    void ip_hash_stays_and_moves_only_the_clients_of_a_server_that_goes() {
        IpHash balancer = new IpHash();
        Map<Long, Server> before = new HashMap<>();
        for (long client = 0; client < 1000; client++) {
            before.put(
                    client,
                    balancer.choose(servers, new Balancer.Asking(client, random))
                            .server());
        }
        Server gone = servers.remove(1);
        int moved = 0;
        for (long client = 0; client < 1000; client++) {
            Server now = balancer.choose(servers, new Balancer.Asking(client, random))
                    .server();
            Server first = before.getOrDefault(client, gone);
            moved += first.equals(gone) || now.equals(first) ? 0 : 1;
        }
        assertEquals(0, moved);
    }

    @Test
    void ip_hash_passes_over_a_server_that_is_full() {
        Balancer.Asking asking = new Balancer.Asking(42, random);
        Server first = new IpHash().choose(servers, asking).server();
        for (int i = 0; i < 100; i++) {
            first.acquire();
        }
        assertTrue(!new IpHash().choose(servers, asking).server().equals(first));
    }

    @Test
    void random_prefers_weight_and_the_less_busy() {
        Map<Integer, Integer> shares = shares(new PowerOfTwo(), 8000);
        assertTrue(
                shares.getOrDefault(3, 0) > shares.getOrDefault(2, 0)
                        && shares.getOrDefault(2, 0) > shares.getOrDefault(1, 0),
                shares.toString());
    }

    @Test
    void a_server_is_ejected_after_failures_in_a_row_and_gets_one_request_to_try() {
        Health health = new Health();
        long now = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            assertTrue(health.available(now));
            health.ended(true, 3, 1000, now);
        }
        assertEquals(Health.State.EJECTED, health.state());
        assertTrue(!health.available(now + 999));
        assertTrue(health.available(now + 1000));
        health.chosen(now + 1000);
        assertTrue(!health.available(now + 1001), "one trial at a time");
        health.ended(true, 3, 1000, now + 1002);
        assertTrue(!health.available(now + 2500), "the second ejection lasts twice as long");
        assertTrue(health.available(now + 3002));
        health.ended(false, 3, 1000, now + 3003);
        assertEquals(Health.State.UP, health.state());
    }
}
