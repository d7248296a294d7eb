package org.milena.benchmarks.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.SmtpSource;

/** The same load for several servers in turn, round after round; the first one is the measure. */
final class Race {
  private final Workbench bench;
  private final SmtpSource source;
  private final List<? extends Contender> contenders;

  Race(Workbench bench, List<? extends Contender> contenders) {
    this.bench = bench;
    this.source = bench.source();
    this.contenders = contenders;
  }

  /** What the rounds of one contender measured. */
  private record Lane(Sample rate, Sample cpu, Sample tool, Sample others) {
    Lane() {
      this(new Sample(), new Sample(), new Sample(), new Sample());
    }
  }

  void warmUp(Contender contender, int messages) {
    for (boolean kept : new boolean[] {false, true}) {
      contender.before(messages);
      SmtpSource.Sent unused = source.send(load(contender, messages, kept));
      contender.drop(messages);
    }
  }

  /** Runs all rounds and says what they measured. */
  void run(boolean kept) {
    Map<String, Lane> lanes = new LinkedHashMap<>();
    for (int round = 0; round < bench.scale().rounds(); round++) {
      for (Contender contender : contenders) {
        Lane lane = lanes.computeIfAbsent(contender.name(), _ -> new Lane());
        boolean counts = false;
        while (!counts) {
          counts = measure(contender, kept, lane);
        }
      }
    }
    Lane measure = lanes.values().iterator().next();
    Table table =
        new Table(
            kept ? "connections kept (-d)" : "a new connection each",
            "msg/s, median (spread)",
            "ratio",
            "CPU ms/msg",
            "load tool, CPU ms/msg",
            "cores busy with anything else");
    lanes.forEach((name, lane) ->
        table.row(
            name,
            Sample.number(lane.rate.median(), 0) + " (" + lane.rate.spread(0) + ")",
            Sample.number(lane.rate.median() / measure.rate.median(), 2),
            Sample.number(lane.cpu.median(), 2),
            Sample.number(lane.tool.median(), 2),
            Sample.number(lane.others.median(), 2)));
    bench.say(table.toString());
  }

  /** One round; false when it was disturbed and does not count. */
  private boolean measure(Contender contender, boolean kept, Lane lane) {
    int messages = bench.scale().messages();
    bench.quiet().await();
    contender.before(messages);
    Quiet.Watch watch = bench.quiet().watch(contender::cpuSeconds);
    SmtpSource.Sent sent = source.send(load(contender, messages, kept));
    if (!watch.stop()) {
      contender.drop(messages);
      return false;
    }
    contender.after(messages);
    lane.rate.add(messages / sent.seconds());
    lane.cpu.add(watch.cpu() * 1000 / messages);
    lane.tool.add(sent.cpuSeconds() * 1000 / messages);
    lane.others.add(watch.others());
    return true;
  }

  private static SmtpSource.Load load(Contender contender, int messages, boolean kept) {
    return new SmtpSource.Load(
        contender.port(),
        Scale.SESSIONS,
        Scale.OCTETS,
        messages,
        kept,
        contender.from(),
        contender.to());
  }
}
