package phalanx.proxy.record;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.ClientFilter;
import phalanx.proxy.http.ClientStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.ResponseHead;

/**
 * Keeps the newest exchanges with their heads and bodies while it is switched on: for the console, HTTP archives and replays. It holds
 * what people send in confidence, so it is off unless somebody asks. Any thread; an exchange is recorded on its event loop.
 */
public final class Recording {
    /** Octets kept of a body unless something else is asked for. */
    public static final int BODY = 64 << 10;
    /** The most that may be asked for. */
    public static final int LARGEST_BODY = 16 << 20;

    private static final int MOST_EXCHANGES = 1000;
    private static final long MOST_OCTETS = 64L << 20;

    private final ArrayDeque<RecordedExchange> kept = new ArrayDeque<>();
    /** Octets that exchanges under way may still keep; those that are over are counted by {@link #octets}. */
    private final AtomicLong room = new AtomicLong(MOST_OCTETS);

    private long octets;
    private long dropped;
    private volatile int most;

    /**
     * Records from now on; what was kept before is forgotten.
     *
     * @param bodyOctets kept of each body, 1 to {@link #LARGEST_BODY}
     */
    public synchronized void start(int bodyOctets) {
        kept.clear();
        octets = 0;
        dropped = 0;
        most = Math.clamp(bodyOctets, 1, LARGEST_BODY);
    }

    /** Records no more; what was kept stays. */
    public void stop() {
        most = 0;
    }

    public boolean on() {
        return most > 0;
    }

    /** Exchanges forgotten since the start, to make room for newer ones. */
    public synchronized long dropped() {
        return dropped;
    }

    /** The newest first. */
    public synchronized List<RecordedExchange> newest() {
        return new ArrayList<>(kept.reversed());
    }

    /** The newest one with an id. */
    public synchronized Optional<RecordedExchange> find(String id) {
        return kept.reversed().stream()
                .filter(one -> one.summary().id().equals(id))
                .findFirst();
    }

    /** Records an exchange that begins, if it is switched on. */
    public void apply(Exchange exchange) {
        int limit = most;
        if (limit == 0) {
            return;
        }
        RequestHead asked = exchange.request();
        RequestHead request = asked.forServer(asked.target(), asked.fields().copy(), asked.upgrade());
        RecordedBody.Collector requestBody = new RecordedBody.Collector(limit, room);
        exchange.watchRequest(requestBody::add);
        exchange.wrapClient(client -> {
            Answer answer = new Answer(client, exchange, request, requestBody, limit);
            exchange.whenOver(_ -> answer.exchangeOver());
            return answer;
        });
    }

    private synchronized void add(RecordedExchange exchange) {
        kept.add(exchange);
        octets += exchange.size();
        while (kept.size() > MOST_EXCHANGES || octets > MOST_OCTETS) {
            octets -= kept.remove().size();
            dropped++;
        }
    }

    /** Looks at the answer on its way to the client; what it saw is kept once both it and the exchange are over. */
    private final class Answer extends ClientFilter {
        private final Exchange exchange;
        private final RequestHead request;
        private final RecordedBody.Collector requestBody;
        private final RecordedBody.Collector body;
        private @Nullable ResponseHead head;
        private boolean whole;
        private boolean passed;
        private boolean over;
        private boolean kept;

        Answer(
                ClientStream client,
                Exchange exchange,
                RequestHead request,
                RecordedBody.Collector requestBody,
                int limit) {
            super(client);
            this.exchange = exchange;
            this.request = request;
            this.requestBody = requestBody;
            body = new RecordedBody.Collector(limit, room);
        }

        @Override
        public void head(ResponseHead of, boolean end) {
            head = new ResponseHead(of.status(), of.reason(), of.fields().copy(), of.contentLength());
            super.head(of, end);
            if (end) {
                passed(true);
            }
        }

        @Override
        public void data(ByteBuf data) {
            body.add(data);
            super.data(data);
        }

        @Override
        public void end(@Nullable Fields trailer) {
            super.end(trailer);
            passed(true);
        }

        @Override
        public void abort() {
            super.abort();
            passed(false);
        }

        @Override
        public void reset() {
            super.reset();
            passed(false);
        }

        @Override
        public void gone() {
            super.gone();
            passed(false);
        }

        private void passed(boolean toTheEnd) {
            whole |= toTheEnd && !passed;
            passed = true;
            keep();
        }

        void exchangeOver() {
            over = true;
            keep();
        }

        private void keep() {
            if (kept || !passed || !over) {
                return;
            }
            kept = true;
            RecordedBody asked = requestBody.body(exchange.requestEnded());
            RecordedBody answered = body.body(whole);
            room.addAndGet(asked.octets().length + answered.octets().length);
            add(new RecordedExchange(
                    RequestRecord.of(exchange), exchange.connection().local(), request, asked, head, answered));
        }
    }
}
