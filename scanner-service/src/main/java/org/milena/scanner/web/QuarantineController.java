package org.milena.scanner.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.scanner.quarantine.DownloadOutcome;
import org.milena.scanner.quarantine.Quarantine;
import org.milena.scanner.quarantine.QuarantineEntry;
import org.milena.scanner.quarantine.SealedCopy;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/ops/quarantine}; operators only. */
@RestController
@RequestMapping("/api/v1/ops/quarantine")
public class QuarantineController {

  /** A header, since paths and parameters are written to access logs. */
  static final String PASSWORD = "Milena-Zip-Password";

  /** Each one holds a message in memory. */
  private static final int DOWNLOADS_AT_ONCE = 4;

  private final Quarantine quarantine;
  private final QuarantineDesk desk;
  private final Semaphore downloads = new Semaphore(DOWNLOADS_AT_ONCE);

  /** Over this quarantine. */
  public QuarantineController(Quarantine quarantine, QuarantineDesk desk) {
    this.quarantine = quarantine;
    this.desk = desk;
  }

  /**
   * How to release a mail.
   *
   * @param despite also when the engines still call it infected
   * @param note the operator's own words
   */
  record Release(@Nullable Boolean despite, @Nullable String note) {}

  /** The newest first. */
  @GetMapping
  QuarantinePage list(
      @RequestParam(defaultValue = "kept") String state,
      @RequestParam(defaultValue = "") String list,
      @RequestParam(defaultValue = "") String verdict,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    var unused = Caller.current().requireOperator();
    return desk.list(state, list, verdict, text, after, limit);
  }

  /** One mail with its header and its attachments by name and digest. */
  @GetMapping("/{id}")
  QuarantinedMail one(@PathVariable String id) {
    var unused = Caller.current().requireOperator();
    return desk.look(id);
  }

  /** The message in an encrypted zip file. */
  @GetMapping("/{id}/download")
  void download(
      @PathVariable String id,
      @RequestHeader(name = PASSWORD, defaultValue = SealedCopy.USUAL_PASSWORD) String password,
      HttpServletResponse response)
      throws IOException {
    Caller operator = Caller.current().requireOperator();
    if (!SealedCopy.isPassword(password)) {
      throw ApiProblem.badRequest(
          "invalid-password", "A password is 1 to 128 visible characters of ASCII.");
    }
    if (!downloads.tryAcquire()) {
      throw ApiProblem.unavailable(
          "%d mails are being downloaded already; try again later.".formatted(DOWNLOADS_AT_ONCE));
    }
    try {
      send(id, operator.name(), password, response);
    } finally {
      downloads.release();
    }
  }

  private void send(String id, String by, String password, HttpServletResponse response)
      throws IOException {
    switch (quarantine.download(QuarantineDesk.id(id), by)) {
      case DownloadOutcome.Granted(var entry, var message) -> {
        response.setContentType("application/zip");
        response.setHeader(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + SealedCopy.fileName(entry.id()) + "\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        SealedCopy.write(
            entry.id(),
            entry.meta().mail().receivedAt(),
            message,
            password,
            response.getOutputStream());
      }
      case DownloadOutcome.Gone(_, var why) ->
          throw why == QuarantineEntry.State.EXPIRED
              ? QuarantineDesk.expired()
              : ApiProblem.conflict(
                  "already-decided",
                  "This mail was %s before.".formatted(QuarantineDesk.word(why)));
      case DownloadOutcome.Unknown() -> throw QuarantineDesk.unknown(id);
    }
  }

  /** Lets it go to where it is addressed. Asked again, it says the same. */
  @PostMapping("/{id}/release")
  QuarantinedMail release(
      @PathVariable String id, @RequestBody(required = false) @Nullable Release wish) {
    Caller operator = Caller.current().requireOperator();
    boolean despite = wish != null && Boolean.TRUE.equals(wish.despite());
    return desk.release(id, operator.name(), despite, wish == null ? null : wish.note());
  }

  /** Takes it out of sight for good. Asked again, it says the same. */
  @DeleteMapping("/{id}")
  QuarantinedMail delete(@PathVariable String id) {
    Caller operator = Caller.current().requireOperator();
    return desk.delete(id, operator.name());
  }
}
