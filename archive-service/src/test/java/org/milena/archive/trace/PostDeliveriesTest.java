package org.milena.archive.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.archive.trace.PostDeliveries.Sight;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.event.RecipientOutcome.Deferred;
import org.milena.common.event.RecipientOutcome.Failed;
import org.milena.common.event.RecipientOutcome.Relayed;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

class PostDeliveriesTest implements TraceStore {
  private static final MailId MAIL = MailId.of("019aa5f1-2b3c-7def-8123-456789abcdef");
  private static final ListId LIST = ListId.of("users.lists.example.org");
  private static final ListId OTHER = ListId.of("staff.lists.example.org");
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final RecipientOutcome TAKEN = new Relayed("mx", "250 ok");

  private final List<MailEvent> events = new ArrayList<>();
  private final List<DeliveryResult> results = new ArrayList<>();
  private final List<ListId> asked = new ArrayList<>();

  private void expanded(ListId list, int count) {
    events.add(
        new MailEvent(MAIL, AT, MailEvent.Kind.EXPANDED, list, "1@a.example", "", count, ANN));
  }

  private void result(
      ListId list,
      int seconds,
      OutgoingMeta.@Nullable Kind kind,
      RecipientOutcome outcome,
      String... to) {
    List<DeliveryResult.Recipient> recipients = new ArrayList<>();
    for (String one : to) {
      recipients.add(new DeliveryResult.Recipient(MailAddress.of(one), outcome));
    }
    results.add(
        new DeliveryResult(
            new DeliveryId(0, seconds), MAIL, list, 1, AT.plusSeconds(seconds), recipients, kind));
  }

  private List<PostDelivery> read(PostDeliveries.Readers readers, int limit) {
    return new PostDeliveries(this).of(MAIL, readers, limit, 10);
  }

  @Test
  void countsWhatBecameOfEachCopy() {
    expanded(LIST, 6);
    result(LIST, 1, OutgoingMeta.Kind.POST, new Deferred("4.2.1", "later", AT), "c@c", "d@d");
    result(LIST, 2, OutgoingMeta.Kind.POST, TAKEN, "a@a");
    result(LIST, 4, null, TAKEN, "b@b");
    result(LIST, 9, OutgoingMeta.Kind.POST, TAKEN, "c@c");
    result(LIST, 9, OutgoingMeta.Kind.POST, new Failed("5.1.1", "unknown"), "e@e");
    result(LIST, 10, OutgoingMeta.Kind.NOTICE, TAKEN, "x@x");
    result(OTHER, 11, OutgoingMeta.Kind.POST, TAKEN, "y@y");
    PostDelivery post = read((_, _) -> Sight.COUNTS, 9).getFirst();
    assertThat(post)
        .isEqualTo(
            new PostDelivery(
                MAIL,
                "1@a.example",
                LIST,
                AT,
                6,
                3,
                1,
                1,
                1,
                AT.plusSeconds(2),
                AT.plusSeconds(4),
                AT.plusSeconds(9),
                null,
                false,
                true));
  }

  @Test
  void showsAddressesToThoseWhoMaySeeThemAndSoManyAtMost() {
    expanded(LIST, 3);
    result(LIST, 9, OutgoingMeta.Kind.POST, new Failed("5.1.1", "unknown"), "e@e", "d@d");
    PostDelivery post = read((_, _) -> Sight.FAILURES, 1).getFirst();
    assertThat(post.failures())
        .containsExactly(
            new PostDelivery.Failure(MailAddress.of("d@d"), "5.1.1", "unknown", AT.plusSeconds(9)));
    assertThat(post.more()).isTrue();
    assertThat(post.failed()).isEqualTo(2);
    assertThat(post.firstAt()).isNull();
    assertThat(read((_, _) -> Sight.COUNTS, 1).getFirst().more()).isFalse();
  }

  @Test
  void asksForEachListByItselfWhetherItMayBeSeen() {
    expanded(LIST, 1);
    expanded(OTHER, 2);
    result(OTHER, 1, OutgoingMeta.Kind.POST, TAKEN, "a@a");
    assertThat(
            read(
                (list, author) ->
                    list.equals(OTHER) && ANN.equals(author) ? Sight.COUNTS : Sight.NONE,
                9))
        .extracting(PostDelivery::list, PostDelivery::delivered)
        .containsExactly(tuple(OTHER, 1L));
    assertThat(read((_, _) -> Sight.NONE, 9)).isEmpty();
  }

  @Test
  void aPostThatWentToNobodyIsThere() {
    expanded(LIST, 0);
    assertThat(read((_, _) -> Sight.COUNTS, 9).getFirst().waiting()).isZero();
  }

  @Test
  void countsNothingOfAListWithMoreCopiesThanAreWanted() {
    expanded(LIST, 11);
    expanded(OTHER, 10);
    result(LIST, 1, OutgoingMeta.Kind.POST, TAKEN, "a@a");
    result(OTHER, 1, OutgoingMeta.Kind.POST, TAKEN, "a@a");
    assertThat(read((_, _) -> Sight.COUNTS, 9))
        .extracting(PostDelivery::recipients, PostDelivery::delivered, PostDelivery::complete)
        .containsExactly(tuple(11L, 0L, false), tuple(10L, 1L, true));
    assertThat(asked).as("the lists whose results are read").containsExactly(OTHER);
  }

  @Test
  void readsSoManyResultsAndSaysSo() {
    expanded(LIST, 3);
    result(LIST, 1, OutgoingMeta.Kind.POST, TAKEN, "a@a");
    result(LIST, 2, OutgoingMeta.Kind.POST, TAKEN, "b@b");
    PostDelivery all =
        new PostDeliveries(this, 2).of(MAIL, (_, _) -> Sight.COUNTS, 9, 9).getFirst();
    assertThat(all.complete()).isTrue();
    PostDelivery cut =
        new PostDeliveries(this, 1).of(MAIL, (_, _) -> Sight.COUNTS, 9, 9).getFirst();
    assertThat(cut.complete()).isFalse();
    assertThat(cut.delivered()).isOne();
  }

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
    return events;
  }

  @Override
  public void results(MailId mail, Consumer<DeliveryResult> each) {
    throw new UnsupportedOperationException("only so many are read");
  }

  @Override
  public boolean results(
      MailId mail, Collection<ListId> lists, int most, Consumer<DeliveryResult> each) {
    asked.addAll(lists);
    List<DeliveryResult> found =
        results.stream().filter(result -> lists.contains(result.list())).toList();
    found.stream().limit(most).forEach(each);
    return found.size() <= most;
  }
}
