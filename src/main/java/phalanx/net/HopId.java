package phalanx.net;

/**
 * The name of one capture point, unique within an analysis.
 *
 * @param name what the user called it, or the capture file's base name without endings; never blank
 */
public record HopId(String name) {
    public HopId {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a hop needs a name");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
