package phalanx.agents.bus;

/** One broker that is its own controller (KRaft), in a process of its own. */
final class KafkaMain {
    private KafkaMain() {}

    public static void main(String[] arguments) {
        String[] format = {
            "format", "--ignore-formatted", "--cluster-id", "4L6g3nShT-eMCtK--X86sw", "--config", arguments[0]
        };
        if (kafka.tools.StorageTool.execute(format, System.out) != 0) {
            System.exit(1);
        }
        kafka.Kafka.main(arguments);
    }
}
