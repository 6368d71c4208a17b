package phalanx.agents.narrate.language;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phalanx.run.ForeignText;

/**
 * Makes a sentence of a language model harmless: links, paths, addresses and switches of commands are taken out, and each figure that does
 * not stand in the evidence given for it is marked. Any thread.
 */
final class Proof {
    static final String LEFT_OUT = "[left out]", UNVERIFIED = " (unverified)";

    private static final int LONGEST = 300;
    private static final Pattern EDGES = Pattern.compile("^[\"'(\\[,;:!?]+|[\"')\\],;:.!?]+$");
    private static final Pattern FIGURE = Pattern.compile("([+-]?\\d{1,12}(?:\\.\\d{1,6})?)(?:%|\\p{L}{1,3})?");
    /** Of links, paths, addresses, assignments, pipes, quoted commands and their switches. */
    private static final Pattern POINTS = Pattern.compile("[/\\\\@`$=|<>{}~#*&^_]|^-|--|\\w[.:]+\\w");

    private static final Pattern LINK = Pattern.compile("://|^www\\.|^(?:mailto|javascript|data|file|tel):");
    private static final Pattern OTHER_SCRIPT = Pattern.compile("[\\p{L}&&[^\\p{IsLatin}]]");
    private static final Pattern NUMBER = Pattern.compile("\\p{N}");
    private static final Pattern NUMBER_WORD =
            Pattern.compile("two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen"
                    + "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\\w+)?|(?:hundred|thousand|million|billion|dozen)s?"
                    + "|half|halves|thirds?|quarters?|twice|thrice|(?:doubl|tripl|quadrupl)(?:e|es|ed|ing)");

    private final Set<String> evidence;
    private final Set<String> facts;

    /**
     * Proof for one sentence.
     *
     * @param evidence what was given for it
     * @param facts all that was told to the model, from which names may come
     */
    Proof(Collection<String> evidence, Collection<String> facts) {
        this.evidence = tokens(evidence.stream()).collect(Collectors.toSet());
        this.facts = tokens(facts.stream()).collect(Collectors.toSet());
    }

    private static Stream<String> tokens(Stream<String> texts) {
        return texts.flatMap(text -> Stream.of(text.split("\\s+", -1))).map(Proof::core);
    }

    private static String core(String token) {
        return EDGES.matcher(token).replaceAll("");
    }

    /** The sentence in one line, at most 300 characters of what the model said. */
    String marked(String sentence) {
        String plain = ForeignText.line(Normalizer.normalize(sentence, Normalizer.Form.NFKC)
                .replaceAll("\\s+", " ")
                .strip());
        String said = plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "\u2026";
        return Stream.of(said.split(" ", -1)).map(this::word).collect(Collectors.joining(" "));
    }

    private String word(String token) {
        String core = core(token);
        String lower = core.toLowerCase(Locale.ROOT);
        if (LINK.matcher(lower).find() || OTHER_SCRIPT.matcher(core).find()) {
            return LEFT_OUT;
        }
        Matcher figure = FIGURE.matcher(core);
        if (figure.matches()) {
            return evidence.contains(core) || proved(figure.group(1)) ? token : token + UNVERIFIED;
        }
        if (POINTS.matcher(token).find()) {
            return facts.contains(core) ? token : LEFT_OUT;
        }
        boolean counts =
                NUMBER.matcher(core).find() || NUMBER_WORD.matcher(lower).matches();
        return counts && !evidence.contains(core) ? token + UNVERIFIED : token;
    }

    /** Whether a figure stands in the evidence, with as many digits or others: 20 where 20.0 does. */
    private boolean proved(String figure) {
        BigDecimal wanted = new BigDecimal(figure);
        return evidence.stream()
                .map(FIGURE::matcher)
                .anyMatch(found -> found.matches() && new BigDecimal(found.group(1)).compareTo(wanted) == 0);
    }
}
