package phalanx.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Where;
import phalanx.net.Direction;
import phalanx.stitch.Stitched;

/**
 * Puts findings into words by the template of their kind, {@code resources/explain/<kind>.properties}, or
 * {@code <rule>.<kind>.properties} where a rule has words of its own, with {@code summary},
 * {@code explanation} and, for what asks for action, {@code remedy}. Names in braces are the finding's facts (with a noun for one and
 * for many behind bars: {@code {lost|packet|packets}}), and {@code {place}},
 * {@code {direction}}, {@code {conversations}}. Templates of another language lie in a folder of its name. The same finding always
 * reads the same. One thread.
 */
public final class TemplateExplainer {
    private static final Pattern NAME = Pattern.compile("\\{([\\w.]+)(?:\\|([^|}]*)\\|([^|}]*))?}");

    private final Map<String, Properties> templates = new HashMap<>();
    private final Language language;

    /** @param language what findings are told in; kinds without a template in it are told in English */
    public TemplateExplainer(Language language) {
        this.language = language;
    }

    /** @param id what the finding is called in this analysis */
    public ExplainedFinding explain(String id, Finding finding, Stitched stitched) {
        Finding.Words own = finding.words();
        if (own != null) {
            return new ExplainedFinding(
                    id,
                    finding,
                    fill(own.summary(), finding, stitched),
                    fill(own.explanation(), finding, stitched),
                    own.remedy().isEmpty() ? null : fill(own.remedy(), finding, stitched));
        }
        Properties template =
                templates.computeIfAbsent(finding.rule() + "." + finding.kind(), name -> load(name, finding.kind()));
        String remedy = template.getProperty("remedy");
        return new ExplainedFinding(
                id,
                finding,
                fill(template.getProperty("summary", ""), finding, stitched),
                fill(template.getProperty("explanation", ""), finding, stitched),
                remedy == null ? null : fill(remedy, finding, stitched));
    }

    /** Where it is, in English: {@code between edge and core}. */
    public static String place(Where where, Stitched stitched) {
        return Language.ENGLISH.place(where, stitched);
    }

    /** {@code towards the server}, {@code towards the client}, {@code both ways}. */
    public static String way(Direction direction) {
        return Language.ENGLISH.way(direction);
    }

    private String fill(String template, Finding finding, Stitched stitched) {
        return NAME.matcher(template).replaceAll(match -> Matcher.quoteReplacement(value(match, finding, stitched)));
    }

    /** {@code {packets}}, or with its noun {@code {packets|packet was|packets were}}. */
    private String value(MatchResult match, Finding finding, Stitched stitched) {
        String value = value(match.group(1), finding, stitched);
        if (match.group(2) == null) {
            return value;
        }
        return value + " " + (value.equals("1") ? match.group(2) : match.group(3));
    }

    private String value(String name, Finding finding, Stitched stitched) {
        Fact fact = finding.facts().get(name);
        if (fact != null) {
            return language.text(fact, stitched);
        }
        return switch (name) {
            case "place" -> language.place(finding.where(), stitched);
            case "direction" -> language.way(finding.direction());
            case "conversations" ->
                language.told("conversations", finding.conversations().size());
            default -> throw new IllegalStateException("template of " + finding.kind() + " wants " + name);
        };
    }

    /** What a rule says in its own way of a kind that others find as well, else what is said of the kind. */
    private Properties load(String ofRule, String kind) {
        String own = "/explain/" + language.locale().getLanguage() + "/";
        Properties template = new Properties();
        for (String name : List.of(own + ofRule, own + kind, "/explain/" + ofRule, "/explain/" + kind)) {
            try (InputStream stream = TemplateExplainer.class.getResourceAsStream(name + ".properties")) {
                if (stream != null) {
                    template.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
                    return template;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no template for " + kind);
    }
}
