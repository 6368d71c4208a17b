package phalanx.telemetry;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections that bring nothing, so that their places are free for others: the head of a message must have come soon after the
 * connection, each message soon after its head, and the next before long. That bytes trickle in counts for nothing. On its event loop.
 */
final class OtlpPatience extends ChannelInboundHandlerAdapter {
    /** Senders keep a connection for their next batch, which those of metrics send once a minute. */
    static final Duration IDLE = Duration.ofMinutes(5);

    private final Duration patience;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> end;

    OtlpPatience(Duration patience) {
        this.patience = patience;
    }

    /** That of a connection. */
    static OtlpPatience of(Channel connection) {
        return Objects.requireNonNull(connection.pipeline().get(OtlpPatience.class));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        allow(patience);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        if (end != null) {
            end.cancel(false);
        }
        context = null;
    }

    /** The head of a message came; who does not bring the rest in time is told so, and has to go after that. */
    void begun() {
        allow(patience.multipliedBy(2));
    }

    /** A message came to its end. */
    void served() {
        allow(IDLE);
    }

    private void allow(Duration more) {
        if (end != null) {
            end.cancel(false);
        }
        ChannelHandlerContext on = context;
        if (on != null) {
            end = on.executor().schedule(() -> on.close(), more.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
