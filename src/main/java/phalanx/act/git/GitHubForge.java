package phalanx.act.git;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.HttpException;
import org.kohsuke.github.extras.HttpClientGitHubConnector;
import phalanx.run.ForeignText;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Merge requests as pull requests at GitHub or a GitHub Enterprise server: the branch is pushed, the merge is made there, and main here
 * follows. The records here are kept as well. Any thread.
 */
public final class GitHubForge implements Forge {
    /** GitHub cannot be used. */
    public static final String REFUSED = "PHX-1920";

    private static final int NOT_FOUND = 404;

    private final ConfigRepository own;
    private final GitHubSettings settings;
    private final String token;
    private final RemoteCopy copy;

    /** @param own the copy here, which the configuration is deployed from */
    public GitHubForge(ConfigRepository own, GitHubSettings settings, String token) {
        this.own = own;
        this.settings = settings;
        this.token = token;
        this.copy = own.copy(
                settings.remote(),
                new UsernamePasswordCredentialsProvider("x-access-token", token),
                settings.seconds());
    }

    /** Work at GitHub. */
    @FunctionalInterface
    private interface Work<T> {
        T at(GHRepository repository) throws IOException;
    }

    private <T> Outcome<T> at(Work<T> work) {
        Duration limit = Duration.ofSeconds(settings.seconds());
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            return Outcome.ok(Jobs.within(
                    limit,
                    "github",
                    () -> work.at(new GitHubBuilder()
                            .withEndpoint(settings.api())
                            .withOAuthToken(token)
                            .withConnector(new HttpClientGitHubConnector(client))
                            .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
                            .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
                            .build()
                            .getRepository(settings.repository()))));
        } catch (ExecutionException e) {
            return Outcome.failed(problem(settings.api(), Objects.requireNonNullElse(e.getCause(), e)));
        } catch (TimeoutException _) {
            return Outcome.failed(new Problem(
                    REFUSED,
                    settings.api() + " did not answer within " + settings.seconds() + " s.",
                    "Look whether the request is there already; it is tried again with the next."));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Problem(REFUSED, "The program ends.", "Start it again."));
        } finally {
            client.shutdownNow();
        }
    }

    private static Problem problem(String api, Throwable why) {
        int status = status(why);
        String text = ForeignText.name(String.valueOf(why.getMessage()));
        return switch (status) {
            case 401 ->
                new Problem(REFUSED, api + " does not accept the token.", "Make a new one and put it in its place.");
            case 403, 429 ->
                text.toLowerCase(Locale.ROOT).contains("limit")
                        ? new Problem(
                                REFUSED,
                                api + " takes no more calls for a while.",
                                "Wait for an hour; nothing is lost.")
                        : new Problem(
                                REFUSED,
                                "The token may not do this at " + api + ".",
                                "It needs to write contents and pull requests of the repository.");
            case NOT_FOUND ->
                new Problem(
                        REFUSED,
                        "The repository is not at " + api + ", or the token may not see it.",
                        "Look at \"repository\" in forge.json and at the rights of the token.");
            case 405, 409, 422 ->
                new Problem(
                        REFUSED,
                        api + " refuses the request (" + status + ").",
                        "Look at the pull request: a rule of the branch or a conflict may be in the way.");
            case 0 ->
                new Problem(
                        REFUSED,
                        api + " cannot be reached (" + text + ").",
                        "Look at the network and at \"api\" in forge.json.");
            default ->
                new Problem(REFUSED, api + " answers with " + status + ".", "It is tried again with the next request.");
        };
    }

    private static int status(Throwable why) {
        for (Throwable one = why; one != null; one = one.getCause()) {
            if (one instanceof HttpException answer) {
                return Math.max(0, answer.getResponseCode());
            }
            if (one instanceof GHFileNotFoundException) {
                return NOT_FOUND;
            }
        }
        return 0;
    }

    @Override
    public Outcome<Boolean> refresh() {
        return copy.follow();
    }

    private Optional<GHPullRequest> pull(GHRepository repository, String branch) throws IOException {
        String owner = settings.repository().substring(0, settings.repository().indexOf('/'));
        for (GHPullRequest one : repository
                .queryPullRequests()
                .head(owner + ":" + branch)
                .state(GHIssueState.ALL)
                .list()
                .withPageSize(1)) {
            return Optional.of(one);
        }
        return Optional.empty();
    }

    @Override
    public Outcome<String> open(MergeRequest request, String author, List<String> reasons) {
        return own.open(request, author, reasons)
                .then(_ -> copy.send(request.branch()))
                .then(_ -> at(repository -> {
                    Optional<GHPullRequest> there = pull(repository, request.branch());
                    GHPullRequest pull = there.isPresent()
                            ? there.get()
                            : repository.createPullRequest(
                                    request.title(), request.branch(), "main", text(request, author, reasons));
                    return pull.getHtmlUrl().toString();
                }))
                .then(address -> own.shownAt(request.id(), address).then(_ -> Outcome.ok(address)));
    }

    private static String text(MergeRequest request, String author, List<String> reasons) {
        return list(reasons) + "\n\nAsked for by " + author + " of Phalanx as `" + request.id() + "`.\n";
    }

    /** Sentences as a list that no markup of theirs leaves. */
    private static String list(List<String> says) {
        return String.join(
                "\n",
                says.stream()
                        .map(one -> "- `" + ForeignText.line(one).replace('`', '\'') + "`")
                        .toList());
    }

    @Override
    public Outcome<Boolean> comment(String id, List<String> says) {
        return own.comment(id, says)
                .then(there -> there ? onPull(id, pull -> pull.comment(list(says))) : Outcome.ok(false));
    }

    /** Something done to a pull request. */
    @FunctionalInterface
    private interface Step {
        void to(GHPullRequest pull) throws IOException;
    }

    private Outcome<Boolean> onPull(String id, Step step) {
        return at(repository -> {
            Optional<GHPullRequest> pull = pull(repository, ConfigRepository.branch(id));
            if (pull.isPresent()) {
                step.to(pull.get());
            }
            return pull.isPresent();
        });
    }

    /** One commit on main there; main here follows. */
    @Override
    public Outcome<String> merge(MergeRequest request) {
        return seen(request).then(before -> before.isPresent() ? own.merge(request) : ask(request));
    }

    private Outcome<Optional<String>> seen(MergeRequest request) {
        return refresh().then(_ -> own.merged(request.id()));
    }

    /** Main says whether it was merged: an answer may be lost behind the merge. What was asked for and not refused may still come. */
    private Outcome<String> ask(MergeRequest request) {
        AtomicBoolean mayCome = new AtomicBoolean();
        Outcome<Boolean> asked = onPull(request.id(), pull -> {
            mayCome.set(true);
            try {
                pull.merge(CommitReader.trailer(request.id()), request.commit(), GHPullRequest.MergeMethod.SQUASH);
            } catch (IOException e) {
                mayCome.set(status(e) < 400 || status(e) >= 500);
                throw e;
            }
        });
        return switch (seen(request)) {
            case Outcome.Ok<Optional<String>>(var commit) when commit.isPresent() -> own.merge(request); // notes it
            case Outcome<Optional<String>> main -> {
                if (asked instanceof Outcome.Failed<Boolean>(var why)) {
                    yield mayCome.get() ? uncertain(why.what()) : Outcome.failed(why);
                }
                yield uncertain(main instanceof Outcome.Failed(var why) ? why.what() : "Main there does not have it.");
            }
        };
    }

    private Outcome<String> uncertain(String why) {
        return Outcome.failed(new Problem(
                UNCERTAIN,
                "Whether " + settings.api() + " merged the request is not known: " + why,
                "Look at the pull request; merge or close it there."));
    }

    @Override
    public Outcome<Boolean> close(String id, RequestRecord.State state, String why) {
        return own.close(id, state, why)
                .then(there -> state == RequestRecord.State.CLOSED && there ? closeThere(id, why) : Outcome.ok(there));
    }

    private Outcome<Boolean> closeThere(String id, String why) {
        Outcome<Boolean> closed = onPull(id, pull -> {
            pull.comment(list(List.of(why)));
            pull.close();
        });
        if (closed instanceof Outcome.Failed<Boolean>(var problem)) {
            own.comment(id, List.of("It may still be open at " + settings.api() + ": " + problem.what()));
        }
        return closed;
    }

    @Override
    public Outcome<List<RequestRecord>> requests() {
        return own.requests();
    }
}
