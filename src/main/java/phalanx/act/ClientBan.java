package phalanx.act;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phalanx.proxy.admin.AdminControl;
import phalanx.proxy.guard.client.ClientNetwork;
import phalanx.proxy.guard.client.Reputation;
import phalanx.proxy.record.RequestRecord;

/** Bans of the agents at the proxy in this program. Any thread. */
record ClientBan(AdminControl proxy) {
    private static final String REASON = "agents";
    /** The way back names the ban by its end. */
    private static final String UNBAN = "unban ";

    /** Of the last so many requests a dry run says how many it hits. */
    private static final int LOOKED_AT = 1_000;

    DryRun dryRun(Remedy.Ban ban) {
        Optional<InetAddress> client = ClientNetwork.read(ban.client());
        if (client.isEmpty()) {
            return DryRun.refused(ban.client() + " is no address.");
        }
        if (client.get().isLoopbackAddress() || !proxy.bannable(client.get())) {
            return DryRun.refused(ban.client() + " is never banned: the proxy's configuration lets it in always.");
        }
        if (proxy.guard().reputation().bannedFor(client.get()) > 0) {
            return DryRun.refused(ban.client() + " is banned already.");
        }
        return new DryRun(
                true,
                ban.client() + " is let in no more for " + ban.time().toMinutes() + " minutes: "
                        + hit(ClientNetwork.of(client.get())),
                "",
                "It is let in again.",
                0);
    }

    private String hit(InetAddress network) {
        List<RequestRecord> all = proxy.log().newest(LOOKED_AT);
        Set<InetAddress> others = new HashSet<>();
        int its = 0;
        int well = 0;
        for (RequestRecord one : all) {
            InetSocketAddress from = one.from();
            if (from != null && ClientNetwork.of(from.getAddress()).equals(network)) {
                its++;
                well += one.status() < 400 ? 1 : 0;
            } else if (from != null) {
                others.add(ClientNetwork.of(from.getAddress()));
            }
        }
        return its + " of the last " + all.size() + " requests came from there, " + well
                + " of them were answered well; other clients: " + others.size() + ".";
    }

    Carried apply(Remedy.Ban ban, DryRun tried) {
        Reputation.Ban holds =
                proxy.guard().reputation().ban(ClientNetwork.read(ban.client()).orElseThrow(), REASON, ban.time());
        return holds.reasons().containsKey(REASON)
                ? Carried.done(tried.says(), UNBAN + holds.until())
                : new Carried(Effect.FAILED, ban.client() + " is banned already, for longer.", "");
    }

    /** A ban that has ended by itself is taken back, too; one that others made stays. */
    Carried takeBack(Remedy.Ban ban, String wayBack) {
        Reputation reputation = proxy.guard().reputation();
        InetAddress network =
                ClientNetwork.read(ban.client()).map(ClientNetwork::of).orElseThrow();
        boolean lifted = reputation.bans().stream()
                .filter(one -> one.network().equals(network) && wayBack.equals(UNBAN + one.until()))
                .anyMatch(reputation::lift);
        return Carried.done(
                lifted ? ban.client() + " is let in again." : "The ban of " + ban.client() + " is over already.", "");
    }
}
