package org.milena.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.milena.common.event.MailJson;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.standalone.system.Posting.Post;
import org.milena.standalone.system.Site.Room;
import org.milena.testkit.dns.TestNameServer;
import org.milena.testkit.dns.TestZone;
import org.milena.testkit.load.Poster;
import org.milena.testkit.mail.ArchivedMail;
import org.milena.testkit.sink.SinkMessage;
import tools.jackson.databind.JsonNode;

/**
 * A site with the domain {@code lists.example} and one list in it, which has a prefix and a footer.
 * Names are asked of a server of its own: who posts from {@code a.example} or {@code x.example} is
 * proven by SPF and DMARC, so that the list may answer.
 */
final class CaseSite implements AutoCloseable {
  static final String LIST = "list@lists.example";
  static final String MEMBER = "member@a.example";
  static final String OWNER = "owner@b.example";

  /** Whoever gets the posts. */
  static final Set<String> MEMBERS =
      Set.of(MEMBER, "\"a b,c\"@a.example", "reader@b.example", "other@c.example");

  static final String FOOTER = "You get this as a member of the list.";

  static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int KEEP = 5_000;

  /** Of a long line so much stays on one, whatever the encoding. */
  private static final int BEGIN = 60;

  /** The ways the story of a mail goes on. */
  private static final Set<String> DECISIONS =
      Set.of("QUARANTINED", "ACCEPTED", "HELD", "REJECTED", "DISCARDED", "DUPLICATE", "COMMAND");

  private final TestNameServer names;
  private final Site site;

  /**
   * A mail that was taken, and what the site made of it.
   *
   * @param kind what was decided
   * @param text of that decision, for people
   */
  record Taken(String mailId, RawMessage sent, String kind, String text) {

    HeaderBlock header() {
      return HeaderBlock.of(sent);
    }

    /** With its brackets. */
    String messageId() {
      return header().first("Message-ID").orElseThrow().value();
    }

    /** Asserts that a field stands in a copy with the octets that were sent. */
    void assertSameIn(SinkMessage copy, String field) {
      assertThat(octets(copy.content(), field)).isEqualTo(octets(sent, field));
    }

    private static List<String> octets(RawMessage message, String field) {
      return HeaderBlock.of(message).all(field).stream()
          .map(one -> new String(one.toByteArray(), StandardCharsets.ISO_8859_1))
          .toList();
    }

    /** The octets behind the header, each as one character. */
    String body() {
      return body(sent);
    }

    static String body(RawMessage message) {
      byte[] octets = message.unsafeBytes();
      int from = HeaderBlock.of(message).bodyOffset();
      return new String(octets, from, octets.length - from, StandardCharsets.ISO_8859_1);
    }
  }

  private CaseSite(TestNameServer names, Site site) {
    this.names = names;
    this.site = site;
  }

  /** Starts it, and makes the list. */
  static CaseSite start() {
    TestNameServer names =
        TestNameServer.start(
            new TestZone()
                .txt("a.example", "v=spf1 ip4:127.0.0.1 -all")
                .txt("_dmarc.a.example", "v=DMARC1; p=none")
                .txt("x.example", "v=spf1 ip4:127.0.0.1 -all")
                .txt("_dmarc.x.example", "v=DMARC1; p=none"));
    CaseSite started =
        new CaseSite(
            names,
            Site.start(KEEP, Map.of("MILENA_SCANNER_AUTHENTICATION_DNSSERVERS", names.address())));
    try {
      started.site.put(Room.LISTEXPANDER, "/api/v1/domains/lists.example", "{}");
      started.makeList(LIST, "{\"subjectPrefix\": \"[list] \"}", MEMBERS);
      started.addMember(LIST, OWNER, ", \"roles\": [\"OWNER\"]");
      started.site.put(
          Room.LISTEXPANDER,
          "/api/v1/lists/" + LIST + "/templates/list:member:regular:footer",
          "{\"text\": \"" + FOOTER + "\"}");
      started.site.awaitIdle(LIMIT);
      return started;
    } catch (RuntimeException | AssertionError e) {
      started.close();
      throw e;
    }
  }

  /** Makes a list with these members. */
  void makeList(String address, String settings, Set<String> members) {
    site.post(
        Room.LISTEXPANDER,
        "/api/v1/lists",
        "application/json",
        "{\"address\": \"%s\", \"settings\": %s}".formatted(address, settings));
    members.forEach(member -> addMember(address, member, ""));
  }

  private void addMember(String list, String member, String more) {
    site.post(
        Room.LISTEXPANDER,
        "/api/v1/lists/" + list + "/members",
        "application/json",
        "{\"address\": \"%s\"%s}".formatted(member.replace("\"", "\\\""), more));
  }

