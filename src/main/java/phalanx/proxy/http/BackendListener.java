package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Who takes what a backend's connection reads. Called on its event loop. */
public interface BackendListener {
    /** An interim response came. */
    default void interim(int status, Fields fields) {}

    /** The final response came; {@code end} when nothing follows. */
    void head(ResponseHead head, boolean end);

    /** Some of the body, the listener's to release. */
    void data(ByteBuf data);

    /** The response is over. */
    void end(@Nullable Fields trailer);

    /** All that had arrived was told. */
    default void flush() {}

    /** No whole response will come. Told once, and nothing after it. */
    void failed(Failure failure);

    /** Whether the request's body can be taken without piling up. */
    default void writable(boolean writable) {}
}
