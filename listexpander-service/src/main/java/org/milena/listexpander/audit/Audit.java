package org.milena.listexpander.audit;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.MailingList;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.ledger.Ledger;

/** Writes down what is changed. */
public final class Audit {
  /** Begins the name of an actor who asks by mail, or by a link in a mail. */
  public static final String MAIL = "mail:";

  /**
   * A command and what became of it.
   *
   * @param before the list as it was before, if there was one
   */
  public static void note(
      Ledger ledger,
      CommandRecord record,
      Optional<MailingList> before,
      CommandOutcome outcome,
      Instant now) {
    AuditTexts.describe(record.command(), before)
        .ifPresent(text -> {
          String result =
              switch (outcome) {
                case CommandOutcome.Done(var said, _, _, _) -> text + " " + said;
                case CommandOutcome.Refused(_, var why, _) -> text + " Refused: " + why;
                case CommandOutcome.NotFound(var why, _) -> text + " " + why;
              };
          note(
              ledger,
              new AuditEntry(
                  record.commandId(),
                  record.list(),
                  now,
                  record.actor(),
                  record.origin(),
                  AuditTexts.name(record.command()),
                  result,
                  switch (outcome) {
                    case CommandOutcome.Done _ -> "done";
                    case CommandOutcome.Refused _ -> "refused";
                    case CommandOutcome.NotFound _ -> "not-found";
                  }));
        });
  }

  /**
   * A command that came by mail, and what became of it.
   *
   * @param author who wrote the mail
   */
  public static void mail(
      Ledger ledger,
      MailingList list,
      MailAddress author,
      MailId mail,
      ListCommand command,
      CommandOutcome outcome,
      Instant now) {
    CommandRecord record =
        new CommandRecord(
            mail + "." + AuditTexts.name(command),
            list.id(),
            MAIL + author,
            mail.toString(),
            now,
            command);
    note(ledger, record, Optional.of(list), outcome, now);
  }

  /** A change that came by itself. */
  public static void note(Ledger ledger, AuditEntry entry) {
    ledger.send(MailRecords.json(Topics.AUDIT, key(entry.list()), RecordType.AUDIT_ENTRY, entry));
  }

  private static String key(@Nullable ListId list) {
    return list == null ? AuditLog.SITE : list.value();
  }

  private Audit() {}
}
