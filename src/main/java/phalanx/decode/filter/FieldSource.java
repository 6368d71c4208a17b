package phalanx.decode.filter;

/** The fields of the frame in hand. One thread. */
@FunctionalInterface
public interface FieldSource {
    /** Adds all values that the frame has for the field: none, one, or several (a field that stands in two headers). */
    void values(Field field, FieldValues into);
}
