package phalanx;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

/** Who may import whom. A new edge is a new word in the table, seen in review. */
class PackageRulesTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("phalanx");

    private static final Map<String, List<String>> MAY_IMPORT = table("""
            net      ->
            run      ->
            config   -> run
            metrics  -> net run
            anomaly  -> net run metrics
            telemetry -> net run metrics
            capture  -> net run
            receive  -> run capture
            decode   -> net run capture
            inspect  -> net run capture decode
            redact   -> net run capture decode
            dissect  -> net run capture decode
            stitch   -> net run capture decode
            measure  -> net run metrics capture decode stitch
            topology -> net run telemetry capture decode stitch measure
            diagnose -> net run metrics anomaly decode stitch measure topology
            proxy    -> run config
            act      -> run config proxy
            agents   -> run config metrics anomaly act explain casefile telemetry proxy
            lab      -> run config proxy act
            rules    -> net run capture decode stitch measure diagnose
            explain  -> net run metrics capture decode stitch measure topology diagnose telemetry
            casefile -> net run diagnose explain stitch measure
            share    -> net run metrics anomaly capture decode inspect stitch measure topology diagnose explain telemetry
            show     -> net run config metrics capture decode inspect dissect casefile stitch measure topology diagnose explain proxy redact telemetry lab act agents
            app      -> net run config metrics anomaly telemetry capture decode inspect redact dissect stitch measure topology diagnose rules explain casefile share show proxy receive lab act agents""");

    private static final Map<String, List<String>> ONLY_HERE = table("""
            javafx..                      -> show app
            org.controlsfx..              -> show
            atlantafx..                   -> show
            org.kordamp.ikonli..          -> show
            org.graphstream..             -> topology
            org.jfree..                   -> show
            software.coley..              -> show
            org.commonmark..              -> show
            com.fasterxml.jackson..       -> config casefile share metrics proxy receive telemetry lab act agents
            java.sql..                    -> casefile capture lab
            org.h2..                      -> casefile
            org.postgresql..              -> casefile
            org.flywaydb..                -> casefile
            com.openhtmltopdf..           -> share
            org.apache.pdfbox..           -> share
            org.apache.batik..            -> share
            io.netty..                    -> proxy receive lab telemetry
            com.google.re2j..             -> proxy
            com.github.benmanes..         -> proxy
            org.HdrHistogram..            -> proxy lab
            org.bouncycastle..            -> proxy capture
            com.amazon.randomcutforest..  -> anomaly
            picocli..                     -> app
            org.pcap4j..                  -> capture
            org.apache.sshd..             -> capture
            org.snakeyaml..               -> rules
            com.zaxxer..                  -> lab
            io.opentelemetry..            -> lab
            io.github.resilience4j..      -> lab act agents
            org.apache.kafka..            -> agents
            redis.clients..               -> agents
            dev.langchain4j..             -> explain agents
            org.eclipse.jgit..            -> act lab
            org.kohsuke..                 -> act
            com.cronutils..               -> agents
            io.airlift..                  -> capture proxy
            org.apache.commons.compress.. -> capture""");

    private static Map<String, List<String>> table(String text) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            String[] sides = line.split("->", -1);
            String allowed = sides[1].strip();
            rows.put(sides[0].strip(), allowed.isEmpty() ? List.of() : List.of(allowed.split(" ", -1)));
        });
        return rows;
    }

    private static String room(JavaClass of) {
        String[] parts = of.getPackageName().split("\\.", -1);
        return parts.length > 1 ? parts[1] : "";
    }

    @Test
    void each_package_imports_only_what_its_row_allows() {
        MAY_IMPORT.forEach((room, allowed) -> {
            String[] own = Stream.concat(Stream.of(room), allowed.stream())
                    .map(p -> "phalanx." + p + "..")
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage("phalanx." + room + "..")
                    .should()
                    .onlyDependOnClassesThat(not(resideInAPackage("phalanx..")).or(resideInAnyPackage(own)))
                    .as("phalanx." + room + " may import only " + allowed)
                    .check(ALL);
        });
    }

    @Test
    void every_package_has_a_row_and_every_row_a_package() {
        TreeSet<String> rooms = new TreeSet<>();
        ALL.forEach(c -> rooms.add(room(c)));
        assertEquals(new TreeSet<>(MAY_IMPORT.keySet()), rooms);
    }

    @Test
    void rooms_form_no_cycles() {
        slices().matching("phalanx.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void each_library_is_kept_in_its_room() {
        ONLY_HERE.forEach((library, rooms) -> noClasses()
                .that()
                .resideOutsideOfPackages(
                        rooms.stream().map(r -> "phalanx." + r + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .as(library + " only in " + rooms)
                .check(ALL));
    }

    @Test
    void who_decides_sees_nothing_of_who_narrates() {
        noClasses()
                .that()
                .resideInAPackage("phalanx.agents..")
                .and()
                .resideOutsideOfPackage("phalanx.agents.narrate..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("phalanx.agents.narrate..")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j..")
                .because("a language model may tell what agents did, and decides nothing")
                .check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackages("phalanx.agents.narrate.language..", "phalanx.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("phalanx.agents.narrate.language..")
                .check(ALL);
    }

    @Test
    void threads_come_from_run_alone_but_for_netty_s_loops_and_the_hook_at_the_end_of_the_process() {
        noClasses()
                .that()
                .resideOutsideOfPackage("phalanx.run..")
                .and()
                .doNotHaveFullyQualifiedName("phalanx.app.terminal.Interruption")
                .and()
                .doNotHaveFullyQualifiedName("phalanx.capture.live.LiveCapture") // a hook, too
                .and()
                .doNotHaveFullyQualifiedName("phalanx.capture.remote.Reconnection") // waits for a line or for its end
                .and()
                .doNotHaveFullyQualifiedName("phalanx.app.ProxyTraining") // many requests at once, once after a build
                .and()
                .doNotHaveFullyQualifiedName("phalanx.app.DeskTraining") // one user, once after a build
                .should()
                .callMethod(Thread.class, "ofPlatform")
                .orShould()
                .callMethod(Thread.class, "ofVirtual")
                .orShould()
                .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .orShould()
                .callConstructorWhere(target(owner(assignableTo(Thread.class))))
                .orShould()
                .dependOnClassesThat(assignableTo(ExecutorService.class).and(not(resideInAPackage("io.netty.."))))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Executors.class, Timer.class, CompletableFuture.class)
                .check(ALL);
    }

    @Test
    void work_is_handed_to_the_screen_thread_in_one_place() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("phalanx.app.Desktop")
                .and()
                .doNotHaveFullyQualifiedName("phalanx.app.DeskTraining") // the user's side of the screen
                .should()
                .callMethod(Platform.class, "runLater", Runnable.class)
                .check(ALL);
    }

    @Test
    void view_models_know_no_scene() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx.scene..")
                .check(ALL);
    }

    @Test
    void only_app_has_a_main() {
        methods()
                .that()
                .haveName("main")
                .and()
                .areStatic()
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("phalanx.app")
                .check(ALL);
    }

    @Test
    void no_package_is_a_drawer_for_leftovers() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..model..", "..helper..", "..impl..", "..manager..")
                .check(ALL);
    }

    @Test
    void all_rules_ran() {
        long rules = Arrays.stream(PackageRulesTest.class.getDeclaredMethods())
                .filter(m -> m.isAnnotationPresent(Test.class))
                .count();
        assertEquals(11, rules, "a rule was added or lost: count it here");
    }
}
