package phalanx.show.conversations;

import java.util.List;
import java.util.Set;

/**
 * The table's lines, made one by one when they are looked at. Immutable, any thread; the arrays are not to be changed.
 *
 * @param conversations those that the filter leaves over, in order, group by group, those of closed groups as well
 * @param groups in order, empty without grouping
 * @param lines 0 and more: a conversation; below: {@code ~index} of a group
 */
record Lines(ConversationSource source, int[] conversations, List<GroupLine> groups, int[] lines) {
    /** Without groups. */
    static Lines plain(ConversationSource source, int[] conversations) {
        return new Lines(source, conversations, List.of(), conversations);
    }

    /** With groups, whose sizes add up to the number of conversations. */
    static Lines grouped(ConversationSource source, int[] conversations, List<GroupLine> groups) {
        int size = groups.stream()
                .mapToInt(group -> 1 + (group.open() ? group.conversations() : 0))
                .sum();
        int[] lines = new int[size];
        int line = 0;
        int from = 0;
        for (int i = 0; i < groups.size(); i++) {
            lines[line++] = ~i;
            int members = groups.get(i).conversations();
            if (groups.get(i).open()) {
                System.arraycopy(conversations, from, lines, line, members);
                line += members;
            }
            from += members;
        }
        return new Lines(source, conversations, groups, lines);
    }

    /** The same with just these groups folded away. */
    Lines folded(Set<String> closed) {
        return groups.isEmpty()
                ? this
                : grouped(
                        source,
                        conversations,
                        groups.stream()
                                .map(group -> group.opened(!closed.contains(group.key())))
                                .toList());
    }

    int size() {
        return lines.length;
    }

    Line get(int line) {
        return lines[line] >= 0 ? source.row(lines[line]) : groups.get(~lines[line]);
    }

    /** The line of a conversation, -1 when it is filtered out or folded away. */
    int lineOf(int conversation) {
        for (int line = 0; line < lines.length; line++) {
            if (lines[line] == conversation) {
                return line;
            }
        }
        return -1;
    }
}
