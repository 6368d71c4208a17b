package phalanx.agents.bus;

import java.util.ArrayList;
import java.util.List;

/** One broker that is its own controller (KRaft), in a process of its own. */
final class KafkaMain {
    private KafkaMain() {}

    /** @param arguments the file of properties, and who may log in, if not everybody may */
    public static void main(String[] arguments) {
        List<String> format = new ArrayList<>(List.of(
                "format", "--ignore-formatted", "--cluster-id", "4L6g3nShT-eMCtK--X86sw", "--config", arguments[0]));
        if (arguments.length > 1) {
            format.addAll(List.of("--add-scram", arguments[1]));
        }
        if (kafka.tools.StorageTool.execute(format.toArray(String[]::new), System.out) != 0) {
            System.exit(1);
        }
        kafka.Kafka.main(new String[] {arguments[0]});
    }
}
