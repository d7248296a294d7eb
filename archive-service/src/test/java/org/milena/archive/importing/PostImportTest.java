package org.milena.archive.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.milena.archive.importing.ImportReport.Odd;
import org.milena.archive.post.RemovalTable;
import org.milena.archive.redaction.Redactor;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.MailJson;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.Publisher;
import org.milena.common.table.MemoryTable;

/** What is imported, against a log and an index of the test's own. */
class PostImportTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final ListId LIST = ListId.forAddress(MailAddress.of("users@lists.example"));
  private static final String LINK =
      "<https://lists.example/archive/users@lists.example/message/%s>";

  private final List<OutRecord> log = new ArrayList<>();
  private final Map<ArchiveId, String> index = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private int refuseFrom = Integer.MAX_VALUE;
  private final Publisher publisher =
      record -> {
        if (log.size() >= refuseFrom) {
          return CompletableFuture.failedFuture(new OutageException("the broker is away"));
        }
        log.add(record);
        return CompletableFuture.completedFuture(
            new RecordPosition(record.topic(), 0, log.size() - 1L));
      };

  private final MemoryTable<Removal> removals = MemoryTable.of(Topics.REMOVALS, Removal.class);

  private final KnownPosts known =
      new KnownPosts() {
        @Override
        public Map<ArchiveId, String> digests(Set<ArchiveId> ids) {
          return ids.stream()
              .filter(index::containsKey)
              .collect(Collectors.toMap(id -> id, index::get));
        }

        @Override
        public Set<String> messageIds(ListId list, Set<String> messageIds) {
          return Set.of();
        }
      };

  private final Backlog backlog =
      new Backlog() {
        @Override
        public void awaitRoom(ListId list) {
          asked.add("room");
        }

        @Override
        public void awaitIndexed(ListId list) {
          asked.add("indexed");
          follow();
        }
      };

  private final PostImport posts =
      new PostImport(
          known,
          new RemovalTable(removals),
          backlog,
          publisher,
          new OwnLinks("https://lists.example/"),
          InstantSource.fixed(NOW),
          new Random(1));

  @Test
  void leavesOutWhatWasTakenOut() throws IOException {
    ArchiveId id = ArchiveId.compute(LIST, "1@a.example", post(1).sha256());
    Removal removal = Removal.gone(LIST, id, "1@a.example", NOW, "a wish", "ann", NOW);
    removals.put(removal.key(), removal);
    ImportReport report = run(post(1), post(2));
    assertThat(report.added()).isEqualTo(1);
    assertThat(report.skipped()).isEqualTo(1);
    assertThat(odd(report, OddKind.REMOVED)).isEqualTo(1);
    assertThat(log).hasSize(1);
  }

  private void redacted(ArchiveId id, String left) {
    Removal removal =
        new Removal(LIST, id, "1@a.example", NOW, "a wish", "ann", NOW, "1 passage", left);
    removals.put(removal.key(), removal);
  }

  /** An mbox from before would bring back what was taken out. */
  @Test
  void leavesOutAPostAsItWasBeforeSomethingWasTakenOut() throws IOException {
    ArchiveId id = ArchiveId.compute(LIST, "1@a.example", post(1).sha256());
    redacted(id, "00");
    assertThat(odd(run(post(1)), OddKind.REMOVED)).as("the index lost it").isEqualTo(1);
    index.put(id, "what is left");
    assertThat(run(post(1)).present()).isEqualTo(1);
    assertThat(log).isEmpty();
  }

  @Test
  void leavesOutAnExportFromBeforeSomethingWasTakenOut() throws IOException {
    ArchiveId id = ArchiveId.compute(LIST, "1@a.example", "00");
    String own =
        "List-Id: <%s>\nArchived-At: <https://lists.example/archive/%s/message/%s>\n"
            .formatted(LIST, "users@lists.example", id);
    RawMessage before = raw(own + new String(post(1).toByteArray(), StandardCharsets.UTF_8));
    RawMessage left =
        raw(
            Redactor.MARK
                + ": 1 passage\n"
                + new String(before.toByteArray(), StandardCharsets.UTF_8));
    redacted(id, left.sha256());
    assertThat(odd(run(before), OddKind.REMOVED)).as("the index lost it").isEqualTo(1);
    index.put(id, left.sha256());
    assertThat(odd(run(before), OddKind.REMOVED)).isEqualTo(1);
    assertThat(run(left).present()).isEqualTo(1);
    index.clear();
    assertThat(run(left).added()).as("a backup of what is left").isEqualTo(1);
  }

  /** Another archive kept it with other fields, so that it has another id. */
  @Test
  void leavesOutAnotherCopyOfWhatWasTakenOut() throws IOException {
    redacted(ArchiveId.compute(LIST, "1@a.example", "00"), "00");
    assertThat(odd(run(post(1), post(2)), OddKind.REMOVED)).isEqualTo(1);
    assertThat(log).hasSize(1);
  }

  /** The index reads the log. */
  private void follow() {
    log.forEach(record -> index.put(meta(record).archiveId(), message(record).sha256()));
  }

  private static PostMeta meta(OutRecord record) {
    byte[] meta = record.headers().get(RecordHeaders.META);
    if (meta == null) {
      throw new AssertionError("no meta");
    }
    return MailJson.read(meta, PostMeta.class);
  }

  private static RawMessage message(OutRecord record) {
    byte[] value = record.value();
    if (value == null) {
      throw new AssertionError("a tombstone");
    }
    return RawMessage.wrap(value);
  }

  private ImportReport run(byte[] framed, boolean dryRun) throws IOException {
    return posts.run(
        new PostImport.Request(LIST, "mbox users.mbox", "run-1", dryRun, false),
        new PostFrames(new ByteArrayInputStream(framed), 10_000));
  }

  private ImportReport run(RawMessage... messages) throws IOException {
    return run(Framed.of(List.of(messages)), false);
  }

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static RawMessage post(int number) {
    return raw(
        "Message-ID: <%d@a.example>\nFrom: Ann <ann@a.example>\nDate: Thu, 2 Jul 2009 10:00:00 +0000\n\nText %1$d\n"
            .formatted(number));
  }

  private static long odd(ImportReport report, OddKind kind) {
    return report.odd().stream().filter(odd -> odd.kind() == kind).mapToLong(Odd::count).sum();
  }

  @Test
  void writesAsAPostIsWritten() throws IOException {
    byte[] framed =
        new Framed().add(",\"urls\":[\"/old/1.html\"],\"keys\":[\"k\"]", post(1)).bytes();
    assertThat(run(framed, false)).isEqualTo(new ImportReport(false, 1, 1, 0, 0, List.of()));
    OutRecord record = log.getFirst();
    ArchiveId id = ArchiveId.compute(LIST, "1@a.example", post(1).sha256());
    assertThat(record.topic()).isEqualTo("mail.posts");
    assertThat(record.key()).contains(id.value());
    assertThat(record.partitionKey()).contains(LIST.value());
    assertThat(message(record)).isEqualTo(post(1));
    PostMeta meta = meta(record);
    assertThat(meta)
        .isEqualTo(
            new PostMeta(
                meta.mailId(),
                LIST,
                id,
                Instant.parse("2009-07-02T10:00:00Z"),
                NOW,
                post(1).sha256(),
                new PostMeta.Imported("mbox users.mbox", List.of("/old/1.html"), List.of("k"))));
  }

  @Test
  void writesNothingTwice() throws IOException {
    assertThat(run(post(1), post(2), post(1)).added()).isEqualTo(2);
    assertThat(run(post(1), post(2), post(3)).present()).as("the index is behind").isEqualTo(2);
    follow();
    assertThat(run(post(1), post(2), post(3), post(4)).present()).isEqualTo(3);
    assertThat(log).hasSize(4);
  }

  @Test
  void aDryRunWritesNothingAndKnowsWhatItHasSeen() throws IOException {
    byte[] framed = Framed.of(List.of(post(1), post(2), post(1)));
    assertThat(run(framed, true)).isEqualTo(new ImportReport(true, 3, 2, 1, 0, List.of()));
    assertThat(log).isEmpty();
    assertThat(run(framed, false).added()).isEqualTo(2);
  }

  @Test
  void saysWhatIsOdd() throws IOException {
    byte[] framed =
        new Framed()
            .add("", raw("From: a@a.example\nSubject: No id\n\nx\n"))
            .add("", post(1))
            .add("", raw(new String(post(1).toByteArray(), StandardCharsets.UTF_8) + "forged\n"))
            .add("", raw("just\nwords\n"))
            .add("", raw(""))
            .add(",\"private\":true", post(2))
            .add(",\"place\":\"the large one\"", RawMessage.wrap(new byte[10_001]))
            .bytes();
    ImportReport report = run(framed, false);
    assertThat(report.read()).isEqualTo(7);
    assertThat(report.added()).isEqualTo(3);
    assertThat(report.skipped()).isEqualTo(4);
    assertThat(odd(report, OddKind.NO_MESSAGE_ID)).isEqualTo(1);
    assertThat(odd(report, OddKind.NO_DATE)).isEqualTo(1);
    assertThat(odd(report, OddKind.SAME_MESSAGE_ID)).isEqualTo(1);
    assertThat(odd(report, OddKind.NOT_A_MESSAGE)).isEqualTo(2);
    assertThat(odd(report, OddKind.PRIVATE)).isEqualTo(1);
    assertThat(report.odd())
        .filteredOn(odd -> odd.kind() == OddKind.TOO_LARGE)
        .singleElement()
        .satisfies(odd ->
            assertThat(odd.examples())
                .containsExactly(new ImportReport.Example("the large one", "10,001 octets")));
  }

  @Test
  void whatHasNoDateStandsBesideItsNeighbour() throws IOException {
    run(post(1), raw("From: a@a.example\n\nx\n"));
    assertThat(meta(log.get(1)).receivedAt()).isEqualTo(meta(log.getFirst()).receivedAt());
  }

  @Test
  void whatWasNotAcknowledgedIsNotThere() throws IOException {
    refuseFrom = 1;
    assertThatThrownBy(() -> run(post(1), post(2))).isInstanceOf(OutageException.class);
    refuseFrom = Integer.MAX_VALUE;
    run(post(1), post(2));
    follow();
    assertThat(index).hasSize(2);
  }

  @Test
  void whatCameBeforeACutIsKept() {
    byte[] framed = Framed.of(List.of(post(1), post(2)));
    byte[] cut = Arrays.copyOf(framed, framed.length - 5);
    assertThatThrownBy(() -> run(cut, false)).isInstanceOf(IOException.class);
    assertThat(log).hasSize(1);
  }

  private static RawMessage ownPost(ArchiveId id, String text) {
    return raw(
        "List-Id: Users <%s>\nArchived-At: %s\n%s"
            .formatted(LIST.value(), LINK.formatted(id), text));
  }

  @Test
  void aPostOfThisSiteComesBackUnderItsId() throws IOException {
    ArchiveId id = ArchiveId.compute(LIST, "1@a.example", "as its author sent it");
    RawMessage own = ownPost(id, "Message-ID: <1@a.example>\nDate: x\n\nText");
    RawMessage exported = ownPost(id, "Message-ID: <1@a.example>\nDate: x\n\nText\n");
    run(own);
    assertThat(log.getFirst().key()).contains(id.value());
    assertThat(asked).as("only what the index surely lacks").startsWith("indexed");
    follow();
    assertThat(run(exported).present()).isEqualTo(1);
    assertThat(log).hasSize(1);
  }

  @Test
  void nobodyReplacesAPostByNamingIt() throws IOException {
    ArchiveId id = ArchiveId.compute(LIST, "1@a.example", "as its author sent it");
    RawMessage own = ownPost(id, "Message-ID: <1@a.example>\n\nText\n");
    RawMessage forged = ownPost(id, "Message-ID: <1@a.example>\n\nForged\n");
    run(own, forged);
    follow();
    ImportReport again = run(forged, ownPost(id, "Message-ID: <1@a.example>\n\nForged too\n"));
    assertThat(again.present()).isEqualTo(1);
    assertThat(odd(again, OddKind.OTHER_CONTENT)).isEqualTo(2);
    assertThat(log.stream().filter(record -> record.key().equals(Optional.of(id.value()))))
        .hasSize(1);
    assertThat(log).hasSize(3);
  }

  @Test
  void aPostThatTheIndexDoesNotKnowYetIsNotReplacedEither() throws IOException {
    ArchiveId id = ArchiveId.compute(LIST, "1@a.example", "as its author sent it");
    RawMessage own = ownPost(id, "Message-ID: <1@a.example>\n\nText\n");
    run(own);
    OutRecord other = log.getFirst();
    log.clear();
    PostImport elsewhere =
        new PostImport(
            known,
            new RemovalTable(removals),
            backlog,
            publisher,
            new OwnLinks("https://lists.example"),
            InstantSource.fixed(NOW),
            new Random(2));
    log.add(other); // written by another instance, and not in the index
    elsewhere.run(
        new PostImport.Request(LIST, "x", "run-2", false, false),
        new PostFrames(
            new ByteArrayInputStream(
                Framed.of(List.of(ownPost(id, "Message-ID: <1@a.example>\n\nForged\n")))),
            1000));
    assertThat(log).hasSize(2);
    assertThat(log.get(1).key()).isNotEqualTo(log.getFirst().key());
  }

  @Test
  void linksOfOthersNameNothing() throws IOException {
    ArchiveId id = ArchiveId.compute(LIST, "1@a.example", "as its author sent it");
    run(
        raw(
            "List-Id: <%s>\nArchived-At: <https://evil.example/archive/x@y.example/message/%s>\n\n1\n"
                .formatted(LIST.value(), id)),
        raw("List-Id: <other.lists.example>\nArchived-At: %s\n\n2\n".formatted(LINK.formatted(id))),
        raw("Subject: x\nArchived-At: %s\n\n3\n".formatted(LINK.formatted(id))));
    assertThat(log).noneMatch(record -> record.key().equals(Optional.of(id.value())));
  }
}
