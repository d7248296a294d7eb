package org.milena.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Processor time as the kernel counts it (proc(5)), in seconds. */
public final class Cpu {
  /** What {@code getconf CLK_TCK} says on every Linux that Java runs on. */
  private static final double TICKS = 100;

  private Cpu() {}

  /** Of a process and all it started, also of those that have ended and were waited for. */
  static double ofTree(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
            .mapToLong(process -> ticks(process.pid(), 11, 15))
            .sum()
        / TICKS;
  }

  /** Of the children of this process that have ended. */
  public static double ofEndedChildren() {
    return ticks(ProcessHandle.current().pid(), 13, 15) / TICKS;
  }

  /** Of this process itself. */
  public static double ofOurselves() {
    return ticks(ProcessHandle.current().pid(), 11, 13) / TICKS;
  }

  /** Of everything on this machine, idle and waiting for a disk left out. */
  public static double ofTheMachine() {
    String[] fields = read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +");
    // user nice system, not idle and iowait, irq softirq steal
    return LongStream.of(1, 2, 3, 6, 7, 8).map(field -> Long.parseLong(fields[(int) field])).sum()
        / TICKS;
  }

  /** The sum of some fields of {@code stat}, counted from the state, which is 0. */
  private static long ticks(long pid, int from, int to) {
    String stat = read(Path.of("/proc/" + pid + "/stat"));
    if (stat.isEmpty()) {
      return 0; // ended; its parent counts it from now on
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long sum = 0;
    for (int field = from; field < to; field++) {
      sum += Long.parseLong(fields[field]);
    }
    return sum;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No such process")) {
        return "";
      }
      throw new UncheckedIOException(e);
    }
  }
}
