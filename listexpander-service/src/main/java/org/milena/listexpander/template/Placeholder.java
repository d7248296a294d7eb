package org.milena.listexpander.template;

import java.util.List;

/**
 * What a text may hold a place for.
 *
 * @param name as it is written between <code>${</code> and <code>}</code>
 * @param meaning a few words for whoever writes a text
 * @param example what a preview shows
 */
public record Placeholder(String name, String meaning, String example) {

  /** Ends what is said of a value that is a member's own. */
  private static final String PERSONAL =
      "; its line is left out unless the list personalizes its texts";

  /** What is known of every list: Mailman's names, and the addresses of our pages. */
  public static final List<Placeholder> OF_LIST =
      List.of(
          new Placeholder("listname", "address where one posts", "users@lists.example.org"),
          new Placeholder("list_id", "the list's lasting name", "users.lists.example.org"),
          new Placeholder("display_name", "name of the list", "Users"),
          new Placeholder("short_listname", "its address before the @", "users"),
          new Placeholder("domain", "its address behind the @", "lists.example.org"),
          new Placeholder("description", "what it is about, as its owners say", "For all users."),
          new Placeholder(
              "request_email", "address for commands", "users-request@lists.example.org"),
          new Placeholder(
              "owner_email", "address of those who run it", "users-owner@lists.example.org"),
          new Placeholder(
              "join_email", "who writes there joins", "users-subscribe@lists.example.org"),
          new Placeholder(
              "leave_email", "who writes there leaves", "users-unsubscribe@lists.example.org"),
          new Placeholder(
              "list_url",
              "page about the list",
              "https://lists.example.org/lists/users@lists.example.org"),
          new Placeholder(
              "archive_url",
              "its archive",
              "https://lists.example.org/archive/users@lists.example.org"),
          new Placeholder(
              "manage_url",
              "page for owners and moderators",
              "https://lists.example.org/manage/lists/users@lists.example.org"));

  static final Placeholder USER_EMAIL =
      new Placeholder("user_email", "address of whoever it is about", "ana@example.org");
  static final Placeholder USER_NAME =
      new Placeholder("user_name", "name of that one; may be empty", "Ana");
  static final Placeholder SENDER =
      new Placeholder("sender_email", "author of the mail, as it says", "Eve <eve@example.net>");
  static final Placeholder SUBJECT =
      new Placeholder("subject", "subject of the mail", "A question about trains");
  static final Placeholder SIZE = new Placeholder("size", "size of the mail in octets", "4,321");
  static final Placeholder REASONS =
      new Placeholder("reasons", "why, a line each", "- The author is not a member.");
  static final Placeholder COMMENT =
      new Placeholder(
          "comment", "words of an owner or moderator; may be empty", "Please ask in the forum.");
  static final Placeholder TOKEN =
      new Placeholder("token", "proves that the reader got this", "k7d2m4p6q8");
  static final Placeholder CONFIRM_URL =
      new Placeholder(
          "confirm_url", "page to confirm", "https://lists.example.org/confirm/k7d2m4p6q8");
  static final Placeholder ACCOUNT = new Placeholder("account", "name of the account", "ana");
  static final Placeholder UNTIL = new Placeholder("until", "the last day to decide", "2027-01-15");
  static final Placeholder JOINING =
      new Placeholder("joining", "how one joins, a sentence", "Anybody joins.");
  static final Placeholder LISTS =
      new Placeholder("lists", "lists, a line each", "  users@lists.example.org  Users");
  static final Placeholder MEMBERS =
      new Placeholder("members", "members, a line each", "  ana@example.org (Ana)");
  static final Placeholder OPTIONS =
      new Placeholder("options", "what a member gets, and how, a line each", "  mode  all");
  static final Placeholder FAILING =
      new Placeholder("failing_domain", "where mail does not arrive", "example.net");
  static final Placeholder HOURS = new Placeholder("hours", "how many hours", "24");
  static final Placeholder NUMBER = new Placeholder("number", "which one it is, from 1", "1");
  static final Placeholder OF = new Placeholder("of", "how many there will be", "3");
  static final Placeholder REMOVED_ON =
      new Placeholder("removed_on", "when the member is taken off", "2026-12-24");
  static final Placeholder DECIDE_URL =
      new Placeholder(
          "decide_url",
          "page to decide about this post, without signing in",
          "https://lists.example.org/moderate/k7d2m4p6q8");
  static final Placeholder QUEUE_URL =
      new Placeholder(
          "queue_url", "page of all held posts", "https://lists.example.org/manage/held");
  static final Placeholder WRITTEN_TO =
      new Placeholder("written_to", "the address written to", "users-owner@lists.example.org");

