package org.milena.listexpander.fake;

import java.util.Set;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.Stage;

/** A stage whose every transaction breaks once, when all of it is written and nothing committed. */
public final class BreakingStage implements Stage {
  private final Stage stage;
  private final Set<String> broken;

  /** Names each record whose transaction broke in {@code broken}, safe for many threads. */
  public BreakingStage(Stage stage, Set<String> broken) {
    this.stage = stage;
    this.broken = broken;
  }

  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public String topic() {
    return stage.topic();
  }

  @Override
  public void assigned() {
    stage.assigned();
  }

  @Override
  public Prepared prepare(InRecord record) {
    Prepared prepared = stage.prepare(record);
    return transaction -> {
      prepared.write(transaction);
      if (broken.add(record.toString())) {
        throw new OutageException("the power went just before the commit");
      }
    };
  }
}
