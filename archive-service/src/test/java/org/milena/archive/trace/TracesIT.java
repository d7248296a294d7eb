package org.milena.archive.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailRecords;

/** Stories against a real server. */
class TracesIT {
  private static final ListId LIST = ListId.of("dev.example.org");
  private static final ListId OTHER = ListId.of("other.example.org");
  private static final Instant BEGIN = Instant.parse("2026-10-31T23:59:58Z");

  private final MailId mail = MailId.next(InstantSource.fixed(BEGIN), new Random(1));

  @Test
  void tellsTheWholeStoryOnce() {
    try (TestArchive archive = TestArchive.create()) {
      List<InRecord> events = new ArrayList<>();
      events.add(event(archive, 0, Kind.RECEIVED, null, 0));
      events.add(event(archive, 1, Kind.SCANNED, null, 0));
      events.add(event(archive, 3, Kind.EXPANDED, LIST, 3));
      List<InRecord> results = new ArrayList<>();
      results.add(result(archive, 4, LIST, 1, "a@x", new RecipientOutcome.Relayed("mx", "250")));
      results.add(
          result(
              archive, 4, LIST, 1, "b@x", new RecipientOutcome.Deferred("4.2.1", "busy", BEGIN)));
      results.add(result(archive, 9, LIST, 2, "b@x", new RecipientOutcome.Relayed("mx", "250")));
      results.add(
          result(archive, 5, LIST, 1, "c@x", new RecipientOutcome.Failed("5.1.1", "unknown")));
      results.add(
          result(archive, 5, OTHER, 1, "d@x", new RecipientOutcome.Failed("5.1.1", "unknown")));
      for (int again = 0; again < 2; again++) {
        TraceIntake.ofEvents(archive.traces).accept(events);
        TraceIntake.ofResults(archive.traces).accept(results.reversed());
      }
      show(archive);

      Traces traces = new Traces(archive.traces);
      assertThat(traces.find(mail.toString())).containsExactly(mail);
      assertThat(traces.find("<m@x>")).containsExactly(mail);
      assertThat(traces.find("<none@x>")).isEmpty();
      MailStory story =
          traces.story(mail, list -> !OTHER.equals(list), _ -> true, _ -> true, 2).orElseThrow();
      assertThat(story.events())
          .extracting(MailEvent::kind)
          .containsExactly(Kind.RECEIVED, Kind.SCANNED, Kind.EXPANDED);
      assertThat(story.deliveries()).isEqualTo(new MailStory.Counts(3, 2, 0, 1));
      assertThat(story.recipients())
          .extracting(one -> one.address() + " " + one.attempts())
          .containsExactly("a@x 1", "b@x 2");
      assertThat(story.more()).isTrue();
      assertThat(story.lists()).containsExactly(LIST);
      assertThat(traces.story(mail, _ -> false, _ -> true, _ -> true, 9)).isEmpty();

      // November has its own index, so October can go
      assertThat(archive.indices.stories().removeBefore(YearMonth.of(2026, 11))).hasSize(1);
      assertThat(traces.story(mail, _ -> true, _ -> true, _ -> true, 9).orElseThrow().events())
          .extracting(MailEvent::kind)
          .containsExactly(Kind.EXPANDED);
    }
  }

  @Test
  void knowsNothingBeforeTheFirstLine() {
    try (TestArchive archive = TestArchive.create()) {
      Traces traces = new Traces(archive.traces);
      assertThat(traces.find("<m@x>")).isEmpty();
      assertThat(traces.story(mail, _ -> true, _ -> true, _ -> true, 9)).isEmpty();
    }
  }

  /** Stories are shown after a second by themselves; a test does not wait. */
  private static void show(TestArchive archive) {
    archive.traces.show();
  }

  private InRecord event(
      TestArchive archive, int second, Kind kind, @Nullable ListId list, int count) {
    return archive.in(
        MailRecords.event(
            new MailEvent(mail, BEGIN.plusSeconds(second), kind, list, "m@x", "text", count)),
        Topics.EVENTS);
  }

  private InRecord result(
      TestArchive archive,
      int second,
      ListId list,
      int attempt,
      String address,
      RecipientOutcome outcome) {
    DeliveryResult result =
        new DeliveryResult(
            new DeliveryId(0, second),
            mail,
            list,
            attempt,
            BEGIN.plusSeconds(second),
            List.of(new DeliveryResult.Recipient(MailAddress.of(address), outcome)));
    return archive.in(
        MailRecords.json(
            Topics.DELIVERY_RESULTS, "0-" + second, RecordType.DELIVERY_RESULT, result),
        Topics.DELIVERY_RESULTS);
  }
}
