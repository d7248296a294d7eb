package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.archive.post.KeptPost;
import org.milena.archive.post.NewPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.slf4j.LoggerFactory;

/** Octets in a real server. */
class RawDocumentsIT {
  private static final ListId LIST = ListId.of("raw.example.org");

  private final TestArchive archive = TestArchive.create();

  @AfterEach
  void end() {
    archive.close();
  }

  /** As they are spread in no mail: all of them, in each place. */
  private static RawMessage everyOctet(int size) {
    byte[] octets = new byte[size];
    for (int at = 0; at < size; at++) {
      octets[at] = (byte) (at + at / 256);
    }
    byte[] head = "Message-ID: <octets@x>\r\n\r\n".getBytes(ISO_8859_1);
    System.arraycopy(head, 0, octets, 0, head.length);
    return RawMessage.wrap(octets);
  }

  @Test
  void givesEveryOctetBack() {
    RawMessage pieces = everyOctet((2 << 20) + 17);
    RawMessage controls = RawMessage.wrap(new byte[3 << 20]);
    RawMessage nothing = RawMessage.wrap(new byte[0]);
    List<RawMessage> messages = List.of(pieces, controls, nothing);
    archive.take(LIST, messages);
    for (RawMessage message : messages) {
      assertThat(archive.raws.raw(TestArchive.id(LIST, message))).contains(message);
    }
  }

  /** The next try finds the old post, and replaces it once more. */
  @Test
  void comeBeforeWhatIsFoundOfASuccessorAndTheLogSaysWhereThatFails() {
    NewPost old = new Draft(LIST, "old").text("old").post();
    ArchiveId id = old.post().id();
    archive.posts.add(List.of(old));
    RawMessage octets = everyOctet(500);
    NewPost successor =
        new NewPost(old.post(), old.text(), old.attachedText(), old.keys(), octets, old.source());
    archive.breakPostIndex();
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(PostDocuments.class);
    said.start();
    log.addAppender(said);
    try {
      assertThatIllegalStateException().isThrownBy(() -> archive.posts.replace(List.of(successor)));
    } finally {
      log.detachAppender(said);
    }
    assertThat(archive.raws.raw(id)).contains(octets);
    assertThat(archive.posts.find(Set.of(id)).get(id))
        .isNotNull()
        .extracting(KeptPost::rawSha256)
        .isEqualTo(old.raw().sha256());
    assertThat(said.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("older than their octets", id.value());
  }

  /** Between the look whether there is a post and the removal of what seems to be left. */
  @Test
  void staysWhenAnotherInstanceAddsThePostMeanwhile() {
    RawMessage message = everyOctet((2 << 20) + 17);
    ArchiveId id = TestArchive.id(LIST, message);
    InRecord record = archive.record(LIST, id, message);
    archive.intake.accept(List.of(record));
    String posts = archive.indices.posts();
    var unused =
        archive.connection.call(
            "leaving octets without a post",
            client -> client.delete(delete -> delete.index(posts).id(id.value())));
    IndexNames names =
        new IndexNames() {
          private boolean looked;

          @Override
          public String posts() {
            looked = true;
            return archive.indices.posts();
          }

          @Override
          public String raw() {
            if (looked) {
              looked = false;
              archive.intake.accept(List.of(record));
            }
            return archive.indices.raw();
          }
        };
    RawDocuments raws = new RawDocuments(archive.connection, names);
    new PostDocuments(archive.connection, names, raws).removeLeftovers(Set.of(id));
    assertThat(archive.posts.find(Set.of(id))).containsKey(id);
    assertThat(archive.raws.raw(id)).contains(message);
  }
}
