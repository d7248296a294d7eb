package org.milena.listexpander.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.HeldChange;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.command.ListCommand;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.event.Hold;
import org.milena.common.failure.OutageException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.milena.common.web.Sender;
import org.milena.listexpander.incoming.FirstText;
import org.milena.listexpander.moderation.HeldQueue;
import org.milena.listexpander.moderation.ModeratedLists;

/** What API and pages both do with held posts. */
public final class HeldPosts {
  private static final int MAX_HEADER = 64 * 1024;
  private static final int MAX_TEXT = 64 * 1024;

  private static final int MAX_AT_ONCE = 500;

  private final HeldQueue queue;
  private final ModeratedLists moderated;
  private final Directory directory;
  private final ListAccess access;
  private final CommandSender commands;

  public HeldPosts(
      HeldQueue queue,
      ModeratedLists moderated,
      Directory directory,
      ListAccess access,
      CommandSender commands) {
    this.queue = queue;
    this.moderated = moderated;
    this.directory = directory;
    this.access = access;
    this.commands = commands;
  }

  /** A held post and its list. */
  record Found(Hold hold, MailingList list) {}

  /**
   * What a moderator reads before deciding.
   *
   * @param header as it came, cut after 64 KiB
   * @param text the first plain text, cut after 64 KiB; empty without one
   */
  record Content(String header, String text) {}

  /**
   * The held post of this id, for its moderators.
   *
   * @throws ApiProblem when there is none, or the caller may not decide about it
   */
  Found require(String id) {
    Hold hold =
        queue
            .find(id)
            .orElseThrow(() ->
                ApiProblem.notFound("No post is held as " + id + "; perhaps it was decided."));
    MailingList list =
        directory
            .list(hold.list())
            .orElseThrow(() -> ApiProblem.notFound("The list of this post is gone."));
    access.requireModerate(list);
    return new Found(hold, list);
  }

  /** Its header and text. */
  Content content(Hold hold) {
    try {
      RawMessage message = queue.message(hold);
      int end = Math.min(HeaderBlock.of(message).bodyOffset(), MAX_HEADER);
      return new Content(
          new String(message.unsafeBytes(), 0, end, StandardCharsets.UTF_8),
          FirstText.of(message, MAX_TEXT).orElse(""));
    } catch (DeadPointerException e) {
      throw ApiProblem.notFound("The message of this post is gone: " + e.getMessage());
    }
  }

  /**
   * What is asked for, where the caller may see it.
   *
   * @param list its address; empty for all that the caller moderates
   * @param author an address; empty for any
   * @throws ApiProblem when one is no address, or the caller may not see it
   */
  HeldQueue.Query query(String list, String author, String text, boolean decided) {
    Optional<Set<ListId>> lists;
    if (list.isEmpty()) {
      lists = mine();
    } else {
      MailingList one = access.require(list);
      access.requireModerate(one);
      lists = Optional.of(Set.of(one.id()));
    }
    return new HeldQueue.Query(
        decided, lists, author.isBlank() ? Optional.empty() : Optional.of(parse(author)), text);
  }

  /** The lists that the caller moderates; empty for all. */
  private Optional<Set<ListId>> mine() {
    Caller caller = Caller.current().requireScope(Account.Scope.MODERATE);
    if (caller.operator()) {
      return Optional.empty();
    }
    Set<ListId> lists = new HashSet<>();
    access.addresses(caller).forEach(address -> lists.addAll(moderated.of(address)));
    access.inOwnDomains(caller).forEach(list -> lists.add(list.id()));
    return Optional.of(lists);
  }

  /** How many posts wait at the lists that the caller moderates. */
  int waiting() {
    return mine().map(lists -> lists.stream().mapToInt(queue::count).sum()).orElseGet(queue::count);
  }

  private static MailAddress parse(String address) {
    return switch (MailAddress.parse(address.strip())) {
      case ParsedAddress.Valid(var valid) -> valid;
      case ParsedAddress.Invalid(var reason) ->
          throw ApiProblem.badRequest(
              "invalid-address", address + " is no address: " + reason + ".");
    };
  }

  /** Carries a command about a post out. */
  CommandOutcome.Done send(Found found, ListCommand command) {
    return commands.send(found.list().id(), command);
  }

  /**
   * What became of one post among several.
   *
   * @param code why it was not done, as a stable word; null when it was
   * @param text a sentence
   */
  record Each(String id, boolean done, @Nullable String code, String text) {}

  /**
   * Decides about several posts. Each is decided for itself: what cannot be done keeps no other one
   * from being done.
   *
   * @throws ApiProblem when there are too many
   */
  List<Each> decideAll(
      Collection<String> ids, HeldDecision decision, String comment, boolean force) {
    Caller.current().requireScope(Account.Scope.MODERATE);
    Set<String> each = new LinkedHashSet<>(ids);
    if (each.isEmpty() || each.size() > MAX_AT_ONCE) {
      throw ApiProblem.badRequest(
          "invalid-ids", "1 to %d posts are decided at once.".formatted(MAX_AT_ONCE));
    }
    Sender me = Sender.current();
    List<Callable<Each>> works = new ArrayList<>();
    for (String id : each) {
      Each refused = null;
      Found found = null;
      try {
        found = require(id);
      } catch (ApiProblem problem) {
        refused = new Each(id, false, problem.code(), message(problem));
      }
      Each known = refused;
      Found post = found;
      works.add(() ->
          post == null || known != null
              ? Objects.requireNonNull(known)
              : each(post, new HeldChange.DecideHeld(id, decision, comment, force), me));
    }
    // all at once: the owners of their lists take them up to a hundred in a transaction
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Each> outcomes = new ArrayList<>();
      for (Future<Each> outcome : pool.invokeAll(works)) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiProblem.unavailable("The server stops; look which of the posts were decided.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Each each(Found found, HeldChange.DecideHeld command, Sender me) {
    try {
      return switch (commands.ask(found.list().id(), command, me)) {
        case CommandOutcome.Done(var text, _, _, _) -> new Each(command.holdId(), true, null, text);
        case CommandOutcome.Refused(var code, var text, _) ->
            new Each(command.holdId(), false, code, text);
        case CommandOutcome.NotFound(var text, _) ->
            new Each(command.holdId(), false, "not-found", text);
      };
    } catch (OutageException e) {
      return new Each(
          command.holdId(),
          false,
          "unavailable",
          "Nobody answered in time; it may still be carried out: " + message(e));
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
