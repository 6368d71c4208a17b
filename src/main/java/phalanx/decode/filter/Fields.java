package phalanx.decode.filter;

/** What a display filter can ask of a frame, by Wireshark's names and with its types. Any thread. */
public final class Fields {
    /** Names and descriptions as {@code name type description}; u8 to u64 are unsigned integers of so many bits. */
    private static final String TABLE = """
            frame protocol the frame, all its bytes
            frame.number u32 number in the file, from 1
            frame.len u32 bytes on the wire
            frame.cap_len u32 bytes in the file
            frame.time time when it was captured
            frame.time_epoch time when it was captured, epoch seconds
            frame.time_relative duration since the first frame
            frame.time_delta duration since the frame before
            frame.interface_id u32 interface that captured it
            frame.interface_name text name of that interface
            frame.comment text note on the frame
            eth protocol Ethernet
            eth.dst ethernet destination
            eth.src ethernet source
            eth.addr ethernet source or destination
            eth.type u16 EtherType
            vlan label 802.1Q tag
            vlan.id u16 VLAN of a tag
            arp protocol address resolution
            arp.opcode u16 1 request, 2 reply
            arp.src.proto_ipv4 ipv4 sender's address
            arp.dst.proto_ipv4 ipv4 target's address
            mpls label label stack
            gre label generic routing encapsulation
            vxlan label virtual extensible LAN
            geneve label generic network virtualization
            gtp label GPRS tunnelling
            ip protocol IPv4
            ip.version u8 4
            ip.hdr_len u8 bytes of the header
            ip.dsfield u8 DSCP and ECN
            ip.dsfield.dscp u8 differentiated services codepoint
            ip.dsfield.ecn u8 explicit congestion notification
            ip.len u16 bytes of the packet
            ip.id u16 identification
            ip.flags.df boolean don't fragment
            ip.flags.mf boolean more fragments
            ip.frag_offset u16 bytes before this fragment
            ip.ttl u8 time to live
            ip.proto u8 protocol of the payload
            ip.checksum u16 header checksum
            ip.src ipv4 source
            ip.dst ipv4 destination
            ip.addr ipv4 source or destination
            ipv6 protocol IPv6
            ipv6.tclass u8 traffic class
            ipv6.flow u32 flow label
            ipv6.plen u16 bytes of the payload
            ipv6.nxt u8 next header
            ipv6.hlim u8 hop limit
            ipv6.src ipv6 source
            ipv6.dst ipv6 destination
            ipv6.addr ipv6 source or destination
            icmp protocol ICMP
            icmp.type u8 type
            icmp.code u8 code
            icmp.mtu u16 next-hop MTU of a size error
            icmpv6 protocol ICMPv6
            icmpv6.type u8 type
            icmpv6.code u8 code
            icmpv6.mtu u32 MTU of a packet too big
            tcp protocol TCP
            tcp.srcport u16 source port
            tcp.dstport u16 destination port
            tcp.port u16 source or destination port
            tcp.stream u32 number of the stream, from 0
            tcp.len u32 bytes of payload
            tcp.seq u32 sequence number, relative to the stream's first
            tcp.seq_raw u32 sequence number
            tcp.nxtseq u32 next sequence number, relative
            tcp.ack u32 acknowledgment number, relative
            tcp.ack_raw u32 acknowledgment number
            tcp.hdr_len u8 bytes of the header
            tcp.flags u16 all flags
            tcp.flags.fin boolean FIN
            tcp.flags.syn boolean SYN
            tcp.flags.reset boolean RST
            tcp.flags.push boolean PSH
            tcp.flags.ack boolean ACK
            tcp.flags.urg boolean URG
            tcp.flags.ece boolean ECE
            tcp.flags.cwr boolean CWR
            tcp.window_size_value u16 window as in the header
            tcp.window_size u32 window, scaled where the scale is known
            tcp.checksum u16 checksum
            tcp.urgent_pointer u16 urgent pointer
            tcp.options.mss_val u16 maximum segment size
            tcp.options.wscale.shift u8 window scale
            tcp.options.sack_perm label SACK permitted
            tcp.options.sack_le u32 left edge of a SACK block, relative
            tcp.options.sack_re u32 right edge of a SACK block, relative
            tcp.options.timestamp.tsval u32 timestamp
            tcp.options.timestamp.tsecr u32 timestamp echoed
            tcp.payload bytes payload
            tcp.time_relative duration since the stream's first frame
            tcp.time_delta duration since the stream's frame before
            tcp.analysis.flags label any of the following flags
            tcp.analysis.retransmission label retransmission
            tcp.analysis.fast_retransmission label fast retransmission
            tcp.analysis.spurious_retransmission label spurious retransmission
            tcp.analysis.out_of_order label out of order
            tcp.analysis.lost_segment label segment before it not captured
            tcp.analysis.ack_lost_segment label acknowledges what was not captured
            tcp.analysis.duplicate_ack label duplicate ACK
            tcp.analysis.zero_window label window closed
            tcp.analysis.window_full label fills the window
            tcp.analysis.window_update label window update
            tcp.analysis.keep_alive label keep-alive
            tcp.analysis.keep_alive_ack label answer to a keep-alive
            tcp.analysis.zero_window_probe label probe of a closed window
            tcp.analysis.zero_window_probe_ack label answer to a probe
            tcp.analysis.reused_ports label ports used again
            tcp.analysis.initial_rtt duration round trip of the handshake
            tcp.analysis.ack_rtt duration from the data to this ACK
            udp protocol UDP
            udp.srcport u16 source port
            udp.dstport u16 destination port
            udp.port u16 source or destination port
            udp.length u16 bytes with header
            udp.checksum u16 checksum
            udp.stream u32 number of the conversation, from 0
            udp.payload bytes payload
            sctp protocol SCTP
            dns protocol DNS
            dns.id u16 transaction
            dns.flags.response boolean response
            dns.flags.rcode u16 response code
            dns.flags.truncated boolean truncated
            dns.flags.recdesired boolean recursion desired
            dns.count.queries u16 questions
            dns.count.answers u16 answers
            dns.qry.name text name asked for
            dns.qry.type u16 type asked for
            dns.time duration response time
            mdns protocol multicast DNS
            http label HTTP/1.x
            http.request boolean request
            http.request.method text method
            http.request.uri text target
            http.host text Host
            http.user_agent text User-Agent
            http.response boolean response
            http.response.code u16 status code
            http.content_type text Content-Type
            http.time duration response time
            tls label TLS
            tls.record.content_type u8 20 change cipher spec, 21 alert, 22 handshake, 23 data
            tls.handshake.type u8 1 client hello, 2 server hello
            tls.handshake.extensions_server_name text server name asked for
            tls.alert_message.desc u8 alert in clear text
            quic label QUIC Initial packets
            """;

    /** All of them, by protocol from the link upwards. */
    public static final FieldTable FRAME = FieldTable.of(TABLE);

    private Fields() {}
}
