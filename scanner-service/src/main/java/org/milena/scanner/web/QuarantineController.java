package org.milena.scanner.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.CursorPage;
import org.milena.scanner.builtin.AttachmentList;
import org.milena.scanner.builtin.AttachmentList.Attachment;
import org.milena.scanner.builtin.ScanLimits;
import org.milena.scanner.quarantine.ActOutcome;
import org.milena.scanner.quarantine.Quarantine;
import org.milena.scanner.quarantine.QuarantineEntry;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/ops/quarantine}; operators only. */
@RestController
@RequestMapping("/api/v1/ops/quarantine")
public class QuarantineController {

  private static final int MAX_PAGE = 200;

  private final Quarantine quarantine;

  /** Over this quarantine. */
  public QuarantineController(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  /** The newest first; {@code state} is kept, released or deleted. */
  @GetMapping
  CursorPage<QuarantinedMail> list(
      @RequestParam(defaultValue = "kept") String state,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit) {
    var unused = Caller.current().requireOperator();
    int page = Math.clamp(limit, 1, MAX_PAGE);
    MailId before = after == null ? null : id(after);
    List<QuarantineEntry> found = quarantine.list(state(state), before, page + 1);
    List<QuarantineEntry> shown = found.subList(0, Math.min(page, found.size()));
    return new CursorPage<>(
        shown.stream().map(entry -> QuarantinedMail.of(entry, null)).toList(),
        found.size() > page ? shown.getLast().id().toString() : null);
  }

  /** One mail with the names of its attachments. */
  @GetMapping("/{id}")
  QuarantinedMail one(@PathVariable String id) {
    var unused = Caller.current().requireOperator();
    QuarantineEntry entry = quarantine.find(id(id)).orElseThrow(() -> unknown(id));
    List<Attachment> attachments =
        quarantine
            .message(entry)
            .map(message -> AttachmentList.of(message, ScanLimits.DEFAULT))
            .orElse(null);
    return QuarantinedMail.of(entry, attachments);
  }

  /** Lets it go to where it is addressed. Asked again, it says the same. */
  @PostMapping("/{id}/release")
  QuarantinedMail release(@PathVariable String id) {
    Caller operator = Caller.current().requireOperator();
    return answer(id, quarantine.release(id(id), operator.name()));
  }

  /** Takes it out of sight for good. Asked again, it says the same. */
  @DeleteMapping("/{id}")
  QuarantinedMail delete(@PathVariable String id) {
    Caller operator = Caller.current().requireOperator();
    return answer(id, quarantine.delete(id(id), operator.name()));
  }

  private static QuarantinedMail answer(String id, ActOutcome outcome) {
    return switch (outcome) {
      case ActOutcome.Done(var entry) -> QuarantinedMail.of(entry, null);
      case ActOutcome.Decided(var entry) ->
          throw ApiProblem.conflict(
              "already-decided",
              "This mail was %s before.".formatted(entry.state().name().toLowerCase(Locale.ROOT)));
      case ActOutcome.Unknown() -> throw unknown(id);
      case ActOutcome.NobodyToReceive() ->
          throw ApiProblem.conflict(
              "no-postmaster",
              "This mail is for the postmaster, and the setting milena.scanner.postmaster names"
                  + " nobody.");
    };
  }

  private static MailId id(String text) {
    return MailId.parse(text)
        .orElseThrow(() ->
            ApiProblem.badRequest(
                "invalid-mail-id", "A mail id is 36 characters like those after \"queued as\"."));
  }

  private static QuarantineEntry.State state(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "kept" -> QuarantineEntry.State.KEPT;
      case "released" -> QuarantineEntry.State.RELEASED;
      case "deleted" -> QuarantineEntry.State.DELETED;
      default ->
          throw ApiProblem.badRequest(
              "invalid-state", "The state is kept, released or deleted, not " + text + ".");
    };
  }

  private static ApiProblem unknown(String id) {
    return ApiProblem.notFound("There is no mail " + id + " in quarantine, or no longer.");
  }
}
