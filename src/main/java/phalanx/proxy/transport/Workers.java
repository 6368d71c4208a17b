package phalanx.proxy.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The event loops of a proxy, each with its {@link Worker}. Any thread. */
public final class Workers implements AutoCloseable {
    /** Tells of every closed connection of an attacker at level INFO, with its stack. Kept here, or its level would be lost. */
    private static final Logger NETTY = Logger.getLogger("io.netty");

    static {
        if (NETTY.getLevel() == null) {
            NETTY.setLevel(Level.WARNING);
        }
    }

    private final Transport transport;
    private final EventLoopGroup group;
    private final EventExecutorGroup disk =
            new DefaultEventExecutorGroup(2, new DefaultThreadFactory("proxy-disk", true));
    private final EventExecutorGroup control =
            new DefaultEventExecutorGroup(2, new DefaultThreadFactory("proxy-control", true));
    private final List<Worker> workers = new ArrayList<>();

    public Workers(Transport transport, int count, long seed) {
        this.transport = transport;
        this.group =
                new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("proxy", true), transport.handlers());
        for (EventExecutor loop : group) {
            workers.add(new Worker(workers.size(), (EventLoop) loop, seed));
        }
    }

    public Transport transport() {
        return transport;
    }

    public EventLoopGroup group() {
        return group;
    }

    /** Where files are read. */
    public EventExecutorGroup disk() {
        return disk;
    }

    /** Where what changes the proxy, or looks at much of it, is done: no file that is served waits for it. */
    public EventExecutorGroup control() {
        return control;
    }

    public List<Worker> all() {
        return workers;
    }

    /** The one whose loop a channel is on. */
    public Worker of(Channel channel) {
        EventLoop loop = channel.eventLoop();
        for (Worker worker : workers) {
            if (loop.equals(worker.loop())) {
                return worker;
            }
        }
        throw new IllegalArgumentException("a channel of another group");
    }

    /** Ends the loops; waits for what they do, 5 seconds at most. */
    @Override
    public void close() {
        disk.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        control.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
