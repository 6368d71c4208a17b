package phalanx.capture.remote;

import java.util.List;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.auth.password.PasswordIdentityProvider;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;

/** Gives the one password that is asked for, whichever way the server asks (RFC 4252 section 8, RFC 4256). One connection. */
final class SshPasswords implements PasswordIdentityProvider, UserInteraction {
    private final HopAddress.Ssh at;
    private final Secrets secrets;

    SshPasswords(HopAddress.Ssh at, Secrets secrets) {
        this.at = at;
        this.secrets = secrets;
    }

    private @Nullable String password() {
        return secrets.ask("the password of " + (at.user().isEmpty() ? "" : at.user() + "@") + at.host());
    }

    @Override
    public Iterable<String> loadPasswords(SessionContext session) {
        String password = password();
        return password == null ? List.of() : List.of(password);
    }

    @Override
    public String @Nullable [] interactive(
            ClientSession session, String name, String instruction, String language, String[] prompts, boolean[] echo) {
        if (prompts.length == 0) {
            return new String[0];
        }
        String password = prompts.length == 1 && !echo[0] ? password() : null;
        return password == null ? null : new String[] {password};
    }

    @Override
    public @Nullable String getUpdatedPassword(ClientSession session, String prompt, String language) {
        return null;
    }
}
