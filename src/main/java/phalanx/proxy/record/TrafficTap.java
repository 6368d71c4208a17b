package phalanx.proxy.record;

import java.net.InetSocketAddress;

/**
 * Who sees the octets of the proxy's connections, in plain text where TLS is spoken. Called on the event loops: must take what it needs
 * and return at once.
 */
public interface TrafficTap {
    /** Which side of the proxy a connection is on. */
    enum Side {
        CLIENT,
        SERVER
    }

    /** One connection. */
    interface Connection {
        /**
         * Some octets, the tap's to keep.
         *
         * @param fromInitiator whether they go the way in which the connection was made
         */
        void data(boolean fromInitiator, byte[] octets);

        /** Octets that the kernel copied and nobody saw. */
        void unseen(boolean fromInitiator, long count);

        /** It is closed. */
        void closed();
    }

    /**
     * A connection stands.
     *
     * @param initiator the end that made it
     * @param setupNanos how long it took to make; 0 where that is not known
     */
    Connection opened(Side side, InetSocketAddress initiator, InetSocketAddress acceptor, long setupNanos);
}
