package org.milena.listexpander.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.migration.mailman2.Mailman2List;
import org.milena.listexpander.migration.mailman2.Mailman2Member;
import org.milena.listexpander.migration.mailman2.ModerationPolicy;

/** Everybody whom a list of Mailman 2.1 knows. */
final class Mailman2People {
  private final PlanBuilder plan;
  private final Mailman2List list;
  private final String language;
  private final Instant now;

  Mailman2People(PlanBuilder plan, Mailman2List list, String language, Instant now) {
    this.plan = plan;
    this.list = list;
    this.language = language;
    this.now = now;
  }

  void all() {
    members();
    roles("owner", list.owners(), MemberRole.OWNER);
    roles("moderator", list.moderators(), MemberRole.MODERATOR);
    ModerationPolicy policy = list.moderation();
    // the first that fits counts there, so an address that is in several has the first action
    others("accept", "acceptNonMembers", policy.acceptTheseNonmembers(), PostAction.DEFER);
    others("hold", "holdNonMembers", policy.holdTheseNonmembers(), PostAction.HOLD);
    others("reject", "rejectNonMembers", policy.rejectTheseNonmembers(), PostAction.REJECT);
    others("discard", "discardNonMembers", policy.discardTheseNonmembers(), PostAction.DISCARD);
  }

  private void members() {
    int topics = 0;
    int scores = 0;
    int languages = 0;
    int taken = 0;
    int digests = 0;
    for (Mailman2Member member : list.members()) {
      topics += member.topics().isEmpty() ? 0 : 1;
      scores += member.bounces().isPresent() ? 1 : 0;
      languages += member.language().filter(tag -> !Mailman2Plans.speaks(tag)).isPresent() ? 1 : 0;
      digests += member.digest() == Mailman2Member.Digest.NONE ? 0 : 1;
      taken += plan.member("members", member(member)) ? 1 : 0;
    }
    plan.taken("members", "%,d members, %,d of them with digests.".formatted(taken, digests));
    plan.taken("digest_members", "They are among the members.");
    plan.taken("user_options", "They are options of the members.");
    plan.taken("usernames", "They are names of the members.");
    plan.taken("delivery_status", "Whose delivery was stopped, it stays so, and by whom.");
    if (languages == 0) {
      plan.taken("language", "It is an option of the members.");
    } else {
      plan.partly(
          "language",
          "%,d members get the list's language instead of theirs.".formatted(languages));
    }
    plan.leftIf(topics > 0, "topics_userinterest", "There are no topics.");
    plan.leftIf(
        scores > 0,
        "bounce_info",
        "The scores of %,d members begin anew: the old host's mail came back, not ours."
            .formatted(scores));
  }

  private Member member(Mailman2Member old) {
    MemberOptions options =
        new MemberOptions(
            mode(old),
            stop(old),
            null,
            !old.options().noOwnPosts(),
            old.options().acknowledge(),
            old.options().noDuplicates(),
            old.options().conceal(),
            old.language()
                .filter(Mailman2Plans::speaks)
                .filter(tag -> !tag.equals(language))
                .orElse(null),
            0);
    return new Member(
        plan.list(),
        old.address(),
        old.name().orElse(""),
        Set.of(MemberRole.MEMBER),
        action(old),
        options,
        now);
  }

  private static DeliveryMode mode(Mailman2Member old) {
    return switch (old.digest()) {
      case NONE -> DeliveryMode.EVERY_POST;
      case PLAIN -> DeliveryMode.PLAIN_DIGEST;
      case MIME -> DeliveryMode.MIME_DIGEST;
    };
  }

  /** Nobody knows who stopped an unknown one; the member can let it go on. */
  private static @Nullable Stop stop(Mailman2Member old) {
    return switch (old.status()) {
      case ENABLED -> null;
      case UNKNOWN, BY_USER -> Stop.BY_MEMBER;
      case BY_ADMIN -> Stop.BY_MODERATOR;
      case BY_BOUNCE -> Stop.BY_BOUNCES;
    };
  }

  /** There, each member is moderated or not, whatever new ones are. */
  private @Nullable PostAction action(Mailman2Member old) {
    PostAction usual = Mailman2Posting.memberAction(list.moderation());
    PostAction own =
        old.options().moderated()
            ? Mailman2Posting.moderatedAction(list.moderation())
            : PostAction.DEFER;
    return own == usual ? null : own;
  }

  private void roles(String field, List<MailAddress> addresses, MemberRole role) {
    int taken = 0;
    for (MailAddress address : addresses) {
      taken += plan.member(field, other(address, role, null)) ? 1 : 0;
    }
    if (!addresses.isEmpty()) {
      plan.taken(field, "%,d have the role %s.".formatted(taken, role));
    }
  }

  private Member other(MailAddress address, MemberRole role, @Nullable PostAction action) {
    return new Member(plan.list(), address, "", Set.of(role), action, now);
  }

  /** Addresses become entries of their own, expressions and lists stay patterns. */
  private void others(String verb, String setting, List<String> given, PostAction action) {
    String field = verb + "_these_nonmembers";
    List<String> patterns = new ArrayList<>();
    int entries = 0;
    int members = 0;
    for (String text : given) {
      Optional<MailAddress> address =
          MailAddress.parse(text.strip()) instanceof ParsedAddress.Valid(var valid)
                  && !text.startsWith("^")
                  && !text.startsWith("@")
              ? Optional.of(valid)
              : Optional.empty();
      if (address.isEmpty()) {
        patterns.add(text);
      } else if (plan.at(address.get())
          .filter(entry -> entry.roles().contains(MemberRole.MEMBER))
          .isPresent()) {
        members++;
      } else {
        entries += plan.member(field, other(address.get(), MemberRole.NONMEMBER, action)) ? 1 : 0;
      }
    }
    Mailman2Posting.patterns(
        plan,
        field,
        setting,
        patterns,
        pattern -> PythonPatterns.ofAddress(pattern, plan.address().domain()));
    if (entries > 0) {
      plan.taken(field, "%,d addresses are known, with the action %s.".formatted(entries, action));
    }
    plan.leftIf(members > 0, field, "%,d are members.".formatted(members));
  }
}
