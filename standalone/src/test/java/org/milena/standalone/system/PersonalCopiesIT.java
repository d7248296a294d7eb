package org.milena.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.standalone.system.Site.Room;
import org.milena.testkit.load.Poster;
import org.milena.testkit.sink.SinkMessage;

/** Copies that are each member's own, and links in them to what the archive keeps. */
class PersonalCopiesIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String LIST = "users@" + Site.DOMAIN;
  private static final String ANN = "ann@example.net";
  private static final String BOB = "bob@example.net";
  private static final String ARCHIVED = "/api/v1/archive/" + LIST + "/mbox";
  private static final Pattern LINK = Pattern.compile("https://\\S+/attachment/\\S+");

  private static Site site;

  @BeforeAll
  static void start() {
    site = Site.start(100, Map.of());
    site.createList(
        "users", List.of(BOB), "{\"personalize\": \"FULL\", \"attachments\": \"LINK\"}");
    site.post(
        Room.LISTEXPANDER,
        "/api/v1/lists/" + LIST + "/members",
        "application/json",
        "{\"address\": \"%s\", \"displayName\": \"Ann \u00c4\"}".formatted(ANN));
    site.put(
        Room.LISTEXPANDER,
        "/api/v1/lists/" + LIST + "/templates/list:member:regular:footer",
        "{\"text\": \"For ${user_name_or_email} <${user_email}>\\n${user_unsubscribe_url}\"}");
    site.awaitIdle(LIMIT);
  }

  @AfterAll
  static void stop() {
    if (site != null) { // it is not when it could not be started
      site.close();
    }
  }

  @Test
  void eachCopySpeaksOfItsReaderAndLinksToTheFile() throws Exception {
    byte[] file = new byte[20_000];
    new Random(1).nextBytes(file);
    String post =
        "From: Bob <bob@example.net>\r\nTo: users@lists.example.org\r\nSubject: A file\r\n"
            + "Message-ID: <file@example.net>\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\n\r\ntext\r\n--b\r\n"
            + "Content-Type: application/pdf; name=\"r.pdf\"\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(file)
            + "\r\n--b--\r\n";
    try (Poster poster = new Poster(site.smtpPort)) {
      assertThat(poster.post(BOB, LIST, post.getBytes(StandardCharsets.US_ASCII)))
          .startsWith("250 ");
    }
    Site.await("two copies", LIMIT, () -> copies().size() == 2);
    Site.await("the archive", LIMIT, () -> site.archived(LIST) == 1);

    RawMessage anns = copy(ANN);
    RawMessage bobs = copy(BOB);
    assertThat(value(anns, "To")).isEqualTo("Ann \u00c4 <ann@example.net>");
    assertThat(value(bobs, "To")).isEqualTo(BOB);
    assertThat(value(bobs, "Cc")).isEqualTo(LIST);
    assertThat(decoded(anns))
        .contains("For Ann \u00c4 <ann@example.net>\r\nhttps://lists.example.org/unsubscribe/")
        .doesNotContain(BOB + ">\r\nhttps");
    assertThat(decoded(bobs))
        .contains("For bob@example.net <bob@example.net>\r\nhttps://lists.example.org/unsubscribe/")
        .doesNotContain("Ann")
        .doesNotContain(ANN);
    assertThat(text(bobs).lines()).allMatch(line -> line.length() <= 998);

    assertThat(text(anns)).contains("r.pdf").doesNotContain("sign in");
    Matcher link = LINK.matcher(text(anns));
    assertThat(link.find()).isTrue();
    assertThat(site.getBytes(Room.ARCHIVE, URI.create(link.group()).getPath())).isEqualTo(file);
    assertThat(new String(site.getBytes(Room.ARCHIVE, ARCHIVED), StandardCharsets.UTF_8))
        .as("what the archive keeps is nobody's own copy")
        .contains("Subject: A file", "r.pdf")
        .doesNotContainIgnoringCase("unsubscribe");
    assertThat(site.deadLetters()).isEmpty();
  }

  private static List<SinkMessage> copies() {
    return site.sink.messages().stream()
        .filter(message -> message.text().contains("\r\nSubject: A file\r\n"))
        .collect(Collectors.toList());
  }

  private static RawMessage copy(String recipient) {
    return copies().stream()
        .filter(message -> message.recipients().equals(List.of(recipient)))
        .findFirst()
        .orElseThrow()
        .content();
  }

  private static String value(RawMessage message, String name) {
    return HeaderBlock.of(message).first(name).map(HeaderField::decoded).orElse("");
  }

  private static String text(RawMessage message) {
    return new String(message.unsafeBytes(), StandardCharsets.ISO_8859_1);
  }

  /** As if all of it were in quoted-printable. */
  private static String decoded(RawMessage message) throws Exception {
    try (var in = new QuotedPrintableInputStream(new ByteArrayInputStream(message.unsafeBytes()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
