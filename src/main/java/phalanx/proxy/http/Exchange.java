package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.transport.Worker;

/**
 * One request and its response, between the client's stream and the backend's. Carries both ways as they come, stops the faster side
 * while the slower catches up, and notes when what happened. Used on the connection's event loop.
 */
public final class Exchange implements BackendListener {
    /** Where the stages of the proxy begin. */
    public interface Handler {
        /** Takes an exchange whose request head has arrived; its body may still be on the way. */
        void handle(Exchange exchange);
    }

    private final Worker worker;
    private final ClientConnection connection;
    private final RequestHead request;
    private final ExchangeTimes times = new ExchangeTimes();
    private final AskedServer asked = new AskedServer();
    private ClientStream client;
    private @Nullable BackendStream backend;
    private final HeldBody held = new HeldBody();
    private @Nullable Fields requestTrailer;
    private boolean requestEnded;
    private boolean responseStarted;
    private boolean responseEnded;
    private boolean over;
    private int status;
    private long requestBytes;
    private long mostRequestBytes;
    private long responseBytes;
    private @Nullable Failure failure;
    private @Nullable ResponseHead response;
    private String injected = "";
    private String guard = "";
    private boolean leaked;
    private @Nullable TraceContext trace;
    private InetSocketAddress clientAddress;
    private String id = "";
    private @Nullable List<Consumer<Exchange>> atEnd;
    private @Nullable List<Consumer<ResponseHead>> edits;
    private @Nullable Consumer<ByteBuf> bodyWatcher;

    public Exchange(Worker worker, ClientConnection connection, RequestHead request, ClientStream client) {
        this.worker = worker;
        this.connection = connection;
        this.request = request;
        this.client = client;
        this.clientAddress = connection.client();
    }

    // What is known of it.

    public Worker worker() {
        return worker;
    }

    public ClientConnection connection() {
        return connection;
    }

    public RequestHead request() {
        return request;
    }

    public ExchangeTimes times() {
        return times;
    }

    /** Who asked: the connection's client, or whom trusted proxies before us name. */
    public InetSocketAddress clientAddress() {
        return clientAddress;
    }

    public void clientAddress(InetSocketAddress address) {
        clientAddress = address;
    }

    /** The id that both logs and both sides know it by; empty until one was given. */
    public String id() {
        return id;
    }

    public void id(String given) {
        id = given;
    }

    /** The status the client got; 0 while there is none, 499 when it went away before. */
    public int status() {
        return status;
    }

    /** What was sent to the client, or null before that. */
    public @Nullable ResponseHead response() {
        return response;
    }

    public long requestBytes() {
        return requestBytes;
    }

    public long responseBytes() {
        return responseBytes;
    }

    public @Nullable Failure failure() {
        return failure;
    }

    /** Who was asked for the answer. */
    public AskedServer asked() {
        return asked;
    }

    /** The trace it belongs to, null when it is not traced. */
    public @Nullable TraceContext trace() {
        return trace;
    }

    public void trace(TraceContext belongsTo) {
        trace = belongsTo;
    }

    /** Notes a fault that was made on purpose. */
    public void injected(String fault) {
        injected = injected.isEmpty() ? fault : injected + "; " + fault;
    }

    /** The faults that were made on purpose, empty for none. */
    public String injected() {
        return injected;
    }

    /** Notes what the guard found. */
    public void guard(String verdict) {
        guard = verdict;
    }

    /** What the guard found, empty for nothing. */
    public String guard() {
        return guard;
    }

    /** Notes that its answer shows what it should not. */
    public void leaked(String what) {
        leaked = true;
        guard = guard.isEmpty() ? what : guard + "; " + what;
    }

    /** Whether its answer was seen to show what it should not. */
    public boolean leaked() {
        return leaked;
    }

    public boolean responseStarted() {
        return responseStarted;
    }

    /** Whether it has ended; calls are ignored from then on. */
    public boolean over() {
        return over;
    }

    /** Whether all of the request has arrived. */
    public boolean requestEnded() {
        return requestEnded;
    }

    // For stages.

    /** Called once when the exchange is over, however it ended. */
    public void whenOver(Consumer<Exchange> listener) {
        if (atEnd == null) {
            atEnd = new ArrayList<>(3);
        }
        atEnd.add(listener);
    }

    /** Edits the response's fields before they are sent. */
    public void editResponse(Consumer<ResponseHead> edit) {
        if (edits == null) {
            edits = new ArrayList<>(3);
        }
        edits.add(edit);
    }

    /** Shows the request's body as it comes, and first what is held of it; who watches leaves it as it is. */
    public void watchRequest(Consumer<ByteBuf> watcher) {
        bodyWatcher = bodyWatcher == null ? watcher : bodyWatcher.andThen(watcher);
        held.show(watcher);
    }

    /** Puts something between the backend and the client, such as compression. */
    public void wrapClient(UnaryOperator<ClientStream> wrapper) {
        client = wrapper.apply(client);
    }

    /** Names who answers; what has arrived of the request's body is handed on. */
    public void forwardTo(BackendStream to) {
        backend = to;
        while (held.octets() > 0 && to.equals(backend)) {
            to.data(held.take(Integer.MAX_VALUE));
        }
        if (!to.equals(backend)) {
            return; // who took some of it has handed on, and all goes to whom it named
        }
        if (requestEnded) {
            to.end(requestTrailer);
        } else if (to.writable()) {
            client.readRequest(true);
        }
        if (!client.writable()) {
            to.readResponse(false);
        }
    }

