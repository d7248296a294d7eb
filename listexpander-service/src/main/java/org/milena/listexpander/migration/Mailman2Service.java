package org.milena.listexpander.migration;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.settings.ArchiveAccess;
import org.milena.common.settings.AutoAnswer;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.Personalization;
import org.milena.common.settings.ReplyTo;
import org.milena.common.settings.VolumeEvery;
import org.milena.listexpander.migration.mailman2.ArchivePolicy;
import org.milena.listexpander.migration.mailman2.AutoReplies;
import org.milena.listexpander.migration.mailman2.BouncePolicy;
import org.milena.listexpander.migration.mailman2.CopyPolicy;
import org.milena.listexpander.migration.mailman2.DigestPolicy;
import org.milena.listexpander.migration.mailman2.Frequency;
import org.milena.listexpander.migration.mailman2.Mailman2List;
import org.milena.listexpander.migration.mailman2.ReplyGoesTo;
import org.milena.listexpander.migration.mailman2.RequestAutoReply;
import org.milena.listexpander.migration.mailman2.RosterAccess;
import org.milena.listexpander.migration.mailman2.SubscribePolicy;
import org.milena.listexpander.migration.mailman2.SubscriptionPolicy;
import org.milena.listexpander.migration.mailman2.TemplateText;
import org.milena.listexpander.migration.mailman2.UnsubscribePolicy;

/** What Mailman 2.1 does for members, as settings of ours. */
final class Mailman2Service {
  /** Mailman's own programs send digests at noon. */
  private static final int NOON = 12;

  static void subscription(PlanBuilder plan, Mailman2List list) {
    SubscriptionPolicy policy = list.subscription();
    plan.set(
        "subscribe_policy",
        "subscribePolicy",
        policy.subscribePolicy().map(Mailman2Service::joining));
    // whoever leaves confirms there as well, unless signed in
    plan.set(
        "unsubscribe_policy",
        "unsubscribePolicy",
        policy.unsubscribePolicy().map(Mailman2Service::leaving));
    plan.leftIf(
        !policy.subscribeAutoApproval().isEmpty(),
        "subscribe_auto_approval",
        "A moderator decides about everybody.");
    Mailman2Posting.patterns(
        plan,
        "ban_list",
        "bans",
        policy.banList(),
        pattern -> PythonPatterns.ofAddress(pattern, plan.address().domain()));
    plan.set("private_roster", "rosterAccess", policy.privateRoster().map(Mailman2Service::roster));
    plan.leftIf(
        policy.obscureAddresses().isPresent(),
        "obscure_addresses",
        "Pages never show addresses in full to strangers.");
    plan.leftIf(
        policy.sendReminders().isPresent(),
        "send_reminders",
        "There are no passwords to be reminded of.");
    plan.set("send_welcome_msg", "welcome", policy.sendWelcomeMsg());
    plan.set("send_goodbye_msg", "goodbye", policy.sendGoodbyeMsg());
    plan.set("admin_notify_mchanges", "tellOwners", policy.adminNotifyMchanges());
    plan.leftIf(
        policy.newMemberOptions().isPresent(),
        "new_member_options",
        "New members have the usual options.");
    if (list.digests().isDefault().orElse(false)) {
      boolean mime = list.digests().mimeIsDefault().orElse(false);
      plan.set(
          "digest_is_default",
          "newMemberMode",
          mime ? DeliveryMode.MIME_DIGEST : DeliveryMode.PLAIN_DIGEST);
    }
  }

  private static org.milena.common.settings.SubscribePolicy joining(SubscribePolicy policy) {
    return switch (policy) {
      case OPEN -> org.milena.common.settings.SubscribePolicy.OPEN;
      case CONFIRM -> org.milena.common.settings.SubscribePolicy.CONFIRM;
      case APPROVE -> org.milena.common.settings.SubscribePolicy.MODERATE;
      case CONFIRM_AND_APPROVE -> org.milena.common.settings.SubscribePolicy.CONFIRM_THEN_MODERATE;
    };
  }

  private static org.milena.common.settings.UnsubscribePolicy leaving(UnsubscribePolicy policy) {
    return switch (policy) {
      case OPEN -> org.milena.common.settings.UnsubscribePolicy.CONFIRM;
      case APPROVE -> org.milena.common.settings.UnsubscribePolicy.CONFIRM_THEN_MODERATE;
    };
  }

