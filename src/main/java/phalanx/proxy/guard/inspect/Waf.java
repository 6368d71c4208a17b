package phalanx.proxy.guard.inspect;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import phalanx.proxy.guard.client.Reputation;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.inspect.PlainBody.Result;
import phalanx.proxy.guard.rules.Place;
import phalanx.proxy.guard.rules.RuleBook;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.RequestHead;

/**
 * The inspection of a route's requests, at work: the head at once, a body once it is whole or as much of it has come as is inspected. Any
 * thread; an exchange is inspected on its event loop.
 */
public final class Waf {
    private static final int MOST_WALKS = 32;

    private static final int PAYLOAD = 3;
    private static final int SCANNER = 5;
    private static final int NO_AGENT = 1;
    /** The share that counts of what a page of another site may have had a browser do, or who says so of himself. */
    private static final double ANOTHER_SITE = 0.1;

    private static final String REFUSED =
            "The request looks like an attack and was not passed on. If it is none, tell its number to who runs this site.";

    private static final Set<String> STREAMED =
            Set.of("application/grpc", "application/grpc+proto", "application/grpc+json");

    /** By rules, those used last: what configurations before needed goes. */
    private static final FastThreadLocal<Map<RuleBook, Walk>> WALKS = new FastThreadLocal<>() {
        @Override
        protected Map<RuleBook, Walk> initialValue() {
            return new LinkedHashMap<>(8, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<RuleBook, Walk> eldest) {
                    return size() > MOST_WALKS;
                }
            };
        }
    };

    private final WafSettings settings;
    private final Reputation.Strikes strikes;

    /** @param strikes who is told of clients that attack */
    public Waf(WafSettings settings, Reputation.Strikes strikes) {
        this.settings = settings;
        this.strikes = strikes;
    }

    /** Whether attacks are noted only, and nobody is banned for them. */
    public boolean monitors() {
        return settings.monitor();
    }

    private Walk walk() {
        return WALKS.get().computeIfAbsent(settings.book(), book -> new Walk(new Inspector(book)));
    }

    /** Inspects a request and hands it on, unless it is refused. */
    public void apply(Exchange exchange, Exchange.Handler next) {
        Walk walk = walk();
        RequestHead head = exchange.request();
        if (settings.leaks()) {
            exchange.wrapClient(client -> new LeakWatch(exchange, client, settings));
        }
        walk.head(head, settings);
        String type = Objects.requireNonNullElse(head.fields().value(FieldName.CONTENT_TYPE), "");
        boolean last = !head.hasBody() || settings.bodyLimit() == 0 || head.upgrade() != null || streams(head, type);
        int points = walk.inspector().score();
        if (refused(exchange, walk.inspector(), last, "")) {
            return;
        }
        if (streams(head, type)) {
            exchange.watchRequest(new MessageStart(exchange, this::refuseStream));
        }
        if (exchange.over()) {
            return;
        }
        if (last) {
            next.handle(exchange);
            return;
        }
        if (head.expectsContinue()) {
            exchange.interim(100, new Fields());
            exchange.flush();
            head.fields().remove(FieldName.EXPECT); // met: a server that met it again would confuse the client
        }
        exchange.forwardTo(new InspectedBody(exchange, settings.bodyLimit(), body -> {
            if (!refused(exchange, body, points)) {
                body.hold();
                next.handle(exchange);
            }
        }));
    }

    /** Whether a body may wait for an answer in its middle, and so cannot be held: gRPC, which is spoken over HTTP/2 alone. */
    private static boolean streams(RequestHead head, String type) {
        return head.version() == 20 && STREAMED.contains(BodyWalk.media(type).toLowerCase(Locale.ROOT));
    }

    private void refuseStream(Exchange exchange) {
        exchange.guard((settings.monitor() ? "noted" : "refused") + ": the body is no gRPC, as its type says");
        if (!settings.monitor()) {
            strikes.strike(exchange.clientAddress().getAddress(), "protocol", PAYLOAD);
            exchange.refuse(Failure.denied(403, REFUSED));
        }
    }

    private boolean refused(Exchange exchange, InspectedBody held, int points) {
        Walk walk = walk();
        Result result = walk.body(exchange.request(), points, held, settings);
        String unseen = switch (result) {
            case WHOLE -> "";
            case CUT -> "only the first " + settings.bodyLimit() + " octets of the body were inspected";
            case BOMB, BROKEN -> "the body could not be inflated whole";
            case UNKNOWN -> "the body is coded in a way that cannot be undone here";
        };
        if (refused(exchange, walk.inspector(), true, unseen)) {
            return true;
        }
        if (result != Result.CUT || !settings.refuseLong() || settings.monitor()) {
            return false;
        }
        exchange.guard("refused, " + unseen);
        exchange.failed(Failure.denied(413, "The body is longer than " + settings.bodyLimit() + " bytes."));
        return true;
    }

    /**
     * @param last whether nothing else of the request will be looked at
     * @param unseen what of the body was not looked at, empty for nothing
     */
    private boolean refused(Exchange exchange, Inspector inspector, boolean last, String unseen) {
        boolean over = inspector.score() >= settings.threshold();
        if (inspector.score() == 0 && unseen.isEmpty() || !over && !last) {
            return false;
        }
        exchange.guard(Verdict.text(over ? settings.monitor() ? "noted" : "refused" : "passed", inspector, unseen));
        if (settings.monitor()) {
            return false;
        }
        strike(exchange, inspector.findings(), over);
        if (!over) {
            return false;
        }
        exchange.failed(Failure.denied(403, REFUSED));
        return true;
    }

    /** Whether, as it says, a page of another site had the client's browser ask for it: who uses the browser did not. */
    public static boolean forAnotherSite(Exchange exchange) {
        return "cross-site".equalsIgnoreCase(exchange.request().fields().value("Sec-Fetch-Site"));
    }

    /** Whether something was found where no page of another site can write (Fetch Standard, CORS-safelisted request-header). */
    private static boolean byTheClient(Finding finding) {
        return finding.place() == Place.AGENT || finding.place() == Place.COOKIE || finding.place() == Place.HEADER;
    }

    private void strike(Exchange exchange, List<Finding> findings, boolean attack) {
        double share = forAnotherSite(exchange) && findings.stream().noneMatch(Waf::byTheClient) ? ANOTHER_SITE : 1;
        int points = attack ? PAYLOAD : 0;
        String reason = attack ? findings.getFirst().rule().category() : "";
        for (Finding finding : findings) {
            int more = finding.rule().category().equals("scanner")
                    ? SCANNER
                    : finding.rule().signal() == Signal.AGENT_MISSING ? NO_AGENT : 0;
            if (more > points) {
                points = more;
                reason = finding.rule().id();
            }
        }
        if (points > 0) {
            strikes.strike(exchange.clientAddress().getAddress(), reason, points * share);
        }
    }
}
