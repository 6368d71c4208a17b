package phalanx.inspect;

/** Memory that all streams of a capture share for what only some of them need; when it is used up they do without. One thread. */
final class Allowance {
    private long left;

    /** @param bytes for all together */
    Allowance(long bytes) {
        left = bytes;
    }

    /** @return false when there is not so much left */
    boolean take(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    void giveBack(long bytes) {
        left += bytes;
    }
}
