package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers that come from the proxy itself. On the connection's event loop. */
public final class Replies {
    private Replies() {}

    /** A short plain text. */
    public static void text(Exchange exchange, int status, String text) {
        octets(exchange, status, Octets.of(text));
    }

    /** A text that is octets already, one a character. */
    public static void octets(Exchange exchange, int status, String text) {
        exchange.answer(status, fields(exchange).add(FieldName.CONTENT_TYPE, "text/plain; charset=utf-8"), body(text));
    }

    /** No body at all. */
    public static void empty(Exchange exchange, int status, Fields fields) {
        exchange.answer(status, fields, Unpooled.EMPTY_BUFFER);
    }

    /** Says what failed, and on whose side: to a browser in HTML, to who would rather have JSON as RFC 9457 has it, to others in plain text. */
    public static void failure(Exchange exchange, Failure failure) {
        InetSocketAddress peer = exchange.asked().peer();
        String hop = peer == null ? null : peer.getHostString() + ":" + peer.getPort();
        exchange.editResponse(head -> head.fields().add(FieldName.PROXY_STATUS, failure.proxyStatus(hop)));
        FailurePage page = FailurePage.preferred(exchange.request().fields().value("accept"));
        Fields fields =
                fields(exchange).add(FieldName.CONTENT_TYPE, page.type()).add(FieldName.VARY, "Accept");
        exchange.answer(failure.status(), fields, body(Octets.of(page.body(failure, exchange.id()))));
    }

    private static ByteBuf body(String octets) {
        ByteBuf body = ByteBufAllocator.DEFAULT.buffer(octets.length() + 16);
        body.writeCharSequence(octets, StandardCharsets.ISO_8859_1);
        return body;
    }

    /** The fields that every answer of our own has. */
    public static Fields fields(Exchange exchange) {
        return new Fields()
                .add(FieldName.SERVER, "phalanx")
                .add(FieldName.DATE, exchange.worker().date());
    }
}
