package phalanx.proxy.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phalanx.config.Directive;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.run.NearestName;

/** Text with variables, {@code $name} or {@code ${name}}. Any thread. */
public final class Template {
    /** A piece of text, or a variable. */
    private record Part(String text, @Nullable Function<Exchange, @Nullable String> variable) {}

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Text without variables. */
    public static Template of(String text) {
        return new Template(List.of(new Part(text, null)));
    }

    /** Reads an argument; an unknown variable is refused. */
    public static Template from(Section section, Directive directive, Word word) {
        String text = word.text();
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean braces = text.startsWith("${", i);
            int start = braces ? i + 2 : i + 1;
            int end = start;
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
            if (c != '$' || end == start) {
                plain.append(c);
                continue;
            }
            String name = text.substring(start, end);
            Function<Exchange, @Nullable String> variable = Variables.of(name);
            if (variable == null || braces && !text.startsWith("}", end)) {
                section.refuse(
                        word.at(),
                        directive.name() + " uses $" + name + ", which is no variable.",
                        NearestName.to(name, Variables.names())
                                .map(n -> "Did you mean $" + n + "?")
                                .orElse("Known are: $" + String.join(" $", Variables.names()) + "."));
                return of(text);
            }
            if (!plain.isEmpty()) {
                parts.add(new Part(Octets.of(plain.toString()), null));
                plain.setLength(0);
            }
            parts.add(new Part("", variable));
            i = braces ? end : end - 1;
        }
        if (!plain.isEmpty()) {
            parts.add(new Part(Octets.of(plain.toString()), null));
        }
        return new Template(parts);
    }

    /** The text for an exchange; a variable without a value is left out. */
    public String fill(Exchange exchange) {
        return fill(exchange, value -> value == null ? "" : value);
    }

    /** The text for an exchange, each variable's value, or null for none, written as the function says. */
    public String fill(Exchange exchange, Function<@Nullable String, String> written) {
        if (parts.size() == 1 && parts.getFirst().variable() == null) {
            return parts.getFirst().text();
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            Function<Exchange, @Nullable String> variable = part.variable();
            text.append(variable == null ? part.text() : written.apply(variable.apply(exchange)));
        }
        return text.toString();
    }
}
