package phalanx.lab;

import java.util.List;
import phalanx.config.HostPort;
import phalanx.lab.deploy.Deployment;
import phalanx.lab.load.LoadWindow;
import phalanx.lab.load.Objective;

/**
 * How the lab is at a moment, as anybody could find out: it says nothing of faults made on purpose.
 *
 * @param lastSecond of the customers' requests
 * @param lastFive seconds of them
 */
public record LabStatus(
        Layout layout,
        List<Instance> instances,
        Deployment.State deployment,
        LoadWindow lastSecond,
        LoadWindow lastFive) {
    /** @param pid the process's number, also after its end */
    public record Instance(String name, boolean alive, long pid, HostPort at) {}

    /** Whether customers got in the last five seconds what they are promised. */
    public boolean kept() {
        return Objective.USUAL.kept(lastFive);
    }
}
