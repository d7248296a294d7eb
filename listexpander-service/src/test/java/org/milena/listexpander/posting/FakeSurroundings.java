package org.milena.listexpander.posting;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.Member;
import org.milena.common.event.SeenPost;
import org.milena.common.event.ThreadLock;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns.OtherLists;

/** What a list and its site know, as a test says. */
record FakeSurroundings(
    Function<MailAddress, Optional<Member>> members,
    List<MailDomain> domains,
    List<ThreadLock> locks,
    OtherLists others,
    Optional<SeenPost> otherWithSameId,
    int posted)
    implements Surroundings {

  /** Members, and nothing else. */
  FakeSurroundings(Function<MailAddress, Optional<Member>> members) {
    this(members, List.of(), List.of(), OtherLists.NONE, Optional.empty(), 0);
  }

  @Override
  public Optional<Member> member(MailAddress address) {
    return members.apply(address);
  }

  @Override
  public boolean has(MailAddress list, MailAddress address) {
    return others.has(list, address);
  }

  @Override
  public boolean authorHasPosted(int posts) {
    return posted >= posts;
  }

  @Override
  public boolean threadHasPosts(int posts) {
    return posted >= posts;
  }
}
