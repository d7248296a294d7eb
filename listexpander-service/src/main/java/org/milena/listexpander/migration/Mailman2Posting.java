package org.milena.listexpander.migration;

import static org.milena.common.settings.PostAction.DEFER;
import static org.milena.common.settings.PostAction.DISCARD;
import static org.milena.common.settings.PostAction.HOLD;
import static org.milena.common.settings.PostAction.REJECT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.milena.common.settings.DmarcWhen;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.ModeratorNotices;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.migration.mailman2.ContentFilter;
import org.milena.listexpander.migration.mailman2.DmarcAction;
import org.milena.listexpander.migration.mailman2.DmarcPolicy;
import org.milena.listexpander.migration.mailman2.FilterAction;
import org.milena.listexpander.migration.mailman2.HeaderRule;
import org.milena.listexpander.migration.mailman2.HeaderRuleAction;
import org.milena.listexpander.migration.mailman2.MemberModeration;
import org.milena.listexpander.migration.mailman2.ModerationPolicy;
import org.milena.listexpander.migration.mailman2.NonmemberAction;
import org.milena.listexpander.migration.mailman2.PostingRules;

/** Mailman 2.1's rules for posts as settings of ours. */
final class Mailman2Posting {
  private static final long KB = 1_024;

  static void moderation(PlanBuilder plan, ModerationPolicy policy) {
    policy
        .defaultMemberModeration()
        .ifPresent(moderated ->
            plan.set("default_member_moderation", "memberAction", memberAction(policy)));
    policy
        .memberModerationAction()
        .ifPresent(action ->
            plan.taken(
                "member_moderation_action",
                "Moderated members have the action " + moderatedAction(policy) + "."));
    plan.leftIf(
        isText(policy.memberModerationNotice()),
        "member_moderation_notice",
        "Who is rejected gets the usual words.");
    plan.set("emergency", "emergency", policy.emergency());
    verbosity(plan, policy);
    policy
        .genericNonmemberAction()
        .ifPresent(
            action -> plan.set("generic_nonmember_action", "nonMemberAction", action(action)));
    plan.leftIf(
        isText(policy.nonmemberRejectionNotice()),
        "nonmember_rejection_notice",
        "Who is rejected gets the usual words.");
    plan.leftIf(
        policy.forwardAutoDiscards().orElse(false),
        "forward_auto_discards",
        "What is discarded stands in the trace.");
    plan.set("max_days_to_hold", "holdDays", policy.maxDaysToHold().map(Mailman2Service::count));
    plan.set("respond_to_post_requests", "tellHeldAuthors", policy.respondToPostRequests());
    plan.set(
        "admin_immed_notify",
        "moderatorNotices",
        policy
            .adminImmedNotify()
            .map(each -> each ? ModeratorNotices.EACH : ModeratorNotices.DAILY));
  }

  /** What new members get; who is there has an action of the own where it differs. */
  static PostAction memberAction(ModerationPolicy policy) {
    return policy.defaultMemberModeration().orElse(false) ? moderatedAction(policy) : DEFER;
  }

  /** What happens to posts of a moderated member. */
  static PostAction moderatedAction(ModerationPolicy policy) {
    return switch (policy.memberModerationAction().orElse(MemberModeration.HOLD)) {
      case HOLD -> HOLD;
      case REJECT -> REJECT;
      case DISCARD -> DISCARD;
    };
  }

  private static PostAction action(NonmemberAction action) {
    return switch (action) {
      case ACCEPT -> DEFER;
      case HOLD -> HOLD;
      case REJECT -> REJECT;
      case DISCARD -> DISCARD;
    };
  }

  private static void verbosity(PlanBuilder plan, ModerationPolicy policy) {
    long threshold = policy.memberVerbosityThreshold().orElse(0L);
    Duration interval = policy.memberVerbosityInterval().orElse(Duration.ofSeconds(300));
    if (threshold <= 0 || interval.isZero() || interval.isNegative()) {
      return;
    }
    double hourly = (double) threshold * Duration.ofHours(1).toSeconds() / interval.toSeconds();
    plan.setPartly(
        "member_verbosity_threshold",
        "postsPerHour",
        Math.clamp(Math.round(hourly), 1, 1_000_000),
        "More posts are held; the member is not moderated from then on.");
    policy
        .memberVerbosityInterval()
        .ifPresent(_ -> plan.taken("member_verbosity_interval", "Limits are for an hour here."));
  }

