package postern.credentials;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one may be allowed to do, as {@code resource:verb}: each way into the API asks for one of these. */
public enum Permission {
    USERS_READ,
    USERS_WRITE,
    USERS_ERASE,
    USERS_EXPORT,
    /** Who administers. */
    ROLES_WRITE,

    APP_PASSWORDS_READ,
    APP_PASSWORDS_ISSUE,
    APP_PASSWORDS_WRITE,
    APP_PASSWORDS_REVOKE,

    POLICY_READ,
    POLICY_WRITE,

    SESSIONS_READ,
    SESSIONS_END,

    /** With the sources that are familiar. */
    HOLDS_READ,
    HOLDS_CLEAR,

    /** What the operator allows and denies. */
    ENTRIES_READ,
    ENTRIES_WRITE,

    REPORTS_READ,

    UPSTREAMS_READ,
    UPSTREAMS_TEST,

    GRANTS_READ,
    GRANTS_RENEW,
    GRANTS_REVOKE,

    AUDIT_READ,
    AUDIT_EXPORT,

    TOKENS_READ,
    TOKENS_WRITE,

    /** Which there are; the keys themselves are never told. */
    KEYS_READ,
    KEYS_WRITE,

    IMPORTS_WRITE,
    /** Of hashes. */
    EXPORTS_WRITE,

    JOBS_READ,
    JOBS_WRITE,

    SYSTEM_READ,
    SYSTEM_OPERATE;

    private static final Map<String, Permission> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Permission::toString, Function.identity()));

    public static Optional<Permission> named(String text) {
        return Optional.ofNullable(BY_NAME.get(text));
    }

    /** For example {@code app_passwords:revoke}. */
    @Override
    public String toString() {
        String name = name().toLowerCase(Locale.ROOT);
        int verb = name.lastIndexOf('_');
        return name.substring(0, verb) + ":" + name.substring(verb + 1);
    }
}
