/**
 * Packets one by one: their list, the protocol tree of the selected one beside its bytes, and what became of it between two capture
 * points. Reading order: {@link phalanx.show.packets.PacketsView}, {@link phalanx.show.packets.PacketDetailView}.
 */
@NullMarked
package phalanx.show.packets;

import org.jspecify.annotations.NullMarked;
