package org.milena.egress.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.ReturnPath;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;
import org.milena.egress.capture.Outbox;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Egress as a process has it: all beans, the web, the health, a mail captured. */
class EgressApplicationIT {
  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void capturesAMail(@TempDir Path data) throws Exception {
    try (EmbeddedKafka broker = SharedBroker.fresh();
        var context =
            (ServletWebServerApplicationContext)
                SpringApplication.run(
                    EgressApplication.class,
                    "--server.port=0",
                    "--milena.kafka=" + broker.bootstrapServers(),
                    "--milena.data=" + data,
                    "--milena.instance=it")) {
      int port = Objects.requireNonNull(context.getWebServer()).getPort();
      Publisher publisher = context.getBean(Publisher.class);
      MailId id = MailId.next(InstantSource.system(), new Random());
      RawMessage message =
          RawMessage.wrap(
              "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\n.hello\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      RecordPosition position =
          publisher
              .publish(
                  MailRecords.mail(
                      Topics.OUTGOING,
                      "x.example",
                      RecordType.OUTGOING_MAIL,
                      new OutgoingMeta(
                          id, null, OutgoingMeta.Kind.NOTICE, new MailMeta.BodyFacts(false, false)),
                      id,
                      message))
              .join();
      publisher
          .publish(
              MailRecords.json(
                  Topics.DELIVERIES,
                  "x.example",
                  RecordType.DELIVERY,
                  new Delivery(
                      new MailPointer(position, id, message.sha256()),
                      OutgoingMeta.Kind.NOTICE,
                      null,
                      "x.example",
                      new ReturnPath.Fixed(new ReversePath.Null()),
                      null,
                      List.of(MailAddress.of("ada@x.example")),
                      InstantSource.system().instant())))
          .join();
      Outbox outbox = context.getBean(Outbox.class);
      long end = System.nanoTime() + 30_000_000_000L;
      while (outbox.newest("", 1, _ -> true).isEmpty() && System.nanoTime() < end) {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      }
      var entry = outbox.newest("", 1, _ -> true).getFirst();
      assertThat(entry.subject()).isEqualTo("Grüße");
      assertThat(entry.reversePath()).isEqualTo(new ReversePath.Null());
      assertThat(outbox.message(entry.id())).contains(message);

      assertThat(get(port, "/actuator/health").body()).contains("UP");
      assertThat(get(port, "/actuator/prometheus").body())
          .contains("milena_egress_recipients_total{")
          .contains("milena_egress_in_hand");
      assertThat(get(port, "/api/v1/ops/queue").statusCode()).isEqualTo(401);
      assertThat(get(port, "/api/v1/ops/outbox").statusCode()).isEqualTo(401);
    }
  }
}
