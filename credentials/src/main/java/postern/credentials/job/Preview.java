package postern.credentials.job;

/**
 * What a filter would find now. Nothing is changed by looking.
 *
 * @param owners of these app passwords
 */
public record Preview(int appPasswords, int owners) {}
