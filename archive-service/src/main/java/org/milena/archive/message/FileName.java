package org.milena.archive.message;

import java.util.Locale;

/** Names for attachments that no shell, header or file system can misunderstand. */
public final class FileName {
  private static final int MAX = 180;

  /** The last component of what a message claims, or a name made from type and place. */
  public static String of(String claimed, String type, String part) {
    String line = CleanText.line(claimed, 4 * MAX);
    String last = line.substring(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < last.length() && name.length() < MAX; i++) {
      char c = last.charAt(i);
      name.append("<>:\"|?*\0".indexOf(c) >= 0 ? '_' : c);
    }
    while (!name.isEmpty() && ". ".indexOf(name.charAt(0)) >= 0) {
      name.deleteCharAt(0);
    }
    while (!name.isEmpty() && ". ".indexOf(name.charAt(name.length() - 1)) >= 0) {
      name.setLength(name.length() - 1);
    }
    if (!name.isEmpty() && Character.isHighSurrogate(name.charAt(name.length() - 1))) {
      name.setLength(name.length() - 1);
    }
    return name.isEmpty() ? "part-" + part + suffix(type) : name.toString();
  }

  private static String suffix(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "text/plain" -> ".txt";
      case "text/html" -> ".html";
      case "text/calendar" -> ".ics";
      case "text/x-patch", "text/x-diff" -> ".patch";
      case "image/png" -> ".png";
      case "image/jpeg" -> ".jpg";
      case "image/gif" -> ".gif";
      case "application/pdf" -> ".pdf";
      case "application/pgp-signature" -> ".asc";
      case "application/pkcs7-signature", "application/x-pkcs7-signature" -> ".p7s";
      case "message/rfc822" -> ".eml";
      default -> ".bin";
    };
  }

  private FileName() {}
}
