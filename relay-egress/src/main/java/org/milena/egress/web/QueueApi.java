package org.milena.egress.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Deferral;
import org.milena.common.failure.OutageException;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.CursorPage;
import org.milena.egress.queue.MailQueue;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deferred mail: see it, try it now, give it up. What is asked for is done within moments. */
@RestController
@RequestMapping("/api/v1/ops/queue")
public class QueueApi {
  private static final int MAX_PAGE = 1000;

  private final MailQueue queue;

  public QueueApi(MailQueue queue) {
    this.queue = queue;
  }

  /**
   * A recipient that waits.
   *
   * @param id names it in the paths of this API
   * @param attempts tries so far; 0 for not tried yet
   */
  public record DeferredView(
      String id,
      MailAddress recipient,
      String destination,
      MailId mailId,
      @Nullable ListId list,
      int attempts,
      String status,
      String lastReply,
      Instant nextTry,
      Instant since) {

    static DeferredView of(Map.Entry<String, Deferral> entry) {
      Deferral row = entry.getValue();
      return new DeferredView(
          idOf(entry.getKey()),
          row.recipient(),
          row.delivery().destination(),
          row.delivery().content().mailId(),
          row.delivery().list(),
          row.attempts(),
          row.status(),
          row.lastReply(),
          row.nextTry(),
          row.delivery().createdAt());
    }
  }

  /** What waits for one destination. */
  public record DestinationView(
      String destination, int recipients, Instant nextTry, Instant oldest, String lastReply) {}

  /** How much waits, by destination; the fullest first. */
  public record SummaryView(int recipients, List<DestinationView> destinations) {}

  /** What was asked for is on its way to those who do it. */
  public record AskedView(String asked) {}

  /** Recipients that wait, in the order of their ids. */
  @GetMapping
  CursorPage<DeferredView> list(
      @RequestParam(required = false) @Nullable String destination,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Caller.current().requireOperator();
    checkLimit(limit);
    List<DeferredView> page =
        queue.list(destination, after.isEmpty() ? "" : key(after), limit).stream()
            .map(DeferredView::of)
            .toList();
    return new CursorPage<>(page, page.size() < limit ? null : page.getLast().id());
  }

  /** How much waits. */
  @GetMapping("/destinations")
  SummaryView destinations(@RequestParam(defaultValue = "100") int limit) {
    Caller.current().requireOperator();
    checkLimit(limit);
    return new SummaryView(
        queue.size(),
        queue.destinations().stream()
            .limit(limit)
            .map(one ->
                new DestinationView(
                    one.destination(),
                    one.recipients(),
                    one.nextTry(),
                    one.oldest(),
                    one.lastReply()))
            .toList());
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw ApiProblem.badRequest("invalid-limit", "limit is 1 to " + MAX_PAGE + ".");
    }
  }

  /** Tries all again now, or those of one destination. */
  @PostMapping("/flush")
  @ResponseStatus(HttpStatus.ACCEPTED)
  AskedView flush(@RequestParam(required = false) @Nullable String destination) {
    Caller caller = Caller.current().requireOperator();
    try {
      queue.retry(destination, caller.name());
    } catch (OutageException e) {
      throw ApiProblem.unavailable("The queue cannot be told now: Kafka does not answer.");
    }
    return new AskedView(destination == null ? "retry all" : "retry " + destination);
  }

  /** Tries one again now. */
  @PostMapping("/{id}/flush")
  @ResponseStatus(HttpStatus.ACCEPTED)
  AskedView flushOne(@PathVariable String id) {
    Caller caller = Caller.current().requireOperator();
    try {
      if (!queue.retryOne(key(id), caller.name())) {
        throw unknown(id);
      }
    } catch (OutageException e) {
      throw ApiProblem.unavailable("The queue cannot be told now: Kafka does not answer.");
    }
    return new AskedView("retry one");
  }

  /** Gives one up: it fails, and its result says who did it. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  AskedView giveUp(@PathVariable String id) {
    Caller caller = Caller.current().requireOperator();
    try {
      if (!queue.giveUp(key(id), caller.name())) {
        throw unknown(id);
      }
    } catch (OutageException e) {
      throw ApiProblem.unavailable("The queue cannot be told now: Kafka does not answer.");
    }
    return new AskedView("give up one");
  }

  private static ApiProblem unknown(String id) {
    return ApiProblem.notFound("Nobody waits under " + id + " any more.");
  }

  /** The key holds an address: too much for a path. */
  private static String idOf(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String key(String id) {
    try {
      return new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest("invalid-id", "That is no id of a waiting recipient.");
    }
  }
}
