package org.milena.benchmarks.site;

import java.time.Duration;
import java.util.List;
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
  private record Lane(Sample first, Sample last, Sample rate, Sample cpu) {
    Lane() {
      this(new Sample(), new Sample(), new Sample(), new Sample());
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
    Lane unused = new Lane();
    for (int i = 0; i < warmUp; i++) {
      byMilena(list, members, unused);
      byPostfix(list, recipients, unused);
    }
    bench.heading("One post of 10 KB to " + Sample.number(members, 0) + " members");
    Lane ours = new Lane();
    Lane theirs = new Lane();
    Sample direct = new Sample();
    for (int i = 0; i < posts; i++) {
      byMilena(list, members, ours);
      byPostfix(list, recipients, theirs);
      direct.add(directly(members));
    }
    Table table =
        new Table(
            "one transaction for each recipient",
            "recipients/s, median (spread)",
            "ratio",
            "first copy, ms (spread)",
            "last copy, ms",
            "CPU ms/recipient");
    row(table, "Postfix with XVERP, no list", theirs, theirs);
    row(table, "Milena", ours, theirs);
    table.row(
        "smtp-source itself, 20 sessions",
        Sample.number(direct.median(), 0) + " (" + direct.spread(0) + ")",
        Sample.number(direct.median() / theirs.rate.median(), 2),
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
        Sample.number(lane.cpu.median(), 2));
  }

  private void byMilena(String list, int members, Lane lane) {
    milena.api().awaitIdle(LIMIT);
    SmtpSink.Arrivals arrivals = sink.expect(members);
    double cpu = milena.cpuSeconds();
    long accepted;
    try (SmtpPost post = SmtpPost.to(milena.smtpPort())) {
      String text = letters.next(MEMBER, list, Scale.OCTETS).text();
      accepted = post.post(MEMBER, "", List.of(list), text);
    }
    note(lane, arrivals, accepted, members);
    lane.cpu.add((milena.cpuSeconds() - cpu) * 1000 / members);
    milena.api().awaitIdle(LIMIT);
    sink.requireNoMore(arrivals);
  }

  private void byPostfix(String list, List<String> recipients, Lane lane) {
    SmtpSink.Arrivals arrivals = sink.expect(recipients.size());
    double cpu = postfix.cpuSeconds();
    long accepted;
    try (SmtpPost post = SmtpPost.to(postfix.relayPort())) {
      String text = letters.next(MEMBER, list, Scale.OCTETS).text();
      accepted = post.post("list-bounces@example.org", " XVERP", recipients, text);
    }
    note(lane, arrivals, accepted, recipients.size());
    lane.cpu.add((postfix.cpuSeconds() - cpu) * 1000 / recipients.size());
  }

  private static void note(Lane lane, SmtpSink.Arrivals arrivals, long accepted, int members) {
    long last = arrivals.last(LIMIT);
    long first = arrivals.first(LIMIT);
    lane.first.add((first - accepted) / 1e6);
    lane.last.add((last - accepted) / 1e6);
    lane.rate.add(members / ((last - accepted) / 1e9));
  }

  /** Copies a second that this sink takes from a client that has nothing else to do. */
  private double directly(int messages) {
    SmtpSource.Load load =
        new SmtpSource.Load(
            sink.port(), DIRECT_SESSIONS, Scale.OCTETS, messages, true, MEMBER, "x@example.net");
    return messages / bench.source().send(load).seconds();
  }
}
