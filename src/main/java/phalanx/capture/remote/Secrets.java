package phalanx.capture.remote;

import org.jspecify.annotations.Nullable;

/** Whoever knows passwords: a person at a terminal or a dialog, or the environment. Asked on the thread that connects. */
@FunctionalInterface
public interface Secrets {
    /** Nobody to ask. */
    Secrets NONE = _ -> null;

    /** @param what is wanted, for people: {@code the password of admin@web1}  @return null when nobody tells */
    @Nullable
    String ask(String what);
}
