package org.milena.archive.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.archive.elasticsearch.IndexGenerations;
import org.milena.archive.elasticsearch.Language;
import org.milena.archive.elasticsearch.Shelves;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.intake.PostIntake;
import org.milena.archive.post.RemovalTable;
import org.milena.archive.post.Shelf;
import org.milena.archive.rebuild.RebuildState.Phase;
import org.milena.archive.search.PostWalk;
import org.milena.archive.search.Selection;
import org.milena.common.event.ArchiveId;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.BatchSink;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.RefusedRecordsException;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

/** Building anew against a real server. */
class RebuildIT {
  private static final ListId LIST = ListId.of("dev.example.org");

  private final MemoryLog log = new MemoryLog(25);
  private TestArchive archive = TestArchive.create();

  @BeforeEach
  void begin() {
    archive.close();
    archive = TestArchive.create();
  }

  @AfterEach
  void end() {
    archive.close();
  }

  private IndexGenerations generations() {
    return generations(archive);
  }

  private static IndexGenerations generations(TestArchive of) {
    return new IndexGenerations(of.connection, of.indices, new Shelves(of.connection, of.indices));
  }

  private BatchSink intake(Supplier<Shelf> shelf) {
    return new PostIntake(
        shelf,
        new RemovalTable(archive.removals),
        false,
        AttachmentReader.NONE,
        TestArchive::inThread,
        InstantSource.fixed(TestArchive.NOW),
        new SimpleMeterRegistry());
  }

  private Rebuild rebuild() {
    return new Rebuild(generations(), log, this::intake, InstantSource.fixed(TestArchive.NOW));
  }

  private void take(InRecord... records) {
    List.of(records).forEach(log::write);
    archive.intake.accept(List.of(records));
  }

  private Set<ArchiveId> posts() {
    Set<ArchiveId> posts = new HashSet<>();
    archive.scan(LIST, post -> posts.add(post.id()));
    return posts;
  }

  @Test
  void holdsTheSameAfterwards() {
    List<RawMessage> messages =
        Corpus.list("tomoyo-users-en").stream().map(CorpusMessage::withCrlf).toList();
    take(messages.stream().map(message -> archive.record(LIST, message)).toArray(InRecord[]::new));
    take(archive.tombstone(TestArchive.id(LIST, messages.get(3))));
    take(archive.tombstone(TestArchive.id(LIST, messages.get(30))));
    Set<ArchiveId> before = posts();
    ArchiveDigest digest = generations().digest();
    assertThat(digest.posts()).isEqualTo(messages.size() - 2);

    String exported = exportState();

    Rebuild rebuild = rebuild();
    assertThat(rebuild.begin()).isTrue();
    rebuild.run();

    assertThat(exportState())
        .as("a broken-off download does not go on in an index that may order posts otherwise")
        .isNotEqualTo(exported);
    assertThat(rebuild.state().phase()).isEqualTo(Phase.DONE);
    assertThat(rebuild.state().before()).isEqualTo(digest);
    assertThat(rebuild.state().after()).isEqualTo(digest);
    assertThat(generations().digest()).isEqualTo(digest);
    assertThat(posts()).isEqualTo(before);
    for (int i = 4; i < 8; i++) {
      RawMessage message = messages.get(i);
      assertThat(archive.raws.raw(TestArchive.id(LIST, message))).contains(message);
    }
    assertThat(generations().digest()).isNotEqualTo(new ArchiveDigest(digest.posts(), ""));
  }

  /** As one that is filled from the export of another. */
  @Test
  void isTheSameInAnotherArchiveHoweverPostsCameThere() {
    List<InRecord> records = new ArrayList<>();
    List<InRecord> others = new ArrayList<>();
    try (TestArchive other = TestArchive.create()) {
      for (CorpusMessage message : Corpus.list("tomoyo-users-en")) {
        records.add(archive.record(LIST, message.withCrlf()));
      }
      for (CorpusMessage message : Corpus.list("tomoyo-users-en").reversed()) {
        others.add(other.record(LIST, message.withCrlf()));
      }
      archive.intake.accept(records);
      other.intake.accept(others);
      ArchiveDigest digest = generations().digest();
      assertThat(digest.posts()).isEqualTo(records.size());
      assertThat(generations(other).digest()).isEqualTo(digest);
    }
  }

