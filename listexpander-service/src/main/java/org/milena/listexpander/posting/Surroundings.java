package org.milena.listexpander.posting;

import java.util.List;
import java.util.Optional;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.Member;
import org.milena.common.event.SeenPost;
import org.milena.common.event.ThreadLock;
import org.milena.common.mail.MailAddress;
import org.milena.common.pattern.AddressPatterns;

/**
 * What list and site know that bears on one post. Looked up when a rule asks; asking changes
 * nothing.
 */
public interface Surroundings extends AddressPatterns.OtherLists {

  /** Who this is to the list. */
  Optional<Member> member(MailAddress address);

  /** What holds for all lists of the site, then for those of the list's domain. */
  List<MailDomain> domains();

  /** The threads of the list that are closed now. */
  List<ThreadLock> locks();

  /** Another post of the list that has the same Message-ID, if there was one in seven days. */
  Optional<SeenPost> otherWithSameId();

  /** Whether so many posts of its author were accepted within this hour. */
  boolean authorHasPosted(int posts);

  /** Whether so many posts of its thread were accepted within this hour. */
  boolean threadHasPosts(int posts);
}
