package org.milena.benchmarks.site;

import java.time.Duration;
import java.util.List;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.PostfixServer;
import org.milena.benchmarks.server.SmtpSink;
import org.milena.benchmarks.server.StandaloneServer;

/**
 * The same with everything behind it at work at the same time: each message is a member's post to a
 * list of one, so it is scanned, decided about, archived, indexed and delivered.
 */
final class WholeRun {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String LIST = "load@" + StandaloneServer.DOMAIN;

  private final Workbench bench;
  private final StandaloneServer milena;
  private final SmtpSink sink;
  private final PostfixServer postfix;

  WholeRun(Workbench bench, StandaloneServer milena, SmtpSink sink, PostfixServer postfix) {
    this.bench = bench;
    this.milena = milena;
    this.sink = sink;
    this.postfix = postfix;
  }

  void run() {
    milena.api().createList(LIST, 1);
    HoldingPostfix measure = new HoldingPostfix(postfix);
    Whole whole = new Whole();
    Race race = new Race(bench, List.of(measure, whole));
    race.warmUp(measure, bench.scale().warmUp() / 10);
    race.warmUp(whole, bench.scale().warmUp() / 4);
    for (boolean kept : new boolean[] {false, true}) {
      bench.heading(
          "Accepted durably while all stages work, "
              + (kept ? "connections kept" : "a new connection for each message"));
      whole.through = new Sample();
      whole.cpu = new Sample();
      race.run(kept);
      bench.say(
          new Table("Milena: the whole way", "")
              .row(
                  "posts scanned, archived and delivered to one member, until the last copy",
                  Sample.number(whole.through.median(), 0)
                      + " posts/s ("
                      + whole.through.spread(0)
                      + ")")
              .row("CPU of all of it", Sample.number(whole.cpu.median(), 2) + " ms/post")
              .toString());
    }
  }

  /** The whole system; a round is over when every stage is idle. */
  private final class Whole implements Contender {
    private Sample through = new Sample();
    private Sample cpu = new Sample();
    private SmtpSink.Arrivals arrivals = sink.expect(0);
    private long start;
    private double cpuBefore;

    @Override
    public String name() {
      return "Milena, whole";
    }

    @Override
    public int port() {
      return milena.smtpPort();
    }

    @Override
    public String from() {
      return "member0@example.net";
    }

    @Override
    public String to() {
      return LIST;
    }

    @Override
    public double cpuSeconds() {
      return milena.cpuSeconds();
    }

    @Override
    public void before(int messages) {
      arrivals = sink.expect(messages);
      cpuBefore = milena.cpuSeconds();
      start = System.nanoTime();
    }

    @Override
    public void drop(int messages) {
      long unused = arrivals.last(LIMIT);
      milena.api().awaitIdle(LIMIT);
      sink.requireNoMore(arrivals);
    }

    @Override
    public void after(int messages) {
      drop(messages);
      long last = arrivals.last(LIMIT);
      through.add(messages / ((last - start) / 1e9));
      cpu.add((milena.cpuSeconds() - cpuBefore) * 1000 / messages);
    }
  }
}
