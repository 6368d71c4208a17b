package phalanx.measure;

/**
 * What happened to the packets of one conversation between neighbouring capture points, both directions.
 *
 * @param worst index into {@link Measures#segments()} of the segment that lost the largest share of what it was given, -1 when
 *     none lost anything
 * @param lost packets lost in that segment
 * @param sent packets of the conversation that entered a segment: that one, or without loss the busiest; 0 when none did
 * @param reordered packets overtaken, in all segments
 * @param duplicates copies that arose, in all segments
 */
public record PathCounts(int worst, int lost, int sent, int reordered, int duplicates) {}
