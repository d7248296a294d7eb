package org.milena.scanner.rspamd;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailMeta;
import org.milena.scanner.scan.Specimen;

/**
 * A message and how it came, as a request to {@code /checkv2}. Never with {@code File} or {@code
 * Shm}, which would make rspamd read something else.
 */
final class CheckRequest {

  /** rspamd looks at no more by default ({@code max_recipients}). */
  private static final int MAX_RECIPIENTS = 1024;

  private static final int LONGEST = 1000;

  private CheckRequest() {}

  static HttpRequest.Builder of(RspamdAddress address, Specimen specimen) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.command("checkv2"))
            .POST(BodyPublishers.ofByteArray(specimen.message().unsafeBytes()))
            // all rules, also when one alone decides: what it skips is not seen
            .header("Pass", "all");
    MailMeta meta = specimen.meta();
    if (meta != null) {
      ClientFacts client = meta.client();
      add(request, "Queue-Id", meta.mailId().toString());
      add(request, "From", meta.reversePath().wire());
      meta.recipients().stream()
          .limit(MAX_RECIPIENTS)
          .forEach(recipient -> add(request, "Rcpt", recipient.forwardPath().wire()));
      add(request, "Ip", client.address());
      add(request, "Helo", client.helo());
      String account = client.account();
      add(request, "User", account == null ? "" : account);
    }
    return request;
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
