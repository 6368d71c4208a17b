package phalanx.dissect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Handshake messages in clear text (RFC 8446 section 4): what the hellos say, of the others their kind. */
final class TlsHandshake {
    private static final int CLIENT_HELLO = 1, SERVER_HELLO = 2;
    private static final int SERVER_NAME = 0, APPLICATION_PROTOCOL = 16, SUPPORTED_VERSIONS = 43;

    private TlsHandshake() {}

    static boolean known(int type) {
        return !name(type).isEmpty();
    }

    /** @param begin of the messages in the TLS layer  @param whole whether the record ends in this segment */
    static void dissect(Branch tls, Branch record, int begin, Slice in, boolean whole, Layers layers) {
        int at = 0;
        while (at < in.wireLength()) {
            int type = in.u8(at);
            int length = in.u24(at + 1);
            if (!known(type)) {
                record.part("Encrypted handshake message", "", begin + at, in.length() - at);
                return;
            }
            int held = Math.min(4 + length, in.length() - at);
            Branch message = record.part(name(type), "tls.handshake", begin + at, held);
            message.number(
                    "Handshake type", "tls.handshake.type", begin + at, 1, code -> name(type) + " (" + code + ")");
            message.number("Length", "tls.handshake.length", begin + at + 1, 3);
            if (type == CLIENT_HELLO || type == SERVER_HELLO) {
                int body = begin + at + 4;
                Runnable reading = () -> hello(tls, message, type == CLIENT_HELLO, body, body + length);
                if (whole) {
                    layers.part(message, reading);
                } else {
                    goesOn(message, reading);
                }
            }
            at += 4 + length;
        }
    }

    /** Ends where the segment does, which the record's remark has said. */
    private static void goesOn(Branch message, Runnable reading) {
        try {
            reading.run();
        } catch (Slice.EndOfBytes e) {
            message.remark(Expert.NOTE, "The message goes on in other segments");
        }
    }

    private static void hello(Branch tls, Branch hello, boolean client, int begin, int end) {
        Slice in = tls.in();
        hello.hex("Version", "tls.handshake.version", begin, 2, Tls.version(in.u16(begin)));
        hello.octets("Random", "tls.handshake.random", begin + 2, 32);
        int session = in.u8(begin + 34);
        hello.number("Session ID length", "tls.handshake.session_id_length", begin + 34, 1);
        int at = begin + 35;
        if (session > 0) {
            hello.octets("Session ID", "tls.handshake.session_id", at, session);
        }
        at += session;
        if (client) {
            int suites = in.u16(at);
            hello.number("Cipher suites length", "tls.handshake.cipher_suites_length", at, 2);
            in.need(at + 2, suites);
            Branch list = hello.part("Cipher suites", "tls.handshake.ciphersuites", at + 2, suites);
            list.says(suites / 2 + " suites");
            for (int i = 0; i + 2 <= suites; i += 2) {
                suite(list, at + 2 + i);
            }
            at += 2 + suites;
            int methods = in.u8(at);
            hello.number("Compression methods length", "tls.handshake.comp_methods_length", at, 1);
            at += 1 + methods;
        } else {
            suite(hello, at);
            hello.says(CipherSuites.name(in.u16(at)));
            hello.number("Compression method", "tls.handshake.comp_method", at + 2, 1);
            at += 3;
        }
        if (at + 2 <= end) {
            extensions(hello, client, at, end);
        }
    }

    private static void suite(Branch of, int at) {
        of.hex(
                "Cipher suite",
                "tls.handshake.ciphersuite",
                at,
                2,
                CipherSuites.name(of.in().u16(at)));
    }

