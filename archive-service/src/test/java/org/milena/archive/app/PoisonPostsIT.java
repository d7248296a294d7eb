package org.milena.archive.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.archive.TestArchive.raw;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.milena.archive.TestArchive;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.stage.MailRecords;

/**
 * Many posts of one list that the search engine refuses: each would keep those behind it waiting
 * for seconds if it were tried again, and all of them for longer than anybody waits here.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PoisonPostsIT {
  private static final int POSTS = 120;
  private static final Pattern REFUSED = Pattern.compile("document_parsing_exception");

  private final RunningArchive archive = RunningArchive.start();
  private final Random random = new Random(5);

  @BeforeAll
  void begin() {
    archive.account("ann", null, true);
  }

  @AfterAll
  void end() {
    archive.close();
  }

  @Test
  void keepNoOthersWaitingAndAreSetAside() {
    MailingList list = archive.list("poison@lists.example", "Poison", ArchiveAccess.PUBLIC);
    Instant now = InstantSource.system().instant();
    for (int number = 0; number < POSTS; number++) {
      publish(list, message(number), number % 2 == 0 ? now : TestArchive.NO_DATE, now);
    }
    RunningArchive.await(
        "the others",
        () ->
            archive
                .get("/api/v1/archive/search?q=poisonword")
                .body()
                .contains("\"total\":" + POSTS / 2 + ","));
    RunningArchive.await("what was set aside", () -> setAside() == POSTS / 2);
    assertThat(archive.getAs("ann", "/api/v1/ops/dead-letters").body())
        .contains("\"tries\":1", "failed to parse");
  }

  /** Lucene holds no word of more than 32,766 octets; the post with one is none to be set aside. */
  @Test
  void immenseWordsAreNoPoison() {
    MailingList list = archive.list("immense@lists.example", "Immense", ArchiveAccess.PUBLIC);
    String word = "w".repeat(40_000);
    String wide = "\u6f22".repeat(40_000);
    String field = word.substring(0, 38_000);
    Instant now = InstantSource.system().instant();
    for (RawMessage immense :
        List.of(
            raw(headed("text") + "\nimmenseword " + word + " " + wide + "\n"),
            raw(headed("subject") + "Subject: immenseword " + field + "\n\nx\n"),
            raw(headed("name") + "To: " + field + " <immenseword@a.example>\n\nimmenseword\n"),
            raw(headed("address") + "Cc: " + field + "@a.example\n\nimmenseword\n"),
            raw(headed("link") + "\nimmenseword https://a.example/" + word + "\n"),
            raw(headed("refs") + "References: <" + field + "@a.example>\n\nimmenseword\n"),
            raw(
                headed("file")
                    + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nimmenseword\n--b\n"
                    + "Content-Type: application/pdf; name=\""
                    + field
                    + ".pdf\"\nContent-Disposition: attachment; filename=\""
                    + field
                    + ".pdf\"\n\nx\n--b--\n"),
            raw(
                headed("patch")
                    + "Subject: [PATCH] immenseword\n\ndiff --git a/"
                    + word
                    + " b/"
                    + word
                    + "\n--- a/"
                    + word
                    + "\n+++ b/"
                    + word
                    + "\n@@ -1 +1 @@\n-"
                    + word
                    + "\n+x\n"))) {
      publish(list, immense, now, now);
    }
    RunningArchive.await(
        "all of them",
        () ->
            archive
                .get("/api/v1/archive/search?q=immenseword&list=immense@lists.example")
                .body()
                .contains("\"total\":8,"));
    assertThat(archive.getAs("ann", "/api/v1/ops/dead-letters").body())
        .doesNotContain("immense term", list.id().value());
  }

  private static String headed(String name) {
    return "Message-ID: <%s@immense.example>\nFrom: Ann <ann@a.example>\n".formatted(name);
  }

  private long setAside() {
    String letters = archive.getAs("ann", "/api/v1/ops/dead-letters").body();
    return REFUSED.matcher(letters).results().count();
  }

  private static RawMessage message(int number) {
    return raw(
        """
        Message-ID: <%d@poison.example>
        From: Anna <anna@author.example>
        Subject: post %d

        poisonword
        """
            .formatted(number, number));
  }

  private void publish(MailingList list, RawMessage message, Instant receivedAt, Instant now) {
    ArchiveId id = TestArchive.id(list.id(), message);
    MailId mail = MailId.next(InstantSource.fixed(now), random);
    PostMeta meta = new PostMeta(mail, list.id(), id, receivedAt, now, message.sha256());
    archive.publish(
        MailRecords.mail(Topics.POSTS, id.value(), RecordType.POST, meta, mail, message)
            .inPartitionOf(list.id().value()));
  }
}
