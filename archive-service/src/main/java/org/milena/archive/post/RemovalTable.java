package org.milena.archive.post;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.table.Table;

/** Removed posts as this instance's view of {@link Topics#REMOVALS} has them. */
public final class RemovalTable implements RemovedPosts {
  private final Table<Removal> rows;

  /** Over these rows. */
  public RemovalTable(Table<Removal> rows) {
    this.rows = rows;
  }

  @Override
  public Optional<Removal> of(ListId list, ArchiveId post) {
    return rows.get(Removal.key(list, post));
  }

  @Override
  public List<Removal> goneUnder(ListId list, String messageId) {
    return rows.scan(Topics.listKey(list, ""), "", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .filter(removal -> removal.isGone() && removal.messageId().equals(messageId))
        .toList();
  }

  @Override
  public List<Removal> all(ListId list, @Nullable ArchiveId after, int limit) {
    return rows
        .scan(Topics.listKey(list, ""), after == null ? "" : Removal.key(list, after), limit)
        .stream()
        .map(Map.Entry::getValue)
        .toList();
  }
}
