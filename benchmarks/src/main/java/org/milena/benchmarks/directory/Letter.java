package org.milena.benchmarks.directory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.ScanReport;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.listexpander.incoming.ListMail;

/** Posts as the scanner hands them on. */
final class Letter {
  private static final String LINE =
      "Some letters reached Milena on the day they were written, others never did.\r\n";

  /** A clean post that differs from all others, with about so many octets. */
  static ListMail to(MailAddress list, MailAddress author, int octets, RandomGenerator random) {
    InstantSource clock = InstantSource.system();
    MailId id = MailId.next(clock, random);
    Instant now = clock.instant();
    StringBuilder text = new StringBuilder(octets + LINE.length());
    text.append("From: ").append(author).append("\r\n");
    text.append("To: ").append(list).append("\r\n");
    text.append("Subject: measured ").append(id).append("\r\n");
    text.append("Date: Sat, 28 Nov 2026 10:00:00 +0000\r\n");
    text.append("Message-ID: <").append(id).append("@benchmark.example.net>\r\n\r\n");
    while (text.length() < octets) {
      text.append(LINE);
    }
    RawMessage message = RawMessage.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
    return ListMail.of(
        new MailMeta(
            id,
            now,
            new ReversePath.Mailbox(author),
            List.of(
                new RoutedRecipient(
                    new ForwardPath.Mailbox(list), new Route.ListPost(ListId.forAddress(list)))),
            new MailMeta.BodyFacts(false, false),
            new ClientFacts("192.0.2.1", "client.example", "ESMTP", null, null),
            message.sha256(),
            new ScanReport(
                ScanReport.Verdict.CLEAN,
                List.of(),
                AuthenticationReport.NOT_CHECKED,
                now,
                null,
                null,
                null)),
        message);
  }

  private Letter() {}
}
