package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import postern.config.AuditSettings;
import postern.config.Settings;
import postern.credentials.AccountStore;
import postern.credentials.CredentialStore;
import postern.credentials.FamiliarSourceStore;
import postern.credentials.HoldStore;
import postern.credentials.KeyMarks;
import postern.credentials.PolicyStore;
import postern.credentials.SendingStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenStore;
import postern.credentials.administration.EarlierReplies;
import postern.credentials.audit.JsonLinesFile;
import postern.credentials.consent.ConsentStore;
import postern.credentials.job.JobStore;
import postern.credentials.report.Accounts;
import postern.credentials.report.AppPasswords;
import postern.credentials.report.Reports;
import postern.credentials.setup.SetupLinkStore;
import postern.credentials.store.AuditUpkeep;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.ChangeWriter;
import postern.credentials.store.Database;
import postern.credentials.store.Housekeeping;
import postern.credentials.store.KeptOfPerson;
import postern.credentials.store.SqlAccountList;
import postern.credentials.store.SqlAccounts;
import postern.credentials.store.SqlApiTokens;
import postern.credentials.store.SqlAppPasswordList;
import postern.credentials.store.SqlAuditTrail;
import postern.credentials.store.SqlConsents;
import postern.credentials.store.SqlCredentialStore;
import postern.credentials.store.SqlDeviceUses;
import postern.credentials.store.SqlEarlierReplies;
import postern.credentials.store.SqlFamiliarSources;
import postern.credentials.store.SqlHolds;
import postern.credentials.store.SqlJobs;
import postern.credentials.store.SqlKeyMarks;
import postern.credentials.store.SqlLegacyTls;
import postern.credentials.store.SqlPolicies;
import postern.credentials.store.SqlReports;
import postern.credentials.store.SqlSending;
import postern.credentials.store.SqlSessionBoard;
import postern.credentials.store.SqlSessionEnds;
import postern.credentials.store.SqlSetupLinks;

/** All that stands on the one database, and the feed that tells of its changes. */
record Stores(
        ChangeFeed feed,
        ChangeWriter changes,
        SqlAuditTrail trail,
        AccountStore accounts,
        CredentialStore credentials,
        PolicyStore policies,
        FamiliarSourceStore familiarSources,
        HoldStore holds,
        KeyMarks keyMarks,
        SendingStore sending,
        KeptOfPerson kept,
        SqlSessionEnds sessionEnds,
        SqlSessionBoard sessionBoard,
        SqlLegacyTls legacyTls,
        SqlDeviceUses deviceUses,
        ConsentStore consents,
        SetupLinkStore setupLinks,
        EarlierReplies earlierReplies,
        ApiTokenStore apiTokens,
        Accounts accountList,
        AppPasswords appPasswordList,
        Reports reports,
        JobStore jobs) {

    static Stores open(
            DataDirectory data, Settings settings, InstantSource clock, SecureRandom random, Shutdown shutdown)
            throws StoreUnavailableException {
        Database database = shutdown.of("store", data.database());
        ChangeFeed feed = shutdown.of(
                "change feed",
                ChangeFeed.open(database, settings.store().pollInterval(), clock, Ticker.systemTicker()));
        AuditSettings audit = settings.audit();
        SqlAuditTrail trail = new SqlAuditTrail(database, audit.node(), random, lines(audit.linesFile()));
        AuditUpkeep upkeep = new AuditUpkeep(trail, clock, random);
        ChangeWriter changes = new ChangeWriter(database, feed, trail, random);
        CredentialStore credentials = new SqlCredentialStore(changes);
        FamiliarSourceStore familiarSources = new SqlFamiliarSources(changes);
        HoldStore holds = new SqlHolds(changes);
        SqlDeviceUses deviceUses = new SqlDeviceUses(database);
        ConsentStore consents = new SqlConsents(changes);
        SetupLinkStore setupLinks = new SqlSetupLinks(changes);
        SqlEarlierReplies earlierReplies = new SqlEarlierReplies(database);
        ApiTokenStore apiTokens = new SqlApiTokens(changes);
        SqlSessionBoard sessionBoard = new SqlSessionBoard(database);
        JobStore jobs = new SqlJobs(changes, clock, random);
        Duration keep = settings.lockout().familiar().keep();
        shutdown.of(
                "housekeeping",
                Housekeeping.open(
                        List.of(
                                Housekeeping.tombstones(credentials),
                                now -> credentials.forgetClients(now.minus(audit.keepAddresses())),
                                now -> apiTokens.forgetClients(now.minus(audit.keepAddresses())),
                                now -> familiarSources.forgetSeenBefore(now.minus(keep)),
                                holds::forgetOver,
                                consents::forgetOver,
                                deviceUses::forgetUnused,
                                setupLinks::forgetOver,
                                earlierReplies::forgetOld,
                                sessionBoard::forgetOld,
                                jobs::forgetOver,
                                _ -> upkeep.keep(audit.keep(), audit.keepAddresses())),
                        clock));
        return new Stores(
                feed,
                changes,
                trail,
                new SqlAccounts(changes, upkeep),
                credentials,
                new SqlPolicies(changes),
                familiarSources,
                holds,
                new SqlKeyMarks(database),
                new SqlSending(database),
                new KeptOfPerson(changes),
                new SqlSessionEnds(changes),
                sessionBoard,
                new SqlLegacyTls(database),
                deviceUses,
                consents,
                setupLinks,
                earlierReplies,
                apiTokens,
                new SqlAccountList(database),
                new SqlAppPasswordList(database),
                new SqlReports(database),
                jobs);
    }

    private static Consumer<List<String>> lines(Optional<Path> file) {
        return file.<Consumer<List<String>>>map(JsonLinesFile::new).orElse(_ -> {});
    }
}
