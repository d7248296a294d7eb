package org.milena.listexpander.web;

import static java.util.Objects.requireNonNullElse;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account.Scope;
import org.milena.common.directory.MailingList;
import org.milena.common.failure.OutageException;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.ParsedAddress;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.milena.common.web.Sender;
import org.milena.listexpander.submission.PostKey;
import org.milena.listexpander.submission.Submission;
import org.milena.listexpander.submission.SubmissionOutcome;
import org.milena.listexpander.submission.WrittenPost;

/** Posts that come from API and page, checked field by field. */
public final class WebPosts {

  /** The word for a key that is none, or none any more. */
  static final String KEY = "idempotency-key";

  /** Where the way to us says no address that could be one. */
  private static final String UNKNOWN_CLIENT = "0.0.0.0";

  private final Lists lists;
  private final ListAccess access;
  private final Submission submission;

  public WebPosts(Lists lists, ListAccess access, Submission submission) {
    this.lists = lists;
    this.access = access;
    this.submission = submission;
  }

  /**
   * A post as it came.
   *
   * @param from an address of the caller; without, the account's first
   * @param displayName the author's name, if any
   * @param inReplyTo Message-ID of the post it answers, with or without angle brackets
   * @param references Message-IDs of the thread, oldest first
   * @param key by which it is known when it comes again; without, it is another each time
   */
  record Draft(
      @Nullable String subject,
      @Nullable String text,
      @Nullable String from,
      @Nullable String displayName,
      @Nullable String inReplyTo,
      @Nullable List<@Nullable String> references,
      @Nullable String key) {}

  /**
   * The list, if whoever is signed in may know of it or is on it, with a sign-in that is good for
   * writing.
   *
   * @throws ApiProblem otherwise
   */
  MailingList require(String address) {
    Caller.current().requireScope(Scope.LISTS);
    return lists.requireToWrite(address);
  }

  /** A key for a new form. */
  String key() {
    return submission.key().toString();
  }

  /** The addresses that the caller may write from. */
  List<MailAddress> addresses() {
    return access.addresses(Caller.current());
  }

  /**
   * Hands a post in. Whether it is let in is for the list's rules, as with any mail.
   *
   * @throws ApiProblem when a field does not fit, or it cannot be taken now
   */
  SubmissionOutcome.Taken send(MailingList list, Draft draft) {
    WrittenPost post =
        new WrittenPost(
            new HeaderMailbox(
                requireNonNullElse(draft.displayName(), ""), from(blankToNull(draft.from()))),
            required("subject", draft.subject(), WrittenPost.MAX_SUBJECT),
            required("text", lines(draft.text()), WrittenPost.MAX_TEXT),
            Optional.ofNullable(blankToNull(draft.inReplyTo())).map(id -> id("inReplyTo", id)),
            references(requireNonNullElse(draft.references(), List.of())));
    PostKey key = draft.key() == null ? submission.key() : key(draft.key());
    var writer = new Submission.Writer(Caller.current().name(), client());
    try {
      return switch (submission.send(list, writer, post, key)) {
        case SubmissionOutcome.Taken taken -> taken;
        case SubmissionOutcome.WrongDay() ->
            throw ApiProblem.badRequest(
                KEY,
                "This was begun more than a day ago: look whether it was sent, or begin anew.");
        case SubmissionOutcome.TooMany() ->
            throw ApiProblem.tooMany(
                "You have sent many posts within the last hour; wait a while.");
        case SubmissionOutcome.TooLarge() ->
            throw ApiProblem.tooLarge("As a mail the text is larger than this site takes.");
      };
    } catch (OutageException e) {
      throw ApiProblem.unavailable(
          "The post may be on its way or not: %s. Try again later%s."
              .formatted(
                  e.getMessage(),
                  draft.key() == null ? "" : ", and leave it as it is: it is one post then"));
    }
  }

  private MailAddress from(@Nullable String wanted) {
    List<MailAddress> own = addresses();
    if (wanted == null) {
      return own.stream()
          .findFirst()
          .orElseThrow(
              () -> ApiProblem.conflict("from", "Your account has no address to write from."));
    }
    return switch (MailAddress.parse(wanted)) {
      case ParsedAddress.Invalid(var reason) ->
          throw ApiProblem.badRequest("from", "from is no address: " + reason + ".");
      case ParsedAddress.Valid(var address) ->
          own.stream()
              .filter(one -> one.key().equals(address.key()))
              .findFirst()
              .orElseThrow(
                  () -> ApiProblem.forbidden("from is none of the addresses of your account."));
    };
  }

  private static PostKey key(String text) {
    return PostKey.parse(text)
        .orElseThrow(() ->
            ApiProblem.badRequest(KEY, "The idempotency key is no UUID of version 7 (RFC 9562)."));
  }

  /** A browser counts a line end as one character, and sends it as two. */
  private static @Nullable String lines(@Nullable String text) {
    return text == null ? null : text.replace("\r\n", "\n");
  }

  private static String required(String field, @Nullable String text, int most) {
    if (text == null || text.isBlank()) {
      throw ApiProblem.badRequest(field, field + " is missing.");
    }
    if (text.length() > most) {
      throw ApiProblem.badRequest(field, "%s has more than %,d characters.".formatted(field, most));
    }
    return text;
  }

  private static List<MessageId> references(List<@Nullable String> texts) {
    if (texts.size() > WrittenPost.MAX_REFERENCES) {
      throw ApiProblem.badRequest(
          "references",
          "references names more than %d posts.".formatted(WrittenPost.MAX_REFERENCES));
    }
    return texts.stream().map(text -> id("references", text)).distinct().toList();
  }

  private static MessageId id(String field, @Nullable String text) {
    String stripped = requireNonNullElse(text, "").strip();
    return MessageId.parse(stripped.startsWith("<") ? stripped : "<" + stripped + ">")
        .filter(WrittenPost::canName)
        .orElseThrow(() -> ApiProblem.badRequest(field, field + " is no Message-ID."));
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The client's address as numbers; a proxy may say something else. */
  private static String client() {
    try {
      return InetAddress.ofLiteral(Sender.current().origin()).getHostAddress();
    } catch (IllegalArgumentException _) {
      return UNKNOWN_CLIENT;
    }
  }
}
