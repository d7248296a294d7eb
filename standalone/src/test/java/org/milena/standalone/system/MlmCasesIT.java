package org.milena.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.standalone.system.CaseSite.LIST;
import static org.milena.standalone.system.CaseSite.MEMBER;
import static org.milena.standalone.system.CaseSite.MEMBERS;
import static org.milena.standalone.system.CaseSite.OWNER;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.milena.common.event.MailJson;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.standalone.system.CaseSite.Taken;
import org.milena.standalone.system.Site.Room;
import org.milena.testkit.sink.SinkMessage;
import tools.jackson.databind.JsonNode;

/**
 * Mail that was made to mislead list servers, sent to one over SMTP: what it does with each is
 * looked at from outside, by the copies, the mails that it writes itself, the held posts, the
 * quarantine, the stories and the archive.
 */
class MlmCasesIT {
  private static CaseSite site;

  /** Each is sent once, when it is first asked for: some come behind others. */
  private static final Map<String, Taken> SENT = new HashMap<>();

  /** What is to become of each, in the order in which they are sent. */
  private static final Map<String, Consumer<Taken>> CASES = new LinkedHashMap<>();

  static {
    CASES.put("foreign-list-headers", MlmCasesIT::onlyOurFieldsStay);
    CASES.put("command-html-only", MlmCasesIT::theCommandInHtmlIsRead);
    CASES.put("command-many", MlmCasesIT::nobodyElseIsSubscribed);
    CASES.put("two-from-addresses", MlmCasesIT::bothAuthorsAreAnswered);
    CASES.put("two-from-headers", MlmCasesIT::isRejectedInSilence);
    CASES.put("from-empty-group", MlmCasesIT::theEnvelopeSaysWhoPosts);
    CASES.put("from-spoof-display", MlmCasesIT::theAddressDecides);
    CASES.put("duplicate-message-id-a", MlmCasesIT::isPostedOnceHoweverOftenItComes);
    CASES.put("duplicate-message-id-b", MlmCasesIT::waitsBesideTheOther);
    CASES.put("message-id-1000", MlmCasesIT::isFoundByItsLongName);
    CASES.put("date-2099", MlmCasesIT::standsWhereItCame);
    CASES.put("date-garbage", MlmCasesIT::standsWhereItCame);
    CASES.put("references-5000", MlmCasesIT::keepsAllReferences);
    CASES.put("references-self-loop", MlmCasesIT::isAThreadOfItsOwn);
    CASES.put("references-cycle-a", MlmCasesIT::isInTheThreadOfTheCycle);
    CASES.put("references-cycle-b", MlmCasesIT::isInTheThreadOfTheCycle);
    CASES.put("subject-newline-injection", MlmCasesIT::theSubjectStaysOnItsLine);
    CASES.put("subject-prefix-repeat", MlmCasesIT::thePrefixStandsOnce);
    CASES.put("local-part-quoted", MlmCasesIT::theQuotedMemberPosts);
    CASES.put("local-part-case", MlmCasesIT::theMemberIsKnownInAnyCase);
    CASES.put("signed-pgp-shape", MlmCasesIT::whatIsSignedStays);
    CASES.put("header-xss", MlmCasesIT::pagesShowTextOnly);
    CASES.put("nested-100", MlmCasesIT::waitsInQuarantine);
    CASES.put("parts-20000", MlmCasesIT::waitsInQuarantine);
    CASES.put("dot-lines", MlmCasesIT::theTextArrivesWhole);
    CASES.put("line-100k", MlmCasesIT::theLongLineArrivesWholeInShortOnes);
    CASES.put("8bit-no-mime", MlmCasesIT::theOctetsStayAndAreRead);
    CASES.put("utf16-body", MlmCasesIT::wideTextIsRead);
    CASES.put("many-cc", MlmCasesIT::isHeldForItsRecipients);
  }

  @BeforeAll
  static void start() {
    site = CaseSite.start();
  }

  @AfterAll
  static void stop() {
    if (site != null) { // it is not when it could not be started
      site.close();
    }
  }

