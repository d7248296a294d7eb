package org.milena.archive.post;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.milena.archive.post.MessageMemory.Held;
import org.milena.archive.post.MessageMemory.Use;
import org.milena.archive.rendering.MaskedMessage;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.RawMessage;

/**
 * Many readers who want a large message each without addresses, at once, in the heap that this
 * process has.
 */
final class SmallHeapMain {

  /**
   * @param arguments octets of memory for messages (0 for a third of the heap), readers, octets of
   *     a message
   */
  public static void main(String[] arguments) throws Exception {
    long octets = Long.parseLong(arguments[0]);
    int readers = Integer.parseInt(arguments[1]);
    int size = Integer.parseInt(arguments[2]);
    MessageMemory memory =
        new MessageMemory(
            octets > 0 ? octets : Runtime.getRuntime().maxMemory() / 3, Duration.ofMinutes(1));
    int served = 0;
    int sentAway = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(readers)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        all.add(threads.submit(() -> read(memory, size)));
      }
      for (Future<Boolean> one : all) {
        served += one.get() ? 1 : 0;
        sentAway += one.get() ? 0 : 1;
      }
    }
    if (served + sentAway != readers || served == 0) {
      throw new IllegalStateException(served + " served, " + sentAway + " sent away");
    }
  }

  private static boolean read(MessageMemory memory, int size) {
    try (Held held = memory.take(Use.REWRITTEN, size)) {
      RawMessage masked = MaskedMessage.of(message(size));
      held.shrinkTo(masked.size());
      return masked.size() > size / 2;
    } catch (OutageException e) {
      return false;
    }
  }

  private static RawMessage message(int size) {
    byte[] head =
        "Content-Type: text/plain; charset=utf-8\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    // text that is no Latin takes twice as much
    byte[] line = "a line for alice@members.example: 5 \u20ac\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[size];
    System.arraycopy(head, 0, all, 0, head.length);
    for (int at = head.length; at < size; at += line.length) {
      System.arraycopy(line, 0, all, at, Math.min(line.length, size - at));
    }
    return RawMessage.wrap(all);
  }

  private SmallHeapMain() {}
}
