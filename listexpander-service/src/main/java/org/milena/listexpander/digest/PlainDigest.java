package org.milena.listexpander.digest;

import java.util.List;

/** A digest in one text (RFC 1153). */
final class PlainDigest {
  private static final String BEHIND_PREAMBLE = "-".repeat(70);
  private static final String BETWEEN = "-".repeat(30);

  /** The text, in lines that end in LF. */
  static String write(DigestTexts.Around around, List<ReadyPost> posts) {
    StringBuilder out = new StringBuilder();
    out.append(PostSection.escapeAll(around.masthead())).append('\n');
    if (!around.header().isBlank()) {
      out.append(PostSection.escapeAll(around.header())).append('\n');
    }
    out.append(PostSection.escapeAll(around.contents())).append('\n');
    out.append(BEHIND_PREAMBLE).append("\n\n");
    int number = 0;
    for (ReadyPost post : posts) {
      out.append("Message: ").append(++number).append('\n').append(post.section());
      out.append('\n').append(BETWEEN).append("\n\n");
    }
    if (!around.footer().isBlank()) {
      out.append("Subject: Digest Footer\n\n").append(PostSection.escapeAll(around.footer()));
      out.append('\n').append(BETWEEN).append("\n\n");
    }
    String end = around.end();
    return out.append(end).append('\n').append("*".repeat(end.length())).append('\n').toString();
  }

  private PlainDigest() {}
}
