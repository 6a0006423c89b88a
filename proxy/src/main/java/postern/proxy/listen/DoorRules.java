package postern.proxy.listen;

import postern.config.BeforeLoginSettings;
import postern.credentials.NameRules;

/** What holds at one door, whatever is spoken there: who is meant by a name, and how much is listened to before a login. */
public record DoorRules(NameRules names, BeforeLoginSettings beforeLogin) {}
