package org.milena.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.MailingList;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.table.Table;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.engines.kafka.EmbeddedKafkaSettings;
import org.milena.ingress.app.IngressApplication;
import org.milena.ingress.fixture.SmtpClient;
import org.milena.ingress.fixture.Waiting;
import org.milena.ingress.net.SmtpServer;
import org.milena.ingress.session.PortRole;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service against a real broker, which goes away and comes back. */
class IngressIT {
  @TempDir private Path folder;

  @Test
  void keepsItsPromiseThroughTheDeathOfTheBroker() throws Exception {
    EmbeddedKafka broker = broker(0);
    int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
    try (ConfigurableApplicationContext context = start(broker)) {
      addList(context);
      int smtp = context.getBean(SmtpServer.class).port(PortRole.SMTP).orElseThrow();
      HealthIndicator health = context.getBean("ingressHealthIndicator", HealthIndicator.class);
      try (SmtpClient client = SmtpClient.hello(smtp)) {
        SmtpClient.expect(250, client.mail("Subject: one\r\n\r\n"));
        String large = "Subject: two\r\n\r\n" + "x".repeat(26_214_400 - 18) + "\r\n";
        SmtpClient.expect(250, client.mail(large));
        assertThat(java.util.Objects.requireNonNull(health.health()).getStatus())
            .isEqualTo(Status.UP);

        broker.close();
        long before = System.nanoTime();
        assertThat(client.mail("Subject: lost\r\n\r\n").last()).startsWith("451 4.3.0");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        // an old view says "later" where a fresh one would say "no"
        SmtpClient.expect(250, client.command("MAIL FROM:<a@ext.example>"));
        Waiting.until(
            "the view is old",
            () -> {
              try {
                return client.command("RCPT TO:<nosuch@lists.example.org>").code() == 451;
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
            });

        broker = broker(port);
        Waiting.until(
            "mail is taken again",
            () -> {
              try {
                client.command("RSET");
                return client.mail("Subject: three\r\n\r\n").code() == 250;
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
            });
      }
      check(received(context, Topics.RECEIVED));
      Waiting.until("the story is told", () -> received(context, Topics.EVENTS).size() >= 3);
      ConsumerRecord<String, byte[]> event = received(context, Topics.EVENTS).getFirst();
      assertThat(MailJson.read(event.value(), MailEvent.class).kind())
          .isEqualTo(MailEvent.Kind.RECEIVED);
    } finally {
      broker.close();
    }
  }

  private static void check(List<ConsumerRecord<String, byte[]>> records) {
    assertThat(records)
        .extracting(record -> subject(record.value()))
        .contains("one", "two", "three");
    ConsumerRecord<String, byte[]> first = records.getFirst();
    assertThat(first.key()).isNull();
    assertThat(header(first, RecordHeaders.TYPE)).isEqualTo(RecordType.RECEIVED_MAIL.label());
    MailMeta meta =
        MailJson.read(first.headers().lastHeader(RecordHeaders.META).value(), MailMeta.class);
    assertThat(header(first, RecordHeaders.TRACEPARENT))
        .contains(meta.mailId().toString().replace("-", ""));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(
        record.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String subject(byte[] message) {
    String start =
        new String(
            message, 0, Math.min(message.length, 1000), java.nio.charset.StandardCharsets.UTF_8);
    return start.replaceAll("(?s).*Subject: (\\w+)\r\n.*", "$1");
  }

  private EmbeddedKafka broker(int port) {
    return EmbeddedKafka.start(
        new EmbeddedKafkaSettings(folder.resolve("kafka"), port, 0, Map.of()));
  }

  private ConfigurableApplicationContext start(EmbeddedKafka broker) {
    return new SpringApplicationBuilder(IngressApplication.class)
        .properties(
            "milena.kafka=" + broker.bootstrapServers(),
            "milena.domain=lists.example.org",
            "milena.data=" + folder.resolve("data"),
            "milena.ingress.smtp-port=0",
            "milena.ingress.submission-port=0",
            "milena.ingress.submissions-port=0",
            "milena.ingress.limits.slow-after-errors=10000",
            "milena.ingress.limits.errors=10000",
            "milena.ingress.limits.junk=10000",
            "server.port=0")
        .run();
  }

  private static void addList(ConfigurableApplicationContext context) {
    Table<MailingList> lists = context.getBean(DirectoryTables.class).lists();
    lists.put(
        "users.lists.example.org",
        new MailingList(
            new ListId("users.lists.example.org"),
            MailAddress.of("users@lists.example.org"),
            "Users",
            "",
            ListSettings.DISCUSSION,
            Instant.EPOCH,
            1));
  }

  private static List<ConsumerRecord<String, byte[]>> received(
      ConfigurableApplicationContext context, String topic) {
    KafkaAccess kafka = context.getBean(KafkaAccess.class);
    var found = new java.util.ArrayList<ConsumerRecord<String, byte[]>>();
    try (var consumer = kafka.assigningConsumer(Map.of())) {
      var partitions =
          java.util.stream.IntStream.range(0, kafka.partitions(topic))
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
    }
    return found;
  }
}
