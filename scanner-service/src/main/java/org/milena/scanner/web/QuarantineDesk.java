package org.milena.scanner.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ScanReport;
import org.milena.common.event.ScanReport.Verdict;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.web.ApiProblem;
import org.milena.scanner.quarantine.ActOutcome;
import org.milena.scanner.quarantine.Quarantine;
import org.milena.scanner.quarantine.QuarantineEntry;
import org.milena.scanner.quarantine.QuarantineEntry.State;
import org.milena.scanner.quarantine.QuarantineFilter;
import org.milena.scanner.quarantine.ReleaseWish;
import org.milena.scanner.scan.ShownText;

/** What API and pages of the quarantine have in common: words in, facts or a sentence out. */
public final class QuarantineDesk {

  private static final int MAX_PAGE = 200;
  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_NOTE = 1_000;

  private final Quarantine quarantine;
  private final Directory directory;

  /** Over this quarantine. */
  public QuarantineDesk(Quarantine quarantine, Directory directory) {
    this.quarantine = quarantine;
    this.directory = directory;
  }

  /**
   * A page of mails.
   *
   * @param list address of a list or of a recipient; empty for all, as the other filters
   */
  QuarantinePage list(
      String state, String list, String verdict, String text, String after, int limit) {
    int page = Math.clamp(limit, 1, MAX_PAGE);
    MailId before = after.isEmpty() ? null : id(after);
    State wanted = state(state);
    QuarantineFilter filter = filter(list, verdict, text);
    List<QuarantineEntry> found = quarantine.list(wanted, filter, before, page + 1);
    List<QuarantineEntry> shown = found.subList(0, Math.min(page, found.size()));
    return new QuarantinePage(
        shown.stream().map(entry -> QuarantinedMail.of(entry, wanted, Optional.empty())).toList(),
        found.size() > page ? shown.getLast().id().toString() : null,
        QuarantinePage.Counts.of(quarantine.counts(filter)));
  }

  /** One mail with what can be told of its message. */
  QuarantinedMail look(String id) {
    QuarantineEntry entry = quarantine.find(id(id)).orElseThrow(() -> unknown(id));
    return QuarantinedMail.of(entry, quarantine.state(entry), quarantine.look(entry));
  }

  /** Releases it; what comes back may still wait for a second operator. */
  QuarantinedMail release(String id, String by, boolean despite, @Nullable String note) {
    String words = note == null || note.isBlank() ? null : note.strip();
    if (words != null && words.length() > LONGEST_NOTE) {
      throw ApiProblem.badRequest(
          "invalid-note", "A note has at most %,d characters.".formatted(LONGEST_NOTE));
    }
    return answer(id, quarantine.release(id(id), by, new ReleaseWish(despite, words)));
  }

  /** Deletes it. */
  QuarantinedMail delete(String id, String by) {
    return answer(id, quarantine.delete(id(id), by));
  }

  private QuarantinedMail answer(String id, ActOutcome outcome) {
    return switch (outcome) {
      case ActOutcome.Done(var entry) -> now(entry);
      case ActOutcome.Proposed(var entry) -> now(entry);
      case ActOutcome.Decided(var entry) ->
          throw ApiProblem.conflict(
              "already-decided",
              "This mail was %s before.".formatted(word(quarantine.state(entry))));
      case ActOutcome.StillInfected(_, var now) ->
          throw ApiProblem.conflict("still-infected", stillInfected(now));
      case ActOutcome.Expired _ -> throw expired();
      case ActOutcome.Unknown() -> throw unknown(id);
      case ActOutcome.NobodyToReceive() ->
          throw ApiProblem.conflict(
              "no-postmaster",
              "This mail is for the postmaster, and the setting milena.scanner.postmaster names"
                  + " nobody.");
    };
  }

  private QuarantinedMail now(QuarantineEntry entry) {
    return QuarantinedMail.of(entry, quarantine.state(entry), Optional.empty());
  }

  private static String stillInfected(ScanReport now) {
    return "It is still infected: "
        + now.engines().stream()
            .filter(engine -> engine.verdict() == Verdict.INFECTED)
            .map(engine -> engine.engine() + " says " + ShownText.of(engine.detail()))
            .collect(Collectors.joining("; "))
        + ". Release it despite that if you know better.";
  }

  /** The mail this text names. */
  static MailId id(String text) {
    return MailId.parse(text)
        .orElseThrow(() ->
            ApiProblem.badRequest(
                "invalid-mail-id", "A mail id is 36 characters like those after \"queued as\"."));
  }

  private QuarantineFilter filter(String list, String verdict, String text) {
    MailAddress address = list.isBlank() ? null : address(list.strip());
    return new QuarantineFilter(
        address == null ? null : directory.listAt(address).map(MailingList::id).orElse(null),
        address,
        verdict.isBlank() ? null : verdict(verdict.strip()),
        text.strip().substring(0, Math.min(LONGEST_TEXT, text.strip().length())));
  }

  private static MailAddress address(String text) {
    return switch (MailAddress.parse(text)) {
      case ParsedAddress.Valid(var address) -> address;
      case ParsedAddress.Invalid(var reason) ->
          throw ApiProblem.badRequest(
              "invalid-address", "%s is no mail address: %s.".formatted(text, reason));
    };
  }

  private static Verdict verdict(String text) {
    try {
      return Verdict.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest(
          "invalid-verdict",
          "The verdict is clean, infected, policy, unscannable or spam, not " + text + ".");
    }
  }

  private static State state(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "kept" -> State.KEPT;
      case "released" -> State.RELEASED;
      case "deleted" -> State.DELETED;
      case "expired" -> State.EXPIRED;
      default ->
          throw ApiProblem.badRequest(
              "invalid-state",
              "The state is kept, released, deleted or expired, not " + text + ".");
    };
  }

  /** The state in a sentence. */
  static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static ApiProblem expired() {
    return ApiProblem.conflict(
        "expired", "This mail was kept for as long as mail is kept, and nobody decided about it.");
  }

  static ApiProblem unknown(String id) {
    return ApiProblem.notFound("There is no mail " + id + " in quarantine, or no longer.");
  }
}
