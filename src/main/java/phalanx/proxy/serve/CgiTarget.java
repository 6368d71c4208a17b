package phalanx.proxy.serve;

import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Fields;
import phalanx.proxy.route.ForwardSettings;
import phalanx.proxy.transport.Transport;

/** A route that leads to an application server, at work. Any thread. */
public record CgiTarget(CgiSettings settings, ForwardSettings times, Transport transport) implements Exchange.Handler {
    @Override
    public void handle(Exchange exchange) {
        if (exchange.request().hasBody() && exchange.request().expectsContinue()) {
            exchange.interim(100, new Fields());
            exchange.flush();
        }
        if (exchange.request().contentLength() < 0) { // CGI must be told a length before the body
            exchange.forwardTo(new CollectedBody(exchange, this::start));
        } else {
            start(exchange, exchange.request().contentLength());
        }
    }

    private void start(Exchange exchange, long contentLength) {
        new CgiExchange(exchange, settings, times, transport, contentLength).start();
    }
}