  static void posting(PlanBuilder plan, PostingRules rules) {
    plan.set(
        "require_explicit_destination", "requireListAddress", rules.requireExplicitDestination());
    patterns(
        plan,
        "acceptable_aliases",
        "acceptableAliases",
        rules.acceptableAliases(),
        PythonPatterns::ofAlias);
    plan.set(
        "max_num_recipients",
        "maxRecipients",
        rules.maxNumRecipients().map(Mailman2Service::count));
    plan.set(
        "max_message_size",
        "maxSize",
        rules
            .maxMessageSize()
            .map(kb -> Mailman2Service.count(Math.clamp(kb, 0, Integer.MAX_VALUE) * KB)));
    plan.set("administrivia", "administrivia", rules.administrivia());
    headers(plan, rules);
  }

  /** Patterns of addresses as a setting; those that mean nothing to us are counted. */
  static void patterns(
      PlanBuilder plan,
      String field,
      String setting,
      List<String> given,
      Function<String, Optional<String>> translation) {
    if (given.isEmpty()) {
      return;
    }
    List<String> taken =
        given.stream().flatMap(pattern -> translation.apply(pattern).stream()).distinct().toList();
    long lost = given.stream().filter(pattern -> translation.apply(pattern).isEmpty()).count();
    if (lost == 0) {
      plan.set(field, setting, taken);
    } else if (taken.isEmpty()) {
      plan.left(field, lost + " patterns cannot be read as addresses or as RE2.");
    } else {
      plan.setPartly(field, setting, taken, lost + " more cannot be read as addresses or as RE2.");
    }
  }

  private static void headers(PlanBuilder plan, PostingRules rules) {
    List<HeaderFilter> filters = new ArrayList<>();
    int lost = 0;
    int off = 0;
    for (HeaderRule rule : rules.headerFilterRules()) {
      Optional<PostAction> action = action(rule.action());
      for (String pattern : rule.patterns()) {
        Optional<PythonPatterns.Field> field = PythonPatterns.ofHeader(pattern);
        if (action.isEmpty()) {
          off++;
        } else if (field.isEmpty()) {
          lost++;
        } else {
          filters.add(new HeaderFilter(field.get().header(), field.get().pattern(), action.get()));
        }
      }
    }
    int oldLost = older(rules, filters);
    if (!rules.headerFilterRules().isEmpty()) {
      String text =
          (lost == 0 ? "" : lost + " patterns are for no one field, or not RE2. ")
              + (off == 0 ? "" : off + " patterns of rules that were off are left behind.");
      noteHeaders(plan, "header_filter_rules", filters, text.strip());
    }
    if (!rules.bounceMatchingHeaders().isEmpty()) {
      noteHeaders(
          plan,
          "bounce_matching_headers",
          filters,
          oldLost == 0 ? "" : oldLost + " lines cannot be read.");
    }
  }

  private static void noteHeaders(
      PlanBuilder plan, String field, List<HeaderFilter> filters, String lost) {
    if (lost.isEmpty()) {
      plan.set(field, "headerFilters", filters);
    } else {
      plan.setPartly(field, "headerFilters", filters, lost);
    }
  }

