package org.milena.benchmarks.directory;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.milena.benchmarks.figures.Report;
import org.milena.benchmarks.figures.Sample;
import org.milena.benchmarks.figures.Table;
import org.milena.benchmarks.server.BenchmarkException;
import org.milena.benchmarks.server.ExpanderServer;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.MailRecords;
import org.milena.listexpander.incoming.ListMail;

/**
 * The large list: its members come from one file by way of REST, then posts go to all of them, and
 * posts of strangers are held.
 */
final class ExpansionRun {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int OCTETS = 10_240;
  private static final MailAddress LIST = Population.list(Population.LARGE);

  private final Size size;
  private final Population population;
  private final KafkaAccess kafka;
  private final ExpanderServer expander;
  private final Report report;
  private final RandomGenerator random = new Random(1);

  ExpansionRun(
      Size size, Population population, KafkaAccess kafka, ExpanderServer expander, Report report) {
    this.size = size;
    this.population = population;
    this.kafka = kafka;
    this.expander = expander;
    this.report = report;
  }

  /** What posts cost. */
  private record Costs(Sample seconds, Sample transactions, Sample deliveries, Sample cpu) {
    Costs() {
      this(new Sample(), new Sample(), new Sample(), new Sample());
    }
  }

  void run(int megabytes) {
    importMembers();
    report.heading(
        "One post of 10 KB to %s members, heap of %d MB"
            .formatted(Report.count(size.large()), megabytes));
    expand(new Costs());
    long base = expander.heap().live();
    expander.heap().forgetPeak();
    Costs costs = new Costs();
    for (int i = 0; i < size.posts(); i++) {
      expand(costs);
    }
    long peak = expander.heap().peak();
    report.table(
        new Table("median (spread)", "")
            .row("from the post on its topic to all deliveries, s", Report.median(costs.seconds, 2))
            .row("recipients/s", Report.count(size.large() / costs.seconds.median()))
            .row(
                "transactions, most of all posts", Report.count(costs.transactions.percentile(100)))
            .row("delivery records", Report.count(costs.deliveries.median()))
            .row("CPU of the list expander, µs/recipient", Report.median(costs.cpu, 2))
            .row("heap in use before, after a full collection", Report.megabytes(base))
            .row("peak meanwhile, garbage included", Report.megabytes(peak))
            .row("peak over that base", Report.megabytes(peak - base)));
    held();
  }

  private void importMembers() {
    report.heading("%s members from one file".formatted(Report.count(size.large())));
    expander.api().createList(LIST.toString(), "{\"rosterAccess\":\"MEMBERS\"}");
    double cpu = expander.cpuSeconds();
    long began = System.nanoTime();
    expander.api().importMembers(LIST.toString(), "text/csv", population.file(), size.large());
    double seconds = (System.nanoTime() - began) / 1e9;
    report.table(
        new Table("POST /lists/…/members/import, CSV with names", "")
            .row("s", Sample.number(seconds, 1))
            .row("members/s", Report.count(size.large() / seconds))
            .row("CPU of the list expander, s", Sample.number(expander.cpuSeconds() - cpu, 1)));
  }

  private void expand(Costs costs) {
    ListMail mail = Letter.to(LIST, population.person(0), OCTETS, random);
    AtomicInteger announced = new AtomicInteger(-1);
    AtomicInteger recipients = new AtomicInteger();
    AtomicInteger deliveries = new AtomicInteger();
    double cpu = expander.cpuSeconds();
    try (Follower follower = new Follower(kafka, Topics.EVENTS, Topics.DELIVERIES)) {
      publish(mail);
      long began = System.nanoTime();
      follower.read(
          record -> {
            if (record.topic().equals(Topics.DELIVERIES)) {
              deliveries.incrementAndGet();
              recipients.addAndGet(
                  MailJson.read(record.value(), Delivery.class).recipients().size());
            } else if (about(record, mail) == MailEvent.Kind.EXPANDED) {
              announced.set(MailJson.read(record.value(), MailEvent.class).count());
            }
          },
          () -> announced.get() >= 0 && recipients.get() >= announced.get(),
          LIMIT);
      costs.seconds.add((System.nanoTime() - began) / 1e9);
      costs.transactions.add(follower.transactions(Topics.DELIVERIES));
    }
    costs.cpu.add((expander.cpuSeconds() - cpu) * 1e6 / size.large());
    costs.deliveries.add(deliveries.get());
    if (recipients.get() != size.large() || announced.get() != size.large()) {
      throw new BenchmarkException(
          "%d recipients were announced and %d written"
              .formatted(announced.get(), recipients.get()));
    }
  }

  /** The owners of a list are told of what is held: who they are must not cost a walk. */
  private void held() {
    int posts = size.posts() * 20;
    report.heading("%d posts of strangers to that list, held".formatted(posts));
    MailAddress stranger = MailAddress.of("stranger@elsewhere.example.org");
    AtomicInteger held = new AtomicInteger();
    double cpu = expander.cpuSeconds();
    try (Follower follower = new Follower(kafka, Topics.EVENTS)) {
      long began = System.nanoTime();
      for (int i = 0; i < posts; i++) {
        publish(Letter.to(LIST, stranger, OCTETS, random));
      }
      follower.read(
          record -> {
            if (MailJson.read(record.value(), MailEvent.class).kind() == MailEvent.Kind.HELD) {
              held.incrementAndGet();
            }
          },
          () -> held.get() == posts,
          LIMIT);
      double seconds = (System.nanoTime() - began) / 1e9;
      report.table(
          new Table("", "")
              .row("posts/s", Sample.number(posts / seconds, 1))
              .row(
                  "CPU of the list expander, ms/post",
                  Sample.number((expander.cpuSeconds() - cpu) * 1000 / posts, 1)));
    }
  }

  private void publish(ListMail mail) {
    RecordPosition unused =
        kafka
            .publisher()
            .publish(
                MailRecords.mail(
                    Topics.LISTS,
                    ListId.forAddress(LIST).value(),
                    RecordType.LIST_MAIL,
                    mail.meta(),
                    mail.id(),
                    mail.message()))
            .join();
  }

  private static MailEvent.Kind about(ConsumerRecord<String, byte[]> record, ListMail mail) {
    MailEvent event = MailJson.read(record.value(), MailEvent.class);
    return event.mailId().equals(mail.id()) ? event.kind() : MailEvent.Kind.RECEIVED;
  }
}
