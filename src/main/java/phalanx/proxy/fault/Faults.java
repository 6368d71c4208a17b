package phalanx.proxy.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Replies;

/** The faults of one route. Any thread; they may be changed while it works. */
public final class Faults {
    private static final Directive FAULT = Directive.of(
            "route",
            "fault delay|abort|reset|truncate|corrupt|throttle|slow_body [ARGUMENT] [OPTION...]",
            "",
            "A fault made on purpose: " + Fault.FORM + ".");

    public static final List<Directive> DIRECTIVES = List.of(FAULT);

    private volatile List<Fault> faults;

    public Faults(List<Fault> faults) {
        this.faults = List.copyOf(faults);
    }

    /** Reads a route's block. */
    public static List<Fault> from(Section section) {
        List<Fault> faults = new ArrayList<>();
        for (Node node : section.all(FAULT)) {
            String text = node.arguments().stream().map(Word::text).collect(Collectors.joining(" "));
            Optional<Fault> fault = Fault.read(text);
            if (fault.isEmpty()) {
                section.refuse(node.at(), "This fault cannot be made.", "Write: fault " + Fault.FORM + ".");
            }
            fault.ifPresent(faults::add);
        }
        return faults;
    }

    /** Those that are made now. */
    public List<Fault> now() {
        return faults;
    }

    /** Makes these from now on. */
    public void set(List<Fault> changed) {
        faults = List.copyOf(changed);
    }

    /** Takes an exchange on its way to whoever answers, and makes what is to be made of it. */
    public void apply(Exchange exchange, Exchange.Handler next) {
        List<Fault> all = faults;
        Duration delay = Duration.ZERO;
        FaultyAnswer.Plan plan = new FaultyAnswer.Plan();
        int abort = 0;
        boolean reset = false;
        for (Fault fault : all) {
            if (exchange.worker().random().nextDouble() * 100 >= fault.percent()) {
                continue;
            }
            exchange.injected(fault.text());
            switch (fault.kind()) {
                case Fault.Kind.Delay(Duration time, Duration jitter) ->
                    delay = delay.plus(time).plusNanos((long)
                            (jitter.toNanos() * exchange.worker().random().nextDouble()));
                case Fault.Kind.Abort(int status) -> abort = status;
                case Fault.Kind.Reset _ -> reset = true;
                case Fault.Kind.Truncate(long octets) -> plan.truncate = octets;
                case Fault.Kind.Corrupt(long every) -> plan.corruptEvery = every;
                case Fault.Kind.Throttle(long rate) -> plan.rate = rate;
                case Fault.Kind.SlowBody(Duration time) -> plan.bodyDelayNanos = time.toNanos();
            }
        }
        int status = abort;
        boolean cut = reset;
        Runnable go = () -> {
            if (exchange.over()) {
                return;
            }
            if (cut) {
                exchange.reset(Failure.proxy(502, "proxy_internal_response", "The connection was reset on purpose."));
            } else if (status > 0) {
                Replies.text(exchange, status, "This answer was made on purpose (fault abort).\n");
            } else {
                if (plan.any()) {
                    exchange.wrapClient(client -> new FaultyAnswer(exchange, client, plan));
                }
                next.handle(exchange);
            }
        };
        if (delay.isZero()) {
            go.run();
        } else {
            exchange.worker().loop().schedule(go, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
