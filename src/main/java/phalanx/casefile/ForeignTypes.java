package phalanx.casefile;

import java.io.ObjectInputFilter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.h2.engine.Database;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.tx.VersionedValueType;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.MetaType;
import org.h2.mvstore.type.StringDataType;

/**
 * Keeps H2 from running classes that a file of unknown origin names: its maps name the types of their keys and values by class, which H2
 * would load and make (MetaType, 2.5.252); rows may hold serialized Java objects. Any thread.
 */
final class ForeignTypes extends BasicDataType<DataType<?>> {
    /** Holds another type. */
    private static final String VERSIONED = VersionedValueType.class.getName() + "$Factory";

    /** What H2 itself writes for tables and indexes. */
    private static final Set<String> KNOWN = Set.of(
            VERSIONED,
            "org.h2.mvstore.db.RowDataType$Factory",
            "org.h2.mvstore.db.NullValueDataType",
            "org.h2.mvstore.db.LobStorageMap$BlobReference$Type",
            "org.h2.mvstore.db.LobStorageMap$BlobMeta$Type",
            "org.h2.mvstore.type.ByteArrayDataType",
            "org.h2.mvstore.type.LongDataType");

    /** Of transactions; these have types of H2's own. */
    private static final String TYPES = "_", PREPARED = "openTransactions", UNDO = "undoLog.";

    static {
        // By way of SQL neither: a list of names, and a filter (JEP 290), of which an empty one would let everything
        // pass.
        System.setProperty("h2.allowedClasses", "!*");
        try { // JEP 290
            ObjectInputFilter.Config.setSerialFilter(_ -> StackWalker.getInstance()
                            .walk(frames -> frames.anyMatch(
                                    frame -> frame.getClassName().startsWith("org.h2.")))
                    ? ObjectInputFilter.Status.REJECTED
                    : ObjectInputFilter.Status.UNDECIDED);
        } catch (IllegalStateException e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "another filter is in force", e);
        }
    }

    private final MetaType<Database> types = new MetaType<>(null, (_, _) -> {});
    private boolean foreign;

    private ForeignTypes() {}

    /** To be called before anything of H2 is used. */
    static void guard() {
        // once, above
    }

    /** @throws IllegalStateException when it names types that H2 does not write, or holds transactions that we never make */
    static void refuse(MVStore store) {
        Set<String> known = types(store, TYPES);
        if (store.hasMap(PREPARED) && !types(store, PREPARED).isEmpty()) {
            throw new IllegalStateException("it holds a prepared transaction");
        }
        store.getMetaMap().forEach((map, config) -> {
            Map<String, String> of = map.startsWith("map.") ? DataUtils.parseMap(config) : Map.of();
            String name = of.getOrDefault("name", TYPES);
            boolean typed = known.contains(of.getOrDefault("key", "")) && known.contains(of.getOrDefault("val", ""));
            if (!typed && !Set.of(TYPES, PREPARED).contains(name) && !name.startsWith(UNDO)) {
                throw new IllegalStateException("a map of it has no type");
            }
        });
    }

    private static Set<String> types(MVStore store, String map) {
        ForeignTypes reader = new ForeignTypes();
        Set<String> names = Set.copyOf(store.openMap(
                        map,
                        new MVMap.Builder<String, DataType<?>>()
                                .keyType(StringDataType.INSTANCE)
                                .valueType(reader))
                .keySet());
        if (reader.foreign) {
            throw new IllegalStateException("it names types of its own");
        }
        return names;
    }

    @Override
    public DataType<?> read(ByteBuffer in) {
        if (isKnown(in.duplicate())) {
            return types.read(in);
        }
        foreign = true; // told so, too, for the recovery mode of H2 takes what cannot be read for nothing
        throw new IllegalStateException("a type of its own");
    }

    private static boolean isKnown(ByteBuffer in) {
        String name = DataUtils.readString(in, DataUtils.readVarInt(in));
        return KNOWN.contains(name) && (!name.equals(VERSIONED) || isKnown(in));
    }

    @Override
    public int getMemory(DataType<?> type) {
        return types.getMemory(type);
    }

    @Override
    public void write(WriteBuffer out, DataType<?> type) {
        throw new UnsupportedOperationException("it is only read");
    }

    @Override
    public DataType<?>[] createStorage(int size) {
        return new DataType<?>[size];
    }
}
