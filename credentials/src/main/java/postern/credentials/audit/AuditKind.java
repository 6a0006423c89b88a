package postern.credentials.audit;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can happen. The dotted names are a promise to whoever reads the trail: one may be added, none
 * changes its meaning.
 */
public enum AuditKind {
    APP_PASSWORD_CREATED("app_password.created", "authn_token_created"),
    APP_PASSWORD_RENAMED("app_password.renamed"),
    APP_PASSWORD_SCOPE_CHANGED("app_password.scope_changed", "authz_change"),
    APP_PASSWORD_SUSPENDED("app_password.suspended"),
    APP_PASSWORD_RESUMED("app_password.resumed"),
    APP_PASSWORD_REVOKED("app_password.revoked", "authn_token_revoked"),
    APP_PASSWORD_REVOKED_ALL("app_password.revoked_all", "authn_token_revoked"),
    APP_PASSWORD_EXPIRED("app_password.expired"),
    APP_PASSWORD_LIMIT_REACHED("app_password.limit_reached"),
    APP_PASSWORD_FIRST_USED("app_password.first_used"),
    APP_PASSWORD_USED_NEW_SOURCE("app_password.used_new_source"),
    APP_PASSWORD_STALE_USE("app_password.stale_use", "authn_token_reuse"),
    APP_PASSWORD_PIN_MISMATCH("app_password.pin_mismatch", "authz_fail"),
    APP_PASSWORD_REHASH("app_password.rehash"),

    /** A link to a profile with the app password in it: who has the link has both. */
    SETUP_LINK_MADE("setup_link.made", "sensitive_create"),
    SETUP_LINK_TAKEN("setup_link.taken", "sensitive_read"),

    LOGIN_SUCCESS("login.success", "authn_login_success"),
    LOGIN_FAILED("login.failed", "authn_login_fail"),
    LOGIN_HELD("login.held", "authn_login_fail"),
    /** Asked, with their own app password, for somebody else's mailbox. */
    LOGIN_OTHER_USER("login.other_user", "authz_fail"),
    LOGIN_SHAPE_REJECTED("login.shape_rejected", "authn_login_fail"),
    /** Nobody was refused: we could not say. */
    LOGIN_OVERLOAD("login.overload"),

    LOCK_SET("lock.set", "authn_login_lock"),
    LOCK_CLEARED("lock.cleared"),
    SOURCE_BLOCKED("source.blocked"),
    SOURCE_ALLOWED("source.allowed"),
    POLICY_CHANGED("policy.changed", "authz_admin"),

    USER_CREATED("user.created", "user_created"),
    USER_CHANGED("user.changed", "user_updated"),
    USER_DISABLED("user.disabled", "user_archived"),
    USER_ENABLED("user.enabled", "user_updated"),
    USER_ERASED("user.erased", "user_deleted"),
    SESSION_ENDED("session.ended"),

    IMPORT_DONE("import.done", "sensitive_create"),
    EXPORT_DONE("export.done", "sensitive_read"),
    /** Long work, whose every change is an event of its own. */
    JOB_BEGUN("job.begun", "authz_admin"),
    JOB_ENDED("job.ended"),
    KEY_ROTATED("key.rotated"),
    KEY_RETIRED("key.retired"),
    GRANT_CONSENT_BEGUN("grant.consent_begun"),
    GRANT_CONSENT_REFUSED("grant.consent_refused"),
    GRANT_CREATED("grant.created", "sensitive_create"),
    GRANT_REVOKED("grant.revoked", "sensitive_delete"),
    GRANT_FAILED("grant.failed"),
    /** It will, if nobody uses it. */
    GRANT_ENDING("grant.ending"),
    CONFIG_RELOADED("config.reloaded"),

    ADMIN_TOKEN_CREATED("admin.token_created", "authn_token_created"),
    ADMIN_TOKEN_ROTATED("admin.token_rotated", "authn_token_created"),
    ADMIN_TOKEN_REVOKED("admin.token_revoked", "authn_token_revoked"),
    /** Somebody found it where it should not be: revoked, too. */
    ADMIN_TOKEN_LEAKED("admin.token_leaked", "authn_token_revoked"),

    /** The oldest entries were deleted, being no longer kept. */
    AUDIT_PRUNED("audit.pruned"),
    /** Addresses are no longer kept of what happened before. */
    AUDIT_ADDRESSES_REMOVED("audit.addresses_removed"),
    /** So many events found no place while the store was away. */
    AUDIT_DROPPED("audit.dropped");

    private static final Map<String, AuditKind> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(AuditKind::toString, Function.identity()));

    private final String dotted;
    private final Optional<String> owasp;

    AuditKind(String dotted) {
        this.dotted = dotted;
        this.owasp = Optional.empty();
    }

    AuditKind(String dotted, String owasp) {
        this.dotted = dotted;
        this.owasp = Optional.of(owasp);
    }

    /** Empty for a kind that only newer versions know. */
    public static Optional<AuditKind> named(String dotted) {
        return Optional.ofNullable(BY_NAME.get(dotted));
    }

    /** What OWASP's logging vocabulary calls it, where it has a word. */
    public Optional<String> owasp() {
        return owasp;
    }

    @Override
    public String toString() {
        return dotted;
    }
}
