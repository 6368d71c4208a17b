package phalanx.agents.govern;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import phalanx.config.JsonSection;

/**
 * When Jules looks through everything. Immutable, any thread.
 *
 * @param enabled whether it does so at all by itself
 * @param times as {@code cron} writes them: minute, hour, day of month, month, day of week (POSIX.1-2017, crontab)
 * @param most proposals of one review
 */
public record ReviewPlan(boolean enabled, String times, int most) {
    /** Each day at half past nine. */
    public static final ReviewPlan STANDARD = new ReviewPlan(true, "30 9 * * *", 3);

    private static final int LONGEST = 100;

    /** Reads the section of the policy; what is left out has its standard. */
    static ReviewPlan of(JsonSection section) {
        String times = section.text("at").orElse(STANDARD.times);
        if (!comes(times)) {
            section.refuse(
                    section.at("at"),
                    "\"" + (times.length() > LONGEST ? times.substring(0, LONGEST) + "..." : times)
                            + "\" is no time that comes.",
                    "Write minute, hour, day of month, month and day of week as cron does: \"30 9 * * 1-5\".");
        }
        ReviewPlan plan =
                new ReviewPlan(section.flag("enabled", true), times, section.whole("most", STANDARD.most, 1, 10));
        section.finish();
        return plan;
    }

    private static boolean comes(String times) {
        try {
            return times.length() <= LONGEST
                    && execution(times)
                            .nextExecution(ZonedDateTime.of(2027, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
                            .isPresent();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static ExecutionTime execution(String times) {
        return ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(times));
    }

    /**
     * The review that is due: the last one that should have been by now, if none was since. Those before it that were slept through are
     * not caught up with. Times are those of a clock on the wall: what falls into an hour that is left out in spring is an hour later, and
     * what falls into the one that comes twice in autumn is once.
     *
     * @param last when the last one was
     * @param zone of the wall
     */
    public Optional<Instant> due(Instant last, Instant now, ZoneId zone) {
        if (!enabled) {
            return Optional.empty();
        }
        ZonedDateTime wall =
                now.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC); // cron knows no summer time this way
        return execution(times)
                .lastExecution(wall.plusSeconds(1))
                .map(time -> time.toLocalDateTime().atZone(zone).toInstant())
                .filter(time -> time.isAfter(last) && !time.isAfter(now));
    }
}
