package org.milena.listexpander.preparation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.OneLine;

/** An address field of ours (RFC 5322 section 3.6.2 and 3.6.3), folded between its mailboxes. */
public final class AddressField {
  private static final int MAX_COLUMN = 76;
  private static final int MAX_NAME = 120;

  /** All mailboxes that fields of this name hold. */
  public static List<HeaderMailbox> read(HeaderBlock header, String name) {
    List<HeaderMailbox> found = new ArrayList<>();
    for (HeaderField field : header.all(name)) {
      found.addAll(AddressListParser.parse(field.value()));
    }
    return found;
  }

  /** Several lists as one, in which no address stands twice. */
  @SafeVarargs
  public static List<HeaderMailbox> merged(List<HeaderMailbox>... lists) {
    Map<String, HeaderMailbox> merged = new LinkedHashMap<>();
    for (List<HeaderMailbox> list : lists) {
      list.forEach(mailbox -> merged.putIfAbsent(mailbox.address().key(), mailbox));
    }
    return List.copyOf(merged.values());
  }

  /** Makes this the one field of its name; without mailboxes there is none. */
  public static void write(HeaderEditor editor, String name, List<HeaderMailbox> mailboxes) {
    if (mailboxes.isEmpty()) {
      editor.remove(name);
      return;
    }
    editor.replaceRaw(name, folded(name, mailboxes));
  }

  /** Makes this the one field of its name, above all others, so that a lap more leaves it there. */
  static void putOnTop(HeaderEditor editor, String name, List<HeaderMailbox> mailboxes) {
    editor.remove(name).prependRaw(name, folded(name, mailboxes));
  }

  private static String folded(String name, List<HeaderMailbox> mailboxes) {
    StringBuilder value = new StringBuilder();
    int column = name.length() + 2;
    for (HeaderMailbox mailbox : mailboxes) {
      String text =
          new HeaderMailbox(OneLine.of(mailbox.displayName(), MAX_NAME), mailbox.address())
              .toString()
              .replace("?= =?", "?=\r\n =?");
      if (!value.isEmpty()) {
        boolean fold = column + text.length() > MAX_COLUMN;
        value.append(fold ? ",\r\n " : ", ");
        column = fold ? 1 : column + 2;
      }
      value.append(text);
      column += text.length();
    }
    return value.toString();
  }

  private AddressField() {}
}
