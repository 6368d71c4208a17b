package phalanx.capture.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import phalanx.run.Outcome;
import phalanx.run.Problem;

class HopAddressTest {
    private static final String DUMPCAP = """
            1. eth0\t\tEthernet\t0\t192.0.2.2,fe80::1\tnetwork\t
            nonsense
            2. lo\t\tLoopback\t0\t127.0.0.1,::1\tloopback\t
            """;
    private static final String TCPDUMP = """
            1.eth0 [Up, Running]
            2.any (Pseudo-device that captures on all interfaces) [Up]
            3.dbus [none]
            """;

    private static HopAddress parsed(String text) {
        return Datagrams.ok(HopAddress.parse(text));
    }

    @Test
    void each_way_to_a_capture_point_is_understood_and_written_as_it_was() {
        assertEquals(new HopAddress.Local("eth0"), parsed("eth0"));
        assertEquals(new HopAddress.Ssh("", "web1", 22, "eth0"), parsed("ssh://web1/eth0"));
        assertEquals(
                new HopAddress.Ssh("admin", "10.0.0.1", 2222, "br-lan.5"),
                parsed("ssh://admin@10.0.0.1:2222/br-lan.5"));
        assertEquals(new HopAddress.Ssh("a.b", "fe80::1%eth0", 22, "any"), parsed("SSH://a.b@[fe80::1%eth0]/any"));
        assertEquals(new HopAddress.Agent("lb.example", 7373, "eth1"), parsed("agent://lb.example/eth1"));
        assertEquals(new HopAddress.Agent("::1", 9000, "eth1"), parsed("agent://[::1]:9000/eth1"));
        assertEquals(new HopAddress.Pushed(), parsed("push"));
        for (String text : List.of(
                "eth0", "ssh://web1/eth0", "ssh://admin@10.0.0.1:2222/br-lan.5", "agent://[::1]:9000/eth1", "push")) {
            assertEquals(text, parsed(text).toString());
        }
        assertEquals(new HopAddress.Ssh("root", "web1", 22, ""), Datagrams.ok(HopAddress.machine("ssh://root@web1")));
    }

    @Test
    void what_is_none_is_refused_with_the_reason() {
        String[][] wrong = {
            {"", "is empty"},
            {"http://web1/eth0", "neither ssh:// nor agent://"},
            {"ssh://web1", "names no interface"},
            {"ssh:///eth0", "no name or address"},
            {"ssh://-oProxyCommand=x/eth0", "no name or address"},
            {"ssh://we b/eth0", "no name or address"},
            {"ssh://web1:0/eth0", "port"},
            {"ssh://web1:65536/eth0", "port"},
            {"ssh://web1:22x/eth0", "port"},
            {"ssh://web1/eth0;reboot", "can be none"},
            {"ssh://web1/-w", "can be none"},
            {"ssh://web1/eth0/../x", "can be none"},
            {"ssh://web1/eth0\n", "can be none"},
            {"ssh://ro$ot@web1/eth0", "no user's name"},
            {"ssh://-l@web1/eth0", "no user's name"},
            {"agent://root@web1/eth0", "an agent knows none"},
            {"ssh://[web1/eth0", "not of the form"},
            {"ssh://[zz]/eth0", "no name or address"}
        };
        for (String[] one : wrong) {
            Problem problem = Datagrams.problem(HopAddress.parse(one[0]));
            assertEquals(HopAddress.WRONG, problem.code(), one[0]);
            assertTrue(problem.what().contains(one[1]), problem::what);
        }
    }

    @Test
    void a_password_in_an_address_is_refused_and_not_repeated() {
        Outcome<HopAddress> parsed = HopAddress.parse("ssh://admin:hunter2@web1/eth0");
        assertFalse(Datagrams.problem(parsed).toString().contains("hunter2"));
        assertTrue(Datagrams.problem(parsed).what().contains("holds a password"));
    }

    @Test
    void interfaces_of_other_machines_are_read_as_both_tools_list_them() {
        assertEquals(
                "[eth0 Ethernet [192.0.2.2, fe80::1] false, lo Loopback [127.0.0.1, ::1] true]",
                SshInterfaces.dumpcap(DUMPCAP).stream()
                        .map(one -> one.name() + " " + one.description() + " " + one.addresses() + " " + one.loopback())
                        .toList()
                        .toString());
        assertEquals(
                "[eth0  true, any Pseudo-device that captures on all interfaces true, dbus  false]",
                SshInterfaces.tcpdump(TCPDUMP).stream()
                        .map(one -> one.name() + " " + one.description() + " " + one.up())
                        .toList()
                        .toString());
    }
}
