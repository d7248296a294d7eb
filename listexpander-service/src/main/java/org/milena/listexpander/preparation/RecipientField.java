package org.milena.listexpander.preparation;

import java.util.List;
import org.milena.common.directory.MailingList;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.RawMessage;

/** Makes room for a {@code To} that each recipient's copy gets on its way. */
public final class RecipientField {

  /**
   * The copy without {@code To}. Whom that named stands in {@code Cc}, and so does the list, so
   * that an answer to all reaches the same people as before.
   */
  public static RawMessage leftOpen(RawMessage copy, MailingList list) {
    HeaderBlock header = HeaderBlock.of(copy);
    HeaderEditor editor = HeaderEditor.of(copy);
    List<HeaderMailbox> answered =
        AddressField.merged(
            AddressField.read(header, "To"),
            AddressField.read(header, "Cc"),
            List.of(new HeaderMailbox("", list.address())));
    AddressField.putOnTop(editor, "Cc", answered);
    return editor.remove("To").toMessage();
  }

  private RecipientField() {}
}
