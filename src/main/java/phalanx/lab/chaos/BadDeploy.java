package phalanx.lab.chaos;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import phalanx.config.HostPort;
import phalanx.lab.Layout;
import phalanx.lab.Marketplace;
import phalanx.lab.deploy.Deployment;
import phalanx.lab.deploy.LabRepository;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Somebody pushes a commit that looks harmless. */
record BadDeploy() implements Fault {
    /** What breaks a service once it is on. */
    private static final Map<String, String> FEATURES =
            Map.of("quote", "floor-premiums", "policy", "household-limit", "payment", "credit-check");

    private static final List<String> AUTHORS = List.of("Mira Holt", "Jonas Brandt", "Priya Nair");

    /** What is wrong with it. */
    private enum Mistake {
        SMALL_POOL("Fewer connections, the database is idle anyway"),
        SHORT_LIMIT("Fail fast: tighter limits"),
        WRONG_HOST("Use the name of the new cluster"),
        FEATURE("Switch the new rules on");

        final String message;

        Mistake(String message) {
            this.message = message;
        }
    }

    @Override
    public String name() {
        return "bad-deploy";
    }

    @Override
    public String says() {
        return "A commit that looks harmless breaks a service.";
    }

    @Override
    public Outcome<Made> make(Marketplace lab, SplittableRandom random) {
        Mistake mistake = Mistake.values()[random.nextInt(Mistake.values().length)];
        // Of all pools, only the policy service's is needed for as long as a payment takes.
        String service =
                mistake == Mistake.SMALL_POOL ? "policy" : Layout.SERVICES.get(random.nextInt(Layout.SERVICES.size()));
        String author = AUTHORS.get(random.nextInt(AUTHORS.size()));
        String path = Layout.path(service);
        LabRepository repository = lab.repository();
        try {
            String head = repository.head().orElseThrow();
            return Deployment.desired(repository.at(head), Layout.SERVICES).then(now -> {
                String broken = broken(service, now.of(service), mistake).json();
                String before = now.of(service).json();
                return push(repository, author, service + ": " + mistake.message, path, broken)
                        .then(commit -> Outcome.ok(new Made(
                                service, mistake + " " + commit, () -> undo(repository, path, broken, before))));
            });
        } catch (IOException e) {
            return failed(repository, e);
        }
    }

    private static ServiceSettings broken(String service, ServiceSettings was, Mistake mistake) {
        Map<String, ServiceSettings.Dependency> calls = new HashMap<>(was.calls());
        Set<String> features = new HashSet<>(was.features());
        switch (mistake) {
            case SMALL_POOL -> {}
            case SHORT_LIMIT ->
                calls.replaceAll((_, call) -> new ServiceSettings.Dependency(call.at(), 5, call.fallback()));
            case WRONG_HOST ->
                calls.replaceAll((name, call) -> new ServiceSettings.Dependency(
                        new HostPort(name + ".cluster2.lab.test", call.at().port()),
                        call.limitMillis(),
                        call.fallback()));
            case FEATURE -> features.add(Objects.requireNonNull(FEATURES.get(service)));
        }
        return new ServiceSettings(
                mistake == Mistake.SMALL_POOL ? 1 : was.poolSize(),
                mistake == Mistake.SMALL_POOL ? 250 : was.poolWaitMillis(),
                calls,
                features,
                was.generations(),
                was.schemaGeneration());
    }

    private static Outcome<String> push(
            LabRepository repository, String author, String message, String path, String text) {
        try {
            return Outcome.ok(repository.commit(author, message, files -> {
                files.put(path, text);
                return files;
            }));
        } catch (IOException e) {
            return failed(repository, e);
        }
    }

    /** Unless somebody else changed the file since. */
    private static Outcome<String> undo(LabRepository repository, String path, String broken, String before) {
        try {
            boolean still = broken.equals(
                    repository.at(repository.head().orElseThrow()).files().get(path));
            return still ? push(repository, "marketplace", "As it was before", path, before) : Outcome.ok(path);
        } catch (IOException e) {
            return failed(repository, e);
        }
    }

    private static <T> Outcome<T> failed(LabRepository repository, IOException why) {
        return Outcome.failed(new Problem(
                ServiceSettings.REFUSED,
                "The lab's repository " + repository.folder() + " takes no commit (" + why.getMessage() + ").",
                "See that its folder can be written to."));
    }
}
