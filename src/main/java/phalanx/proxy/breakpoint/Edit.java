package phalanx.proxy.breakpoint;

import java.util.List;
import java.util.Map;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;

/**
 * What is changed of a message before it goes on. Any thread.
 *
 * @param set fields and their new values, a field that was not there is added
 * @param remove names of fields
 */
public record Edit(Map<String, String> set, List<String> remove) {
    public static final Edit NONE = new Edit(Map.of(), List.of());

    public Edit {
        set = Map.copyOf(set);
        remove = List.copyOf(remove);
    }

    /** Whether a field may be changed here: not those that frame the message or name the host. */
    public static boolean allowed(String name) {
        if (!FieldName.valid(name)) {
            return false;
        }
        FieldName known = FieldName.of(name);
        return !known.ofConnection() && known != FieldName.HOST;
    }

    void apply(Fields fields) {
        remove.forEach(fields::remove);
        set.forEach(fields::set);
    }
}
