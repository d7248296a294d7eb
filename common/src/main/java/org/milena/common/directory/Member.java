package org.milena.common.directory;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * Somebody on a list.
 *
 * @param roles never empty
 * @param action what happens to this one's posts; null for the list's default
 * @param deliver whether posts are delivered to this one
 */
public record Member(
    ListId list,
    MailAddress address,
    String displayName,
    Set<MemberRole> roles,
    @Nullable PostAction action,
    boolean deliver,
    Instant since) {

  public Member {
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a member without a role: " + address);
    }
  }

  /** Whether this one gets the posts. */
  public boolean receivesPosts() {
    return deliver && roles.contains(MemberRole.MEMBER);
  }

  /** Key on {@link Topics#DIRECTORY_MEMBERS}. */
  public static String key(ListId list, MailAddress address) {
    return Topics.listKey(list, address.key());
  }
}
