package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Stands before a client's stream and lets everything pass; who changes something says so by overriding. On the exchange's event loop. */
public abstract class ClientFilter implements ClientStream {
    private final ClientStream client;

    protected ClientFilter(ClientStream client) {
        this.client = client;
    }

    /** Who stands behind. */
    protected final ClientStream client() {
        return client;
    }

    @Override
    public void interim(int status, Fields fields) {
        client.interim(status, fields);
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        client.head(head, end);
    }

    @Override
    public void data(ByteBuf data) {
        client.data(data);
    }

    /** Not by the kernel: octets pass through here. */
    @Override
    public boolean file(FileChannel file, long from, long length, Runnable taken) {
        return false;
    }

    @Override
    public void end(@Nullable Fields trailer) {
        client.end(trailer);
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void abort() {
        client.abort();
    }

    @Override
    public void reset() {
        client.reset();
    }

    @Override
    public void gone() {
        client.gone();
    }

    @Override
    public boolean writable() {
        return client.writable();
    }

    @Override
    public void readRequest(boolean more) {
        client.readRequest(more);
    }
}
