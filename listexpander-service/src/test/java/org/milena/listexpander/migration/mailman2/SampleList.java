package org.milena.listexpander.migration.mailman2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.milena.listexpander.migration.pickle.PickleWriter;
import org.milena.listexpander.migration.pickle.PickleWriter.BounceInfo;
import org.milena.listexpander.migration.pickle.PickleWriter.Tuple;
import org.milena.listexpander.migration.pickle.PickleWriter.Unicode;

/** A German list of four members with every field of Mailman 2.1, none at its default. */
final class SampleList {
  static final String SECRET = "hunter2";

  /** The fields, to be changed. */
  static Map<String, Object> fields() {
    Map<String, Object> list = new LinkedHashMap<>();
    identity(list);
    people(list);
    posting(list);
    subscription(list);
    copies(list);
    rest(list);
    return list;
  }

  private static void identity(Map<String, Object> list) {
    list.put("real_name", "Garten-Freunde");
    list.put("host_name", "lists.example.org");
    list.put("web_page_url", "http://lists.example.org/mailman/");
    list.put("description", "Gr\u00fc\u00dfe aus dem Garten");
    list.put("info", new Unicode("Über Gärten"));
    list.put("preferred_language", "de");
    list.put("available_languages", List.of("de", "en"));
    list.put("advertised", 0);
    list.put("created_at", 1_000_000_000.5);
    list.put("last_post_time", 1_500_000_000);
  }

  private static void people(Map<String, Object> list) {
    list.put("owner", List.of("Olga@example.org", "otto@example.org"));
    list.put("moderator", List.of("mod@example.org"));
    list.put("members", map("ann@a.example", 0, "bob.b@b.example", "Bob.B@b.example"));
    list.put("digest_members", map("cy@c.example", 0, "dee@d.example", "Dee@d.example"));
    list.put("user_options", map("ann@a.example", 2 + 4 + 16 + 128, "cy@c.example", 8 + 256));
    list.put("usernames", map("ann@a.example", "J\u00fcrgen", "dee@d.example", new Unicode("Δ")));
    list.put("language", map("ann@a.example", "de", "cy@c.example", "en"));
    list.put("passwords", map("ann@a.example", SECRET, "cy@c.example", SECRET + "x"));
    list.put(
        "delivery_status",
        map(
            "bob.b@b.example", Tuple.of(4, 1_400_000_000.25),
            "cy@c.example", Tuple.of(2, 0)));
    list.put("topics_userinterest", map("ann@a.example", List.of("Rosen")));
    list.put(
        "bounce_info",
        map(
            "bob.b@b.example",
            new BounceInfo(
                map(
                    "member",
                    "bob.b@b.example",
                    "cookie",
                    SECRET,
                    "score",
                    3.5,
                    "date",
                    Tuple.of(2014, 5, 13),
                    "noticesleft",
                    2,
                    "lastnotice",
                    Tuple.of(2014, 5, 14)))));
    list.put("password", SECRET);
    list.put("mod_password", SECRET);
    list.put("post_password", "");
  }

  private static void posting(Map<String, Object> list) {
    list.put("default_member_moderation", 1);
    list.put("member_moderation_action", 1);
    list.put("member_moderation_notice", "moderiert");
    list.put("emergency", true);
    list.put("member_verbosity_threshold", 5);
    list.put("member_verbosity_interval", 300);
    list.put("generic_nonmember_action", 3);
    list.put("accept_these_nonmembers", List.of("friend@f.example", "^.*@g\\.example$", "@other"));
    list.put("hold_these_nonmembers", List.of("h@h.example"));
    list.put("reject_these_nonmembers", List.of("r@r.example"));
    list.put("discard_these_nonmembers", List.of("d@d.example"));
    list.put("nonmember_rejection_notice", "nein");
    list.put("forward_auto_discards", 0);
    list.put("max_days_to_hold", 14);
    list.put("respond_to_post_requests", 0);
    list.put("admin_immed_notify", 0);
    list.put("require_explicit_destination", 0);
    list.put("acceptable_aliases", "^alt@\n\n  neu@x.example \n");
    list.put("max_num_recipients", 20);
    list.put("max_message_size", 512);
    list.put("administrivia", 0);
    list.put(
        "header_filter_rules",
        List.of(
            Tuple.of("^subject: .*casino\r\n^x-spam: yes\n", 3, false),
            Tuple.of("^precedence: junk", 7, true)));
    list.put("bounce_matching_headers", "# Kommentar\nto: friend@public.com\n");
    list.put("ban_list", List.of("^.*@spam\\.example"));
    list.put("from_is_list", 2);
    list.put("dmarc_moderation_action", 1);
    list.put("dmarc_quarantine_moderation_action", true);
    list.put("dmarc_none_moderation_action", false);
    list.put("dmarc_moderation_notice", "dmarc");
    list.put("dmarc_moderation_addresses", List.of("^.*@yahoo\\."));
    list.put("dmarc_wrapped_message_text", "eingepackt");
    list.put("equivalent_domains", "a.example,b.example");
  }

