package phalanx.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of HTTP/1 requests and refuses every one that two readers might understand differently (RFC 9112 sections 3, 6 and
 * 11.2). One thread.
 */
final class RequestReader extends HeadReader {
    private static final int BEFORE = 0;
    private static final int METHOD = 1;
    private static final int TARGET = 2;
    private static final int VERSION = 3;
    private static final int LINE_FEED = 4;
    private static final int LONGEST_METHOD = 32;
    private static final byte[] PROTOCOL = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final String[] METHODS = {
        "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"
    };

    private final int longestTarget;
    private final boolean secure;
    private int part;
    private int methodStart;
    private int methodEnd;
    private int targetEnd;
    private int versionAt;
    private int minor;
    private int emptyLines;
    private @Nullable RequestHead head;
    private boolean chunked;

    /** @param secure whether the requests come over TLS */
    RequestReader(Http1Limits limits, boolean secure) {
        super(limits.headerBytes(), limits.headerFields(), false);
        this.longestTarget = limits.targetBytes();
        this.secure = secure;
    }

    @Override
    boolean hasFirstLine() {
        return true;
    }

    @Override
    void beginFirstLine() {
        part = BEFORE;
        emptyLines = 0;
        head = null;
    }

    /** The head just read. */
    RequestHead head() {
        return Objects.requireNonNull(head);
    }

    /** Whether the body of the request just read comes in chunks. */
    boolean chunked() {
        return chunked;
    }

    @Override
    boolean firstLine() {
        while (position < end && !refused()) {
            int c = store[position] & 0xFF;
            switch (part) {
                case BEFORE -> {
                    if (c == '\r' && emptyLines == 0) { // one empty line is forgiven (RFC 9112 section 2.2)
                        emptyLines = 1;
                        position++;
                    } else if (c == '\n' && emptyLines == 1) {
                        emptyLines = 2;
                        position++;
                    } else if (isToken(c) && emptyLines != 1) {
                        methodStart = position;
                        part = METHOD;
                    } else {
                        refuse(Refusal.bad("the request line does not begin with a method"));
                    }
                }
                case METHOD -> {
                    while (position < end && isToken(store[position])) {
                        position++;
                    }
                    if (position - methodStart > LONGEST_METHOD) {
                        refuse(Refusal.bad("the method is longer than " + LONGEST_METHOD + " octets"));
                    } else if (position < end) {
                        if (store[position] != ' ') {
                            refuse(Refusal.bad("the method holds an octet that no method may hold"));
                        }
                        methodEnd = position++;
                        part = TARGET;
                    }
                }
                case TARGET -> {
                    while (position < end && targetOctet(store[position])) {
                        position++;
                    }
                    if (position - methodEnd - 1 > longestTarget) {
                        refuse(new Refusal(414, "the request target is longer than " + longestTarget + " bytes"));
                    } else if (position < end) {
                        if (store[position] != ' ' || position == methodEnd + 1) {
                            refuse(Refusal.bad(
                                    "the request target holds an octet that none may hold, or no version follows"));
                        }
                        targetEnd = position++;
                        versionAt = 0;
                        part = VERSION;
                    }
                }
                case VERSION -> {
                    if (versionAt < PROTOCOL.length) {
                        if (c != PROTOCOL[versionAt]) {
                            refuse(
                                    versionAt == 5 && c >= '0' && c <= '9'
                                            ? new Refusal(505, "the version is not HTTP/1.0 or HTTP/1.1")
                                            : Refusal.bad("the request line does not end in a version of HTTP"));
                        }
                    } else if (versionAt == PROTOCOL.length) {
                        minor = c - '0';
                        if (minor != 0 && minor != 1) {
                            refuse(new Refusal(
                                    minor >= 2 && minor <= 9 ? 505 : 400, "the version is not HTTP/1.0 or HTTP/1.1"));
                        }
                    } else if (c == '\r') {
                        part = LINE_FEED;
                    } else {
                        refuse(Refusal.bad(
                                c == '\n' ? "a line ends in LF without CR" : "something follows the version of HTTP"));
                    }
                    versionAt++;
                    position++;
                }
                default -> {
                    position++;
                    if (c == '\n') {
                        return true;
                    }
                    refuse(Refusal.bad("a CR stands inside a line"));
                }
            }
        }
        return false;
    }

    /** Visible ASCII but for the number sign, which begins a fragment and is never sent (RFC 9112 section 3.2). */
    private static boolean targetOctet(byte c) {
        return c > 0x20 && c != 0x7F && c != '#';
    }