  private String exportState() {
    archive.posts.show();
    try (PostWalk walk = archive.search.walk(Selection.of(LIST))) {
      return walk.state();
    }
  }

  @Test
  void showsTheOldOneUntilTheNewOneHasEverything() {
    InRecord first = archive.record(LIST, TestArchive.raw("Message-ID: <a@x>\n\none\n"));
    InRecord second = archive.record(LIST, TestArchive.raw("Message-ID: <b@x>\n\ntwo\n"));
    take(first);
    Rebuild rebuild =
        new Rebuild(
            generations(),
            log,
            shelf -> new Watching(intake(shelf), () -> assertThat(posts()).hasSize(1)),
            InstantSource.fixed(TestArchive.NOW));
    rebuild.begin();
    rebuild.run();
    take(second);
    assertThat(posts()).hasSize(2);
  }

  @Test
  void takesInWhatComesWhileItIsShown() {
    take(archive.record(LIST, TestArchive.raw("Message-ID: <a@x>\n\none\n")));
    InRecord late = archive.record(LIST, TestArchive.raw("Message-ID: <b@x>\n\ntwo\n"));
    Generations slow =
        new ForwardingGenerations(
            generations(),
            // whoever follows the log has found the old shelf before the change
            () -> {
              log.write(late);
              archive.intake.accept(List.of(late));
            });
    Rebuild rebuild = new Rebuild(slow, log, this::intake, InstantSource.fixed(TestArchive.NOW));
    rebuild.begin();
    rebuild.run();
    assertThat(posts()).hasSize(2);
  }

  @Test
  void goesOnAfterAnOutage() {
    take(
        IntStream.range(0, 60)
            .mapToObj(i -> TestArchive.raw("Message-ID: <%d@x>\n\none\n".formatted(i)))
            .map(message -> archive.record(LIST, message))
            .toArray(InRecord[]::new));
    int[] calls = {0};
    Rebuild rebuild =
        new Rebuild(
            generations(),
            log,
            shelf ->
                new Watching(
                    intake(shelf),
                    () -> {
                      if (++calls[0] == 2) {
                        throw new OutageException("away");
                      }
                    }),
            InstantSource.fixed(TestArchive.NOW));
    rebuild.begin();
    assertThatThrownBy(rebuild::run).isInstanceOf(OutageException.class);
    assertThat(rebuild.state().isRunning()).isTrue();
    assertThat(rebuild.state().problem()).contains("away");
    assertThat(rebuild.begin()).isFalse();
    rebuild.run();
    assertThat(rebuild.state().phase()).isEqualTo(Phase.DONE);
    assertThat(rebuild.state().after()).isEqualTo(rebuild.state().before());
  }

  @Test
  void leavesOutWhatCannotBeRead() {
    take(archive.record(LIST, TestArchive.raw("Message-ID: <a@x>\n\none\n")));
    log.write(archive.in(OutRecord.of("mail.posts", "k", new byte[] {1}), "mail.posts"));
    Rebuild rebuild = rebuild();
    rebuild.begin();
    rebuild.run();
    assertThat(rebuild.state().phase()).isEqualTo(Phase.DONE);
    assertThat(rebuild.state().skipped()).isEqualTo(1);
    assertThat(posts()).hasSize(1);
  }

