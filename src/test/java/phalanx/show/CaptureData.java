package phalanx.show;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javafx.scene.control.ButtonType;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.DemoScripts;
import phalanx.decode.filter.Fields;
import phalanx.diagnose.Finding;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.Language;
import phalanx.explain.SeriesWords;
import phalanx.measure.FlowLimit;
import phalanx.run.Problem;
import phalanx.show.settings.Library;

/**
 * What may stand on the desk without being a word of the desk: what a certain answer holds (names, addresses, sentences of findings,
 * problems of files), figures with units, names of fields and protocols, keys. A text of which more is left over was written in the
 * code.
 */
final class CaptureData {
    /** A word of the desk in the pseudo language. */
    private static final Pattern WORD = Pattern.compile("\u27e6[^\u27e6\u27e7]*\u27e7");

    private static final Pattern FIGURE = Pattern.compile(
            "[+\u2212-]?\\d[\\d.,:]*\\s?(?:ns|\u00b5s|ms|s|kB|MB|[kM]?bit/s|bytes|B|%|p)?(?![\\p{L}\\d])");
    /** An octet as dissectors write it. */
    private static final Pattern OCTET = Pattern.compile("\\b[0-9a-f]{2}\\b");

    private static final Pattern LETTERS = Pattern.compile("\\p{L}{2}");
    private static final Pattern PATH = Pattern.compile("\\S*/\\S+");
    private static final Pattern FIELD = Pattern.compile("\\b[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_]*)+\\b");
    private static final Pattern PROPER = Pattern.compile(
            "\\b(?:Phalanx|PHX|TCP|UDP|IP|TTL|RTT|MSS|VLAN|DSCP|NAT|UTC|FIN"
                    + "|TLS|HTTP|DNS|c2s|s2c|both|SYN|ACK|PSH|RST|len|seq|ack|Seq|Ack|Win|Len|p50|p95|p99|max|Reward|Upstream|Host|Status|Server|Proxy|GET|POST)\\b");
    private static final Pattern KEYS = Pattern.compile(
            "\\b(?:Ctrl|Alt|Shift|Meta|Esc|Escape|ESCAPE|DIGIT|Tab|Space|Enter|Left|Right|Up|Down|Plus|Minus|F\\d{1,2}|[A-Z])\\b");

    private final List<Known> data;

    /** A text of an answer, to be taken out where it stands as whole words. */
    private record Known(String text, Pattern whole) {
        Known(String text) {
            this(
                    text,
                    Pattern.compile("(?<![\\p{L}\\d]|\\p{L}\\.)" + Pattern.quote(text) + "(?![\\p{L}\\d]|\\.\\p{L})"));
        }

        String without(String from) {
            return from.contains(text) ? whole.matcher(from).replaceAll(" ") : from;
        }
    }

    /** @param said what else lower stages say */
    CaptureData(@Nullable Analysis analysis, List<String> said) {
        Set<String> all = new HashSet<>(said);
        Fields.FRAME.all().forEach(field -> all.addAll(List.of(field.name(), field.description())));
        for (ButtonType type : List.of(ButtonType.OK, ButtonType.CANCEL, ButtonType.CLOSE)) {
            all.add(type.getText()); // the toolkit's own words
        }
        DemoScripts.all(Locale.ENGLISH).forEach(script -> {
            all.add(script.title());
            all.add(script.story());
        });
        Library.all().forEach(library -> all.addAll(List.of(library.name(), library.version(), library.licence())));
        if (analysis != null) {
            collect(analysis, all);
        }
        all.removeIf(text -> text.codePoints().filter(Character::isLetter).count() < 2);
        data = all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Known::new)
                .toList();
    }

    private static void collect(Analysis analysis, Set<String> into) {
        Language told = Language.ENGLISH;
        for (int i = 0; i < analysis.stitched().captures().size(); i++) {
            into.add(analysis.stitched().hopName(i));
            Path file = analysis.stitched().captures().get(i).capture().file();
            into.add(file.toString());
            into.add(String.valueOf(file.getFileName()));
            analysis.stitched().captures().get(i).capture().problems().forEach(problem -> add(problem, into));
        }
        analysis.stitched().conversations().forEach(one -> {
            into.add(one.client().toString());
            into.add(one.server().toString());
            into.add(one.client().address().toString());
            into.add(one.server().address().toString());
            into.add(one.transport().word());
        });
        for (ExplainedFinding finding : analysis.findings()) {
            Finding found = finding.finding();
            into.addAll(List.of(
                    finding.id(),
                    finding.summary(),
                    finding.explanation(),
                    told.kind(found.kind()),
                    told.place(found.where(), analysis.stitched()),
                    told.way(found.direction()),
                    finding.remedy() == null ? "" : finding.remedy()));
            found.evidence().forEach(evidence -> into.add(evidence.says()));
            found.ruledOut().forEach(other -> {
                into.add(other.why());
                into.add(told.kind(other.kind()));
            });
        }
        analysis.notRun().forEach(rule -> {
            into.add(rule.rule());
            into.add(rule.why());
        });
        into.addAll(analysis.passed());
        into.add(analysis.conclusion().summary());
        into.add(analysis.conclusion().details());
        analysis.problems().forEach(problem -> add(problem, into));
        analysis.unusual()
                .ifPresent(all -> all.forEach(one -> into.add(SeriesWords.unusual(one, analysis.stitched()))));
        analysis.map().places().forEach(place -> into.addAll(List.of(place.label(), place.detail())));
        for (FlowLimit limit : FlowLimit.values()) {
            into.add(limit.word());
        }
    }

    private static void add(Problem problem, Set<String> into) {
        into.addAll(List.of(problem.what(), problem.remedy(), problem.code()));
    }

    /** What is neither a word of the desk nor data; blank when nothing is. */
    String left(String text) {
        String rest = isCut(text) ? "" : text;
        for (String before = ""; !before.equals(rest); ) {
            before = rest;
            rest = WORD.matcher(rest).replaceAll(" ");
        }
        for (Known known : data) {
            rest = known.without(rest);
        }
        for (Pattern pattern : List.of(FIELD, FIGURE, OCTET, PATH, PROPER, KEYS)) {
            rest = pattern.matcher(rest).replaceAll(" ");
        }
        return LETTERS.matcher(rest).find() ? rest.strip() : "";
    }

    /** Whether it is a datum whose middle was left out for want of room. */
    private boolean isCut(String text) {
        int dots = text.indexOf('\u2026');
        return dots > 0
                && data.stream()
                        .anyMatch(known -> known.text().startsWith(text.substring(0, dots))
                                && known.text().endsWith(text.substring(dots + 1)));
    }
}
