package phalanx.proxy.http;

/** Reads fields without a first line: a trailer, or the head of a CGI script's answer. One thread. */
final class FieldsReader extends HeadReader {
    FieldsReader(Http1Limits limits, boolean lineFeedAlone) {
        super(limits.headerBytes(), limits.headerFields(), lineFeedAlone);
    }

    @Override
    boolean hasFirstLine() {
        return false;
    }

    @Override
    void beginFirstLine() {}

    @Override
    boolean firstLine() {
        return true;
    }

    @Override
    void checkHead() {}
}
