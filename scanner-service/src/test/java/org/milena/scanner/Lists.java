package org.milena.scanner;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Suppression;
import org.milena.common.directory.TableDirectory;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.ScanPolicy;
import org.milena.common.table.MemoryTable;

/** A directory in memory. */
public final class Lists {

  private final DirectoryTables tables = DirectoryTables.of(MemoryTable::of);
  private final Directory directory = new TableDirectory(tables, () -> Instant.EPOCH);

  public Directory directory() {
    return directory;
  }

  /** A discussion list. */
  public Lists with(ListId id) {
    return with(id, null);
  }

  /** A discussion list with this policy. */
  public Lists with(ListId id, @Nullable ScanPolicy policy) {
    tables
        .lists()
        .put(
            id.value(),
            new MailingList(
                id,
                MailAddress.of(id.value().replaceFirst("\\.", "@")),
                id.value(),
                "",
                ListSettings.DISCUSSION.with(policy),
                Instant.EPOCH,
                1));
    return this;
  }

  /** Somebody on a list. */
  public Lists with(ListId list, String address, MemberRole role) {
    Member member =
        new Member(list, MailAddress.of(address), "", Set.of(role), null, Instant.EPOCH);
    tables.members().put(Member.key(list, member.address()), member);
    return this;
  }

  /** To whom nothing is sent. */
  public Lists suppressing(String address) {
    Suppression suppression = new Suppression(MailAddress.of(address), "asked", Instant.EPOCH);
    tables.suppressions().put(suppression.address().key(), suppression);
    return this;
  }
}