  private static org.milena.common.settings.RosterAccess roster(RosterAccess access) {
    return switch (access) {
      case ANYONE -> org.milena.common.settings.RosterAccess.PUBLIC;
      case MEMBERS -> org.milena.common.settings.RosterAccess.MEMBERS;
      case OWNERS -> org.milena.common.settings.RosterAccess.MODERATORS;
    };
  }

  /** An archive that does not say for whom it is, is for members. */
  static void archive(PlanBuilder plan, ArchivePolicy policy) {
    plan.set("archive", "archived", policy.archive());
    boolean open = policy.archivePrivate().map(closed -> !closed).orElse(false);
    plan.set(
        "archive_private", "archiveAccess", open ? ArchiveAccess.PUBLIC : ArchiveAccess.MEMBERS);
    plan.leftIf(
        policy.archiveVolumeFrequency().isPresent(),
        "archive_volume_frequency",
        "The archive shows months.");
  }

  static void answers(PlanBuilder plan, AutoReplies answers) {
    plan.set("autorespond_postings", "answerPosts", answers.toPosts().map(Mailman2Service::answer));
    text(plan, "autoresponse_postings_text", "answerPostsText", answers.postsText());
    plan.set("autorespond_admin", "answerOwner", answers.toOwners().map(Mailman2Service::answer));
    text(plan, "autoresponse_admin_text", "answerOwnerText", answers.ownersText());
    plan.set(
        "autorespond_requests",
        "answerRequests",
        answers.toRequests().map(Mailman2Service::answer));
    text(plan, "autoresponse_request_text", "answerRequestsText", answers.requestsText());
    answers
        .graceDays()
        .ifPresent(days -> {
          if (days <= 0) {
            plan.setPartly(
                "autoresponse_graceperiod",
                "answerDays",
                1,
                "Nobody is answered more than once a day (RFC 3834 section 2).");
          } else {
            plan.set("autoresponse_graceperiod", "answerDays", count(days));
          }
        });
  }

  private static AutoAnswer answer(boolean on) {
    return on ? AutoAnswer.CONTINUE : AutoAnswer.NONE;
  }

  private static AutoAnswer answer(RequestAutoReply reply) {
    return switch (reply) {
      case NONE -> AutoAnswer.NONE;
      case RESPOND_AND_DISCARD -> AutoAnswer.DISCARD;
      case RESPOND -> AutoAnswer.CONTINUE;
    };
  }

  private static void text(
      PlanBuilder plan, String field, String setting, Optional<String> mailman) {
    mailman
        .filter(words -> !words.isBlank())
        .ifPresent(words -> {
          Mailman2Texts.Converted text =
              Mailman2Texts.converted(TemplateText.of(words, false), Map.of(), plan);
          if (text.lost().isEmpty()) {
            plan.set(field, setting, text.filled());
          } else {
            plan.setPartly(field, setting, text.filled(), text.lost());
          }
        });
  }

  static void bounces(PlanBuilder plan, BouncePolicy policy) {
    plan.set("bounce_processing", "processBounces", policy.processing());
    plan.set(
        "bounce_score_threshold",
        "bounceThreshold",
        policy.scoreThreshold().filter(score -> score > 0));
    plan.set(
        "bounce_info_stale_after", "bounceStaleDays", policy.infoStaleAfter().map(d -> days(d)));
    plan.set(
        "bounce_you_are_disabled_warnings",
        "bounceWarnings",
        policy.warnings().map(Mailman2Service::count));
    plan.set(
        "bounce_you_are_disabled_warnings_interval",
        "bounceWarningDays",
        policy.warningsInterval().map(d -> days(d)));
    plan.set(
        "bounce_unrecognized_goes_to_list_owner",
        "forwardUnrecognized",
        policy.unrecognizedGoesToOwner());
    boolean known =
        policy.notifyOwnerOnDisable().isPresent() || policy.notifyOwnerOnRemoval().isPresent();
    if (known) {
      boolean tell =
          policy.notifyOwnerOnDisable().orElse(false)
              || policy.notifyOwnerOnRemoval().orElse(false);
      plan.set("bounce_notify_owner_on_disable", "tellOwnersOfBounces", tell);
      plan.taken("bounce_notify_owner_on_removal", "It is part of tellOwnersOfBounces.");
    }
    plan.leftIf(
        policy.notifyOwnerOnIncrement().orElse(false),
        "bounce_notify_owner_on_bounce_increment",
        "Owners are told when a delivery stops, not of each bounce.");
  }

