package org.milena.listexpander.migration;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of a real Mailman 3 on which hardly anything is as usual, and two on which all is. */
public final class Mailman3Sample {
  public static final String FRUIT = "fruit@lists.example.org";
  static final String PLAIN = "plain@lists.example.org";

  /** Its list id there is none here. */
  static final String ODD = "c+d!e@lists.example.org";

  static final String WELCOME = "list:user:notice:welcome";
  static final String FOOTER = "list:member:regular:footer";

  private static final String POST =
      """
      From: %s
      To: fruit@lists.example.org
      Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
      Message-ID: <%s>

      hello
      """;

  private final MailmanServer mailman;

  /**
   * @param mailman where it will be
   */
  public Mailman3Sample(MailmanServer mailman) {
    this.mailman = mailman;
  }

  /** Every setting that can be written, none as it is on a new list. */
  static Map<String, Object> settings() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("acceptable_aliases", List.of("^alt@.*", "a.b@example.com"));
    all.put(
        "accept_these_nonmembers",
        List.of("^.*@a\\.example$", "friend@f.example", "^a{1,2000}@a\\.example"));
    all.put("admin_immed_notify", "false");
    all.put("admin_notify_mchanges", "true");
    all.put("administrivia", "false");
    all.put("advertised", "false");
    all.put("allow_list_posts", "false");
    all.put("anonymous_list", "true");
    all.put("archive_policy", "private");
    all.put("archive_rendering_mode", "markdown");
    all.put("autorespond_owner", "respond_and_continue");
    all.put("autorespond_postings", "respond_and_discard");
    all.put("autorespond_requests", "respond_and_continue");
    all.put("autoresponse_grace_period", "3d2h");
    all.put("autoresponse_owner_text", "Später.\nBis bald");
    all.put("autoresponse_postings_text", "Thanks & regards + more");
    all.put("autoresponse_request_text", "Wait");
    all.put("bounce_info_stale_after", "9d");
    all.put("bounce_notify_owner_on_bounce_increment", "true");
    all.put("bounce_notify_owner_on_disable", "false");
    all.put("bounce_notify_owner_on_removal", "false");
    all.put("bounce_score_threshold", "4");
    all.put("bounce_you_are_disabled_warnings", "2");
    all.put("bounce_you_are_disabled_warnings_interval", "5d");
    all.put("collapse_alternatives", "false");
    all.put("convert_html_to_plaintext", "true");
    all.put("default_member_action", "hold");
    all.put("default_nonmember_action", "reject");
    all.put("description", "Äpfel – “Obst”");
    all.put("digest_send_periodic", "false");
    all.put("digest_size_threshold", "40.5");
    all.put("digest_volume_frequency", "weekly");
    all.put("digests_enabled", "false");
    all.put("discard_these_nonmembers", List.of("^spam"));
    all.put("display_name", "Obst & Gemüse");
    all.put("dmarc_mitigate_action", "wrap_message");
    all.put("dmarc_mitigate_unconditionally", "true");
    all.put("dmarc_moderation_notice", "No.");
    all.put("dmarc_wrapped_message_text", "Wrapped.");
    all.put("emergency", "true");
    all.put("filter_action", "forward");
    all.put("filter_content", "true");
    all.put("filter_extensions", List.of("exe", "bat"));
    all.put("filter_types", List.of("image", "text/html"));
    all.put("first_strip_reply_to", "true");
    all.put("forward_unrecognized_bounces_to", "site_owner");
    all.put("gateway_to_mail", "true");
    all.put("gateway_to_news", "true");
    all.put("hold_these_nonmembers", List.of("^(a|b)@h\\.example$"));
    all.put("include_rfc2369_headers", "false");
    all.put("info", "Eins.\nZwei.");
    all.put("linked_newsgroup", "alt.fruit");
    all.put("max_days_to_hold", "8");
    all.put("max_message_size", "55");
    all.put("max_num_recipients", "6");
    all.put("member_roster_visibility", "members");
    all.put("moderator_password", "hunter2");
    all.put("newsgroup_moderation", "moderated");
    all.put("nntp_prefix_subject_too", "false");
    all.put("pass_extensions", List.of("txt"));
    all.put("pass_types", List.of("text", "multipart"));
    all.put("personalize", "individual");
    all.put("posting_pipeline", "virgin");
    all.put("preferred_language", "de");
    all.put("process_bounces", "false");
    all.put("reject_these_nonmembers", List.of("no@r.example"));
    all.put("reply_goes_to_list", "explicit_header_only");
    all.put("reply_to_address", "desk@example.com");
    all.put("require_explicit_destination", "false");
    all.put("respond_to_post_requests", "false");
    all.put("send_goodbye_message", "false");
    all.put("send_welcome_message", "false");
    all.put("subject_prefix", "[Ü %d] ");
    all.put("subscription_policy", "confirm_then_moderate");
    all.put("unsubscription_policy", "open");
    return all;
  }

  /** Makes the lists. */
  public void fill() throws IOException, InterruptedException {
    mailman.say("POST", "domains", Map.of("mail_host", "lists.example.org"));
    for (String list : List.of(FRUIT, PLAIN, ODD)) {
      mailman.say("POST", "lists", Map.of("fqdn_listname", list));
    }
    people();
    posts();
    requests();
    bansAndMatches();
    texts();
    for (Map.Entry<String, Object> setting : settings().entrySet()) {
      mailman.say("PATCH", FRUIT_AT + "config", Map.of(setting.getKey(), setting.getValue()));
    }
  }

  private static final String FRUIT_AT = "lists/fruit.lists.example.org/";

  private void people() throws IOException, InterruptedException {
    member("Ann.Case@Example.COM", "Änne „A“ Ö");
    prefer("addresses/ann.case@example.com", "hide_address", "true");
    prefer("addresses/ann.case@example.com", "receive_own_postings", "false");
    prefer("users/ann.case@example.com", "preferred_language", "en");
    prefer("users/ann.case@example.com", "delivery_mode", "plaintext_digests");
    prefer(memberAt("ann.case@example.com"), "delivery_mode", "mime_digests");
    prefer(memberAt("ann.case@example.com"), "delivery_status", "by_moderator");
    role("ann.case@example.com", "owner", "");

    member("bob@example.com", "Bob \"B\" <x>");
    prefer("users/bob@example.com", "hide_address", "true");
    prefer("users/bob@example.com", "acknowledge_posts", "true");
    prefer("users/bob@example.com", "delivery_mode", "plaintext_digests");
    prefer(memberAt("bob@example.com"), "hide_address", "false");
    prefer(memberAt("bob@example.com"), "receive_list_copy", "false");
    prefer(memberAt("bob@example.com"), "delivery_status", "by_user");
    act("bob@example.com", "reject");

    member("cid@example.com", "");
    prefer(memberAt("cid@example.com"), "delivery_mode", "summary_digests");
    prefer(memberAt("cid@example.com"), "delivery_status", "by_bounces");
    act("cid@example.com", "accept");

    member("dora@example.com", "多拉");
    prefer("users/dora@example.com", "hide_address", "true");
    prefer("users/dora@example.com", "preferred_language", "de");

    member("eve@example.com", "Eve");

    role("own@example.com", "owner", "Die Eignerin");
    role("mod@example.com", "moderator", "");
    role("friend@n.example", "nonmember", "Friend");
    act("nonmember", "friend@n.example", "accept");
    role("foe@n.example", "nonmember", "");
    act("nonmember", "foe@n.example", "discard");
  }

  private void member(String address, String name) throws IOException, InterruptedException {
    join(address, name, "true");
  }

  private void join(String address, String name, String approved)
      throws IOException, InterruptedException {
    mailman.say(
        "POST",
        "members",
        Map.of(
            "list_id", "fruit.lists.example.org",
            "subscriber", address,
            "display_name", name,
            "pre_verified", "true",
            "pre_confirmed", "true",
            "pre_approved", approved,
            "send_welcome_message", "false"));
  }

  private void role(String address, String role, String name)
      throws IOException, InterruptedException {
    mailman.say(
        "POST",
        "members",
        Map.of(
            "list_id", "fruit.lists.example.org",
            "subscriber", address,
            "display_name", name,
            "role", role));
  }

  private String memberAt(String address) throws IOException, InterruptedException {
    return memberAt("member", address);
  }

  private String memberAt(String role, String address) throws IOException, InterruptedException {
    return "members/" + mailman.ask(FRUIT_AT + role + "/" + address).path("member_id").asString("");
  }

  private void prefer(String whose, String preference, String value)
      throws IOException, InterruptedException {
    mailman.say("PATCH", whose + "/preferences", Map.of(preference, value));
  }

  private void act(String address, String action) throws IOException, InterruptedException {
    act("member", address, action);
  }

  private void act(String role, String address, String action)
      throws IOException, InterruptedException {
    mailman.say("PATCH", memberAt(role, address), Map.of("moderation_action", action));
  }

  /** One is posted, two are held; strangers become nonmembers. */
  private void posts() throws IOException, InterruptedException {
    mailman.arrives(FRUIT, POST.formatted("dora@example.com", "1@x.example"), "in", "pipeline");
    mailman.arrives(FRUIT, POST.formatted("stranger@s.example", "2@x.example"), "in");
    mailman.arrives(FRUIT, POST.formatted("other@s.example", "3@x.example"), "in");
    mailman.say("POST", FRUIT_AT + "digest", Map.of("send", "true"));
  }

  /** One wants to join, one wants to leave. */
  private void requests() throws IOException, InterruptedException {
    mailman.say("PATCH", FRUIT_AT + "config", Map.of("subscription_policy", "moderate"));
    mailman.say("PATCH", FRUIT_AT + "config", Map.of("unsubscription_policy", "moderate"));
    join("waits@example.com", "", "false");
    mailman.say(
        "DELETE", memberAt("eve@example.com") + "?pre_confirmed=true&pre_approved=false", Map.of());
  }

  private void bansAndMatches() throws IOException, InterruptedException {
    mailman.say("POST", FRUIT_AT + "bans", Map.of("email", "bad@b.example"));
    mailman.say("POST", FRUIT_AT + "bans", Map.of("email", "^.*@spam\\.example$"));
    mailman.say("POST", "bans", Map.of("email", "nowhere@b.example"));
    String matches = FRUIT_AT + "header-matches";
    mailman.say(
        "POST", matches, Map.of("header", "X-Spam", "pattern", "^yes", "action", "discard"));
    mailman.say("POST", matches, Map.of("header", "Subject", "pattern", "(?=x)"));
    mailman.say("POST", matches, Map.of("header", "Subject", "pattern", "(?u)x"));
    mailman.say("POST", matches, Map.of("header", "To", "pattern", "all|both"));
    mailman.say("POST", matches, Map.of("header", "X-Ok", "pattern", "y", "action", "accept"));
    mailman.say("POST", matches, Map.of("header", "X-Defer", "pattern", "y", "action", "defer"));
  }

  private void texts() throws IOException, InterruptedException {
    mailman.say(
        "PATCH",
        FRUIT_AT + "uris",
        Map.of(
            FOOTER,
            "http://127.0.0.1:1/footer",
            WELCOME,
            "mailman:///fruit.lists.example.org/en/welcome.txt",
            "username",
            "reader",
            "password",
            "hunter3"));
    mailman.say(
        "PATCH",
        "domains/lists.example.org/uris",
        Map.of("list:member:digest:footer", "http://127.0.0.1:1/digest"));
  }
}
