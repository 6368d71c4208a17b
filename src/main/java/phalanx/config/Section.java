package phalanx.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phalanx.run.NearestName;

/**
 * A block being read: each room asks for the directives it obeys, and what nobody asked for is refused at the end. Values come from the
 * nearest block outwards in which the directive may stand. Faults are collected, so that one reading names them all. One thread.
 */
public final class Section {
    private final String kind;
    private final Position at;
    private final List<Node> nodes;
    private final @Nullable Section outer;
    private final Collection<Directive> vocabulary;
    private final List<Fault> faults;
    private final Set<Node> claimed = new HashSet<>();
    private final Map<String, List<Node>> checked = new HashMap<>();

    private Section(
            String kind,
            Position at,
            List<Node> nodes,
            @Nullable Section outer,
            Collection<Directive> vocabulary,
            List<Fault> faults) {
        this.kind = kind;
        this.at = at;
        this.nodes = nodes;
        this.outer = outer;
        this.vocabulary = vocabulary;
        this.faults = faults;
    }

    /** The outermost place of a file. Faults go to the list given. */
    public static Section outermost(
            String file, List<Node> nodes, Collection<Directive> vocabulary, List<Fault> faults) {
        return new Section(Directive.MAIN, new Position(file, 1, 1), nodes, null, vocabulary, faults);
    }

    /** A block of this one. */
    public Section inner(Node node) {
        return inner(node, node.name().text());
    }

    /** A block of this one whose name means something of its own here: {@code stream/server}. */
    public Section inner(Node node, String blockKind) {
        return new Section(blockKind, node.at(), node.block().orElse(List.of()), this, vocabulary, faults);
    }

    /** Where the block begins. */
    public Position at() {
        return at;
    }

    /** Notes a fault. */
    public void refuse(Position where, String what, String remedy) {
        faults.add(new Fault(where, what, remedy));
    }

    /** All uses of a directive in this block itself, with the number of arguments that it takes. */
    public List<Node> all(Directive directive) {
        return checked.computeIfAbsent(directive.name(), _ -> check(directive));
    }

    private List<Node> check(Directive directive) {
        List<Node> found = new ArrayList<>();
        for (Node node : nodes) {
            if (!node.name().text().equals(directive.name())) {
                continue;
            }
            claimed.add(node);
            int given = node.arguments().size();
            if (given < directive.least() || given > directive.most()) {
                refuse(
                        node.at(),
                        directive.name() + " is given " + given + (given == 1 ? " argument." : " arguments."),
                        "Write: " + directive.form());
            } else if (node.block().isPresent() != directive.hasBlock()) {
                refuse(
                        node.at(),
                        directive.name() + (directive.hasBlock() ? " wants a block." : " takes no block."),
                        "Write: " + directive.form());
            } else {
                found.add(node);
            }
        }
        return List.copyOf(found);
    }

    /** The only use of a directive in this block itself. */
    public Optional<Node> own(Directive directive) {
        List<Node> found = all(directive);
        if (found.size() > 1) {
            Node again = found.get(1);
            refuse(
                    again.at(),
                    directive.name() + " stands here and in line "
                            + found.getFirst().at().line() + ".",
                    "Keep one of them.");
            checked.put(directive.name(), List.of(found.getFirst()));
        }
        return found.stream().findFirst();
    }

