package org.milena.benchmarks.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.Cpu;
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
      contender.after(messages);
    }
  }

  /** Runs all rounds and says what they measured. */
  void run(boolean kept) {
    Map<String, Lane> lanes = new LinkedHashMap<>();
    for (int round = 0; round < bench.scale().rounds(); round++) {
      for (Contender contender : contenders) {
        measure(contender, kept, lanes.computeIfAbsent(contender.name(), _ -> new Lane()));
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

  private void measure(Contender contender, boolean kept, Lane lane) {
    int messages = bench.scale().messages();
    contender.before(messages);
    double cpu = contender.cpuSeconds();
    double ourselves = Cpu.ofOurselves();
    double machine = Cpu.ofTheMachine();
    SmtpSource.Sent sent = source.send(load(contender, messages, kept));
    machine = Cpu.ofTheMachine() - machine;
    ourselves = Cpu.ofOurselves() - ourselves;
    cpu = contender.cpuSeconds() - cpu;
    contender.after(messages);
    lane.rate.add(messages / sent.seconds());
    lane.cpu.add(cpu * 1000 / messages);
    lane.tool.add(sent.cpuSeconds() * 1000 / messages);
    lane.others.add((machine - ourselves - cpu - sent.cpuSeconds()) / sent.seconds());
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
