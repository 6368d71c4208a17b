package phalanx.proxy.record;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.ClientConnection;
import phalanx.proxy.http.ClientStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.transport.Worker;

/**
 * Sends a recorded request again, through all the stages of the proxy. It gets an id of its own; its answer is recorded as any other
 * and goes to nobody. One without end is cut off after a minute. On the worker's event loop.
 */
public final class Replay {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Replay() {}

    /** Whether there is enough of a request to send it again: all of its body, and no tunnel came of it. */
    public static boolean possible(RecordedExchange recorded) {
        ResponseHead response = recorded.response();
        boolean tunnel = recorded.request().method().equals("CONNECT")
                || recorded.request().upgrade() != null && (response == null || response.status() == 101);
        return recorded.requestBody().whole() && !tunnel;
    }

    /**
     * Sends one that is {@link #possible}.
     *
     * @param site who takes it
     * @param done told when the answer is over, on the event loop
     */
    public static void send(RecordedExchange recorded, Worker worker, Exchange.Handler site, Consumer<Exchange> done) {
        worker.run(() -> {
            RequestHead head = recorded.request();
            Fields fields = head.fields().copy();
            fields.remove(FieldName.X_REQUEST_ID);
            fields.remove(FieldName.EXPECT); // nobody would wait for its 100
            byte[] body = recorded.requestBody().octets();
            InetSocketAddress self = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ClientConnection connection = new ClientConnection(0, recorded.listen(), self, self, null);
            RequestHead again = new RequestHead(
                    head.method(),
                    head.target(),
                    head.version(),
                    head.scheme(),
                    head.authority(),
                    fields,
                    body.length,
                    true,
                    null);
            Exchange exchange = new Exchange(worker, connection, again, new Nobody());
            Future<?> limit = worker.loop()
                    .schedule(
                            () -> exchange.reset(Failure.proxy(
                                    504,
                                    "http_response_timeout",
                                    "The answer to a replay had no end within a minute.")),
                            LONGEST.toMillis(),
                            TimeUnit.MILLISECONDS);
            exchange.whenOver(over -> {
                limit.cancel(false);
                done.accept(over);
            });
            site.handle(exchange);
            if (body.length > 0) {
                exchange.requestData(Unpooled.wrappedBuffer(body));
            }
            exchange.requestEnd(null);
            exchange.requestFlush();
        });
    }

    /** Takes an answer and drops it. */
    private static final class Nobody implements ClientStream {
        @Override
        public void interim(int status, Fields fields) {}

        @Override
        public void head(ResponseHead head, boolean end) {}

        @Override
        public void data(ByteBuf data) {
            data.release();
        }

        @Override
        public boolean file(FileChannel file, long from, long length, Runnable taken) {
            return false;
        }

        @Override
        public void end(@Nullable Fields trailer) {}

        @Override
        public void flush() {}

        @Override
        public void abort() {}

        @Override
        public void reset() {}

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void readRequest(boolean more) {}
    }
}
