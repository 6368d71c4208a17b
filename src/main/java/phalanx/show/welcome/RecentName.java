package phalanx.show.welcome;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import phalanx.show.Words;

/**
 * How something opened before is called: {@code client.pcapng, edge.pcapng and 3 more}.
 *
 * @param folder that it lies in
 */
record RecentName(String title, String folder) {
    private static final Words WORDS = Words.of("welcome");
    private static final int NAMED = 3;

    static RecentName of(List<Path> files) {
        String names = files.stream()
                .limit(NAMED)
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(", "));
        int more = files.size() - NAMED;
        Path folder = files.isEmpty() ? null : files.getFirst().getParent();
        return new RecentName(
                more > 0 ? WORDS.get("recent.more", names, more) : names, folder == null ? "" : folder.toString());
    }
}
