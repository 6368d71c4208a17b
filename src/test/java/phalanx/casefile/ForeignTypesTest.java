package phalanx.casefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.casefile.CaseContract.CONTENT;
import static phalanx.casefile.CaseWriter.ok;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.sql.Types;
import org.h2.message.DbException;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.StringDataType;
import org.h2.util.JdbcUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that a case from somebody else names are neither loaded nor made. */
class ForeignTypesTest {
    static volatile boolean ran;

    /** What must not run. */
    static final class Planted implements Serializable {
        private static final long serialVersionUID = 1;

        static {
            ran = true;
        }

        private Object readResolve() {
            ran = true;
            return this;
        }
    }

    /** The form in which H2 names a type. */
    private static final class Name extends BasicDataType<String> {
        @Override
        public int getMemory(String name) {
            return name.length();
        }

        @Override
        public void write(WriteBuffer out, String name) {
            out.putVarInt(name.length()).putStringData(name, name.length());
        }

        @Override
        public String read(ByteBuffer in) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String[] createStorage(int size) {
            return new String[size];
        }
    }

    private static final String PLANTED = ForeignTypesTest.class.getName() + "$Planted";

    private static void assertHarmless(Path home) {
        ran = false;
        try (CaseStore ada = new CaseStore("ada", null)) {
            assertEquals(CONTENT, ok(ada.read(home)));
            assertTrue(ada.readOnly(home).isEmpty());
        }
        try (CaseStore ada = new CaseStore("ada", null)) {
            ok(ada.rebuild(home));
            assertEquals(CONTENT, ok(ada.read(home)));
        }
        assertFalse(ran, "it ran");
        assertTrue(Files.exists(home.resolve("case-damaged.mv.db")));
    }

    @Test
    void a_class_that_stands_among_the_types_of_maps_is_not_loaded(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("a" + CaseStore.ENDING);
        try (CaseStore ada = new CaseStore("ada", null)) {
            ok(ada.write(home, CONTENT));
        }
        Files.delete(home.resolve(TableFile.FILE));
        try (MVStore store = MVStore.open(home.resolve(TableFile.FILE).toString())) {
            MVMap<String, String> types = store.openMap(
                    "_",
                    new MVMap.Builder<String, String>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(new Name()));
            types.put("8fa25204", PLANTED);
            store.commit();
        }
        assertHarmless(home);
    }

    @Test
    void a_serialized_object_in_a_row_is_not_made(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("a" + CaseStore.ENDING);
        try (CaseStore ada = new CaseStore("ada", null)) {
            ok(ada.write(home, CONTENT));
        }
        byte[] bytes;
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("case"), "SA", "");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE note DROP COLUMN text");
            statement.execute("ALTER TABLE note ADD COLUMN text JAVA_OBJECT");
            try (PreparedStatement planting = connection.prepareStatement("UPDATE note SET text = ?")) {
                planting.setObject(1, new Planted(), Types.JAVA_OBJECT);
                assertTrue(planting.executeUpdate() > 0);
            }
            bytes = JdbcUtils.serialize(new Planted(), null);
        }
        assertHarmless(home);
        assertThrows(DbException.class, () -> JdbcUtils.deserialize(bytes, null));
        assertFalse(ran, "it ran");
    }
}
