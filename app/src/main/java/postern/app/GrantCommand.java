package postern.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.config.OAuthSettings;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.config.UpstreamSettings;
import postern.credentials.Account;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantSecret;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.GrantVault.Place;
import postern.credentials.grant.NewGrant;
import postern.credentials.grant.Trouble;
import postern.credentials.provider.ProviderWords;
import postern.proxy.token.Purposes;

/** What opens mailboxes upstream, put into the vault by hand and taken out of it. Prints no secret. */
@Command(
        name = "grant",
        description = "List and change what opens people's mailboxes upstream.",
        subcommands = ConsentCommand.class,
        mixinStandardHelpOptions = true)
final class GrantCommand {

    private static final int PAGE = 500;
    private static final int MOST_BYTES = 16 * 1024;

    private final SecureRandom random = new SecureRandom();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Whose, and where. */
    static final class WhichOption {

        @Option(names = "--user", required = true, paramLabel = "NAME", description = "A login name, or a mailbox.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String user;

        @Option(
                names = "--upstream",
                required = true,
                paramLabel = "NAME",
                description = "As the configuration calls it.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String upstream;

        String upstream() {
            return upstream;
        }

        /** A grant is the mailbox's, as it is called upstream. */
        LoginName mailbox(Stores stores) throws StartException, StoreUnavailableException {
            LoginName asked;
            try {
                asked = new LoginName(user);
            } catch (IllegalArgumentException e) {
                throw new StartException("--user: " + e.getMessage(), e);
            }
            return stores.accounts().account(asked).map(Account::mailbox).orElse(asked);
        }
    }

    /** What it is. */
    static final class KindOption {

        @Option(names = "--refresh-token", description = "What a provider gave for a consent.")
        private boolean refreshToken;

        @Option(names = "--password", description = "The mailbox's own password.")
        private boolean password;

        GrantKind kind() {
            return refreshToken && !password ? GrantKind.REFRESH_TOKEN : GrantKind.MAILBOX_PASSWORD;
        }
    }

    @Command(
            name = "put",
            description = "Put one in the vault, in place of the one before.",
            mixinStandardHelpOptions = true)
    int put(
            @Mixin Main.ConfigOption config,
            @Mixin WhichOption which,
            @ArgGroup(exclusive = true, multiplicity = "1") KindOption kind,
            @Option(
                            names = "--from",
                            paramLabel = "FILE",
                            description = "Holds the secret, a line; without it, standard input does.")
                    @Nullable
                    Path from)
            throws SettingsException, StartException {
        Settings settings = config.load();
        UpstreamSettings upstream = upstream(settings, which.upstream, kind.kind());
        return StoreCommand.on(settings, stores -> {
            Instant now = InstantSource.system().instant();
            try (GrantSecret secret = read(from)) {
                NewGrant given = new NewGrant(
                        which.mailbox(stores),
                        upstream.name(),
                        Purposes.of(upstream),
                        kind.kind(),
                        lasts(upstream).map(now::plus));
                Grant put = vault(settings, stores).put(given, secret, by());
                out().println(put.id() + ": kept, for " + put.owner() + " at " + put.upstream());
                return 0;
            }
        });
    }

    private static Optional<Duration> lasts(UpstreamSettings upstream) {
        return upstream.login() instanceof OAuth(OAuthSettings oauth) ? oauth.consentLasts() : Optional.empty();
    }

    private static UpstreamSettings upstream(Settings settings, String name, GrantKind kind) throws StartException {
        UpstreamSettings upstream = settings.upstreams().get(name);
        if (upstream == null) {
            throw new StartException("--upstream: " + name + ": there is none (expected: one of "
                    + String.join(", ", settings.upstreams().keySet()) + ")");
        }
        Optional<GrantKind> wanted = Purposes.kind(upstream);
        if (!wanted.equals(Optional.of(kind))) {
            throw new StartException("upstreams." + name + ".login.strategy: takes no " + told(kind) + " (expected: "
                    + wanted.map(GrantCommand::told).orElse("nothing of anybody's") + ")");
        }
        return upstream;
    }

    /** Without the newline at its end; never part of what is complained of. */
    private static GrantSecret read(@Nullable Path from) throws IOException, StartException {
        byte[] all;
        try (InputStream in = from == null ? System.in : Files.newInputStream(from)) {
            all = in.readNBytes(MOST_BYTES + 2);
        }
        String text = new String(all, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            throw new StartException("secret: empty, or more than a line (expected: one)");
        }
        try {
            return GrantSecret.of(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(
            name = "list",
            description = "Whose there are, and how it stands with them.",
            mixinStandardHelpOptions = true)
    int list(@Mixin Main.ConfigOption config) throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            GrantVault vault = vault(settings, stores);
            Instant now = InstantSource.system().instant();
            List<Grant> page = vault.page(Place.BEFORE_ALL, PAGE);
            while (!page.isEmpty()) {
                page.forEach(grant -> out().println(line(grant, now)));
                page = vault.page(Place.of(page.getLast()), PAGE);
            }
            return 0;
        });
    }

    private static String line(Grant grant, Instant now) {
        return String.join(
                "  ",
                grant.id().value(),
                grant.owner().toString(),
                grant.upstream(),
                told(grant.kind()),
                grant.state().name().toLowerCase(Locale.ROOT),
                grant.refreshedAt().map(at -> "worked " + at).orElse("not used yet"),
                grant.expiresAt()
                        .map(at -> "until " + at + " (" + grant.daysLeft(now).orElse(0L) + " days)")
                        .orElse(""),
                grant.trouble().map(GrantCommand::told).orElse(""));
    }

    /** In words, if somebody knows what it means; else in the provider's own. */
    private static String told(Trouble trouble) {
        return ProviderWords.of(trouble)
                .map(known -> trouble.code() + ": " + known.cause() + "; what helps: " + known.cure())
                .orElse(trouble.code() + ": " + trouble.words());
    }

    @Command(
            name = "revoke",
            description = "Forget the secret, and remember that it was taken back.",
            mixinStandardHelpOptions = true)
    int revoke(@Mixin Main.ConfigOption config, @Mixin WhichOption which) throws SettingsException, StartException {
        return gone(config.load(), which, "revoked", (vault, owner) -> vault.revoke(owner, which.upstream, by()));
    }

    @Command(name = "remove", description = "Forget all of it.", mixinStandardHelpOptions = true)
    int remove(@Mixin Main.ConfigOption config, @Mixin WhichOption which) throws SettingsException, StartException {
        return gone(config.load(), which, "removed", (vault, owner) -> vault.delete(owner, which.upstream, by()));
    }

    private interface Taking {
        boolean from(GrantVault vault, LoginName owner) throws StoreUnavailableException;
    }

    private int gone(Settings settings, WhichOption which, String done, Taking taking) throws StartException {
        return StoreCommand.on(settings, stores -> {
            LoginName owner = which.mailbox(stores);
            if (!taking.from(vault(settings, stores), owner)) {
                throw new StartException(owner + ": has none at " + which.upstream + " (expected: one that was put)");
            }
            out().println(owner + ": " + done + " at " + which.upstream);
            return 0;
        });
    }

    @Command(
            name = "reseal",
            description = "Seal all under the vault's key in use, so that an older one can be retired.",
            mixinStandardHelpOptions = true)
    int reseal(@Mixin Main.ConfigOption config) throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            GrantVault.Rewrap done = vault(settings, stores).rewrap();
            out().println(done.done() + " resealed, " + done.leftOut() + " left as they were");
            done.firstCause().ifPresent(cause -> out().println(cause.getMessage()));
            return done.leftOut() == 0 ? 0 : 1;
        });
    }

    private GrantVault vault(Settings settings, Stores stores)
            throws StoreUnavailableException, IOException, StartException {
        return TokenWiring.vault(settings, stores, random);
    }

    private static By by() {
        return By.system("command line", InstantSource.system().instant());
    }

    private static String told(GrantKind kind) {
        return switch (kind) {
            case REFRESH_TOKEN -> "refresh token";
            case MAILBOX_PASSWORD -> "password";
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