    /** The only use in this block, or else in the nearest outer one in which it may stand. */
    public Optional<Node> one(Directive directive) {
        for (Section s = this; s != null; s = s.outer) {
            if (directive.blocks().contains(s.kind)) {
                Optional<Node> found = s.own(directive);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The uses in the nearest block, from this one outwards, that has any: what nginx does with {@code add_header}. */
    public List<Node> nearest(Directive directive) {
        for (Section s = this; s != null; s = s.outer) {
            if (directive.blocks().contains(s.kind)) {
                List<Node> found = s.all(directive);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    /** The first argument. */
    public Optional<Word> word(Directive directive) {
        return one(directive).map(node -> node.arguments().getFirst());
    }

    /** The text of the first argument. */
    public Optional<String> text(Directive directive) {
        return word(directive).map(Word::text);
    }

    /** The first argument, read; a reader that answers empty refuses it, naming what is wanted. */
    public <T> Optional<T> read(Directive directive, String wanted, Function<String, Optional<T>> reader) {
        return word(directive).flatMap(word -> read(directive, word, wanted, reader));
    }

    /** An argument, read; a reader that answers empty refuses it, naming what is wanted. */
    public <T> Optional<T> read(Directive directive, Word word, String wanted, Function<String, Optional<T>> reader) {
        Optional<T> value = reader.apply(word.text());
        if (value.isEmpty()) {
            refuse(
                    word.at(),
                    directive.name() + " wants " + wanted + ", found \"" + word.text() + "\".",
                    "Write: " + directive.form()
                            + (directive.standard().isEmpty() ? "" : " (standard: " + directive.standard() + ")"));
        }
        return value;
    }

    /** A whole number within bounds. */
    public long number(Directive directive, long standard, long least, long most) {
        return read(directive, "a whole number from " + least + " to " + most, text -> Values.number(text, least, most))
                .orElse(standard);
    }

    /** A number with or without decimals, within bounds. */
    public double decimal(Directive directive, double standard, double least, double most) {
        return read(directive, "a number from " + least + " to " + most, text -> Values.decimal(text, least, most))
                .orElse(standard);
    }

    /** {@code on}, {@code true} or {@code off}, {@code false}. */
    public boolean flag(Directive directive, boolean standard) {
        return read(directive, "on or off", Values::flag).orElse(standard);
    }

    /** A time as nginx writes it: {@code 500ms}, {@code 60} or {@code 60s}, {@code 5m}, {@code 1h}, {@code 1d}. */
    public Duration time(Directive directive, Duration standard) {
        return read(directive, "a time such as 500ms, 60s or 5m", Values::time).orElse(standard);
    }

    /** A size as nginx writes it: {@code 4096}, {@code 8k}, {@code 1m}, {@code 1g}. In bytes. */
    public long bytes(Directive directive, long standard) {
        return read(directive, "a size such as 512, 8k or 1m", Values::bytes).orElse(standard);
    }

    /** One of a closed list of words. */
    public <T> Optional<T> choice(Directive directive, Map<String, T> choices) {
        return word(directive).flatMap(word -> {
            T value = choices.get(word.text());
            if (value == null) {
                TreeSet<String> names = new TreeSet<>(choices.keySet());
                refuse(
                        word.at(),
                        directive.name() + " does not know \"" + word.text() + "\".",
                        NearestName.to(word.text(), names)
                                        .map(n -> "Did you mean " + n + "? ")
                                        .orElse("") + "It takes: " + String.join(" ", names) + ".");
            }
            return Optional.ofNullable(value);
        });
    }

    /** Refuses what nobody asked for. Call once everything was read. */
    public void finish() {
        TreeSet<String> here = new TreeSet<>();
        vocabulary.stream().filter(d -> d.blocks().contains(kind)).forEach(d -> here.add(d.name()));
        for (Node node : nodes) {
            if (claimed.contains(node)) {
                continue;
            }
            String name = node.name().text();
            List<String> elsewhere = vocabulary.stream()
                    .filter(d -> d.name().equals(name))
                    .flatMap(d -> d.blocks().stream())
                    .distinct()
                    .toList();
            String place = kind.equals(Directive.MAIN) ? "outside all blocks" : "in " + kind;
            if (here.contains(name)) {
                refuse(node.at(), name + " means nothing here.", "Remove it: nothing in this block uses it.");
            } else if (!elsewhere.isEmpty()) {
                refuse(
                        node.at(),
                        name + " cannot stand " + place + ".",
                        "Move it: it stands in " + String.join(", ", elsewhere) + ".");
            } else {
                TreeSet<String> all = new TreeSet<>();
                vocabulary.forEach(d -> all.add(d.name()));
                String remedy = NearestName.to(name, here)
                        .or(() -> NearestName.to(name, all))
                        .map(n -> "Did you mean " + n + "?")
                        .orElse("Remove it. phalanx proxy directives lists the known ones.");
                refuse(node.at(), "There is no directive " + name + ".", remedy);
            }
        }
    }
}