  private static void subscription(Map<String, Object> list) {
    list.put("subscribe_policy", 3);
    list.put("subscribe_auto_approval", List.of("^.*@firma\\.example"));
    list.put("unsubscribe_policy", 1);
    list.put("private_roster", 2);
    list.put("obscure_addresses", 0);
    list.put("send_reminders", 0);
    list.put("send_welcome_msg", 0);
    list.put("send_goodbye_msg", 1);
    list.put("admin_notify_mchanges", 1);
    list.put("new_member_options", 256 + 16);
    list.put("archive", 1);
    list.put("archive_private", 1);
    list.put("archive_volume_frequency", 0);
    list.put("autorespond_postings", 1);
    list.put("autoresponse_postings_text", "danke");
    list.put("autorespond_admin", 1);
    list.put("autoresponse_admin_text", "bald");
    list.put("autorespond_requests", 2);
    list.put("autoresponse_request_text", "hilfe");
    list.put("autoresponse_graceperiod", 30);
    list.put("bounce_processing", 1);
    list.put("bounce_score_threshold", 4.5);
    list.put("bounce_info_stale_after", 604_800);
    list.put("bounce_you_are_disabled_warnings", 2);
    list.put("bounce_you_are_disabled_warnings_interval", 86_400.0);
    list.put("bounce_unrecognized_goes_to_list_owner", 0);
    list.put("bounce_notify_owner_on_bounce_increment", 1);
    list.put("bounce_notify_owner_on_disable", 0);
    list.put("bounce_notify_owner_on_removal", 0);
  }

  private static void copies(Map<String, Object> list) {
    list.put("filter_content", 1);
    list.put("filter_mime_types", List.of("application/x-msdownload"));
    list.put("pass_mime_types", List.of("multipart", "text/plain"));
    list.put("filter_filename_extensions", List.of("exe", "bat"));
    list.put("pass_filename_extensions", List.of());
    list.put("collapse_alternatives", 0);
    list.put("convert_html_to_plaintext", 0);
    list.put("filter_action", 3);
    list.put("scrub_nondigest", true);
    list.put("reply_goes_to_list", 2);
    list.put("reply_to_address", "antwort@example.org");
    list.put("first_strip_reply_to", 1);
    list.put("anonymous_list", 1);
    list.put("subject_prefix", "[Garten %d] ");
    list.put("encode_ascii_prefixes", 2);
    list.put("include_rfc2369_headers", 0);
    list.put("include_list_post_header", 0);
    list.put("include_sender_header", 0);
    list.put("drop_cc", false);
    list.put("personalize", 2);
    list.put("nondigestable", 0);
    list.put("digestable", 1);
    list.put("digest_is_default", 1);
    list.put("mime_is_default_digest", 1);
    list.put("digest_size_threshhold", 40);
    list.put("digest_send_periodic", 0);
    list.put("digest_volume_frequency", 3);
    list.put("volume", 7);
    list.put("next_digest_number", 12);
    list.put("digest_last_sent_at", 1_450_000_000.0);
  }

  private static void rest(Map<String, Object> list) {
    list.put("msg_header", "");
    list.put("msg_footer", "%(real_name)s@%(host_name)s");
    list.put("digest_header", "Kopf");
    list.put("digest_footer", "Fu\u00df");
    list.put("welcome_msg", "Willkommen");
    list.put("goodbye_msg", "Tsch\u00fcss");
    list.put("use_dollar_strings", 0);
    list.put("topics_enabled", 1);
    list.put("topics_bodylines_limit", 9);
    list.put("topics", List.of(Tuple.of("Rosen", "^rose", "Alles \u00fcber Rosen", false)));
    list.put("regular_exclude_lists", List.of("andere@lists.example.org"));
    list.put("regular_exclude_ignore", false);
    list.put("regular_include_lists", List.of("weitere@lists.example.org"));
    list.put("umbrella_list", 0);
    list.put("umbrella_member_suffix", "-owner");
    list.put("post_id", 4_711.0);
    list.put("nntp_host", "news.example.org");
    list.put("gateway_to_mail", 0);
    list.put("data_version", 97);
    list.put("postings_responses", Map.of());
    list.put("one_last_digest", Map.of());
  }

  /** A dictionary in this order. */
  static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  static byte[] pickled(Map<String, Object> fields) {
    return PickleWriter.pickle(1, fields);
  }

  private SampleList() {}
}
