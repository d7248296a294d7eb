package org.milena.common.stage;

/**
 * What a station does with each record of its topic.
 *
 * <p>Two steps. {@link #prepare} is the slow work: it may wait (a scan, a look-up), runs beside
 * that of other records, writes nothing and may be repeated. What it returns, {@link
 * Prepared#write}, is run inside the transaction in the order of the records, together with the
 * move of the offset: it is short and does nothing but read tables and write through the {@link
 * StageTransaction}.
 *
 * <p>Failures: {@link org.milena.common.failure.OutageException} pauses the partition until it
 * helps to try again; any other exception is a defect and gets five tries before the record is set
 * aside. A mail that is refused is no failure: that is written as an outcome.
 */
public interface Stage {

  /** Names it in metrics, consumer group and dead letters: {@code scanner}. */
  String name();

  /** The topic it reads. */
  String topic();

  /**
   * Looks at a record.
   *
   * @throws org.milena.common.failure.OutageException when something needed is away
   */
  Prepared prepare(InRecord record);

  /** Partitions were assigned; called before their first record. May wait for tables. */
  default void assigned() {}

  /** What is to be written for one record. */
  @FunctionalInterface
  interface Prepared {
    /** Writes it. Throwing undoes everything of this record. */
    void write(StageTransaction transaction);
  }
}
