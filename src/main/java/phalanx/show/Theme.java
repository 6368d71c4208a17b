package phalanx.show;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

/** How the desk looks: AtlantaFX's sheet below, the colours of its meanings from a palette. Any thread. */
public enum Theme {
    LIGHT(new PrimerLight().getUserAgentStylesheet()),
    DARK(new PrimerDark().getUserAgentStylesheet()),
    HIGH_CONTRAST(new PrimerDark().getUserAgentStylesheet());

    /** Black and white in place of the base sheet's greys. */
    private static final String CONTRAST =
            "-color-bg-default: #000000; -color-bg-overlay: #000000; -color-bg-subtle: #1a1a1a; "
                    + "-color-bg-inset: #000000; -color-fg-default: #ffffff; -color-fg-muted: #ffffff; -color-fg-subtle: #e0e0e0; "
                    + "-color-border-default: #ffffff; -color-border-muted: #c0c0c0; -color-border-subtle: #a0a0a0; "
                    + "-color-accent-fg: #ffff00; -color-accent-emphasis: #ffff00; -color-accent-muted: #ffff00; "
                    + "-color-accent-subtle: #333300; -color-accent-6: #ffff80; -color-fg-emphasis: #000000; ";

    private final String baseSheet;

    Theme(String baseSheet) {
        this.baseSheet = baseSheet;
    }

    /** As settings name it: {@code high-contrast}. */
    public String word() {
        return switch (this) {
            case LIGHT -> "light";
            case DARK -> "dark";
            case HIGH_CONTRAST -> "high-contrast";
        };
    }

    public Palette palette() {
        return switch (this) {
            case LIGHT -> Palette.LIGHT;
            case DARK -> Palette.DARK;
            case HIGH_CONTRAST -> Palette.HIGH_CONTRAST;
        };
    }

    /** Address of the sheet that styles all controls. */
    public String baseSheet() {
        return baseSheet;
    }

    /** The looked-up colours of the theme, for a root's style. */
    public String css() {
        return palette().css() + (this == HIGH_CONTRAST ? CONTRAST : "");
    }
}