  static final Placeholder ANSWER =
      new Placeholder("answer", "what owners have everybody told", "We read this once a week.");

  static final Placeholder RESULTS =
      new Placeholder("results", "what became of each command", "confirm: This token is not ours.");
  static final Placeholder COUNT = new Placeholder("count", "how many", "3");
  static final Placeholder KNOWN = new Placeholder("known", "how many there are now", "400");
  static final Placeholder SOURCE_URL =
      new Placeholder("source_url", "where members come from", "https://example.org/members.txt");
  static final Placeholder DELIVERED =
      new Placeholder("delivered", "how many copies were delivered", "118");
  static final Placeholder FAILED = new Placeholder("failed", "how many copies failed", "2");
  static final Placeholder ON_THEIR_WAY =
      new Placeholder("waiting", "how many copies are on their way", "0");
  static final Placeholder FIRST_AT =
      new Placeholder("first_at", "when the first was delivered", "2027-01-15 10:00");
  static final Placeholder LAST_AT =
      new Placeholder("last_at", "when the last of them was", "2027-01-15 10:07");
  static final Placeholder REASON =
      new Placeholder("reason", "what came back last", "550 5.1.1 User unknown");
  static final Placeholder SCORE = new Placeholder("score", "how much came back so far", "2.5");
  static final Placeholder POSTS =
      new Placeholder(
          "posts", "held posts, a line each; may be empty", "Eve <eve@example.net>: A question");
  static final Placeholder REQUESTS =
      new Placeholder("requests", "waiting requests, a line each; may be empty", "ana@example.org");
  static final Placeholder POST_URL =
      new Placeholder(
          "post_url",
          "the post in the archive; empty where there is none",
          "https://lists.example.org/archive/users@lists.example.org/message/mfrggzdfmztwq2lk");
  static final Placeholder FILE_NAME =
      new Placeholder("file_name", "name of the attachment", "report.pdf");
  static final Placeholder FILE_TYPE =
      new Placeholder("file_type", "its media type, as its author says", "application/pdf");
  static final Placeholder FILE_SIZE =
      new Placeholder("file_size", "how many octets it has", "123,456");
  static final Placeholder FILE_URL =
      new Placeholder(
          "file_url",
          "where the archive has it",
          "https://lists.example.org/archive/users@lists.example.org/message/mfrggzdfmztwq2lk"
              + "/attachment/2");
  static final Placeholder ARCHIVE_ACCESS =
      new Placeholder(
          "archive_access",
          "who gets it, a sentence; empty where everybody does",
          "Only members of the list get it, and have to sign in.");

  static final Placeholder READER_EMAIL =
      new Placeholder("user_email", "address of the member" + PERSONAL, "ana@example.org");
  static final Placeholder READER_NAME =
      new Placeholder("user_name", "name of the member; may be empty" + PERSONAL, "Ana");
  static final Placeholder READER_NAME_OR_EMAIL =
      new Placeholder("user_name_or_email", "that name, else the address" + PERSONAL, "Ana");
  static final Placeholder READER_LEAVE_URL =
      new Placeholder(
          "user_unsubscribe_url",
          "the member's page for leaving" + PERSONAL,
          "https://lists.example.org/unsubscribe/k7d2m4p6q8");
  static final Placeholder VOLUME = new Placeholder("volume", "volume of the digest", "7");
  static final Placeholder ISSUE = new Placeholder("issue", "issue of the volume", "12");
  static final Placeholder DAY = new Placeholder("day", "day of the summary", "2027-01-15");
  static final Placeholder CONTENTS =
      new Placeholder("contents", "its posts, a line each", "  1. A question about trains (Eve)");
}
