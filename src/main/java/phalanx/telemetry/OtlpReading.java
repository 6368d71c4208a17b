package phalanx.telemetry;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads one message at a time, which must be whole before the patience ends. Network thread. */
abstract class OtlpReading<F> extends SimpleChannelInboundHandler<F> {
    final OtlpIntake intake;
    /** What is under way; null for nothing. */
    OtlpIntake.@Nullable Body body;

    private @Nullable Future<?> patience;

    OtlpReading(OtlpIntake intake) {
        this.intake = intake;
    }

    /** A message begins. @param connection what it comes on */
    final void begun(ChannelHandlerContext context, Channel connection) {
        body = intake.begin();
        OtlpPatience.of(connection).begun();
        patience = context.executor()
                .schedule(
                        () -> refuse(context, OtlpRefusal.SLOW),
                        intake.limits().patience().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** The message is no longer under way. May be called again. */
    final void end() {
        if (body != null) {
            body.end();
            body = null;
        }
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    /** Ends the message and says why it is not taken. */
    abstract void refuse(ChannelHandlerContext context, OtlpRefusal why);

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        System.getLogger("phalanx.telemetry").log(System.Logger.Level.DEBUG, "a message broke off", cause);
        context.close();
    }
}
