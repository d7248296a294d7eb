package org.milena.listexpander.moderation;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.directory.Account;
import org.milena.common.directory.Authorship;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.RoleNames;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.posting.Words;
import org.milena.listexpander.sentence.Phrase;

/**
 * Lets the author of a held post through from now on: the entry's action becomes {@link
 * PostAction#DEFER}, so that what speaks against a single post still holds it.
 */
final class TrustedAuthors {

  /**
   * Why the author of a mail is not trusted; empty when that can be done.
   *
   * @param forced whether an address is trusted that is only claimed
   */
  static Optional<Refused> refusal(
      MailingList list, ListMail mail, Optional<Account> submitter, boolean forced) {
    Optional<MailAddress> author = mail.facts().onlyAuthor();
    if (author.isEmpty()) {
      return Optional.of(new Refused("no-author", Phrase.TRUSTED_NO_AUTHOR.say()));
    }
    MailAddress address = author.get();
    if (RoleNames.belongsTo(list.address(), address)) {
      return Optional.of(new Refused("loop", Phrase.TRUSTED_LIST_ITSELF.say(address)));
    }
    Authorship authorship = mail.authorship(submitter);
    return authorship instanceof Authorship.Proven || forced
        ? Optional.empty()
        : Optional.of(
            new Refused(
                "author-unproven", Phrase.TRUSTED_UNPROVEN.say(address, Words.of(authorship))));
  }

  /** Trusts the author of a mail. */
  static void trust(Ledger ledger, MailingList list, ListMail mail, Instant now) {
    MailAddress address = mail.facts().onlyAuthor().orElseThrow();
    ledger.put(
        ledger
            .member(list.id(), address)
            .map(TrustedAuthors::trusted)
            .orElseGet(() ->
                new Member(
                    list.id(), address, "", Set.of(MemberRole.NONMEMBER), PostAction.DEFER, now)));
  }

  private static Member trusted(Member member) {
    return member.withAction(PostAction.DEFER).with(member.options().withProbation(0));
  }

  private TrustedAuthors() {}
}
