package org.milena.scanner.authentication;

import org.milena.scanner.authentication.dmarc.DmarcChecker;

/** The checks of who sent a mail, over the look-ups they were made with. */
public record Checks(
    SpfCheck spf, DkimCheck dkim, ArcCheck arc, IprevCheck iprev, DmarcChecker dmarc) {}
