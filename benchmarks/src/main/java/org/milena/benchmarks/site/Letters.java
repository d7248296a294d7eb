package org.milena.benchmarks.site;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Posts that differ from one another in a word that occurs nowhere else. */
final class Letters {
  private final AtomicLong count = new AtomicLong(System.nanoTime());

  /**
   * A post.
   *
   * @param word in its subject alone
   * @param text the whole message
   */
  record Letter(String word, String text) {}

  /** The next one, with about so many octets. */
  Letter next(String from, String to, int octets) {
    String word = "w" + Long.toString(count.incrementAndGet(), 36).toLowerCase(Locale.ROOT);
    StringBuilder text = new StringBuilder(octets + 400);
    text.append("From: ").append(from).append("\r\n");
    text.append("To: ").append(to).append("\r\n");
    text.append("Subject: measured ").append(word).append("\r\n");
    text.append("Date: Sat, 21 Nov 2026 10:00:00 +0000\r\n");
    text.append("Message-ID: <").append(word).append("@benchmark.example.net>\r\n\r\n");
    while (text.length() < octets) {
      text.append(
          "Some letters reached Milena on the day they were written, others never did.\r\n");
    }
    return new Letter(word, text.toString());
  }
}