  /** {@code field: expression}, whose finding holds a post. */
  private static int older(PostingRules rules, List<HeaderFilter> filters) {
    int lost = 0;
    for (String line : rules.bounceMatchingHeaders()) {
      if (line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      String header = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      Optional<String> value =
          header.isEmpty() ? Optional.empty() : PythonPatterns.ofValue(line.substring(colon + 1));
      if (value.isPresent()) {
        filters.add(new HeaderFilter(header, value.get(), HOLD));
      } else {
        lost++;
      }
    }
    return lost;
  }

  private static Optional<PostAction> action(HeaderRuleAction action) {
    return switch (action) {
      case DEFER -> Optional.empty();
      case REJECT -> Optional.of(REJECT);
      case DISCARD -> Optional.of(DISCARD);
      case ACCEPT -> Optional.of(PostAction.ACCEPT);
      case HOLD -> Optional.of(HOLD);
    };
  }

  /** The larger of the two counts; what is for all posts counts where they are equal. */
  static void dmarc(PlanBuilder plan, DmarcPolicy policy) {
    DmarcAction always = policy.fromIsList().orElse(DmarcAction.NONE);
    DmarcAction where = policy.moderationAction().orElse(DmarcAction.NONE);
    if (policy.fromIsList().isPresent() || policy.moderationAction().isPresent()) {
      boolean unconditional = always != DmarcAction.NONE && always.code() >= where.code();
      String field = unconditional ? "from_is_list" : "dmarc_moderation_action";
      String other = unconditional ? "dmarc_moderation_action" : "from_is_list";
      plan.set(field, "dmarcAction", action(unconditional ? always : where));
      plan.set(field, "dmarcWhen", unconditional ? DmarcWhen.ALWAYS : when(policy));
      boolean both = always != DmarcAction.NONE && where != DmarcAction.NONE && always != where;
      if (both) {
        plan.left(other, "The larger of it and " + field + " counts.");
      } else {
        plan.taken(other, "It is part of what " + field + " becomes.");
      }
    }
    String part = "It is part of dmarcWhen.";
    policy.quarantineToo().ifPresent(_ -> plan.taken("dmarc_quarantine_moderation_action", part));
    policy.noneToo().ifPresent(_ -> plan.taken("dmarc_none_moderation_action", part));
    plan.set("dmarc_moderation_notice", "dmarcNotice", policy.moderationNotice());
    patterns(
        plan,
        "dmarc_moderation_addresses",
        "dmarcAddresses",
        policy.moderationAddresses(),
        pattern -> PythonPatterns.ofAddress(pattern, plan.address().domain()));
    plan.leftIf(
        isText(policy.wrappedMessageText()),
        "dmarc_wrapped_message_text",
        "A wrapped post has nothing written above it.");
    plan.leftIf(
        isText(policy.equivalentDomains()),
        "equivalent_domains",
        "An author is a member under each of the own addresses.");
  }

  /** Mailman asks for quarantine, too, unless it was told not to. */
  private static DmarcWhen when(DmarcPolicy policy) {
    if (policy.noneToo().orElse(false)) {
      return DmarcWhen.ANY_POLICY;
    }
    return policy.quarantineToo().orElse(true) ? DmarcWhen.QUARANTINE : DmarcWhen.REJECT;
  }

  private static org.milena.common.settings.DmarcAction action(DmarcAction action) {
    return switch (action) {
      case NONE -> org.milena.common.settings.DmarcAction.NONE;
      case MUNGE_FROM -> org.milena.common.settings.DmarcAction.MUNGE;
      case WRAP -> org.milena.common.settings.DmarcAction.WRAP;
      case REJECT -> org.milena.common.settings.DmarcAction.REJECT;
      case DISCARD -> org.milena.common.settings.DmarcAction.DISCARD;
    };
  }

  static void content(PlanBuilder plan, ContentFilter filter) {
    plan.set("filter_content", "filterContent", filter.filterContent());
    list(plan, "filter_mime_types", "filterTypes", filter.filterMimeTypes());
    list(plan, "pass_mime_types", "passTypes", filter.passMimeTypes());
    list(plan, "filter_filename_extensions", "filterExtensions", filter.filterFilenameExtensions());
    list(plan, "pass_filename_extensions", "passExtensions", filter.passFilenameExtensions());
    plan.set("collapse_alternatives", "collapseAlternatives", filter.collapseAlternatives());
    plan.set("convert_html_to_plaintext", "htmlToText", filter.convertHtmlToPlaintext());
    filter
        .filterAction()
        .ifPresent(action -> {
          if (action == FilterAction.PRESERVE) {
            plan.setPartly(
                "filter_action",
                "filterAction",
                org.milena.common.settings.FilterAction.HOLD,
                "What was put aside for the site waits for a moderator here.");
          } else {
            plan.set("filter_action", "filterAction", action.name());
          }
        });
    plan.leftIf(
        filter.scrubNondigest().orElse(false),
        "scrub_nondigest",
        "Attachments are not taken out and linked to.");
  }

  private static void list(PlanBuilder plan, String field, String setting, List<String> values) {
    if (!values.isEmpty()) {
      plan.set(
          field,
          setting,
          values.stream()
              .map(value -> value.strip().toLowerCase(Locale.ROOT))
              .map(value -> value.startsWith(".") ? value.substring(1) : value)
              .distinct()
              .toList());
    }
  }

  private static boolean isText(Optional<String> text) {
    return text.filter(words -> !words.isBlank()).isPresent();
  }

  private Mailman2Posting() {}
}
