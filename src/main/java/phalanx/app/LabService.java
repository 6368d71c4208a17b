package phalanx.app;

import phalanx.lab.service.MarketplaceService;

/** A process of the lab: one instance of a service, started by {@code phalanx lab up} and ended with it. */
final class LabService {
    private LabService() {}

    public static void main(String[] words) {
        System.exit(MarketplaceService.run(words));
    }
}
