package phalanx.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Values;
import phalanx.config.Word;
import phalanx.proxy.http.Template;
import phalanx.proxy.serve.CgiSettings;
import phalanx.proxy.serve.StaticSettings;

/** What a route does with a request. Any thread. */
sealed interface RouteAction {
    /** Passes it to an upstream, or to several by their shares, and perhaps copies to another. */
    record Forward(List<Share> shares, Optional<Share> mirror) implements RouteAction {
        /** Whether an upstream of that name answers some of its requests. */
        boolean leadsTo(String upstream) {
            return shares.stream().anyMatch(share -> share.name().text().equals(upstream));
        }
    }

    /** An upstream of that name gets this share against the others'. */
    record Share(Word name, int weight) {}

    /**
     * Answers from here.
     *
     * @param text the body, or where to go for a redirect
     */
    record Return(int status, Template text) implements RouteAction {}

    /** Serves the files of a folder. */
    record Files(StaticSettings settings) implements RouteAction {}

    /** Passes it to an application server. */
    record Cgi(CgiSettings settings) implements RouteAction {}

    Directive UPSTREAM = Directive.of(
            "route",
            "upstream NAME [weight=N]",
            "",
            "The upstream that requests go to; with several, each gets its share.");
    Directive RETURN = Directive.of(
            "route",
            "return STATUS [TEXT|URL]",
            "",
            "Answer from here: with a text, or for 301, 302, 303, 307 and 308 with where to go.");

    Directive MIRROR = Directive.of(
            "route",
            "mirror NAME [percent=N]",
            "",
            "An upstream that gets copies of requests; its answers are dropped.");

    List<Directive> DIRECTIVES = List.of(UPSTREAM, RETURN, MIRROR);

    /** Reads the shares of a block. */
    static Optional<RouteAction> forward(Section section) {
        List<Share> shares = new ArrayList<>();
        for (Node node : section.all(UPSTREAM)) {
            int weight = 1;
            if (node.arguments().size() == 2) {
                Word word = node.arguments().get(1);
                Optional<Long> read = word.text().startsWith("weight=")
                        ? Values.number(word.text().substring(7), 0, 1_000_000)
                        : Optional.empty();
                if (read.isEmpty()) {
                    section.refuse(
                            word.at(), "upstream does not know \"" + word.text() + "\".", "Write: " + UPSTREAM.form());
                }
                weight = read.orElse(1L).intValue();
            }
            shares.add(new Share(node.arguments().getFirst(), weight));
        }
        Optional<Share> mirror = section.own(MIRROR).map(node -> {
            Optional<Long> percent = Optional.of(100L);
            if (node.arguments().size() == 2) {
                Word word = node.arguments().get(1);
                percent = word.text().startsWith("percent=")
                        ? Values.number(word.text().substring(8), 0, 100)
                        : Optional.empty();
                if (percent.isEmpty()) {
                    section.refuse(
                            word.at(), "mirror does not know \"" + word.text() + "\".", "Write: " + MIRROR.form());
                }
            }
            return new Share(node.arguments().getFirst(), percent.orElse(100L).intValue());
        });
        return shares.isEmpty() ? Optional.empty() : Optional.of(new Forward(shares, mirror));
    }

    /** Reads an answer of our own. */
    static Optional<RouteAction> answer(Section section) {
        return section.own(RETURN)
                .flatMap(node -> section.read(
                                RETURN,
                                node.arguments().getFirst(),
                                "a status from 200 to 599",
                                text -> Values.number(text, 200, 599))
                        .map(status -> new Return(
                                status.intValue(),
                                node.arguments().size() == 2
                                        ? Template.from(
                                                section,
                                                RETURN,
                                                node.arguments().get(1))
                                        : Template.of(""))));
    }
}
