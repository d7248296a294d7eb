package org.milena.listexpander.preparation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.CopySettings;

/** Where answers go (RFC 5322 section 3.6.2), as a list wants it. */
final class ReplyToField {
  private static final String NAME = "Reply-To";

  static void apply(HeaderEditor editor, HeaderBlock header, MailingList list) {
    CopySettings copies = list.settings().copies();
    List<HeaderMailbox> before = AddressField.read(header, NAME);
    // where the list is the author, what stands there is all that tells of a person
    boolean ours =
        AddressField.read(header, "From").stream()
            .anyMatch(from -> from.address().key().equals(list.address().key()));
    boolean stripped = copies.stripReplyTo() && !ours;
    List<HeaderMailbox> own = stripped ? List.of() : before;
    List<HeaderMailbox> wanted =
        switch (copies.replyTo()) {
          case AUTHOR -> own;
          case LIST -> AddressField.merged(bare(list.address()), own);
          case ADDRESS -> AddressField.merged(bare(copies.replyToAddress()), own);
          case ADDRESS_ONLY ->
              copies.replyToAddress() == null ? own : bare(copies.replyToAddress());
        };
    if (!wanted.equals(before) || header.all(NAME).size() > 1) {
      AddressField.write(editor, NAME, wanted);
    }
  }

  private static List<HeaderMailbox> bare(@Nullable MailAddress address) {
    return address == null ? List.of() : List.of(new HeaderMailbox("", address));
  }

  private ReplyToField() {}
}
