package org.milena.archive.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.DeliveryResult;
import org.milena.common.event.MailEvent;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/** Puts stories together. */
public final class Traces {
  private static final int MAX_MAILS = 20;

  private final TraceStore store;

  /** From the lines in this store. */
  public Traces(TraceStore store) {
    this.store = store;
  }

  /**
   * Which mails are meant.
   *
   * @param key a mail id, or a Message-ID with or without angle brackets
   */
  public List<MailId> find(String key) {
    return MailId.parse(key)
        .map(List::of)
        .orElseGet(() -> store.mails(key.replaceAll("^<|>$", ""), MAX_MAILS));
  }

  /**
   * The story of a mail, as far as the reader may know it.
   *
   * @param visible which lines may be seen, by their list; null for mail of no list
   * @param known which recipients may be seen; others are not even counted
   * @param wanted which of those are given
   * @param limit how many recipients are given
   * @return empty when nothing is known of the mail, or nothing that may be seen
   */
  public Optional<MailStory> story(
      MailId mail,
      Predicate<@Nullable ListId> visible,
      Predicate<MailStory.Recipient> known,
      Predicate<MailStory.Recipient> wanted,
      int limit) {
    List<MailEvent> events =
        store.events(mail).stream()
            .filter(event -> visible.test(event.list()))
            .map(event -> event.by(null))
            // what one stage tells of one moment: accepted before expanded
            .sorted(Comparator.comparing(MailEvent::at).thenComparing(MailEvent::kind))
            .toList();
    Map<String, MailStory.Recipient> recipients = new TreeMap<>();
    store.results(
        mail,
        result -> {
          if (visible.test(result.list())) {
            latest(recipients, result);
          }
        });
    recipients.values().removeIf(known.negate());
    if (events.isEmpty() && recipients.isEmpty()) {
      return Optional.empty();
    }
    List<MailStory.Recipient> given = recipients.values().stream().filter(wanted).toList();
    return Optional.of(
        new MailStory(
            mail,
            events.stream()
                .flatMap(event -> Optional.ofNullable(event.messageId()).stream())
                .findFirst()
                .orElse(null),
            lists(events, recipients.values()),
            events,
            counts(events, recipients.values()),
            given.subList(0, Math.min(limit, given.size())),
            given.size() > limit));
  }

  /** Takes what a result says into account, by recipient and list. */
  static void latest(Map<String, MailStory.Recipient> recipients, DeliveryResult result) {
    ListId list = result.list();
    for (DeliveryResult.Recipient recipient : result.recipients()) {
      String key = recipient.address().key() + " " + (list == null ? "" : list.value());
      MailStory.Recipient known = recipients.get(key);
      int attempts = Math.max(result.attempt(), known == null ? 0 : known.attempts());
      boolean later = known == null || !result.at().isBefore(known.at());
      // a final outcome is final, whatever the clocks of two instances say
      boolean settled = known != null && !(known.outcome() instanceof RecipientOutcome.Deferred);
      boolean settles = !(recipient.outcome() instanceof RecipientOutcome.Deferred);
      if (known == null || (settled ? settles && later : settles || later)) {
        recipients.put(
            key,
            new MailStory.Recipient(
                recipient.address(), list, recipient.outcome(), attempts, result.at()));
      }
    }
  }

  private static List<ListId> lists(
      List<MailEvent> events, Iterable<MailStory.Recipient> recipients) {
    Set<ListId> lists = new LinkedHashSet<>();
    events.forEach(event -> Optional.ofNullable(event.list()).ifPresent(lists::add));
    recipients.forEach(recipient -> Optional.ofNullable(recipient.list()).ifPresent(lists::add));
    return new ArrayList<>(lists);
  }

  private static MailStory.Counts counts(
      List<MailEvent> events, Iterable<MailStory.Recipient> recipients) {
    long expanded = 0;
    for (MailEvent event : events) {
      if (event.kind() == MailEvent.Kind.EXPANDED || event.kind() == MailEvent.Kind.RELAYED) {
        expanded += event.count();
      }
    }
    long relayed = 0;
    long deferred = 0;
    long failed = 0;
    for (MailStory.Recipient recipient : recipients) {
      switch (recipient.outcome()) {
        case RecipientOutcome.Relayed _ -> relayed++;
        case RecipientOutcome.Deferred _ -> deferred++;
        case RecipientOutcome.Failed _ -> failed++;
      }
    }
    return new MailStory.Counts(expanded, relayed, deferred, failed);
  }
}
