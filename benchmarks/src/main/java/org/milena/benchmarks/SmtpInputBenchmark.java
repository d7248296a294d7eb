package org.milena.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.milena.ingress.net.SmtpInput;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reading what a client sends: command lines, and a message up to CR LF . CR LF. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SmtpInputBenchmark {
  private static final int COMMANDS = 100;
  private final byte[] commands =
      "RCPT TO:<users-request@lists.example.net>\r\n"
          .repeat(COMMANDS)
          .getBytes(StandardCharsets.US_ASCII);
  private final byte[] message = message();

  private static byte[] message() {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(Samples.post(10_240).toByteArray());
    wire.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
    return wire.toByteArray();
  }

  /** A hundred command lines that came in one segment. */
  @Benchmark
  public void hundredLines(Blackhole hole) throws IOException {
    SmtpInput input = new SmtpInput(new Once(commands));
    for (int i = 0; i < COMMANDS; i++) {
      hole.consume(input.line(2048, true));
    }
  }

  /** A message of 10 KB with dots to be unstuffed. */
  @Benchmark
  public SmtpInput.MessageEnd message(Blackhole hole) throws IOException {
    return new SmtpInput(new Once(message))
        .message((octets, from, length) -> hole.consume(octets[from + length - 1]), 1_000_000);
  }

  /** Octets once, in segments as a socket gives them. */
  private static final class Once implements SmtpInput.Source {
    private final byte[] octets;
    private int at;

    Once(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (at == octets.length) {
        return -1;
      }
      int count = Math.min(length, octets.length - at);
      System.arraycopy(octets, at, into, from, count);
      at += count;
      return count;
    }
  }
}
