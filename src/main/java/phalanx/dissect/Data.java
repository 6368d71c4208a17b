package phalanx.dissect;

/** What nothing is known of. */
final class Data {
    private Data() {}

    static void dissect(Slice in, Layers layers) {
        if (in.length() > 0) {
            Branch data = layers.begin("Data", "data", in);
            data.says(told(in));
            data.octets("Data", "data.data", 0, in.length());
        }
    }

    /** {@code 1448 bytes, 62 captured}. */
    static String told(Slice in) {
        String bytes = in.wireLength() == 1 ? "1 byte" : in.wireLength() + " bytes";
        return in.whole() ? bytes : bytes + ", " + in.length() + " captured";
    }
}
