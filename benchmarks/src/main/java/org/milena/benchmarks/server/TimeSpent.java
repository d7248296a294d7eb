package org.milena.benchmarks.server;

/**
 * Where mails that were taken spent their time, as sums over all of them.
 *
 * @param mails that were answered
 * @param answerMillis from the final dot to the answer, of all of them together
 * @param flushes of the broker's logs to the disk, with their milliseconds
 * @param produce requests to write, with their milliseconds in the broker
 * @param append the part of them in which the broker's log is written and flushed
 * @param queue the part of them before a thread of the broker takes them up
 */
public record TimeSpent(
    double mails,
    double answerMillis,
    Beans.Meter flushes,
    Beans.Meter produce,
    Beans.Meter append,
    Beans.Meter queue) {

  /** Nothing yet. */
  public static TimeSpent none() {
    Beans.Meter none = new Beans.Meter(0, 0);
    return new TimeSpent(0, 0, none, none, none, none);
  }

  public TimeSpent since(TimeSpent before) {
    return new TimeSpent(
        mails - before.mails,
        answerMillis - before.answerMillis,
        flushes.since(before.flushes),
        produce.since(before.produce),
        append.since(before.append),
        queue.since(before.queue));
  }

  public TimeSpent and(TimeSpent other) {
    return new TimeSpent(
        mails + other.mails,
        answerMillis + other.answerMillis,
        flushes.and(other.flushes),
        produce.and(other.produce),
        append.and(other.append),
        queue.and(other.queue));
  }

  /** From the final dot to the answer, in milliseconds. */
  public double answer() {
    return mails == 0 ? 0 : answerMillis / mails;
  }

  /** Mails for each flush of a log. */
  public double mailsPerFlush() {
    return flushes.count() == 0 ? 0 : mails / flushes.count();
  }

  /** Milliseconds of one flush. */
  public double flush() {
    return flushes.mean();
  }

  /** Milliseconds of one write request in the broker. */
  public double produceTotal() {
    return produce.mean();
  }

  /** Milliseconds of it in the log. */
  public double produceInLog() {
    return append.mean();
  }

  /** Milliseconds of it before a thread takes it up. */
  public double produceWaiting() {
    return queue.mean();
  }
}
