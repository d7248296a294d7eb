package org.milena.archive.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

class TracesTest {
  private static final MailId MAIL = MailId.of("019aa5f1-2b3c-7def-8123-456789abcdef");
  private static final ListId LIST = ListId.of("users.lists.example.org");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void whatHappenedAtOneMomentIsToldInTheOrderOfAMailsLife() {
    Traces traces =
        new Traces(
            of(
                event(MailEvent.Kind.RECEIVED, AT.minusSeconds(1)),
                event(MailEvent.Kind.EXPANDED, AT),
                event(MailEvent.Kind.ACCEPTED, AT)));
    assertThat(traces.story(MAIL, _ -> true, _ -> true, _ -> true, 10))
        .hasValueSatisfying(story ->
            assertThat(story.events())
                .extracting(MailEvent::kind)
                .containsExactly(
                    MailEvent.Kind.RECEIVED, MailEvent.Kind.ACCEPTED, MailEvent.Kind.EXPANDED));
  }

  private static MailEvent event(MailEvent.Kind kind, Instant at) {
    return new MailEvent(MAIL, at, kind, LIST, "m1@example.org", "", 0);
  }

  private static TraceStore of(MailEvent... events) {
    return new TraceStore() {
      @Override
      public void add(List<TraceEntry> entries) {
        throw new UnsupportedOperationException("nothing is added here");
      }

      @Override
      public List<MailId> mails(String messageId, int max) {
        return List.of(MAIL);
      }

      @Override
      public List<MailEvent> events(MailId mail) {
        return List.of(events);
      }

      @Override
      public void results(MailId mail, Consumer<DeliveryResult> each) {
        // none yet
      }

      @Override
      public boolean results(
          MailId mail, Collection<ListId> lists, int most, Consumer<DeliveryResult> each) {
        return true;
      }
    };
  }
}
