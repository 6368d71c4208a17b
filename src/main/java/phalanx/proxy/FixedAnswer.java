package phalanx.proxy;

import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.Replies;

/** A route that answers from here. Any thread. */
record FixedAnswer(RouteAction.Return answer) implements Exchange.Handler {
    @Override
    public void handle(Exchange exchange) {
        String text = answer.text().fill(exchange);
        switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> {
                Fields fields = Replies.fields(exchange).add(FieldName.LOCATION, text);
                Replies.empty(exchange, answer.status(), fields);
            }
            default -> Replies.octets(exchange, answer.status(), text);
        }
    }
}
