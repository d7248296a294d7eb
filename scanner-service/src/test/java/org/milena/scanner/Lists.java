package org.milena.scanner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.directory.ListSettings;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
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
  private final Directory directory =
      new TableDirectory(
          lists, members, accounts, new MemoryTable<Suppression>(Topics.DIRECTORY_SUPPRESSIONS));

  public Directory directory() {
    return directory;
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

  public Lists with(Member member) {
    members.put(Member.key(member.list(), member.address()), member);
    return this;
  }

  public Lists with(Account account) {
    accounts.put(account.name(), account);
    return this;
  }
}
