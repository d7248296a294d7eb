package org.milena.benchmarks.directory;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.Broker;
import org.milena.common.directory.Directory;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.TableDirectory;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.kafka.KafkaSettings;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.ListTables;
import org.milena.listexpander.membership.ShownMembers;
import org.milena.listexpander.moderation.HeldQueue;
import org.milena.listexpander.moderation.ModeratedLists;

/** The tables of the list expander in this JVM: how long they take, how large they are. */
final class ReplayRun {
  private static final int PARTITIONS = 4;
  private static final int MAX_MAIL = 25 << 20;
  private static final int PAGE = 100;

  private final Size size;
  private final Population population;
  private final Broker broker;
  private final Report report;
  private final RandomGenerator random = new Random(2);

  ReplayRun(Size size, Population population, Broker broker, Report report) {
    this.size = size;
    this.population = population;
    this.broker = broker;
    this.report = report;
  }

  /** A way to the broker with the settings of a site that nobody configured. */
  static KafkaAccess access(Broker broker, String instance) {
    return new KafkaAccess(
        new KafkaSettings(broker.bootstrapServers(), instance, 1, PARTITIONS, MAX_MAIL),
        new SimpleMeterRegistry(),
        InstantSource.system());
  }

  /** The views, with every index that follows them. */
  private record Views(
      KafkaAccess kafka,
      ListTables tables,
      Directory directory,
      HeldQueue held,
      ModeratedLists mine,
      ShownMembers shown)
      implements AutoCloseable {

    static Views of(KafkaAccess kafka) {
      ListTables tables = ListTables.of(DirectoryTables.of(kafka::table), kafka::table);
      TableDirectory directory = new TableDirectory(tables.directory(), InstantSource.system());
      return new Views(
          kafka,
          tables,
          directory,
          new HeldQueue(tables.holds(), kafka.mailReader()),
          new ModeratedLists(tables.directory().members()),
          new ShownMembers(tables.directory().members(), directory.roster()));
    }

    @Override
    public void close() {
      kafka.close();
    }
  }

  void run() {
    report.heading(
        "%s memberships of %s lists: start and heap"
            .formatted(Report.count(size.memberships()), Report.count(size.lists())));
    Sample seconds = new Sample();
    Sample heap = new Sample();
    for (int start = 1; start < size.starts(); start++) {
      replay(start, seconds, heap).close();
    }
    try (Views views = replay(size.starts(), seconds, heap)) {
      int rows = views.tables.directory().members().size();
      report.table(
          new Table("median (spread)", "")
              .row("memberships in view", Report.count(rows))
              .row("held posts in view", Report.count(views.held.count()))
              .row("from nothing until the views are current, s", Report.median(seconds, 1))
              .row("memberships/s", Report.count(rows / seconds.median()))
              .row("heap of the views after a full collection", Report.megabytes(heap.median()))
              .row("octets of that for a membership", Report.count(heap.median() / rows)));
      if (rows != size.memberships()) {
        throw new BenchmarkException("there are " + rows + " memberships");
      }
      lookUp(views.directory);
    }
  }

  private Views replay(int start, Sample seconds, Sample heap) {
    Views views = Views.of(access(broker, "replay" + start));
    long before = live();
    long began = System.nanoTime();
    views.kafka.start();
    seconds.add((System.nanoTime() - began) / 1e9);
    heap.add(live() - before);
    return views;
  }

  private static long live() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private void lookUp(Directory directory) {
    report.heading("Look-ups in that directory, one thread");
    List<ListId> lists = population.ids();
    MailAddress[] people =
        random
            .ints(4_096, 0, population.people())
            .mapToObj(population::person)
            .toArray(MailAddress[]::new);
    List<String> keys = population.keys();
    ListId large = lists.get(Population.LARGE);
    Table table = new Table("look-up", "a second", "µs each");
    row(
        table,
        "whether somebody is on a list",
        i ->
            directory
                .member(lists.get(i % lists.size()), people[i % people.length])
                .map(member -> member.roles().size())
                .orElse(0));
    row(
        table,
        "all lists of somebody, as the command `which` asks",
        i -> listsOf(directory, people[i % people.length]).size());
    row(
        table,
        "%d members of a large list, from anywhere in it".formatted(PAGE),
        i -> directory.members(large, keys.get((int) (i * 7_919L % keys.size())), PAGE + 1).size());
    report.table(table);
  }

  private static List<MailingList> listsOf(Directory directory, MailAddress address) {
    return directory.lists().stream()
        .filter(list -> directory.member(list.id(), address).isPresent())
        .toList();
  }

  @FunctionalInterface
  private interface LookUp {
    int find(int number);
  }

  private void row(Table table, String name, LookUp lookUp) {
    double warmUp = rate(lookUp);
    double rate = Math.max(warmUp, rate(lookUp));
    table.row(name, Report.count(rate), Sample.number(1e6 / rate, 1));
  }

  /** Look-ups a second. */
  private double rate(LookUp lookUp) {
    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(size.seconds());
    int done = 0;
    long found = 0;
    while (System.nanoTime() - end < 0) {
      found += lookUp.find(done++);
    }
    if (found == 0) {
      throw new BenchmarkException("nothing was found");
    }
    return done / ((System.nanoTime() - began) / 1e9);
  }
}
