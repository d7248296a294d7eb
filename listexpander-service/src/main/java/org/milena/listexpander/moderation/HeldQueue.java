package org.milena.listexpander.moderation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.event.Hold;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.MailReader;
import org.milena.common.table.Table;

/** Looks at held posts, outside any decision. */
public final class HeldQueue {
  private final Table<Hold> holds;
  private final MailReader mailReader;

  public HeldQueue(Table<Hold> holds, MailReader mailReader) {
    this.holds = holds;
    this.mailReader = mailReader;
  }

  /**
   * Held posts of a list, oldest first.
   *
   * @param after the id of the last one that was seen; empty to begin
   */
  public List<Hold> page(ListId list, String after, int limit) {
    String prefix = HoldIds.prefix(list);
    List<Hold> page = new ArrayList<>();
    String from = after;
    while (page.size() < limit) {
      List<Map.Entry<String, Hold>> rows = holds.scan(prefix, from, limit);
      for (Map.Entry<String, Hold> row : rows) {
        if (row.getValue().list().equals(list) && page.size() < limit) {
          page.add(row.getValue());
        }
      }
      if (rows.size() < limit) {
        break;
      }
      from = rows.getLast().getKey();
    }
    return page;
  }

  /** How many posts of a list wait. */
  public int count(ListId list) {
    return page(list, "", 1_000_000).size();
  }

  /** The held post of this id. */
  public Optional<Hold> find(String holdId) {
    return holds.get(holdId);
  }

  /**
   * Its message.
   *
   * @throws org.milena.common.failure.OutageException when the broker is away
   * @throws org.milena.common.stage.DeadPointerException when it is gone
   */
  public RawMessage message(Hold hold) {
    return mailReader.read(hold.content()).message();
  }
}
