package org.milena.egress.session;

import java.util.List;
import java.util.Locale;
import org.milena.common.status.SmtpReply;

/**
 * What a host offers (RFC 5321 section 4.1.1.1).
 *
 * @param sizeLimit octets it takes at most (RFC 1870); 0 when it does not say
 * @param maxRecipients of a transaction (RFC 9422); 0 when it does not say
 * @param maxTransactions of a session (RFC 9422); 0 when it does not say
 */
public record Capabilities(
    boolean pipelining,
    boolean startTls,
    boolean eightBitMime,
    boolean smtpUtf8,
    boolean size,
    long sizeLimit,
    int maxRecipients,
    int maxTransactions) {

  /** What a host offers that knows HELO only. */
  static final Capabilities NONE = new Capabilities(false, false, false, false, false, 0, 0, 0);

  /** Out of the reply to EHLO. */
  static Capabilities of(SmtpReply reply) {
    Capabilities all = NONE;
    List<String> lines = reply.lines();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      all = all.with(line.strip().toUpperCase(Locale.ROOT));
    }
    return all;
  }

  private Capabilities with(String line) {
    String[] words = line.split(" +");
    return switch (words[0]) {
      case "PIPELINING" -> set(true, startTls, eightBitMime, smtpUtf8);
      case "STARTTLS" -> set(pipelining, true, eightBitMime, smtpUtf8);
      case "8BITMIME" -> set(pipelining, startTls, true, smtpUtf8);
      case "SMTPUTF8" -> set(pipelining, startTls, eightBitMime, true);
      case "SIZE" -> limits(true, words.length > 1 ? number(words[1]) : 0, 0, 0);
      case "LIMITS" -> {
        Capabilities all = this;
        for (String word : words) {
          if (word.startsWith("RCPTMAX=")) {
            all = all.limits(size, sizeLimit, number(word.substring(8)), all.maxTransactions);
          } else if (word.startsWith("MAILMAX=")) {
            all = all.limits(size, sizeLimit, all.maxRecipients, number(word.substring(8)));
          }
        }
        yield all;
      }
      default -> this;
    };
  }

  private Capabilities set(boolean pipes, boolean tls, boolean eight, boolean utf8) {
    return new Capabilities(
        pipes, tls, eight, utf8, size, sizeLimit, maxRecipients, maxTransactions);
  }

  private Capabilities limits(boolean sized, long limit, long recipients, long transactions) {
    return new Capabilities(
        pipelining,
        startTls,
        eightBitMime,
        smtpUtf8,
        sized,
        limit,
        (int) Math.min(recipients == 0 ? maxRecipients : recipients, Integer.MAX_VALUE),
        (int) Math.min(transactions == 0 ? maxTransactions : transactions, Integer.MAX_VALUE));
  }

  /** Up to 18 digits; 0 when it is no number, which says nothing. */
  private static long number(String digits) {
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
  }
}
