package org.milena.archive.message;

/**
 * Text with {@code format=flowed} (RFC 3676 section 4): its paragraphs on one line each, quotes
 * with their depth. One pass.
 */
final class FlowedText {

  /**
   * @param text lines ending in LF
   * @param delSp whether the space at the end of a flowed line is no part of the text ({@code
   *     DelSp=yes})
   */
  static String of(String text, boolean delSp) {
    StringBuilder out = new StringBuilder(text.length());
    int flowing = -1; // the depth of the paragraph that goes on
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end);
      at = end < 0 ? text.length() : end + 1;
      int depth = 0;
      while (depth < line.length() && line.charAt(depth) == '>') {
        depth++;
      }
      // a space that was put in front of a line, so that nobody takes it for something else
      boolean stuffed = depth < line.length() && line.charAt(depth) == ' ';
      String content = line.substring(stuffed ? depth + 1 : depth);
      boolean signature = content.equals("-- ");
      if (flowing >= 0 && (flowing != depth || signature)) {
        out.append('\n');
        flowing = -1;
      }
      if (flowing < 0) {
        out.repeat('>', depth).append(depth > 0 && !content.isEmpty() ? " " : "");
      }
      boolean flows = content.endsWith(" ") && !signature && end >= 0;
      out.append(content, 0, flows && delSp ? content.length() - 1 : content.length());
      flowing = flows ? depth : -1;
      if (!flows && end >= 0) {
        out.append('\n');
      }
    }
    return out.toString();
  }

  private FlowedText() {}
}
