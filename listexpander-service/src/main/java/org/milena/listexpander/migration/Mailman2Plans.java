package org.milena.listexpander.migration;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.milena.common.event.ListState;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.listexpander.migration.mailman2.FieldNote;
import org.milena.listexpander.migration.mailman2.ListIdentity;
import org.milena.listexpander.migration.mailman2.Mailman2List;
import org.milena.listexpander.migration.mailman2.Mailman2Reading;

/** What a list of Mailman 2.1 wants to be here. */
public final class Mailman2Plans {
  private static final Set<String> LANGUAGES = Set.of("en", "de");

  /** The address that the old list says it has; empty when it does not say one. */
  public static Optional<MailAddress> addressOf(Mailman2List list) {
    return list.identity()
        .hostName()
        .flatMap(host ->
            MailAddress.parse(list.identity().internalName() + "@" + host)
                    instanceof ParsedAddress.Valid(var address)
                ? Optional.of(address)
                : Optional.empty());
  }

  /**
   * Makes the plan.
   *
   * @param address where one will post
   * @param now since when members are members: Mailman does not know it
   */
  public static ListPlan plan(MailAddress address, Mailman2Reading.Read reading, Instant now) {
    Mailman2List list = reading.list();
    PlanBuilder plan = new PlanBuilder(address);
    String language = identity(plan, list.identity());
    Mailman2Posting.moderation(plan, list.moderation());
    Mailman2Posting.posting(plan, list.posting());
    Mailman2Posting.dmarc(plan, list.dmarc());
    Mailman2Posting.content(plan, list.content());
    Mailman2Service.subscription(plan, list);
    Mailman2Service.archive(plan, list.archive());
    Mailman2Service.answers(plan, list.autoReplies());
    Mailman2Service.bounces(plan, list.bounces());
    Mailman2Service.copies(plan, list.copies());
    Mailman2Service.digests(plan, list.digests());
    Mailman2Texts.texts(plan, list, language);
    numbers(plan, list);
    new Mailman2People(plan, list, language, now).all();
    theRest(plan, list);
    notes(plan, reading);
    return plan.build();
  }

  /** What the list is; its language. */
  private static String identity(PlanBuilder plan, ListIdentity identity) {
    identity.realName().ifPresent(name -> plan.named("real_name", name));
    identity.description().ifPresent(text -> plan.described("description", text));
    identity.info().ifPresent(text -> plan.described("info", text));
    plan.set("advertised", "advertised", identity.advertised());
    plan.leftIf(identity.webPageUrl().isPresent(), "web_page_url", "Pages have other addresses.");
    plan.leftIf(
        !identity.availableLanguages().isEmpty(),
        "available_languages",
        "Every list speaks English and German.");
    plan.leftIf(identity.createdAt().isPresent(), "created_at", "The list is made here today.");
    plan.leftIf(
        identity.lastPostTime().isPresent(), "last_post_time", "The archive knows the last post.");
    identity
        .hostName()
        .ifPresent(host -> plan.taken("host_name", "The address is " + plan.address() + " here."));
    if (identity.preferredLanguage().isEmpty()) {
      return "en";
    }
    String language = identity.preferredLanguage().get();
    if (LANGUAGES.contains(language)) {
      plan.set("preferred_language", "language", language);
      return language;
    }
    plan.setPartly(
        "preferred_language", "language", "en", "There are no texts in the list's own language.");
    return "en";
  }

  /** Numbers go on, so that no issue of a digest and no number of a post comes twice. */
  private static void numbers(PlanBuilder plan, Mailman2List list) {
    ListState state = plan.state();
    // Mailman keeps the number of the next post, we keep that of the last
    long posts = list.nextPostNumber().map(next -> Math.max(0, next - 1)).orElse(0L);
    int volume = list.digests().volume().map(Mailman2Service::count).orElse(1);
    int issue = list.digests().nextIssue().map(Mailman2Service::count).orElse(1);
    plan.state(
        new ListState(
            state.list(),
            posts,
            Math.max(1, volume),
            Math.max(1, issue),
            list.digests()
                .lastSentAt()
                .map(at -> at.atZone(ZoneOffset.UTC).toLocalDate())
                .orElse(null),
            null));
    String on = "Numbers go on from here.";
    list.nextPostNumber().ifPresent(_ -> plan.taken("post_id", on));
    list.digests().volume().ifPresent(_ -> plan.taken("volume", on));
    list.digests().nextIssue().ifPresent(_ -> plan.taken("next_digest_number", on));
    list.digests()
        .lastSentAt()
        .ifPresent(_ -> plan.taken("digest_last_sent_at", "It is the day of the last digest."));
  }

  private static void theRest(PlanBuilder plan, Mailman2List list) {
    String topics = "There are no topics.";
    plan.leftIf(list.topics().enabled().isPresent(), "topics_enabled", topics);
    plan.leftIf(list.topics().bodyLinesLimit().isPresent(), "topics_bodylines_limit", topics);
    plan.leftIf(!list.topics().topics().isEmpty(), "topics", topics);
    String related = "A list can take its members from others, but does not leave those out.";
    plan.leftIf(!list.related().regularExcludeLists().isEmpty(), "regular_exclude_lists", related);
    plan.leftIf(
        !list.related().regularIncludeLists().isEmpty(),
        "regular_include_lists",
        "Name those lists in memberSources.");
    plan.leftIf(
        list.related().umbrellaList().orElse(false),
        "umbrella_list",
        "Lists may be members like others.");
  }

  /** What reading the file noted; a field that is read and not spoken of so far means nothing. */
  private static void notes(PlanBuilder plan, Mailman2Reading.Read reading) {
    Set<String> noted = plan.noted();
    for (FieldNote note : reading.report().notes()) {
      switch (note) {
        case FieldNote.Taken(var field) -> {
          if (!noted.contains(field)) {
            plan.left(field, "It is empty, or says nothing that counts here.");
          }
        }
        case FieldNote.Unknown unknown -> plan.left(unknown.field(), unknown.sentence());
        case FieldNote.Unreadable bad -> plan.left(bad.field(), bad.sentence());
        case FieldNote.Replaced replaced -> plan.partly(replaced.field(), replaced.sentence());
        case FieldNote.Dropped(var field, var reason) -> plan.left(field, reason);
      }
    }
    if (reading.report().leftOff() > 0) {
      plan.left("(more)", "%,d more notes have no room.".formatted(reading.report().leftOff()));
    }
  }

  /** Whether our texts are written in this language. */
  static boolean speaks(String language) {
    return LANGUAGES.contains(language);
  }

  private Mailman2Plans() {}
}
