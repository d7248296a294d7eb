package org.milena.egress.job;

import java.util.List;
import org.milena.common.mail.MailAddress;
import org.milena.egress.outcome.Happening;

/** What happened to some recipients of a consignment in one SMTP transaction, or instead of one. */
public record Report(Consignment from, List<Fate> fates) {

  public Report {
    fates = List.copyOf(fates);
  }

  /** One recipient's part. */
  public record Fate(MailAddress recipient, Happening happening) {}

  /** The same for all of them. */
  public static Report same(Consignment from, List<MailAddress> recipients, Happening happening) {
    return new Report(
        from, recipients.stream().map(recipient -> new Fate(recipient, happening)).toList());
  }
}
