package org.milena.benchmarks;

import java.util.concurrent.TimeUnit;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.mail.RawMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a list does to the header of a 10 KB post: read it, and write its own fields. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderEditingBenchmark {
  private final RawMessage post = Samples.post(10_240);

  /** Finds all fields. */
  @Benchmark
  public HeaderBlock read() {
    return HeaderBlock.of(post);
  }

  /** Removes two fields, replaces one, adds six: what preparation does. */
  @Benchmark
  public RawMessage edit() {
    return HeaderEditor.of(post)
        .remove("Approved")
        .remove("List-Unsubscribe")
        .replace("List-Id", "Users <users.lists.example.net>")
        .append("List-Help", "<mailto:users-request@lists.example.net?subject=help>")
        .append("List-Post", "<mailto:users@lists.example.net>")
        .append("List-Owner", "<mailto:users-owner@lists.example.net>")
        .append("List-Archive", "<https://lists.example.net/archive/users@lists.example.net>")
        .append("Precedence", "list")
        .toMessage();
  }

  /** Puts one field on top: what the edge does. */
  @Benchmark
  public RawMessage prepend() {
    return HeaderEditor.of(post)
        .prepend("Received", "from a.example by b.example with ESMTP; 21 Nov 2026 10:00:00 +0000")
        .toMessage();
  }
}
