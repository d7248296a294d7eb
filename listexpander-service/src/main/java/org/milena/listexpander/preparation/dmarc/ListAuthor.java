package org.milena.listexpander.preparation.dmarc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.milena.common.directory.MailingList;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderField;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.OneLine;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ReplyTo;
import org.milena.listexpander.preparation.AddressField;
import org.milena.listexpander.preparation.content.MessageBody;

/** Copies whose author, for receivers, is the list. */
public final class ListAuthor {

  /** What the outer message says of the inner one. */
  private static final Set<String> OUTER =
      Set.of(
          "archived-at",
          "date",
          "in-reply-to",
          "precedence",
          "references",
          "subject",
          "to",
          "cc",
          "reply-to",
          "from",
          "x-beenthere",
          "auto-submitted");

  private static final int MAX_NAME = 100;

  /** The copy in the list's name: {@code "Ann via Users" <users@lists.example.org>}. */
  public static RawMessage munged(RawMessage copy, MailingList list) {
    HeaderEditor editor = HeaderEditor.of(copy);
    rename(editor, HeaderBlock.of(copy), list);
    return editor.toMessage();
  }

  /**
   * A message of the list with the copy in it, octet for octet.
   *
   * @param id of the mail, which makes a name for the new message
   */
  public static RawMessage wrapped(RawMessage copy, MailingList list, MailId id) {
    HeaderBlock header = HeaderBlock.of(copy);
    HeaderEditor editor = HeaderEditor.of(copy).removeIf(field -> !staysOutside(field));
    rename(editor, header, list);
    editor.replaceRaw("Message-ID", new MessageId(id + ".w@" + list.id().value()).toString());
    editor.append("MIME-Version", "1.0");
    editor.append("Content-Type", "message/rfc822");
    editor.append("Content-Disposition", "inline");
    editor.append("Content-Transfer-Encoding", isSevenBit(copy) ? "7bit" : "8bit");
    ByteArrayOutputStream inner = new ByteArrayOutputStream(copy.size() + 2);
    inner.writeBytes(copy.unsafeBytes());
    if (copy.size() == header.bodyOffset() && !endsInLine(copy)) {
      inner.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return MessageBody.of(editor.toMessage(), inner.toByteArray());
  }

  private static boolean staysOutside(HeaderField field) {
    String name = field.name().toLowerCase(Locale.ROOT);
    return OUTER.contains(name) || name.startsWith("list-") || name.startsWith("x-mailman-");
  }

  private static void rename(HeaderEditor editor, HeaderBlock header, MailingList list) {
    List<HeaderMailbox> authors = AddressField.read(header, "From");
    AddressField.write(
        editor, "From", List.of(new HeaderMailbox(name(authors, list), list.address())));
    AddressField.write(editor, "X-Original-From", authors);
    // Mailman: where answers go to the author they still do, else he is among the recipients
    String where = list.settings().copies().replyTo() == ReplyTo.AUTHOR ? "Reply-To" : "Cc";
    List<HeaderMailbox> before = AddressField.read(header, where);
    List<HeaderMailbox> merged = AddressField.merged(before, authors);
    if (!merged.equals(before)) {
      AddressField.write(editor, where, merged);
    }
  }

  /** What is behind an @ is left out: some programs show a name with one as the address. */
  private static String name(List<HeaderMailbox> authors, MailingList list) {
    String through = list.displayName().isBlank() ? list.address().localPart() : list.displayName();
    if (authors.isEmpty()) {
      return OneLine.of(through, MAX_NAME);
    }
    HeaderMailbox first = authors.getFirst();
    String shown =
        first.displayName().isBlank() ? first.address().localPart() : first.displayName();
    String masked = shown.replaceAll("\\s*[@\uFF20]\\S*", "").strip();
    return OneLine.of(
        (masked.isEmpty()
                ? ""
                : OneLine.of(masked, MAX_NAME / 2)
                    + (authors.size() > 1 ? " and others via " : " via "))
            + OneLine.of(through, MAX_NAME / 2),
        MAX_NAME + 20);
  }

  private static boolean isSevenBit(RawMessage message) {
    for (byte octet : message.unsafeBytes()) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsInLine(RawMessage message) {
    return message.size() > 0 && message.unsafeBytes()[message.size() - 1] == '\n';
  }

  private ListAuthor() {}
}
