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
  private static final RawMessage GOOD = raw("Message-ID: <a@x>\nSubject: good\n\ngood\n");
  private static final RawMessage BAD = raw("Message-ID: <a@x>\nSubject: bad\n\nbad\n");
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