  @Test
  void everyCaseHasAnExpectation() {
    assertThat(CASES.keySet()).containsExactlyInAnyOrderElementsOf(MlmMail.indexed());
    assertThat(CASES.keySet()).containsExactlyInAnyOrderElementsOf(MlmMail.there());
  }

  @TestFactory
  List<DynamicTest> doesWhatAListServerShould() {
    List<DynamicTest> tests = new ArrayList<>();
    CASES.forEach((name, expected) ->
        tests.add(
            DynamicTest.dynamicTest(
                name,
                () -> {
                  try {
                    expected.accept(sent(name));
                  } catch (AssertionError e) {
                    // reports call it by its number only
                    throw new AssertionError(MlmMail.of(name) + ": " + e.getMessage(), e);
                  }
                })));
    return tests;
  }

  @Test
  void listsThatAreMembersOfEachOtherStopAfterOneLap() {
    String one = "one@lists.example";
    String two = "two@lists.example";
    site.makeList(one, "{\"acceptNonMembers\": [\"@" + two + "\"]}", Set.of(MEMBER, two));
    site.makeList(
        two, "{\"acceptNonMembers\": [\"@" + one + "\"]}", Set.of("reader@b.example", one));
    RawMessage post =
        RawMessage.wrap(
            ("From: "
                    + MEMBER
                    + "\r\nTo: "
                    + one
                    + "\r\nSubject: a lap\r\n"
                    + "Message-ID: <lap@a.example>\r\n\r\nround\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    Taken first = site.send(MEMBER, one, post);
    assertThat(first.kind()).as(first.text()).isEqualTo("ACCEPTED");
    Taken second = handedOn(first, two);
    assertThat(second.kind()).as(second.text()).isEqualTo("ACCEPTED");
    Taken third = handedOn(second, one);
    assertThat(third.kind()).as(third.text()).isEqualTo("DISCARDED");
    assertThat(third.text()).contains("It has passed this list before.", "Rules: loop.");
    assertThat(site.copies(first).stream().flatMap(copy -> copy.recipients().stream()))
        .containsExactlyInAnyOrder(MEMBER, two, "reader@b.example", one);
  }

  /** The copy for a list that is a member, as the host outside brings it back. */
  private static Taken handedOn(Taken mail, String list) {
    Site.await(
        "the copy for " + list,
        CaseSite.LIMIT,
        () -> site.copies(mail).stream().anyMatch(copy -> copy.recipients().contains(list)));
    SinkMessage copy =
        site.copies(mail).stream()
            .filter(one -> one.recipients().contains(list))
            .findFirst()
            .orElseThrow();
    String path = copy.reversePath();
    return site.send(path.substring(1, path.indexOf('>')), list, copy.content());
  }

  // what becomes of each

  private static void onlyOurFieldsStay(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      HeaderBlock header = HeaderBlock.of(copy.content());
      assertThat(header.first("List-Unsubscribe").orElseThrow().value())
          .contains("list-unsubscribe", "lists.example")
          .doesNotContain("leave@");
      assertThat(copy.text()).doesNotContain("other.example.org");
      assertThat(header.all("Precedence")).hasSize(1);
      mail.assertSameIn(copy, "Reply-To");
    }
  }

  private static void theCommandInHtmlIsRead(Taken mail) {
    site.assertIsKeptBack(mail, "COMMAND", "subscribe: ");
    Site.await(
        "the answer", CaseSite.LIMIT, () -> !site.notices(MEMBER, "You are a member of").isEmpty());
    assertThat(site.notices(MEMBER, "You are a member of")).hasSize(1);
    assertThat(site.members()).isEqualTo(MEMBERS);
  }

  private static void nobodyElseIsSubscribed(Taken mail) {
    site.assertIsKeptBack(mail, "COMMAND", "Only the first 5 commands");
    Site.await(
        "the answer", CaseSite.LIMIT, () -> !site.notices(MEMBER, "Your commands to").isEmpty());
    List<SinkMessage> answers = site.notices(MEMBER, "Your commands to");
    assertThat(answers).hasSize(1);
    assertThat(Taken.body(answers.getFirst().content()))
        .contains("Only the first 5 commands")
        .contains("only the address itself can ask for that");
    assertThat(site.everybody()).noneMatch(address -> address.startsWith("victim"));
    assertThat(site.requests()).isEmpty();
    assertThat(site.members()).isEqualTo(MEMBERS);
  }

  private static void bothAuthorsAreAnswered(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      assertIsInTheListsName(copy, "a and others via list");
      HeaderBlock header = HeaderBlock.of(copy.content());
      assertThat(header.first("Reply-To").orElseThrow().value())
          .contains("a@a.example", "b@b.example");
      mail.assertSameIn(copy, "Sender");
    }
    assertThat(mail.text()).contains("it names no single author");
    assertThat(site.told(mail, "EXPANDED")).contains("it names no single author's domain");
    assertThat(site.post(mail).path("author").toString()).doesNotContain("via list");
  }

