package org.milena.listexpander.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.Topics;
import org.milena.common.kafka.KafkaAccess;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.stage.MailRecords;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.TokenPurpose;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.Instance;
import org.milena.listexpander.incoming.ListMail;
import org.milena.testkit.kafka.SharedBroker;
import tools.jackson.databind.JsonNode;

/** Members that come from other lists, from the outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemberSourcesIT {
  private static final String PASSWORD = "another long password";

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private Site site;
  private int texts;

  @BeforeAll
  void open(@TempDir Path data) {
    site = new Site(broker.bootstrapServers(), data, Map.of());
    for (String name : List.of("olga", "eve")) {
      assertThat(
              site.api(
                      "PUT",
                      "/accounts/" + name,
                      "{'address':'%s@o.example','password':'%s'}".formatted(name, PASSWORD))
                  .status())
          .isEqualTo(200);
    }
  }

  @AfterAll
  void close() {
    site.close();
    broker.close();
  }

  @Test
  void membersOfASourceGetThePostsAndPostThemselvesUntilTheyLeave() {
    String users = list("p-users");
    String all = list("p-all");
    add(users, "ann@a.example");
    add(users, "bob@b.example");
    add(all, "bob@b.example");
    sources(all, 200, "@p-users@lists.example.org");
    JsonNode ann = site.api("GET", all + "/members/ann@a.example").json();
    assertThat(ann.path("via").asString("")).isEqualTo("p-users@lists.example.org");
    assertThat(site.api("GET", all + "/members/bob@b.example").json().path("via").isNull())
        .isTrue();
    assertThat(site.api("GET", all).json().path("members").asInt()).isEqualTo(2);
    assertThat(posted("p-all", "ann@a.example"))
        .containsExactlyInAnyOrder("ann@a.example", "bob@b.example");

    assertThat(site.form(link("p-all", "ann@a.example"), "text/plain", "").status()).isEqualTo(200);
    assertThat(posted("p-all", "bob@b.example")).containsExactly("bob@b.example");
    assertThat(posted("p-users", "ann@a.example"))
        .containsExactlyInAnyOrder("ann@a.example", "bob@b.example");
    assertThat(site.api("DELETE", all + "/members/ann@a.example").status()).isEqualTo(404);
    assertThat(posted("p-all", "bob@b.example"))
        .as("he stays away")
        .containsExactly("bob@b.example");
  }

  @Test
  void aRenamedSourceGivesOnAndADeletedOneNobody() {
    String users = list("r-users");
    String all = list("r-all");
    add(users, "ann@a.example");
    sources(all, 200, "@r-users@lists.example.org");
    site.api("POST", users + "/rename", "{'address':'r-people@lists.example.org'}");
    Instance.await(() -> shownSources(all).equals(List.of("@r-people@lists.example.org")));
    assertThat(members(all)).containsExactly("ann@a.example");
    assertThat(site.api("GET", "/lists/r-people@lists.example.org").json().path("feeds").toString())
        .isEqualTo("[\"r-all@lists.example.org\"]");
    assertThat(site.api("DELETE", "/lists/r-people@lists.example.org").status()).isEqualTo(200);
    assertThat(members(all)).isEmpty();
    JsonNode source = site.api("GET", all).json().path("sources").path(0);
    assertThat(source.path("gives").asBoolean(true)).isFalse();
    assertThat(source.path("fault").asString("")).contains("gone");
    // other settings can still be changed, the lost source staying as it is shown
    sources(all, 200, shownSources(all).getFirst());
    sources(all, 200);
    assertThat(shownSources(all)).isEmpty();
  }

  @Test
  void nobodyReadsAForeignListsMembersByMakingItASource() {
    String secret = list("s-secret");
    String open = list("s-open");
    String mine = list("s-mine");
    add(secret, "ann@a.example");
    add(open, "bob@b.example");
    site.api("POST", mine + "/members", "{'address':'eve@o.example','roles':['OWNER']}");
    Site.Answer refused = name("eve", mine, "@s-secret@lists.example.org");
    assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).contains("memberSources");
    String forged = "@s-secret.lists.example.org " + made(secret) + " all";
    assertThat(name("eve", mine, forged).status()).isEqualTo(409);
    assertThat(members(mine)).containsExactly("eve@o.example");

    site.api("PATCH", open, "{'settings':{'rosterAccess':'PUBLIC'}}");
    site.api("POST", open + "/members", "{'address':'hid@b.example','concealed':true}");
    assertThat(name("eve", mine, "@s-open@lists.example.org").status()).isEqualTo(200);
    assertThat(members(mine)).containsExactly("bob@b.example", "eve@o.example");
    // a stranger sees no sources
    assertThat(
            as("olga", "GET", mine, null).json().path("settings").path("memberSources").toString())
        .isEqualTo("[]");
    // whoever runs the source takes it back, and nobody else
    String feeds = open + "/feeds/s-mine@lists.example.org";
    assertThat(as("olga", "DELETE", feeds, null).status()).isEqualTo(403);
    site.api("POST", open + "/members", "{'address':'olga@o.example','roles':['OWNER']}");
    assertThat(as("olga", "DELETE", feeds, null).status()).isEqualTo(204);
    assertThat(as("olga", "DELETE", feeds, null).status()).isEqualTo(404);
    assertThat(members(mine)).containsExactly("eve@o.example");

    site.api("POST", secret + "/members", "{'address':'eve@o.example','roles':['OWNER']}");
    assertThat(name("eve", mine, "@s-secret@lists.example.org").status()).isEqualTo(200);
    assertThat(members(mine)).containsExactly("ann@a.example", "eve@o.example");
  }

  @Test
  void whatIsNoSourceIsRefusedInClearWords() {
    String all = list("n-all");
    assertThat(sources(all, 409, "@nobody@lists.example.org").body()).contains("nobody@lists");
    assertThat(sources(all, 409, "@n-all@lists.example.org").body()).contains("itself");
    assertThat(sources(all, 409, "users").body()).contains("memberSources");
    assertThat(sources(all, 409, "http://example.org/members.txt").body()).contains("https only");
  }

  @Test
  void ownOptionsHereGoBeforeTheSourcesAndTheExportSaysByWhichWay()
      throws IOException, InterruptedException {
    String users = list("o-users");
    String all = list("o-all");
    add(users, "ann@a.example");
    add(users, "bob@b.example");
    sources(all, 200, "@o-users@lists.example.org");
    site.api("PATCH", all + "/members/ann@a.example", "{'mode':'MIME_DIGEST'}");
    JsonNode ann = site.api("GET", all + "/members/ann@a.example").json();
    assertThat(ann.path("mode").asString("")).isEqualTo("MIME_DIGEST");
    assertThat(ann.path("via").asString("")).isEqualTo("o-users@lists.example.org");
    assertThat(site.api("GET", users + "/members/ann@a.example").json().path("mode").asString(""))
        .isEqualTo("EVERY_POST");
    assertThat(posted("o-all", "bob@b.example")).containsExactly("bob@b.example");
    byte[] file = site.octets(all + "/export");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"memberSources\":[\"@o-users@lists.example.org\"]")
          .containsPattern("\"source-member\".*\"bob@b.example\".*\"o-users@lists.example.org\"")
          .containsPattern("\"member\".*\"ann@a.example\".*\"sourced\":true");
    }
    site.api("DELETE", users + "/members/ann@a.example");
    assertThat(members(all)).as("options alone keep nobody").containsExactly("bob@b.example");
  }

  private Site.Answer name(String account, String list, String source) {
    return as(account, "PATCH", list, "{'settings':{'memberSources':['%s']}}".formatted(source));
  }

  private Site.Answer sources(String list, int status, String... sources) {
    List<String> quoted = new ArrayList<>();
    for (String source : sources) {
      quoted.add("'" + source + "'");
    }
    Site.Answer answer =
        site.api(
            "PATCH",
            list,
            "{'settings':{'memberSources':[%s]}}".formatted(String.join(",", quoted)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private List<String> shownSources(String list) {
    return texts(site.api("GET", list).json().path("settings").path("memberSources"));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asString("")));
    return texts;
  }

  private List<String> members(String list) {
    List<String> members = new ArrayList<>();
    site.api("GET", list + "/members")
        .json()
        .path("items")
        .forEach(member -> members.add(member.path("address").asString("")));
    return members;
  }

  private String made(String list) {
    return site.api("GET", list).json().path("createdAt").asString("");
  }

  private String link(String list, String address) {
    return "/unsubscribe/"
        + site.bean(SignedTokens.class)
            .issue(
                TokenPurpose.UNSUBSCRIBE, "%s.lists.example.org|%s".formatted(list, address), null);
  }

  /** Who gets a post of somebody. */
  private List<String> posted(String list, String author) {
    ListId id = ListId.of(list + ".lists.example.org");
    ListMail mail =
        Fixtures.mail(
            author,
            "From: %s\nTo: %s@lists.example.org\nSubject: Hello\n\nText %d\n"
                .formatted(author, list, ++texts),
            new Route.ListPost(id));
    KafkaAccess kafka = site.bean(KafkaAccess.class);
    kafka
        .publisher()
        .publish(
            MailRecords.mail(
                Topics.LISTS,
                id.value(),
                RecordType.LIST_MAIL,
                mail.meta(),
                mail.id(),
                mail.message()))
        .join();
    Instance.await(() -> isExpanded(mail.id()));
    return json(Topics.DELIVERIES, Delivery.class).stream()
        .filter(delivery -> delivery.content().mailId().equals(mail.id()))
        .filter(delivery -> delivery.kind() == OutgoingMeta.Kind.POST)
        .flatMap(delivery -> delivery.recipients().stream())
        .map(Object::toString)
        .toList();
  }

  private boolean isExpanded(MailId id) {
    return json(Topics.EVENTS, MailEvent.class).stream()
        .anyMatch(event -> event.mailId().equals(id) && event.kind() == MailEvent.Kind.EXPANDED);
  }

  private <T> List<T> json(String topic, Class<T> type) {
    return Instance.records(site.bean(KafkaAccess.class), topic).stream()
        .map(record -> MailJson.read(Objects.requireNonNull(record.value()), type))
        .toList();
  }

  private String list(String name) {
    Site.Answer made =
        site.api("POST", "/lists", "{'address':'%s@lists.example.org'}".formatted(name));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return "/lists/" + name + "@lists.example.org";
  }

  private void add(String list, String address) {
    assertThat(site.api("POST", list + "/members", "{'address':'%s'}".formatted(address)).status())
        .isEqualTo(201);
  }

  private Site.Answer as(String name, String method, String path, @Nullable String json) {
    return site.as(Site.basic(name, PASSWORD), method, path, json);
  }
}