  /** What a page of the service of lists holds. */
  private List<JsonNode> items(String path) {
    return site.get(Room.LISTEXPANDER, path).path("items").valueStream().toList();
  }

  JsonNode post(Room room, String path, String json) {
    return site.post(room, path, "application/json", json);
  }

  /** Sends a mail, and waits until it is decided and nothing more happens. */
  Taken send(String from, String to, RawMessage message) {
    String reply;
    try (Poster poster = new Poster(site.smtpPort)) {
      reply = Posting.finalReply(poster, new Post("mail to " + to, from, to, message));
    }
    assertThat(reply).startsWith("250 2.0.0 Ok: queued as ");
    String mailId = reply.substring(reply.lastIndexOf(' ') + 1);
    List<JsonNode> decisions = decisions(mailId, 1);
    assertThat(decisions).hasSize(1);
    JsonNode decision = decisions.getFirst();
    return new Taken(
        mailId, message, decision.path("kind").asString(), decision.path("text").asString());
  }

  /** What was decided about a mail, once there are so many decisions. */
  List<String> kinds(Taken mail, int count) {
    return decisions(mail.mailId(), count).stream()
        .map(event -> event.path("kind").asString())
        .toList();
  }

  /** The sentence of an event in its story. */
  String told(Taken mail, String kind) {
    return events(mail.mailId()).stream()
        .filter(event -> event.path("kind").asString().equals(kind))
        .map(event -> event.path("text").asString())
        .findFirst()
        .orElseThrow();
  }

