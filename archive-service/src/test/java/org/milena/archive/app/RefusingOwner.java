package org.milena.archive.app;

import java.util.List;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;

/** Stands for the service that carries commands out: refuses each as if a name were taken. */
final class RefusingOwner implements BatchSink {
  private final Publisher publisher;

  RefusingOwner(Publisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public String name() {
    return "refusing-owner";
  }

  @Override
  public String topic() {
    return Topics.LISTS;
  }

  @Override
  public void accept(List<InRecord> batch) {
    for (InRecord record : batch) {
      CommandRecord command = MailJson.read(record.value(), CommandRecord.class);
      OutcomeRecord outcome =
          new OutcomeRecord(
              command.commandId(),
              new CommandOutcome.Refused("search-exists", "Another search of yours has that name."),
              command.issuedAt());
      var unused =
          publisher
              .publish(
                  MailRecords.json(
                      Topics.OUTCOMES, command.commandId(), RecordType.OUTCOME, outcome))
              .join();
    }
  }
}
