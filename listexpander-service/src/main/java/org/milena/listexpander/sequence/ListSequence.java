package org.milena.listexpander.sequence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.milena.common.command.CommandRecord;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailLog;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Stage;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.moderation.HeldContent;

/** Posts and commands of lists, in the order of their topic. */
public final class ListSequence implements Stage {
  /** Names the stage, its consumer group and its metrics. */
  public static final String NAME = "listexpander";

  private static final Duration CATCH_UP = Duration.ofSeconds(60);

  private final ListTables tables;
  private final MailReader mailReader;
  private final InstantSource clock;
  private final CommandSteps commands;
  private final MailSteps mails;

  public ListSequence(
      ListTables tables,
      MailReader mailReader,
      Effects effects,
      InstantSource clock,
      ListexpanderMetrics metrics) {
    this.tables = tables;
    this.mailReader = mailReader;
    this.clock = clock;
    this.commands = new CommandSteps(tables, mailReader, effects, metrics);
    this.mails = new MailSteps(effects, metrics);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String topic() {
    return Topics.LISTS;
  }

  /** Decides nothing before it knows what former owners decided. */
  @Override
  public void assigned() {
    tables.awaitCurrent(CATCH_UP);
  }

  @Override
  public Prepared prepare(InRecord record) {
    RecordType type = MailRecords.type(record);
    return switch (type) {
      case COMMAND -> command(record);
      case LIST_MAIL -> mail(record);
      default ->
          throw new UnreadableRecordException(
              type.label() + " has no business on " + Topics.LISTS + ": " + record);
    };
  }

  private Prepared command(InRecord record) {
    CommandRecord command = MailRecords.json(record, CommandRecord.class);
    CommandSteps.Fetched fetched = commands.fetch(command, now());
    return transaction ->
        commands.carryOut(new Ledger(tables, transaction), command, fetched, now());
  }

  private Prepared mail(InRecord record) {
    ListMail mail =
        ListMail.of(MailRecords.meta(record, MailMeta.class), MailRecords.message(record));
    if (!mail.mayLeave()) {
      throw new UnreadableRecordException(
          "mail " + mail.id() + " has not passed the scanner: " + record);
    }
    Map<Route, HeldContent> held = mails.fetch(tables, mailReader, mail, now());
    return transaction -> {
      try (var _ = MailLog.about(mail.id())) {
        mails.take(new Ledger(tables, transaction), mail, held, now());
      }
    };
  }

  private Instant now() {
    return clock.instant();
  }
}
