package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phalanx.agents.bus.BrokerBus;
import phalanx.agents.bus.BrokerProcess;
import phalanx.agents.bus.BusAddress;
import phalanx.agents.bus.BusSecrets;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;

/** The loop decides the same whatever carries its messages, and whatever befalls that. */
class BusDecisionsTest {
    private static final BusSecrets SECRETS = new BusSecrets("", "", new byte[32], "");
    private static final String ACT = """
            {"mode": "act", "cooldown_seconds": 1, "longest_cooldown_seconds": 8}""";

    private static final Map<String, Function<@Nullable Bus, Scripted>> SCENES = scenes();

    @TempDir
    Path folder;

    private static Map<String, Function<@Nullable Bus, Scripted>> scenes() {
        Map<String, Function<@Nullable Bus, Scripted>> scenes = new LinkedHashMap<>();
        scenes.put("healed", scene(ACT, s -> {
            s.suggests(Scripted.DRAIN, 0.95);
            s.pass(8);
        }));
        scenes.put("vetoed", scene("""
                {"mode": "act", "most_of_upstream": 0.4}""", s -> {
            s.suggests(Scripted.DRAIN, 0.99);
            s.pass(12);
        }));
        scenes.put("rolled-back", scene(ACT, s -> {
            s.heals = Scripted.OTHER::equals;
            s.suggests(Scripted.DRAIN, 0.95);
            s.suggests(Scripted.OTHER, 0.92);
            s.pass(20);
        }));
        scenes.put("three-failures", scene(ACT, BusDecisionsTest::threeFailures));
        scenes.put("asks", scene(ACT, s -> {
            s.suggests(Scripted.DRAIN, 0.7);
            s.pass(8);
            assertTrue(s.loop.answer(s.last(Message.Proposed.class).proposal().id(), true, "eva", "looks right"));
            s.arrive(1); // by a bus it may come before the next second or in it
            s.pass(10);
        }));
        scenes.put("refused", scene(ACT, s -> {
            s.suggests(Scripted.DRAIN, 0.7);
            s.pass(72);
        }));
        return scenes;
    }

    private static void threeFailures(Scripted s) {
        s.heals = remedy -> false;
        s.suggests(Scripted.DRAIN, 0.95);
        s.suggests(Scripted.OTHER, 0.95);
        s.suggests(Scripted.THIRD, 0.95);
        s.pass(60);
        s.trouble = false;
        s.pass(4);
    }

    private static Function<@Nullable Bus, Scripted> scene(String policy, Consumer<Scripted> course) {
        return bus -> {
            Scripted s = new Scripted(policy, bus);
            s.trouble = true;
            course.accept(s);
            return s;
        };
    }

    private static List<String> lines(Scripted s) {
        return s.steps.stream().map(MessageJson::write).toList();
    }

    private static void sameAsByHand(Function<String, Bus> buses) {
        SCENES.forEach((name, scene) -> {
            Scripted wanted = scene.apply(null);
            try (Bus bus = buses.apply(name)) {
                Scripted found = scene.apply(bus);
                assertEquals(lines(wanted), lines(found), name);
                assertEquals(wanted.done, found.done, name);
            }
        });
    }

    @Test
    void in_process() {
        sameAsByHand(_ -> new InProcessBus());
    }

    @ParameterizedTest
    @EnumSource
    void by_a_broker(BusAddress.Kind kind) throws IOException {
        try (BrokerProcess broker = new BrokerProcess(kind, folder)) {
            sameAsByHand(name -> BrokerBus.open(broker.address(name), SECRETS));
        }
    }

    /** Killed with SIGKILL at every so many steps, each time while messages are under way, and started again with what it had kept. */
    @ParameterizedTest
    @EnumSource
    void with_a_broker_that_is_killed_nothing_is_lost_and_nothing_done_twice(BusAddress.Kind kind) throws Exception {
        int kills = kind == BusAddress.Kind.REDIS ? 8 : 1;
        Scripted wanted = new Scripted(ACT);
        wanted.trouble = true;
        threeFailures(wanted);
        try (BrokerProcess broker = new BrokerProcess(kind, folder);
                Bus bus = BrokerBus.open(broker.address("killed"), SECRETS)) {
            Scripted s = new Scripted(ACT, bus);
            s.trouble = true;
            AtomicInteger killed = new AtomicInteger();
            int every = wanted.steps.size() / (kills + 1);
            Thread killer = Thread.ofPlatform()
                    .daemon()
                    .start(() -> IntStream.rangeClosed(1, kills).forEach(round -> {
                        try {
                            while (s.steps.size() < round * every) {
                                Thread.onSpinWait();
                            }
                            broker.kill();
                            Thread.sleep(100);
                            broker.start();
                            killed.incrementAndGet();
                        } catch (IOException | InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }));
            threeFailures(s);
            killer.join(60_000);
            assertEquals(kills, killed.get());
            assertEquals(lines(wanted), lines(s));
            assertEquals(wanted.done, s.done);
        }
    }
}
