package org.milena.benchmarks.site;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.PostfixServer;
import org.milena.benchmarks.server.SmtpPost;
import org.milena.benchmarks.server.SmtpSink;
import org.milena.benchmarks.server.SmtpSource;
import org.milena.benchmarks.server.StandaloneServer;

/**
 * One post to many members of an idle site, from its 250 to the first and the last copy, each with
 * a return path of its own. Beside it Postfix, which is given all recipients on the envelope and
 * asked for VERP: it sends the same transactions, but has no list, archive or scanner.
 */
final class FanOutRun {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String MEMBER = "member0@example.net";
  private static final int DIRECT_SESSIONS = 20;

  private final Workbench bench;
  private final StandaloneServer milena;
  private final SmtpSink sink;
  private final PostfixServer postfix;
  private final Letters letters = new Letters();

  FanOutRun(Workbench bench, StandaloneServer milena, SmtpSink sink, PostfixServer postfix) {
    this.bench = bench;
    this.milena = milena;
    this.sink = sink;
    this.postfix = postfix;
  }

  /** What the posts to one list measured. */
  private record Lane(Sample first, Sample last, Sample rate, Sample cpu, Sample others) {
    Lane() {
      this(new Sample(), new Sample(), new Sample(), new Sample(), new Sample());
    }
  }

  void run() {
    fanOut(1_000, Math.max(2, bench.scale().posts() * 2 / 3), bench.scale().posts());
    fanOut(10_000, 1, bench.scale().largePosts());
  }

  private void fanOut(int members, int warmUp, int posts) {
    String list = "fan" + members + "@" + StandaloneServer.DOMAIN;
    milena.api().createList(list, members);
    List<String> recipients =
        IntStream.range(0, members).mapToObj(number -> "member" + number + "@example.net").toList();
    Lane cold = new Lane();
    for (int i = 0; i < warmUp; i++) {
      boolean unused = byMilena(list, members, cold) & byPostfix(list, recipients, cold);
    }
    bench.heading("One post of 10 KB to " + Sample.number(members, 0) + " members");
    Lane ours = new Lane();
    Lane theirs = new Lane();
    Sample direct = new Sample();
    for (int i = 0; i < posts; i++) {
      untilItCounts(() -> byMilena(list, members, ours));
      untilItCounts(() -> byPostfix(list, recipients, theirs));
      direct.add(directly(members));
    }
    Table table =
        new Table(
            "one transaction for each recipient",
            "recipients/s, median (spread)",
            "ratio",
            "first copy, ms (spread)",
            "last copy, ms",
            "CPU ms/recipient",
            "cores busy with anything else");
    row(table, "Postfix with XVERP, no list", theirs, theirs);
    row(table, "Milena", ours, theirs);
    table.row(
        "smtp-source itself, 20 sessions",
        Sample.number(direct.median(), 0) + " (" + direct.spread(0) + ")",
        Sample.number(direct.median() / theirs.rate.median(), 2),
        "",
        "",
        "",
        "");
    bench.say(table.toString());
  }

  private static void row(Table table, String name, Lane lane, Lane measure) {
    table.row(
        name,
        Sample.number(lane.rate.median(), 0) + " (" + lane.rate.spread(0) + ")",
        Sample.number(lane.rate.median() / measure.rate.median(), 2),
        Sample.number(lane.first.median(), 0) + " (" + lane.first.spread(0) + ")",
        Sample.number(lane.last.median(), 0),
        Sample.number(lane.cpu.median(), 2),
        Sample.number(lane.others.median(), 2));
  }

  private void untilItCounts(BooleanSupplier round) {
    boolean counts = false;
    while (!counts) {
      bench.quiet().await();
      counts = round.getAsBoolean();
    }
  }

  private boolean byMilena(String list, int members, Lane lane) {
    return measure(
        milena::cpuSeconds,
        members,
        lane,
        () -> {
          try (SmtpPost post = SmtpPost.to(milena.smtpPort())) {
            String letter = letters.next(MEMBER, list, Scale.OCTETS).text();
            return post.post(MEMBER, "", List.of(list), letter);
          }
        });
  }

  private boolean byPostfix(String list, List<String> recipients, Lane lane) {
    return measure(
        postfix::cpuSeconds,
        recipients.size(),
        lane,
        () -> {
          try (SmtpPost post = SmtpPost.to(postfix.relayPort())) {
            String letter = letters.next(MEMBER, list, Scale.OCTETS).text();
            return post.post("list-bounces@example.org", " XVERP", recipients, letter);
          }
        });
  }

  /**
   * One post; false when it was disturbed and does not count.
   *
   * @param post gives the time of its 250
   */
  private boolean measure(DoubleSupplier cpuSeconds, int members, Lane lane, LongSupplier post) {
    SmtpSink.Arrivals arrivals = sink.expect(members);
    Quiet.Watch watch = bench.quiet().watch(() -> cpuSeconds.getAsDouble() + sink.cpuSeconds());
    double cpu = cpuSeconds.getAsDouble();
    long accepted = post.getAsLong();
    long last = arrivals.last(LIMIT);
    cpu = cpuSeconds.getAsDouble() - cpu;
    boolean counts = watch.stop();
    milena.api().awaitIdle(LIMIT);
    sink.requireNoMore(arrivals);
    if (counts) {
      lane.first.add((arrivals.first(LIMIT) - accepted) / 1e6);
      lane.last.add((last - accepted) / 1e6);
      lane.rate.add(members / ((last - accepted) / 1e9));
      lane.cpu.add(cpu * 1000 / members);
      lane.others.add(watch.others());
    }
    return counts;
  }

  /** Copies a second that this sink takes from a client that has nothing else to do. */
  private double directly(int messages) {
    SmtpSource.Load load =
        new SmtpSource.Load(
            sink.port(), DIRECT_SESSIONS, Scale.OCTETS, messages, true, MEMBER, "x@example.net");
    return messages / bench.source().send(load).seconds();
  }
}
