package phalanx.proxy.guard.client;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bans as a file keeps them, one a line: {@code ADDRESS MILLISECONDS-SINCE-1970 REASON=TIMES...}. Any thread. */
public final class BanText {
    private BanText() {}

    /** Writes them. */
    public static String of(List<Reputation.Ban> bans) {
        StringBuilder text = new StringBuilder();
        for (Reputation.Ban ban : bans) {
            text.append(NetUtil.toAddressString(ban.network())).append(' ').append(ban.until());
            ban.reasons()
                    .forEach((reason, times) ->
                            text.append(' ').append(reason).append('=').append(times));
            text.append('\n');
        }
        return text.toString();
    }

    /** Reads them; lines that are none are passed over. */
    public static Map<InetAddress, Reputation.Ban> read(List<String> lines) {
        Map<InetAddress, Reputation.Ban> bans = new LinkedHashMap<>();
        lines.forEach(line -> ban(line).ifPresent(ban -> bans.put(ban.network(), ban)));
        return bans;
    }

    private static Optional<Reputation.Ban> ban(String line) {
        String[] words = line.split(" ", -1);
        Optional<InetAddress> address = words.length < 2 ? Optional.empty() : ClientNetwork.read(words[0]);
        if (address.isEmpty() || !words[1].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].lastIndexOf('=');
            if (equals > 0 && words[i].substring(equals + 1).matches("[0-9]{1,9}")) {
                reasons.put(words[i].substring(0, equals), Integer.parseInt(words[i].substring(equals + 1)));
            }
        }
        return Optional.of(new Reputation.Ban(ClientNetwork.of(address.get()), Long.parseLong(words[1]), reasons));
    }
}
