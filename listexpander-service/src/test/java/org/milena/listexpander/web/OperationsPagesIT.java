package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Topics;
import org.milena.common.kafka.DeadLetters;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.stage.InRecord;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;

/** The page for operators, and what the frame of pages shows around failures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsPagesIT {
  private static final String OLGA = "a password of olga";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
    assertThat(site.api("PUT", "/accounts/olga", "{'password':'" + OLGA + "'}").status())
        .isEqualTo(200);
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  @Test
  void isForOperatorsOnly() {
    Site.Answer stranger = site.page("GET", "/ops", null);
    assertThat(stranger.status()).isEqualTo(302);
    assertThat(stranger.header("location")).endsWith("/login");
    Site.Browser olga = site.signIn("olga", OLGA);
    Site.Answer refused = olga.get("/ops");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("Only an operator of the site may do this.");
    String csrf = Site.csrf(olga.get("/manage/").body());
    assertThat(olga.post("/ops/dead-letters/0/replay", Map.of(), csrf).status()).isEqualTo(403);
    assertThat(olga.get("/").body()).doesNotContain("href=\"/ops\"");
  }

  @Test
  void showsStagesWhatWaitsAndDeadLettersThatCanBeReplayed() {
    Site.Browser browser = site.signIn("admin", Site.PASSWORD);
    assertThat(browser.get("/").body()).contains("href=\"/ops\"");
    Site.Answer quiet = browser.get("/ops");
    assertThat(quiet.status()).as(quiet.body()).isEqualTo(200);
    assertThat(quiet.body())
        .contains("<td>listexpander</td>", "mail.lists", "held posts", "There is none")
        .contains("<title>Operations · lists.example.org</title>");

    setAside("<b>it broke</b>");
    Site.Answer page = browser.get("/ops");
    assertThat(page.body())
        .contains("&lt;b&gt;it broke&lt;/b&gt;", "mail.events/0/7", "1 Mar 2026 10:00 UTC");
    String csrf = Site.csrf(page.body());
    Site.Answer replayed = browser.post("/ops/dead-letters/0/replay", Map.of(), csrf);
    assertThat(replayed.status()).isEqualTo(302);
    assertThat(replayed.header("location")).endsWith("/ops");
    assertThat(browser.get("/ops").body())
        .contains("Dead letter 0 is on its way again.")
        .contains("replayed ")
        .doesNotContain("dead-letters/0/replay");
    browser.post("/ops/dead-letters/0/replay", Map.of(), csrf);
    assertThat(browser.get("/ops").body()).contains("Dead letter 0 was replayed by admin at");
    browser.post("/ops/dead-letters/99/replay", Map.of(), csrf);
    assertThat(browser.get("/ops").body()).contains("There is no dead letter 99.");
    assertThat(browser.post("/ops/dead-letters/0/replay", Map.of(), "forged").status())
        .isEqualTo(403);
  }

  @Test
  void theFrameIsWholeAroundAFailureToo() {
    for (Site.Answer answer :
        new Site.Answer[] {
          site.page("GET", "/lists/none@lists.example.org", null),
          site.page("GET", "/nowhere", null),
          site.page("GET", "/lists//nowhere", null)
        }) {
      assertThat(answer.status()).isBetween(400, 404);
      assertThat(answer.body())
          .contains(" · lists.example.org</title>", "href=\"/login\"")
          .doesNotContain("null");
    }
    assertThat(site.signIn("admin", Site.PASSWORD).get("/lists//nowhere").body())
        .contains("<title>Bad Request · lists.example.org</title>", "Sign out", "href=\"/ops\"")
        .doesNotContain("null");
  }

  private void setAside(String cause) {
    InRecord record =
        new InRecord(
            new RecordPosition(Topics.EVENTS, 0, 7),
            "k",
            "{}".getBytes(StandardCharsets.UTF_8),
            Map.of(),
            Instant.EPOCH);
    var unused =
        site.bean(KafkaAccess.class)
            .publisher()
            .publish(
                DeadLetters.of(
                    "archive-events", record, cause, 5, Instant.parse("2026-03-01T10:00:00Z")))
            .join();
  }
}
