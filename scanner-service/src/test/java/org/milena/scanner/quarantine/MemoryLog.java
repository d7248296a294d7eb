package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.milena.common.event.MailPointer;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Publisher;
import org.milena.scanner.RecordingTransaction;

/** The quarantine's log in memory, of one partition, with a view that follows at once. */
final class MemoryLog implements QuarantineLog, Publisher, MailReader {

  private final List<InRecord> records = new ArrayList<>();
  final QuarantineIndex index;
  boolean complete = true;
  long firstOffset;

  MemoryLog(Duration keptFor, InstantSource clock) {
    index = new QuarantineIndex(keptFor, clock);
  }

  synchronized InRecord append(OutRecord record) {
    InRecord read = RecordingTransaction.asRead(record, records.size());
    records.add(read);
    index.apply(read);
    return read;
  }

  synchronized List<InRecord> records() {
    return List.copyOf(records);
  }

  @Override
  public CompletableFuture<RecordPosition> publish(OutRecord record) {
    return CompletableFuture.completedFuture(append(record).position());
  }

  @Override
  public synchronized void awaitPassed(RecordPosition position, Duration atMost) {
    if (position.offset() >= records.size() || !position.topic().equals(Topics.QUARANTINE)) {
      throw new AssertionError("waiting for what is not there: " + position);
    }
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public synchronized StoredMail read(MailPointer pointer) {
    if (pointer.position().offset() < firstOffset) {
      throw new DeadPointerException("nothing at " + pointer.position());
    }
    InRecord record = records.get((int) pointer.position().offset());
    return new StoredMail(MailRecords.message(record), record);
  }
}
