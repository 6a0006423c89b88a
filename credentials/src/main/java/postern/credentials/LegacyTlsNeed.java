package postern.credentials;

/**
 * Who has to be asked before an old version of TLS is switched off.
 *
 * @param name of the app password, as its owner calls it
 * @param times how many such logins there were, one a minute at most
 */
public record LegacyTlsNeed(LoginName owner, AppPasswordId appPassword, String name, LegacyTlsUse last, long times) {}
