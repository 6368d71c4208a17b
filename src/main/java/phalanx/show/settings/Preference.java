package phalanx.show.settings;

import phalanx.casefile.Settings;

/** One thing that a user can prefer; keys are apart. */
public enum Preference {
    APPEARANCE,
    TEXT_SIZE,
    REDUCE_MOTION,
    LANGUAGE;

    /** Whether settings differ here from the usual ones. */
    boolean isModified(Settings settings) {
        return !reset(settings).equals(settings);
    }

    /** The settings as usual here. */
    Settings reset(Settings settings) {
        return switch (this) {
            case APPEARANCE -> settings.withAppearance(Settings.DEFAULT.appearance());
            case TEXT_SIZE -> settings.withTextPercent(Settings.DEFAULT.textPercent());
            case REDUCE_MOTION -> settings.withReduceMotion(Settings.DEFAULT.reduceMotion());
            case LANGUAGE -> settings.withLanguage(Settings.DEFAULT.language());
        };
    }
}
