package postern.credentials.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.Held;
import postern.credentials.LoginName;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject;
import postern.credentials.Scope;
import postern.credentials.SessionChoice;
import postern.credentials.SessionChoice.AppPasswords;
import postern.credentials.SessionChoice.Everybodys;
import postern.credentials.SessionChoice.One;
import postern.credentials.SessionChoice.Persons;
import postern.credentials.SessionId;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditEvent.Outcome;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.Origin;
import postern.credentials.grant.Grant;
import postern.credentials.grant.Trouble;
import postern.credentials.job.Criterion;
import postern.credentials.job.Job;
import postern.credentials.job.JobState;
import postern.credentials.job.JobWork;
import postern.credentials.setup.SetupLink;

/** From what was changed to what the audit trail tells of it: who, whose, and before and after. */
final class AuditedChanges {

    private final RandomGenerator random;

    AuditedChanges(RandomGenerator random) {
        this.random = random;
    }

    AuditEvent created(AppPassword made, By by) {
        return about(AuditKind.APP_PASSWORD_CREATED, made, by).with("after", told(made.scope()));
    }

    AuditEvent limitReached(LoginName owner, int limit, By by) {
        return event(AuditKind.APP_PASSWORD_LIMIT_REACHED, by)
                .about(owner)
                .ended(Outcome.FAILURE, "limit_reached")
                .with("limit", String.valueOf(limit));
    }

    /** One for each thing that is not as it was. */
    List<AuditEvent> revised(AppPassword before, AppPassword after, By by) {
        List<AuditEvent> all = new ArrayList<>();
        if (!before.name().equals(after.name())) {
            all.add(about(AuditKind.APP_PASSWORD_RENAMED, after, by).with("before", before.name()));
        }
        if (!before.scope().equals(after.scope())) {
            all.add(about(AuditKind.APP_PASSWORD_SCOPE_CHANGED, after, by)
                    .with("before", told(before.scope()))
                    .with("after", told(after.scope())));
        }
        if (before.suspended() != after.suspended()) {
            all.add(about(
                    after.suspended() ? AuditKind.APP_PASSWORD_SUSPENDED : AuditKind.APP_PASSWORD_RESUMED, after, by));
        } else if (!before.resumedAt().equals(after.resumedAt())) {
            all.add(about(AuditKind.APP_PASSWORD_RESUMED, after, by));
        }
        if (!before.proof().equals(after.proof())) {
            all.add(about(AuditKind.APP_PASSWORD_REHASH, after, by));
        }
        return all;
    }

    AuditEvent revoked(LoginName owner, AppPasswordId id, By by) {
        return event(AuditKind.APP_PASSWORD_REVOKED, by).about(owner, id);
    }

    AuditEvent revokedAll(LoginName owner, int howMany, By by) {
        return event(AuditKind.APP_PASSWORD_REVOKED_ALL, by).about(owner).times(howMany);
    }

    AuditEvent created(Account made, By by) {
        return event(AuditKind.USER_CREATED, by).about(made.loginName()).with("after", told(made));
    }

    List<AuditEvent> revised(Account before, Account after, By by) {
        List<AuditEvent> all = new ArrayList<>();
        if (before.enabled() != after.enabled()) {
            all.add(event(after.enabled() ? AuditKind.USER_ENABLED : AuditKind.USER_DISABLED, by)
                    .about(after.loginName()));
        }
        if (!told(before).equals(told(after))) {
            all.add(event(AuditKind.USER_CHANGED, by)
                    .about(after.loginName())
                    .with("before", told(before))
                    .with("after", told(after)));
        }
        return all;
    }

    AuditEvent aliasAdded(LoginName account, LoginName alias, By by) {
        return event(AuditKind.USER_CHANGED, by).about(account).with("alias_added", alias.value());
    }

