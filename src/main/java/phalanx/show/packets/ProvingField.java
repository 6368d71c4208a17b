package phalanx.show.packets;

import java.util.List;
import java.util.Optional;
import phalanx.dissect.Dissection;
import phalanx.dissect.FieldNode;

/** Which field of its proving packets a finding is about, where that is plain. Any thread. */
final class ProvingField {
    private ProvingField() {}

    /** The way to the first field of the packet that a finding of this kind is about; empty where no one field tells it. */
    static Optional<List<FieldNode>> of(String kind, Dissection packet) {
        return names(kind).stream()
                .flatMap(name -> packet.pathTo(name).stream())
                .findFirst();
    }

    private static List<String> names(String kind) {
        return switch (kind) {
            case "mss_clamped" -> List.of("tcp.options.mss_val");
            case "routing_loop" -> List.of("ip.ttl", "ipv6.hlim");
            case "dscp_rewritten" -> List.of("ip.dsfield.dscp", "ipv6.tclass.dscp");
            case "ecn_bleached", "ecn_ce_marked" -> List.of("ip.dsfield.ecn", "ipv6.tclass.ecn");
            case "pmtud_blackhole", "path_mtu_reduced", "icmp_filtered" ->
                List.of("icmp.mtu", "icmpv6.mtu", "icmp.type", "icmpv6.type", "ip.flags.df", "ipv6.plen");
            case "fragment_filtered" -> List.of("ip.flags.mf", "ip.frag_offset", "ipv6.fraghdr.offset");
            case "vlan_tag_on_one_capture" -> List.of("vlan.id", "eth.type");
            case "nat_source" -> List.of("ip.src", "ipv6.src");
            case "nat_destination" -> List.of("ip.dst", "ipv6.dst");
            case "receiver_zero_window" -> List.of("tcp.window_size_value");
            case "rst_injection", "port_closed", "connection_rejected", "idle_timeout_rst" ->
                List.of("tcp.flags.reset", "icmp.type", "icmpv6.type");
            case "syn_filtered", "accept_queue_overflow" -> List.of("tcp.flags.syn");
            case "corruption" -> List.of("tcp.checksum", "udp.checksum", "ip.checksum");
            case "dns_error" -> List.of("dns.flags.rcode", "dns.qry.name");
            case "dns_slow", "dns_timeout" -> List.of("dns.qry.name");
            case "snaplen" -> List.of("frame.cap_len");
            case "clock_step", "latency_step", "high_latency", "jitter", "bufferbloat" -> List.of("frame.time");
            case "random_loss",
                    "burst_loss",
                    "congestion_loss",
                    "policing_loss",
                    "link_outage",
                    "reordering",
                    "duplication",
                    "capture_loss" -> List.of("tcp.seq_raw", "ip.id");
            default -> List.of();
        };
    }
}
