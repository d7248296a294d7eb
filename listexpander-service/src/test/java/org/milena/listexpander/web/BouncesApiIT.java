package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.MailRecords;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.Instance;
import org.milena.testkit.kafka.SharedBroker;
import tools.jackson.databind.JsonNode;

/** What egress could not deliver, as owners see it; and what operators let nobody send to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BouncesApiIT {
  private static final String BOUNCES = "/lists/users@lists.example.org/bounces";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
    assertThat(site.api("POST", "/lists", "{'address':'users@lists.example.org'}").status())
        .isEqualTo(201);
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  @Test
  void aCopyThatWasRefusedIsAPointOfItsMemberUntilTheOwnerForgetsIt() {
    for (String address : List.of("ann@a.example", "bob@b.example")) {
      assertThat(
              site.api(
                      "POST",
                      "/lists/users@lists.example.org/members",
                      "{'address':'" + address + "'}")
                  .status())
          .isEqualTo(201);
      refused(address);
      // again after a crash of egress
      refused(address);
    }
    Instance.await(() -> items(BOUNCES).size() == 2);
    JsonNode first = site.api("GET", BOUNCES + "?limit=1").json();
    assertThat(first.get("items").get(0).get("address").asString()).isEqualTo("ann@a.example");
    assertThat(first.get("items").get(0).get("state").asString()).isEqualTo("COUNTED");
    assertThat(first.get("items").get(0).get("score").asDouble()).isEqualTo(1);
    assertThat(first.get("items").get(0).get("lastReason").asString()).contains("no such user");
    String next = first.get("next").asString();
    assertThat(items(BOUNCES + "?after=" + next).get(0).get("address").asString())
        .isEqualTo("bob@b.example");
    assertThat(site.api("DELETE", BOUNCES + "/ann@a.example").status()).isEqualTo(200);
    assertThat(site.api("DELETE", BOUNCES + "/ann@a.example").status()).isEqualTo(404);
    Instance.await(() -> items(BOUNCES).size() == 1);
  }

  @Test
  void anOperatorSuppressesAnAddressAndLetsItGo() {
    String path = "/suppressions/gone@g.example";
    assertThat(site.api("GET", path).status()).isEqualTo(404);
    assertThat(site.api("PUT", path, "{}").status()).isEqualTo(409);
    assertThat(site.api("PUT", path, "{'reason':'asked us'}").json().get("reason").asString())
        .isEqualTo("asked us");
    assertThat(items("/suppressions")).hasSize(1);
    assertThat(site.api("DELETE", path).status()).isEqualTo(200);
    assertThat(site.api("DELETE", path).status()).isEqualTo(404);
    assertThat(site.as("", "GET", "/suppressions", null).status()).isEqualTo(401);
  }

  private JsonNode items(String path) {
    return site.api("GET", path).json().get("items");
  }

  private void refused(String address) {
    RecordPosition position =
        site.bean(KafkaAccess.class)
            .publisher()
            .publish(
                MailRecords.json(
                    Topics.DELIVERY_RESULTS,
                    "0-7",
                    RecordType.DELIVERY_RESULT,
                    new DeliveryResult(
                        new DeliveryId(0, 7),
                        Fixtures.newId(),
                        Fixtures.USERS_ID,
                        1,
                        Instant.now(),
                        List.of(
                            new DeliveryResult.Recipient(
                                MailAddress.of(address),
                                new RecipientOutcome.Failed(
                                    "5.1.1", "mx said: 550 5.1.1 no such user"))),
                        OutgoingMeta.Kind.POST)))
            .join();
    assertThat(position.topic()).isEqualTo(Topics.DELIVERY_RESULTS);
  }
}
