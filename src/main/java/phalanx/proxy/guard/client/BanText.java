package phalanx.proxy.guard.client;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
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

    /** What a file says. @param strange the numbers of lines that say no ban */
    public record Read(Map<InetAddress, Reputation.Ban> bans, List<Integer> strange) {}

    /** Reads them; empty lines and those that begin with {@code #} are passed over. */
    public static Read read(List<String> lines) {
        Map<InetAddress, Reputation.Ban> bans = new LinkedHashMap<>();
        List<Integer> strange = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Optional<Reputation.Ban> ban = ban(line);
            if (ban.isPresent()) {
                bans.put(ban.get().network(), ban.get());
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                strange.add(i + 1);
            }
        }
        return new Read(bans, List.copyOf(strange));
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
