package phalanx.lab.chaos;

import java.util.List;
import phalanx.lab.Layout;

/** All kinds of faults. */
public final class FaultBook {
    private static final List<String> ANY = Layout.SERVICES;

    public static final List<Fault> ALL = List.of(
            new ProcessTrouble(
                    "pool-exhausted", "Connections of one instance's pool are taken and not given back.", "hold", ANY),
            new ProcessTrouble(
                    "slow-query",
                    "The index that the main query of one instance's database needs is gone.",
                    "unindex",
                    ANY),
            new ProcessTrouble(
                    "dependency-timeout", "The bank takes requests and answers none.", "hang", List.of("bank")),
            new ProcessTrouble("http-500", "One instance fails a share of its requests.", "fail", ANY),
            new ProcessTrouble(
                    "memory-leak",
                    "The heap of one instance fills until its collector does nothing else.",
                    "leak",
                    ANY),
            new ProcessTrouble("cpu-burn", "Requests of one instance spin, and the others wait for them.", "burn", ANY),
            new BadDeploy(),
            new DeadBackend(),
            new RetryStorm(),
            new DnsFailure(),
            new WayTrouble("network-delay", "Packets to one instance come late."),
            new WayTrouble("network-loss", "Connections to one instance are reset."));

    private FaultBook() {}
}
