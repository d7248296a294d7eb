package org.milena.listexpander.posting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.event.SeenPost;
import org.milena.common.event.ThreadLock;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;

/**
 * What the ledger knows that bears on a post.
 *
 * @param now when the post is decided about
 */
public record LedgerSurroundings(Ledger ledger, MailingList list, ListMail mail, Instant now)
    implements Surroundings {

  @Override
  public Optional<Member> member(MailAddress address) {
    return ledger.member(list.id(), address);
  }

  @Override
  public List<MailDomain> domains() {
    return Stream.of(MailDomain.SITE, list.address().domain())
        .flatMap(name -> ledger.domain(name).stream())
        .toList();
  }

  @Override
  public boolean has(MailAddress other, MailAddress address) {
    return ledger
        .listAt(other)
        .flatMap(found -> ledger.member(found.id(), address))
        .map(SenderRules::mayPost)
        .orElse(false);
  }

  @Override
  public List<ThreadLock> locks() {
    return ledger.threads().locks(list.id()).stream()
        .filter(lock -> !ThreadLocks.isOver(lock, now))
        .toList();
  }

  @Override
  public Optional<SeenPost> otherWithSameId() {
    return SeenPosts.sameId(ledger, list.id(), mail, now)
        .filter(seen -> !seen.mailId().equals(mail.id()));
  }

  @Override
  public boolean authorHasPosted(int posts) {
    return PostRates.authorHasPosted(ledger, list, mail, posts, now);
  }

  @Override
  public boolean threadHasPosts(int posts) {
    return PostRates.threadHasPosts(ledger, list, mail, posts, now);
  }
}