    private String method() {
        int length = methodEnd - methodStart;
        for (String method : METHODS) {
            if (method.length() == length && store[methodStart] == method.charAt(0) && equalsAt(method)) {
                return method;
            }
        }
        return new String(store, methodStart, length, StandardCharsets.US_ASCII);
    }

    private boolean equalsAt(String method) {
        for (int i = 1; i < method.length(); i++) {
            if (store[methodStart + i] != method.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    void checkHead() {
        int host = -1;
        int length = -1;
        int transferEncoding = -1;
        boolean upgrades = false;
        for (int i = 0; i < fieldCount(); i++) {
            switch (known(i)) {
                case HOST -> {
                    if (host >= 0) {
                        refuse(Refusal.bad("there are two Host fields"));
                    }
                    host = i;
                }
                case CONTENT_LENGTH -> {
                    if (length >= 0) {
                        refuse(Refusal.bad("there are two Content-Length fields"));
                    }
                    length = i;
                }
                case TRANSFER_ENCODING -> {
                    if (transferEncoding >= 0) {
                        refuse(Refusal.bad("there are two Transfer-Encoding fields"));
                    }
                    transferEncoding = i;
                }
                case UPGRADE -> upgrades = true;
                default -> {}
            }
        }
        if (refused()) {
            return;
        }
        long contentLength = 0;
        chunked = transferEncoding >= 0;
        if (chunked) {
            if (length >= 0) {
                refuse(Refusal.bad("there are both Content-Length and Transfer-Encoding"));
            } else if (minor == 0) {
                refuse(Refusal.bad("HTTP/1.0 has no Transfer-Encoding"));
            } else if (!value(transferEncoding).equalsIgnoreCase("chunked")) {
                refuse(new Refusal(
                        value(transferEncoding).matches("[A-Za-z0-9, -]+") ? 501 : 400,
                        "the Transfer-Encoding is not chunked alone"));
            }
            contentLength = -1;
        } else if (length >= 0) {
            contentLength = lengthValue(length);
            if (contentLength < 0) {
                refuse(Refusal.bad("the Content-Length is no plain number"));
            }
        }
        String authority = host < 0 ? "" : value(host);
        if (host < 0 && minor == 1) {
            refuse(Refusal.bad("there is no Host field"));
        } else if (host >= 0 && !Authority.valid(authority) && !(minor == 0 && authority.isEmpty())) {
            refuse(Refusal.bad("the Host field names no host"));
        }
        if (!refused()) {
            make(authority, contentLength, upgrades);
        }
    }

    private void make(String authority, long contentLength, boolean upgrades) {
        String method = method();
        String target = new String(store, methodEnd + 1, targetEnd - methodEnd - 1, StandardCharsets.ISO_8859_1);
        String scheme = secure ? "https" : "http";
        String host = authority;
        if (target.charAt(0) != '/') {
            int schemeEnd = target.indexOf("://");
            if (target.equals("*") && method.equals("OPTIONS")) {
                schemeEnd = 0;
            } else if (method.equals("CONNECT")) {
                refuse(new Refusal(405, "this is no forward proxy: it makes no tunnels by CONNECT"));
                return;
            } else if (schemeEnd == 4 && target.regionMatches(true, 0, "http", 0, 4)
                    || schemeEnd == 5 && target.regionMatches(true, 0, "https", 0, 5)) {
                // The target's host counts, not the Host field's (RFC 9112 section 3.2.2).
                int path = pathStart(target, schemeEnd + 3);
                host = target.substring(schemeEnd + 3, path);
                String rest = target.substring(path);
                target = rest.isEmpty() ? "/" : rest.charAt(0) == '?' ? "/" + rest : rest;
                if (!Authority.valid(host)) {
                    refuse(Refusal.bad("the request target names no host"));
                    return;
                }
            } else {
                refuse(Refusal.bad("the request target is neither a path nor a URL of http"));
                return;
            }
        } else if (method.equals("CONNECT")) {
            refuse(new Refusal(405, "this is no forward proxy: it makes no tunnels by CONNECT"));
            return;
        }
        Fields fields = fields();
        boolean close = fields.hasToken(FieldName.CONNECTION, "close");
        boolean keepAlive = minor == 1 ? !close : !close && fields.hasToken(FieldName.CONNECTION, "keep-alive");
        String upgrade =
                upgrades && minor == 1 && contentLength == 0 && fields.hasToken(FieldName.CONNECTION, "upgrade")
                        ? fields.value(FieldName.UPGRADE)
                        : null;
        head = new RequestHead(method, target, 10 + minor, scheme, host, fields, contentLength, keepAlive, upgrade);
    }

    private static int pathStart(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            if (target.charAt(i) == '/' || target.charAt(i) == '?') {
                return i;
            }
        }
        return target.length();
    }
}
