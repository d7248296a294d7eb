package org.milena.archive.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.milena.archive.TestArchive.raw;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.archive.TestArchive;
import org.milena.archive.extract.AttachmentReader;
import org.milena.archive.post.ArchivedPost;
import org.milena.archive.post.NewPost;
import org.milena.archive.post.PostConflictException;
import org.milena.archive.post.PostStore;
import org.milena.archive.post.RemovalTable;
import org.milena.archive.post.Shelf;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Removal;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.RefusedRecordsException;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import org.milena.testkit.corpus.IndexEntry;

/** Posts against a real server. */
class PostIntakeIT {
  private static final ListId LIST = ListId.of("dev.example.org");
  private static final ListId OTHER = ListId.of("other.example.org");

  private TestArchive archive = TestArchive.create();

  @BeforeEach
  void begin() {
    archive = TestArchive.create();
  }

  @AfterEach
  void end() {
    archive.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomoyo-users-en", "samba-technical-part1"})
  void archivesAListWithItsThreadsAndBytes(String name) {
    List<RawMessage> messages = Corpus.list(name).stream().map(CorpusMessage::withCrlf).toList();
    List<InRecord> records = archive.take(LIST, messages);
    Map<ArchiveId, ArchiveId> threads = threads();
    assertThat(threads).hasSize(messages.size());
    assertThat(groups(messages, threads))
        .isEqualTo(groups(Corpus.index(name).stream().map(IndexEntry::thread).toList()));
    for (RawMessage message : messages) {
      assertThat(archive.raws.raw(TestArchive.id(LIST, message))).contains(message);
    }

    archive.intake.accept(records.subList(0, Math.min(200, records.size())));
    assertThat(threads()).isEqualTo(threads);
  }

  @Test
  void makesTheSameThreadsInAnyOrder() {
    List<RawMessage> messages =
        new ArrayList<>(
            Corpus.list("tomoyo-users-en").stream().map(CorpusMessage::withCrlf).toList());
    archive.take(LIST, messages);
    Map<ArchiveId, ArchiveId> expected = threads();
    for (int seed = 0; seed < 2; seed++) {
      try (TestArchive again = TestArchive.create()) {
        Collections.shuffle(messages, new Random(seed));
        for (int at = 0; at < messages.size(); at += 7) {
          again.take(LIST, messages.subList(at, Math.min(messages.size(), at + 7)));
        }
        Map<ArchiveId, ArchiveId> threads = new HashMap<>();
        again.scan(LIST, post -> threads.put(post.id(), post.thread()));
        assertThat(threads).isEqualTo(expected);
      }
    }
  }

  @Test
  void joinsThreadsWhenTheirParentComesLate() {
    RawMessage parent = mail("a@x", "Mon, 5 Oct 2026 10:00:00 +0000", "");
    RawMessage one = mail("b@x", "Mon, 5 Oct 2026 11:00:00 +0000", "<a@x>");
    RawMessage other = mail("c@x", "Mon, 5 Oct 2026 12:00:00 +0000", "<l@x>");
    RawMessage link = mail("l@x", "Mon, 5 Oct 2026 11:30:00 +0000", "<a@x>");
    archive.take(LIST, List.of(one));
    archive.take(LIST, List.of(other));
    archive.take(OTHER, List.of(other));
    assertThat(threads().values()).hasSize(2).doesNotHaveDuplicates();
    archive.take(LIST, List.of(link));
    assertThat(threads().values()).containsOnly(TestArchive.id(LIST, one));
    archive.take(LIST, List.of(parent));
    assertThat(threads().values()).hasSize(4).containsOnly(TestArchive.id(LIST, parent));
    archive.scan(OTHER, post -> assertThat(post.thread()).isEqualTo(TestArchive.id(OTHER, other)));
  }

  @Test
  void removesWhatATombstoneNames() {
    RawMessage first = mail("a@x", "Mon, 5 Oct 2026 10:00:00 +0000", "");
    RawMessage link = mail("b@x", "Mon, 5 Oct 2026 11:00:00 +0000", "<a@x>");
    RawMessage left = mail("c@x", "Mon, 5 Oct 2026 12:00:00 +0000", "<b@x>");
    archive.take(LIST, List.of(first, link, left));
    ArchiveId gone = TestArchive.id(LIST, link);
    for (int again = 0; again < 2; again++) {
      archive.intake.accept(List.of(archive.tombstone(gone)));
      assertThat(archive.search.post(LIST, gone)).isEmpty();
      assertThat(archive.raws.raw(gone)).isEmpty();
      assertThat(threads())
          .isEqualTo(
              Map.of(
                  TestArchive.id(LIST, first), TestArchive.id(LIST, first),
                  TestArchive.id(LIST, left), TestArchive.id(LIST, left)));
    }
  }

  @Test
  void replacesAPostByALaterRecordOnly() {
    RawMessage secret = raw("Message-ID: <a@x>\nSubject: s\n\nthe secret " + "x".repeat(3 << 20));
    RawMessage redacted = raw("Message-ID: <a@x>\nSubject: s\n\nremoved\n");
    ArchiveId id = TestArchive.id(LIST, secret);
    InRecord first = archive.record(LIST, id, secret);
    InRecord second = archive.record(LIST, id, redacted);
    archive.intake.accept(List.of(first));
    assertThat(archive.raws.raw(id)).contains(secret);
    archive.intake.accept(List.of(second));
    assertThat(archive.raws.raw(id)).contains(redacted);
    archive.intake.accept(List.of(first)); // read again from the beginning
    assertThat(archive.raws.raw(id)).contains(redacted);
    assertThat(archive.search.post(LIST, id))
        .hasValueSatisfying(post -> assertThat(post.text().whole()).isEqualTo("removed"));
  }

  /** Somebody may read it at that moment. */
  @Test
  void aPostIsNeverMissingWhileItIsReplaced() {
    RawMessage parent = mail("a@x", "Mon, 5 Oct 2026 10:00:00 +0000", "");
    RawMessage answer = mail("b@x", "Mon, 5 Oct 2026 11:00:00 +0000", "<a@x>");
    archive.take(LIST, List.of(parent, answer));
    Map<ArchiveId, ArchiveId> threads = threads();
    ArchiveId id = TestArchive.id(LIST, parent);
    RawMessage left = RawMessage.wrap((text(parent) + "less\r\n").getBytes(US_ASCII));
    PostIntake intake =
        intake(
            new ForwardingStore(archive.posts) {
              @Override
              public void remove(Set<ArchiveId> ids) {
                throw new AssertionError(ids + " would be missing for a moment");
              }
            });
    intake.accept(List.of(archive.record(LIST, id, left)));
    assertThat(archive.raws.raw(id)).contains(left);
    assertThat(threads()).isEqualTo(threads);
    assertThatThrownBy(
            () -> archive.posts.replace(seen(archive.record(LIST, raw("Subject: new\n\nnew\n")))))
        .as("what is not there is not replaced")
        .isInstanceOf(PostConflictException.class);
  }

  /** What would be kept for a record. */
  private List<NewPost> seen(InRecord record) {
    List<NewPost> seen = new ArrayList<>();
    intake(
            new ForwardingStore(archive.posts) {
              @Override
              public void add(List<NewPost> posts) {
                seen.addAll(posts);
              }
            })
        .accept(List.of(record));
    return seen;
  }

  /** Another one into these posts, which knows subjects. */
  private PostIntake intake(PostStore store) {
    return new PostIntake(
        () -> new Shelf(store, archive.threads),
        new RemovalTable(archive.removals),
        true,
        AttachmentReader.NONE,
        TestArchive::inThread,
        InstantSource.fixed(TestArchive.NOW),
        new SimpleMeterRegistry());
  }

  private static String text(RawMessage message) {
    return new String(message.toByteArray(), US_ASCII);
  }

  @Test
  void keepsPostsThatShareAMessageId() {
    RawMessage one = raw("Message-ID: <a@x>\nSubject: one\n\n1\n");
    RawMessage imposter = raw("Message-ID: <a@x>\nSubject: two\n\n2\n");
    archive.take(LIST, List.of(one, imposter));
    assertThat(archive.search.byMessageId(LIST, "a@x"))
        .extracting(ArchivedPost::subject)
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void archivesTheLargestMailThereCanBe() {
    byte[] bytes = new byte[27 << 20];
    Arrays.fill(bytes, (byte) 'x');
    byte[] header = "Message-ID: <big@x>\r\nSubject: big\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(header, 0, bytes, 0, header.length);
    RawMessage big = RawMessage.wrap(bytes);
    archive.take(LIST, List.of(big));
    assertThat(archive.raws.raw(TestArchive.id(LIST, big))).contains(big);
  }

  @Test
  void archivesEverythingThatBrokeOtherParsers() {
    List<RawMessage> messages = Corpus.torture().stream().map(CorpusMessage::message).toList();
    archive.take(LIST, messages);
    for (RawMessage message : messages) {
      assertThat(archive.raws.raw(TestArchive.id(LIST, message))).contains(message);
    }
    assertThat(threads().keySet())
        .containsExactlyInAnyOrderElementsOf(
            messages.stream().map(message -> TestArchive.id(LIST, message)).distinct().toList());
  }

  @Test
  void refusesToOverwriteWhatAnotherInstanceWrote() {
    InRecord record = archive.record(LIST, mail("a@x", "Mon, 5 Oct 2026 10:00:00 +0000", ""));
    List<NewPost> seen = seen(record);
    archive.intake.accept(List.of(record));
    assertThatThrownBy(() -> archive.posts.add(seen)).isInstanceOf(PostConflictException.class);
  }

  @Test
  void archivesOnceWhenTwoInstancesTakeTheSameList() throws Exception {
    List<InRecord> records =
        Corpus.list("tomoyo-users-en").stream()
            .map(message -> archive.record(LIST, message.withCrlf()))
            .toList();
    archive.posts.show();
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int instance = 0; instance < 2; instance++) {
        PostIntake intake = intake(archive.posts);
        done.add(
            both.submit(() -> {
              for (int at = 0; at < records.size(); at += 3) {
                List<InRecord> batch = records.subList(at, Math.min(records.size(), at + 3));
                againOnOutage(intake, batch);
              }
            }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
    Map<ArchiveId, ArchiveId> together = threads();
    try (TestArchive alone = TestArchive.create()) {
      alone.intake.accept(records);
      Map<ArchiveId, ArchiveId> expected = new HashMap<>();
      alone.scan(LIST, post -> expected.put(post.id(), post.thread()));
      assertThat(together).isEqualTo(expected);
    }
  }

  @Test
  void callsAServerThatIsAwayAnOutage() {
    try (TestArchive away = TestArchive.in(URI.create("http://127.0.0.1:1"))) {
      InRecord record = away.record(LIST, raw("Subject: x\n\n"));
      assertThatThrownBy(() -> away.intake.accept(List.of(record)))
          .isInstanceOf(OutageException.class);
    }
  }

  @Test
  void callsARecordWithoutMetaADefect() {
    InRecord record = archive.in(OutRecord.of("mail.posts", "k", new byte[] {1}), "mail.posts");
    assertThatThrownBy(() -> archive.intake.accept(List.of(record)))
        .isInstanceOf(UnreadableRecordException.class);
  }

  /** Posts that the server refuses, in a batch with others, with answers to them. */
  @Test
  void namesWhatIsRefusedAndKeepsAllElse() {
    List<InRecord> batch = new ArrayList<>();
    Set<RecordPosition> poison = new HashSet<>();
    for (int number = 0; number < 400; number++) {
      ListId list = number % 5 == 0 ? OTHER : LIST;
      String answered = number < 10 ? "" : "<%d@x>".formatted(number - 10);
      RawMessage mail = mail(number + "@x", "Mon, 5 Oct 2026 10:00:00 +0000", answered);
      boolean refused = number % 4 == 0;
      InRecord record = refused ? archive.poison(list, mail) : archive.record(list, mail);
      batch.add(record);
      if (refused) {
        poison.add(record.position());
      }
    }
    for (int again = 0; again < 2; again++) {
      assertThatExceptionOfType(RefusedRecordsException.class)
          .isThrownBy(() -> archive.intake.accept(batch))
          .satisfies(e -> {
            assertThat(e.reasons().keySet()).isEqualTo(poison);
            assertThat(e.reasons().values()).allMatch(why -> why.contains("date"));
          });
      List<String> kept = new ArrayList<>();
      archive.scan(LIST, post -> kept.add(post.messageId()));
      archive.scan(OTHER, post -> kept.add(post.messageId()));
      assertThat(kept)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 400)
                  .filter(number -> number % 4 != 0)
                  .mapToObj(number -> number + "@x")
                  .toList());
    }
  }

  /** It would set every post aside. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void setsNothingAsideForAnIndexThatTakesNoPost(int posts) {
    archive.makeUnfitIndex();
    assertThatThrownBy(() -> archive.intake.accept(mails(posts)))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("-posts-v5-000001 takes nothing");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void setsNothingAsideForASettingOfTheIndex(int posts) {
    archive.posts.show();
    archive.breakPostIndex();
    assertThatThrownBy(() -> archive.intake.accept(mails(posts)))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pipeline");
  }

  @Test
  void setsAsideOneThatComesAlone() {
    InRecord poison = archive.poison(LIST, mail("a@x", "Mon, 5 Oct 2026 10:00:00 +0000", ""));
    assertThatExceptionOfType(RefusedRecordsException.class)
        .isThrownBy(() -> archive.intake.accept(List.of(poison)))
        .satisfies(e -> assertThat(e.reasons()).containsOnlyKeys(poison.position()));
    assertThat(threads()).isEmpty();
  }

  private List<InRecord> mails(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> mail(number + "@x", "Mon, 5 Oct 2026 10:00:00 +0000", ""))
        .map(mail -> archive.record(LIST, mail))
        .toList();
  }

  @Test
  void keepsWhatLiesBeforeARecordThatCannotBeReadAndAllOnceWithoutIt() {
    List<InRecord> batch = new ArrayList<>();
    for (int number = 0; number < 700; number++) {
      String answered = number < 100 ? "" : "<%d@x>".formatted(number - 100);
      batch.add(
          archive.record(LIST, mail(number + "@x", "Mon, 5 Oct 2026 10:00:00 +0000", answered)));
    }
    batch.add(600, archive.in(OutRecord.of("mail.posts", "k", new byte[] {1}), "mail.posts"));
    assertThatThrownBy(() -> archive.intake.accept(batch))
        .isInstanceOf(UnreadableRecordException.class);
    assertThat(threads()).hasSizeBetween(250, 600);
    batch.remove(600);
    archive.intake.accept(batch);
    assertThat(threads()).hasSize(700);
    assertThat(Set.copyOf(threads().values())).hasSize(100);
  }

  @Test
  void whatBrokeOffIsTakenWholeTheNextTime() {
    List<InRecord> batch = new ArrayList<>();
    for (int number = 0; number < 600; number++) {
      batch.add(archive.record(LIST, mail(number + "@x", "Mon, 5 Oct 2026 10:00:00 +0000", "")));
    }
    AtomicInteger calls = new AtomicInteger();
    PostIntake breaking =
        intake(
            new ForwardingStore(archive.posts) {
              @Override
              public void add(List<NewPost> posts) {
                super.add(posts);
                if (calls.incrementAndGet() == 2) {
                  throw new OutageException("away in the middle");
                }
              }
            });
    assertThatThrownBy(() -> breaking.accept(batch)).isInstanceOf(OutageException.class);
    breaking.accept(batch);
    archive.posts.show();
    assertThat(threads().keySet())
        .containsExactlyInAnyOrderElementsOf(
            batch.stream().map(record -> ArchiveId.of(record.key().orElseThrow())).toList());
  }

  @Test
  void joinsAnAnswerThatNamesNoPostToItsSubject() {
    PostIntake bySubject = intake(archive.posts);
    RawMessage answer =
        raw(
            "Message-ID: <b@x>\n"
                + "Date: Mon, 5 Oct 2026 11:00:00 +0000\n"
                + "Subject: Re: Two words\n\n"
                + "yes");
    RawMessage first =
        raw("Message-ID: <a@x>\nDate: Mon, 5 Oct 2026 10:00:00 +0000\nSubject: two words\n\nno");
    bySubject.accept(List.of(archive.record(LIST, answer)));
    bySubject.accept(List.of(archive.record(LIST, first)));
    assertThat(Set.copyOf(threads().values())).containsExactly(TestArchive.id(LIST, first));
  }

  @Test
  void doesNotBringBackWhatWasRemoved() {
    RawMessage message = mail("a@x", "Mon, 5 Oct 2026 10:00:00 +0000", "");
    archive.take(LIST, List.of(message));
    ArchiveId id = TestArchive.id(LIST, message);
    assertThat(threads()).containsKey(id);
    Removal removal =
        Removal.gone(LIST, id, "a@x", TestArchive.NOW, "a wish", "ana", TestArchive.NOW);
    archive.removals.put(removal.key(), removal);
    // written again, by an import for instance
    archive.take(LIST, List.of(message));
    assertThat(threads()).isEmpty();
    assertThat(archive.raws.raw(id)).isEmpty();
  }

  /** As the sink's runner does. */
  private static void againOnOutage(PostIntake intake, List<InRecord> batch) {
    for (int tries = 0; tries < 20; tries++) {
      try {
        intake.accept(batch);
        return;
      } catch (OutageException e) {
        assertThat(e).hasMessageContaining("another instance");
      }
    }
    throw new AssertionError("twenty times another instance was faster");
  }

  private static RawMessage mail(String id, String date, String references) {
    return raw(
        "Message-ID: <%s>\nDate: %s\nReferences: %s\nSubject: s\n\ntext of %s\n"
            .formatted(id, date, references, id));
  }

  private Map<ArchiveId, ArchiveId> threads() {
    Map<ArchiveId, ArchiveId> threads = new HashMap<>();
    archive.scan(LIST, post -> threads.put(post.id(), post.thread()));
    return threads;
  }

  private static List<Integer> groups(
      List<RawMessage> messages, Map<ArchiveId, ArchiveId> threads) {
    List<ArchiveId> names = new ArrayList<>();
    for (RawMessage message : messages) {
      ArchiveId thread = threads.get(TestArchive.id(LIST, message));
      names.add(thread == null ? new ArchiveId("-".repeat(27)) : thread);
    }
    return groups(names);
  }

  private static List<Integer> groups(List<?> names) {
    Map<Object, Integer> first = new HashMap<>();
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Integer known = first.putIfAbsent(names.get(i), i);
      groups.add(known == null ? Integer.valueOf(i) : known);
    }
    return groups;
  }
}
