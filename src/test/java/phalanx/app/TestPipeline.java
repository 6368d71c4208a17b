package phalanx.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import phalanx.app.pipeline.Pipeline;
import phalanx.app.terminal.ExitCode;
import phalanx.decode.Wire;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.rules.RuleFolder;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.show.export.Exporter;
import phalanx.stitch.HopNames;

/** The real pipeline for tests of other rooms. */
public final class TestPipeline {
    private TestPipeline() {}

    /** Writes views and reports as the program does. */
    public static Exporter exporter() {
        return new DeskExporter(InstantSource.system());
    }

    public static Analyzer analyzer() {
        return new Pipeline(RuleFolder.NONE);
    }

    /** The answer to files that can be read. */
    public static Analysis analyze(List<Path> files) {
        return switch (new Pipeline(RuleFolder.NONE).analyze(HopNames.name(files), Progress.NONE)) {
            case Outcome.Ok<Analysis>(var analysis) -> analysis;
            case Outcome.Failed<Analysis>(var problem) -> throw new AssertionError(problem);
        };
    }

    /** Three captures of small questions and answers, four a second; between two times questions take 40 ms more behind the second. */
    public static List<Path> talk(Path folder, int seconds, int slowFrom, int slowTo) {
        TestNetwork network = new TestNetwork(3);
        for (int i = 0; i < seconds * 4; i++) {
            long when = TestNetwork.BEGIN + 250L * i * TestNetwork.MS;
            boolean slow = i >= slowFrom * 4 && i < slowTo * 4;
            byte[] question = {(byte) i, (byte) (i >> 8), 1, 2, 3};
            long there = network.send(
                    true,
                    when,
                    Wire.udp().ports(4000, 9000).payload(question),
                    slow ? TestNetwork.late(1, 40 * TestNetwork.MS) : TestNetwork.Fault.NONE);
            network.send(
                    false,
                    there + TestNetwork.MS,
                    Wire.udp().hosts(2, 1).ports(9000, 4000).payload(question),
                    TestNetwork.Fault.NONE);
        }
        return network.captures(folder);
    }

    /** Packets one way between two captures, whose clocks nothing can tie; the second clock is 5 s behind. */
    public static List<Path> oneWay(Path folder) {
        TestNetwork network = new TestNetwork(2).clock(1, time -> time - 5_000 * TestNetwork.MS);
        for (int i = 0; i < 20; i++) {
            byte[] report = {(byte) i, 9, 9, 1, 2, 3};
            network.send(
                    true,
                    TestNetwork.BEGIN + 300L * i * TestNetwork.MS,
                    Wire.udp().ports(4000, 9000).payload(report),
                    TestNetwork.Fault.NONE);
        }
        return network.captures(folder);
    }

    /** Many questions from the near end and one conversation opened from the far end, which asks much and is answered little. */
    public static List<Path> callBack(Path folder) {
        TestNetwork network = new TestNetwork(2);
        for (int i = 0; i < 40; i++) {
            long when = TestNetwork.BEGIN + 100L * i * TestNetwork.MS;
            byte[] said = {(byte) i, 9, 9, 1, 2, 3};
            int port = 4000 + i % 8;
            network.send(true, when, Wire.udp().ports(port, 9000).payload(said), TestNetwork.Fault.NONE);
            Wire answer = Wire.udp().hosts(2, 1).ports(9000, port).payload(said);
            network.send(false, when + 20 * TestNetwork.MS, answer, TestNetwork.Fault.NONE);
            Wire asked = Wire.udp().hosts(2, 1).ports(6000, 7000).payload(Arrays.copyOf(said, 900));
            network.send(false, when + 40 * TestNetwork.MS, asked, TestNetwork.Fault.NONE);
            Wire told = Wire.udp().ports(7000, 6000).payload(said);
            network.send(true, when + 60 * TestNetwork.MS, told, TestNetwork.Fault.NONE);
        }
        return network.captures(folder);
    }

    /** A few questions and answers along a path of so many captures. */
    public static List<Path> relay(Path folder, int points) {
        TestNetwork network = new TestNetwork(points);
        for (int i = 0; i < 12; i++) {
            byte[] question = {(byte) i, 9, 9, 1, 2, 3};
            long when = TestNetwork.BEGIN + 300L * i * TestNetwork.MS;
            Wire asked = Wire.udp().ports(4000, 9000).payload(question);
            long there =
                    network.send(true, when, asked, i == 5 ? TestNetwork.drop(points / 2) : TestNetwork.Fault.NONE);
            Wire answer = Wire.udp().hosts(2, 1).ports(9000, 4000).payload(question);
            if (i != 5) {
                network.send(false, there + TestNetwork.MS, answer, TestNetwork.Fault.NONE);
            }
        }
        return network.captures(folder);
    }

    /** What the command line answers to a sample. */
    public static String json(String sample) {
        StringWriter out = new StringWriter();
        Main.run(new PrintWriter(out), new PrintWriter(out), "analyze", "--json", "--quiet", "sample-pcaps/" + sample);
        return out.toString();
    }

    /** What the command line says of a command; an error when there is none. */
    public static String help(String... command) {
        StringWriter out = new StringWriter();
        String[] asked = Arrays.copyOf(command, command.length + 1);
        asked[command.length] = "--help";
        int code = Main.run(new PrintWriter(out), new PrintWriter(out), asked);
        if (code != ExitCode.OK) {
            throw new AssertionError(String.join(" ", command) + ": " + out);
        }
        return out.toString();
    }

    /** A sample's captures. */
    public static List<Path> sample(String name) {
        try (var entries = java.nio.file.Files.list(Path.of("sample-pcaps", name))) {
            return entries.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
