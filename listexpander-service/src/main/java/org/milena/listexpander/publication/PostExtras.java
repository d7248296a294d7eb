package org.milena.listexpander.publication;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.content.LinkedAttachment;
import org.milena.listexpander.preparation.content.TextsAround;

/** What other rooms add to a post: who is meant by patterns, texts around it, digests. */
public interface PostExtras {

  /** Nothing but authors named by their addresses. */
  PostExtras NONE = new PostExtras() {};

  /** Who is meant by these patterns of addresses. */
  default Predicate<MailAddress> matching(Ledger ledger, MailingList list, List<String> patterns) {
    return address -> patterns.stream().anyMatch(address.toString()::equalsIgnoreCase);
  }

  /** The list's texts around a post, rendered. */
  default TextsAround texts(Ledger ledger, MailingList list, PostValues values) {
    return TextsAround.NONE;
  }

  /**
   * What stands in a copy in the place of an attachment.
   *
   * @param url where the archive has it
   * @return lines that end in {@code \n}
   */
  default String attachment(
      Ledger ledger, MailingList list, LinkedAttachment attachment, String url) {
    return attachment.name() + "\n" + url + "\n";
  }

  /**
   * A post stands in the transaction, for everybody who gets each one.
   *
   * @param digestForm as digests show it, before anything was done for DMARC
   */
  default void posted(
      Ledger ledger, MailingList list, ListMail mail, RawMessage digestForm, Instant now) {
    // who keeps no digests has nothing to do
  }
}
