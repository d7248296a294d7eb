package org.milena.benchmarks.site;

import java.util.List;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.IngressAlone;
import org.milena.benchmarks.server.PostfixServer;
import org.milena.benchmarks.server.SmtpSink;
import org.milena.benchmarks.server.TimeSpent;

/** Messages accepted durably, a second: the SMTP edge with its broker alone, beside Postfix. */
final class AcceptRun {
  private final Workbench bench;

  AcceptRun(Workbench bench) {
    this.bench = bench;
  }

  void run() {
    try (SmtpSink sink = SmtpSink.start(Workbench.tool("smtp-sink"), bench.folder("accept-sink"));
        PostfixServer postfix = PostfixServer.start(bench.folder("accept-postfix"), sink.port());
        IngressAlone ingress = IngressAlone.start(bench.home(), bench.folder("accept-ingress"))) {
      HoldingPostfix measure = new HoldingPostfix(postfix);
      Edge edge = new Edge(ingress);
      Nothing nothing = new Nothing(sink);
      Race race = new Race(bench, List.of(measure, edge, nothing));
      race.warmUp(measure, bench.scale().warmUp() / 10);
      race.warmUp(nothing, bench.scale().warmUp() / 10);
      race.warmUp(edge, bench.scale().warmUp() / 2);
      for (boolean kept : new boolean[] {false, true}) {
        bench.heading(
            "Accepted durably, "
                + (kept ? "connections kept" : "a new connection for each message"));
        edge.forget();
        race.run(kept);
        bench.say(edge.timeTable());
        bench.say(ingress.producer() + " (last half minute)");
      }
    }
  }

  /** The SMTP edge and the broker, and where their time goes. */
  private static final class Edge implements Contender {
    private final IngressAlone ingress;
    private TimeSpent before = TimeSpent.none();
    private TimeSpent spent = TimeSpent.none();
    private double edgeCpuBefore;
    private double brokerCpuBefore;
    private double edgeCpu;
    private double brokerCpu;

    Edge(IngressAlone ingress) {
      this.ingress = ingress;
    }

    void forget() {
      spent = TimeSpent.none();
      edgeCpu = 0;
      brokerCpu = 0;
    }

    @Override
    public String name() {
      return "Milena's SMTP edge";
    }

    @Override
    public int port() {
      return ingress.smtpPort();
    }

    @Override
    public String from() {
      return "member0@example.net";
    }

    @Override
    public String to() {
      return IngressAlone.LIST;
    }

    @Override
    public double cpuSeconds() {
      return ingress.edgeCpuSeconds() + ingress.brokerCpuSeconds();
    }

    @Override
    public void before(int messages) {
      before = ingress.timeSpent();
      edgeCpuBefore = ingress.edgeCpuSeconds();
      brokerCpuBefore = ingress.brokerCpuSeconds();
    }

    @Override
    public void after(int messages) {
      edgeCpu += ingress.edgeCpuSeconds() - edgeCpuBefore;
      brokerCpu += ingress.brokerCpuSeconds() - brokerCpuBefore;
      spent = spent.and(ingress.timeSpent().since(before));
    }

    String timeTable() {
      return new Table("Milena: where the time goes", "")
          .row("CPU of the edge", Sample.number(edgeCpu * 1000 / spent.mails(), 2) + " ms/msg")
          .row("CPU of the broker", Sample.number(brokerCpu * 1000 / spent.mails(), 2) + " ms/msg")
          .row("from the final dot to the answer, mean", Sample.number(spent.answer(), 1) + " ms")
          .row("write request in the broker, mean", millis(spent.produceTotal()))
          .row("… of it before a thread takes it up", millis(spent.produceWaiting()))
          .row("… of it writing and flushing the log", millis(spent.produceInLog()))
          .row("one flush of a log, mean", millis(spent.flush()))
          .row("mails for one flush", Sample.number(spent.mailsPerFlush(), 1))
          .toString();
    }

    private static String millis(double value) {
      return Sample.number(value, 2) + " ms";
    }
  }

  /** A server that takes and drops: what the load tool alone can do. */
  private record Nothing(SmtpSink sink) implements Contender {

    @Override
    public String name() {
      return "smtp-sink (drops it)";
    }

    @Override
    public int port() {
      return sink.port();
    }

    @Override
    public String from() {
      return "member0@example.net";
    }

    @Override
    public String to() {
      return "load@lists.example.org";
    }

    @Override
    public double cpuSeconds() {
      return sink.cpuSeconds();
    }
  }
}
