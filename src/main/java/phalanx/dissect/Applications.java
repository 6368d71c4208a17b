package phalanx.dissect;

/** What a transport header carries, by well-known ports and by what the first bytes look like. */
final class Applications {
    private static final int DNS = 53, MDNS = 5353, LLMNR = 5355, NTP = 123;
    private static final int DHCP_SERVER = 67, DHCP_CLIENT = 68;
    private static final int VXLAN = 4789, VXLAN_LINUX = 8472, GENEVE = 6081, GTP_U = 2152;

    private Applications() {}

    static void overTcp(int from, int to, Slice in, Layers layers) {
        if (from == DNS || to == DNS) {
            Dns.overTcp(in, layers);
        } else if (Tls.startsAt(in)) {
            Tls.dissect(in, layers);
        } else if (Http2.startsAt(in)) {
            Http2.dissect(in, layers);
        } else if (Http.startsAt(in)) {
            Http.dissect(in, layers);
        } else {
            data(in, layers, "tcp.payload");
        }
    }

    static void overUdp(int from, int to, Slice in, Layers layers) {
        if (!byPort(to, from, in, layers) && !byPort(from, to, in, layers)) {
            if (Quic.startsAt(in, from, to)) {
                Quic.dissect(in, layers);
            } else {
                data(in, layers, "udp.payload");
            }
        }
    }

    private static boolean byPort(int port, int other, Slice in, Layers layers) {
        switch (port) {
            case DNS -> Dns.dissect(in, "Domain Name System", "dns", layers);
            case MDNS -> Dns.dissect(in, "Multicast Domain Name System", "mdns", layers);
            case LLMNR -> Dns.dissect(in, "Link-local Multicast Name Resolution", "llmnr", layers);
            case NTP -> Ntp.dissect(in, layers);
            case DHCP_SERVER, DHCP_CLIENT -> {
                if (other != DHCP_SERVER && other != DHCP_CLIENT) {
                    return false;
                }
                Dhcp.dissect(in, layers);
            }
            case VXLAN, VXLAN_LINUX -> Vxlan.dissect(in, layers);
            case GENEVE -> Geneve.dissect(in, layers);
            case GTP_U -> GtpUser.dissect(in, layers);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void data(Slice in, Layers layers, String name) {
        Branch data = layers.begin("Data", "data", in);
        data.says(Data.told(in));
        data.octets("Payload", name, 0, in.length());
    }
}