    /** Takes a body back that was collected, to be handed to who is named next, before what came behind it. */
    public void hold(HeldBody collected) {
        backend = null;
        held.addFirst(collected);
    }

    /** Answers from here, with a whole body. */
    public void answer(int answerStatus, Fields fields, ByteBuf body) {
        if (over || responseStarted) {
            body.release();
            return;
        }
        int length = body.readableBytes();
        ResponseHead head = ResponseHead.of(answerStatus, fields, answerStatus == 304 ? -1 : length);
        boolean bodiless = length == 0 || head.bodiless(request.method());
        head(head, bodiless);
        if (bodiless) {
            body.release();
        } else {
            data(body);
            end(null);
        }
        flush();
    }

    /**
     * Sends a part of a file as some of the response's body, copied by the kernel.
     *
     * @param taken called once the kernel has taken it all
     * @return false where the connection cannot: then nothing was sent
     */
    public boolean file(FileChannel file, long from, long length, Runnable taken) {
        if (over || !client.file(file, from, length, taken)) {
            return false;
        }
        responseBytes += length;
        return true;
    }

    /** Ends it by a reset that the client cannot miss. */
    public void reset(Failure why) {
        if (over) {
            return;
        }
        failure = why;
        if (backend != null) {
            backend.cancel();
        }
        client.reset();
        finish();
    }

    // From the client's connection.

    /** Limits the request's body. */
    public void mostRequestBytes(long most) {
        mostRequestBytes = most;
    }

    private void tooLarge() {
        refuse(Failure.client(413, "The body is larger than " + mostRequestBytes + " bytes."));
    }

    /** Ends a request in the middle of its body. */
    public void refuse(Failure why) {
        if (backend != null) {
            backend.cancel();
        }
        failed(why);
    }

    /** Some of the request's body. */
    public void requestData(ByteBuf data) {
        if (over || requestEnded) { // octets behind a whole request are nobody's
            data.release();
            return;
        }
        requestBytes += data.readableBytes();
        if (bodyWatcher != null) {
            bodyWatcher.accept(data);
        }
        if (over) { // a watcher refused it
            data.release();
        } else if (mostRequestBytes > 0 && requestBytes > mostRequestBytes) {
            data.release();
            tooLarge();
        } else if (backend != null) {
            backend.data(data);
            if (backend != null && !backend.writable()) { // who takes it may have handed it to another
                client.readRequest(false);
            }
        } else {
            held.add(data);
            client.readRequest(false);
        }
    }

    /** The request is whole. */
    public void requestEnd(@Nullable Fields trailer) {
        if (requestEnded) {
            return;
        }
        requestEnded = true;
        times.requestEnd = System.nanoTime();
        requestTrailer = trailer == null ? null : trailer.trailers();
        if (!over && backend != null) {
            backend.end(requestTrailer);
        }
        if (responseEnded) {
            finish();
        }
    }

    /** All that had arrived of the request was told. */
    public void requestFlush() {
        if (backend != null && !over) {
            backend.flush();
        }
    }

    /** The client went away, or broke the rules in mid request. */
    public void clientFailed(Failure why) {
        client.gone();
        if (over) {
            return;
        }
        if (status == 0) {
            status = 499;
        }
        failure = why;
        if (backend != null) {
            backend.cancel();
        }
        finish();
    }

    /** The client's connection takes more, or is full. */
    public void clientWritable(boolean writable) {
        if (backend != null && !over) {
            backend.readResponse(writable);
        }
    }

    // From the backend.

    @Override
    public void interim(int interimStatus, Fields fields) {
        if (!over && !responseStarted) {
            client.interim(interimStatus, fields);
        }
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        if (over || responseStarted) {
            return;
        }
        responseStarted = true;
        if (head.status() == 101) {
            requestEnded = false; // a tunnel now: the client may send on
        }
        status = head.status();
        times.responseHead = System.nanoTime();
        if (edits != null) {
            edits.forEach(edit -> edit.accept(head));
        }
        response = head;
        client.head(head, end);
        if (end) {
            finish();
        }
    }

    @Override
    public void data(ByteBuf data) {
        if (over) {
            data.release();
            return;
        }
        responseBytes += data.readableBytes();
        client.data(data);
        if (!client.writable() && backend != null) {
            backend.readResponse(false);
        }
    }

    @Override
    public void end(@Nullable Fields trailer) {
        if (over) {
            return;
        }
        client.end(trailer);
        if (status == 101 && !requestEnded) { // half of a tunnel: the client may go on sending
            responseEnded = true;
        } else {
            finish();
        }
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void failed(Failure why) {
        if (over) {
            return;
        }
        failure = why;
        if (responseStarted) {
            client.abort();
            finish();
        } else {
            Replies.failure(this, why);
        }
    }

    @Override
    public void writable(boolean writable) {
        if (!over) {
            client.readRequest(writable);
        }
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        times.end = System.nanoTime();
        held.release();
        if (atEnd != null) {
            atEnd.forEach(listener -> listener.accept(this));
        }
    }

    @Override
    public String toString() {
        return request.method() + " " + Objects.requireNonNullElse(request.authority(), "") + request.path() + " -> "
                + status;
    }
}
