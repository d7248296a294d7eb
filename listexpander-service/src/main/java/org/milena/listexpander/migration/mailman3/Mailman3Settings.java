package org.milena.listexpander.migration.mailman3;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milena.listexpander.migration.PlanBuilder;
import org.milena.listexpander.migration.PythonPatterns;
import tools.jackson.databind.JsonNode;

/** The settings of a list of Mailman 3 as ours. */
final class Mailman3Settings {
  private static final Pattern DAYS = Pattern.compile("(\\d{1,6})d.*");

  /** Those that are taken as they are, under our name. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("admin_notify_mchanges", "tellOwners"),
          Map.entry("administrivia", "administrivia"),
          Map.entry("advertised", "advertised"),
          Map.entry("allow_list_posts", "listPost"),
          Map.entry("anonymous_list", "anonymous"),
          Map.entry("autoresponse_owner_text", "answerOwnerText"),
          Map.entry("autoresponse_postings_text", "answerPostsText"),
          Map.entry("autoresponse_request_text", "answerRequestsText"),
          Map.entry("bounce_score_threshold", "bounceThreshold"),
          Map.entry("bounce_you_are_disabled_warnings", "bounceWarnings"),
          Map.entry("collapse_alternatives", "collapseAlternatives"),
          Map.entry("convert_html_to_plaintext", "htmlToText"),
          Map.entry("digests_enabled", "digests"),
          Map.entry("dmarc_moderation_notice", "dmarcNotice"),
          Map.entry("emergency", "emergency"),
          Map.entry("filter_content", "filterContent"),
          Map.entry("filter_extensions", "filterExtensions"),
          Map.entry("filter_types", "filterTypes"),
          Map.entry("first_strip_reply_to", "stripReplyTo"),
          Map.entry("include_rfc2369_headers", "listHeaders"),
          Map.entry("max_days_to_hold", "holdDays"),
          Map.entry("max_num_recipients", "maxRecipients"),
          Map.entry("pass_extensions", "passExtensions"),
          Map.entry("pass_types", "passTypes"),
          Map.entry("process_bounces", "processBounces"),
          Map.entry("require_explicit_destination", "requireListAddress"),
          Map.entry("respond_to_post_requests", "tellHeldAuthors"),
          Map.entry("send_goodbye_message", "goodbye"),
          Map.entry("send_welcome_message", "welcome"),
          Map.entry("subject_prefix", "subjectPrefix"));

  /** Those whose words are others than ours, or have another letter case. */
  private static final Map<String, Map<String, String>> WORDS =
      Map.ofEntries(
          Map.entry("autorespond_owner", answers()),
          Map.entry("autorespond_postings", answers()),
          Map.entry("autorespond_requests", answers()),
          Map.entry("default_member_action", actions()),
          Map.entry("default_nonmember_action", actions()),
          Map.entry(
              "digest_volume_frequency",
              Map.of(
                  "yearly", "YEAR",
                  "monthly", "MONTH",
                  "quarterly", "QUARTER",
                  "weekly", "WEEK",
                  "daily", "DAY")),
          Map.entry(
              "dmarc_mitigate_action",
              Map.of(
                  "no_mitigation", "NONE",
                  "munge_from", "MUNGE",
                  "wrap_message", "WRAP",
                  "reject", "REJECT",
                  "discard", "DISCARD")),
          Map.entry(
              "filter_action",
              Map.of(
                  "discard", "DISCARD",
                  "reject", "REJECT",
                  "forward", "FORWARD",
                  "preserve", "HOLD",
                  "hold", "HOLD")),
          Map.entry(
              "member_roster_visibility",
              Map.of("moderators", "MODERATORS", "members", "MEMBERS", "public", "PUBLIC")),
          Map.entry("personalize", Map.of("none", "NONE", "individual", "TEXTS", "full", "FULL")),
          Map.entry(
              "reply_goes_to_list",
              Map.of(
                  "no_munging", "AUTHOR",
                  "point_to_list", "LIST",
                  "explicit_header", "ADDRESS",
                  "explicit_header_only", "ADDRESS_ONLY")),
          Map.entry("subscription_policy", policies()),
          Map.entry("unsubscription_policy", policies()));

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("autorespond_owner", "answerOwner"),
          Map.entry("autorespond_postings", "answerPosts"),
          Map.entry("autorespond_requests", "answerRequests"),
          Map.entry("default_member_action", "memberAction"),
          Map.entry("default_nonmember_action", "nonMemberAction"),
          Map.entry("digest_volume_frequency", "digestVolume"),
          Map.entry("dmarc_mitigate_action", "dmarcAction"),
          Map.entry("filter_action", "filterAction"),
          Map.entry("member_roster_visibility", "rosterAccess"),
          Map.entry("personalize", "personalize"),
          Map.entry("reply_goes_to_list", "replyTo"),
          Map.entry("subscription_policy", "subscribePolicy"),
          Map.entry("unsubscription_policy", "unsubscribePolicy"));

  /** Lists of addresses and expressions. */
  private static final Map<String, String> PATTERNS =
      Map.of(
          "accept_these_nonmembers", "acceptNonMembers",
          "hold_these_nonmembers", "holdNonMembers",
          "reject_these_nonmembers", "rejectNonMembers",
          "discard_these_nonmembers", "discardNonMembers",
          "dmarc_addresses", "dmarcAddresses",
          "acceptable_aliases", "acceptableAliases");

  /** Those that follow from the address. */
  private static final List<String> ADDRESSES =
      List.of(
          "fqdn_listname",
          "list_name",
          "mail_host",
          "list_id",
          "posting_address",
          "bounces_address",
          "join_address",
          "leave_address",
          "owner_address",
          "request_address");

  /** What those that are left behind are where nobody set them. */
  private static final Set<String> UNSET =
      Set.of("", "none", "false", "text", "default-posting-pipeline");

  private static final Map<String, String> LEFT =
      Map.ofEntries(
          Map.entry("moderator_password", "Passwords are not taken over."),
          Map.entry("dmarc_wrapped_message_text", "A wrapped post has nothing written above it."),
          Map.entry("posting_pipeline", "What is done to posts is what the settings say."),
          Map.entry("archive_rendering_mode", "The archive shows plain text and safe HTML."),
          Map.entry("bounce_notify_owner_on_bounce_increment", "Owners are told when it counts."),
          Map.entry("created_at", "The list is made here today."),
          Map.entry("last_post_at", "The archive knows the last post."),
          Map.entry("usenet_watermark", "There is no gateway to Usenet."),
          Map.entry("newsgroup_moderation", "There is no gateway to Usenet."),
          Map.entry("gateway_to_mail", "There is no gateway to Usenet."),
          Map.entry("gateway_to_news", "There is no gateway to Usenet."),
          Map.entry("linked_newsgroup", "There is no gateway to Usenet."));

  private static Map<String, String> answers() {
    return Map.of(
        "none", "NONE", "respond_and_discard", "DISCARD", "respond_and_continue", "CONTINUE");
  }

  private static Map<String, String> actions() {
    return Map.of(
        "accept", "ACCEPT",
        "defer", "DEFER",
        "hold", "HOLD",
        "reject", "REJECT",
        "discard", "DISCARD");
  }

  private static Map<String, String> policies() {
    return Map.of(
        "open", "OPEN",
        "confirm", "CONFIRM",
        "moderate", "MODERATE",
        "confirm_then_moderate", "CONFIRM_THEN_MODERATE");
  }

  private final PlanBuilder plan;
  private final JsonNode config;

  Mailman3Settings(PlanBuilder plan, JsonNode config) {
    this.plan = plan;
    this.config = config;
  }

  void all() {
    plan.named("display_name", text("display_name"));
    plan.described("description", text("description"));
    plan.described("info", text("info"));
    for (Map.Entry<String, JsonNode> each : config.properties()) {
      one(each.getKey(), each.getValue());
    }
    special();
    Set<String> noted = new HashSet<>(plan.noted());
    config.propertyNames().stream()
        .filter(field -> !noted.contains(field) && !field.equals("http_etag"))
        .forEach(field -> plan.left(field, "It is empty, or says nothing that counts here."));
  }

  private void one(String field, JsonNode value) {
    if (SAME.containsKey(field) && !value.isNull()) {
      plan.set(field, SAME.getOrDefault(field, ""), value);
    } else if (WORDS.containsKey(field)) {
      String word = value.asString("").toLowerCase(Locale.ROOT);
      String ours = WORDS.getOrDefault(field, Map.of()).get(word);
      if (ours == null) {
        plan.left(field, "Its value is not known here.");
      } else {
        plan.set(field, NAMES.getOrDefault(field, ""), ours);
      }
    } else if (PATTERNS.containsKey(field)) {
      patterns(
          field,
          PATTERNS.getOrDefault(field, ""),
          pattern -> PythonPatterns.ofAddress(pattern, plan.address().domain()));
    } else if (LEFT.containsKey(field) && !value.isNull() && !UNSET.contains(value.asString("x"))) {
      plan.left(field, LEFT.getOrDefault(field, ""));
    }
  }

  private void special() {
    String archive = text("archive_policy");
    if (!archive.isEmpty()) {
      plan.set("archive_policy", "archived", !archive.equals("never"));
      plan.set("archive_policy", "archiveAccess", archive.equals("public") ? "PUBLIC" : "MEMBERS");
    }
    if (config.has("admin_immed_notify")) {
      plan.set(
          "admin_immed_notify",
          "moderatorNotices",
          config.path("admin_immed_notify").asBoolean(true) ? "EACH" : "DAILY");
    }
    if (config.path("max_message_size").isNumber()) {
      long kb = Math.clamp(config.path("max_message_size").asLong(0), 0, 2_000_000);
      plan.set("max_message_size", "maxSize", kb * 1_024);
    }
    if (config.path("digest_size_threshold").isNumber()) {
      plan.set(
          "digest_size_threshold",
          "digestSizeKb",
          (int) Math.ceil(config.path("digest_size_threshold").asDouble(0)));
    }
    if (config.has("digest_send_periodic")) {
      plan.set(
          "digest_send_periodic",
          "digestHour",
          config.path("digest_send_periodic").asBoolean(true) ? 4 : -1);
    }
    if (config.has("dmarc_mitigate_unconditionally")) {
      plan.set(
          "dmarc_mitigate_unconditionally",
          "dmarcWhen",
          config.path("dmarc_mitigate_unconditionally").asBoolean(false) ? "ALWAYS" : "QUARANTINE");
    }
    Mailman3Lists.address(text("reply_to_address"))
        .ifPresent(address -> plan.set("reply_to_address", "replyToAddress", address));
    days("autoresponse_grace_period", "answerDays");
    days("bounce_info_stale_after", "bounceStaleDays");
    days("bounce_you_are_disabled_warnings_interval", "bounceWarningDays");
    if (config.has("bounce_notify_owner_on_disable")) {
      plan.set(
          "bounce_notify_owner_on_disable",
          "tellOwnersOfBounces",
          config.path("bounce_notify_owner_on_disable").asBoolean(false)
              || config.path("bounce_notify_owner_on_removal").asBoolean(false));
      plan.taken("bounce_notify_owner_on_removal", "It is part of tellOwnersOfBounces.");
    }
    unrecognizedBounces();
    String language = text("preferred_language");
    if (language.equals("en") || language.equals("de")) {
      plan.set("preferred_language", "language", language);
    } else if (!language.isEmpty()) {
      plan.setPartly(
          "preferred_language", "language", "en", "There are no texts in the list's language.");
    }
    for (String field : ADDRESSES) {
      if (config.has(field)) {
        plan.taken(field, "It follows from the address, which is " + plan.address() + " here.");
      }
    }
  }

  private void unrecognizedBounces() {
    String field = "forward_unrecognized_bounces_to";
    if (!config.has(field)) {
      return;
    }
    switch (text(field)) {
      case "administrators" -> plan.set(field, "forwardUnrecognized", true);
      case "discard" -> plan.set(field, "forwardUnrecognized", false);
      case "site_owner" ->
          plan.setPartly(field, "forwardUnrecognized", false, "The site's owner got them there.");
      default -> plan.left(field, "Its value is not known here.");
    }
  }

  private void days(String field, String setting) {
    Matcher days = DAYS.matcher(text(field));
    if (days.matches()) {
      plan.set(field, setting, Math.max(1, Integer.parseInt(days.group(1))));
    }
  }

  private void patterns(String field, String setting, Function<String, Optional<String>> how) {
    List<String> given = config.path(field).valueStream().map(one -> one.asString("")).toList();
    List<String> taken = given.stream().flatMap(one -> how.apply(one).stream()).toList();
    if (!taken.isEmpty()) {
      plan.set(field, setting, taken);
    }
    if (taken.size() < given.size()) {
      plan.left(
          field,
          "%d patterns cannot be read as addresses or as RE2."
              .formatted(given.size() - taken.size()));
    }
  }

  private String text(String field) {
    return config.path(field).asString("");
  }
}
