package phalanx.app.agent;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import phalanx.agents.narrate.Narrator;
import phalanx.agents.narrate.language.LanguageSettings;
import phalanx.agents.narrate.language.ModelNarrator;
import phalanx.config.JsonSection;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The settings of a language model, as people name them. Any thread. */
final class LanguageFile {
    /** The settings cannot be used. */
    static final String UNFIT = "PHX-1911";

    /** As it is called in a lab's folder. */
    static final String NAME = "language.json";

    private LanguageFile() {}

    /** @param spare whether nothing is to be asked now, as memory is short  @return failed with all faults of the file */
    static Outcome<Narrator> narrator(Path file, BooleanSupplier spare, InstantSource clock) {
        JsonSection.Read<LanguageSettings> read = LanguageSettings.read(file);
        return read.value()
                .<Outcome<Narrator>>map(
                        settings -> Outcome.ok(new ModelNarrator(settings, spare, System.getenv(), clock)))
                .orElseGet(() -> Outcome.failed(new Problem(
                        UNFIT,
                        String.join(
                                " ",
                                read.faults().stream().map(Object::toString).toList()),
                        "No language model is asked until it is mended; without the file none is.")));
    }
}