  /** Receivers refuse mail whose author has no single domain (RFC 9989 section 5.3.1). */
  private static void assertIsInTheListsName(SinkMessage copy, String name) {
    assertThat(HeaderBlock.of(copy.content()).all("From"))
        .extracting(HeaderField::value)
        .containsExactly(name + " <" + LIST + ">");
  }

  private static void isRejectedInSilence(Taken mail) {
    site.assertIsKeptBack(mail, "REJECTED", "more than one From field");
    assertThat(mail.text()).contains("nobody was told");
    assertThat(site.everybody()).noneMatch(address -> address.endsWith("@victim.example"));
    assertThat(site.notices(MEMBER, "was not accepted")).isEmpty();
  }

  private static void theEnvelopeSaysWhoPosts(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      assertIsInTheListsName(copy, "list");
    }
    assertThat(mail.text()).contains("it names no single author");
    assertThat(site.pages(mail)).allSatisfy(page -> assertThat(page).contains("</html>"));
  }

  private static void theAddressDecides(Taken mail) {
    site.assertIsKeptBack(mail, "HELD", "evil@x.example is not a member");
    JsonNode held = site.held(mail);
    assertThat(held.path("writer").path("address").asString()).isEqualTo("evil@x.example");
    assertThat(held.path("author").asString()).contains("<evil@x.example>");
    Site.await(
        "the notices",
        CaseSite.LIMIT,
        () ->
            !site.notices(OWNER, "Held: spoof").isEmpty()
                && !site.notices("evil@x.example", "waits for a moderator").isEmpty());
  }

  private static void isPostedOnceHoweverOftenItComes(Taken mail) {
    site.assertIsPosted(mail);
    Taken again = site.send(MEMBER, LIST, mail.sent());
    assertThat(again.kind()).isEqualTo("DUPLICATE");
    assertThat(again.text()).contains(mail.mailId());
    assertThat(site.copies(mail)).hasSameSizeAs(MEMBERS);
  }

  private static void waitsBesideTheOther(Taken mail) {
    Taken other = sent("duplicate-message-id-a");
    assertThat(mail.messageId()).isEqualTo(other.messageId());
    site.assertIsKeptBack(mail, "HELD", "the same Message-ID: " + other.mailId());
    JsonNode held = site.held(mail);
    assertThat(held.path("text").asString()).contains(mail.body().strip());
    assertIsReleased(mail, held);
    site.assertIsDistributed(other);
    assertThat(site.post(mail).path("id")).isNotEqualTo(site.post(other).path("id"));
  }

  /** A moderator lets it go, and it is posted as others are. */
  private static void assertIsReleased(Taken mail, JsonNode held) {
    site.post(Room.LISTEXPANDER, "/api/v1/held/" + held.path("id").asString() + "/accept", "{}");
    assertThat(site.kinds(mail, 2)).containsExactly("HELD", "ACCEPTED");
    site.assertIsDistributed(mail);
  }

  private static void isFoundByItsLongName(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      mail.assertSameIn(copy, "Message-ID");
      assertThat(HeaderBlock.of(copy.content()).first("Subject").orElseThrow().decoded())
          .isEqualTo("[list] " + mail.header().first("Subject").orElseThrow().value());
      assertThat(
              copy.text()
                  .lines()
                  .filter(line -> !line.startsWith("Message-ID: "))
                  .mapToInt(String::length))
          .allMatch(length -> length <= 998);
    }
    String id = CaseSite.bare(mail.messageId());
    assertThat(site.post(mail).path("messageId").asString()).isEqualTo(id);
    assertThat(site.ask(Room.ARCHIVE, "/api/v1/trace?id=" + id).body()).contains(mail.mailId());
    assertThat(
            site.ask(Room.ARCHIVE, "/api/v1/archive/" + LIST + "/mid?id=" + id)
                .headers()
                .firstValue("Location")
                .orElse(""))
        .endsWith(site.post(mail).path("id").asString());
  }

  private static void standsWhereItCame(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      mail.assertSameIn(copy, "Date");
    }
    JsonNode post = site.post(mail);
    assertThat(Instant.parse(post.path("date").asString()))
        .isBeforeOrEqualTo(Instant.parse(post.path("receivedAt").asString()))
        .isAfter(Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static void keepsAllReferences(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      mail.assertSameIn(copy, "References");
    }
    assertThat(site.post(mail).path("references").size()).isBetween(1, 200);
    assertThat(site.thread(mail)).hasSize(1);
    assertThat(site.pages(mail)).allSatisfy(page -> assertThat(page).contains("</html>"));
  }

  private static void isAThreadOfItsOwn(Taken mail) {
    site.assertIsPosted(mail);
    assertThat(site.thread(mail))
        .singleElement()
        .satisfies(node -> {
          assertThat(node.path("post").path("id")).isEqualTo(site.post(mail).path("id"));
          assertThat(node.path("parent").isNull()).isTrue();
        });
    assertThat(site.pages(mail)).allSatisfy(page -> assertThat(page).contains("</html>"));
  }

  private static void isInTheThreadOfTheCycle(Taken mail) {
    site.assertIsPosted(mail);
    Taken one = sent("references-cycle-a");
    Taken other = sent("references-cycle-b");
    assertThat(site.thread(mail).stream().map(node -> node.path("post").path("id")))
        .containsExactlyInAnyOrder(site.post(one).path("id"), site.post(other).path("id"));
    assertThat(site.thread(mail).stream().filter(node -> node.path("parent").isNull())).hasSize(1);
    assertThat(site.pages(mail)).allSatisfy(page -> assertThat(page).contains("</html>"));
  }

  private static void theSubjectStaysOnItsLine(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      HeaderBlock header = HeaderBlock.of(copy.content());
      assertThat(header.has("Bcc")).isFalse();
      assertThat(header.first("Subject").orElseThrow().decoded())
          .isEqualTo("[list] hi Bcc: victim@b.example");
    }
    assertThat(site.everybody()).noneMatch(address -> address.startsWith("victim"));
    assertThat(site.post(mail).path("subject").asString()).isEqualTo("hi Bcc: victim@b.example");
    assertThat(site.pages(mail)).allSatisfy(page -> assertThat(page).doesNotContain("\nBcc:"));
  }

  private static void thePrefixStandsOnce(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      assertThat(HeaderBlock.of(copy.content()).first("Subject").orElseThrow().value())
          .isEqualTo("[list] Re: topic");
    }
  }

  private static void theQuotedMemberPosts(Taken mail) {
    Map<String, SinkMessage> copies = site.assertIsPosted(mail);
    String author = mail.header().first("From").orElseThrow().value();
    assertThat(mail.text()).contains(author + " is proven to be the author");
    assertThat(copies).containsKey(author);
    copies.values().forEach(copy -> mail.assertSameIn(copy, "From"));
    assertThat(site.post(mail).path("from").path("address").asString()).isEqualTo(author);
  }

  private static void theMemberIsKnownInAnyCase(Taken mail) {
    site.assertIsPosted(mail).values().forEach(copy -> mail.assertSameIn(copy, "From"));
    assertThat(mail.text()).contains("is proven to be the author").doesNotContain("not a member");
  }

  private static void whatIsSignedStays(Taken mail) {
    String type = mail.header().first("Content-Type").orElseThrow().value();
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      assertThat(HeaderBlock.of(copy.content()).first("Content-Type").orElseThrow().value())
          .startsWith("multipart/mixed;");
      assertThat(Taken.body(copy.content()))
          .contains("\r\nContent-Type: " + type + "\r\n\r\n" + mail.body())
          .contains(CaseSite.FOOTER);
      assertThat(copy.text().indexOf(CaseSite.FOOTER))
          .isGreaterThan(copy.text().indexOf(mail.body()) + mail.body().length());
    }
  }

  private static void pagesShowTextOnly(Taken mail) {
    site.assertIsPosted(mail);
    assertThat(site.pages(mail))
        .allSatisfy(page -> assertThat(page).doesNotContain("<script>alert", "<img src=x"))
        .allSatisfy(page -> assertThat(page).contains("</html>"))
        .anySatisfy(page -> assertThat(page).contains("&lt;img src=x", "&lt;script&gt;"));
  }

  private static void waitsInQuarantine(Taken mail) {
    site.assertIsKeptBack(mail, "QUARANTINED", "");
    String path = "/api/v1/ops/quarantine/" + mail.mailId();
    JsonNode kept = MailJson.mapper().readTree(site.ask(Room.SCANNER, path).body());
    assertThat(kept.path("state").asString()).isEqualTo("KEPT");
    assertThat(kept.path("verdict").asString()).isEqualTo("UNSCANNABLE");
    site.post(Room.SCANNER, path + "/release", "{}");
    assertThat(site.kinds(mail, 2)).containsExactly("QUARANTINED", "ACCEPTED");
    site.assertIsDistributed(mail);
    assertThat(site.post(mail).path("defects")).isNotEmpty();
    assertThat(site.pages(mail)).allSatisfy(page -> assertThat(page).contains("</html>"));
  }

  private static void theTextArrivesWhole(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      assertThat(Taken.body(copy.content())).isEqualTo(mail.body() + CaseSite.FOOTER + "\r\n");
    }
    assertThat(site.pages(mail)).allSatisfy(page -> assertThat(page).contains("</html>"));
  }

  private static void theLongLineArrivesWholeInShortOnes(Taken mail) {
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      assertThat(copy.text().lines().mapToInt(String::length)).allMatch(length -> length <= 998);
      assertThat(HeaderBlock.of(copy.content()).first("Content-Transfer-Encoding"))
          .hasValueSatisfying(field -> assertThat(field.value()).isEqualTo("quoted-printable"));
      assertThat(Taken.body(copy.content()).replace("=\r\n", ""))
          .isEqualTo(mail.body() + CaseSite.FOOTER + "\r\n");
    }
    assertThat(site.pages(mail)).allSatisfy(page -> assertThat(page).contains("</html>"));
  }

  private static void theOctetsStayAndAreRead(Taken mail) {
    theTextArrivesWhole(mail);
    assertThat(site.text(mail)).contains(mail.body().strip());
  }

  private static void wideTextIsRead(Taken mail) {
    String text =
        new String(Base64.getDecoder().decode(mail.body().strip()), StandardCharsets.UTF_16)
            .strip();
    for (SinkMessage copy : site.assertIsPosted(mail).values()) {
      assertThat(Taken.body(copy.content())).contains(mail.body(), CaseSite.FOOTER);
    }
    assertThat(site.text(mail)).contains(text);
  }

  private static void isHeldForItsRecipients(Taken mail) {
    site.assertIsKeptBack(mail, "HELD", "It names 3,001 addresses");
    assertThat(site.held(mail).path("reasons")).hasSize(1);
    Site.await(
        "the notices",
        CaseSite.LIMIT,
        () ->
            !site.notices(OWNER, "Held: cc").isEmpty()
                && !site.notices(MEMBER, "waits for a moderator").isEmpty());
    assertIsReleased(mail, site.held(mail));
    for (SinkMessage copy : site.copies(mail)) {
      mail.assertSameIn(copy, "Cc");
    }
    assertThat(site.everybody()).noneMatch(address -> address.matches("u\\d+@b\\.example"));
  }

  // how they are looked at

  private static Taken sent(String name) {
    Taken before = SENT.get(name);
    if (before != null) {
      return before;
    }
    MlmMail mail = MlmMail.of(name);
    Taken taken = site.send(mail.from(), mail.to(), mail.message());
    SENT.put(name, taken);
    return taken;
  }
}
