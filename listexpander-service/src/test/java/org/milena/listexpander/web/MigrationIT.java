package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.MailJson;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.migration.Mailman3Sample;
import org.milena.listexpander.migration.MailmanServer;
import org.milena.listexpander.migration.pickle.PickleWriter;
import org.milena.testkit.kafka.SharedBroker;
import tools.jackson.databind.JsonNode;

/** Lists that move in and out, from outside, with everything real behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationIT {
  private static final String JSON = "application/json";
  private static final String MAILMAN = "/imports/mailman2?name=garden";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  private static byte[] config(int members) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < members; i++) {
      all.put("member%d@m.example".formatted(i), 0);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("host_name", "lists.example.org");
    fields.put("owner", List.of("own@o.example"));
    fields.put("members", all);
    fields.put("emergency", 1);
    fields.put("msg_footer", "%(real_name)s");
    fields.put("post_id", 12.0);
    fields.put("passwords", Map.of("member1@m.example", "hunter2"));
    return PickleWriter.pickle(2, fields);
  }

  @Test
  void aListOfMailmanComesInGoesOutAndComesBack() throws IOException, InterruptedException {
    byte[] config = config(5_000);
    JsonNode dry = site.octets(MAILMAN + "&dryRun=true", config, JSON).json();
    assertThat(dry.get("made").asBoolean()).isTrue();
    assertThat(site.api("GET", "/lists/garden@lists.example.org").status()).isEqualTo(404);

    Site.Answer followed = site.octets(MAILMAN, config, "application/x-ndjson");
    List<JsonNode> lines =
        followed.body().lines().map(line -> MailJson.mapper().readTree(line)).toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1).get("members").asInt()).isEqualTo(4_000);
    JsonNode report = lines.getLast().get("report");
    assertThat(report.get("membersChanged").asInt()).isEqualTo(5_001);
    assertThat(followed.body()).doesNotContain("hunter2");
    assertThat(site.octets(MAILMAN, config, JSON).json().get("changed").asInt()).isZero();

    byte[] file = site.octets("/lists/garden@lists.example.org/export");
    assertThat(site.octets("/lists/import", file, JSON).json().get("changed").asInt()).isZero();
    JsonNode copy = site.octets("/lists/import?address=copy@lists.example.org", file, JSON).json();
    assertThat(copy.get("membersChanged").asInt()).isEqualTo(5_001);
    JsonNode list = site.api("GET", "/lists/copy@lists.example.org").json();
    assertThat(list.get("settings").get("emergency").asBoolean()).isTrue();
    assertThat(list.get("members").asInt()).isEqualTo(5_001);
  }

  @Test
  void aListOfARunningMailman3ComesIn() throws IOException, InterruptedException {
    try (MailmanServer mailman = MailmanServer.start()) {
      new Mailman3Sample(mailman).fill();
      String path = "/lists/" + Mailman3Sample.FRUIT;
      String old =
          "{'url':'%s','user':'%s','password':'%s','list':'%s','dryRun':%%s}"
              .formatted(
                  mailman.url(), MailmanServer.USER, MailmanServer.PASSWORD, Mailman3Sample.FRUIT);
      Site.Answer dry = site.api("POST", "/imports/mailman3", old.formatted(true));
      assertThat(dry.json().get(0).get("membersChanged").asInt()).isEqualTo(9);
      assertThat(dry.body()).doesNotContain(MailmanServer.PASSWORD, "hunter");
      assertThat(site.api("GET", path).status()).isEqualTo(404);
      JsonNode report = site.api("POST", "/imports/mailman3", old.formatted(false)).json().get(0);
      assertThat(report.get("made").asBoolean()).isTrue();
      assertThat(report.get("membersChanged").asInt()).isEqualTo(9);
      JsonNode list = site.api("GET", path).json();
      assertThat(list.get("displayName").asString()).isEqualTo("Obst & Gemüse");
      assertThat(list.get("settings").get("subjectPrefix").asString()).isEqualTo("[Ü %d] ");
      assertThat(site.api("GET", path + "/members/ann.case@example.com").body())
          .contains("Änne „A“ Ö");
      JsonNode again = site.api("POST", "/imports/mailman3", old.formatted(false)).json().get(0);
      assertThat(again.get("changed").asInt()).isZero();
    }
  }

  @Test
  void refusesWhatIsNoListAndSaysWhy() throws IOException, InterruptedException {
    Site.Answer noPickle = site.octets(MAILMAN, new byte[] {1, 2, 3}, JSON);
    assertThat(noPickle.status()).isEqualTo(400);
    assertThat(noPickle.json().get("code").asString()).isEqualTo("config-pck");
    assertThat(site.octets("/imports/mailman2", config(1), JSON).json().get("code").asString())
        .isEqualTo("list-missing");
    Site.Answer elsewhere =
        site.octets("/imports/mailman2?list=x@elsewhere.example", config(1), JSON);
    assertThat(elsewhere.status()).isEqualTo(409);
    Site.Answer nobody = site.as("", "POST", "/imports/mailman3", "{'url':'http://127.0.0.1:1'}");
    assertThat(nobody.status()).isEqualTo(401);
    Site.Answer away = site.api("POST", "/imports/mailman3", "{'url':'http://127.0.0.1:1'}");
    assertThat(away.status()).isEqualTo(400);
    assertThat(away.json().get("detail").asString()).contains("does not answer");
    var _ = site.octets(MAILMAN, config(1), JSON);
    byte[] file = site.octets("/lists/garden@lists.example.org/export");
    Site.Answer cut = site.octets("/lists/import", Arrays.copyOf(file, file.length / 2), JSON);
    assertThat(cut.json().get("code").asString()).isEqualTo("list-file");
  }
}
