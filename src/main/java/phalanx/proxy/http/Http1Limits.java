package phalanx.proxy.http;

/**
 * How much of HTTP/1 is read before a message is refused. Any thread.
 *
 * @param headerBytes octets of one head, its first line included (standard 32 KiB, as four of nginx's large buffers)
 * @param headerFields fields of one head (standard 100, as Apache httpd)
 * @param targetBytes octets of the request target (standard 8 KiB, RFC 9112 section 3 asks for 8000 at least)
 */
public record Http1Limits(int headerBytes, int headerFields, int targetBytes) {
    public static final Http1Limits STANDARD = new Http1Limits(32 << 10, 100, 8 << 10);
}