  /** Readers keep what they see, and what was begun is gone. */
  @Test
  void isNotShownWhereItRefusesWhatTheOldOneHolds() {
    InRecord record = archive.record(LIST, TestArchive.raw("Message-ID: <a@x>\n\none\n"));
    take(record);
    Rebuild rebuild =
        new Rebuild(
            generations(),
            log,
            shelf ->
                new Watching(
                    intake(shelf),
                    () -> {
                      throw new RefusedRecordsException(Map.of(record.position(), "no date"));
                    }),
            InstantSource.fixed(TestArchive.NOW));
    rebuild.begin();
    rebuild.run();
    assertThat(rebuild.state().phase()).isEqualTo(Phase.FAILED);
    assertThat(rebuild.state().problem()).contains("holds 0 posts where the old index had 1");
    assertThat(posts()).hasSize(1);
    assertThat(archive.indexNames()).noneMatch(name -> name.endsWith("-000002"));
  }

  @Test
  void isShownWhereItRefusesWhatTheOldOneRefused() {
    take(archive.record(LIST, TestArchive.raw("Message-ID: <a@x>\n\none\n")));
    log.write(archive.poison(LIST, TestArchive.raw("Message-ID: <b@x>\n\ntwo\n")));
    Rebuild rebuild = rebuild();
    rebuild.begin();
    rebuild.run();
    assertThat(rebuild.state().phase()).isEqualTo(Phase.DONE);
    assertThat(rebuild.state().skipped()).isEqualTo(1);
    assertThat(posts()).hasSize(1);
  }

  @Test
  void takesThePlaceOfAnIndexOfAnotherVersion() {
    archive.makeOldIndex();
    InRecord record = archive.record(LIST, TestArchive.raw("Message-ID: <a@x>\n\none\n"));
    assertThat(generations().outdated())
        .hasValueSatisfying(why -> assertThat(why).contains("another version"));
    assertThatThrownBy(() -> archive.intake.accept(List.of(record)))
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("another version");
    log.write(record);
    Rebuild rebuild = rebuild();
    rebuild.begin();
    rebuild.run();
    assertThat(generations().outdated()).isEmpty();
    assertThat(posts()).hasSize(1);
    archive.indices.removeUnseen(TestArchive.NOW.plusSeconds(400_000_000L));
    assertThat(posts()).hasSize(1);
    assertThat(archive.indexNames()).noneMatch(name -> name.contains("-v1"));
  }

  @Test
  void takesThePlaceOfAnIndexForOtherLanguages() {
    take(archive.record(LIST, TestArchive.raw("Message-ID: <a@x>\n\nHäuser\n")));
    TestArchive before = archive;
    archive = before.withLanguages(Set.of(Language.EN, Language.FR));
    assertThat(generations().outdated())
        .hasValueSatisfying(why -> assertThat(why).contains("de, en", "en, fr"));
    take(archive.record(LIST, TestArchive.raw("Message-ID: <b@x>\n\nwritten meanwhile\n")));
    Rebuild rebuild = rebuild();
    rebuild.begin();
    rebuild.run();
    assertThat(rebuild.state().phase()).isEqualTo(Phase.DONE);
    assertThat(generations().outdated()).isEmpty();
    assertThat(posts()).hasSize(2);
    before.close();
  }

  /** Does something before each batch. */
  private record Watching(BatchSink inner, Runnable before) implements BatchSink {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public String topic() {
      return inner.topic();
    }

    @Override
    public void accept(List<InRecord> batch) {
      before.run();
      inner.accept(batch);
    }
  }

  /** Does something just before the new index is shown. */
  private record ForwardingGenerations(Generations inner, Runnable before) implements Generations {
    @Override
    public Making begin() {
      Making making = inner.begin();
      return new Making() {
        @Override
        public String name() {
          return making.name();
        }

        @Override
        public Shelf shelf() {
          return making.shelf();
        }

        @Override
        public ArchiveDigest digest() {
          return making.digest();
        }

        @Override
        public void show() {
          before.run();
          making.show();
        }

        @Override
        public void drop() {
          making.drop();
        }
      };
    }

    @Override
    public ArchiveDigest digest() {
      return inner.digest();
    }

    @Override
    public Optional<String> outdated() {
      return inner.outdated();
    }
  }
}
