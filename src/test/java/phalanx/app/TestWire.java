package phalanx.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client, a router and a server in network namespaces of their own, joined by a fourth, the wire, in which all their links can be
 * captured: {@code client} and {@code edge} around the link between client and router, {@code core} and {@code server} around the other.
 * Real kernels, real TCP; needs the right to make namespaces, nftables, curl and python3.
 */
final class TestWire implements AutoCloseable {
    private static final String SERVER = "10.9.2.2";
    private static final List<String> HOSTS = List.of("wire", "client", "router", "server");
    private static final List<String> LINKS = List.of("client", "edge", "core", "server");

    private final String prefix = "phx" + ProcessHandle.current().pid() % 100_000;
    private final List<Process> running = new ArrayList<>();

    /** @throws IOException when namespaces may not be made here */
    TestWire() throws IOException {
        try {
            make();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void make() throws IOException {
        for (String host : HOSTS) {
            run("ip netns add " + prefix + host);
            run("ip -n " + prefix + host + " link set lo up");
        }
        link("client", "client", "eth0", "10.9.1.2");
        link("edge", "router", "eth0", "10.9.1.1");
        link("core", "router", "eth1", "10.9.2.1");
        link("server", "server", "eth0", SERVER);
        bridge("near", "client", "edge");
        bridge("far", "core", "server");
        run("ip -n " + prefix + "client route add default via 10.9.1.1");
        run("ip -n " + prefix + "server route add default via 10.9.2.1");
        run(in("router") + "sysctl -qw net.ipv4.ip_forward=1");
    }

    private void link(String end, String host, String device, String address) throws IOException {
        run("ip -n " + prefix + "wire link add " + end + " type veth peer name " + device + " netns " + prefix + host);
        run("ip -n " + prefix + "wire link set " + end + " up");
        run("ip -n " + prefix + host + " addr add " + address + "/24 dev " + device);
        run("ip -n " + prefix + host + " link set " + device + " up");
    }

    private void bridge(String name, String... ends) throws IOException {
        run("ip -n " + prefix + "wire link add " + name + " type bridge");
        for (String end : ends) {
            run("ip -n " + prefix + "wire link set " + end + " master " + name);
        }
        run("ip -n " + prefix + "wire link set " + name + " up");
    }

    private String in(String host) {
        return "ip netns exec " + prefix + host + " ";
    }

    /** Names of the interfaces in the wire, which are the capture points from the client on. */
    static List<String> points() {
        return LINKS;
    }

    /** The server gives out a folder, and the client asks for a file of it again and again. */
    void talk(Path folder, String file) throws IOException, InterruptedException {
        start(in("server") + "python3 -m http.server -b " + SERVER + " -d " + folder + " 8000");
        String ask = "curl -s -o " + folder.resolve("got") + " --max-time 5 http://" + SERVER + ":8000/" + file;
        for (int tries = 0; !ends(in("client") + ask); tries++) {
            if (tries == 50) {
                throw new IOException("the server does not answer");
            }
            Thread.sleep(100);
        }
        running.add(new ProcessBuilder(split(in("client"), "sh", "-c", "while :; do " + ask + "; sleep 0.05; done"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** From now on the router loses so many of a hundred packets to the client. */
    void lose(int percent) throws IOException {
        run(in("router") + "nft add table ip lossy");
        runAll(split(in("router"), "nft", "add chain ip lossy f { type filter hook forward priority 0; }"));
        runAll(split(
                in("router"),
                "nft",
                "add rule ip lossy f ip daddr 10.9.1.2 numgen random mod 100 < " + percent + " drop"));
    }

    /** Starts a program in the wire, where the capture points are. */
    Process inTheWire(List<String> command, Path out) throws IOException {
        List<String> all = new ArrayList<>(split(in("wire")));
        all.addAll(command);
        Process process = new ProcessBuilder(all)
                .redirectOutput(out.toFile())
                .redirectError(Path.of(out + ".err").toFile())
                .start();
        running.add(process);
        return process;
    }

    private static List<String> split(String words, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(words.strip().split(" ", -1)));
        all.addAll(Arrays.asList(more));
        return all;
    }

    private void start(String command) throws IOException {
        running.add(new ProcessBuilder(split(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static void run(String command) throws IOException {
        runAll(split(command));
    }

    private static boolean ends(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(split(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    private static void runAll(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        running.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        for (String host : HOSTS) {
            try {
                run("ip netns del " + prefix + host);
            } catch (IOException e) {
                System.err.println("left behind: " + e.getMessage());
            }
        }
    }
}
