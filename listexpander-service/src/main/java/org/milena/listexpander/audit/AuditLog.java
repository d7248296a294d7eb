package org.milena.listexpander.audit;

import java.util.List;
import java.util.OptionalLong;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.ListId;
import org.milena.common.stage.History;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what was changed. */
public final class AuditLog {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

  /** The key of what belongs to no list: accounts, domains, the site. */
  static final String SITE = "site";

  /**
   * Some entries, newest first.
   *
   * @param next where to go on; empty at the end
   */
  public record Page(List<AuditEntry> entries, OptionalLong next) {}

  private final History history;

  public AuditLog(History history) {
    this.history = history;
  }

  /** Of a list. */
  public Page of(ListId list, OptionalLong before, int limit) {
    return page(list.value(), before, limit);
  }

  /** Of accounts, domains and the site. */
  public Page ofSite(OptionalLong before, int limit) {
    return page(SITE, before, limit);
  }

  private Page page(String key, OptionalLong before, int limit) {
    History.Page page = history.newest(Topics.AUDIT, key, before, limit);
    return new Page(
        page.records().stream().flatMap(record -> entry(record).stream()).toList(), page.next());
  }

  private static List<AuditEntry> entry(InRecord record) {
    try {
      return List.of(MailRecords.json(record, AuditEntry.class));
    } catch (UnreadableRecordException e) {
      log.warn("An entry of the audit log cannot be read and is passed over: {}", record, e);
      return List.of();
    }
  }
}
