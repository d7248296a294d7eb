package org.milena.listexpander.migration.mailman2;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.milena.listexpander.migration.pickle.PickleValue;

/** Makes the facts of a list of its fields; those of its members {@link MemberReader} makes. */
final class Sections {

  static ListIdentity listIdentity(Fields fields, String internalName) {
    return new ListIdentity(
        internalName,
        fields.text("real_name"),
        fields.text("host_name"),
        fields.text("web_page_url"),
        fields.text("description").map(CharacterReferences::decode),
        fields.text("info"),
        fields.text("preferred_language"),
        fields.lines("available_languages"),
        fields.flag("advertised"),
        fields.moment("created_at"),
        fields.moment("last_post_time"));
  }

  static ModerationPolicy moderationPolicy(Fields fields) {
    return new ModerationPolicy(
        fields.flag("default_member_moderation"),
        fields.choice("member_moderation_action", MemberModeration.class),
        fields.text("member_moderation_notice"),
        fields.flag("emergency"),
        fields.number("member_verbosity_threshold"),
        fields.seconds("member_verbosity_interval"),
        fields.choice("generic_nonmember_action", NonmemberAction.class),
        fields.lines("accept_these_nonmembers"),
        fields.lines("hold_these_nonmembers"),
        fields.lines("reject_these_nonmembers"),
        fields.lines("discard_these_nonmembers"),
        fields.text("nonmember_rejection_notice"),
        fields.flag("forward_auto_discards"),
        fields.number("max_days_to_hold"),
        fields.flag("respond_to_post_requests"),
        fields.flag("admin_immed_notify"));
  }

  static PostingRules postingRules(Fields fields) {
    return new PostingRules(
        fields.flag("require_explicit_destination"),
        fields.lines("acceptable_aliases"),
        fields.number("max_num_recipients"),
        fields.number("max_message_size"),
        fields.flag("administrivia"),
        headerRules(fields),
        fields.lines("bounce_matching_headers"));
  }

  static SubscriptionPolicy subscriptionPolicy(Fields fields) {
    return new SubscriptionPolicy(
        fields.choice("subscribe_policy", SubscribePolicy.class),
        fields.lines("subscribe_auto_approval"),
        fields.choice("unsubscribe_policy", UnsubscribePolicy.class),
        fields.lines("ban_list"),
        fields.choice("private_roster", RosterAccess.class),
        fields.flag("obscure_addresses"),
        fields.flag("send_reminders"),
        fields.flag("send_welcome_msg"),
        fields.flag("send_goodbye_msg"),
        fields.flag("admin_notify_mchanges"),
        newMemberOptions(fields));
  }

  static ArchivePolicy archivePolicy(Fields fields) {
    return new ArchivePolicy(
        fields.flag("archive"),
        fields.flag("archive_private"),
        fields.choice("archive_volume_frequency", Frequency.class));
  }

  static DmarcPolicy dmarcPolicy(Fields fields) {
    return new DmarcPolicy(
        fields.choice("from_is_list", DmarcAction.class),
        fields.choice("dmarc_moderation_action", DmarcAction.class),
        fields.flag("dmarc_quarantine_moderation_action"),
        fields.flag("dmarc_none_moderation_action"),
        fields.text("dmarc_moderation_notice"),
        fields.lines("dmarc_moderation_addresses"),
        fields.text("dmarc_wrapped_message_text"),
        fields.text("equivalent_domains"));
  }

  static AutoReplies autoReplies(Fields fields) {
    return new AutoReplies(
        fields.flag("autorespond_postings"),
        fields.text("autoresponse_postings_text"),
        fields.flag("autorespond_admin"),
        fields.text("autoresponse_admin_text"),
        fields.choice("autorespond_requests", RequestAutoReply.class),
        fields.text("autoresponse_request_text"),
        fields.number("autoresponse_graceperiod"));
  }

  static BouncePolicy bouncePolicy(Fields fields) {
    return new BouncePolicy(
        fields.flag("bounce_processing"),
        fields.fraction("bounce_score_threshold"),
        fields.seconds("bounce_info_stale_after"),
        fields.number("bounce_you_are_disabled_warnings"),
        fields.seconds("bounce_you_are_disabled_warnings_interval"),
        fields.flag("bounce_unrecognized_goes_to_list_owner"),
        fields.flag("bounce_notify_owner_on_bounce_increment"),
        fields.flag("bounce_notify_owner_on_disable"),
        fields.flag("bounce_notify_owner_on_removal"));
  }

