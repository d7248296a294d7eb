package org.milena.scanner.rspamd;

import java.net.http.HttpRequest;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RoutedRecipient;
import org.milena.scanner.scan.Specimen;

/**
 * A message and how it came, as a request to {@code /checkv2}. Never with {@code File} or {@code
 * Shm}, which would make rspamd read something else.
 */
final class CheckRequest {

  /**
   * Of all recipients together: rspamd hangs up on a head of more than 80 KiB. Rules look at how
   * many there are, and some hundreds are as telling as all.
   */
  private static final int MAX_RECIPIENT_OCTETS = 48 * 1024;

  private static final int LONGEST = 1000;

  private CheckRequest() {}

  static HttpRequest.Builder of(RspamdAddress address, Specimen specimen) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.command("checkv2"))
            .POST(new MailBody(specimen.message()))
            // all rules, also when one alone decides: what it skips is not seen
            .header("Pass", "all");
    MailMeta meta = specimen.meta();
    if (meta != null) {
      ClientFacts client = meta.client();
      add(request, "Queue-Id", meta.mailId().toString());
      add(request, "From", meta.reversePath().wire());
      addRecipients(request, meta);
      add(request, "Ip", client.address());
      add(request, "Helo", client.helo());
      String account = client.account();
      add(request, "User", account == null ? "" : account);
    }
    return request;
  }

  private static void addRecipients(HttpRequest.Builder request, MailMeta meta) {
    int octets = 0;
    for (RoutedRecipient recipient : meta.recipients()) {
      String path = recipient.forwardPath().wire();
      octets += "Rcpt: \r\n".length() + path.length();
      if (octets > MAX_RECIPIENT_OCTETS) {
        return;
      }
      add(request, "Rcpt", path);
    }
  }

  /** A header field takes no line end, and HTTP clients disagree on what is not ASCII. */
  static String safe(String text) {
    var safe = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> safe.append(c >= ' ' && c < 0x7F ? (char) c : '?'));
    return safe.toString().strip();
  }

  private static void add(HttpRequest.Builder request, String name, String value) {
    String safe = safe(value);
    if (!safe.isEmpty()) {
      request.header(name, safe);
    }
  }
}