  /** Waits for so many decisions about a mail, and until nothing more happens. */
  private List<JsonNode> decisions(String mailId, int count) {
    List<JsonNode> found = new ArrayList<>();
    try {
      Site.await(
          count + " decisions about " + mailId,
          LIMIT,
          () -> {
            found.clear();
            events(mailId).stream()
                .filter(event -> DECISIONS.contains(event.path("kind").asString()))
                .forEach(found::add);
            return found.size() >= count;
          });
      site.awaitIdle(LIMIT);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + site.deadLetters() + site.logs(), e);
    }
    assertThat(site.deadLetters()).isEmpty();
    return found;
  }

  /** What happened to a mail so far; nothing while nobody has heard of it. */
  private List<JsonNode> events(String mailId) {
    return story(mailId)
        .map(story -> story.path("events").valueStream().toList())
        .orElse(List.of());
  }

  private Optional<JsonNode> story(String mailId) {
    HttpResponse<String> answer = ask(Room.ARCHIVE, "/api/v1/trace/" + mailId);
    return answer.statusCode() == 404
        ? Optional.empty()
        : Optional.of(MailJson.mapper().readTree(answer.body()).path("items").path(0));
  }

  HttpResponse<String> ask(Room room, String path) {
    return site.exchange(
        HttpRequest.newBuilder().GET().header("Authorization", Site.basic()), room, path);
  }

  /**
   * Asserts that every member got the mail once, in a copy of the list, and the archive has it as
   * it was sent.
   *
   * @return the copies by their recipients
   */
  Map<String, SinkMessage> assertIsPosted(Taken mail) {
    assertThat(mail.kind()).as(mail.text()).isEqualTo("ACCEPTED");
    return assertIsDistributed(mail);
  }

  /** Likewise, however it came to be posted. */
  Map<String, SinkMessage> assertIsDistributed(Taken mail) {
    Site.await("copies", LIMIT, () -> copies(mail).size() >= MEMBERS.size());
    Map<String, SinkMessage> copies = new LinkedHashMap<>();
    for (SinkMessage copy : copies(mail)) {
      assertThat(copy.reversePath()).startsWith("<list-bounces+").contains("@lists.example>");
      assertThat(copy.recipients()).hasSize(1);
      assertThat(copies.put(copy.recipients().getFirst(), copy)).as("came twice").isNull();
      assertIsOfTheList(HeaderBlock.of(copy.content()));
    }
    assertThat(copies.keySet()).isEqualTo(MEMBERS);
    Site.await("relayed", LIMIT, () -> relayed(mail) == MEMBERS.size());
    Site.await("the archive", LIMIT, () -> !archived(mail).isEmpty());
    assertThat(archived(mail)).hasSize(1);
    ArchivedMail.assertIsWhatWasSent(mail.messageId(), mail.sent(), raw(post(mail)));
    return copies;
  }

  private long relayed(Taken mail) {
    return story(mail.mailId()).orElseThrow().path("deliveries").path("relayed").asLong();
  }

  private static void assertIsOfTheList(HeaderBlock copy) {
    assertThat(copy.all("List-Id"))
        .singleElement()
        .satisfies(field -> assertThat(field.value()).endsWith("<list.lists.example>"));
    assertThat(copy.all("List-Post"))
        .singleElement()
        .satisfies(field -> assertThat(field.value()).isEqualTo("<mailto:" + LIST + ">"));
    assertThat(copy.all("List-Unsubscribe")).hasSize(1);
    assertThat(copy.all("Archived-At")).hasSize(1);
    assertThat(copy.all("Subject"))
        .singleElement()
        .satisfies(field -> assertThat(field.decoded()).startsWith("[list] "));
    assertThat(copy.all("X-BeenThere"))
        .singleElement()
        .satisfies(field -> assertThat(field.value()).isEqualTo(LIST));
  }

  /** Asserts that nobody got the mail, and it is not archived. */
  void assertIsKeptBack(Taken mail, String kind, String why) {
    assertThat(mail.kind()).as(mail.text()).isEqualTo(kind);
    assertThat(mail.text()).contains(why);
    assertThat(copies(mail)).isEmpty();
    assertThat(archived(mail)).isEmpty();
  }

  /** Copies for members: what bears the mail's own id, and the beginning of its text. */
  List<SinkMessage> copies(Taken mail) {
    String line = mail.body().lines().findFirst().orElseThrow();
    String begin = line.substring(0, Math.min(BEGIN, line.length()));
    return site.sink.messages().stream()
        .filter(message -> message.messageId().equals(mail.messageId()))
        .filter(message -> Taken.body(message.content()).contains(begin))
        .toList();
  }

  /** Mails that the site itself wrote to somebody, with this in their subject. */
  List<SinkMessage> notices(String recipient, String subject) {
    return site.sink.messages().stream()
        .filter(message -> message.recipients().contains(recipient))
        .filter(message -> {
          HeaderBlock header = HeaderBlock.of(message.content());
          return header.has("Auto-Submitted")
              && header.first("Subject").orElseThrow().decoded().contains(subject);
        })
        .toList();
  }

  /** Whoever got anything so far. */
  Set<String> everybody() {
    return site.sink.messages().stream()
        .flatMap(message -> message.recipients().stream())
        .collect(Collectors.toSet());
  }

  /** What waits for moderators of this mail. */
  JsonNode held(Taken mail) {
    List<JsonNode> held =
        items("/api/v1/lists/" + LIST + "/held").stream()
            .filter(one -> one.path("mailId").asString().equals(mail.mailId()))
            .toList();
    assertThat(held).hasSize(1);
    return site.get(Room.LISTEXPANDER, "/api/v1/held/" + held.getFirst().path("id").asString());
  }

  /** Whoever is a member now. */
  Set<String> members() {
    return items("/api/v1/lists/" + LIST + "/members").stream()
        .filter(member ->
            member.path("roles").valueStream().anyMatch(role -> role.asString().equals("MEMBER")))
        .map(member -> member.path("address").asString())
        .collect(Collectors.toSet());
  }

  /** Who waits to join or to leave. */
  List<JsonNode> requests() {
    return items("/api/v1/lists/" + LIST + "/requests");
  }

  private List<JsonNode> archived(Taken mail) {
    return site.archivedPosts(LIST).stream()
        .filter(post -> post.path("sha256").asString().equals(mail.sent().sha256()))
        .toList();
  }

  /** The post, as the archive shows it to programs. */
  JsonNode post(Taken mail) {
    return archived(mail).getFirst();
  }

  /** Its text there. */
  String text(Taken mail) {
    return site.get(Room.ARCHIVE, api(post(mail))).path("text").asString();
  }

  /** The posts of its thread. */
  List<JsonNode> thread(Taken mail) {
    return site.get(Room.ARCHIVE, api(post(mail)) + "/thread").path("items").valueStream().toList();
  }

  /** The pages that show it: itself, its thread, the list's first page, and what is found. */
  List<String> pages(Taken mail) {
    JsonNode post = post(mail);
    String list = "/archive/" + LIST;
    return List.of(
            list + "/message/" + post.path("id").asString(),
            list + "/thread/" + post.path("thread").asString(),
            list,
            list + "/" + post.path("date").asString().substring(0, 7),
            "/archive/search?q=&list=" + LIST)
        .stream()
        .map(path -> new String(site.getBytes(Room.ARCHIVE, path), StandardCharsets.UTF_8))
        .toList();
  }

  private static String api(JsonNode post) {
    return "/api/v1/archive/" + LIST + "/messages/" + post.path("id").asString();
  }

  private RawMessage raw(JsonNode post) {
    return RawMessage.wrap(site.getBytes(Room.ARCHIVE, api(post) + "/raw"));
  }

  /** Without brackets. */
  static String bare(String messageId) {
    return MessageId.parse(messageId).orElseThrow().value();
  }

  @Override
  public void close() {
    site.close();
    names.close();
  }
}
