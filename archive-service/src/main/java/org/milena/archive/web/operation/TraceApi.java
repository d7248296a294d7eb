package org.milena.archive.web.operation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.milena.archive.trace.MailStory;
import org.milena.archive.trace.Traces;
import org.milena.archive.web.MessageIds;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.event.RecipientOutcome;
import org.milena.common.mail.ListId;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The life of a mail.
 *
 * <p>An operator sees all of it; who may moderate a list sees what concerns that list; everybody
 * else who is signed in sees what happened on lists they may read, and their own copy.
 */
@RestController
public class TraceApi {
  private static final int MAX_LIMIT = 10_000;

  private final Traces traces;
  private final Directory directory;
  private final ListAccess access;

  /** Over one site's stories. */
  public TraceApi(Traces traces, Directory directory, ListAccess access) {
    this.traces = traces;
    this.directory = directory;
    this.access = access;
  }

  /** The stories of all mails that are meant: one, or those that share a Message-ID. */
  public record StoriesJson(List<MailStory> items) {}

  /**
   * By mail id or Message-ID.
   *
   * @param recipient only this one's part
   * @param outcome only recipients that stand so: relayed, deferred or failed
   */
  @GetMapping({"/api/v1/trace/{*key}", "/api/v1/trace"})
  StoriesJson trace(
      @PathVariable(name = "key", required = false) @Nullable String key,
      @RequestParam(name = "id", required = false) @Nullable String id,
      @RequestParam(required = false) @Nullable String recipient,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(defaultValue = "1000") int limit) {
    Caller caller = Caller.current().requireScope(Account.Scope.READ);
    if (limit < 0 || limit > MAX_LIMIT) {
      throw ApiProblem.badRequest(
          "invalid-limit", "limit is 0 to " + MAX_LIMIT + ", not " + limit + ".");
    }
    String wanted = MessageIds.of(key, id);
    Predicate<MailStory.Recipient> filter =
        outcome(outcome)
            .and(one ->
                recipient == null
                    || one.address().key().equals(recipient.strip().toLowerCase(Locale.ROOT)));
    List<MailStory> stories =
        traces.find(wanted).stream()
            .map(mail ->
                traces.story(
                    mail, list -> maySee(caller, list), one -> maySee(caller, one), filter, limit))
            .flatMap(Optional::stream)
            .toList();
    if (stories.isEmpty()) {
      throw ApiProblem.notFound(
          "Nothing is known of a mail " + wanted + ", or nothing that you may see.");
    }
    return new StoriesJson(stories);
  }

  private static Predicate<MailStory.Recipient> outcome(@Nullable String outcome) {
    return switch (outcome == null ? "" : outcome.toLowerCase(Locale.ROOT)) {
      case "" -> _ -> true;
      case "relayed" -> one -> one.outcome() instanceof RecipientOutcome.Relayed;
      case "deferred" -> one -> one.outcome() instanceof RecipientOutcome.Deferred;
      case "failed" -> one -> one.outcome() instanceof RecipientOutcome.Failed;
      default ->
          throw ApiProblem.badRequest(
              "invalid-outcome", "outcome is relayed, deferred or failed, not " + outcome + ".");
    };
  }

  private boolean maySee(Caller caller, @Nullable ListId list) {
    if (caller.operator()) {
      return true;
    }
    return list != null && directory.list(list).map(access::mayRead).orElse(false);
  }

  private boolean maySee(Caller caller, MailStory.Recipient recipient) {
    if (caller.operator()) {
      return true;
    }
    ListId list = recipient.list();
    if (list != null && directory.list(list).map(access::mayModerate).orElse(false)) {
      return true;
    }
    return access.addresses(caller).stream()
        .anyMatch(own -> own.key().equals(recipient.address().key()));
  }
}