  /** Whole days, at least one. */
  private static int days(Duration time) {
    return Math.clamp(Math.ceilDiv(time.toSeconds(), 86_400L), 1, 36_500);
  }

  static void copies(PlanBuilder plan, CopyPolicy copies) {
    replies(plan, copies);
    plan.set("first_strip_reply_to", "stripReplyTo", copies.firstStripReplyTo());
    plan.set("anonymous_list", "anonymous", copies.anonymousList());
    plan.set("subject_prefix", "subjectPrefix", copies.subjectPrefix());
    plan.leftIf(
        copies.encodeAsciiPrefixes().isPresent(),
        "encode_ascii_prefixes",
        "A prefix is encoded where it must be (RFC 2047).");
    plan.set("include_rfc2369_headers", "listHeaders", copies.includeRfc2369Headers());
    plan.set("include_list_post_header", "listPost", copies.includeListPostHeader());
    plan.leftIf(
        copies.includeSenderHeader().isPresent(),
        "include_sender_header",
        "Sender stays as the author has it.");
    plan.leftIf(copies.dropCc().isPresent(), "drop_cc", "Cc stays as the author has it.");
    plan.set("personalize", "personalize", copies.personalize().map(Mailman2Service::personal));
    plan.leftIf(
        copies.nondigestable().isPresent(),
        "nondigestable",
        "Members may always have each post as it comes.");
  }

  private static Personalization personal(
      org.milena.listexpander.migration.mailman2.Personalization mailman) {
    return switch (mailman) {
      case NONE -> Personalization.NONE;
      case INDIVIDUAL -> Personalization.TEXTS;
      case FULL -> Personalization.FULL;
    };
  }

  private static void replies(PlanBuilder plan, CopyPolicy copies) {
    Optional<MailAddress> address =
        copies
            .replyToAddress()
            .flatMap(text ->
                MailAddress.parse(text.strip()) instanceof ParsedAddress.Valid(var valid)
                    ? Optional.of(valid)
                    : Optional.empty());
    plan.set("reply_to_address", "replyToAddress", address);
    copies
        .replyGoesToList()
        .ifPresent(where -> {
          if (where == ReplyGoesTo.ADDRESS && address.isEmpty()) {
            plan.left("reply_goes_to_list", "There is no address that replies could go to.");
          } else {
            plan.set("reply_goes_to_list", "replyTo", replyTo(where));
          }
        });
  }

  private static ReplyTo replyTo(ReplyGoesTo where) {
    return switch (where) {
      case AUTHOR -> ReplyTo.AUTHOR;
      case LIST -> ReplyTo.LIST;
      case ADDRESS -> ReplyTo.ADDRESS;
    };
  }

  static void digests(PlanBuilder plan, DigestPolicy policy) {
    plan.set("digestable", "digests", policy.digestable());
    plan.set(
        "digest_size_threshhold",
        "digestSizeKb",
        policy.sizeThreshold().map(Mailman2Service::count));
    plan.set("digest_send_periodic", "digestHour", policy.sendPeriodic().map(on -> on ? NOON : -1));
    plan.set(
        "digest_volume_frequency",
        "digestVolume",
        policy.volumeFrequency().map(Mailman2Service::every));
    policy
        .mimeIsDefault()
        .filter(_ -> !policy.isDefault().orElse(false))
        .ifPresent(_ -> plan.left("mime_is_default_digest", "New members get each post."));
    policy
        .mimeIsDefault()
        .filter(_ -> policy.isDefault().orElse(false))
        .ifPresent(_ -> plan.taken("mime_is_default_digest", "It is part of newMemberMode."));
  }

  private static VolumeEvery every(Frequency frequency) {
    return switch (frequency) {
      case YEARLY -> VolumeEvery.YEAR;
      case MONTHLY -> VolumeEvery.MONTH;
      case QUARTERLY -> VolumeEvery.QUARTER;
      case WEEKLY -> VolumeEvery.WEEK;
      case DAILY -> VolumeEvery.DAY;
    };
  }

  /** A number that fits where ours stand. */
  static int count(long number) {
    return Math.clamp(number, 0, Integer.MAX_VALUE);
  }

  private Mailman2Service() {}
}
