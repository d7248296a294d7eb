package org.milena.scanner;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.directory.ListSettings;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.ScanPolicy;
import org.milena.common.directory.Suppression;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.MemoryTable;

/** A directory in memory. */
public final class Lists {

  private final MemoryTable<MailingList> lists = new MemoryTable<>(Topics.DIRECTORY_LISTS);
  private final MemoryTable<Member> members = new MemoryTable<>(Topics.DIRECTORY_MEMBERS);
  private final MemoryTable<Account> accounts = new MemoryTable<>(Topics.DIRECTORY_ACCOUNTS);
  private final MemoryTable<Suppression> suppressions =
      new MemoryTable<>(Topics.DIRECTORY_SUPPRESSIONS);
  private final Directory directory = new TableDirectory(lists, members, accounts, suppressions);

  public Directory directory() {
    return directory;
  }

  /** A discussion list. */
  public Lists with(ListId id) {
    return with(id, null);
  }

  /** A discussion list with this policy. */
  public Lists with(ListId id, @Nullable ScanPolicy policy) {
    ListSettings usual = ListSettings.DISCUSSION;
    lists.put(
        id.value(),
        new MailingList(
            id,
            MailAddress.of(id.value().replaceFirst("\\.", "@")),
            id.value(),
            "",
            new ListSettings(
                usual.subscribePolicy(),
                usual.nonMemberAction(),
                usual.memberAction(),
                usual.archiveAccess(),
                usual.archived(),
                usual.maxSize(),
                usual.verp(),
                usual.unprovenAction(),
                usual.disownedAction(),
                usual.suspectAction(),
                policy),
            Instant.EPOCH,
            1));
    return this;
  }

  /** Somebody on a list. */
  public Lists with(ListId list, String address, MemberRole role) {
    Member member =
        new Member(list, MailAddress.of(address), "", Set.of(role), null, true, Instant.EPOCH);
    members.put(Member.key(list, member.address()), member);
    return this;
  }

  /** To whom nothing is sent. */
  public Lists suppressing(String address) {
    Suppression suppression = new Suppression(MailAddress.of(address), "asked", Instant.EPOCH);
    suppressions.put(suppression.address().key(), suppression);
    return this;
  }
}
