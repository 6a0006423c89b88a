package postern.proxy.listen;

import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;

/** As whom a client sends that needs no password for where it comes from. */
public record LoginByAddress(LoginName account, AppPasswordId appPassword) {}