    AuditEvent aliasRemoved(LoginName account, LoginName alias, By by) {
        return event(AuditKind.USER_CHANGED, by).about(account).with("alias_removed", alias.value());
    }

    AuditEvent policyChanged(PolicySubject subject, PolicyRules before, PolicyRules after, By by) {
        AuditEvent event = event(AuditKind.POLICY_CHANGED, by);
        AuditEvent ofThem = switch (subject) {
            case PolicySubject.Everyone everyone -> event.with("for", everyone.toString());
            case PolicySubject.Domain domain -> event.with("for", domain.toString());
            case PolicySubject.One(LoginName name) -> event.about(name);
        };
        return ofThem.with("before", before.toString()).with("after", after.toString());
    }

    AuditEvent familiarSourcesCleared(LoginName account, int howMany, By by) {
        return event(AuditKind.USER_CHANGED, by)
                .about(account)
                .with("familiar_sources_cleared", String.valueOf(howMany));
    }

    AuditEvent given(Grant grant, By by) {
        return about(AuditKind.GRANT_CREATED, grant, by)
                .with("kind", grant.kind().name().toLowerCase(Locale.ROOT))
                .with("given_for", grant.givenFor().text());
    }

    AuditEvent consentBegun(LoginName owner, String upstream, By by) {
        return event(AuditKind.GRANT_CONSENT_BEGUN, by).about(owner).with("upstream", upstream);
    }

    AuditEvent consentRefused(LoginName owner, String upstream, String reason, By by) {
        return event(AuditKind.GRANT_CONSENT_REFUSED, by)
                .about(owner)
                .ended(Outcome.FAILURE, reason)
                .with("upstream", upstream);
    }

    AuditEvent linkMade(SetupLink link, By by) {
        return event(AuditKind.SETUP_LINK_MADE, by)
                .about(link.owner(), link.appPassword())
                .with("for", link.kind().toString())
                .with("ends_at", link.endsAt().toString());
    }

    AuditEvent linkTaken(SetupLink link, By by) {
        return event(AuditKind.SETUP_LINK_TAKEN, by)
                .about(link.owner(), link.appPassword())
                .with("for", link.kind().toString());
    }

    AuditEvent refused(Grant grant, Trouble why, By by) {
        return about(AuditKind.GRANT_FAILED, grant, by)
                .ended(Outcome.FAILURE, "consent_lost")
                .with("code", why.code());
    }

    AuditEvent ending(Grant grant, By by) {
        return about(AuditKind.GRANT_ENDING, grant, by)
                .with("ends_at", grant.expiresAt().map(Instant::toString).orElse(""));
    }

    /** @param upstream empty: at all of them */
    AuditEvent takenBack(LoginName owner, Optional<String> upstream, By by) {
        return event(AuditKind.GRANT_REVOKED, by).about(owner).with("upstream", upstream.orElse("all"));
    }

    private AuditEvent about(AuditKind kind, Grant grant, By by) {
        return event(kind, by)
                .about(grant.owner())
                .with("grant", grant.id().value())
                .with("upstream", grant.upstream());
    }

    AuditEvent cleared(Held held, By by) {
        return switch (held.kind()) {
            case NAME, DISTRIBUTED -> event(AuditKind.LOCK_CLEARED, by).about(new LoginName(held.subject()));
            case SOURCE -> event(AuditKind.SOURCE_ALLOWED, by).with("network", held.subject());
        };
    }

    AuditEvent sessionsEnded(SessionChoice which, By by) {
        AuditEvent event = event(AuditKind.SESSION_ENDED, by);
        return switch (which) {
            case Everybodys everybodys -> event.with("sessions", everybodys.toString());
            case Persons(LoginName name) -> event.about(name);
            case AppPasswords(AppPasswordId id) -> event.with("app_password", id.value());
            case One(SessionId id) -> event.with("session", id.value());
        };
    }

