package phalanx.proxy.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import phalanx.config.HostPort;
import phalanx.proxy.transport.Transport;
import phalanx.proxy.transport.Worker;

/**
 * A request of the proxy's own over a connection of its own, which ends with the answer: for probes, discovery and collectors.
 *
 * @param fields besides Host and Content-Length, which are added
 * @param read the longest silence of the server
 */
public record SingleRequest(
        String method, HostPort host, String path, Fields fields, byte[] body, Duration connect, Duration read) {
    /** The {@link Failure#error} when the server takes no connection. */
    public static final String REFUSED = "connection_refused";

    /** A request that posts a document of JSON. */
    public static SingleRequest post(HostPort host, String path, byte[] document, Duration connect, Duration read) {
        return new SingleRequest(
                "POST",
                host,
                path,
                new Fields().add(FieldName.CONTENT_TYPE, "application/json"),
                document,
                connect,
                read);
    }

    /** A request that posts a document of JSON. */
    public static SingleRequest post(HostPort host, String path, String document, Duration connect, Duration read) {
        return post(host, path, document.getBytes(StandardCharsets.UTF_8), connect, read);
    }

    /**
     * Sends it from a worker's event loop, where the answer is told too.
     *
     * @return the connection, which may be closed to give the request up
     */
    public Channel send(Worker worker, Transport transport, InetSocketAddress address, BackendListener answer) {
        Http1BackendHandler handler = new Http1BackendHandler(
                worker, connection -> connection.channel().close());
        ChannelFuture connecting = transport
                .connecting()
                .group(worker.loop())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connect.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handler);
                    }
                })
                .connect(address);
        connecting.addListener(done -> worker.run(() -> {
            if (!done.isSuccess()) {
                answer.failed(Failure.upstream(502, REFUSED, address + " takes no connection."));
                return;
            }
            Fields all = fields.copy().add(FieldName.HOST, host.toString());
            handler.begin(
                    new RequestHead(method, path, 11, "http", host.toString(), all, body.length, false, null),
                    answer,
                    read,
                    connect);
            if (body.length > 0) {
                handler.data(Unpooled.wrappedBuffer(body));
            }
            handler.end(null);
            handler.flush();
        }));
        return connecting.channel();
    }
}
