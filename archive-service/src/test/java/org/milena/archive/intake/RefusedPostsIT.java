package org.milena.archive.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.milena.archive.TestArchive.raw;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.RefusedRecordsException;

/** What lies around posts that the server refuses, under the same id and elsewhere. */
class RefusedPostsIT {
  private static final ListId LIST = ListId.of("dev.example.org");
  private static final String HEADER = "Message-ID: <a@x>\nDate: Mon, 5 Oct 2026 10:00:00 +0000\n";
  private static final RawMessage GOOD = raw(HEADER + "Subject: good\n\ngood\n");
  private static final RawMessage BAD = raw(HEADER + "Subject: bad\n\nbad\n");
  private static final ArchiveId ID = TestArchive.id(LIST, GOOD);

  private final TestArchive archive = TestArchive.create();

  @AfterEach
  void end() {
    archive.close();
  }

  @Test
  void keepsTheOneBeforeItInTheSameBatch() {
    InRecord good = archive.record(LIST, ID, GOOD);
    InRecord bad = archive.poison(LIST, ID, BAD);
    InRecord worse = archive.poison(LIST, ID, BAD);
    assertRefused(List.of(good, bad, worse), bad, worse);
    assertThat(archive.raws.raw(ID)).contains(GOOD);
    assertThat(posts()).containsExactly(ID);
  }

  @Test
  void keepsWhatIsRemovedBeforeItRemoved() {
    archive.intake.accept(List.of(archive.record(LIST, ID, GOOD)));
    InRecord good = archive.record(LIST, ID, GOOD);
    InRecord tombstone = archive.tombstone(ID);
    InRecord bad = archive.poison(LIST, ID, BAD);
    assertRefused(List.of(good, tombstone, bad), bad);
    assertThat(posts()).isEmpty();
    assertThat(archive.raws.raw(ID)).isEmpty();
  }

  /** No removal would find them: there is no post. */
  @Test
  void keepsNoOctetsOfARefusedPost() {
    InRecord bad = archive.poison(LIST, raw("Message-ID: <a@x>\n\n" + "x".repeat(3 << 20)));
    assertRefused(List.of(bad, archive.record(LIST, raw("Message-ID: <b@x>\n\ngood\n"))), bad);
    ArchiveId id = ArchiveId.of(bad.key().orElseThrow());
    assertThat(archive.raws.raw(id)).isEmpty();
    assertThat(archive.messagePieces()).as("those of the other").isEqualTo(1);
  }

  /** As when the index cannot be written to by a mistake of ours, five times. */
  @Test
  void takesBackTheOctetsOfAPostThatIsSetAside() {
    InRecord there = archive.record(LIST, ID, GOOD);
    archive.intake.accept(List.of(there));
    archive.breakPostIndex();
    InRecord bad = archive.record(LIST, raw("Message-ID: <c@x>\n\n" + "x".repeat(3 << 20)));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> archive.intake.accept(List.of(bad)));
    assertThat(archive.messagePieces()).as("a message of a post that is not there").isEqualTo(5);
    archive.intake.undo(bad);
    archive.intake.undo(there);
    assertThat(archive.messagePieces()).isEqualTo(1);
    assertThat(archive.raws.raw(ID)).contains(GOOD);
  }

  @Test
  void leavesAPostAndItsOctetsWhereItsSuccessorIsRefused() {
    archive.intake.accept(List.of(archive.record(LIST, ID, GOOD)));
    RawMessage sameThread = raw(HEADER + "Subject: good\n\n" + "less".repeat(1 << 20));
    for (RawMessage successor : List.of(BAD, sameThread)) {
      InRecord bad = archive.poison(LIST, ID, successor);
      assertRefused(List.of(bad), bad);
      assertThat(posts()).containsExactly(ID);
      assertThat(archive.raws.raw(ID)).contains(GOOD);
      assertThat(archive.messagePieces()).isEqualTo(1);
    }
  }

  private void assertRefused(List<InRecord> batch, InRecord... refused) {
    Set<RecordPosition> positions = new HashSet<>();
    for (InRecord record : refused) {
      positions.add(record.position());
    }
    assertThatExceptionOfType(RefusedRecordsException.class)
        .isThrownBy(() -> archive.intake.accept(batch))
        .satisfies(e -> assertThat(e.reasons().keySet()).isEqualTo(positions));
  }

  private Set<ArchiveId> posts() {
    Set<ArchiveId> posts = new HashSet<>();
    archive.scan(LIST, post -> posts.add(post.id()));
    return posts;
  }
}
