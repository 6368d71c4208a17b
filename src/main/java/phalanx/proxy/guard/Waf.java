package phalanx.proxy.guard;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import phalanx.proxy.guard.detect.Signal;
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
    private static final int PAYLOAD = 3;
    private static final int SCANNER = 5;
    private static final int NO_AGENT = 1;
    private static final String REFUSED =
            "The request looks like an attack and was not passed on. If it is none, tell its number to who runs this site.";

    private final WafSettings settings;
    private final Reputation.Strikes strikes;
    private final FastThreadLocal<Walk> walks = new FastThreadLocal<>() {
        @Override
        protected Walk initialValue() {
            return new Walk(new Inspector(settings.book()));
        }
    };

    /** What an event loop inspects with. */
    private static final class Walk {
        private final Inspector inspector;
        private final HeadWalk heads;
        private final BodyWalk bodies;
        private byte[] body = new byte[8192];

        Walk(Inspector inspector) {
            this.inspector = inspector;
            heads = new HeadWalk(inspector);
            bodies = new BodyWalk(inspector, heads);
        }
    }

    /** @param strikes who is told of clients that attack */
    public Waf(WafSettings settings, Reputation.Strikes strikes) {
        this.settings = settings;
        this.strikes = strikes;
    }

    /** Inspects a request and hands it on, unless it is refused. */
    public void apply(Exchange exchange, Exchange.Handler next) {
        Walk walk = walks.get();
        RequestHead head = exchange.request();
        walk.inspector.begin(settings.paranoia(), settings.excluded());
        walk.heads.head(head);
        String type = Objects.requireNonNullElse(head.fields().value(FieldName.CONTENT_TYPE), "");
        boolean last = !head.hasBody() || settings.bodyLimit() == 0 || head.upgrade() != null || opaque(type);
        if (refused(exchange, walk.inspector, last)) {
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
            if (!refused(exchange, body, type)) {
                body.hold();
                next.handle(exchange);
            }
        }));
    }

    /** Whether a body of this type holds nothing that rules could read; some of these are streams that wait for an answer in the middle. */
    private static boolean opaque(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/grpc")
                || lower.startsWith("application/octet-stream")
                || lower.startsWith("image/")
                || lower.startsWith("video/")
                || lower.startsWith("audio/")
                || lower.startsWith("font/")
                || lower.startsWith("application/zip")
                || lower.startsWith("application/pdf");
    }

    private boolean refused(Exchange exchange, InspectedBody held, String type) {
        Walk walk = walks.get();
        int length = Math.min(held.octets(), settings.bodyLimit());
        if (walk.body.length < length) {
            walk.body = new byte[Math.max(length, walk.body.length * 2)];
        }
        held.copy(walk.body, length);
        walk.inspector.begin(settings.paranoia(), settings.excluded());
        walk.heads.head(exchange.request()); // its points count together with the body's
        walk.bodies.body(type, walk.body, length);
        return refused(exchange, walk.inspector, true);
    }

    /** @param last whether nothing else of the request will be looked at */
    private boolean refused(Exchange exchange, Inspector inspector, boolean last) {
        boolean over = inspector.score() >= settings.threshold();
        if (inspector.score() == 0 || !over && !last) {
            return false;
        }
        exchange.guard(Verdict.text(over ? settings.monitor() ? "noted" : "refused" : "passed", inspector));
        strike(exchange, inspector.findings(), over);
        if (!over || settings.monitor()) {
            return false;
        }
        exchange.failed(Failure.client(403, REFUSED));
        return true;
    }

    private void strike(Exchange exchange, List<Finding> findings, boolean attack) {
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
            strikes.strike(exchange.clientAddress().getAddress(), reason, points);
        }
    }
}
