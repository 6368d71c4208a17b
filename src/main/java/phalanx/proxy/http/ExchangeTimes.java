package phalanx.proxy.http;

/** When what happened in an exchange, in {@link System#nanoTime}; 0 for what did not. One thread. */
public final class ExchangeTimes {
    /** The request's head was whole. */
    public final long start = System.nanoTime();
    /** The same on the wall clock, milliseconds since 1970. */
    public final long startMillis = System.currentTimeMillis();
    /** The request was whole. */
    public long requestEnd;
    /** An upstream server was chosen. */
    public long chosen;
    /** Its connection stood. */
    public long connected;
    /** The response's head was sent on. */
    public long responseHead;
    /** It was over. */
    public long end;
}
