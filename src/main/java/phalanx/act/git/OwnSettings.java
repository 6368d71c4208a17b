package phalanx.act.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Keeps the Git settings of the user and of the machine (signing, hooks, names) out of what the agents commit. */
final class OwnSettings extends SystemReader.Delegate {
    private OwnSettings(SystemReader machine) {
        super(machine);
    }

    /** From now on, for the whole program. */
    static synchronized void use() {
        if (!(SystemReader.getInstance() instanceof OwnSettings)) {
            SystemReader.setInstance(new OwnSettings(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    /** A file without settings that is never read. */
    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is nothing
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
