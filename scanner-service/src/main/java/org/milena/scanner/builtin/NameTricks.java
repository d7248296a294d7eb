package org.milena.scanner.builtin;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that are written so that people read another type than the one that opens. */
final class NameTricks {

  /** Windows takes a class id for an extension, and does not show it. */
  private static final Pattern CLASS_ID =
      Pattern.compile(
          "\\.\\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}}$", Pattern.CASE_INSENSITIVE);

  /** Documents whose extension stands before that of a program. */
  private static final Set<String> BAIT =
      Set.of(
          "doc", "docx", "gif", "jpeg", "jpg", "pdf", "png", "ppt", "pptx", "rtf", "txt", "xls",
          "xlsx");

  /** More blanks than this push what follows out of sight. */
  private static final int MANY_BLANKS = 10;

  private NameTricks() {}

  /**
   * The trick in a name.
   *
   * @param programs extensions that open as programs, lower case
   */
  static Optional<String> in(String name, Set<String> programs) {
    if (name.indexOf('\u202e') >= 0 || name.indexOf('\u202d') >= 0) {
      return Optional.of("name that turns the direction of reading");
    }
    if (name.endsWith("}") && CLASS_ID.matcher(name).find()) {
      return Optional.of("name that ends in a class id");
    }
    for (String extension : AttachmentNames.extensions(name)) {
      if (programs.contains(extension)) {
        if (hasBait(name, extension)) {
          return Optional.of("name with two extensions");
        }
        if (hasGap(name)) {
          return Optional.of("name whose extension stands out of sight");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasBait(String name, String extension) {
    int last = name.toLowerCase(Locale.ROOT).lastIndexOf("." + extension);
    int before = last < 0 ? -1 : name.lastIndexOf('.', last - 1);
    return before > 0
        && BAIT.contains(name.substring(before + 1, last).strip().toLowerCase(Locale.ROOT));
  }

  private static boolean hasGap(String name) {
    int run = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      run = Character.isSpaceChar(c) || Character.isWhitespace(c) ? run + 1 : 0;
      if (run >= MANY_BLANKS) {
        return true;
      }
    }
    return false;
  }
}
