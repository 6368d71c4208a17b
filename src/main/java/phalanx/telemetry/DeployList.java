package phalanx.telemetry;

/** What was rolled out when: {@code {"time": ..., "service": ..., "version": ..., "who": ...}}, one a line or in an array. */
final class DeployList {
    private DeployList() {}

    static void take(Fields record, Gathering into) throws Malformed {
        into.format("deploys");
        String service = record.shown("service");
        String who = record.shown("who");
        into.add(new Event(
                record.time("time"),
                0,
                Event.Source.DEPLOYS,
                "deploy",
                Event.Weight.CHANGE,
                record.endpoint("address", "port"),
                null,
                service,
                (service + " " + record.shown("version")).strip() + (who.isEmpty() ? "" : " by " + who),
                record.shown("link")));
    }
}
