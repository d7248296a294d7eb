package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.web.WritingSite.LIST;
import static org.milena.listexpander.web.WritingSite.PASSWORD;
import static org.milena.listexpander.web.WritingSite.SECRET;
import static org.milena.listexpander.web.WritingSite.made;
import static org.milena.listexpander.web.WritingSite.meta;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.testkit.kafka.SharedBroker;
import tools.jackson.databind.JsonNode;

/** Posts that are written on the web, up to where submitted mail comes in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPostIT {
  private static final String HELLO = "{'subject':'Hi','text':'Hello all'}";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
    WritingSite.fill(site, "ann", "eve");
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  @Test
  void aPostComesInAsMailThatTheAccountSubmitted() {
    Site.Answer sent =
        as(
            "ann",
            "POST",
            LIST + "/posts",
            "{'subject':'Grüße','text':'%s','from':'ANN@a.example','inReplyTo':'<1@x>'}"
                .formatted("long ".repeat(30_000)));
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
    JsonNode answer = sent.json();
    ConsumerRecord<String, byte[]> record = received(answer.get("mailId").asString());
    MailMeta meta = meta(record);
    assertThat(meta.recipients())
        .singleElement()
        .satisfies(recipient ->
            assertThat(recipient.route())
                .isEqualTo(
                    new Route.ListPost(
                        ListId.forAddress(MailAddress.of("write@lists.example.org")))));
    assertThat(meta.client().account()).isEqualTo("ann");
    assertThat(meta.client().address()).isEqualTo("127.0.0.1");
    assertThat(meta.reversePath().wire()).isEqualTo("<ann@a.example>");
    assertThat(new String(record.value(), StandardCharsets.UTF_8))
        .contains(
            "\r\nFrom: ann@a.example\r\n",
            "\r\nTo: write@lists.example.org\r\n",
            "\r\nMessage-ID: <" + answer.get("messageId").asString() + ">\r\n",
            "\r\nIn-Reply-To: <1@x>\r\n");
  }

  @Test
  void nobodyWritesAsAnotherOrWithoutSigningIn() {
    int before = WritingSite.received(site).size();
    assertThat(site.as("", "POST", LIST + "/posts", HELLO).status()).isEqualTo(401);
    assertThat(
            as(
                    "eve",
                    "POST",
                    LIST + "/posts",
                    "{'subject':'Hi','text':'Hello','from':'ann@a.example'}")
                .status())
        .isEqualTo(403);
    assertThat(as("eve", "POST", SECRET + "/posts", HELLO).status()).isEqualTo(404);
    assertThat(as("eve", "POST", "/lists/none@lists.example.org/posts", HELLO).status())
        .isEqualTo(404);
    assertThat(site.api("POST", LIST + "/posts", HELLO).json().get("detail").asString())
        .isEqualTo("Your account has no address to write from.");
    String reading =
        as("ann", "POST", "/accounts/ann/tokens", "{'label':'r','scopes':['READ']}")
            .json()
            .get("secret")
            .asString();
    assertThat(site.as(Site.bearer(reading), "POST", LIST + "/posts", HELLO).status())
        .isEqualTo(403);
    assertThat(WritingSite.received(site)).hasSize(before);
  }

  @Test
  void aFieldThatDoesNotFitIsNamed() {
    refused("subject", "{'text':'Hello'}");
    refused("subject", "{'subject':'%s','text':'Hello'}".formatted("x".repeat(501)));
    refused("text", "{'subject':'Hi','text':' '}");
    refused("text", "{'subject':'Hi','text':'%s'}".formatted("x".repeat(200_001)));
    refused("from", "{'subject':'Hi','text':'Hello','from':'nobody'}");
    refused("inReplyTo", "{'subject':'Hi','text':'Hello','inReplyTo':'<ä@x>'}");
    refused("references", "{'subject':'Hi','text':'Hello','references':['<1@x>','']}");
    refused("references", "{'subject':'Hi','text':'Hello','references':['<1@x>',null]}");
  }

  @Test
  void aBodyOfTheWrongShapeIsNotOurFault() {
    for (String body :
        List.of(
            "null",
            "[]",
            "[null]",
            "{'subject':null,'text':null}",
            "{'subject':'Hi','text':{}}",
            "{'subject':'Hi','text':'Hello','references':'<1@x>'}",
            "{'subject':'Hi','text':'Hello','references':[[]]}",
            "{'subject':'Hi','text':'Hello','references':[null]}")) {
      Site.Answer answer = as("ann", "POST", LIST + "/posts", body);
      assertThat(answer.status()).as("%s: %s", body, answer.body()).isEqualTo(400);
      assertThat(answer.json().get("detail").asString()).as(body).endsWith(".");
    }
  }

  @Test
  void aTokenForWritingNeedsNotReadToo() {
    made(site.api("PUT", SECRET + "/members/ann@a.example", "{}"));
    String path = "/accounts/ann/tokens";
    String writing =
        as("ann", "POST", path, "{'label':'w','scopes':['LISTS']}").json().get("secret").asString();
    assertThat(site.as(Site.bearer(writing), "POST", SECRET + "/posts", HELLO).status())
        .isEqualTo(202);
    assertThat(site.as(Site.bearer(writing), "GET", SECRET, null).status())
        .as("it shows nothing of the list")
        .isEqualTo(403);
    String eves =
        as("eve", "POST", "/accounts/eve/tokens", "{'label':'w','scopes':['LISTS']}")
            .json()
            .get("secret")
            .asString();
    assertThat(site.as(Site.bearer(eves), "POST", SECRET + "/posts", HELLO).status())
        .isEqualTo(404);
  }

  @Test
  void theSameKeyIsTheSamePost() {
    String body = "{'subject':'Once','text':'Hello'}";
    String key = MailId.next(InstantSource.system(), new Random()).toString();
    Site.Answer first = keyed("ann", LIST, key, body);
    Site.Answer second = keyed("ann", LIST, '"' + key + '"', body);
    assertThat(List.of(first.status(), second.status())).as(second.body()).containsOnly(202);
    String id = first.json().get("messageId").asString();
    assertThat(second.json().get("messageId").asString()).isEqualTo(id);
    assertThat(id).as("nobody can choose it").doesNotContain(key);
    assertThat(
            Stream.of(first, second)
                .map(answer -> meta(received(answer.json().get("mailId").asString())).sha256())
                .distinct())
        .hasSize(1);
    assertThat(keyed("eve", LIST, key, body).json().get("messageId").asString()).isNotEqualTo(id);
    assertThat(as("ann", "POST", LIST + "/posts", body).json().get("messageId").asString())
        .as("without a key each is another")
        .isNotEqualTo(id);
  }

  @Test
  void aKeyThatIsNoneIsNamed() {
    Instant now = Instant.now();
    for (String key :
        List.of(
            "",
            "1",
            UUID.randomUUID().toString(),
            MailId.next(() -> now.minus(Duration.ofHours(25)), new Random()).toString(),
            MailId.next(() -> now.plus(Duration.ofHours(25)), new Random()).toString())) {
      Site.Answer answer = keyed("ann", LIST, key, HELLO);
      assertThat(answer.status()).as("%s: %s", key, answer.body()).isEqualTo(400);
      assertThat(answer.json().get("code").asString()).isEqualTo("idempotency-key");
    }
  }

  private void refused(String field, String json) {
    Site.Answer answer = as("ann", "POST", LIST + "/posts", json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("code").asString()).isEqualTo(field);
  }

  private ConsumerRecord<String, byte[]> received(String mail) {
    return WritingSite.received(site).stream()
        .filter(record -> meta(record).mailId().toString().equals(mail))
        .findFirst()
        .orElseThrow();
  }

  private Site.Answer keyed(String name, String list, String key, String json) {
    return site.keyed(Site.basic(name, PASSWORD), list + "/posts", key, json);
  }

  private Site.Answer as(String name, String method, String path, String json) {
    return site.as(Site.basic(name, PASSWORD), method, path, json);
  }
}
