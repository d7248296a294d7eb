package org.milena.listexpander.notice;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.stream.Collectors;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.PendingRequest;
import org.milena.listexpander.template.Language;

/**
 * The few words that stand in values of texts, in the language of their reader. What is a command
 * stays as it is written.
 */
enum Words {
  ENGLISH(
      "(no subject)",
      "(none)",
      "Anybody joins: write to %s.",
      "Who joins, its owners decide: write to %s.",
      "Its members are added by its owners.",
      "off, by a moderator",
      "off, because too much came back",
      "%s wants to join",
      "%s wants to leave",
      "Only members of the list get it, and have to sign in."),
  GERMAN(
      "(ohne Betreff)",
      "(keine)",
      "Alle können Mitglied werden: Schreiben Sie an %s.",
      "Wer Mitglied wird, entscheiden die Eigentümer: Schreiben Sie an %s.",
      "Mitglieder werden von den Eigentümern eingetragen.",
      "off, von einem Moderator",
      "off, weil zu viel zurückkam",
      "%s möchte Mitglied werden",
      "%s möchte austreten",
      "Nur Mitglieder der Liste erhalten die Datei, und müssen sich dafür anmelden.");

  /** More are counted only. */
  private static final int MAX_REQUESTS = 100;

  private final String noSubject;
  private final String none;
  private final String anybody;
  private final String moderated;
  private final String closed;
  private final String byModerator;
  private final String byBounces;
  private final String joins;
  private final String leaves;
  private final String membersOnly;

  Words(
      String noSubject,
      String none,
      String anybody,
      String moderated,
      String closed,
      String byModerator,
      String byBounces,
      String joins,
      String leaves,
      String membersOnly) {
    this.noSubject = noSubject;
    this.none = none;
    this.anybody = anybody;
    this.moderated = moderated;
    this.closed = closed;
    this.byModerator = byModerator;
    this.byBounces = byBounces;
    this.joins = joins;
    this.leaves = leaves;
    this.membersOnly = membersOnly;
  }

  static Words of(Language language) {
    return switch (language) {
      case EN -> ENGLISH;
      case DE -> GERMAN;
    };
  }

  /** Who gets what lies in an archive that is not public, a sentence. */
  String membersOnly() {
    return membersOnly;
  }

  /** In place of a subject. */
  String noSubject() {
    return noSubject;
  }

  /** How one becomes a member, a sentence. */
  String joining(MailingList list) {
    return switch (list.settings().membership().subscribePolicy()) {
      case OPEN, CONFIRM -> anybody.formatted(list.roleAddress("subscribe"));
      case MODERATE, CONFIRM_THEN_MODERATE -> moderated.formatted(list.roleAddress("subscribe"));
      case CLOSED -> closed;
    };
  }

  /** Requests that wait for moderators, a line each. */
  String requests(List<PendingRequest> requests) {
    return requests.stream()
        .limit(MAX_REQUESTS)
        .map(request ->
            (request.kind() == PendingRequest.Kind.UNSUBSCRIBE ? leaves : joins)
                .formatted(request.address()))
        .collect(Collectors.joining("\n"));
  }

  /** Lists, a line each. */
  String lists(List<MailingList> all) {
    return all.isEmpty()
        ? "  " + none
        : all.stream()
            .map(list -> "  " + list.address() + "  " + list.displayName())
            .collect(Collectors.joining("\n"));
  }

  /**
   * What a member gets, and how: each line names what {@code set} changes.
   *
   * @param language of the mail to the member
   */
  String options(MemberOptions options, Language language) {
    String mode =
        switch (options.mode()) {
          case EVERY_POST -> "all";
          case MIME_DIGEST -> "mime";
          case PLAIN_DIGEST -> "plain";
          case SUMMARY -> "summary";
          case NONE -> "none";
        };
    return """
    mode        %s
    delivery    %s
    own         %s
    ack         %s
    tracking    %s
    duplicates  %s
    conceal     %s
    language    %s\
    """
        .indent(2)
        .stripTrailing()
        .formatted(
            mode,
            delivery(options),
            yes(options.ownPosts()),
            yes(options.acknowledge()),
            yes(options.wantsTracking()),
            yes(!options.skipDuplicates()),
            yes(options.concealed()),
            requireNonNullElse(options.language(), language.tag()));
  }

  private String delivery(MemberOptions options) {
    String until = options.stoppedUntil() == null ? "" : " until " + options.stoppedUntil();
    return switch (options.stopped()) {
      case null -> "on";
      case BY_MEMBER -> "off" + until;
      case BY_MODERATOR -> byModerator + until;
      case BY_BOUNCES -> byBounces;
    };
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }
}
