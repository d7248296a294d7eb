package org.milena.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading addresses: strictly as on the envelope, leniently as in a header. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AddressBenchmark {
  private final String plain = "first.last@lists.example.org";
  private final String international = "jörg@bücher.example";
  private final String header =
      "=?UTF-8?Q?J=C3=B6rg?= Example <joerg@example.org>, \"Last, First\" <fl@example.net>,"
          + " Group: a@example.org, b@example.org;";

  @Benchmark
  public ParsedAddress ascii() {
    return MailAddress.parse(plain);
  }

  @Benchmark
  public ParsedAddress international() {
    return MailAddress.parse(international);
  }

  @Benchmark
  public List<HeaderMailbox> header() {
    return AddressListParser.parse(header);
  }
}
