package org.milena.listexpander.bounce;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.token.VerpTags;
import org.milena.listexpander.ledger.Ledger;

/** Finds out whom a tag means. It holds a pseudonym, so that costs an HMAC for each guess. */
final class TagOwners {

  /**
   * The address on the list that a genuine tag means.
   *
   * @param named addresses that stand in the report: most often it is one of them, which spares the
   *     walk over all members
   */
  static Optional<MailAddress> find(
      Ledger ledger,
      MailingList list,
      VerpTags tags,
      VerpTags.Tag tag,
      Collection<MailAddress> named) {
    for (MailAddress address : named) {
      if (tags.means(tag, list.id(), address)) {
        return Optional.of(address);
      }
    }
    AtomicReference<Optional<MailAddress>> found = new AtomicReference<>(Optional.empty());
    ledger.eachMember(
        list.id(),
        member -> {
          if (found.get().isEmpty() && tags.means(tag, list.id(), member.address())) {
            found.set(Optional.of(member.address()));
          }
        });
    return found.get();
  }

  private TagOwners() {}
}
