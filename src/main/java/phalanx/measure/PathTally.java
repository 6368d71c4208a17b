package phalanx.measure;

import java.util.Arrays;
import phalanx.stitch.Journeys;

/** Adds up what segments did to each conversation, all conversations at once. One thread. */
final class PathTally {
    private final Journeys journeys;
    private final int[] worst;
    private final int[] lost;
    private final int[] sent;
    private final int[] reordered;
    private final int[] duplicates;

    PathTally(Journeys journeys, int conversations) {
        this.journeys = journeys;
        worst = new int[conversations];
        lost = new int[conversations];
        sent = new int[conversations];
        reordered = new int[conversations];
        duplicates = new int[conversations];
        Arrays.fill(worst, -1);
    }

    void add(int segment, SegmentTraffic traffic) {
        int[] lostHere = new int[worst.length];
        int[] sentHere = new int[worst.length];
        count(traffic.lost(), lostHere);
        count(traffic.lost(), sentHere);
        count(traffic.delivered(), sentHere);
        count(traffic.reordered(), reordered);
        count(traffic.duplicates(), duplicates);
        for (int c = 0; c < worst.length; c++) {
            // Shares compared crosswise: lost here of sent here against lost of sent so far.
            long difference = (long) lostHere[c] * sent[c] - (long) lost[c] * sentHere[c];
            boolean worse = lostHere[c] > 0 && (worst[c] < 0 || difference > 0);
            if (worse) {
                worst[c] = segment;
                lost[c] = lostHere[c];
                sent[c] = sentHere[c];
            } else if (worst[c] < 0) {
                sent[c] = Math.max(sent[c], sentHere[c]);
            }
        }
    }

    private void count(int[] some, int[] byConversation) {
        for (int journey : some) {
            byConversation[journeys.conversation(journey)]++;
        }
    }

    PathCounts counts(int c) {
        return new PathCounts(worst[c], lost[c], sent[c], reordered[c], duplicates[c]);
    }
}