    private static void extensions(Branch hello, boolean client, int begin, int end) {
        Slice in = hello.in();
        hello.number("Extensions length", "tls.handshake.extensions_length", begin, 2);
        int at = begin + 2;
        int stop = Math.min(end, at + in.u16(begin));
        while (at < stop) {
            int type = in.u16(at);
            int length = in.u16(at + 2);
            int held = Math.min(4 + length, in.length() - at);
            Branch extension = hello.part("Extension: " + extension(type), "", at, held);
            extension.number(
                    "Type", "tls.handshake.extension.type", at, 2, code -> extension(type) + " (" + code + ")");
            extension.number("Length", "tls.handshake.extension.len", at + 2, 2);
            in.need(at + 4, length);
            if (length > 0) {
                value(hello, extension, client, type, at + 4, length);
            }
            at += 4 + length;
        }
    }

    private static void value(Branch hello, Branch extension, boolean client, int type, int at, int length) {
        Slice in = hello.in();
        switch (type) {
            case SERVER_NAME -> {
                if (length > 5 && in.u16(at + 3) <= length - 5) {
                    String name = in.text(at + 5, in.u16(at + 3), StandardCharsets.UTF_8);
                    extension.says(name);
                    extension.text("Server name", "tls.handshake.extensions_server_name", at + 5, in.u16(at + 3), name);
                    hello.says("SNI " + name);
                }
            }
            case APPLICATION_PROTOCOL -> {
                List<String> all = new ArrayList<>();
                int next = at + 2;
                while (next < at + length) {
                    int octets = Math.min(in.u8(next), at + length - next - 1);
                    String protocol = in.text(next + 1, octets, StandardCharsets.UTF_8);
                    all.add(protocol);
                    extension.text(
                            "ALPN next protocol", "tls.handshake.extensions_alpn_str", next + 1, octets, protocol);
                    next += 1 + octets;
                }
                extension.says(String.join(", ", all));
            }
            case SUPPORTED_VERSIONS -> {
                int first = client ? at + 1 : at;
                for (int next = first; next + 2 <= at + length; next += 2) {
                    extension.hex(
                            "Supported version",
                            "tls.handshake.extensions.supported_version",
                            next,
                            2,
                            Tls.version(in.u16(next)));
                }
            }
            default -> extension.octets("Data", "tls.handshake.extension.data", at, length);
        }
    }

    private static String name(int type) {
        return switch (type) {
            case 0 -> "Hello Request";
            case CLIENT_HELLO -> "Client Hello";
            case SERVER_HELLO -> "Server Hello";
            case 4 -> "New Session Ticket";
            case 8 -> "Encrypted Extensions";
            case 11 -> "Certificate";
            case 12 -> "Server Key Exchange";
            case 13 -> "Certificate Request";
            case 14 -> "Server Hello Done";
            case 15 -> "Certificate Verify";
            case 16 -> "Client Key Exchange";
            case 20 -> "Finished";
            case 22 -> "Certificate Status";
            default -> "";
        };
    }

    private static String extension(int type) {
        return switch (type) {
            case SERVER_NAME -> "server_name";
            case 1 -> "max_fragment_length";
            case 5 -> "status_request";
            case 10 -> "supported_groups";
            case 11 -> "ec_point_formats";
            case 13 -> "signature_algorithms";
            case APPLICATION_PROTOCOL -> "application_layer_protocol_negotiation";
            case 18 -> "signed_certificate_timestamp";
            case 21 -> "padding";
            case 22 -> "encrypt_then_mac";
            case 23 -> "extended_master_secret";
            case 27 -> "compress_certificate";
            case 35 -> "session_ticket";
            case 41 -> "pre_shared_key";
            case 42 -> "early_data";
            case SUPPORTED_VERSIONS -> "supported_versions";
            case 44 -> "cookie";
            case 45 -> "psk_key_exchange_modes";
            case 49 -> "post_handshake_auth";
            case 50 -> "signature_algorithms_cert";
            case 51 -> "key_share";
            case 57 -> "quic_transport_parameters";
            case 65281 -> "renegotiation_info";
            default -> (type & 0x0F0F) == 0x0A0A ? "GREASE" : "type " + type;
        };
    }
}
