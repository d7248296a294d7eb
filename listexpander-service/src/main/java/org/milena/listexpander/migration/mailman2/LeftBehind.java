package org.milena.listexpander.migration.mailman2;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fields that are understood and not taken over, each with its reason. */
final class LeftBehind {
  /** Hashes of the list's, and the members' as they are; only their being there is told. */
  static final Set<String> PASSWORDS =
      Set.of("password", "mod_password", "post_password", "passwords");

  private static final String USENET = "There is no gateway to Usenet.";
  private static final String ANSWERED = "It says who was answered lately.";
  private static final String OLD = "Mailman 2.1 itself no longer looks at it.";
  private static final String INTERNAL = "It is of use inside of Mailman only.";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("nntp_host", USENET),
          Map.entry("linked_newsgroup", USENET),
          Map.entry("gateway_to_news", USENET),
          Map.entry("gateway_to_mail", USENET),
          Map.entry("news_prefix_subject_too", USENET),
          Map.entry("news_moderation", USENET),
          Map.entry("postings_responses", ANSWERED),
          Map.entry("admin_responses", ANSWERED),
          Map.entry("request_responses", ANSWERED),
          Map.entry("hold_and_cmd_autoresponses", ANSWERED),
          Map.entry("data_version", INTERNAL),
          Map.entry("useropts_version", INTERNAL),
          Map.entry("admin_member_chunksize", INTERNAL),
          Map.entry("one_last_digest", "It says who gets one more digest from the old host."),
          Map.entry("_internal_name", "The name of the list's directory counts."),
          Map.entry("next_post_number", OLD),
          Map.entry("minimum_removal_date", OLD),
          Map.entry("minimum_post_count_before_bounce_action", OLD),
          Map.entry("automatic_bounce_action", OLD),
          Map.entry("max_posts_between_bounces", OLD),
          Map.entry("member_posting_only", OLD),
          Map.entry("moderated", OLD),
          Map.entry("posters", OLD),
          Map.entry("forbidden_posters", OLD),
          Map.entry("reminders_to_admins", OLD),
          Map.entry("filter_prog", OLD),
          Map.entry("clobber_date", OLD),
          Map.entry("archive_retain_text_copy", OLD),
          Map.entry("num_spawns", OLD));

  static Optional<String> reason(String field) {
    return Optional.ofNullable(REASONS.get(field));
  }

  private LeftBehind() {}
}