  static ContentFilter contentFilter(Fields fields) {
    return new ContentFilter(
        fields.flag("filter_content"),
        fields.lines("filter_mime_types"),
        fields.lines("pass_mime_types"),
        fields.lines("filter_filename_extensions"),
        fields.lines("pass_filename_extensions"),
        fields.flag("collapse_alternatives"),
        fields.flag("convert_html_to_plaintext"),
        fields.choice("filter_action", FilterAction.class),
        fields.flag("scrub_nondigest"));
  }

  static CopyPolicy copyPolicy(Fields fields) {
    return new CopyPolicy(
        fields.choice("reply_goes_to_list", ReplyGoesTo.class),
        fields.text("reply_to_address"),
        fields.flag("first_strip_reply_to"),
        fields.flag("anonymous_list"),
        fields.text("subject_prefix"),
        fields.choice("encode_ascii_prefixes", PrefixEncoding.class),
        fields.flag("include_rfc2369_headers"),
        fields.flag("include_list_post_header"),
        fields.flag("include_sender_header"),
        fields.flag("drop_cc"),
        fields.choice("personalize", Personalization.class),
        fields.flag("nondigestable"));
  }

  static DigestPolicy digestPolicy(Fields fields) {
    return new DigestPolicy(
        fields.flag("digestable"),
        fields.flag("digest_is_default"),
        fields.flag("mime_is_default_digest"),
        fields.number("digest_size_threshhold"),
        fields.flag("digest_send_periodic"),
        fields.choice("digest_volume_frequency", Frequency.class),
        fields.number("volume"),
        fields.number("next_digest_number"),
        fields.moment("digest_last_sent_at"));
  }

  static ListTexts listTexts(Fields fields) {
    return new ListTexts(
        fields.text("msg_header"),
        fields.text("msg_footer"),
        fields.text("digest_header"),
        fields.text("digest_footer"),
        fields.text("welcome_msg"),
        fields.text("goodbye_msg"),
        fields.flag("use_dollar_strings"));
  }

  static TopicPolicy topicPolicy(Fields fields) {
    return new TopicPolicy(
        fields.flag("topics_enabled"), fields.number("topics_bodylines_limit"), topics(fields));
  }

  static RelatedLists relatedLists(Fields fields) {
    return new RelatedLists(
        fields.lines("regular_exclude_lists"),
        fields.flag("regular_exclude_ignore"),
        fields.lines("regular_include_lists"),
        fields.flag("umbrella_list"),
        fields.text("umbrella_member_suffix"));
  }

  private static Optional<MemberOptions> newMemberOptions(Fields fields) {
    return fields.number("new_member_options").map(MemberOptions::of);
  }

  private static List<HeaderRule> headerRules(Fields fields) {
    String field = "header_filter_rules";
    return fields.items(field).stream().flatMap(rule -> headerRule(fields, field, rule)).toList();
  }

  /** (patterns, action, whether it is a new one of the web form) */
  private static Stream<HeaderRule> headerRule(Fields fields, String field, PickleValue value) {
    if (value instanceof PickleValue.Items(var parts) && parts.size() >= 2) {
      Optional<HeaderRuleAction> action =
          Numbers.whole(parts.get(1)).flatMap(code -> Coded.of(HeaderRuleAction.class, code));
      Optional<String> patterns = fields.textIn(field, parts.getFirst());
      if (action.isPresent() && patterns.isPresent()) {
        return Stream.of(
            new HeaderRule(
                patterns.get().lines().filter(line -> !line.isBlank()).toList(), action.get()));
      }
    }
    fields.notes().unreadable(field, "a rule", Fields.found(value));
    return Stream.empty();
  }

  private static List<Topic> topics(Fields fields) {
    return fields.items("topics").stream().flatMap(topic -> topic(fields, topic)).toList();
  }

  /** (name, pattern, description, whether it is a new one of the web form) */
  private static Stream<Topic> topic(Fields fields, PickleValue value) {
    if (value instanceof PickleValue.Items(var parts) && parts.size() >= 3) {
      List<String> texts =
          parts.subList(0, 3).stream()
              .flatMap(part -> fields.textIn("topics", part).stream())
              .toList();
      if (texts.size() == 3) {
        return Stream.of(new Topic(texts.get(0), texts.get(1), texts.get(2)));
      }
    }
    fields.notes().unreadable("topics", "a topic", Fields.found(value));
    return Stream.empty();
  }

  private Sections() {}
}
