package phalanx.lab.service;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** Memory, collections, processor and threads of this process, as OpenTelemetry's semantic conventions name them. Any thread. */
final class MachineMetrics implements AutoCloseable {
    private final DoubleHistogram collections;
    private final NotificationListener collected = this::collected;

    MachineMetrics(Meter meter) {
        collections = ServiceTelemetry.histogram(meter, "jvm.gc.duration");
        collectors().forEach(one -> one.addNotificationListener(collected, null, null));
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
        bytes(meter, "jvm.memory.used", pools, MemoryPoolMXBean::getUsage, MemoryUsage::getUsed);
        bytes(meter, "jvm.memory.limit", pools, MemoryPoolMXBean::getUsage, MemoryUsage::getMax);
        bytes(
                meter,
                "jvm.memory.used_after_last_gc",
                pools,
                MemoryPoolMXBean::getCollectionUsage,
                MemoryUsage::getUsed);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        CpuShare share = new CpuShare(system);
        meter.gaugeBuilder("jvm.cpu.recent_utilization")
                .setUnit("1")
                .buildWithCallback(out -> out.record(share.sinceLastAsked()));
        meter.upDownCounterBuilder("jvm.thread.count")
                .setUnit("{thread}")
                .buildWithCallback(
                        out -> out.record(ManagementFactory.getThreadMXBean().getThreadCount()));
    }

    private interface Usage {
        @Nullable
        MemoryUsage of(MemoryPoolMXBean pool);
    }

    private interface Octets {
        long of(MemoryUsage usage);
    }

    private static void bytes(Meter meter, String name, List<MemoryPoolMXBean> pools, Usage usage, Octets octets) {
        meter.upDownCounterBuilder(name).setUnit("By").buildWithCallback(out -> {
            for (MemoryPoolMXBean pool : pools) {
                MemoryUsage now = usage.of(pool);
                if (now != null && octets.of(now) >= 0) {
                    out.record(
                            octets.of(now),
                            Attributes.of(
                                    AttributeKey.stringKey("jvm.memory.type"),
                                    pool.getType() == MemoryType.HEAP ? "heap" : "non_heap",
                                    AttributeKey.stringKey("jvm.memory.pool.name"),
                                    pool.getName()));
                }
            }
        });
    }

    private static List<NotificationEmitter> collectors() {
        List<NotificationEmitter> all = new ArrayList<>();
        for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (one instanceof NotificationEmitter emitter) {
                all.add(emitter);
            }
        }
        return all;
    }

    private void collected(Notification told, @Nullable Object own) {
        if (told.getUserData() instanceof CompositeData data
                && told.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
            collections.record(
                    info.getGcInfo().getDuration() / 1000.0,
                    Attributes.of(
                            AttributeKey.stringKey("jvm.gc.name"),
                            info.getGcName(),
                            AttributeKey.stringKey("jvm.gc.action"),
                            info.getGcAction()));
        }
    }

    @Override
    public void close() {
        for (NotificationEmitter one : collectors()) {
            try {
                one.removeNotificationListener(collected);
            } catch (ListenerNotFoundException _) {
                // it was never heard of
            }
        }
    }
}