    AuditEvent created(ApiTokenRecord made, By by) {
        return about(AuditKind.ADMIN_TOKEN_CREATED, made, by)
                .with("after", told(made))
                .with("expires_at", made.expiresAt().toString());
    }

    AuditEvent rotated(ApiTokenRecord old, ApiTokenRecord next, By by) {
        return about(AuditKind.ADMIN_TOKEN_ROTATED, old, by)
                .with("next", next.id().value())
                .with("works_until", old.expiresAt().toString())
                .with("expires_at", next.expiresAt().toString());
    }

    AuditEvent revoked(ApiTokenRecord one, By by) {
        return about(AuditKind.ADMIN_TOKEN_REVOKED, one, by);
    }

    AuditEvent leaked(ApiTokenRecord one, By by) {
        return about(AuditKind.ADMIN_TOKEN_LEAKED, one, by);
    }

    /** Not by its name: a person's may be in that, and this event is about nobody who could be erased. */
    private AuditEvent about(AuditKind kind, ApiTokenRecord one, By by) {
        return event(kind, by)
                .with("token", one.id().value())
                .with("role", one.role().toString());
    }

    private static String told(ApiTokenRecord token) {
        String may = token.scopes().map(Rows::joined).orElse("all of the role");
        return token.networks().isEmpty() ? may : may + "; networks " + Rows.joined(token.networks());
    }

    AuditEvent begun(Job job) {
        return about(AuditKind.JOB_BEGUN, job, job.begun()).with("what", told(job.work()));
    }

    AuditEvent ended(Job job, By by) {
        AuditEvent event = about(AuditKind.JOB_ENDED, job, by)
                .with("state", job.state().toString())
                .with("done", String.valueOf(job.done()))
                .with("failed", String.valueOf(job.failed()));
        return job.state() == JobState.FAILED ? event.ended(Outcome.FAILURE, "failed") : event;
    }

    private AuditEvent about(AuditKind kind, Job job, By by) {
        return event(kind, by).with("job", job.id().value()).with("total", String.valueOf(job.total()));
    }

    private static String told(JobWork work) {
        return switch (work) {
            case JobWork.Revocation(List<Criterion> criteria) -> "revocation; " + CriterionRows.told(criteria);
        };
    }

    private AuditEvent about(AuditKind kind, AppPassword one, By by) {
        return event(kind, by).about(one.owner(), one.id()).with("name", one.name());
    }

    private AuditEvent event(AuditKind kind, By by) {
        return AuditEvent.of(kind, by.actor(), by.at(), random).from(Origin.ofRequest(by.request()));
    }

    private static String told(Account account) {
        String holder = switch (account.holder()) {
            case Account.Holder.Person(boolean secondStep, Optional<String> group) ->
                "person, second step " + secondStep
                        + group.map(name -> ", group " + name).orElse("");
            case Account.Holder.Device(String ownerGroup) -> "device of " + ownerGroup;
        };
        String role = account.role().map(one -> ", role " + one).orElse("");
        return holder + ", mailbox " + account.mailbox() + role;
    }

    private static String told(Scope scope) {
        List<String> parts = new ArrayList<>();
        parts.add("protocols " + Rows.joined(scope.protocols()));
        if (!scope.networks().isEmpty()) {
            parts.add("networks " + Rows.joined(scope.networks()));
        }
        scope.notBefore().ifPresent(at -> parts.add("not before " + at));
        scope.expiresAt().ifPresent(at -> parts.add("expires " + at));
        scope.sending().messagesPerDay().ifPresent(most -> parts.add("messages a day " + most));
        scope.sending().recipientsPerDay().ifPresent(most -> parts.add("recipients a day " + most));
        if (!scope.sending().senders().isEmpty()) {
            parts.add("senders " + Rows.joined(scope.sending().senders()));
        }
        parts.add("device pin " + scope.pin().mode());
        scope.pin().device().ifPresent(device -> parts.add("device " + device));
        return String.join("; ", parts);
    }
}
