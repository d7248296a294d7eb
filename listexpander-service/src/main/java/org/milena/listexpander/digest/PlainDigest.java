package org.milena.listexpander.digest;

import java.util.List;
import org.milena.common.directory.MailingList;

/** A digest in one text (RFC 1153). */
final class PlainDigest {
  private static final String BEHIND_PREAMBLE = "-".repeat(70);
  private static final String BETWEEN = "-".repeat(30);

  /** The text, in lines that end in LF. */
  static String write(MailingList list, String title, List<ReadyPost> posts, DigestTexts texts) {
    StringBuilder out = new StringBuilder();
    out.append(PostSection.escapeAll(texts.masthead(list))).append('\n');
    String header = texts.header(list);
    if (!header.isBlank()) {
      out.append(PostSection.escapeAll(header)).append('\n');
    }
    out.append(topics(posts)).append('\n').append(BEHIND_PREAMBLE).append("\n\n");
    int number = 0;
    for (ReadyPost post : posts) {
      out.append("Message: ").append(++number).append('\n').append(post.section());
      out.append('\n').append(BETWEEN).append("\n\n");
    }
    String footer = texts.footer(list);
    if (!footer.isBlank()) {
      out.append("Subject: Digest Footer\n\n").append(PostSection.escapeAll(footer));
      out.append('\n').append(BETWEEN).append("\n\n");
    }
    String end = "End of " + title;
    return out.append(end).append('\n').append("*".repeat(end.length())).append('\n').toString();
  }

  /** The table of contents. */
  static String topics(List<ReadyPost> posts) {
    StringBuilder out = new StringBuilder("Today's Topics:\n\n");
    int number = 0;
    for (ReadyPost post : posts) {
      out.append("%4d. %s\n".formatted(++number, post.topic()));
    }
    return out.toString();
  }

  private PlainDigest() {}
}
