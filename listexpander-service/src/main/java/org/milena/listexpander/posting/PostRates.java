package org.milena.listexpander.posting;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.milena.common.directory.MailingList;
import org.milena.common.header.HeaderBlock;
import org.milena.common.settings.PostingSettings;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.limit.Limits;

/** How many posts of an author, and of a thread, a list accepted within an hour of the clock. */
public final class PostRates {

  /** Counts an accepted post, where the list has a limit. */
  public static void count(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    PostingSettings posting = list.settings().posting();
    author(mail).ifPresent(who -> count(ledger, list, mail, who, posting.postsPerHour(), now));
    if (posting.threadPostsPerHour() > 0) {
      thread(mail)
          .ifPresent(which -> count(ledger, list, mail, which, posting.threadPostsPerHour(), now));
    }
  }

  static boolean authorHasPosted(
      Ledger ledger, MailingList list, ListMail mail, int posts, Instant now) {
    return has(ledger, list, author(mail), posts, now);
  }

  static boolean threadHasPosts(
      Ledger ledger, MailingList list, ListMail mail, int posts, Instant now) {
    return has(ledger, list, thread(mail), posts, now);
  }

  private static void count(
      Ledger ledger, MailingList list, ListMail mail, String what, int most, Instant now) {
    if (most > 0) {
      var _ = Limits.take(ledger, list.id(), what, most, ChronoUnit.HOURS, mail.id(), now);
    }
  }

  private static boolean has(
      Ledger ledger, MailingList list, Optional<String> what, int posts, Instant now) {
    return what.map(some -> Limits.used(ledger, list.id(), some, posts, ChronoUnit.HOURS, now))
        .orElse(false);
  }

  private static Optional<String> author(ListMail mail) {
    return mail.facts()
        .onlyAuthor()
        .or(() -> mail.meta().reversePath().mailbox())
        .map(address -> "posts by " + address.key());
  }

  private static Optional<String> thread(ListMail mail) {
    return ThreadMarks.of(HeaderBlock.of(mail.message()), mail.facts().subject())
        .root()
        .map(root -> "posts in " + root);
  }

  private PostRates() {}
}
