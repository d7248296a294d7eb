package org.milena.egress.web;

import java.util.List;
import java.util.Locale;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.CursorPage;
import org.milena.egress.capture.Outbox;
import org.milena.egress.capture.OutboxEntry;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Captured mail, newest first. Empty where mail really leaves. */
@RestController
@RequestMapping("/api/v1/ops/outbox")
public class OutboxApi {
  private static final int MAX_PAGE = 1000;

  private final Outbox outbox;

  public OutboxApi(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Captured messages; {@code to} is part of a recipient's address. */
  @GetMapping
  CursorPage<OutboxEntry> list(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(defaultValue = "") String to) {
    Caller.current().requireOperator();
    if (limit < 1 || limit > MAX_PAGE) {
      throw ApiProblem.badRequest("invalid-limit", "limit is 1 to " + MAX_PAGE + ".");
    }
    String part = to.toLowerCase(Locale.ROOT);
    List<OutboxEntry> page =
        outbox.newest(
            after,
            limit,
            entry ->
                entry.recipients().stream().anyMatch(recipient -> recipient.key().contains(part)));
    return new CursorPage<>(page, page.size() < limit ? null : page.getLast().id());
  }

  /** One of them. */
  @GetMapping("/{id}")
  OutboxEntry one(@PathVariable String id) {
    Caller.current().requireOperator();
    return outbox
        .find(id)
        .orElseThrow(() -> ApiProblem.notFound("There is no message " + id + " in the outbox."));
  }

  /** Its octets, as they would have gone out. */
  @GetMapping("/{id}/raw")
  ResponseEntity<byte[]> raw(@PathVariable String id) {
    Caller.current().requireOperator();
    return outbox
        .message(id)
        .map(message ->
            ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("message/rfc822"))
                .header("X-Content-Type-Options", "nosniff")
                .body(message.unsafeBytes()))
        .orElseThrow(() -> ApiProblem.notFound("There is no message " + id + " in the outbox."));
  }
}
