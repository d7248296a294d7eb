package org.milena.listexpander.chore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListChange;
import org.milena.common.directory.MailingList;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.milena.listexpander.ledger.ListTables;

/** Looks at the clock, and reminds lists of what is due. One thread at a time. */
public final class Chores {
  /** So long a list is not reminded again: its owner may be busy. */
  static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(1);

  private final List<Chore> chores;
  private final ListTables tables;
  private final Publisher publisher;
  private final InstantSource clock;
  private final Map<ListId, Instant> reminded = new HashMap<>();

  public Chores(List<Chore> chores, ListTables tables, Publisher publisher, InstantSource clock) {
    this.chores = List.copyOf(chores);
    this.tables = tables;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Reminds every list that has something to do.
   *
   * @return how many were reminded
   */
  public int remind() {
    Instant now = clock.instant();
    reminded.values().removeIf(at -> at.plus(BETWEEN_REMINDERS).isBefore(now));
    int count = 0;
    for (Map.Entry<String, MailingList> row :
        tables.directory().lists().scan("", "", Integer.MAX_VALUE)) {
      MailingList list = row.getValue();
      if (!reminded.containsKey(list.id())
          && chores.stream().anyMatch(chore -> chore.isDue(tables, list, now))) {
        reminded.put(list.id(), now);
        remind(list.id(), now);
        count++;
      }
    }
    return count;
  }

  /** Nobody waits for it: what gets lost on the way is sent again in a minute. */
  private void remind(ListId list, Instant now) {
    String id = UUID.randomUUID().toString();
    var _ =
        publisher.publish(
            MailRecords.json(
                Topics.LISTS,
                list.value(),
                RecordType.COMMAND,
                new CommandRecord(id, list, "system", "clock", now, new ListChange.DoChores())));
  }
}
