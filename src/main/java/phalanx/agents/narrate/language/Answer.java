package phalanx.agents.narrate.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import phalanx.config.Fault;
import phalanx.config.JsonSection;
import phalanx.config.JsonText;

/** The answer of a language model, checked against the form that was asked for. Immutable, any thread. */
record Answer(List<Said> account, List<Ranked> ranking) {
    /** Sentences beyond which an answer is refused. */
    private static final int MOST = 8;

    /** A sentence. @param evidence ids of facts */
    record Said(String says, List<String> evidence) {}

    /** A cause in its place. @param suspect its id */
    record Ranked(String suspect, Said why) {}

    /** An answer, or where it does not fit. */
    record Read(Optional<Answer> answer, String fault) {}

    static Read read(String text, Prompt prompt) {
        JsonText.Parsed parsed = JsonText.parse("answer", unfenced(text.strip()));
        List<Fault> faults = new ArrayList<>(parsed.fault().stream().toList());
        Optional<Answer> answer = parsed.value().map(json -> {
            JsonSection section = JsonSection.of(json, faults);
            Answer found = of(section, prompt);
            section.finish();
            return found;
        });
        return faults.isEmpty()
                ? new Read(answer, "")
                : new Read(
                        Optional.empty(),
                        "line " + faults.getFirst().at().line() + ", column "
                                + faults.getFirst().at().column());
    }

    /** Without the marks that Markdown puts around code, as some models do. */
    private static String unfenced(String text) {
        return text.startsWith("```") && text.endsWith("```") && text.indexOf('\n') > 0 && text.length() > 6
                ? text.substring(text.indexOf('\n'), text.length() - 3)
                : text;
    }

    private static Answer of(JsonSection section, Prompt prompt) {
        Map<String, String> ids = themselves(prompt.ids());
        Map<String, String> suspects = themselves(prompt.suspects().keySet());
        List<Said> account =
                section.sections("account").stream().map(one -> said(one, ids)).toList();
        Set<String> seen = new HashSet<>();
        List<Ranked> ranking = section.sections("ranking").stream()
                .map(one -> {
                    String suspect = one.choice("suspect", suspects, "");
                    if (!seen.add(suspect)) {
                        one.refuse(one.at(), "A suspect is missing or stands twice.", "Name each once.");
                    }
                    return new Ranked(suspect, said(one, ids));
                })
                .toList();
        if (account.isEmpty() || account.size() > MOST || !section.names().contains("ranking")) {
            section.refuse(section.at(), "The account has no sentences, or too many.", "Write 1 to 8, and a ranking.");
        }
        if (seen.contains("")) {
            section.refuse(section.at("ranking"), "A suspect is not named.", "Name it by its id.");
        }
        return new Answer(account, ranking);
    }

    private static Said said(JsonSection one, Map<String, String> ids) {
        String says = one.text("says").orElse("");
        if (says.isBlank()) {
            one.refuse(one.at(), "A sentence is empty.", "Write one.");
        }
        List<String> evidence = one.choices("evidence", ids, List.of());
        one.finish();
        return new Said(says, evidence);
    }

    private static Map<String, String> themselves(Collection<String> words) {
        Map<String, String> map = new TreeMap<>();
        words.forEach(word -> map.put(word, word));
        return map;
    }

    /** What people read of it: figures and names proved or marked, suspects as the record tells them. */
    List<String> lines(Prompt prompt) {
        return Stream.concat(
                        account.stream().map(one -> marked(one, prompt)),
                        ranking.stream()
                                .map(one -> "Its order of the causes: "
                                        + prompt.suspects().get(one.suspect()) + " \u2013 "
                                        + marked(one.why(), prompt)))
                .toList();
    }

    private static String marked(Said said, Prompt prompt) {
        List<String> evidence =
                said.evidence().stream().map(prompt.facts()::get).toList();
        String cited = said.evidence().isEmpty() ? "" : " (" + String.join(", ", said.evidence()) + ")";
        return new Proof(evidence, prompt.facts().values()).marked(said.says()) + cited;
    }
}
