package org.milena.archive.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.PostMeta;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

class LinkKeysTest {
  private static final ListId LIST = ListId.of("dev.example.org");

  private static RawMessage message(String text) {
    return RawMessage.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private static PostMeta meta(PostMeta.@Nullable Imported imported) {
    return new PostMeta(
        MailId.of("019aa5f1-2b3c-7def-8123-456789abcdef"),
        LIST,
        ArchiveId.compute(LIST, "alpha", "00"),
        Instant.EPOCH,
        Instant.EPOCH,
        "00",
        imported);
  }

  private static List<String> keys(String text, String messageId) {
    return LinkKeys.of(message(text), messageId, meta(null));
  }

  @Test
  void hashesAsMailmanDoes() {
    assertThat(keys("Message-ID: <alpha>\n\n", "alpha"))
        .contains("hk:XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP");
    assertThat(LinkKeys.hash("xz3dgg4v37bzttlxnux4nabb4dnqhtcp"))
        .isEqualTo("hk:XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP");
  }

  /** Whatever the id, the hash that we name leads to the post. */
  @Test
  void namesTheHashThatHyperKittyHas() {
    assertThat(LinkKeys.messageIdHash("alpha")).isEqualTo("XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP");
    String longId = "a".repeat(300) + "@example.org";
    assertThat(LinkKeys.messageIdHash(longId)).isEqualTo(MailmanHash.of(longId.substring(0, 254)));
    for (String id : List.of("alpha", longId, "a b@c", "<a@b>", "é".repeat(400) + "@c")) {
      assertThat(keys("Message-ID: <" + id + ">\n\n", id))
          .contains(LinkKeys.hash(LinkKeys.messageIdHash(id)));
    }
  }

  @Test
  void hashesOddIdsInBothForms() {
    String longId = "a".repeat(300) + "@example.org";
    assertThat(keys("Message-ID: <" + longId + ">\n\n", longId))
        .contains("hk:" + MailmanHash.of(longId), "hk:" + MailmanHash.of(longId.substring(0, 254)));
    assertThat(keys("Message-ID: <a b@c>\n\n", "ab@c"))
        .contains("hk:" + MailmanHash.of("a b@c"), "hk:" + MailmanHash.of("ab@c"));
    assertThat(keys("Message-ID: a@b\n\n", "a@b")).contains("hk:" + MailmanHash.of("a@b"));
    assertThat(keys("Message-ID: <a/%\"b@c>\n\n", "a/%\"b@c"))
        .contains("hk:" + MailmanHash.of("a/%\"b@c"));
  }

  @Test
  void severalIdsAreAllFound() {
    assertThat(keys("Message-ID: <a@b> <c@d>\nMessage-ID: <e@f>\n\n", "a@b"))
        .contains("mid:c@d", "mid:e@f")
        .doesNotContain("mid:a@b");
  }

  @Test
  void aMailWithoutIdHasKeysToo() {
    String made = message("Subject: x\n\n").sha256() + "@no-message-id.invalid";
    assertThat(keys("Subject: x\n\n", made)).contains("hk:" + MailmanHash.of(made));
  }

  /** Ids that are longer than what the archive keeps stay apart, and their links work. */
  @Test
  void idsThatAreTooLongStayApart() {
    String start = "x".repeat(3000);
    MessageId one = MessageId.parse("<" + start + "1@example.org>").orElseThrow();
    MessageId other = MessageId.parse("<" + start + "2@example.org>").orElseThrow();
    assertThat(one).isNotEqualTo(other);
    assertThat(keys("Message-ID: <" + start + "1@example.org>\n\n", one.value()))
        .contains("hk:" + MailmanHash.of(start + "1@example.org"))
        .contains("hk:" + MailmanHash.of(start.substring(0, 254)));
  }

  @Test
  void idsOfPonyMail() {
    assertThat(PonyMailIds.dkim(DkimForm.of(new byte[0]), ""))
        .isEqualTo("8fgp2do75oqo6qd08vs4p7dpp1gj4vjn");
    String text =
        "From: a@example.org\nTo: dev@example.org\nSubject: hi\nMessage-ID: <alpha>\n"
            + "List-Id: <dev.example.org>\n\nbody\n";
    assertThat(keys(text, "alpha")).contains("pm:mvnyx5zdots0n3r8392hhzo9ov18gc5y");
    // what is not signed, and line ends, do not count
    assertThat(keys("Received: x\r\nX-A: b\r\n" + text.replace("\n", "\r\n"), "alpha"))
        .contains("pm:mvnyx5zdots0n3r8392hhzo9ov18gc5y");
  }

  /** Computed with Python's hashlib. */
  @Test
  void digestsOfTheOctets() {
    assertThat(keys("Subject: x\r\n\r\nbody\r\n", "a"))
        .contains(
            "pm:a11623b52b6c40596b3fc3909ed21fd7a2e0efcc2eef91ace912c18e",
            "pm:9e930c622a24a7cea055b841e0bdab657ab094585abf02f2410fdc86",
            "sha3:13e919a733893eb614cf1fc44b7211989a8f75076457bc3a1d3065ee8291a3a0",
            "sha3:b07636cfedaf070c0788c4982c3c847f696ac85ececc4e7bd945aa26ef59faff");
  }

  /** Computed with Python by the rules of the generators of Pony Mail 0.9 to 0.12. */
  @Test
  void idsOfOldGenerators() {
    String text =
        "From: Alice\n <a@example.org>\nDate: Mon, 3 Feb 2020 10:00:00 +0100\n"
            + "Message-ID: <alpha>\nSubject: hi\n\nbody\n";
    assertThat(keys(text, "alpha"))
        .contains(
            "pm:0f011a7dbd798b369d82063ff75df15b27e93177e53d602af33c2609",
            "pm:rffbed80583266ce4fdb890dd1d6b2d748a2e3012bfaa8bf24606042e");
    assertThat(
            LinkKeys.ponyMail(
                "0f011a7dbd798b369d82063ff75df15b27e93177e53d602af33c2609@<dev.example.org>"))
        .isEqualTo("pm:0f011a7dbd798b369d82063ff75df15b27e93177e53d602af33c2609");
  }

  @Test
  void whatAnImportKnows() {
    PostMeta.Imported imported =
        new PostMeta.Imported(
            "mbox x",
            List.of("/pipermail/dev/2020/000001.html"),
            List.of("pm:1", "0a1b@<dev.example.org>"));
    assertThat(LinkKeys.of(message("Subject: x\n\n"), "a", meta(imported)))
        .contains("url:/pipermail/dev/2020/000001.html", "pm:1")
        .contains("0a1b@<dev.example.org>", "pm:0a1b")
        .doesNotContain("pm:pm:1");
    assertThat(LinkKeys.url("/x")).isEqualTo("url:/x");
  }

  @Test
  void neverThrowsAndKeysAreBounded() {
    Random random = new Random(5);
    for (CorpusMessage message : Corpus.torture()) {
      byte[] bytes = message.message().toByteArray();
      for (int i = 0; i < Math.min(5, bytes.length); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      List<String> keys = LinkKeys.of(RawMessage.wrap(bytes), "id", meta(null));
      assertThat(keys).doesNotHaveDuplicates().hasSizeBetween(3, 64);
      assertThat(keys).allMatch(key -> key.length() <= 2100);
    }
  }
}
