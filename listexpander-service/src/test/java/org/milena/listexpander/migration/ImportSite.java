package org.milena.listexpander.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListCommand;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.Directory;
import org.milena.common.directory.TableDirectory;
import org.milena.common.event.Hold;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Sentence;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.list.ListNames;
import org.milena.listexpander.moderation.HeldQueue;
import org.milena.listexpander.moderation.HoldIds;

/** A whole site over memory, as an import sees it. */
final class ImportSite {
  final ListWorld world = new ListWorld();
  final Directory directory = new TableDirectory(world.tables.directory(), world::now);
  private final Map<RecordPosition, InRecord> mails = new HashMap<>();
  private final HeldQueue held = new HeldQueue(world.tables.holds(), reader());
  final ListExport export = new ListExport(directory, world.tables.states(), held, reader());
  private int sent;

  ListImport.Site site() {
    return new ListImport.Site(
        directory,
        world.tables,
        new ListEdits(new ListNames("lists.example.org")),
        held,
        record -> CompletableFuture.completedFuture(keep(record)),
        this::send,
        world::now);
  }

  private CommandOutcome send(ListId list, ListCommand command) {
    MemoryTransaction transaction =
        world.take(
            new CommandRecord(
                UUID.randomUUID().toString(), list, "admin", "", world.now(), command));
    sent += transaction.on(Topics.OUTGOING).size();
    return transaction.on(Topics.OUTCOMES, OutcomeRecord.class).getFirst().outcome();
  }

  int mailsSent() {
    return sent;
  }

  /** Lets a mail wait. */
  void hold(ListMail mail, List<String> reasons) {
    String holdId = HoldIds.of(Fixtures.USERS_ID, mail.id());
    RecordPosition position =
        keep(
            MailRecords.mail(
                Topics.HELD, holdId, RecordType.HELD_MAIL, mail.meta(), mail.id(), mail.message()));
    world
        .tables
        .holds()
        .put(
            holdId,
            new Hold(
                holdId,
                Fixtures.USERS_ID,
                mail.id(),
                new MailPointer(position, mail.id(), mail.message().sha256()),
                mail.facts().authorText(),
                mail.facts().subject(),
                mail.message().size(),
                Fixtures.NOW,
                reasons,
                reasons.stream().map(text -> new Sentence(text, "loop", List.of())).toList(),
                null,
                null,
                null));
  }

  private RecordPosition keep(OutRecord record) {
    RecordPosition position = new RecordPosition(record.topic(), 0, mails.size());
    mails.put(
        position,
        new InRecord(
            position, "", Objects.requireNonNull(record.value()), record.headers(), world.now()));
    return position;
  }

  private MailReader reader() {
    return pointer -> {
      InRecord record = mails.get(pointer.position());
      if (record == null) {
        throw new DeadPointerException("nothing lies at " + pointer.position());
      }
      return new MailReader.StoredMail(RawMessage.copyOf(record.value()), record);
    };
  }
}
